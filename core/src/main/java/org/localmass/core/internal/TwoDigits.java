package org.localmass.core.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers for reading: two significant digits, half up on the shortest decimal form; NaN becomes "unknown". Not part of
 * the public API.
 */
public final class TwoDigits {
    /** What stands for NaN. */
    public static final String UNKNOWN = "unknown";

    private static final MathContext TWO = new MathContext(2, RoundingMode.HALF_UP);
    private static final MathContext ONE = new MathContext(1, RoundingMode.HALF_UP);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private TwoDigits() {}

    /** A number: 0.21, 1.0, 12, 1200, 2.1e-5; "infinite" where it is. */
    public static String number(double x) {
        if (Double.isNaN(x)) {
            return UNKNOWN;
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "infinite" : "-infinite";
        }
        if (x == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(x).round(TWO);
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 5) {
            return padded(rounded);
        }
        return padded(rounded.movePointLeft(exponent)) + "e" + exponent;
    }

    /** A count of draws that need not be whole: 12, 410, 3.4. */
    public static String count(double x) {
        return x == Math.rint(x) && Math.abs(x) < 100 ? Long.toString((long) x) : number(x);
    }

    /** A probability as a percentage: 9.7 %, 0.020 %, 51 %, 99.6 %, below a hundred-thousandth "&lt; 0.001 %". */
    public static String percent(double mass) {
        if (!Double.isFinite(mass)) {
            return UNKNOWN;
        }
        if (mass <= 0) {
            return "0 %";
        }
        if (mass >= 1) {
            return "100 %";
        }
        if (mass < 1e-5) {
            return "< 0.001 %";
        }
        if (mass > 1 - 1e-5) {
            return "> 99.999 %";
        }
        BigDecimal percent = BigDecimal.valueOf(mass).movePointRight(2);
        if (mass > 0.99) {
            return HUNDRED.subtract(HUNDRED.subtract(percent).round(ONE)).toPlainString() + " %";
        }
        return padded(percent.round(TWO)) + " %";
    }

    /** The end of a region with the given significant digits, without trailing zeros: 0.27, 3.13, 1200, 1.2e-7. */
    public static String end(double x, int digits) {
        if (!Double.isFinite(x) || x == 0) {
            return number(x);
        }
        BigDecimal rounded = BigDecimal.valueOf(x)
                .round(new MathContext(digits, RoundingMode.HALF_UP))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -5 && exponent < 9
                ? rounded.toPlainString()
                : rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    private static String padded(BigDecimal rounded) {
        int missing = 2 - rounded.precision();
        return (missing > 0 ? rounded.setScale(rounded.scale() + missing, RoundingMode.UNNECESSARY) : rounded)
                .toPlainString();
    }
}
