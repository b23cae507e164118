package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fast part of the study of stopping; the full table is docs/quality/vi-stopping.md. */
class StoppingStudyTest {
    @Test
    void farModes_ourRulesStopWhereTheFitIsDone() {
        StoppingStudy.Problem problem = StoppingStudy.PROBLEMS.get(2);
        List<StoppingStudy.Stop> stops = StoppingStudy.run(problem, 0);
        assertEquals(StoppingStudy.Rule.values().length, stops.size());
        for (StoppingStudy.Stop stop : stops) {
            switch (stop.rule()) {
                case OURS_ADAM, OURS_FIXED, OURS_AUTO ->
                    assertEquals(StoppingStudy.Kind.OK, stop.kind(), stop::toString);
                case VALUE_3 -> assertEquals(StoppingStudy.Kind.EARLY, stop.kind(), stop::toString);
                default -> assertTrue(stop.gap() < 0.05, stop::toString);
            }
            assertEquals(stop.line(), StoppingStudy.Stop.of(stop.line()).line());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoppingStudy.print(
                Map.of(problem.label() + " 0", stops), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String table = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(
                table.contains("| **ours, fixed draws**: doubled until gain and masses hold | 1 | 0 | 0 | 0 | "),
                table);
    }
}
