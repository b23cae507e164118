package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.check.CheckReport;

class TextReportTest {
    static Stream<String> names() {
        return Reports.all().keySet().stream();
    }

    private static String text(CheckReport report, TextStyle style) {
        return Reports.print(out -> TextReport.write(report, Reports.provenance(), style, out));
    }

    private static CheckReport report(String name) {
        return java.util.Objects.requireNonNull(Reports.all().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"finding", "empty", "inconclusive", "hostile", "modes", "weights", "density"})
    void write_plain_matchesGolden(String name) throws IOException {
        Golden.check(name + ".txt", text(report(name), TextStyle.plain()));
    }

    @Test
    void write_unicode_matchesGolden() throws IOException {
        Golden.check(
                "finding-unicode.txt", text(Reports.finding(), TextStyle.plain().withUnicode(true)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_anyReport_fitsAndIsClean(String name) {
        String text = text(report(name), TextStyle.plain());
        text.lines().forEach(line -> assertTrue(Lines.length(line) <= 80, line));
        assertTrue(text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)));
        assertFalse(text.contains("NaN"), text);
        assertFalse(text.contains("Infinity"), text);
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_colours_changeNothingElse(String name) {
        String plain = text(report(name), TextStyle.plain());
        String painted = text(report(name), TextStyle.plain().withColour(true));
        assertTrue(painted.contains("\u001b["));
        assertEquals(plain, painted.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll(" +\n", "\n"));
    }

    @Test
    void write_verdictAndWarnings_comeFirst() {
        String text = text(Reports.finding(), TextStyle.plain());
        assertTrue(text.startsWith("FINDING: The approximation gives 3 regions"), text);
        assertTrue(text.indexOf("R-hat of tau is 1.02") < text.indexOf("reference  "));
    }

    @Test
    void write_inconclusiveRegion_saysWhatWouldDo() {
        String text = text(Reports.finding(), TextStyle.plain());
        assertTrue(text.contains("inconclusive: 12 effective draws in this region; 400 would do"), text);
    }

    @Test
    void write_namedFinding_isShownOnce() {
        String text = text(Reports.named(), TextStyle.plain());
        assertEquals(text.indexOf("theta[1] > 20\n"), text.lastIndexOf("theta[1] > 20\n"), text);
        assertTrue(text.contains("Findings too, among the regions you named: R1."), text);
        assertTrue(text.indexOf("you named: R1.") < text.indexOf("Regions you named\n"), text);
    }

    @Test
    void write_manyFindings_showsTenAndCountsTheRest() {
        String text = text(Reports.many(), TextStyle.plain());
        assertTrue(text.contains("F10 mu > 1.3"), text);
        assertFalse(text.contains("F11"), text);
        assertTrue(text.contains("and 2 more"), text);
    }
}
