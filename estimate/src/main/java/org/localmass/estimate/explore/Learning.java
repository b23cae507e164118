package org.localmass.estimate.explore;

import org.apache.commons.rng.UniformRandomProvider;

/** Learns a mixture of maps from weighted points. */
final class Learning {
    private Learning() {}

    static MapMixture fit(Pool pool, UniformRandomProvider random) {
        int d = pool.dimension();
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        double total = pool.total();
        for (int i = 0; i < pool.size(); i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += pool.weights()[i] / total * pool.points()[i * d + j];
            }
        }
        for (int i = 0; i < pool.size(); i++) {
            double w = pool.weights()[i] / total;
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    covariance[j * d + k] +=
                            w * (pool.points()[i * d + j] - mean[j]) * (pool.points()[i * d + k] - mean[k]);
                }
            }
        }
        return MapMixture.of(Exploration.student(mean, covariance));
    }
}
