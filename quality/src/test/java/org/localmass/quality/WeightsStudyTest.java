package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fast part of the study of masses by weights; the full table is docs/quality/weights.md. */
class WeightsStudyTest {
    private static final int REPLICATES = 400;
    /** Tails above this are too heavy for weights. */
    private static final double HEAVY = 0.7;

    @Test
    void intervals_coverTheTruth() {
        List<WeightsStudy.Cell> cells = WeightsStudy.run(REPLICATES, new int[] {1000}, 2);
        assertEquals(WeightsStudy.TARGETS.size() * WeightsStudy.MASSES.length, cells.size());
        double sum = 0;
        int known = 0;
        for (WeightsStudy.Cell c : cells) {
            if (c.target().tail() < HEAVY) {
                // three standard errors of 400 replicates below 0.93
                assertTrue(c.coverage() >= 0.89, c.toString());
                sum += c.coverage();
                known++;
            } else if (c.coverage() < 0.9) {
                assertTrue(c.marked() >= 0.98, c.toString());
            }
            assertTrue(c.unseen() <= c.marked(), c.toString());
        }
        assertTrue(sum / known >= 0.95, "mean coverage " + sum / known);
    }

    @Test
    void intervals_areNotUselesslyWide() {
        for (WeightsStudy.Cell c : WeightsStudy.run(100, new int[] {4000}, 3)) {
            if (c.hits() >= 300 && c.target().tail() < HEAVY && c.target().dimension() == 1) {
                assertTrue(c.width() < 1.2, c.toString());
            }
        }
    }
}
