package org.localmass.estimate.explore;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.draws.Draws;

/** The normal distribution with the mean and covariance of some draws. */
final class NormalProposal {
    private final double[] mean;
    /** Rows of the lower triangle of the covariance's Cholesky factor. */
    private final double[][] factor;

    private final double logConstant;
    private final double[] work;

    private NormalProposal(double[] mean, double[][] factor) {
        this.mean = mean;
        this.factor = factor;
        this.work = new double[mean.length];
        double log = -0.5 * mean.length * Math.log(2 * Math.PI);
        for (int i = 0; i < factor.length; i++) {
            log -= Math.log(factor[i][i]);
        }
        this.logConstant = log;
    }

    /**
     * Fits the draws.
     *
     * @throws IllegalArgumentException if their covariance is singular: fewer draws than dimensions, a constant
     *     column, or one that others determine
     */
    static NormalProposal of(Draws draws) {
        int d = draws.dimension();
        int n = draws.size();
        double[] mean = new double[d];
        double[][] centred = new double[d][];
        for (int j = 0; j < d; j++) {
            centred[j] = draws.column(j);
            double sum = 0;
            for (double x : centred[j]) {
                sum += x / n;
            }
            mean[j] = sum;
            for (int i = 0; i < n; i++) {
                centred[j][i] -= sum;
            }
        }
        double[][] factor = new double[d][];
        for (int i = 0; i < d; i++) {
            factor[i] = new double[i + 1];
            double variance = dot(centred[i], centred[i]) / (n - 1.0);
            for (int j = 0; j <= i; j++) {
                double sum = dot(centred[i], centred[j]) / (n - 1.0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                if (i == j) {
                    if (!(sum > 1e-12 * variance)) {
                        throw new IllegalArgumentException("draws must have a covariance of full rank, '"
                                + draws.names().get(i)
                                + "' is constant or determined by the parameters before it");
                    }
                    factor[i][i] = Math.sqrt(sum);
                } else {
                    factor[i][j] = sum / factor[j][j];
                }
            }
        }
        return new NormalProposal(mean, factor);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    double logDensity(double[] point) {
        double square = 0;
        for (int i = 0; i < mean.length; i++) {
            double sum = point[i] - mean[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i][k] * work[k];
            }
            work[i] = sum / factor[i][i];
            square += work[i] * work[i];
        }
        return logConstant - 0.5 * square;
    }

    void sample(UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < mean.length; i++) {
            work[i] = gaussian.sample();
        }
        for (int i = 0; i < mean.length; i++) {
            double sum = mean[i];
            for (int k = 0; k <= i; k++) {
                sum += factor[i][k] * work[k];
            }
            point[i] = sum;
        }
    }
}
