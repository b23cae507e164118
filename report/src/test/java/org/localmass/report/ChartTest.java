package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckReport;
import org.localmass.check.Finding;
import org.localmass.core.mass.MassEstimate;

class ChartTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<String> names() {
        return Reports.all().keySet().stream();
    }

    private static CheckReport report(String name) {
        return Objects.requireNonNull(Reports.all().get(name));
    }

    private static Chart chart(String id) {
        return ReportCharts.all(Reports.pictured()).stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(CheckReport report, String name, FigureFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Figures.of(report).write(name, format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("names")
    void all_anyReport_haveNamesOfFiles(String name) {
        List<String> names = Figures.of(report(name)).names();
        assertEquals(names.size(), new HashSet<>(names).size());
        names.forEach(n -> assertTrue(n.matches("[A-Za-z0-9-]+"), n));
    }

    @Test
    void all_pictured_areForestMapRegionsBalls() {
        assertEquals(
                List.of(
                        "forest",
                        "mass-map",
                        "region-F1-figure",
                        "region-F2-figure",
                        "region-F3-figure",
                        "region-R1-figure",
                        "region-R2-figure",
                        "region-R3-figure",
                        "ball-1-mass",
                        "ball-1-slope"),
                Figures.of(Reports.pictured()).names());
    }

    @Test
    void forest_rows_carryTheRatiosOfTheReport() {
        Chart.Plot forest = ReportCharts.forest(Reports.pictured()).orElseThrow();
        List<Finding> rows = Words.rows(Reports.pictured());
        assertEquals(rows.size(), forest.rows().size());
        for (int i = 0; i < rows.size(); i++) {
            Chart.Series series = forest.series().get(i);
            assertEquals(rows.get(i).ratio().estimate(), series.x().get(0));
            assertEquals(rows.get(i).ratio().lower(), series.low().get(0));
            assertEquals(rows.get(i).ratio().upper(), series.high().get(0));
        }
    }

    @Test
    void slopes_ofABall_areThoseOfLogLogAxes() {
        Chart.Plot slopes = (Chart.Plot) chart("ball-1-slope");
        BallCurve ball = Reports.pictured().balls().get(0);
        int finite = 0;
        for (int side = 0; side < 2; side++) {
            List<MassEstimate> masses = side == 0 ? ball.reference() : ball.approximation();
            for (int i = 1; i < ball.radii().size(); i++) {
                double low = masses.get(i - 1).estimate();
                double high = masses.get(i).estimate();
                double width = Math.log(ball.radii().get(i) / ball.radii().get(i - 1));
                double expected = low > 0 ? Math.log(high / low) / width : Double.NaN;
                assertEquals(expected, slopes.series().get(side).y().get(i - 1), 1e-14);
                finite += low > 0 ? 1 : 0;
            }
        }
        assertTrue(finite > 0);
    }

    @Test
    void json_plot_readsBack() throws IOException {
        Chart.Plot plot = (Chart.Plot) chart("region-F1-figure");
        JsonNode json = MAPPER.readTree(ChartJson.of(List.of(plot))).get(0);
        assertEquals("region-F1-figure", json.get("id").asText());
        assertEquals(4, json.get("series").get(0).get("x").size());
        assertEquals(0.9, json.get("series").get(0).get("y").get(0).asDouble());
        assertTrue(json.get("shades").get(0).get(0).isNull());
        assertEquals(0.5, json.get("shades").get(0).get(1).asDouble());
        assertTrue(json.get("y").get("from").isNull());
    }

    @Test
    void json_hostileNames_holdNoMarkup() throws IOException {
        List<Chart.Plot> plots = ReportCharts.all(Reports.hostilePictures()).stream()
                .filter(Chart.Plot.class::isInstance)
                .map(Chart.Plot.class::cast)
                .toList();
        String json = ChartJson.of(plots);
        assertTrue(json.chars().noneMatch(c -> c == '<' || c == '>' || c == '&' || c > 0x7e));
        assertTrue(MAPPER.readTree(json).findValuesAsText("label").contains("]]>\"'&<!--"));
        String cells = MassMapTable.json(Reports.hostilePictures().portrait().massMap());
        assertTrue(cells.chars().noneMatch(c -> c == '<' || c == '>' || c == '&'));
        assertEquals(4, MAPPER.readTree(cells).size());
    }

    @ParameterizedTest
    @EnumSource(FigureFormat.class)
    void write_twice_givesSameBytes(FigureFormat format) throws IOException {
        assertArrayEquals(
                bytes(Reports.pictured(), "region-F1-figure", format),
                bytes(Reports.pictured(), "region-F1-figure", format));
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_everyFigure_opens(String name) throws Exception {
        CheckReport report = report(name);
        for (String figure : Figures.of(report).names()) {
            String svg = new String(bytes(report, figure, FigureFormat.SVG), java.nio.charset.StandardCharsets.UTF_8);
            assertEquals("svg", HtmlReportTest.parse(svg).getDocumentElement().getTagName());
            assertFalse(svg.contains("NaN"), figure);
            var image = ImageIO.read(new ByteArrayInputStream(bytes(report, figure, FigureFormat.PNG)));
            assertEquals(1520, image.getWidth());
            int first = image.getRGB(0, 0);
            boolean drawn = false;
            for (int x = 0; x < image.getWidth(); x += 3) {
                for (int y = 0; y < image.getHeight(); y += 3) {
                    drawn |= image.getRGB(x, y) != first;
                }
            }
            assertTrue(drawn, figure);
        }
    }

    @Test
    void write_pdf_isOnePage() throws IOException {
        try (var document = Loader.loadPDF(bytes(Reports.pictured(), "forest", FigureFormat.PDF))) {
            assertEquals(1, document.getNumberOfPages());
        }
        assertNotNull(bytes(Reports.pictured(), "mass-map", FigureFormat.PDF));
    }

    @Test
    void write_unknownName_isRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Figures.of(Reports.empty())
                .write("x", FigureFormat.SVG, new ByteArrayOutputStream()));
        assertEquals("name must be one of [], was x", e.getMessage());
    }

    @ParameterizedTest
    @MethodSource("names")
    void look_ofCells_tellsDirectionAndEvidence(String name) {
        report(name).portrait().massMap().rows().forEach(row -> {
            assertEquals("u4", MassMapTable.look(row.cells().get(0)));
            assertEquals("z", MassMapTable.look(row.cells().get(1)));
            assertEquals("z w", MassMapTable.look(row.cells().get(2)));
            assertEquals("e", MassMapTable.look(row.cells().get(3)));
            assertEquals("o1", MassMapTable.look(row.cells().get(4)));
            assertEquals(Double.POSITIVE_INFINITY, MassMapTable.deviation(row));
        });
    }

    @Test
    void option_quotesForAShell() {
        for (Finding finding : Words.rows(Reports.hostile())) {
            String option = Advice.option(finding);
            String rest = option.substring("--region ".length());
            assertTrue((rest.startsWith("'") && rest.endsWith("'")) || rest.startsWith("@report.json#"), option);
            String inner =
                    rest.startsWith("'") ? rest.substring(1, rest.length() - 1).replace("'\\''", "") : "";
            assertFalse(inner.contains("'"), option);
        }
    }
}
