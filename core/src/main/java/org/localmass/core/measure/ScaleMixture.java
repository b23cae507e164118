package org.localmass.core.measure;

import java.util.function.DoubleUnaryOperator;

/**
 * Masses of x = s z for a random scale s and a symmetric kernel z, by the trapezoidal rule in log s.
 *
 * <p>The density of log s is \( s^k m(s) \). The integrands are analytic in a strip around the real line and decay on
 * both sides, so the rule converges geometrically; all terms are positive. With \( s = r e^w \) the factor \( r^k \)
 * stands before the sum, which keeps full accuracy at the smallest radii.
 *
 * <p>Source: docs/theory.md section 3, scale mixtures.
 */
final class ScaleMixture {
    private static final double NEGLIGIBLE = 1e-19;
    private static final double LOG_NEGLIGIBLE = -44;
    /** Of a bell of this many standard deviations a step, the trapezoidal rule misses less than 1e-50. */
    private static final double BELL_STEP = 0.4;

    private static final double FAR = 20;
    private static final double BEYOND = -1e13;
    private static final double STEEP = 4;
    private static final int MOST_NODES = 4_000_000;

    /** The law of z. */
    enum Kernel {
        /** The standard normal. */
        NORMAL(Math.PI / 4, Math.sqrt(2 / Math.PI)) {
            @Override
            double inside(double t) {
                return org.apache.commons.numbers.gamma.Erf.value(t * SQRT_HALF);
            }

            @Override
            double logOutside(double t) {
                return Normal.logCdf(-t) + LOG_2;
            }

            @Override
            double logDensity(double t) {
                return Normal.STANDARD.logDensity(t);
            }
        },
        /** The Laplace distribution of scale 1. */
        LAPLACE(Math.PI / 2, 1) {
            @Override
            double inside(double t) {
                return -Math.expm1(-t);
            }

            @Override
            double logOutside(double t) {
                return -t;
            }

            @Override
            double logDensity(double t) {
                return -t - LOG_2;
            }
        };

        private static final double SQRT_HALF = Math.sqrt(0.5);
        private static final double LOG_2 = Math.log(2);

        private static final double SMALL = 37;

        private final double strip;
        private final double slope;

        Kernel(double strip, double slope) {
            this.strip = strip;
            this.slope = slope;
        }

        /** {@code p(|Z| <= t)/t} at t = e^-w. */
        final double insideOverRadius(double w) {
            if (w > SMALL) {
                return slope;
            }
            double t = Math.exp(-w);
            return inside(t) / t;
        }

        /** {@code p(|Z| <= t)}. */
        abstract double inside(double t);

        /** Log of {@code p(|Z| >= t)}. */
        abstract double logOutside(double t);

        abstract double logDensity(double t);
    }

    private final Kernel kernel;
    private final double k;
    private final DoubleUnaryOperator m;
    private final DoubleUnaryOperator logM;
    private final double step;

    /**
     * A mixture.
     *
     * @param k     exponent of the density of log s at 0, positive
     * @param m     the rest of that density, m(s)
     * @param logM  its log
     * @param shape what the density of log s may grow by inside the strip is at most \( e^{shape} \)
     */
    ScaleMixture(Kernel kernel, double k, DoubleUnaryOperator m, DoubleUnaryOperator logM, double shape) {
        this.kernel = kernel;
        this.k = k;
        this.m = m;
        this.logM = logM;
        this.step = 2 * Math.PI * kernel.strip / (40 + shape);
    }

    /** Mass of [0, r]. */
    Mass beside(double r) {
        if (r > 1) {
            Mass tail = tail(r);
            if (tail.compareTo(Mass.of(0.25)) < 0) {
                return Mass.of(0.5).minus(tail);
            }
        }
        double below = lowerSum(r, k, w -> kernel.inside(Math.exp(-w)));
        double above = upperSum(r, kernel::insideOverRadius);
        return Mass.power(r, k).times(below).plus(Mass.of(r).times(above)).times(0.5 * step);
    }

    /** Log of the density at x above 0. */
    double logDensity(double x) {
        if (x > 1) {
            return logSum(x, w -> kernel.logDensity(Math.exp(-w)) - w) - Math.log(x);
        }
        double below = lowerSum(x, k - 1, w -> Math.exp(kernel.logDensity(Math.exp(-w))));
        double above = upperSum(x, w -> Math.exp(kernel.logDensity(Math.exp(-w))));
        Mass sum = Mass.power(x, k - 1).times(below).plus(Mass.of(above));
        return sum.times(step).log();
    }

    /** {@code p(X >= r)}, r above 0. */
    Mass tail(double r) {
        return r == Double.POSITIVE_INFINITY
                ? Mass.ZERO
                : Mass.ofLog(logSum(r, w -> kernel.logOutside(Math.exp(-w)))).times(0.5);
    }

