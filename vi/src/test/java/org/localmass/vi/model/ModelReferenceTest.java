package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.measure.LogDensity;

/** Values and gradients against mpmath, tools/reference/vi_models.py. */
class ModelReferenceTest {
    /** Largest error measured: 3e-13 of the largest term. */
    private static final double RELATIVE = 1e-11;

    static Stream<JsonNode> cases() {
        return References.cases("models.json");
    }

    private static Model model(JsonNode node) {
        return Models.of(node.get("model").asText(), table(node));
    }

    private static Optional<RegressionTable> table(JsonNode node) {
        if (!node.has("x")) {
            return Optional.empty();
        }
        List<double[]> rows = new ArrayList<>();
        node.get("x").forEach(row -> rows.add(References.numbers(row)));
        return Optional.of(RegressionTable.of(
                "y", List.of("a", "b", "c"), References.numbers(node.get("y")), rows.toArray(new double[0][])));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueAndGradient_matchReference(JsonNode node) {
        Model model = model(node);
        double[] u = References.numbers(node.get("u"));
        assertEquals(u.length, model.dimension());
        LogDensity.Differentiable density = model.evaluator();
        double[] gradient = new double[u.length];
        double value = density.value(u, gradient);
        double expected = References.number(node.get("value"));
        assertEquals(expected, value, RELATIVE * Math.max(1, Math.abs(expected)), "value");
        assertEquals(value, density.value(u));
        double[] slopes = References.numbers(node.get("gradient"));
        double size = 1;
        for (double slope : slopes) {
            size = Math.max(size, Math.abs(slope));
        }
        for (int j = 0; j < u.length; j++) {
            assertEquals(slopes[j], gradient[j], RELATIVE * size, "gradient " + j);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logZ_matchesReference(JsonNode node) {
        Model model = model(node);
        assertEquals(node.get("logZ").isNull(), model.logZ().isEmpty());
        if (model.logZ().isPresent()) {
            assertEquals(References.number(node.get("logZ")), model.logZ().getAsDouble(), 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void constrain_thereAndBack(JsonNode node) {
        Model model = model(node);
        double[] u = References.numbers(node.get("u"));
        double[] x = new double[model.parameterNames().size()];
        model.constrain(u, x);
        double[] back = model.unconstrain(x);
        for (int j = 0; j < u.length; j++) {
            assertEquals(u[j], back[j], 1e-12 * Math.max(1, Math.abs(u[j])));
        }
    }

    @Test
    void value_isFiniteOrMinusInfinityFarOut() {
        double[] ends = {-700, -40, 0, 40, 700};
        for (JsonNode node : cases().toList()) {
            Model model = model(node);
            LogDensity.Differentiable density = model.evaluator();
            int d = model.dimension();
            double[] gradient = new double[d];
            for (double first : ends) {
                for (double rest : ends) {
                    double[] u = new double[d];
                    for (int j = 0; j < d; j++) {
                        u[j] = j % 3 == 1 ? first : rest;
                    }
                    double value = density.value(u, gradient);
                    assertEquals(true, value < Double.POSITIVE_INFINITY, model.name() + " " + value);
                    for (double slope : gradient) {
                        assertEquals(true, Double.isFinite(slope), model.name());
                    }
                }
            }
        }
    }
}
