package org.localmass.vi.objective.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.optimizer.WeightedEm;

/** The inclusive divergence on exact draws and on importance weights. */
class InclusiveTest {
    private static final Mixture TWO = Mixture.of(
            Family.full().withComponents(2),
            new double[] {0.8, 0.2},
            new double[][] {{0, 0}, {6, 3}},
            new double[][][] {{{1, 0.3}, {0.3, 2}}, {{0.5, 0}, {0, 0.2}}});

    @Test
    void fit_ofOneNormalHasTheMoments() {
        int n = 3000;
        double[][] points = TWO.sample(n, RandomSource.XO_SHI_RO_256_PP.create(1));
        double[] weights = new double[n];
        double sum = 0;
        double[] mean = new double[2];
        for (int i = 0; i < n; i++) {
            weights[i] = 1 + i % 7;
            sum += weights[i];
            mean[0] += weights[i] * points[i][0];
            mean[1] += weights[i] * points[i][1];
        }
        double[] moment = new double[3];
        for (int i = 0; i < n; i++) {
            double a = points[i][0] - mean[0] / sum;
            double b = points[i][1] - mean[1] / sum;
            moment[0] += weights[i] / sum * a * a;
            moment[1] += weights[i] / sum * a * b;
            moment[2] += weights[i] / sum * b * b;
        }
        Mixture q = WeightedEm.withDefaults().fit(Family.full(), Reference.of(points, weights), 1);
        assertArrayEquals(new double[] {mean[0] / sum, mean[1] / sum}, q.mean(0), 1e-12);
        double[][] scale = q.scaleMatrix(0);
        // shrunk by 4 / (4 + effective number), lifted by 1e-5
        assertEquals(moment[0], scale[0][0], 2e-5 * moment[0]);
        assertEquals(moment[2], scale[1][1], 2e-5 * moment[2]);
        assertTrue(scale[0][1] < moment[1] && scale[0][1] > (1 - 4.0 / 2000) * moment[1]);
    }

    @Test
    void fit_findsTwoComponents() {
        double[][] points = TWO.sample(20_000, RandomSource.XO_SHI_RO_256_PP.create(2));
        Mixture q = WeightedEm.withDefaults().fit(TWO.family(), Reference.of(points), 1);
        int small = q.weight(0) < 0.5 ? 0 : 1;
        assertEquals(0.2, q.weight(small), 0.01);
        assertArrayEquals(new double[] {6, 3}, q.mean(small), 0.05);
        assertEquals(2, q.scaleMatrix(1 - small)[1][1], 0.1);
        assertEquals(0.3, q.scaleMatrix(1 - small)[0][1], 0.05);
    }

    /** Importance weights make up for draws of another law. */
    @Test
    void fit_withImportanceWeights() {
        int n = 60_000;
        Mixture proposal = TWO.withWeights(new double[] {0.5, 0.5}).widened(1.3);
        double[][] points = proposal.sample(n, RandomSource.XO_SHI_RO_256_PP.create(3));
        double[] weights = TWO.logDensities(points);
        double[] logProposal = proposal.logDensities(points);
        for (int i = 0; i < n; i++) {
            weights[i] = Math.exp(weights[i] - logProposal[i]);
        }
        Mixture q = WeightedEm.withDefaults().fit(TWO, Reference.of(points, weights));
        assertEquals(0.8, q.weight(0), 0.01);
        assertEquals(1, q.scaleMatrix(0)[0][0], 0.05);
    }

    @Test
    void fit_ofStudentT() {
        Family family = Family.full().withNu(4);
        Mixture truth =
                Mixture.of(family, new double[] {1}, new double[][] {{1, -2}}, new double[][][] {{{1, 0.5}, {0.5, 2}}});
        double[][] points = truth.sample(30_000, RandomSource.XO_SHI_RO_256_PP.create(4));
        Mixture q = WeightedEm.withDefaults().fit(family, Reference.of(points), 1);
        assertArrayEquals(new double[] {1, -2}, q.mean(0), 0.03);
        assertArrayEquals(new double[] {1, 0.5}, q.scaleMatrix(0)[0], 0.04);
        assertEquals(2, q.scaleMatrix(0)[1][1], 0.06);
    }
}
