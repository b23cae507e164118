package org.localmass.estimate.explore;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** The multivariate t distribution of a centre, a scale matrix and a number of degrees of freedom. For one thread. */
final class StudentProposal {
    private final int dimension;
    private final double freedom;
    private final double[] centre;
    private final double[] factor;
    private final double logConstant;
    private final double[] work;

    /**
     * The distribution.
     *
     * @param centre d values
     * @param scale  row-major scale matrix, symmetric
     */
    StudentProposal(double[] centre, double[] scale, double freedom) {
        this.dimension = centre.length;
        this.centre = centre;
        this.freedom = freedom;
        this.factor = Triangular.factor(scale, dimension, 1e-10);
        this.work = new double[dimension];
        double log = LogGamma.value(0.5 * (freedom + dimension))
                - LogGamma.value(0.5 * freedom)
                - 0.5 * dimension * Math.log(freedom * Math.PI);
        for (int j = 0; j < dimension; j++) {
            log -= Math.log(factor[j * dimension + j]);
        }
        this.logConstant = log;
    }

    double logDensity(double[] points, int offset) {
        for (int j = 0; j < dimension; j++) {
            work[j] = points[offset + j] - centre[j];
        }
        Triangular.solve(factor, dimension, work);
        double square = 0;
        for (double z : work) {
            square += z * z;
        }
        return logConstant - 0.5 * (freedom + dimension) * Math.log1p(square / freedom);
    }

    /** Draws n points, row-major. */
    double[] draw(UniformRandomProvider random, int n) {
        double[] points = new double[n * dimension];
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        SharedStateContinuousSampler gamma =
                AhrensDieterMarsagliaTsangGammaSampler.of(random, 0.5 * freedom, 2 / freedom);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < dimension; j++) {
                work[j] = gaussian.sample();
            }
            double stretch = 1 / Math.sqrt(gamma.sample());
            for (int j = 0; j < dimension; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += factor[j * dimension + k] * work[k];
                }
                points[i * dimension + j] = centre[j] + stretch * sum;
            }
        }
        return points;
    }
}
