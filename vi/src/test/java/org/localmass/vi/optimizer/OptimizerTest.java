package org.localmass.vi.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.Reference;

class OptimizerTest {
    private static final double[][] SCALE = {{1, 0.4}, {0.4, 0.5}};

    private static Mixture truth(String family) {
        return Mixture.of(
                Family.parse(family), new double[] {0.7, 0.3}, new double[][] {{0, 0}, {6, -3}}, new double[][][] {
                    SCALE, {{0.25, 0}, {0, 2}}
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixture:2", "mixture:2:meanfield", "mixture:2:t:5", "mixture:2:lowrank:1"})
    void em_recoversMixture(String text) {
        Mixture truth = truth(text);
        Reference reference = Reference.of(truth.sample(4000, RandomSource.XO_SHI_RO_256_PP.create(1)));
        WeightedEm em = WeightedEm.withDefaults().withMaxIterations(200).withStarts(2);
        Mixture fit = em.fit(truth.family(), reference, 2);
        assertTrue(WeightedEm.meanLogDensity(fit, reference)
                >= WeightedEm.meanLogDensity(em.withStarts(1).fit(truth.family(), reference, 2), reference));
        int first = fit.weight(0) > 0.5 ? 0 : 1;
        assertEquals(0.7, fit.weight(first), 0.03);
        assertArrayEquals(truth.mean(0), fit.mean(first), 0.06);
        assertArrayEquals(truth.mean(1), fit.mean(1 - first), 0.2);
        assertEquals(truth.scaleMatrix(0)[0][0], fit.scaleMatrix(first)[0][0], 0.1);
        assertEquals(truth.scaleMatrix(0)[0][1], fit.scaleMatrix(first)[0][1], 0.1);
    }

    @Test
    void em_neverLosesAndUsesWeights() {
        Mixture truth = truth("mixture:2");
        double[][] points = truth.sample(4000, RandomSource.XO_SHI_RO_256_PP.create(3));
        double[] weights = new double[points.length];
        for (int i = 0; i < weights.length; i++) {
            // the far component counts a tenth
            weights[i] = points[i][0] > 4 ? 0.1 : 1;
        }
        Reference reference = Reference.of(points, weights);
        Mixture fit = WeightedEm.withDefaults().fit(truth, reference);
        double expected = 0.03 / 0.73;
        assertEquals(expected, fit.weight(1), 0.004);
        Mixture weightsOnly = WeightedEm.withDefaults().weights(truth, reference);
        assertEquals(expected, weightsOnly.weight(1), 0.004);
        assertArrayEquals(truth.mean(1), weightsOnly.mean(1));
    }

    @Test
    void em_deadComponent_stays() {
        Mixture start = Mixture.of(
                Family.full().withComponents(2),
                new double[] {0.5, 0.5},
                new double[][] {{0, 0}, {1e6, 1e6}},
                new double[][][] {SCALE, SCALE});
        Reference reference = Reference.of(start.component(0).sample(100, RandomSource.XO_SHI_RO_256_PP.create(4)));
        Mixture fit = WeightedEm.withDefaults().fit(start, reference);
        assertEquals(1e-6, fit.weight(1), 1e-9);
        assertEquals(1e6, fit.mean(1)[0]);
    }

    @Test
    void window_seesDriftAndNoise() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        IterateWindow drift = new IterateWindow(1);
        IterateWindow noise = new IterateWindow(1);
        for (int i = 0; i < 1000; i++) {
            drift.add(new double[] {0.01 * i + 0.1 * gaussian.sample()});
            noise.add(new double[] {1e6 + gaussian.sample()});
            if (i == 150) {
                assertFalse(noise.isFull());
            }
        }
        assertTrue(noise.isFull());
        assertTrue(drift.splitRHat() > 1.5);
        assertTrue(noise.splitRHat() < 1.02);
        // 500 iterates
        assertEquals(1 / Math.sqrt(500), noise.error(new double[] {1}), 0.03);
        assertEquals(0.5 * noise.error(new double[] {1}), noise.error(new double[] {2}), 1e-12);
        assertEquals(1e6, noise.average()[0], 0.2);
        assertEquals(7.5, drift.average()[0], 0.15);
        noise.restart();
        assertEquals(0, noise.size());
    }

    @Test
    void adam_skipsWhatIsNotFinite() {
        Adam adam = new Adam(2, 0.1);
        double[] theta = {1, 1};
        adam.step(theta, new double[] {Double.NaN, 0}, new double[] {1, 1});
        assertArrayEquals(new double[] {1, 1}, theta);
        assertEquals(1, adam.skipped());
        adam.step(theta, new double[] {5, -1e9}, new double[] {1, 0.5});
        // the first step is the rate in units, whatever the gradient's size
        assertArrayEquals(new double[] {0.9, 1.05}, theta, 1e-2);
        adam.slow();
        assertEquals(0.05, adam.rate());
    }
}
