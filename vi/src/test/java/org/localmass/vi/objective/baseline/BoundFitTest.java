package org.localmass.vi.objective.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

class BoundFitTest {
    private static final double[] MEAN = {0.5, -1};
    private static final double[][] COVARIANCE = {{1.3, 0.4}, {0.4, 0.8}};
    private static final LogDensity.Differentiable NORMAL = Targets.normal(MEAN, COVARIANCE, 0.7);

    private static Mixture elbo(Family family) {
        return FixedDrawsFit.withDefaults()
                .fit(Bound.elbo(), NORMAL, Mixture.standard(family, 2))
                .q();
    }

    @Test
    void fixedDraws_elboOfANormalTargetIsExact() {
        BoundFit fit = FixedDrawsFit.withDefaults().fit(Bound.elbo(), NORMAL, Mixture.standard(Family.full(), 2));
        assertTrue(fit.converged());
        assertFalse(fit.diverged());
        assertEquals(0.7, fit.value(), 1e-9);
        assertEquals(0.7, fit.fresh(), 1e-3);
        assertArrayEquals(MEAN, fit.q().mean(0), 1e-4);
        assertArrayEquals(COVARIANCE[0], fit.q().scaleMatrix(0)[0], 1e-4);
        assertTrue(fit.evaluations() >= 64L * fit.iterations());
    }

    /** Every objective has its optimum at a target that the family holds, up to what the draws make of it. */
    @ParameterizedTest
    @CsvSource({"renyi:0.5, 0.03", "cubo:2, 1e-3", "iwae:4, 0.08"})
    void fixedDraws_findANormalTarget(String name, double tolerance) {
        BoundFit fit = FixedDrawsFit.withDefaults().withDraws(4096).fit(Bound.parse(name), NORMAL, elbo(Family.full()));
        assertFalse(fit.diverged());
        assertEquals(0.7, fit.fresh(), tolerance);
        assertArrayEquals(MEAN, fit.q().mean(0), tolerance);
        assertArrayEquals(COVARIANCE[0], fit.q().scaleMatrix(0)[0], 2 * tolerance);
    }

    /** An upper bound has no minimum on fixed draws: far from the target all of them lie where it is small. */
    @Test
    void fixedDraws_upperBoundDivergesAndSaysSo() {
        BoundFit fit = FixedDrawsFit.withDefaults().fit(Bound.cubo(2), NORMAL, Mixture.standard(Family.full(), 2));
        assertTrue(fit.diverged());
    }

    @ParameterizedTest
    @CsvSource({"elbo, 0.03", "dreg:4, 0.02", "tail-adaptive, 0.02", "renyi:0.5, 0.03"})
    void stochastic_findsANormalTarget(String name, double tolerance) {
        BoundFit fit = StochasticFit.withDefaults()
                .withSteps(1500, 16)
                .fit(Bound.parse(name), NORMAL, Mixture.standard(Family.full(), 2));
        assertArrayEquals(MEAN, fit.q().mean(0), tolerance);
        assertArrayEquals(COVARIANCE[0], fit.q().scaleMatrix(0)[0], 2 * tolerance);
        assertEquals(0.7, fit.value(), tolerance);
        assertEquals(1500 * 16, fit.evaluations());
    }

    /** Mass covering objectives are wider than the ELBO where the family is too small. */
    @Test
    void spread_isLeastForTheElbo() {
        Mixture start = elbo(Family.meanField());
        double least = start.deviations(0)[0];
        assertEquals(Math.sqrt(1.3 - 0.16 / 0.8), least, 1e-5);
        for (String name : new String[] {"renyi:0.5", "iwae:16", "cubo:2"}) {
            BoundFit fit = FixedDrawsFit.withDefaults()
                    .withDraws(2048)
                    .withMaxIterations(100)
                    .withSeed(3)
                    .fit(Bound.parse(name), NORMAL, start);
            double sd = fit.q().deviations(0)[0];
            assertFalse(fit.diverged());
            assertTrue(sd > 1.01 * least, name + ": " + sd);
        }
        Mixture adaptive = StochasticFit.withDefaults()
                .withSteps(1500, 32)
                .fit(Bound.tailAdaptive(), NORMAL, start)
                .q();
        assertTrue(adaptive.deviations(0)[0] > 1.01 * least);
    }

    @Test
    void fits_areTheSameForASeed() {
        Mixture start = Mixture.standard(Family.full(), 2);
        assertArrayEquals(
                FixedDrawsFit.withDefaults()
                        .withRestarts(2)
                        .fit(Bound.elbo(), Targets.bent(2), start)
                        .q()
                        .parameters(),
                FixedDrawsFit.withDefaults()
                        .withRestarts(2)
                        .fit(Bound.elbo(), Targets.bent(2), start)
                        .q()
                        .parameters());
        StochasticFit steps =
                StochasticFit.withDefaults().withSteps(50, 8).withRate(0.02).withSeed(9);
        assertArrayEquals(
                steps.fit(Bound.doublyReparameterised(4), Targets.bent(2), start)
                        .q()
                        .parameters(),
                steps.fit(Bound.doublyReparameterised(4), Targets.bent(2), start)
                        .q()
                        .parameters());
    }
}
