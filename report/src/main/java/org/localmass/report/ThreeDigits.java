package org.localmass.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers of a summary table: three significant digits with the whole part in full, as R package posterior prints them.
 * Ties round as in R's {@code signif}: to even, after the digits were moved before the point in double arithmetic.
 */
final class ThreeDigits {
    /** What stands for NaN. */
    static final String UNDEFINED = "-";

    private static final int DIGITS = 3;
    private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
    private static final int SMALLEST = -4;
    private static final int LARGEST = 6;
    private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};

    private ThreeDigits() {}

    /** A number: 4.43, -0.0930, 1.00, 4468, 0; below 0.0001 or from 10000000 on 1.23e-5; Inf, -Inf; "-" for NaN. */
    static String number(double x) {
        if (Double.isNaN(x)) {
            return UNDEFINED;
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "Inf" : "-Inf";
        }
        if (x == 0) {
            return "0";
        }
        BigDecimal value = new BigDecimal(NumberOutput.toString(x, true));
        int exponent = exponent(value);
        if (exponent < SMALLEST || exponent > LARGEST) {
            BigDecimal rounded = value.round(ROUNDING);
            int power = exponent(rounded);
            return rounded.movePointLeft(power)
                            .setScale(DIGITS - 1, RoundingMode.UNNECESSARY)
                            .toPlainString() + "e" + power;
        }
        int decimals = Math.max(0, DIGITS - 1 - exponent);
        BigDecimal rounded = BigDecimal.valueOf((long) Math.rint(x * POWERS[decimals]), decimals);
        boolean carried = decimals > 0 && exponent(rounded) > exponent;
        return (carried ? rounded.setScale(decimals - 1, RoundingMode.UNNECESSARY) : rounded).toPlainString();
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }
}
