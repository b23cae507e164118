package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fast part of the study of ball integrals and normalising constants; the full table is docs/quality/density.md. */
class DensityStudyTest {
    private static final int REPLICATES = 120;

    @Test
    void intervals_coverTheTruth() {
        List<DensityStudy.Cell> cells = new ArrayList<>(DensityStudy.balls(REPLICATES, 11));
        cells.addAll(DensityStudy.bridges(REPLICATES, 11));
        double sum = 0;
        for (DensityStudy.Cell c : cells) {
            // 0.95 less 3 binomial standard errors
            assertTrue(c.coverage() >= 0.89, c.toString());
            sum += c.coverage();
            // neither far too small nor far too large
            assertTrue(c.claimed() > 0.75 * c.error() && c.claimed() < 1.5 * c.error(), c.toString());
        }
        assertTrue(sum / cells.size() >= 0.935, "mean coverage " + sum / cells.size());
    }

    @Test
    void weights_withInfiniteVariance_areOftenMarked() {
        List<DensityStudy.Cell> cells = DensityStudy.weights(200, 11);
        for (DensityStudy.Cell c : cells.subList(0, 3)) {
            assertTrue(c.coverage() >= 0.88, c.toString());
        }
        DensityStudy.Cell worst = cells.get(cells.size() - 1);
        assertTrue(worst.marked() >= 0.25, worst.toString());
    }
}
