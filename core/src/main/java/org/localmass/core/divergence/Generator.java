package org.localmass.core.divergence;

/**
 * The generator of RE-KL of order alpha, \( f_\alpha(x) = (x^\alpha - \alpha x + \alpha - 1)/(\alpha - 1) \), and
 * \( f_1(x) = x\log x - x + 1 \). Immutable.
 *
 * <p>Accuracy: relative error below 5e-14 of values and of both inverse branches' distances from 1, for alpha from
 * 1e-10 to 5.
 * <br>Source: docs/theory.md D5.1, rules N1, N2 and N4.
 */
public final class Generator {
    private static final double SERIES_LIMIT = 0.08;
    /** Up to this order the series has at most 17 terms. */
    private static final double FEW_TERMS_ORDER = 5;

    private static final double NEGLIGIBLE = 1e-18;
    private static final int MOST_TERMS = 60;
    private static final int MOST_STEPS = 500;
    private static final double BIG = 1e300;
    private static final double BIG_LOG = 690;
    private static final double CLOSE = 4e-16;
    /** Beyond this the form for small orders is exact and does not overflow. */
    private static final double FAR = 30;

    private final double alpha;
    private final double delta;
    private final double[] coefficients;

    private Generator(double alpha) {
        this.alpha = alpha;
        this.delta = alpha - 1;
        this.coefficients = coefficients(alpha);
    }

    /**
     * The generator of an order.
     *
     * @throws IllegalArgumentException if alpha is not positive and finite: other orders are no RE-KL
     */
    public static Generator of(double alpha) {
        if (!(alpha > 0) || alpha == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("alpha must be positive and finite, was " + alpha);
        }
        return new Generator(alpha);
    }

    /** The order. */
    public double alpha() {
        return alpha;
    }

    /** Recession slope \( \lim f_\alpha(x)/x \): \( \alpha/(1-\alpha) \) below 1, {@code +inf} from 1 on. */
    public double recessionSlope() {
        return alpha < 1 ? alpha / (1 - alpha) : Double.POSITIVE_INFINITY;
    }

    /** The x above 1 with {@code f(x) = f(0) = 1}: \( \alpha^{-1/(1-\alpha)} \), e at 1. */
    public double upperTwinOfZero() {
        return delta == 0 ? Math.E : Math.exp(Math.log1p(delta) / delta);
    }

    /**
     * \( f_\alpha(x) \).
     *
     * @param x at least 0
     * @throws IllegalArgumentException if x is negative or NaN
     */
    public double value(double x) {
        if (!(x >= 0)) {
            throw new IllegalArgumentException("x must be at least 0, was " + x);
        }
        return x == Double.POSITIVE_INFINITY ? x : atExcess(x - 1, x);
    }

    /** \( f_\alpha(1 + u) \), accurate for small u. */
    double atExcess(double u) {
        return atExcess(u, 1 + u);
    }

    private double atExcess(double u, double x) {
        if (alpha == 0.5) {
            double gap = u / (1 + Math.sqrt(x)); // sqrt x - 1
            return gap * gap;
        }
        if (Math.abs(u) < SERIES_LIMIT) {
            return series(u);
        }
        if (x == 0) {
            return 1;
        }
        double log = Math.log(x);
        if (alpha < 0.5) {
            return (alpha * u - Math.expm1(alpha * log)) / (1 - alpha);
        }
        double e = quotient(log);
        return x < BIG ? x * e - u : x * (e - 1) + 1;
    }

    /** \( (e^{\delta l}-1)/\delta \), l at order 1. */
    private double quotient(double l) {
        return delta == 0 ? l : Math.expm1(delta * l) / delta;
    }

    /** \( \alpha[u^2/2 + (\alpha-2)u^3/6 + \dots] \), |u| below {@link #SERIES_LIMIT}. */
    private double series(double u) {
        double size = Math.abs(u);
        double leading = 0.5 * alpha * u * u;
        if (alpha > FEW_TERMS_ORDER) {
            return longSeries(u, leading);
        }
        double sum = 0;
        for (int k = size < 1e-3 ? 6 : size < 0.02 ? 10 : coefficients.length; k-- > 0; ) {
            sum = sum * u + coefficients[k];
        }
        return leading * (1 + u * sum);
    }

