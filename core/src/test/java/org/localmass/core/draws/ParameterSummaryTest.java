package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Edge cases; the values themselves are in {@link DiagnosticsReferenceTest}. */
class ParameterSummaryTest {
    private static ParameterSummary of(double[]... chains) {
        return ParameterSummary.of(
                Draws.of(
                        List.of("theta"),
                        Arrays.stream(chains).map(c -> Chain.adopt(c)).toList(),
                        Sampling.MARKOV_CHAIN),
                0);
    }

    @Test
    void of_constantHasNoDiagnostics() {
        double nan = Double.NaN;
        assertEquals(
                new ParameterSummary("theta", 3, 3, 0, 0, 3, 3, nan, nan, nan),
                of(new double[] {3, 3, 3, 3, 3, 3}, new double[] {3, 3, 3, 3, 3, 3}));
    }

    @Test
    void of_nanLeavesNothing() {
        ParameterSummary summary = of(new double[] {1, 2, Double.NaN, 4, 5, 6, 7, 8});
        double nan = Double.NaN;
        assertEquals(new ParameterSummary("theta", nan, nan, nan, nan, nan, nan, nan, nan, nan), summary);
    }

    @Test
    void of_infinityLeavesOrderStatistics() {
        ParameterSummary summary = of(new double[] {1, 2, Double.POSITIVE_INFINITY, 4, 5, 6, 7});
        assertEquals(Double.POSITIVE_INFINITY, summary.mean());
        assertEquals(5, summary.median());
        assertEquals(1.4826 * 2, summary.mad());
        assertEquals(1.3, summary.q5(), 1e-15);
        assertEquals(Double.NaN, summary.sd());
        assertEquals(Double.NaN, summary.rHat());
    }

    @Test
    void of_unequalChainsUseAllDrawsForLocation() {
        double[] first = new SplittableRandom(1).doubles(100).toArray();
        double[] second = new SplittableRandom(2).doubles(140).toArray();
        ParameterSummary summary = of(first.clone(), second.clone());
        double sum = 0;
        for (double x : first) {
            sum += x;
        }
        for (double x : second) {
            sum += x;
        }
        assertEquals(sum / 240, summary.mean(), 1e-14);
        assertEquals(RHat.rankNormalised(new double[][] {first, second}), summary.rHat());
        assertTrue(summary.essBulk() > 100 && summary.essTail() > 50);
    }

    @Test
    void of_rejectsColumn() {
        Draws draws = Draws.of(List.of("theta"), List.of(Chain.adopt(new double[] {1, 2})), Sampling.UNKNOWN);
        var e = assertThrows(IllegalArgumentException.class, () -> ParameterSummary.of(draws, 1));
        assertEquals("parameter must lie in [0, 1), was 1", e.getMessage());
    }
}
