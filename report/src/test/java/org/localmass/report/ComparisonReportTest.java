package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonReportTest {
    private static final List<Comparison> THREE = List.of(
            new Comparison("advi_meanfield", Reports.finding()),
            new Comparison("laplace", Reports.empty()),
            new Comparison("pathfinder", Reports.many()));

    private static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        Reports.all().forEach((name, report) -> all.add(new Comparison("<" + name + ">", report)));
        return all;
    }

    private static String text(List<Comparison> comparisons) {
        return Reports.print(out -> ComparisonReport.writeText(comparisons, TextStyle.plain(), out));
    }

    private static String json(List<Comparison> comparisons) {
        return Reports.print(out -> ComparisonReport.writeJson(comparisons, out));
    }

    @Test
    void write_three_matchesGolden() throws IOException {
        Golden.check("comparison.txt", text(THREE));
        Golden.check("comparison.md", Reports.print(out -> ComparisonReport.writeMarkdown(THREE, out)));
        Golden.check("comparison.json", json(THREE));
    }

    @Test
    void write_sharedWarning_isSaidOnce() {
        List<Comparison> two = List.of(new Comparison("a", Reports.finding()), new Comparison("b", Reports.named()));
        String warning = "R-hat of tau is 1.02";
        for (String text : List.of(
                text(two),
                Reports.print(out -> ComparisonReport.writeMarkdown(two, out)),
                Reports.print(out -> ComparisonReport.writeHtml(two, out)))) {
            assertTrue(text.contains(warning), text);
            assertEquals(text.indexOf(warning), text.lastIndexOf(warning), text);
        }
    }

    @Test
    void writeText_hostileAndMany_fits() {
        text(all()).lines().forEach(line -> assertTrue(Lines.length(line) <= 80, line));
    }

    @Test
    void writeJson_anyReports_isValid() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(json(all()));
        assertEquals(Set.of(), JsonReportTest.schema("comparison.schema.json").validate(tree));
        assertEquals(
                "_finding_/report.json", tree.at("/approximations/0/report").asText());
        assertEquals(3, tree.at("/approximations/0/findings").asInt());
        assertEquals("F1", tree.at("/approximations/0/worst/id").asText());
        assertTrue(tree.at("/approximations/1/worst").isNull());
        ((ObjectNode) tree.at("/approximations/0")).remove("worst");
        assertFalse(
                JsonReportTest.schema("comparison.schema.json").validate(tree).isEmpty());
    }

    @Test
    void writeHtml_hostile_isWellFormedAndLinks() throws Exception {
        var page = HtmlReportTest.parse(Reports.print(out -> ComparisonReport.writeHtml(all(), out)));
        assertEquals(
                List.of(
                        "_finding_/report.html",
                        "_empty_/report.html",
                        "_inconclusive_/report.html",
                        "_hostile_/report.html",
                        "_many_/report.html",
                        "_named_/report.html",
                        "_modes_/report.html",
                        "_weights_/report.html",
                        "_density_/report.html",
                        "_density_beside_draws_/report.html",
                        "_pictured_/report.html",
                        "_hostile_pictures_/report.html"),
                HtmlReportTest.elements(page, "a").stream()
                        .map(a -> a.getAttribute("href"))
                        .toList());
        assertEquals(List.of(), HtmlReportTest.elements(page, "script"));
    }

    @Test
    void writeJson_noApproximation_isValid() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(json(List.of()));
        assertEquals(Set.of(), JsonReportTest.schema("comparison.schema.json").validate(tree));
        assertEquals("inconclusive", tree.get("verdict").asText());
    }

    @ParameterizedTest
    @CsvSource({"advi_meanfield, advi_meanfield", "../x, _._x", ".hidden, _hidden", "a b/ü, a_b__", "fit-1.2+, fit-1.2+"
    })
    void folder_isSafe(String name, String expected) {
        assertEquals(expected, new Comparison(name, Reports.empty()).folder());
    }

    @Test
    void write_sameFolderTwice_throws() {
        List<Comparison> twins =
                List.of(new Comparison("a b", Reports.empty()), new Comparison("A_b", Reports.empty()));
        var e = assertThrows(IllegalArgumentException.class, () -> text(twins));
        assertEquals("approximation names must give different folders, A_b comes twice", e.getMessage());
    }
}
