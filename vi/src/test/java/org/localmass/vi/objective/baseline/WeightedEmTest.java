package org.localmass.vi.objective.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

class WeightedEmTest {
    private static final Mixture TWO = Mixture.of(
            Family.full().withComponents(2),
            new double[] {0.8, 0.2},
            new double[][] {{0, 0}, {6, 3}},
            new double[][][] {{{1, 0.3}, {0.3, 2}}, {{0.5, 0}, {0, 0.2}}});

    @Test
    void fit_ofOneNormalHasTheMoments() {
        double[][] points = TWO.sample(3000, RandomSource.XO_SHI_RO_256_PP.create(1));
        double[] logWeights = new double[3000];
        double sum = 0;
        double[] mean = new double[2];
        for (int i = 0; i < 3000; i++) {
            logWeights[i] = 0.1 * (i % 7) + 300;
            double w = Math.exp(logWeights[i] - 300);
            sum += w;
            mean[0] += w * points[i][0];
            mean[1] += w * points[i][1];
        }
        double[] moment = new double[3];
        for (int i = 0; i < 3000; i++) {
            double w = Math.exp(logWeights[i] - 300) / sum;
            double a = points[i][0] - mean[0] / sum;
            double b = points[i][1] - mean[1] / sum;
            moment[0] += w * a * a;
            moment[1] += w * a * b;
            moment[2] += w * b * b;
        }
        WeightedEm.Fit fit = WeightedEm.withDefaults().withShrinkage(false).fit(Family.full(), points, logWeights);
        assertTrue(fit.converged());
        assertArrayEquals(new double[] {mean[0] / sum, mean[1] / sum}, fit.q().mean(0), 1e-12);
        assertArrayEquals(new double[] {moment[0], moment[1]}, fit.q().scaleMatrix(0)[0], 1e-11);
        assertEquals(moment[2], fit.q().scaleMatrix(0)[1][1], 1e-11);
        Mixture shrunk =
                WeightedEm.withDefaults().fit(Family.full(), points, logWeights).q();
        assertEquals(moment[1], shrunk.scaleMatrix(0)[0][1], 0.003 * Math.abs(moment[1]));
        assertTrue(Math.abs(shrunk.scaleMatrix(0)[0][1]) < Math.abs(moment[1]));
        Mixture diagonal = WeightedEm.withDefaults()
                .withShrinkage(false)
                .fit(Family.meanField(), points, logWeights)
                .q();
        assertEquals(moment[2], diagonal.scaleMatrix(0)[1][1], 1e-11);
    }

    @Test
    void fit_findsTwoComponents() {
        int n = 20_000;
        double[][] points = TWO.sample(n, RandomSource.XO_SHI_RO_256_PP.create(2));
        WeightedEm.Fit fit = WeightedEm.withDefaults().fit(TWO.family(), points, new double[n]);
        int small = fit.q().weight(0) < 0.5 ? 0 : 1;
        assertEquals(0.2, fit.q().weight(small), 0.01);
        assertArrayEquals(new double[] {6, 3}, fit.q().mean(small), 0.05);
        assertEquals(2, fit.q().scaleMatrix(1 - small)[1][1], 0.1);
        assertEquals(0.3, fit.q().scaleMatrix(1 - small)[0][1], 0.05);
    }

    /** Importance weights make up for draws of another law. */
    @Test
    void fit_withImportanceWeights() {
        int n = 60_000;
        Mixture proposal = TWO.withWeights(new double[] {0.5, 0.5}).widened(1.3);
        double[][] points = proposal.sample(n, RandomSource.XO_SHI_RO_256_PP.create(3));
        double[] logWeights = TWO.logDensities(points);
        double[] logProposal = proposal.logDensities(points);
        for (int i = 0; i < n; i++) {
            logWeights[i] -= logProposal[i];
        }
        WeightedEm.Fit fit = WeightedEm.withDefaults().withSeed(4).fit(TWO, points, logWeights);
        assertEquals(0.8, fit.q().weight(0), 0.01);
        assertEquals(1, fit.q().scaleMatrix(0)[0][0], 0.05);
    }

    /** The likelihood never falls, and a t law is found again. */
    @Test
    void fit_ofStudentT() {
        Family family = Family.full().withNu(4);
        Mixture truth =
                Mixture.of(family, new double[] {1}, new double[][] {{1, -2}}, new double[][][] {{{1, 0.5}, {0.5, 2}}});
        int n = 30_000;
        double[][] points = truth.sample(n, RandomSource.XO_SHI_RO_256_PP.create(4));
        WeightedEm em = WeightedEm.withDefaults().withShrinkage(false).withTolerance(1e-9);
        double last = Double.NEGATIVE_INFINITY;
        for (int iterations = 1; iterations < 8; iterations++) {
            double log = em.withMaxIterations(iterations)
                    .fit(Mixture.standard(family, 2), points, new double[n])
                    .logLikelihood();
            assertTrue(log >= last - 1e-12);
            last = log;
        }
        Mixture q = em.fit(family, points, new double[n]).q();
        assertArrayEquals(new double[] {1, -2}, q.mean(0), 0.03);
        assertArrayEquals(new double[] {1, 0.5}, q.scaleMatrix(0)[0], 0.04);
        assertEquals(2, q.scaleMatrix(0)[1][1], 0.06);
    }

    @Test
    void fit_rejects() {
        WeightedEm em = WeightedEm.withDefaults();
        double[][] points = {{0}, {1}, {2}};
        assertThrows(IllegalArgumentException.class, () -> em.fit(Family.full(), points, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> em.fit(Family.full(), new double[][] {{0}}, new double[1]));
        assertThrows(
                IllegalArgumentException.class, () -> em.fit(Family.full(), points, new double[] {0, Double.NaN, 0}));
        double none = Double.NEGATIVE_INFINITY;
        assertThrows(
                IllegalArgumentException.class, () -> em.fit(Family.full(), points, new double[] {none, none, none}));
    }
}
