package org.localmass.vi.objective.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

class ProposalFitTest {
    private static final double[] MEAN = {0.5, -1};
    private static final double[][] COVARIANCE = {{1.3, 0.4}, {0.4, 0.8}};
    private static final LogDensity.Differentiable NORMAL = Targets.normal(MEAN, COVARIANCE, 0.7);

    private static Mixture wide(int d) {
        return Mixture.standard(Family.full(), d).widened(2.5).withNus(5);
    }

    @ParameterizedTest
    @CsvSource({"0.5, full", "-1, full", "-1, mixture:2:t:5:full", "-2.5, mixture:3:meanfield", "0.9, meanfield"})
    void gradient_isThatOfTheValue(double alpha, String form) {
        Family family = Family.parse(form);
        ProposalFunction function = new ProposalFunction(alpha, family, Targets.bent(3), wide(3), 64, 3);
        double[] theta = Mixture.standard(family, 3).parameters();
        for (int k = 0; k < theta.length; k++) {
            theta[k] += 0.3 * Math.sin(1 + 3 * k);
        }
        double[] gradient = new double[theta.length];
        double[] ignored = new double[theta.length];
        double value = function.value(theta, gradient);
        assertEquals(function.bound(Mixture.of(family, 3, theta)), alpha < 0 ? value : -value, 1e-12 * Math.abs(value));
        double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
        for (int k = 0; k < theta.length; k++) {
            double h = 1e-5;
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[k] += h;
            down[k] -= h;
            double slope = (function.value(up, ignored) - function.value(down, ignored)) / (2 * h);
            assertEquals(slope, gradient[k], 1e-7 * norm, "parameter " + k);
        }
    }

    /** From where the bound on q's own draws diverges; the optimum is the target. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5})
    void fit_findsANormalTarget(double alpha) {
        BoundFit fit = ProposalFit.withDefaults().fit(alpha, NORMAL, wide(2), Mixture.standard(Family.full(), 2));
        assertTrue(fit.converged());
        assertFalse(fit.diverged());
        assertEquals(0.7, fit.fresh(), 0.01);
        assertArrayEquals(MEAN, fit.q().mean(0), 0.06);
        assertArrayEquals(COVARIANCE[0], fit.q().scaleMatrix(0)[0], 0.1);
        assertEquals(4096, fit.evaluations());
    }

    /** The chi-square optimum of a product is wider than the target's conditionals. */
    @Test
    void fit_coversMass() {
        BoundFit fit = ProposalFit.withDefaults()
                .withDraws(8192)
                .withSeed(2)
                .withMaxIterations(200)
                .fit(-1, NORMAL, wide(2), Mixture.standard(Family.meanField(), 2));
        assertTrue(fit.q().deviations(0)[0] > 1.05 * Math.sqrt(1.3 - 0.16 / 0.8));
        assertTrue(fit.fresh() > 0.7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, Double.NaN, Double.NEGATIVE_INFINITY})
    void fit_rejectsOrders(double alpha) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ProposalFit.withDefaults()
                .fit(alpha, NORMAL, wide(2), Mixture.standard(Family.full(), 2)));
        assertEquals("alpha must be below 1 and not 0, was " + alpha, e.getMessage());
    }
}