    private double longSeries(double u, double leading) {
        double term = leading;
        double sum = term;
        for (int k = 2; Math.abs(term) > NEGLIGIBLE * Math.abs(sum) && k < MOST_TERMS; k++) {
            term *= (alpha - k) * u / (k + 1);
            sum += term;
        }
        return sum;
    }

    /** Coefficients of the series after the first, divided by it. */
    private static double[] coefficients(double alpha) {
        double[] coefficients = new double[16];
        double c = 1;
        for (int k = 0; k < coefficients.length; k++) {
            c *= (alpha - (k + 2)) / (k + 3);
            coefficients[k] = c;
        }
        return coefficients;
    }

    /** \( f'_\alpha(x) = \alpha(x^{\alpha-1}-1)/(\alpha-1) \), log x at order 1. */
    public double derivative(double x) {
        double log = Math.log(x);
        if (delta == 0 || Math.abs(delta * log) < 1) {
            return alpha * quotient(log);
        }
        // the log of a far x, multiplied, would cost digits
        double power = alpha < 0.5 ? Math.pow(x, alpha) / x : Math.pow(x, delta);
        return alpha * ((power - 1) / delta);
    }

    /**
     * Log of the perspective \( p f_\alpha(q/p) \) of two densities or masses known by their logs. Nothing overflows, and
     * the recession slope is used only where p is zero (docs/theory.md N4).
     *
     * @param logP log p, {@code -inf} for 0
     * @param logQ log q, {@code -inf} for 0
     * @return the log, {@code -inf} where p = q, {@code +inf} where p is 0, q is not and the order is at least 1
     */
    public double logPerspective(double logP, double logQ) {
        if (logP == Double.NEGATIVE_INFINITY) {
            return logQ == Double.NEGATIVE_INFINITY ? logQ : logQ + Math.log(recessionSlope());
        }
        if (logQ == Double.NEGATIVE_INFINITY) {
            return logP;
        }
        double l = logQ - logP;
        if (Math.abs(l) < SERIES_LIMIT) {
            return logP + Math.log(series(Math.expm1(l)));
        }
        if (l <= 0) {
            return logP + Math.log(below(l));
        }
        return delta * l > 700 ? logQ + delta * l - Math.log(delta) : logQ + Math.log(above(l));
    }

    /**
     * The perspective \( p f_\alpha(q/p) \) of two densities known by their logs and values, as {@link #logPerspective}
     * but without the log.
     */
    double perspective(double logP, double logQ, double p, double q) {
        if (logP == Double.NEGATIVE_INFINITY) {
            return q == 0 ? 0 : recessionSlope() * q;
        }
        if (logQ == Double.NEGATIVE_INFINITY) {
            return p;
        }
        double l = logQ - logP;
        if (alpha == 0.5) {
            double gap = Math.expm1(-0.5 * Math.abs(l));
            return (l <= 0 ? p : q) * (gap * gap);
        }
        if (Math.abs(l) < SERIES_LIMIT) {
            return p * series(Math.expm1(l));
        }
        if (l <= 0) {
            return p * below(l);
        }
        return delta * l > 700 ? Math.exp(logQ + delta * l - Math.log(delta)) : q * above(l);
    }

    /**
     * What errors of log p and log q make of the perspective: \( |p(1-x^\alpha)|\,e_p + |q f'(x)|\,e_q \), x = q/p.
     */
    double sensitivity(double logP, double logQ, double p, double q, double errorP, double errorQ) {
        double l = logQ - logP;
        double steep = Math.max(alpha, Math.abs(delta)) * Math.abs(l);
        if (steep < 0.5) {
            // (e^t - 1)/t is below 1.3 there
            double slope = 1.3 * alpha * Math.abs(l);
            return slope * (p * errorP + q * errorQ);
        }
        double log = alpha * logQ - delta * logP; // of p x^alpha = q x^(alpha-1)
        double ofP = Math.exp(Math.max(logP, log)) * -Math.expm1(-Math.abs(alpha * l));
        double ofQ = alpha
                * (delta == 0
                        ? Math.exp(logQ) * Math.abs(l)
                        : Math.exp(Math.max(logQ, log)) * -Math.expm1(-Math.abs(delta * l)) / Math.abs(delta));
        double sum = 0;
        if (ofP > 0) {
            sum += ofP * errorP;
        }
        return ofQ > 0 ? sum + ofQ * errorQ : sum;
    }

