package org.localmass.report;

import java.util.Locale;

/** Masses and ratios known by their logs, with two significant digits, however small or large. */
final class LogText {
    private static final double MOST_EXPONENT = 300;

    private LogText() {}

    /** The mass: {@code 0.00012}, {@code 1.2e-312}, {@code 0}. */
    static String mass(double log) {
        double exponent = Math.floor(log / Math.log(10));
        if (!(Math.abs(exponent) > MOST_EXPONENT) || Double.isInfinite(log)) {
            return Digits.number(Math.exp(log));
        }
        double significand = Math.exp(log - exponent * Math.log(10));
        if (Math.abs(log) > 1e10) {
            return "10^"
                    + String.format(Locale.ROOT, "%.1e", log / Math.log(10)).replace("e+", "e");
        }
        String digits = String.format(Locale.ROOT, "%.1f", significand);
        return digits.equals("10.0")
                ? String.format(Locale.ROOT, "1.0e%.0f", exponent + 1)
                : digits + String.format(Locale.ROOT, "e%.0f", exponent);
    }
}
