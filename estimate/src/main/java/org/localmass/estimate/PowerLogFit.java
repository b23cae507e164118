package org.localmass.estimate;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.localmass.core.index.Exponent;
import org.localmass.core.internal.Arguments;

/**
 * The law \(p(B_r) \sim C r^\kappa \log(c/r)^\beta\) fitted by maximum likelihood to the radii inside a window, c the
 * declared unit of length.
 *
 * <p>With \(s_i = \log(c/\rho_i)\), \(S_0 = \log(c/R) > 0\):
 * \[ \ell = \sum_i -\kappa (s_i - S_0) + \beta \log(s_i/S_0) + \log(\kappa - \beta/s_i) \]
 *
 * <p>The slope \(\kappa - \beta/s\) is a mixture of its values a at R and b at 0, both at least 0, and the likelihood is
 * concave in them, so the maximum is unique; on it \(a A + b B = k\), which leaves one parameter to search. Intervals
 * are those of the profile likelihood, the log likelihood divided by the draws' autocorrelation time.
 * <br>Source: docs/theory.md, E7.3.
 *
 * @param kappa         exponent of the power
 * @param beta          exponent of the logarithm
 * @param logLikelihood its maximum
 * @param ratio         twice the gain in log likelihood over beta = 0, divided by the autocorrelation time
 * @param unit          c
 * @param radius        R
 * @param draws         number of radii in the window
 */
