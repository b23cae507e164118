package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ResultPageTest {
    private static Document page(String json, String text) throws Exception {
        return HtmlReportTest.parse(Reports.print(out -> ResultPage.write(json, text, out)));
    }

    private static String text(Document page) {
        return page.getElementsByTagName("body")
                .item(0)
                .getTextContent()
                .replace('\u00a0', ' ')
                .replaceAll("\\s+", " ");
    }

    @Test
    void paragraphs_ofText_areJoinedAndColumnsLeftOut() {
        assertEquals(
                List.of("Title of two lines", "A sentence that was wrapped."),
                ResultPage.paragraphs(
                        "Title of\ntwo lines\n\n   r    mass\n 0.1    0.25\n\nA sentence that\nwas wrapped.\n"));
        assertEquals(List.of("Title"), ResultPage.paragraphs("Title\nfrom  a\nto    b\n"));
        assertEquals(List.of(), ResultPage.paragraphs("   r    mass\n 0.1    0.25\n"));
    }

    @Test
    void write_massBeyondDoubles_keepsItsLogarithm() throws Exception {
        Document page = page(
                "{\"schema\": \"localmass.mass/1\", \"radii\": [1e-300, 1.0], \"logMass\": [-1382.0, \"-Infinity\"],"
                        + " \"lower\": [-1383.0, \"-Infinity\"], \"upper\": [-1381.0, -3.0], \"slope\": [2.0, null],"
                        + " \"provenance\": {\"version\": \"1\"}}",
                "Mass under <script>alert(1)</script>\n");
        assertTrue(text(page).contains("Mass under <script>alert(1)</script>"), text(page));
        List<Element> rows = HtmlReportTest.elements(page, "tr");
        assertEquals(3, rows.size());
        assertTrue(rows.get(1).getTextContent().contains("-1382"), rows.get(1).getTextContent());
        assertTrue(text(page).contains("Slope at the smallest radius 2.00"), text(page));
        String charts = HtmlReportTest.elements(page, "script").get(0).getTextContent();
        assertTrue(charts.contains("[-600.19,null]"), charts);
    }

    @Test
    void write_bounds_roundOutwards() throws Exception {
        Document page = page(
                "{\"schema\": \"localmass.divergence/1\", \"from\": \"q\", \"to\": \"p\", \"radii\": [0.1, 1.0],"
                        + " \"logMassFrom\": [-2.0, -1.0], \"logMassTo\": [-2.0, -1.0], \"ratioLower\": [0.92389, 0.5],"
                        + " \"ratioUpper\": [1.08611, 2.0], \"certificate\": [1.08241, \"Infinity\"]}",
                "Local RE-KL\n");
        List<String> row = HtmlReportTest.elements(page, "tr")
                .get(1)
                .getTextContent()
                .strip()
                .lines()
                .filter(l -> !l.isBlank())
                .toList();
        assertEquals(List.of("0.100", "-2.00", "-2.00", "0.923", "1.09", "1.09"), row);
        assertTrue(text(page).contains("From q to p."));
        assertFalse(text(page).contains("NaN"));
    }
}
