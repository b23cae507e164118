package org.localmass.core.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text for people: two significant digits. Not part of the public API. */
public final class TwoDigits {
    private TwoDigits() {}

    /** A probability as a percentage: {@code 9.7 %}, {@code 0.020 %}, {@code 99.53 %}; {@code 0 %} only for exactly 0. */
    public static String percent(double probability) {
        if (Double.isNaN(probability)) {
            return "unknown";
        }
        if (probability > 0.99 && probability < 1) {
            // two digits of what is missing from 100 %
            BigDecimal missing = round(100 * (1 - probability), 2);
            return BigDecimal.valueOf(100).subtract(missing).toPlainString() + " %";
        }
        return plain(100 * probability, 2) + " %";
    }

    /** A number with two significant digits: {@code 0.21}, {@code 1.5}, {@code 340}, {@code 1.2e-7}. */
    public static String number(double value) {
        return plain(value, 2);
    }

    /** A number with the given significant digits; integers below 10,000 stay whole. */
    public static String plain(double value, int digits) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "-infinite";
        }
        if (value == 0) {
            return "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 10_000) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = round(value, digits);
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e6) {
            String scientific = String.format(java.util.Locale.ROOT, "%." + (digits - 1) + "e", value);
            return scientific.replaceFirst("e([+-])0*(\\d)", "e$1$2").replace("e+", "e");
        }
        return rounded.toPlainString();
    }

    private static BigDecimal round(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }
}
