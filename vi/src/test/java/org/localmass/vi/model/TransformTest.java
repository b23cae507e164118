package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
    static Stream<JsonNode> cases() {
        return References.cases("transforms.json");
    }

    static Stream<Transform> transforms() {
        return Stream.of(
                Transform.identity(3),
                Transform.positive(2),
                Transform.between(2, 1, Double.POSITIVE_INFINITY),
                Transform.between(2, Double.NEGATIVE_INFINITY, -1),
                Transform.between(2, -1, 3),
                Transform.simplex(2),
                Transform.simplex(6),
                Transform.ordered(5),
                Transform.unitVector(3),
                Transform.choleskyCorrelation(2),
                Transform.choleskyCorrelation(5));
    }

    private static Transform transform(String name, int n) {
        return switch (name) {
            case "positive" -> Transform.positive(n);
            case "lower" -> Transform.between(n, 2, Double.POSITIVE_INFINITY);
            case "upper" -> Transform.between(n, Double.NEGATIVE_INFINITY, -1);
            case "interval" -> Transform.between(n, -1, 3);
            case "simplex" -> Transform.simplex(n);
            case "ordered" -> Transform.ordered(n);
            case "unit_vector" -> Transform.unitVector(n);
            default -> Transform.choleskyCorrelation(n);
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void constrain_matchesReference(JsonNode node) {
        Transform transform =
                transform(node.get("transform").asText(), node.get("n").asInt());
        double[] u = References.numbers(node.get("u"));
        double[] x = new double[transform.constrainedSize()];
        double log = transform.constrain(u, 0, x, 0);
        assertArrayEquals(References.numbers(node.get("x")), x, 2e-15 * 40);
        assertEquals(References.number(node.get("logJacobian")), log, 1e-13);
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void constrain_thereAndBack(Transform transform) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        for (int i = 0; i < 50; i++) {
            double[] u = random(random, transform.unconstrainedSize() + 2, 6);
            double[] x = new double[transform.constrainedSize() + 1];
            transform.constrain(u, 2, x, 1);
            double[] back = new double[u.length];
            transform.unconstrain(x, 1, back, 2);
            double[] again = new double[x.length];
            transform.constrain(back, 2, again, 1);
            for (int j = 1; j < x.length; j++) {
                assertEquals(x[j], again[j], 1e-12 * Math.max(1, Math.abs(x[j])));
            }
            if (transform instanceof UnitVectorTransform) {
                continue;
            }
            for (int j = 2; j < u.length; j++) {
                // what is left of the distance to a bound of order 1 has lost e^|u| ulps
                assertEquals(u[j], back[j], 1e-12 * Math.exp(0.5 * Math.abs(u[j])));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void pullBack_matchesDifferences(Transform transform) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(4);
        int m = transform.unconstrainedSize();
        int n = transform.constrainedSize();
        for (int i = 0; i < 20; i++) {
            double[] u = random(random, m, 2);
            double[] weights = random(random, n, 1);
            double[] x = new double[n];
            transform.constrain(u, 0, x, 0);
            double[] gradient = new double[m];
            transform.pullBack(u, 0, x, weights, 0, gradient);
            for (int j = 0; j < m; j++) {
                double h = 1e-5;
                double at = u[j];
                u[j] = at + h;
                double up = function(transform, u, weights);
                u[j] = at - h;
                double down = function(transform, u, weights);
                u[j] = at;
                double expected = (up - down) / (2 * h);
                assertEquals(expected, gradient[j], 1e-7 * Math.max(1, Math.abs(expected)));
            }
        }
    }

    private static double function(Transform transform, double[] u, double[] weights) {
        double[] x = new double[weights.length];
        double sum = transform.constrain(u, 0, x, 0);
        for (int i = 0; i < x.length; i++) {
            sum += weights[i] * x[i];
        }
        return sum;
    }

    private static double[] random(UniformRandomProvider random, int n, double half) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = half * (2 * random.nextDouble() - 1);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void constrain_isFiniteFarOut(Transform transform) {
        for (double end : new double[] {-700, 700}) {
            double[] u = new double[transform.unconstrainedSize()];
            Arrays.fill(u, end);
            double[] x = new double[transform.constrainedSize()];
            assertTrue(Double.isFinite(transform.constrain(u, 0, x, 0)), transform.toString());
            for (double value : x) {
                assertTrue(Double.isFinite(value), transform.toString());
            }
        }
    }

    @Test
    void unconstrain_refusesWhatBreaksTheConstraint() {
        refuses(Transform.positive(1), "x[0] must lie between 0.0 and Infinity, was -1.0", -1);
        refuses(Transform.between(1, 0, 1), "x[0] must lie between 0.0 and 1.0, was NaN", Double.NaN);
        refuses(Transform.simplex(2), "sum of shares must be 1, was 0.75", 0.5, 0.25);
        refuses(Transform.simplex(2), "share 2 must not be negative, was -0.5", 1.5, -0.5);
        refuses(Transform.ordered(2), "values must increase, were 1.0 and 1.0", 1, 1);
        refuses(Transform.unitVector(2), "length must be 1, was 5.0", 3, 4);
        refuses(Transform.choleskyCorrelation(2), "diagonal entry 2 must be positive, was -1.0", 1, 0, 0, -1);
        refuses(Transform.choleskyCorrelation(2), "length of row 2 must be 1, was 5.0", 1, 3, 0, 4);
    }

    private static void refuses(Transform transform, String message, double... x) {
        double[] u = new double[transform.unconstrainedSize()];
        var e = assertThrows(IllegalArgumentException.class, () -> transform.unconstrain(x, 0, u, 0));
        assertEquals(message, e.getMessage());
    }

    @Test
    void of_refusesArguments() {
        assertThrows(IllegalArgumentException.class, () -> Transform.between(1, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> Transform.simplex(1));
        assertThrows(IllegalArgumentException.class, () -> Transform.positive(0));
    }

    @Test
    void names_ofMatrixAreColumnByColumn() {
        assertArrayEquals(
                new String[] {"L[1,1]", "L[2,1]", "L[1,2]", "L[2,2]"},
                Transform.choleskyCorrelation(2).names("L"));
    }
}
