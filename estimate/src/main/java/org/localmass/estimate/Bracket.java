package org.localmass.estimate;

/**
 * An estimate within its confidence interval.
 *
 * @param estimate the estimate, within the interval
 * @param lower    lower end
 * @param upper    upper end, {@code +inf} where nothing bounds it
 */
public record Bracket(double estimate, double lower, double upper) {
    /** A value that is known. */
    static Bracket exact(double value) {
        return new Bracket(value, value, value);
    }
}
