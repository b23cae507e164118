package org.localmass.vi;

import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

/** Normalised targets whose regions are known. */
public final class TestTargets {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private TestTargets() {}

    /** Isotropic normal components at multiples of (1..1). */
    public static LogDensity.Differentiable normals(int d, double[] weights, double[] centres, double[] sds) {
        double[][] means = new double[weights.length][d];
        double[][][] scales = new double[weights.length][d][d];
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < d; j++) {
                means[k][j] = centres[k];
                scales[k][j][j] = sds[k] * sds[k];
            }
        }
        return Mixture.of(Family.meanField().withComponents(weights.length), weights, means, scales);
    }

    /** Pairs a normal(0, 2), b normal(c (a^2 - 4), 1). */
    public record Banana(int pairs, double c) implements LogDensity.Differentiable {
        @Override
        public int dimension() {
            return 2 * pairs;
        }

        @Override
        public double value(double[] x) {
            return value(x, new double[x.length]);
        }

        @Override
        public double value(double[] x, double[] g) {
            double log = 0;
            for (int i = 0; i < 2 * pairs; i += 2) {
                double a = x[i];
                double e = x[i + 1] - c * (a * a - 4);
                log -= 0.125 * a * a + Math.log(2) + 2 * HALF_LOG_TWO_PI + 0.5 * e * e;
                g[i] = -0.25 * a + 2 * e * c * a;
                g[i + 1] = -e;
            }
            return log;
        }
    }

    /** 97 % five banana pairs with c = 0.3, 3 % a standard normal far away on the b. */
    public record BananaAndNormal() implements LogDensity.Differentiable {
        private static final Banana BANANA = new Banana(5, 0.3);
        private static final double SHIFT = -12 / Math.sqrt(5);

        public static double[] mode() {
            double[] mean = new double[10];
            for (int i = 1; i < 10; i += 2) {
                mean[i] = SHIFT;
            }
            return mean;
        }

        @Override
        public int dimension() {
            return 10;
        }

        @Override
        public double value(double[] x) {
            return value(x, new double[x.length]);
        }

        @Override
        public double value(double[] x, double[] g) {
            double banana = Math.log(0.97) + BANANA.value(x, g);
            double normal = Math.log(0.03) - 10 * HALF_LOG_TWO_PI;
            for (int j = 0; j < 10; j++) {
                double gap = x[j] - (j % 2 == 1 ? SHIFT : 0);
                normal -= 0.5 * gap * gap;
            }
            double log = LogSum.of(banana, normal);
            double share = Math.exp(normal - log);
            for (int j = 0; j < 10; j++) {
                double gap = x[j] - (j % 2 == 1 ? SHIFT : 0);
                g[j] = (1 - share) * g[j] - share * gap;
            }
            return log;
        }
    }
}
