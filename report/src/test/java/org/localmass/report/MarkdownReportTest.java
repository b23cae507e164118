package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.check.CheckReport;

class MarkdownReportTest {
    private static String markdown(CheckReport report) {
        return Reports.print(out -> MarkdownReport.write(report, Reports.provenance(), out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"finding", "empty", "inconclusive", "hostile", "many", "modes", "weights", "density"})
    void write_report_matchesGolden(String name) throws IOException {
        String markdown = markdown(Objects.requireNonNull(Reports.all().get(name)));
        Golden.check(name + ".md", markdown);
        assertFalse(markdown.contains("NaN"));
        assertTrue(markdown.indexOf("| F") < markdown.indexOf("<details>"));
    }

    @Test
    void write_hostile_keepsTheTables() {
        markdown(Reports.hostile())
                .lines()
                .filter(line -> line.startsWith("| "))
                .forEach(line -> {
                    int cells = line.replace("\\\\", "").replace("\\|", "").split("\\|", -1).length - 2;
                    assertTrue(cells == 6 || cells == 4, line);
                });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "tau < 0.5, `tau < 0.5`",
                "a|b, `a\\|b`",
                "`a, `` `a ``",
                "a``b, ```a``b```",
            })
    void code_holdsAnything(String text, String expected) {
        assertEquals(expected, Markdown.code(text));
    }

    @Test
    void text_escapesMarkup() {
        assertEquals("\\<b\\>\\_\\*\\|@<!-- -->all", Markdown.text("<b>_*|@all"));
    }
}
