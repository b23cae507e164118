package org.localmass.vi.model;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** A mixture of normals with covariances that are multiples of the identity. */
final class ScaledMixture {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final double[] weights;
    private final double[][] means;
    private final double[] scales;

    ScaledMixture(double[] weights, double[][] means, double[] scales) {
        this.weights = weights;
        this.means = means;
        this.scales = scales;
    }

    static ScaledMixture ofTwo(int d, double weight, double firstMean, double firstScale, double mean, double scale) {
        double[][] means = new double[2][d];
        Arrays.fill(means[0], firstMean);
        Arrays.fill(means[1], mean);
        return new ScaledMixture(new double[] {1 - weight, weight}, means, new double[] {firstScale, scale});
    }

    StandardModel toModel(String name) {
        int d = means[0].length;
        return StandardModel.of(name, Parameters.coordinates(d), () -> new Density(d))
                .withLogZ(0)
                .withSampler(this::sample);
    }

    private void sample(UniformRandomProvider random, double[] point) {
        double u = random.nextDouble();
        int k = 0;
        while (k < weights.length - 1 && u >= weights[k]) {
            u -= weights[k++];
        }
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int j = 0; j < point.length; j++) {
            point[j] = means[k][j] + scales[k] * gaussian.sample();
        }
    }

    private final class Density extends Guarded {
        private final double[] constants = new double[weights.length];
        private final double[] logs = new double[weights.length];

        private Density(int d) {
            super(d);
            for (int k = 0; k < constants.length; k++) {
                constants[k] = Math.log(weights[k]) - d * (Math.log(scales[k]) + 0.5 * LOG_TWO_PI);
            }
        }

        @Override
        double log(double[] point, double[] gradient) {
            int d = dimension();
            double high = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < logs.length; k++) {
                double square = 0;
                double[] mean = means[k];
                for (int j = 0; j < d; j++) {
                    double gap = point[j] - mean[j];
                    square += gap * gap;
                }
                logs[k] = constants[k] - 0.5 * square / (scales[k] * scales[k]);
                high = Math.max(high, logs[k]);
            }
            double sum = 0;
            for (int k = 0; k < logs.length; k++) {
                logs[k] = Math.exp(logs[k] - high);
                sum += logs[k];
            }
            Arrays.fill(gradient, 0, d, 0);
            for (int k = 0; k < logs.length; k++) {
                double share = logs[k] / sum / (scales[k] * scales[k]);
                double[] mean = means[k];
                for (int j = 0; j < d; j++) {
                    gradient[j] -= share * (point[j] - mean[j]);
                }
            }
            return high + Math.log(sum);
        }
    }
}
