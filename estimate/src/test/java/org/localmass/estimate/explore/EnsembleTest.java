package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EnsembleTest {
    private static final Inside NEGATIVE = (points, offset) -> points[offset] < 0;

    /** Particles at -1 as often as there are hits, else at 1. */
    private static Run run(double logZ, int size, int hits) {
        double[] points = new double[size];
        Arrays.fill(points, 1);
        Arrays.fill(points, 0, hits, -1);
        return new Run(
                1, points, new double[size], new double[size], new double[size], logZ, new double[] {1}, 1, 0, true);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "ensemble.csv", numLinesToSkip = 2)
    void share_matchesReference(
            String logZs,
            String sizes,
            String hits,
            double share,
            double error,
            double lower,
            double upper,
            double logZ,
            double logError) {
        double[] z = numbers(logZs);
        double[] n = numbers(sizes);
        double[] k = numbers(hits);
        List<Run> runs = new ArrayList<>();
        for (int r = 0; r < z.length; r++) {
            runs.add(run(z[r], (int) n[r], (int) k[r]));
        }
        Ensemble ensemble = new Ensemble(runs);
        Share actual = ensemble.share(NEGATIVE, 0.95);
        assertEquals(share, actual.estimate(), 1e-13);
        assertEquals(error, actual.error(), 1e-13);
        assertEquals(lower, actual.lower(), 1e-11);
        assertEquals(upper, actual.upper(), 1e-11);
        assertEquals(share, ensemble.estimate(NEGATIVE), 1e-13);
        assertEquals(logZ, ensemble.logZ(), 1e-12);
        assertEquals(logError, ensemble.logError(), 1e-12);
    }

    @Test
    void share_ofOneRun_isUnknown() {
        Share share = new Ensemble(List.of(run(0, 10, 5))).share(NEGATIVE, 0.95);
        assertEquals(0.5, share.estimate());
        assertEquals(0, share.lower());
        assertEquals(1, share.upper());
    }

    @Test
    void share_ofNoHits_isBounded() {
        Share share = new Ensemble(Collections.nCopies(8, run(0, 1000, 0))).share(NEGATIVE, 0.95);
        assertEquals(0, share.estimate());
        assertTrue(share.upper() > 0 && share.upper() < 0.01, share.toString());
    }

    @Test
    void visited_countsRuns() {
        Ensemble ensemble = new Ensemble(List.of(run(0, 10, 0), run(0, 10, 1), run(0, 10, 10)));
        assertEquals(2, ensemble.visited(NEGATIVE));
    }
}
