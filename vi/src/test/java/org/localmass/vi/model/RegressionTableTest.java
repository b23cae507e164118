package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegressionTableTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    @Test
    void read_takesColumnsByName() throws IOException {
        Path file = file("\"a\", y,b\n1,2,3\n\n4,5,6e0\n");
        RegressionTable all = RegressionTable.read(file, "y", List.of());
        assertEquals(List.of("a", "b"), all.columns());
        assertArrayEquals(new double[] {2, 5}, all.y());
        assertArrayEquals(new double[] {4, 6}, all.x()[1]);
        RegressionTable one = RegressionTable.read(file, "y", List.of("b"));
        assertArrayEquals(new double[] {3}, one.x()[0]);
        assertEquals(2, one.size());
        assertEquals("y", one.response());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | y | the file is empty, a header is expected",
                "a,b | y | line 1: there is no column y, they are a, b",
                "y | y | line 1: there is no column beside y",
                "y,a | y | there is no row below the header",
                "y,a;1 | y | line 2: 1 fields, the header has 2",
                "y,a;1,x | y | line 2: a is no number: x",
                "y,a;1,NaN | y | line 2: a is not finite: NaN",
            })
    void read_namesFileLineAndReason(String text, String response, String message) throws IOException {
        Path file = file(text.replace(';', '\n'));
        var e = assertThrows(IOException.class, () -> RegressionTable.read(file, response, List.of()));
        assertEquals(file + ": " + message, e.getMessage());
    }

    @Test
    void standardised_hasMeanZeroAndUnitDeviation() {
        double[][] x = RegressionTable.of(
                        "y", List.of("a", "b"), new double[3], new double[][] {{1, 7}, {2, 7}, {3, 7}})
                .standardised()
                .x();
        assertArrayEquals(new double[] {-1, 0}, x[0], 1e-15);
        assertArrayEquals(new double[] {1, 0}, x[2], 1e-15);
    }

    @Test
    void of_refusesLengths() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RegressionTable.of("y", List.of("a"), new double[2], new double[1][1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> RegressionTable.of("y", List.of("a"), new double[1], new double[1][2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> RegressionTable.of("y", List.of(), new double[1], new double[1][0]));
    }
}
