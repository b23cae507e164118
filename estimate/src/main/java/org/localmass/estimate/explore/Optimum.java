package org.localmass.estimate.explore;

/**
 * A local maximum of the density with its Laplace approximation.
 *
 * @param point      d values
 * @param covariance inverse of the negative Hessian, row-major
 * @param logDensity at the point, nats
 * @param logZ       log of the mass around it by importance sampling from the t_5 distribution of its Laplace
 *     approximation, nats
 * @param kHat       Pareto k-hat of these weights; -inf where all are equal
 * @param hits       ascents that ended here, those from anchors and particles included
 * @param anchored   whether a point that the user named led here
 */
record Optimum(
        double[] point, double[] covariance, double logDensity, double logZ, double kHat, int hits, boolean anchored) {

    /** Squared distance in units of the marginal Laplace deviations. */
    double squaredDistance(double[] other) {
        int d = point.length;
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double gap = other[j] - point[j];
            sum += gap * gap / covariance[j * d + j];
        }
        return sum;
    }

    Optimum hit(boolean byAnchor) {
        return new Optimum(point, covariance, logDensity, logZ, kHat, hits + 1, anchored || byAnchor);
    }
}
