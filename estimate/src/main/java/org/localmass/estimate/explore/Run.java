package org.localmass.estimate.explore;

/**
 * Particles of one sequential Monte Carlo run, all of one weight, with its estimate of log Z.
 *
 * @param dimension   d
 * @param points      row-major
 * @param gradients   of log p at the points, row-major
 * @param logTarget   of the points
 * @param logBase     of the points
 * @param logZ        nats; -inf where no point has a positive density
 * @param betas       temperatures after 0
 * @param acceptance  least mean acceptance of the last plain moves at a temperature
 * @param evaluations of the density
 * @param reached     whether the run arrived at temperature 1 and its moves there were made
 */
record Run(
        int dimension,
        double[] points,
        double[] gradients,
        double[] logTarget,
        double[] logBase,
        double logZ,
        double[] betas,
        double acceptance,
        long evaluations,
        boolean reached) {
    int size() {
        return logTarget.length;
    }
}
