package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentReportTest {
    private static final PaperFigure FIGURE = new PaperFigure(List.of(new PaperFigure.Panel(
            "Mass",
            "radius",
            "mass",
            true,
            true,
            List.of(new PaperFigure.Curve("p", new double[] {0.1, 1}, new double[] {0.2, 0.9}, false)))));

    private static List<ExperimentReport.Content> contents() {
        return List.of(
                new ExperimentReport.Content(
                        "first",
                        "A first <experiment>",
                        "Does it hold? Yes.",
                        Map.of("radii", "24"),
                        List.of(
                                new ExperimentReport.Row("a slope", "1.00", "1.000", "match", "within 1e-3"),
                                new ExperimentReport.Row("a | mass", "0.000", "6e-16", "differs", "a floor of draws"),
                                new ExperimentReport.Row("a number", "3", "4", "not comparable", "other data")),
                        List.of(new ExperimentReport.Shown("curve", "What it shows.", FIGURE)),
                        List.of("An odd <result>."),
                        List.of("first/curve.svg", "first/raw.csv")),
                new ExperimentReport.Content(
                        "second",
                        "A second one",
                        "Nothing to ask.",
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void text_tellsWhatDoesNotMatch() throws IOException {
        StringWriter out = new StringWriter();
        ExperimentReport.writeText(contents(), TextStyle.plain(), out);
        String words = out.toString().replaceAll("\\s+", " ");
        assertTrue(words.contains("Published numbers: 1 match, 1 differs, 1 not comparable."), words);
        assertTrue(words.contains("differs: a | mass: published 0.000, ours 6e-16; a floor of draws"), words);
        assertFalse(words.contains("a slope: published"), words);
        assertTrue(words.contains("nothing published to compare with"), words);
        for (String line : out.toString().split("\n", -1)) {
            assertTrue(line.length() <= 80, line);
        }
    }

    @Test
    void markdown_hasEveryNumberAndLinksTheFigure() throws IOException {
        StringWriter out = new StringWriter();
        ExperimentReport.writeMarkdown(contents(), "0.1", 7, out);
        String text = out.toString();
        assertTrue(text.contains("](first/curve.svg)"), text);
        assertTrue(text.contains("a \\| mass"), text);
        assertTrue(text.contains("A first \\<experiment\\>"), text);
        assertTrue(text.endsWith("Localmass 0.1, seed 7.\n"), text);
    }

    @Test
    void html_isOnePageWithTheFigureInside() throws IOException {
        StringWriter out = new StringWriter();
        ExperimentReport.writeHtml(contents(), "0.1", 7, out);
        String page = out.toString();
        assertTrue(page.contains("Content-Security-Policy"));
        assertTrue(page.contains("data:image/svg+xml;base64,"));
        assertTrue(page.contains("A first &lt;experiment&gt;"));
        assertTrue(page.contains("An odd &lt;result&gt;."));
        assertTrue(page.contains("href=\"first/raw.csv\""));
        assertEquals(2, page.split("<section", -1).length - 1);
        StringWriter again = new StringWriter();
        ExperimentReport.writeHtml(contents(), "0.1", 7, again);
        assertEquals(page, again.toString());
    }
}
