package org.localmass.vi.family;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.localmass.core.internal.LogSum;

/**
 * Logs of densities and masses of the standard normal and Student t laws on the line, both tails directly; finite
 * wherever the mass is positive, however small.
 */
final class StandardLaw {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double[] NODES = {
        0.14887433898163122, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717
    };
    private static final double[] WEIGHTS = {
        0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814
    };

    private StandardLaw() {}

    /** Log density of the law with nu degrees of freedom, {@code +inf} for the normal one. */
    static double logDensity(double u, double nu) {
        if (nu == Double.POSITIVE_INFINITY) {
            return -0.5 * u * u - HALF_LOG_TWO_PI;
        }
        return LogGamma.value(0.5 * (nu + 1))
                - LogGamma.value(0.5 * nu)
                - 0.5 * Math.log(nu * Math.PI)
                - 0.5 * (nu + 1) * Math.log1p(u / nu * u);
    }

    /** \( \log P(U \le u) \). */
    static double logLower(double u, double nu) {
        if (u > 0) {
            return LogSum.log1mexp(logLower(-u, nu));
        }
        if (nu == Double.POSITIVE_INFINITY) {
            return u > -1
                    ? Math.log(0.5 * Erfc.value(-u * ROOT_HALF))
                    : Math.log(0.5 * Erfcx.value(-u * ROOT_HALF)) - 0.5 * u * u;
        }
        if (u == Double.NEGATIVE_INFINITY) {
            return u;
        }
        double square = u * u;
        double x = nu / (nu + square);
        double a = 0.5 * nu;
        if (x > 0.5) {
            // 1 - x = u^2 / (nu + u^2) enters directly
            return Math.log(0.5 * RegularizedBeta.complement(square / (nu + square), 0.5, a));
        }
        // x^a (1-x)^(1/2) / (a B(a, 1/2)) 2F1(a + 1/2, 1; a + 1; x)
        double term = 1;
        double sum = 1;
        for (int n = 0; term > 1e-17 * sum && n < 10_000; n++) {
            term *= x * (a + 0.5 + n) / (a + 1 + n);
            sum += term;
        }
        double logX = Math.log(nu) - 2 * Math.log(-u) - Math.log1p(nu / square);
        return a * logX + 0.5 * Math.log1p(-x) - Math.log(2 * a) - LogBeta.value(a, 0.5) + Math.log(sum);
    }

    /** \( \log P(l < U \le h) \), from the tail that is nearer, or by quadrature where the interval is short. */
    static double logInterval(double low, double high, double nu) {
        double width = high - low;
        double middle = 0.5 * (low + high);
        if (width * (1 + Math.abs(middle)) < 1) {
            double top = logDensity(middle, nu);
            double half = 0.5 * width;
            double sum = 0;
            for (int i = 0; i < NODES.length; i++) {
                sum += WEIGHTS[i]
                        * (Math.exp(logDensity(middle - half * NODES[i], nu) - top)
                                + Math.exp(logDensity(middle + half * NODES[i], nu) - top));
            }
            return top + Math.log(half * sum);
        }
        if (middle > 0) {
            return logInterval(-high, -low, nu);
        }
        double all = logLower(high, nu);
        return low == Double.NEGATIVE_INFINITY ? all : LogSum.difference(all, logLower(low, nu));
    }
}
