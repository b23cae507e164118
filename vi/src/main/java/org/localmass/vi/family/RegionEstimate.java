package org.localmass.vi.family;

import org.localmass.core.internal.LogSum;

/**
 * The mass of a density in a region by importance points.
 *
 * @param logMass       log of the integral of the density over the region
 * @param relativeError standard error of the mass over the mass; {@code +inf} of none
 * @param inside        points inside
 */
public record RegionEstimate(double logMass, double relativeError, int inside) {
    private static final double MOST_RELATIVE_ERROR = 0.1;
    private static final int LEAST_INSIDE = 200;

    /** @param logs log weights of the points inside, of {@code total} draws */
    static RegionEstimate of(double[] logs, int total) {
        double sum = LogSum.of(logs, logs.length);
        if (logs.length < 2 || sum == Double.NEGATIVE_INFINITY) {
            return new RegionEstimate(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, logs.length);
        }
        double squares = 0;
        for (double log : logs) {
            double w = Math.exp(log - sum);
            squares += w * w;
        }
        double error = Math.sqrt(Math.max(0, total * squares - 1) / total);
        return new RegionEstimate(sum - Math.log(total), error, logs.length);
    }

    /** Whether the mass is known well enough to hold a fit to it: relative error at most 0.1, at least 200 points. */
    public boolean usable() {
        return relativeError <= MOST_RELATIVE_ERROR && inside >= LEAST_INSIDE;
    }
}
