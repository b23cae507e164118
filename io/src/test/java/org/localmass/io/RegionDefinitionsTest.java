package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.region.Region;

class RegionDefinitionsTest {
    private static final String MAP =
            "\"coordinates\": [\"b\", \"a\"], \"knots\": [[-1, 0, 1], [0, 2, 4]], \"scores\": [[-1, 0, 1], [-2, 0, 2]]";
    private static final String PROJECTION =
            "{\"type\": \"projection\", " + MAP + ", \"weights\": [1, 1], \"lower\": 0.5, \"upper\": \"Infinity\"}";
    private static final String DISTANCE = "{\"type\": \"distance\", " + MAP
            + ", \"triangle\": [[1], [0, 1]], \"centre\": [0, 0], \"lower\": \"-Infinity\", \"upper\": 1}";
    private static final String TREES =
            "{\"type\": \"trees\", \"coordinates\": [\"b\", \"a\"], \"influence\": [1, 0.5],"
                    + " \"trees\": [{\"test\": [0, -1, -1], \"threshold\": [0.5, 0, 0], \"low\": [1, 0, 0], \"value\": [0, -1, 1]}],"
                    + " \"lower\": 0, \"upper\": \"Infinity\"}";

    @TempDir
    Path folder;

    private Path report(String... definitions) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < definitions.length; i++) {
            rows.append(i == 0 ? "" : ", ")
                    .append("{\"id\": \"F")
                    .append(i + 1)
                    .append("\", \"region\": \"words\", \"definition\": ")
                    .append(definitions[i])
                    .append('}');
        }
        return Files.writeString(
                folder.resolve("report.json"),
                "{\"schema\": \"localmass.report/1\", \"findings\": [" + rows
                        + "], \"modes\": [{\"id\": \"M1\", \"definition\": {\"expression\": \"a > 0\"}}]}");
    }

    @Test
    void read_bindsEveryKindToOtherColumns() throws IOException {
        List<RegionDefinitions.Definition> read =
                RegionDefinitions.read(report(PROJECTION, DISTANCE, TREES, "{\"expression\": \"a < 1 & b > 0\"}"));
        assertEquals(
                List.of("F1", "F2", "F3", "F4"),
                read.stream().map(RegionDefinitions.Definition::id).toList());
        assertEquals("words", read.get(0).text());
        assertEquals("a < 1 & b > 0", read.get(3).text());
        // the columns come in another order, with one more between them
        List<String> columns = List.of("a", "other", "b");
        Region projection = read.get(0).bind(columns);
        // scores: b itself, (a - 2)
        assertTrue(projection.contains(new double[] {2.5, 9, 0.1}));
        assertFalse(projection.contains(new double[] {2.5, 9, 0}));
        Region distance = read.get(1).bind(columns);
        assertTrue(distance.contains(new double[] {2.6, 9, 0.7}));
        assertFalse(distance.contains(new double[] {2.8, 9, 0.7}));
        Region trees = read.get(2).bind(columns);
        assertTrue(trees.contains(new double[] {0, 9, 0.6}));
        assertFalse(trees.contains(new double[] {0, 9, 0.4}));
        assertTrue(read.get(3).bind(columns).contains(new double[] {0.5, 9, 1}));
        var e = assertThrows(IllegalArgumentException.class, () -> read.get(0).bind(List.of("a")));
        assertEquals("the region needs b, which the draws do not have", e.getMessage());
        assertEquals(
                5,
                RegionDefinitions.readEvery(report("{\"expression\": \"a < 1\"}", PROJECTION, DISTANCE, TREES))
                        .size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"projection\"} | coordinates must be a list",
                "{\"type\": \"projection\", \"coordinates\": [\"a\"], \"knots\": [], \"scores\": []} | knots must be a list",
                "{\"type\": \"trees\", \"coordinates\": [\"a\"], \"influence\": [1], \"trees\": [{\"test\": [3]}]} | test must be from -1 to 0, was 3",
                "{\"type\": \"ball\"} | no expression"
            })
    void read_damagedDefinition_isNamed(String definition, String reason) throws IOException {
        Path file = report(definition);
        var e = assertThrows(DrawsFormatException.class, () -> RegionDefinitions.read(file));
        assertEquals(file + ": region F1: " + reason, e.getMessage());
    }

    @Test
    void read_otherFiles_areRefused() throws IOException {
        Path missing = folder.resolve("none.json");
        assertEquals(
                missing + ": no such file",
                String.valueOf(assertThrows(DrawsFormatException.class, () -> RegionDefinitions.read(missing))
                        .getMessage()));
        Path other = Files.writeString(folder.resolve("other.json"), "{\"schema\": \"x\"}");
        assertEquals(
                other + ": no report: its schema is not localmass.report/1",
                String.valueOf(assertThrows(DrawsFormatException.class, () -> RegionDefinitions.read(other))
                        .getMessage()));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\n\"schema\": }");
        assertTrue(String.valueOf(assertThrows(DrawsFormatException.class, () -> RegionDefinitions.read(broken))
                        .getMessage())
                .matches("(?s).*\\b2\\b.*: not JSON: .*"));
    }
}
