package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.mass.RatioEstimate;

class EarlierReportTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void read_report_givesFindingsThenRequested() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(
                file,
                """
                {"schema": "localmass.report/1", "verdict": "finding", "headline": "Wrong.",
                 "findings": [{"id": "F1", "region": "tau < 1", "definition": {"expression": "tau <= 1.5"}, "direction": "under",
                   "ratio": {"estimate": 0.1, "lower": 0, "upper": "Infinity"}},
                  {"id": "R1", "region": "x > 1", "definition": {"type": "ball"}, "direction": "over",
                   "ratio": {"estimate": null, "lower": 0, "upper": 2}}],
                 "requested": [{"id": "R1", "region": "x > 1", "ratio": {}},
                  {"id": "R2", "region": "y", "definition": {"expression": "y > 0"}, "direction": "over",
                   "ratio": {"estimate": 1.5, "lower": 1, "upper": 2}}]}
                """);
        EarlierReport report = EarlierReport.read(file);
        assertEquals("finding", report.verdict());
        assertEquals("Wrong.", report.headline());
        assertEquals(
                List.of("F1", "R1", "R2"),
                report.regions().stream().map(EarlierReport.Row::id).toList());
        EarlierReport.Row first = report.regions().get(0);
        assertEquals("tau < 1", first.text());
        assertEquals(
                "tau <= 1.5",
                first.definition().orElseThrow().bind(List.of("x", "tau")).description());
        assertTrue(first.under() && first.finding());
        assertEquals(new RatioEstimate(0.1, 0, Double.POSITIVE_INFINITY), first.ratio());
        EarlierReport.Row ball = report.regions().get(1);
        assertTrue(ball.definition().isEmpty() && ball.finding() && !ball.under());
        assertEquals(new RatioEstimate(Double.NaN, 0, 2), ball.ratio());
        assertFalse(report.regions().get(2).finding());
    }

    static Stream<Arguments> damaged() {
        return Stream.of(
                Arguments.of("", "no report: its schema is not localmass.report/1"),
                Arguments.of("{\"schema\": \"localmass.mass/1\"}", "no report: its schema is not localmass.report/1"),
                Arguments.of("{\"schema\": ", "not JSON"),
                Arguments.of(
                        "{\"schema\": \"localmass.report/1\", \"findings\": [{\"id\": \"F1\"}]}",
                        "region F1 has no text or no ratio"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void read_damaged_isOneClearLine(String text, String reason) throws IOException {
        Path file = folder.resolve("bad.json");
        Files.writeString(file, text);
        IOException e = assertThrows(IOException.class, () -> EarlierReport.read(file));
        assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("bad.json"), e.getMessage());
        assertThrows(IOException.class, () -> EarlierReport.read(folder.resolve("none.json")));
    }
}
