package org.localmass.core.measure;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/** The regularised incomplete beta function where it would underflow. */
final class BetaShare {
    private static final double SAFE = 1e-280;

    private BetaShare() {}

    /** \( I_x(a,b) \), from 0. */
    static Mass of(double x, double a, double b) {
        if (!(x > 0)) {
            return Mass.ZERO;
        }
        if (x >= 1) {
            return Mass.ONE;
        }
        if (x < 1e-17) {
            return power(x, a, b);
        }
        double value = RegularizedBeta.value(x, a, b);
        return value > SAFE ? Mass.of(value) : power(x, a, b).times(series(x, a, b));
    }

    /** \( x^a/(a B(a,b)) \). */
    private static Mass power(double x, double a, double b) {
        return Mass.power(x, a).times(Mass.ofLog(-LogBeta.value(a, b) - Math.log(a)));
    }

    /** \( a\sum_n (1-b)_n x^n/(n!(a+n)) = (1-x)^b {}_2F_1(a+b,1;a+1;x) \), the second form has positive terms. */
    private static double series(double x, double a, double b) {
        double term = 1;
        double sum = 1;
        for (int n = 0; term > 1e-18 * sum; n++) {
            term *= x * (a + b + n) / (a + 1 + n);
            sum += term;
        }
        return Math.exp(b * Math.log1p(-x)) * sum;
    }
}
