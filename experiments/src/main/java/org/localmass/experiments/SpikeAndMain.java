package org.localmass.experiments;

import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.Quadrature;

/**
 * The mixture \( p = (1-\epsilon) N(c\mathbf 1, I) + \epsilon N(0, \tau^2 I) \) against \( q = N(m\mathbf 1, s^2 I) \):
 * both Kullback-Leibler divergences by one-dimensional integrals.
 *
 * <p>With \(A = 1/(2\tau^2) - 1/2\) the log of the ratio of the two components is \(K - A\,|x - x_0|^2\), and
 * \(|x-x_0|^2/s^2\) is a noncentral chi-square variable under q and under each component.
 */
final class SpikeAndMain {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private final int d;
    private final double epsilon;
    private final double tau;
    private final double c;
    private final double a;
    private final double centre;
    private final double top;

    SpikeAndMain(int d, double epsilon, double tau, double c) {
        this.d = d;
        this.epsilon = epsilon;
        this.tau = tau;
        this.c = c;
        this.a = 0.5 / (tau * tau) - 0.5;
        this.centre = -c / (2 * a);
        this.top = Math.log(epsilon / (1 - epsilon)) - d * Math.log(tau) + 0.5 * d * c * c + d * c * c / (4 * a);
    }

    /** KL(q||p) in nats. */
    double exclusive(double m, double s) {
        double entropy = 0.5 * d * (LOG_2_PI + 1) + d * Math.log(s);
        return -entropy - expectedLog(m, s);
    }

    /** KL(p||q) in nats. */
    double inclusive(double m, double s) {
        double mean = (1 - epsilon) * c;
        double logP = (1 - epsilon) * expectedLog(c, 1) + epsilon * expectedLog(0, tau);
        double square = variance() + (mean - m) * (mean - m);
        return logP + 0.5 * d * LOG_2_PI + d * Math.log(s) + 0.5 * d * square / (s * s);
    }

    /** Mean of a coordinate. */
    double mean() {
        return (1 - epsilon) * c;
    }

    /** Variance of a coordinate. */
    double variance() {
        double mean = mean();
        return (1 - epsilon) * (1 + c * c) + epsilon * tau * tau - mean * mean;
    }

    /** Expectation of log p under N(m 1, s^2 I). */
    private double expectedLog(double m, double s) {
        double gap = m - c;
        double gaussian = Math.log1p(-epsilon) - 0.5 * d * LOG_2_PI - 0.5 * d * (s * s + gap * gap);
        double shift = d * (m - centre) * (m - centre) / (s * s);
        // substitute x = y^2 so that the density is smooth at 0
        double spread = Math.sqrt(d + 2 * shift) * 2;
        double middle = d + shift;
        double end = Math.sqrt(middle + 12 * spread + 80);
        double knee = top > 0 ? Math.sqrt(top / a) / s : 0;
        double[] cuts = cuts(end, knee, Math.sqrt(Math.max(0, middle - 6 * spread)), Math.sqrt(middle));
        Quadrature.Result result = Quadrature.integrate(
                y -> {
                    double x = y * y;
                    double z = top - a * s * s * x;
                    double value = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
                    return value * Math.exp(logDensity(x, shift)) * 2 * y;
                },
                cuts,
                1e-13,
                1e-18,
                2_000_000);
        return gaussian + result.value();
    }

    private static double[] cuts(double end, double... inner) {
        return java.util.stream.DoubleStream.concat(
                        java.util.stream.DoubleStream.of(0, end),
                        java.util.Arrays.stream(inner).filter(x -> x > 1e-6 && x < end))
                .sorted()
                .distinct()
                .toArray();
    }

    /** Log density of the noncentral chi-square distribution with d degrees of freedom: a Poisson mixture. */
    private double logDensity(double x, double shift) {
        if (x <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double half = 0.5 * shift;
        // the term k has ratio half * x / (2 k (d/2 + k - 1)) to the one before: start at the largest
        double b = 0.5 * d - 1;
        int k0 = (int) Math.max(0, 0.5 * (-b + Math.sqrt(b * b + half * x * 2)));
        double first = logTerm(k0, half, x);
        double sum = 1;
        double term = 1;
        for (int k = k0 + 1; term > 1e-18 * sum; k++) {
            term *= half * x / (2.0 * k * (0.5 * d + k - 1));
            sum += term;
        }
        term = 1;
        for (int k = k0; k > 0 && term > 1e-18 * sum; k--) {
            term *= 2.0 * k * (0.5 * d + k - 1) / (half * x);
            sum += term;
        }
        return first + Math.log(sum);
    }

    private double logTerm(int k, double half, double x) {
        double poisson =
                half == 0 ? (k == 0 ? 0 : Double.NEGATIVE_INFINITY) : k * Math.log(half) - LogGamma.value(k + 1);
        double shape = 0.5 * d + k;
        return -half + poisson + (shape - 1) * Math.log(0.5 * x) - 0.5 * x - LogGamma.value(shape) - Math.log(2);
    }

    /** The minimiser of KL(q||p) from a start, by Newton's method on (m, log s) with differences. */
    double[] bestExclusive(double m, double s) {
        double[] at = {m, Math.log(s)};
        double h = 1e-3;
        for (int step = 0; step < 60; step++) {
            double f = value(at, 0, 0);
            double[] g = new double[2];
            double[][] hess = new double[2][2];
            for (int i = 0; i < 2; i++) {
                double di = i == 0 ? h : 0;
                double dj = i == 1 ? h : 0;
                double up = value(at, di, dj);
                double down = value(at, -di, -dj);
                double up2 = value(at, 2 * di, 2 * dj);
                double down2 = value(at, -2 * di, -2 * dj);
                // five-point formulas: errors h^4 times the fifth and sixth derivative
                g[i] = (8 * (up - down) - (up2 - down2)) / (12 * h);
                hess[i][i] = (16 * (up + down) - (up2 + down2) - 30 * f) / (12 * h * h);
            }
            hess[0][1] = (value(at, h, h) - value(at, h, -h) - value(at, -h, h) + value(at, -h, -h)) / (4 * h * h);
            double determinant = hess[0][0] * hess[1][1] - hess[0][1] * hess[0][1];
            double[] move;
            if (determinant > 0 && hess[0][0] > 0) {
                move = new double[] {
                    -(hess[1][1] * g[0] - hess[0][1] * g[1]) / determinant,
                    -(hess[0][0] * g[1] - hess[0][1] * g[0]) / determinant
                };
            } else {
                move = new double[] {-g[0] / Math.abs(hess[0][0]), -g[1] / Math.abs(hess[1][1])};
            }
            double scale = Math.min(1, 0.5 / Math.hypot(move[0], move[1]));
            while (scale > 1e-6 && value(at, scale * move[0], scale * move[1]) > f + 1e-13 * Math.abs(f)) {
                scale *= 0.5;
            }
            at[0] += scale * move[0];
            at[1] += scale * move[1];
            if (Math.hypot(move[0], move[1]) < 1e-9) {
                break;
            }
        }
        return new double[] {at[0], Math.exp(at[1])};
    }

    private double value(double[] at, double dm, double dlog) {
        return exclusive(at[0] + dm, Math.exp(at[1] + dlog));
    }
}
