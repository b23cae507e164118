package org.localmass.estimate.explore;

/**
 * The marginals of the drivers by the particles beside those by the slope of the log density along them, which does not
 * depend on how many particles are in a neck.
 *
 * @param z        largest contrast, in jackknife standard errors of the difference of logits
 * @param limit    above which it withholds the verdict
 * @param where    the half-space of the driver, with its mass by the particles and by the slope; its bound is NaN for
 *     drivers after the first of a map
 * @param control  the same largest contrast of the explorers' particles, which hardly know a neck: whether the check
 *     would have noticed them; NaN with fewer than three explorers
 */
public record SlopeCheck(double z, double limit, Reason.Contrast where, double control) {}
