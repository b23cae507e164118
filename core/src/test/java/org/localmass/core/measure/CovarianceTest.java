package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceTest {
    private static JsonNode cases() throws IOException {
        try (InputStream in = CovarianceTest.class.getResourceAsStream("eigenvalues.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in)).get("cases");
        }
    }

    private static double[][] matrix(JsonNode c) {
        return StreamSupport.stream(c.get("matrix").spliterator(), false)
                .map(Vectors::numbers)
                .toArray(double[][]::new);
    }

    /** Largest error measured: 1.1e-16 of an eigenvalue. */
    @TestFactory
    Stream<DynamicTest> eigenvalues_matchReference() throws IOException {
        return StreamSupport.stream(cases().spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> {
                    double[] values = Covariance.full(matrix(c)).eigenvalues();
                    Errors errors = Errors.of("eigenvalue", 3e-16);
                    for (int i = 0; i < values.length; i++) {
                        errors.addValue(
                                "eigenvalue " + i,
                                values[i],
                                c.get("eigenvalues").get(i));
                    }
                    assertTrue(errors.holds(), errors::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> logDensity_matchesReference() throws IOException {
        return StreamSupport.stream(cases().spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> {
                    double[] point = Vectors.numbers(c.get("point"));
                    double actual = MultivariateNormal.of(new double[point.length], Covariance.full(matrix(c)))
                            .logDensity(point);
                    Errors errors = Errors.ofLogs("log density", 4);
                    errors.addLog("", actual, c.get("logDensity"));
                    assertTrue(errors.holds(), errors::toString);
                }));
    }

    @Test
    void full_singular_keepsItsZeros() {
        Covariance covariance = Covariance.full(new double[][] {{1, 1, 0}, {1, 1, 0}, {0, 0, 1e-6}});
        assertEquals(2, covariance.rank());
        assertArrayEquals(new double[] {0, 1e-6, 2}, covariance.eigenvalues(), 1e-21);
        assertEquals(0, covariance.rotated(new double[] {0.1, 0.1, 1}, new double[3])[0]);
        assertTrue(Math.abs(covariance.rotated(new double[] {0.1, 0.2, 1}, new double[3])[0]) > 0.07);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 30, 60})
    void rotated_isAnIsometry(int d) {
        double[][] matrix = new double[d][d];
        double[] point = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i][j] = 1 + (i == j ? Math.pow(10, -8.0 * i / d) : 0);
            }
            point[i] = Math.sin(i + 1);
        }
        double[] y = Covariance.full(matrix).rotated(point, new double[d]);
        double before = 0;
        double after = 0;
        for (int i = 0; i < d; i++) {
            before += point[i] * point[i];
            after += y[i] * y[i];
        }
        assertEquals(before, after, 2e-15 * before);
    }

    @Test
    void full_rejectsWhatIsNoCovariance() {
        assertThrows(IllegalArgumentException.class, () -> Covariance.full(new double[][] {{1, 2}, {2, 1}}));
        assertThrows(IllegalArgumentException.class, () -> Covariance.full(new double[][] {{1, 0.5}, {0.4, 1}}));
        assertThrows(IllegalArgumentException.class, () -> Covariance.full(new double[][] {{1, Double.NaN}, {0, 1}}));
    }
}
