package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The fast part of the study of two slopes; the full table is in docs/quality/mass-index.md. */
class MismatchStudyTest {
    private static final IndexLaws.Law ONE = IndexLaws.pure(1);

    @Test
    void equalSlopes_areHeldAndNotCalledDifferent() {
        MismatchStudy.Cell cell = MismatchStudy.run(ONE, ONE, 1000, 0.5, 300, 3);
        assertTrue(cell.covered() >= 0.92, cell.toString());
        assertTrue(cell.different() <= 0.03, cell.toString());
        assertEquals(0, cell.same());
    }

    /** A power of 0.8 falls below 0.6 in 40 runs with probability 0.1 %. */
    @Test
    void detectableDifference_isFound() {
        MismatchStudy.Cell cell = MismatchStudy.run(ONE, IndexLaws.pure(1.42), 10_000, 0, 40, 3);
        assertEquals(0.42, cell.detectable(), 0.02);
        assertTrue(cell.different() >= 0.6, cell.toString());
        assertTrue(MismatchStudy.run(ONE, ONE, 10_000, 0, 40, 3).same() >= 0.9);
    }
}
