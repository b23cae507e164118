package org.localmass.core.mass;

import java.util.List;

/**
 * The probability that a measure gives to a region, estimated from draws.
 *
 * @param estimate      share of the draws (or of their weight) in the region, 0 to 1
 * @param lower         lower end of the confidence interval
 * @param upper         upper end of the confidence interval
 * @param effectiveHits effective number of draws in the region: hits divided by the autocorrelation time of the
 *     region's indicator
 * @param effectiveSize effective number of draws in all, for this indicator
 * @param hits          number of draws in the region
 * @param visits        number of separate excursions into the region over all chains
 * @param cautions      reasons to doubt the values, in the order of {@link Caution}; empty if none was found
 */
public record MassEstimate(
        double estimate,
        double lower,
        double upper,
        double effectiveHits,
        double effectiveSize,
        int hits,
        int visits,
        List<Caution> cautions) {
    public MassEstimate {
        cautions = List.copyOf(cautions);
    }
}
