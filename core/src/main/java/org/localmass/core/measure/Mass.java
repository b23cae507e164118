package org.localmass.core.measure;

/**
 * A mass \( m\,2^s \), not negative, of any size: it keeps 53 bits where a double would vanish, and where its log would
 * have fewer.
 *
 * @param significand m, not negative
 * @param shift       s, an integer
 */
public record Mass(double significand, double shift) implements Comparable<Mass> {
    /** No mass. */
    public static final Mass ZERO = new Mass(0, 0);
    /** All mass of a probability distribution. */
    public static final Mass ONE = new Mass(1, 0);

    private static final double LEAST = 0x1p-960;
    private static final double MOST = 0x1p960;
    private static final double LOG_2_HIGH = 0x1.62e42fefa3800p-1;
    private static final double LOG_2_LOW = 0x1.ef35793c76730p-45;
    private static final double LOG_2 = Math.log(2);

    public Mass {
        if (!(significand >= 0)) {
            throw new IllegalArgumentException("mass must not be negative, was " + significand);
        }
    }

    /** A mass that is a double. */
    public static Mass of(double value) {
        return new Mass(value, 0);
    }

    /** \( e^{log} \). */
    public static Mass ofLog(double log) {
        if (Math.abs(log) < 650) {
            return new Mass(Math.exp(log), 0);
        }
        if (log == Double.NEGATIVE_INFINITY) {
            return ZERO;
        }
        if (Double.isNaN(log) || log == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("log of a mass must be a number below inf, was " + log);
        }
        double shift = Math.rint(log / LOG_2);
        if (Math.abs(shift) > 0x1p50) {
            return new Mass(1, shift);
        }
        return new Mass(Math.exp((log - shift * LOG_2_HIGH) - shift * LOG_2_LOW), shift);
    }

    /** \( x^p \) for x at least 0. */
    public static Mass power(double x, double p) {
        double value = Math.pow(x, p);
        return value > LEAST && value < MOST ? new Mass(value, 0) : x == 0 ? of(value) : ofLog(p * Math.log(x));
    }

    /** The log, in nats. */
    public double log() {
        return shift == 0 ? Math.log(significand) : Math.log(significand) + shift * LOG_2_LOW + shift * LOG_2_HIGH;
    }

    /** The mass as a double, 0 where it is below the range of doubles. */
    public double value() {
        return shift == 0 ? significand : Math.scalb(significand, (int) Math.max(-5000, Math.min(5000, shift)));
    }

    /** Whether there is no mass. */
    public boolean isZero() {
        return significand == 0;
    }

    /** The sum. */
    public Mass plus(Mass other) {
        if (shift == other.shift) {
            return normal(significand + other.significand, shift);
        }
        if (other.isZero()) {
            return this;
        }
        if (isZero()) {
            return other;
        }
        boolean first = compareTo(other) >= 0;
        Mass big = first ? this : other;
        Mass small = first ? other : this;
        return normal(big.significand + small.aligned(big.shift), big.shift);
    }

    /** The difference to a mass that is not larger; 0 where rounding makes it so. */
    public Mass minus(Mass other) {
        return other.isZero() ? this : normal(Math.max(0, significand - other.aligned(shift)), shift);
    }

    /** The product. */
    public Mass times(Mass other) {
        return shift == 0 && other.shift == 0 ? product(significand, other.significand) : scaled(other);
    }

    /** The product with a number that is not negative. */
    public Mass times(double factor) {
        return times(of(factor));
    }

    private static Mass product(double a, double b) {
        double value = a * b;
        return (value > LEAST && value < MOST) || a == 0 || b == 0 ? new Mass(value, 0) : of(a).scaled(of(b));
    }

    /** The product by significands near 1: that of the doubles may be below their range. */
    private Mass scaled(Mass other) {
        int own = exponent(significand);
        int others = exponent(other.significand);
        return normal(
                Math.scalb(significand, -own) * Math.scalb(other.significand, -others),
                shift + other.shift + own + others);
    }

    /** The quotient. */
    public Mass over(Mass other) {
        int own = exponent(significand);
        int others = exponent(other.significand);
        return normal(
                Math.scalb(significand, -own) / Math.scalb(other.significand, -others),
                shift - other.shift + own - others);
    }

    /** This mass, or 1 where rounding has made it larger. */
    public Mass atMostOne() {
        return compareTo(ONE) > 0 ? ONE : this;
    }

    private double aligned(double target) {
        double gap = shift - target;
        return gap == 0 ? significand : Math.scalb(significand, (int) Math.max(-5000, Math.min(5000, gap)));
    }

    /** The same number with a shift of 0 where a double holds it well. */
    private static Mass normal(double significand, double shift) {
        if (significand == 0
                || Double.isInfinite(significand)
                || (shift == 0 && significand > LEAST && significand < MOST)) {
            return new Mass(significand, significand == 0 ? 0 : shift);
        }
        double exponent = exponent(significand) + shift;
        if (exponent > -960 && exponent < 960 && Math.abs(shift) < 4000) {
            double whole = Math.scalb(significand, (int) shift);
            return new Mass(whole, 0);
        }
        int own = exponent(significand);
        return new Mass(Math.scalb(significand, -own), shift + own);
    }

    @Override
    public int compareTo(Mass other) {
        if (shift == other.shift || isZero() || other.isZero()) {
            return Double.compare(significand, other.significand);
        }
        Mass a = normal(significand, shift);
        Mass b = normal(other.significand, other.shift);
        return a.shift == b.shift
                ? Double.compare(a.significand, b.significand)
                : Double.compare(a.exponent(), b.exponent());
    }

    /** The e of \( 2^e \le x < 2^{e+1} \), for subnormal numbers too. */
    private static int exponent(double x) {
        return x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p54) - 54 : Math.getExponent(x);
    }

    private double exponent() {
        return shift + exponent(significand);
    }
}
