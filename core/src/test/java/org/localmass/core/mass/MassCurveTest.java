package org.localmass.core.mass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

class MassCurveTest {
    private static double slope(String law, double centre, double radius) {
        Distribution distribution = DistributionText.parse(law);
        double[] point = new double[distribution.dimension()];
        point[0] = centre;
        return MassCurve.about(distribution, point, Norm.l2(), new double[] {radius})
                .slope()[0];
    }

    private static double tail(String law, double radius) {
        return MassCurve.atInfinity(DistributionText.parse(law), Norm.l2(), new double[] {radius})
                .slope()[0];
    }

    /** Exact power laws. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "uniform(-1, 1); 0.3; 1",
                "weibull(0.5, 1); 1e-300; 0.5",
                "radial_power(1, 0.75, 2); 1e-3; 0.25",
                "radial_power(3, 2.5, 2); 1e-3; 0.5",
                "symmetric_power(7); 1e-9; 7",
                "gamma(40, 1); 1e-40; 40"
            })
    void slope_ofPowerLaws(String law, double radius, double kappa) {
        assertEquals(kappa, slope(law, 0, radius), 1e-10 * kappa);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-100, 1e-300})
    void slope_ofPowerTails(double r) {
        assertEquals(1.5, tail("pareto(1, 1.5)", r), 1e-12);
    }

    /** The exact slope against differences of the masses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "normal(0.5, 2)",
                "student_t(3, 1, 2)",
                "beta(0.5, 2)",
                "gamma(0.3, 1)",
                "horseshoe(1)",
                "hard_concrete(0.5)",
                "spike_slab(0.3, normal(1, 2))",
                "mixture(0.5*point(1) + 0.5*gamma(0.5, 1))",
                "transform(inv_logit, normal(0, 2))",
                "truncate(normal(0, 1), -0.5, 2)"
            })
    void slope_isTheDerivative(String text) {
        Distribution law = DistributionText.parse(text);
        double h = 1e-3;
        for (double r : new double[] {0.03, 0.2, 0.6, 1.7}) {
            double[] at = {0.25};
            double[] around = {r * Math.exp(-2 * h), r * Math.exp(-h), r * Math.exp(h), r * Math.exp(2 * h)};
            double[] log = MassCurve.about(law, at, Norm.l2(), around).logMass();
            double expected = (8 * (log[2] - log[1]) - (log[3] - log[0])) / (12 * h);
            double actual =
                    MassCurve.about(law, at, Norm.l2(), new double[] {r}).slope()[0];
            assertEquals(expected, actual, 1e-8 * (1 + expected), "r = " + r);
            double[] tails = MassCurve.atInfinity(law, Norm.l2(), around).logMass();
            expected = (8 * (tails[2] - tails[1]) - (tails[3] - tails[0])) / (12 * h);
            if (Double.isFinite(expected)) {
                actual = tail(text, r);
                assertEquals(expected, actual, 1e-8 * (1 + expected), "R = " + 1 / r);
            }
        }
    }

    /** The mass jumps where an atom lies on the sphere: it has no slope there, and its own beside it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mixture(0.5*point(1) + 0.5*normal(0, 1))",
                "product(mixture(0.5*point(1) + 0.5*normal(0, 1)), point(0))",
                "spike_slab_product(0.3, normal(1, 1), 2)"
            })
    void slope_ofAJump_isNotDefined(String law) {
        double centre = law.startsWith("spike") ? 1 : 0;
        assertTrue(Double.isNaN(slope(law, centre, 1)));
        double before = slope(law, centre, 0.999);
        double after = slope(law, centre, 1.001);
        // beyond it a line through the sphere adds the root of its section
        double most = law.startsWith("spike") ? 5 : 1.5;
        assertTrue(before > 0 && before < 1.5 && after > 0 && after < most, before + ", " + after);
    }

    @Test
    void slope_atAnEndOfTheSupport_isTheInnerOne() {
        assertEquals(1, slope("uniform(-1, 1)", 0, 1), 1e-15);
        assertEquals(2, tail("pareto(1, 2)", 1), 1e-8);
        assertTrue(Double.isNaN(slope("gamma(0.5, 1)", 1, 1)), "a pole on the boundary");
        assertTrue(Double.isNaN(slope("uniform(1, 2)", 0, 0.5)), "no mass");
        assertEquals(0, slope("uniform(-1, 1)", 0, 2), "all mass");
    }

    @Test
    void radii_areGeometric_withExactPowersOfTen() {
        assertArrayEquals(new double[] {1e-3, 1e-2, 1e-1, 1}, MassCurve.radii(1e-3, 1, 4));
        assertArrayEquals(new double[] {0.7}, MassCurve.radii(0.7, 3, 1));
        assertArrayEquals(new double[] {1e-300, 1e-150, 1}, MassCurve.radii(1e-300, 1, 3));
    }
}
