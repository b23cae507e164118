package org.localmass.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/** Masses, ratios and options as text for people, built on {@link TwoDigits}. */
final class Digits {
    static final String UNKNOWN = TwoDigits.UNKNOWN;

    private Digits() {}

    /** See {@link TwoDigits#number}. */
    static String number(double x) {
        return TwoDigits.number(x);
    }

    /** See {@link TwoDigits#count}. */
    static String count(double x) {
        return TwoDigits.count(x);
    }

    /** See {@link TwoDigits#percent}. */
    static String percent(double mass) {
        return TwoDigits.percent(mass);
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
}
