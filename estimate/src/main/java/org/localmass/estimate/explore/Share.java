package org.localmass.estimate.explore;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The share of a region in the mass, with its error.
 *
 * @param estimate in [0, 1]
 * @param error    standard error
 * @param lower    lower end of the interval
 * @param upper    upper end of the interval
 */
record Share(double estimate, double error, double lower, double upper) {
    /** Nothing is known. */
    static final Share UNKNOWN = new Share(Double.NaN, Double.POSITIVE_INFINITY, 0, 1);

    /** An estimate with the interval that is symmetric on the logit scale about {@code centre}, in (0, 1). */
    static Share logit(double estimate, double error, double centre, double quantile) {
        double slope = error / (centre * (1 - centre));
        double middle = Math.log(centre / (1 - centre));
        return new Share(estimate, error, expit(middle - quantile * slope), expit(middle + quantile * slope));
    }

    private static double expit(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Two-sided quantile of Student's t. */
    static double quantile(double level, double freedom) {
        return TDistribution.of(freedom).inverseSurvivalProbability(0.5 * (1 - level));
    }

    /** The interval with other ends. */
    Share within(double low, double high) {
        return new Share(estimate, error, Math.max(0, low), Math.min(1, high));
    }

    boolean holds(double share) {
        return lower <= share && share <= upper;
    }
}
