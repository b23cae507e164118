package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AtomStudyTest {
    @Test
    void run_uncorrelatedColumns() {
        AtomStudy.Outcome outcome = AtomStudy.run(0, 1);
        assertTrue(outcome.gates() < 0.05, "" + outcome);
        assertTrue(outcome.swept() < 0.05, "" + outcome);
        assertTrue(outcome.gap() > 0, "" + outcome);
        assertEquals(1, outcome.ratio(), 0.2);
        assertTrue(outcome.gaussian() < 1e-4, "" + outcome);
    }
}
