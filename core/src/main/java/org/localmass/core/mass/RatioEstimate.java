package org.localmass.core.mass;

/**
 * The ratio q/p of the masses that an approximation q and a reference p give to one region.
 *
 * @param estimate quotient of the two estimates; {@code +inf} where only p's estimate is zero, NaN where both are
 * @param lower    lower end of the interval, 0 where q's mass may be zero
 * @param upper    upper end of the interval, {@code +inf} where p's mass may be zero
 */
public record RatioEstimate(double estimate, double lower, double upper) {}
