package org.localmass.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/** Numbers for reading: two significant digits, half up on the shortest decimal form. NaN becomes "unknown". */
final class Digits {
    static final String UNKNOWN = "unknown";

    private static final MathContext TWO = new MathContext(2, RoundingMode.HALF_UP);
    private static final MathContext ONE = new MathContext(1, RoundingMode.HALF_UP);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Digits() {}

    /** A number: 0.21, 1.0, 12, 1200, 2.1e-5; "infinite" where it is. */
    static String number(double x) {
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
            return two(rounded);
        }
        return two(rounded.movePointLeft(exponent)) + "e" + exponent;
    }

    /** A count of draws that need not be whole: 12, 410, 3.4. */
    static String count(double x) {
        return x == Math.rint(x) && Math.abs(x) < 100 ? Long.toString((long) x) : number(x);
    }

    /** A probability as a percentage: 9.7 %, 0.020 %, 51 %, 99.6 %, below a hundred-thousandth "&lt; 0.001 %". */
    static String percent(double mass) {
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
        return two(percent.round(TWO)) + " %";
    }

    /** A quantity in nats, two decimals. */
    static String nats(double x) {
        return Double.isFinite(x)
                ? BigDecimal.valueOf(x).setScale(2, RoundingMode.HALF_UP).toPlainString()
                : number(x);
    }

    /** A mass with its interval: "9.7 % (8.5 % to 11 %)". */
    static String mass(MassEstimate mass) {
        return percent(mass.estimate()) + " (" + massInterval(mass) + ")";
    }

    /** The interval of a mass: "8.5 % to 11 %", "at most 0.30 %". */
    static String massInterval(MassEstimate mass) {
        if (Double.isNaN(mass.lower()) || Double.isNaN(mass.upper())) {
            return "interval unknown";
        }
        return mass.lower() <= 0
                ? "at most " + percent(mass.upper())
                : percent(mass.lower()) + " to " + percent(mass.upper());
    }

    /** A ratio with its interval: "0.21 (0.15 to 0.29)". */
    static String ratio(RatioEstimate ratio) {
        return number(ratio.estimate()) + " (" + ratioInterval(ratio) + ")";
    }

    /** The interval of a ratio: "0.15 to 0.29", "at most 0.12", "at least 3.1, no upper limit". */
    static String ratioInterval(RatioEstimate ratio) {
        if (Double.isNaN(ratio.lower()) || Double.isNaN(ratio.upper())) {
            return "interval unknown";
        }
        boolean open = ratio.upper() == Double.POSITIVE_INFINITY;
        if (ratio.lower() <= 0) {
            return open ? "no limits" : "at most " + number(ratio.upper());
        }
        return open
                ? "at least " + number(ratio.lower()) + ", no upper limit"
                : number(ratio.lower()) + " to " + number(ratio.upper());
    }

    /** A value whose binary form has few decimals, such as a level or a radius: all its digits, no exponent if short. */
    static String exact(double x) {
        if (!Double.isFinite(x)) {
            return number(x);
        }
        BigDecimal value = BigDecimal.valueOf(x).stripTrailingZeros();
        return value.signum() == 0 ? "0" : Math.abs(value.scale()) > 12 ? value.toString() : value.toPlainString();
    }

    /** A level as a percentage: 0.95 is "95 %". */
    static String level(double level) {
        return exact(BigDecimal.valueOf(level).movePointRight(2).doubleValue()) + " %";
    }

    private static String two(BigDecimal rounded) {
        int missing = 2 - rounded.precision();
        return (missing > 0 ? rounded.setScale(rounded.scale() + missing, RoundingMode.UNNECESSARY) : rounded)
                .toPlainString();
    }
}
