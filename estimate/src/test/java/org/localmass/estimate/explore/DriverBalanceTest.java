package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverBalanceTest {
    private static final int D = 10;
    private static final int N = 990;

    /** Draws of the funnel, of which those with v below -3 are kept with a probability. */
    private static List<Run> runs(double kept, int count, long seed) {
        List<Run> runs = new ArrayList<>();
        GuardedDensity density = new GuardedDensity(Targets.funnel(D));
        double[] g = new double[D];
        for (int r = 0; r < count; r++) {
            UniformRandomProvider random = new Streams(seed).of(0, r);
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double[] points = new double[N * D];
            double[] gradients = new double[N * D];
            for (int i = 0; i < N; i++) {
                double v = 3 * gaussian.sample();
                while (v < -3 && random.nextDouble() > kept) {
                    v = 3 * gaussian.sample();
                }
                points[i * D] = v;
                for (int j = 1; j < D; j++) {
                    points[i * D + j] = Math.exp(0.5 * v) * gaussian.sample();
                }
                density.value(points, i * D, g);
                System.arraycopy(g, 0, gradients, i * D, D);
            }
            runs.add(new Run(D, points, gradients, new double[N], new double[N], 0, new double[] {1}, 1, 0, true));
        }
        return runs;
    }

    private static MapMixture learned() {
        Run run = runs(1, 1, 77).get(0);
        double[][] points = new double[N][D];
        double[] weights = new double[N];
        for (int i = 0; i < N; i++) {
            System.arraycopy(run.points(), i * D, points[i], 0, D);
            weights[i] = 1;
        }
        return MixtureFit.withDefaults()
                .withMaxComponents(1)
                .fit(points, weights, 1)
                .mixture();
    }

    @Test
    void worst_ofExactDraws_isSmall() {
        DriverBalance.Marginal worst = DriverBalance.worst(learned(), new Ensemble(runs(1, 8, 5)));
        assertTrue(worst != null && worst.z() < DriverBalance.LIMIT, String.valueOf(worst));
    }

    /** The slope knows the mass of a neck that too few particles are in. */
    @ParameterizedTest(name = "kept {0}")
    @ValueSource(doubles = {0.8, 0.5, 0.1})
    void worst_ofAThinnedNeck_isLarge(double kept) {
        DriverBalance.Marginal worst =
                Objects.requireNonNull(DriverBalance.worst(learned(), new Ensemble(runs(kept, 8, 5))));
        assertTrue(worst.z() > DriverBalance.LIMIT, String.valueOf(worst));
        assertEquals(0, worst.parameter());
        assertTrue(worst.bySlope() > worst.byRuns(), worst.toString());
    }

    @Test
    void worst_withoutDrivers_isNothing() {
        MapMixture plain = MapMixture.of(Exploration.broad(Spread.of(Targets.funnelApproximation(D, 1)), 2));
        assertNull(DriverBalance.worst(plain, new Ensemble(runs(1, 3, 5))));
    }
}
