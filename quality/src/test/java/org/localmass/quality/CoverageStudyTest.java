package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fast part of the coverage study; the full table is docs/quality/coverage.md. */
class CoverageStudyTest {
    private static final int REPLICATES = 1000;

    @Test
    void intervals_coverTheTruth() {
        List<CoverageStudy.Cell> cells = CoverageStudy.run(REPLICATES, 1);
        assertEquals(CoverageStudy.RHOS.length * CoverageStudy.MASSES.length, cells.size());
        double sum = 0;
        int known = 0;
        for (CoverageStudy.Cell c : cells) {
            if (c.expectedHits() >= 5) {
                assertTrue(c.coverage() >= 0.925, c.toString());
                sum += c.coverage();
                known++;
            } else {
                assertTrue(c.coverage() >= 0.94, c.toString());
                assertTrue(c.marked() >= 0.99, c.toString());
            }
        }
        assertTrue(sum / known >= 0.945, "mean coverage " + sum / known);
    }

    @Test
    void intervals_areNotUselesslyWide() {
        for (CoverageStudy.Cell c : CoverageStudy.run(200, 2)) {
            if (c.expectedHits() >= 100) {
                assertTrue(c.width() < 1.35, c.toString());
            }
        }
    }
}