    /** \( f_\alpha(e^l) \). */
    double atLog(double l) {
        return Math.abs(l) < SERIES_LIMIT ? series(Math.expm1(l)) : l <= 0 ? below(l) : Math.exp(l) * above(l);
    }

    /** \( f(e^l) \) for l below 0. */
    private double below(double l) {
        if (alpha < 0.5) {
            return (alpha * Math.expm1(l) - Math.expm1(alpha * l)) / (1 - alpha);
        }
        double e = Math.abs(delta * l) < 30 || delta == 0
                ? Math.exp(l) * quotient(l)
                : (Math.exp(alpha * l) - Math.exp(l)) / delta;
        return e - Math.expm1(l);
    }

    /** \( f(e^l)/e^l \) for l above 0. */
    private double above(double l) {
        if (alpha < 0.5) {
            double power = alpha * l < 30 ? Math.exp(-l) * Math.expm1(alpha * l) : Math.exp(delta * l);
            return (-alpha * Math.expm1(-l) - power) / (1 - alpha);
        }
        return Math.expm1(-l) + quotient(l);
    }

    /**
     * The perspective \( g(p,q) = p f_\alpha(q/p) \) of two masses: \( g(0,q) = s_\alpha q \), \( g(p,0) = p \),
     * \( g(0,0) = 0 \).
     *
     * @throws IllegalArgumentException if a mass is negative or NaN
     */
    public double perspective(double p, double q) {
        if (!(p >= 0) || !(q >= 0)) {
            throw new IllegalArgumentException("masses must be at least 0, were " + p + " and " + q);
        }
        if (p == 0) {
            return q == 0 ? 0 : recessionSlope() * q;
        }
        if (q == 0) {
            return p;
        }
        double ratio = q / p;
        if (ratio > 1e-290 && ratio < 1e290 && ratio * p != 0) {
            double gap = (q - p) / p;
            return p * (Math.abs(gap) < SERIES_LIMIT ? series(gap) : atExcess(ratio - 1, ratio));
        }
        return Math.exp(logPerspective(Math.log(p), Math.log(q)));
    }

    /**
     * {@code U - 1} of the upper inverse branch: \( f_\alpha(U) = D, U \ge 1 \).
     *
     * @param d D, at least 0
     */
    public double upperExcess(double d) {
        check(d);
        if (d == 0 || d == Double.POSITIVE_INFINITY) {
            return d;
        }
        if (alpha == 0.5) {
            return 2 * Math.sqrt(d) + d;
        }
        if (alpha == 2) {
            return Math.sqrt(d);
        }
        double u = Math.sqrt(2 * d / alpha);
        double low = 0;
        double high = Math.max(u, 1);
        while (atExcess(high) < d) {
            low = high;
            high *= 4;
            if (high == Double.POSITIVE_INFINITY) {
                return high;
            }
        }
        u = Math.min(u, high);
        for (int i = 0; i < MOST_STEPS; i++) {
            double gap = atExcess(u) - d;
            if (gap == 0) {
                return u;
            }
            if (gap > 0) {
                high = u;
            } else {
                low = u;
            }
            double next = u - gap / (alpha * quotient(Math.log1p(u)));
            if (Math.abs(next - u) <= CLOSE * u) {
                return next;
            }
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            u = next;
        }
        return u;
    }

    /** {@code U} of the upper inverse branch. */
    public double upper(double d) {
        return 1 + upperExcess(d);
    }

