package org.localmass.core.draws;

/** Means and variances in two passes. */
final class Moments {
    private Moments() {}

    /** Mean of the values from {@code from} (inclusive) to {@code to} (exclusive), corrected by a second pass. */
    static double mean(double[] values, int from, int to) {
        int n = to - from;
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += values[i];
        }
        mean /= n;
        if (Double.isInfinite(mean)) { // the sum overflowed, or a value is infinite
            mean = 0;
            for (int i = from; i < to; i++) {
                mean += values[i] / n;
            }
        }
        if (!Double.isFinite(mean)) {
            return mean;
        }
        double rest = 0;
        for (int i = from; i < to; i++) {
            rest += values[i] - mean;
        }
        return mean + rest / n;
    }

    static double mean(double[] values) {
        return mean(values, 0, values.length);
    }

    /** Unbiased variance of a part of the values about their mean; NaN for fewer than two. */
    static double variance(double[] values, int from, int to, double mean) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double gap = values[i] - mean;
            sum += gap * gap;
        }
        return to - from < 2 ? Double.NaN : sum / (to - from - 1);
    }

    /** Unbiased variance; NaN for fewer than two values. */
    static double variance(double[] values) {
        return variance(values, 0, values.length, mean(values));
    }
}
