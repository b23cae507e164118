package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormTest {
    private static final double NAN = Double.NaN;

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double distance(Norm norm, double... gaps) {
        return norm.distance(gaps, IntStream.range(0, gaps.length).toArray(), new double[gaps.length]);
    }

    @ParameterizedTest(name = "m={0}")
    @CsvFileSource(resources = "norm-mahalanobis.csv", numLinesToSkip = 1, maxCharsPerColumn = 10_000)
    void mahalanobis_matchesReference(int m, String covariance, String point, String centre, double expected) {
        double[] flat = numbers(covariance);
        double[][] matrix = new double[m][];
        for (int i = 0; i < m; i++) {
            matrix[i] = Arrays.copyOfRange(flat, i * m, (i + 1) * m);
        }
        double actual = Norm.mahalanobis(matrix)
                .distance(numbers(point), IntStream.range(0, m).toArray(), numbers(centre));
        // largest relative error measured: 1.3e-15
        assertEquals(expected, actual, 4e-15 * expected);
    }

    @Test
    void mahalanobis_readsLowerTriangleAndLeavesTheArrayAlone() {
        double[][] covariance = {{4, 99}, {2, 5}};
        Norm norm = Norm.mahalanobis(covariance);
        covariance[0][0] = 1;
        assertEquals(1, distance(norm, 2, 1), 1e-15);
        assertEquals(2, norm.dimension());
    }

    @ParameterizedTest
    @CsvSource({"l2, 13", "linf, 12"})
    void distance_readsOnlyTheGivenCoordinates(String label, double expected) {
        Norm norm = label.equals("l2") ? Norm.l2() : Norm.linf();
        double[] point = {NAN, 6, -10, NAN, 5};
        assertEquals(expected, norm.distance(point, new int[] {1, 2, 4}, new double[] {2, 2, 2}));
        assertEquals(label, norm.label());
        assertEquals(0, norm.dimension());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "3e-200, 4e-200, 5e-200",
        "3e200, -4e200, 5e200",
        "5e-324, 0, 5e-324",
        "NaN, 1, NaN",
        "Infinity, 1, Infinity",
        "1e200, NaN, NaN"
    })
    void l2_outOfTheRangeOfSquares(double a, double b, double expected) {
        double actual = distance(Norm.l2(), a, b);
        if (Double.isFinite(expected)) {
            assertEquals(expected, actual, 2 * Math.ulp(expected));
        } else {
            assertEquals(expected, actual);
        }
    }

    @Test
    void linf_nan() {
        assertTrue(Double.isNaN(distance(Norm.linf(), 1, NAN)));
        assertTrue(Double.isNaN(distance(Norm.linf(), NAN, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 1", "1 0 1.5 1", "1 0 1 1", "-1 0 0 1"})
    void mahalanobis_rejectsWhatIsNotPositiveDefinite(String text) {
        double[] s = numbers(text);
        var e = assertThrows(
                IllegalArgumentException.class, () -> Norm.mahalanobis(new double[][] {{s[0], s[1]}, {s[2], s[3]}}));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("covariance must be positive definite, fails at row "), message);
    }

    @Test
    void mahalanobis_rejectsShapeAndNan() {
        assertThrows(IllegalArgumentException.class, () -> Norm.mahalanobis(new double[][] {{1, 0}}));
        var e = assertThrows(IllegalArgumentException.class, () -> Norm.mahalanobis(new double[][] {{1, 0}, {NAN, 1}}));
        assertEquals("covariance[1][0] must be finite, was NaN", e.getMessage());
    }
}