    /**
     * Log of the upper inverse branch of a divergence known by its log; both may be beyond the range of doubles.
     *
     * @param logD log D, {@code -inf} for 0
     */
    public double logUpper(double logD) {
        if (Double.isNaN(logD)) {
            throw new IllegalArgumentException("log of the divergence must be a number, was NaN");
        }
        if (logD < BIG_LOG) {
            double excess = upperExcess(Math.exp(logD));
            if (excess < Double.POSITIVE_INFINITY) {
                return Math.log1p(excess);
            }
        }
        if (logD == Double.POSITIVE_INFINITY) {
            return logD;
        }
        // D is far from 0: U is at most about (1 - alpha) D / alpha, and below D from order 1 on
        double low = 0;
        double high = logD + Math.max(0, Math.log1p(-Math.min(alpha, 0.5)) - Math.log(alpha)) + 2;
        double middle = 0.5 * (low + high);
        while (low < middle && middle < high) {
            if (logPerspective(0, middle) < logD) {
                low = middle;
            } else {
                high = middle;
            }
            middle = 0.5 * (low + high);
        }
        return high;
    }

    /** {@code 1 - L} of the lower inverse branch: \( f_\alpha(L) = D, L \le 1 \); 1 from D = 1 on. */
    public double lowerDeficit(double d) {
        return -Math.expm1(logLower(d));
    }

    /** {@code L} of the lower inverse branch, 0 where it is below the range of doubles. */
    public double lower(double d) {
        return Math.exp(logLower(d));
    }

    /**
     * Log of the lower inverse branch; {@code -inf} from D = 1 on. It spans hundreds of decades for small orders.
     *
     * @param d D, at least 0
     */
    public double logLower(double d) {
        check(d);
        if (d >= 1) {
            return Double.NEGATIVE_INFINITY;
        }
        if (d == 0) {
            return 0;
        }
        if (alpha == 0.5) {
            return 2 * logOneMinusRoot(d);
        }
        if (alpha == 2) {
            return logOneMinusRoot(d);
        }
        double low = alpha < 1 ? (Math.log1p(-alpha) + Math.log1p(-d)) / alpha : Math.log1p(-d) - 5;
        low = Math.min(low, -1e-300);
        while (residual(low, d) < 0) {
            low *= 2;
        }
        double high = 0;
        double start = -Math.sqrt(2 * d / alpha);
        double t = start > low && d < 0.5 ? start : low;
        for (int i = 0; i < MOST_STEPS; i++) {
            double gap = residual(t, d);
            if (gap == 0) {
                return t;
            }
            if (gap > 0) {
                low = t;
            } else {
                high = t;
            }
            double next = t - gap / residualSlope(t, d);
            if (Math.abs(next - t) <= CLOSE * Math.abs(t)) {
                return next;
            }
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            t = next;
        }
        return t;
    }

    /** \( \log(1-\sqrt d) \). */
    private static double logOneMinusRoot(double d) {
        double root = Math.sqrt(d);
        return d < 0.25 ? Math.log1p(-root) : Math.log((1 - d) / (1 + root));
    }

    /** Decreasing in t, zero at the solution: f - D, or where D is above 1/2 the log of (1 - D)/(1 - f). */
    private double residual(double t, double d) {
        if (d <= 0.5) {
            double u = Math.expm1(t);
            return (Math.abs(u) < SERIES_LIMIT ? series(u) : below(t)) - d;
        }
        return Math.log1p(-d) - logRest(t);
    }

    private double residualSlope(double t, double d) {
        double slope = alpha * Math.exp(t) * quotient(t);
        if (d <= 0.5) {
            return slope;
        }
        // d/dt log(1 - f) = -f'/(1-f)
        if (delta * t > FAR) {
            double inner = Math.exp(-delta * t);
            return -alpha * (1 - inner) / (1 - alpha * inner);
        }
        return slope / Math.exp(logRest(t));
    }

    /** Log of \( 1 - f(e^t) \), for t below 0. */
    private double logRest(double t) {
        return delta * t > FAR
                ? alpha * t + Math.log1p(-alpha * Math.exp(-delta * t)) - Math.log1p(-alpha)
                : t + Math.log1p(-quotient(t));
    }

    private static void check(double d) {
        if (!(d >= 0)) {
            throw new IllegalArgumentException("divergence must be at least 0, was " + d);
        }
    }
}
