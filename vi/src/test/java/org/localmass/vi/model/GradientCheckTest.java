package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;

class GradientCheckTest {
    /** exp(u1) - u2^2 with a slip in the second derivative. */
    private static LogDensity.Differentiable density(double factor) {
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public double value(double[] u) {
                return -Math.exp(u[0]) - u[1] * u[1];
            }

            @Override
            public double value(double[] u, double[] gradient) {
                gradient[0] = -Math.exp(u[0]);
                gradient[1] = factor * u[1];
                return value(u);
            }
        };
    }

    @Test
    void compare_findsASlip() {
        double[] point = {1, 2};
        var result = GradientCheck.withDefaults().compare(density(-1.9), point);
        assertEquals(1, result.worst().getAsInt());
        assertTrue(result.message().startsWith("gradient mismatch at coordinate 2: the density says -3.8"));
        assertEquals(2, point[1]);
        var e = assertThrows(IllegalArgumentException.class, () -> GradientCheck.withDefaults()
                .require(density(-1.9), point));
        assertEquals(result.message(), e.getMessage());
        assertTrue(GradientCheck.withDefaults()
                .withTolerance(0.1)
                .compare(density(-1.9), point)
                .isGood());
    }

    @Test
    void compare_acceptsARightGradient() {
        var result = GradientCheck.withDefaults().compare(density(-2), new double[] {3, -200});
        assertTrue(result.isGood());
        assertEquals("", result.message());
        assertTrue(result.error() < 1e-9, "error " + result.error());
        assertEquals(-Math.exp(3), result.differences()[0], 1e-8);
    }

    @Test
    void compare_refusesPointOutside() {
        assertThrows(IllegalArgumentException.class, () -> GradientCheck.withDefaults()
                .compare(density(-2), new double[] {800, 0}));
        assertThrows(IllegalArgumentException.class, () -> GradientCheck.withDefaults()
                .compare(density(-2), new double[] {0}));
    }

    @Test
    void require_ofAModelLooksAtRandomPoints() {
        GradientCheck.withDefaults().require(Models.of("horseshoe_logit"), 1);
        Model slip = Model.of("slip", () -> density(-1.9));
        var e = assertThrows(IllegalArgumentException.class, () -> GradientCheck.withDefaults()
                .require(slip, 1));
        assertTrue(String.valueOf(e.getMessage()).startsWith("gradient mismatch at coordinate 2: "));
        Model nowhere = Model.of("nowhere", () -> density(Double.NaN));
        assertEquals(
                "log density of nowhere must be finite near 0, was not at 100 standard normal points",
                assertThrows(IllegalArgumentException.class, () -> GradientCheck.withDefaults()
                                .require(nowhere, 1))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multi_normal([1, 2], [[2, 0.5], [0.5, 1]])",
                "multi_student_t(4, [0, 1], [2, 1])",
                "neal_funnel(3)",
                "product(beta(0.5, 2), lognormal(0, 1), student_t(3, 0, 1), tpb_normal(1, 1))",
                "mixture(0.4*product(exponential(1), half_normal(1)) + 0.6*product(gamma(3, 2), weibull(2, 1)))",
                "mixture(0.8*mvnormal([0, 0], 1) + 0.2*mvnormal([6, 0], 0.25))",
                "truncate(normal(0, 1), -1, 2)",
                "horseshoe_logit",
                "eight_schools",
                "ring"
            })
    void require_acceptsModels(String text) {
        Model model = Models.of(text);
        double[] point = new double[model.dimension()];
        for (int j = 0; j < point.length; j++) {
            point[j] = 0.3 * (j % 5) - 0.7;
        }
        GradientCheck.withDefaults().require(model.evaluator(), point);
    }
}
