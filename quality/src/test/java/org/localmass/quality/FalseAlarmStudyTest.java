package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fast part of the false-alarm study; the full table is docs/quality/false-alarms.md. */
class FalseAlarmStudyTest {
    @Test
    void equalDistributions_areRarelyReported() {
        List<FalseAlarmStudy.Cell> cells = FalseAlarmStudy.run(400, 7);
        int runs = cells.stream().mapToInt(FalseAlarmStudy.Cell::runs).sum();
        int alarms = cells.stream().mapToInt(FalseAlarmStudy.Cell::alarms).sum();
        assertEquals(400, runs);
        assertTrue(FalseAlarmStudy.band(alarms, runs)[0] < 0.05, alarms + " alarms of " + runs);
        // e-BH is conservative: 5 of 400 would already be more than it should ever show
        assertTrue(alarms <= 5, alarms + " alarms of " + runs);
        int named = cells.stream().mapToInt(FalseAlarmStudy.Cell::named).sum();
        assertTrue(FalseAlarmStudy.band(named, runs)[0] < 0.05, named + " named regions of " + runs);
    }
}
