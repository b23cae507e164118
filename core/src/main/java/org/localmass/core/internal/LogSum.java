package org.localmass.core.internal;

/** Sums and differences of numbers known by their logs. Not part of the public API. */
public final class LogSum {
    private static final double LOG_HALF = -Math.log(2);

    private LogSum() {}

    /** \( \log(e^a + e^b) \). */
    public static double of(double a, double b) {
        double high = Math.max(a, b);
        double low = Math.min(a, b);
        return low == Double.NEGATIVE_INFINITY || Double.isInfinite(high)
                ? high
                : high + Math.log1p(Math.exp(low - high));
    }

    /** \( \log\sum_i e^{x_i} \) of the first {@code count} values; {@code -inf} of none. */
    public static double of(double[] logs, int count) {
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (Double.isNaN(logs[i])) {
                return Double.NaN;
            }
            high = Math.max(high, logs[i]);
        }
        if (Double.isInfinite(high)) {
            return high;
        }
        double sum = 0;
        boolean seen = false;
        for (int i = 0; i < count; i++) {
            if (logs[i] == high && !seen) {
                seen = true;
            } else {
                sum += Math.exp(logs[i] - high);
            }
        }
        return high + Math.log1p(sum);
    }

    /** \( \log(e^a - e^b) \) for {@code a >= b}. */
    public static double difference(double a, double b) {
        return b == Double.NEGATIVE_INFINITY ? a : a + log1mexp(b - a);
    }

    /** \( \log(1 - e^x) \) for {@code x <= 0}. Source: docs/theory.md E7.6. */
    public static double log1mexp(double x) {
        return x > LOG_HALF ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
    }
}
