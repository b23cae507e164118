package org.localmass.estimate.explore;

import java.util.Arrays;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/**
 * Mean and covariance of an approximation's draws: where a search begins and in which units it steps.
 *
 * @param mean       d values
 * @param deviation  d standard deviations, positive
 * @param covariance row-major, d times d
 */
record Spread(double[] mean, double[] deviation, double[] covariance) {
    /**
     * Moments of the draws, with their weights if they carry any.
     *
     * @throws IllegalArgumentException if a coordinate is constant or not finite
     */
    static Spread of(Draws draws) {
        int d = draws.dimension();
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        double[] point = new double[d];
        double most = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                most = Math.max(most, chain.logWeight(i));
            }
        }
        double total = 0;
        for (Chain chain : draws.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                double w = Math.exp(chain.logWeight(i) - most);
                total += w;
                for (int j = 0; j < d; j++) {
                    mean[j] += w * chain.value(i, j);
                }
            }
        }
        for (int j = 0; j < d; j++) {
            mean[j] /= total;
        }
        for (Chain chain : draws.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                double w = Math.exp(chain.logWeight(i) - most) / total;
                chain.read(i, point);
                for (int j = 0; j < d; j++) {
                    double gap = w * (point[j] - mean[j]);
                    for (int k = 0; k <= j; k++) {
                        covariance[j * d + k] += gap * (point[k] - mean[k]);
                    }
                }
            }
        }
        double[] deviation = new double[d];
        for (int j = 0; j < d; j++) {
            deviation[j] = Math.sqrt(covariance[j * d + j]);
            if (!(deviation[j] > 0) || Double.isInfinite(deviation[j])) {
                throw new IllegalArgumentException("draws must vary in every parameter, '"
                        + draws.names().get(j) + "' has standard deviation " + deviation[j]);
            }
            for (int k = 0; k < j; k++) {
                covariance[k * d + j] = covariance[j * d + k];
            }
        }
        return new Spread(mean, deviation, covariance);
    }

    int dimension() {
        return mean.length;
    }

    /** The covariance times a squared scale. */
    double[] scaled(double scale) {
        return Arrays.stream(covariance).map(v -> v * scale * scale).toArray();
    }
}
