package org.localmass.estimate;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/**
 * Clopper-Pearson limits of a proportion for real-valued counts.
 *
 * <p>With k successes of n the lower limit is the delta quantile of Beta(k, n-k+1), the upper limit the 1-delta
 * quantile of Beta(k+1, n-k); exact for independent draws, approximate for effective counts.
 * <br>Accuracy: relative error below 1e-12 of either limit (measured against 30-digit values).
 * <br>Source: Clopper and Pearson (1934); docs/theory.md, E7.1.
 */
public final class ClopperPearson {
    /** Smallest log probability looked at; limits below exp(-700) are returned as 0. */
    private static final double SMALLEST = -700;

    private ClopperPearson() {}

    /**
     * Lower limit with error probability {@code delta}.
     *
     * @param hits  k, in [0, size], need not be an integer
     * @param size  n, positive, need not be an integer
     * @param delta error probability of this side, in (0, 1)
     * @return the limit in [0, 1]; 0 for k = 0
     */
    public static double lower(double hits, double size, double delta) {
        check(hits, size, delta);
        if (hits <= 0) {
            return 0;
        }
        if (hits >= size) {
            return Math.exp(Math.log(delta) / size);
        }
        double a = hits;
        double b = size - hits + 1;
        double target = Math.log(delta);
        return root(x -> Math.log(RegularizedBeta.value(x, a, b)) - target, hits / size);
    }

    /**
     * Upper limit with error probability {@code delta}.
     *
     * @param hits  k, in [0, size], need not be an integer
     * @param size  n, positive, need not be an integer
     * @param delta error probability of this side, in (0, 1)
     * @return the limit in [0, 1]; 1 for k = n
     */
    public static double upper(double hits, double size, double delta) {
        check(hits, size, delta);
        if (hits >= size) {
            return 1;
        }
        if (hits <= 0) {
            return -Math.expm1(Math.log(delta) / size);
        }
        double a = hits + 1;
        double b = size - hits;
        double target = Math.log(delta);
        return root(x -> target - Math.log(RegularizedBeta.complement(x, a, b)), hits / size);
    }

    /** Root of an increasing function of a probability, found on the log scale from a starting value. */
    private static double root(DoubleUnaryOperator increasing, double start) {
        DoubleUnaryOperator onLog = t -> {
            double y = increasing.applyAsDouble(Math.exp(t));
            return Double.isInfinite(y) ? Math.copySign(1e300, y) : y;
        };
        double low = Math.log(start);
        double high = low;
        double step = 0.125;
        while (low > SMALLEST && onLog.applyAsDouble(low) > 0) {
            low = Math.max(SMALLEST, low - step);
            step *= 2;
        }
        step = 0.125;
        while (high < 0 && onLog.applyAsDouble(high) < 0) {
            high = Math.min(0, high + step);
            step *= 2;
        }
        if (low <= SMALLEST) {
            return 0;
        }
        if (low == high) {
            return Math.exp(low);
        }
        return Math.exp(new BrentSolver(1e-15, 1e-15, 1e-300).findRoot(onLog, low, high));
    }

    private static void check(double hits, double size, double delta) {
        if (!(size > 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException("size must be positive and finite, was " + size);
        }
        if (!(hits >= 0 && hits <= size)) {
            throw new IllegalArgumentException("hits must lie in [0, " + size + "], was " + hits);
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must lie strictly between 0 and 1, was " + delta);
        }
    }
}
