package org.localmass.vi;

/**
 * What became of a tracked region.
 *
 * @param name          of the region
 * @param logMass       log q(B)
 * @param massError     standard error of q(B) over q(B); 0 for a closed form
 * @param logReference  log of the posterior probability
 * @param relativeError of that probability
 * @param low           multiplier of the lower side: nats of ELBO per unit of log mass; 0 without constraints
 * @param high          multiplier of the upper side
 */
public record RegionOutcome(
        String name,
        double logMass,
        double massError,
        double logReference,
        double relativeError,
        double low,
        double high) {
    /** \( \log\rho = \log q(B) - \log\hat p(B) \). */
    public double logRatio() {
        return logMass - logReference;
    }

    /** The larger multiplier, in nats per unit of log mass. */
    public double price() {
        return Math.max(low, high);
    }
}