    /** \( \sum_{w<0} e^{cw} m(r e^w) f(w) \), whose factor is \( r^c \). */
    private double lowerSum(double r, double c, DoubleUnaryOperator f) {
        double total = 0;
        double lost = 0;
        for (int j = 1; j < MOST_NODES; j++) {
            double w = -j * step;
            double size = Math.exp(w);
            double power = c == 0 ? 1 : c == 1 ? size : Math.exp(c * w);
            double term = power * m.applyAsDouble(r * size) * f.applyAsDouble(w);
            double next = total + term;
            lost += term < total ? (total - next) + term : (term - next) + total;
            total = next;
            if (!(term > NEGLIGIBLE * total)) {
                return total + lost;
            }
        }
        throw notEnded(r);
    }

    /** \( \sum_{w\ge0} s^{k-1} m(s) f(w) \). */
    private double upperSum(double r, DoubleUnaryOperator f) {
        double total = 0;
        double lost = 0;
        double passed = -Math.log(r) + 2;
        for (int j = 0; j < MOST_NODES; j++) {
            double w = j * step;
            double half = Math.exp(0.5 * w);
            double s = r * half * half;
            double term = (k == 1 ? 1 : Math.pow(s, k - 1)) * m.applyAsDouble(s) * f.applyAsDouble(w);
            double next = total + term;
            lost += term < total ? (total - next) + term : (term - next) + total;
            total = next;
            if (w > passed && !(term > NEGLIGIBLE * total)) {
                return total + lost;
            }
        }
        throw notEnded(r);
    }

    private static ArithmeticException notEnded(double r) {
        return new ArithmeticException("the sum for a scale mixture at " + r + " did not end");
    }

    /** Log of \( h \sum_w s^k m(s) e^{f(w)} \), from its largest term. */
    private double logSum(double r, DoubleUnaryOperator f) {
        double logR = Math.log(r);
        // far out both factors vanish in doubles but between the scales 1 and r
        int peak = logR > FAR ? (int) (-0.5 * logR / step) : 0;
        double best = logTerm(r, logR, f, peak * step);
        int direction = logTerm(r, logR, f, (peak + 1) * step) > best ? 1 : -1;
        for (int stride = 64; stride >= 1; stride /= 4) {
            while (true) {
                double next = logTerm(r, logR, f, (peak + direction * stride) * step);
                if (!(next > best)) {
                    break;
                }
                best = next;
                peak += direction * stride;
            }
            if (stride > 1) {
                direction = logTerm(r, logR, f, (peak + 1) * step) > best ? 1 : -1;
            }
        }
        // thin tails make a narrow bell around the largest term: its top is found, and the step follows its width
        double middle = peak * step;
        for (double move = 0.5 * step; move > 1e-15 * Math.abs(middle) && move > 1e-9 * step; move *= 0.5) {
            double above = logTerm(r, logR, f, middle + move);
            double below = logTerm(r, logR, f, middle - move);
            if (Math.max(above, below) > best) {
                middle += above > below ? move : -move;
                best = Math.max(above, below);
            }
        }
        if (best < BEYOND) {
            return best; // what the width adds is below the rounding of the log
        }
        double gap = 0.125 * step;
        double drop = drop(r, logR, f, middle, gap);
        while (drop > STEEP) {
            gap *= 0.25;
            drop = drop(r, logR, f, middle, gap);
        }
        double curvature = drop / gap / gap;
        double own = curvature > 0 ? Math.min(step, BELL_STEP / Math.sqrt(curvature)) : step;
        double total = 1;
        double top = best;
        for (int side = -1; side <= 1; side += 2) {
            double previous = top;
            for (int j = 1; j < MOST_NODES; j++) {
                double log = logTerm(r, logR, f, middle + side * j * own);
                total += Math.exp(log - top);
                if (!(log >= top + LOG_NEGLIGIBLE) && log <= previous) {
                    break;
                }
                previous = log;
            }
        }
        return top + Math.log(total * own);
    }

    private double drop(double r, double logR, DoubleUnaryOperator f, double middle, double gap) {
        return 2 * logTerm(r, logR, f, middle) - logTerm(r, logR, f, middle - gap) - logTerm(r, logR, f, middle + gap);
    }

    private double logTerm(double r, double logR, DoubleUnaryOperator f, double w) {
        double s = r * Math.exp(w);
        return s == 0 || s == Double.POSITIVE_INFINITY
                ? Double.NEGATIVE_INFINITY
                : k * (logR + w) + logM.applyAsDouble(s) + f.applyAsDouble(w);
    }
}
