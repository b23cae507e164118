package org.localmass.core.measure;

import org.apache.commons.numbers.gamma.Gamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/** Regularised incomplete gamma functions that do not underflow. */
final class GammaShare {
    private static final double SAFE = 1e-280;
    private static final double NEGLIGIBLE = 1e-18;
    private static final double SMALL_SHAPE = 20;
    private static final double LARGE = 40;
    private static final int MOST_TERMS = 100_000;

    private GammaShare() {}

    /** \( P(a,x) \), from below. */
    static Mass lower(double a, double x) {
        if (!(x > 0)) {
            return Mass.ZERO;
        }
        if (x < 1e-17) {
            return Mass.power(x, a).times(Mass.ofLog(-LogGamma.value(a + 1)));
        }
        double value = x == Double.POSITIVE_INFINITY ? 1 : RegularizedGamma.P.value(a, x);
        if (value > SAFE) {
            return Mass.of(value);
        }
        double term = 1;
        double sum = 1;
        for (int m = 1; term > NEGLIGIBLE * sum; m++) {
            term *= x / (a + m);
            sum += term;
        }
        return Mass.ofLog(a * Math.log(x) - x - LogGamma.value(a + 1)).times(sum);
    }

    /** \( Q(a,x) \), from above. */
    static Mass upper(double a, double x) {
        if (!(x > 0)) {
            return Mass.ONE;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return Mass.ZERO;
        }
        if (a <= SMALL_SHAPE && x > LARGE) {
            // no log of a sum whose terms cancel: each factor has a few ulps
            return Mass.ofLog(-x).times(Mass.power(x, a)).times(fraction(a, x) / Gamma.value(a));
        }
        double value = RegularizedGamma.Q.value(a, x);
        if (value > SAFE) {
            return Mass.of(value);
        }
        return Mass.ofLog(a * Math.log(x) - x - LogGamma.value(a)).times(fraction(a, x));
    }

    /** Legendre's continued fraction \( 1/(x+1-a-\frac{1(1-a)}{x+3-a-\dots}) \), for x above a. */
    static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double product = d;
        for (int i = 1; i < MOST_TERMS; i++) {
            double numerator = -i * (i - a);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            double factor = c * d;
            product *= factor;
            if (Math.abs(factor - 1) < 3e-16) {
                return product;
            }
        }
        throw new ArithmeticException("Q(" + a + ", " + x + ") did not converge");
    }
}
