package org.localmass.core.updating;

/** Sums of exponents that decide between cases. */
final class Rounding {
    private static final double SLACK = 4;

    private Rounding() {}

    /** {@code a + b}, and the boundary itself where the sum is within four units in the last place of the terms. */
    static double sum(double a, double b, double boundary) {
        double sum = a + b;
        double unit = Math.ulp(Math.max(Math.abs(a), Math.abs(b)));
        return Math.abs(sum - boundary) <= SLACK * unit ? boundary : sum;
    }
}
