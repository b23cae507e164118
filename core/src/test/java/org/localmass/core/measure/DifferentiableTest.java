package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.spec.DistributionText;

/** Gradients of log densities. */
class DifferentiableTest {
    static Stream<JsonNode> slopes() throws IOException {
        try (InputStream in = DifferentiableTest.class.getResourceAsStream("slopes.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(Objects.requireNonNull(in)).get("cases").forEach(cases::add);
            return cases.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("slopes")
    void slope_matchesReference(JsonNode node) {
        Univariate law = (Univariate) DistributionText.parse(node.get("law").asText());
        double x = node.get("x").doubleValue();
        double expected = Double.parseDouble(node.get("slope").asText());
        // scale mixtures by differences
        double relative = law.toString().startsWith("tpb") ? 1e-9 : 1e-13;
        assertEquals(expected, law.logSlopeFrom(x, 0), relative * Math.max(1, Math.abs(expected)));
        if (law.innerPole().isEmpty()) {
            double[] gradient = new double[1];
            double value = law.differentiable().orElseThrow().value(new double[] {x}, gradient);
            assertEquals(expected, gradient[0], relative * Math.max(1, Math.abs(expected)));
            assertEquals(law.logDensity(x), value);
        }
        double end = law.lowerEnds()[0];
        if (Double.isFinite(end)) {
            assertEquals(expected, law.logSlopeFrom(end, x - end), 2 * relative * Math.max(1, Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multi_normal([1, 2, 0], [[2, 0.5, 0.1], [0.5, 1, 0.3], [0.1, 0.3, 3]])",
                "multi_normal([1, 2, 0], [1, 2, 3])",
                "multi_student_t(3, [1, 2, 0], [[2, 0.5, 0.1], [0.5, 1, 0.3], [0.1, 0.3, 3]])",
                "neal_funnel(2)",
                "product(normal(0, 1), multi_normal([0, 1], 2))",
                "product(exponential(1), multi_normal([0, 1], 2))",
                "mixture(0.3*multi_normal([0, 0, 0], 1) + 0.7*multi_student_t(3, [1, 1, 1], 2))",
            })
    void gradient_matchesDifferences(String text) {
        Distribution distribution = DistributionText.parse(text);
        LogDensity.Differentiable view = distribution.differentiable().orElseThrow();
        double[] point = {0.7, 0.4, -0.3};
        double[] gradient = new double[3];
        assertEquals(distribution.logDensity(point), view.value(point, gradient), 1e-13);
        assertEquals(distribution.logDensity(point), view.value(point), 1e-13);
        assertEquals(3, view.dimension());
        for (int j = 0; j < 3; j++) {
            double at = point[j];
            double h = 1e-5;
            point[j] = at + h;
            double up = distribution.logDensity(point);
            point[j] = at - h;
            double down = distribution.logDensity(point);
            point[j] = at;
            assertEquals((up - down) / (2 * h), gradient[j], 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "point(1)",
                "spike_slab(0.5, normal(0, 1))",
                "horseshoe(1)",
                "multi_normal([0, 0], [[1, 1], [1, 1]])",
                "product(normal(0, 1), horseshoe(1))",
                "mixture(0.5*multi_normal([0, 0], [1, 0]) + 0.5*multi_normal([0, 0], 1))",
                "radial_power(2, 0.5)"
            })
    void differentiable_isEmptyWithAtomsPolesAndSingularParts(String text) {
        assertTrue(DistributionText.parse(text).differentiable().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "'gamma(2, 1)', 0, Infinity",
        "'uniform(-1, 3)', -1, 3",
        "'laplace(0, 1)', -Infinity, Infinity",
        "'truncate(normal(0, 1), -inf, 2)', -Infinity, 2",
        "'mixture(0.5*exponential(1) + 0.5*normal(0, 1))', -Infinity, Infinity",
        "'affine(exponential(1), 2, 3)', 2, Infinity",
    })
    void ends_holdAllMass(String text, double lower, double upper) {
        Distribution law = DistributionText.parse(text);
        assertArrayEquals(new double[] {lower}, law.lowerEnds());
        assertArrayEquals(new double[] {upper}, law.upperEnds());
    }

    @Test
    void ends_ofProductsAndMixtures() {
        Distribution product = DistributionText.parse("product(exponential(1), normal(0, 1))");
        assertArrayEquals(new double[] {0, Double.NEGATIVE_INFINITY}, product.lowerEnds());
        Distribution mixture = DistributionText.parse(
                "mixture(0.5*product(uniform(0, 1), uniform(2, 3)) + 0.5*product(uniform(-1, 0.5), uniform(1, 4)))");
        assertArrayEquals(new double[] {-1, 1}, mixture.lowerEnds());
        assertArrayEquals(new double[] {1, 4}, mixture.upperEnds());
    }
}