public record PowerLogFit(
        Exponent kappa, Exponent beta, double logLikelihood, double ratio, double unit, double radius, int draws) {

    private static final double EULER = 0.5772156649015329;

    /**
     * Fits independent draws.
     *
     * @param radii  positive radii; those at or above R are left out; not modified
     * @param radius R, positive and below the unit
     * @param unit   c, positive
     * @param level  of the intervals, in (0, 1)
     * @throws IllegalArgumentException if R is not below the unit, or fewer than 3 different radii are in the window
     */
    public static PowerLogFit of(double[] radii, double radius, double unit, double level) {
        double[] inside = Arrays.stream(radii).filter(r -> r < radius).toArray();
        for (double r : inside) {
            Arguments.positive("radius", r);
        }
        double[] weights = new double[inside.length];
        Arrays.fill(weights, 1);
        return of(inside, weights, radius, unit, level, 1);
    }

    static PowerLogFit of(double[] inside, double[] weights, double radius, double unit, double level, double time) {
        Arguments.positive("unit", unit);
        if (!(radius > 0 && radius < unit)) {
            throw new IllegalArgumentException("radius must lie between 0 and the unit " + unit + ", was " + radius);
        }
        Likelihood l = new Likelihood(inside, weights, radius, unit);
        if (inside.length < 3 || !(l.beyond > 0)) {
            throw new IllegalArgumentException("radii in the window must hold at least 3 different values");
        }
        double theta = l.best();
        double a = l.count * theta / l.logs;
        double b = l.count * (1 - theta) / l.beyond;
        double top = l.at(a, b);
        double flat = l.count / (l.logs + l.beyond);
        double ratio = Math.max(0, 2 * (top - l.at(flat, flat)) / time);
        double drop = 0.5 * ChiSquare.upper(1 - level, 1) * time;
        double beta = l.s0 * (b - a);
        Exponent kappa = interval(b, b, x -> l.givenKappa(x) - top + drop, 0);
        Exponent exponent =
                interval(beta, Math.max(1, Math.abs(beta)), x -> l.givenBeta(x) - top + drop, Double.NEGATIVE_INFINITY);
        return new PowerLogFit(kappa, exponent, top, ratio, unit, radius, inside.length);
    }

    /** The interval where a concave function is positive: ends found by doubling, then Brent's method. */
    private static Exponent interval(double estimate, double size, DoubleUnaryOperator excess, double least) {
        double step = size > 0 ? 0.1 * size : 1e-3;
        double low = least;
        if (!(least > Double.NEGATIVE_INFINITY && excess.applyAsDouble(least) >= 0)) {
            low = end(excess, estimate, -step, least);
        }
        return new Exponent(
                estimate,
                Math.min(low, estimate),
                Math.max(end(excess, estimate, step, Double.POSITIVE_INFINITY), estimate));
    }

    private static double end(DoubleUnaryOperator excess, double inside, double step, double limit) {
        double in = inside;
        double width = step;
        double out = inside + width;
        while (excess.applyAsDouble(out) >= 0 && Math.abs(width) < 1e12 * Math.abs(step)) {
            in = out;
            width *= 2;
            out = step < 0 ? Math.max(limit, inside + width) : Math.min(limit, inside + width);
        }
        DoubleUnaryOperator finite = x -> Math.max(-1e300, excess.applyAsDouble(x));
        return new BrentSolver(1e-9, 1e-9 * Math.abs(step), 1e-12)
                .findRoot(finite, Math.min(in, out), Math.max(in, out));
    }

    /**
     * Standard errors of kappa and beta, times the square root of the number of draws in the window, where beta is 0.
     *
     * <p>\[ \sigma_\beta = \kappa / sd(1/s),\quad \sigma_\kappa = \kappa\sqrt{E s^{-2}/Var(1/s)} \]
     *
     * <br>Accuracy: relative error below 1e-9 for kappa S0 from 0.1 to 100.
     * <br>Source: docs/theory.md, E7.3.
     *
     * @param kappa exponent of the power, positive
     * @param s0    log(c/R), positive
     */
    public static Errors errors(double kappa, double s0) {
        Arguments.positive("kappa", kappa);
        Arguments.positive("s0", s0);
        double first = kappa * scaledExponentialIntegral(kappa * s0);
        double second = kappa / s0 - kappa * first;
        double variance = second - first * first;
        return new Errors(kappa * Math.sqrt(second / variance), kappa / Math.sqrt(variance));
    }

    /** Standard errors of one draw: those of k draws are smaller by the square root of k. */
    public record Errors(double kappa, double beta) {}

    /** \( e^x E_1(x) \): its series below 1, its continued fraction above. */
    private static double scaledExponentialIntegral(double x) {
        if (x < 1) {
            double sum = -EULER - Math.log(x);
            double term = -1;
            for (int k = 1; k < 40; k++) {
                term *= -x / k;
                sum += term / k;
            }
            return Math.exp(x) * sum;
        }
        double value = 0;
        for (int k = 400; k >= 1; k--) {
            value = k / (1 + k / (x + value));
        }
        return 1 / (x + value);
    }

    /** Log likelihood in the slopes a at R and b at 0. */
    private static final class Likelihood {
        private final double s0;
        private final double[] weights;
        /** Sum of the weights, k where they are all 1. */
        private final double count;
        /** S0/s of each radius, in (0, 1]. */
        private final double[] share;
        /** A, the sum of S0 log(s/S0). */
        private final double logs;
        /** B, the sum of s - S0 - S0 log(s/S0). */
        private final double beyond;
        /** Where the last search for the other slope ended. */
        private double warm;

        Likelihood(double[] radii, double[] weights, double radius, double unit) {
            this.weights = weights;
            double total = 0;
            s0 = Math.log(unit) - Math.log(radius);
            share = new double[radii.length];
            double sumLogs = 0;
            double sumBeyond = 0;
            for (int i = 0; i < radii.length; i++) {
                double excess = (Math.log(radius) - Math.log(radii[i])) / s0;
                double log = Math.log1p(excess);
                share[i] = 1 / (1 + excess);
                sumLogs += weights[i] * s0 * log;
                sumBeyond += weights[i] * s0 * (excess - log);
                total += weights[i];
            }
            count = total;
            logs = sumLogs;
            beyond = sumBeyond;
        }

        double at(double a, double b) {
            if (!(a >= 0 && b >= 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            double sum = 0;
            double product = 1;
            for (int i = 0; i < share.length; i++) {
                double t = share[i];
                double slope = a * t + b * (1 - t);
                if (weights[i] != 1 || !(slope > 1e-150 && slope < 1e150)) {
                    sum += weights[i] * Math.log(slope);
                    continue;
                }
                // a logarithm for many draws at once
                product *= slope;
                if (!(product > 1e-150 && product < 1e150)) {
                    sum += Math.log(product);
                    product = 1;
                }
            }
            return sum + Math.log(product) - a * logs - b * beyond;
        }

        /**
         * The share theta = a A/k of the maximum: a root of a decreasing function on [0, 1], by Newton's method kept in a
         * bracket.
         */
        double best() {
            double low = 0;
            double high = 1;
            double theta = 0.5;
            for (int i = 0; i < 100 && high - low > 1e-13; i++) {
                double slope = 0;
                double curvature = 0;
                for (int j = 0; j < share.length; j++) {
                    double t = share[j];
                    double inner = t / logs;
                    double outer = (1 - t) / beyond;
                    double ratio = (inner - outer) / (theta * inner + (1 - theta) * outer);
                    slope += weights[j] * ratio;
                    curvature += weights[j] * ratio * ratio;
                }
                if (slope > 0) {
                    low = theta;
                } else {
                    high = theta;
                }
                double next = theta + slope / curvature;
                if (Math.abs(next - theta) <= 1e-14) {
                    break;
                }
                theta = next > low && next < high ? next : 0.5 * (low + high);
            }
            return theta < 1e-12 ? 0 : theta > 1 - 1e-12 ? 1 : theta;
        }

        /** The largest value for a given slope at 0. */
        double givenKappa(double b) {
            return b < 0 ? Double.NEGATIVE_INFINITY : at(largest(0, logs, 0, b), b);
        }

        /** The largest value for a given beta: b = a + beta/S0. */
        double givenBeta(double beta) {
            double gap = beta / s0;
            double a = largest(Math.max(0, -gap), logs + beyond, 1, gap);
            return at(a, a + gap);
        }

        /**
         * The a at which {@code -total a + sum log w} is largest, w = a t + b (1 - t) for a fixed b (kind 0), or
         * w = a + b (1 - t) for a fixed gap b (kind 1): Newton's method on a convex decreasing slope, from its left.
         */
        private double largest(double least, double total, int kind, double b) {
            double a = warm > least ? warm : Math.max(least, count / total);
            double low = least;
            double high = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 100; i++) {
                double slope = -total;
                double curvature = 0;
                for (int j = 0; j < share.length; j++) {
                    double t = share[j];
                    double part = kind == 0 ? t : 1;
                    double w = kind == 0 ? a * t + b * (1 - t) : a + b * (1 - t);
                    double ratio = part / w;
                    slope += weights[j] * ratio;
                    curvature += weights[j] * ratio * ratio;
                }
                if (slope > 0) {
                    low = a;
                } else {
                    high = a;
                    if (a == least) {
                        return a;
                    }
                }
                double next = a + slope / curvature;
                if (!(next > low && next < high)) {
                    next = Double.isInfinite(high) ? 2 * low + count / total : 0.5 * (low + high);
                }
                if (Math.abs(next - a) <= 1e-10 * Math.abs(next)) {
                    // the error left is its square; the value there is flat
                    warm = next;
                    return next;
                }
                a = next;
            }
            return a;
        }
    }
}
