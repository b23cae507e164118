package org.localmass.core.index;

/**
 * A number with its interval; for an exact value all three agree.
 *
 * @param estimate the value, NaN where it is undefined
 * @param lower    lower end of the interval
 * @param upper    upper end of the interval
 */
public record Exponent(double estimate, double lower, double upper) {
    /** An exact value. */
    public static Exponent exact(double value) {
        return new Exponent(value, value, value);
    }

    /** Whether the interval is one value. */
    public boolean isExact() {
        return lower == estimate && upper == estimate;
    }
}
