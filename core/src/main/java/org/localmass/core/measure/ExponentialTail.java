package org.localmass.core.measure;

/**
 * A tail \( P(X \ge R) \sim C\, e^{-\lambda R} R^b \).
 *
 * @param rate        \( \lambda \): 0 where the tail is heavier than every exponential, {@code +inf} where it is
 *     thinner; NaN where it is not known
 * @param power       b
 * @param logConstant log C
 */
record ExponentialTail(double rate, double power, double logConstant) {
    static final ExponentialTail HEAVIER = new ExponentialTail(0, Double.NaN, Double.NaN);
    static final ExponentialTail THINNER = new ExponentialTail(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
    static final ExponentialTail UNKNOWN = new ExponentialTail(Double.NaN, Double.NaN, Double.NaN);
}
