package org.localmass.core.measure;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.LogSum;

/**
 * The mass of a Euclidean ball under a normal distribution with diagonal covariance:
 * \( P(\sum_j (\sqrt{l_j} Z_j + y_j)^2 \le r^2) \).
 *
 * <p>Small radii take Ruben's series, whose terms are all positive; the others, and the complement, an integral along
 * the parabola through the saddle point, on which the integrand is a smooth bell and the trapezoidal rule converges
 * geometrically. Zero variances shorten the radius.
 *
 * <p>Accuracy: error of the log mass at most 1e-14 + 4e-16 |log mass|. Source: docs/theory.md E7.5.
 */
final class GaussianBall {
    private static final int MOST_TERMS = 60;
    /** Ruben's series needs about this many terms, r^2 / (2 min l), to turn down. */
    private static final double SERIES_LIMIT = 12;

    private static final double STEP = 0.1;
    private static final int MOST_NODES = 20_000;
    private static final double ABOVE = 0.1;
    private static final double WIDER = 16;
    private static final double WIDEST = 1e9;
    private static final double NEGLIGIBLE = 1e-18;
    private static final int HALVINGS = 80;

    private final int dimension;
    private final double[] variances;
    private final double[] shifts;
    private final double radius;

    private GaussianBall(double[] variances, double[] shifts, double radius) {
        this.dimension = variances.length;
        this.variances = variances;
        this.shifts = shifts;
        this.radius = radius;
    }

    /**
     * Log of the mass of the closed ball.
     *
     * @param variances l, not negative; where one is 0, the coordinate is fixed
     * @param shifts    y, mean minus centre
     * @param radius    r, not negative
     */
    static double logMass(double[] variances, double[] shifts, double radius) {
        double section = section(variances, shifts, radius);
        GaussianBall ball = of(variances, shifts, section);
        if (section < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (ball.dimension == 0 || section == Double.POSITIVE_INFINITY) {
            return 0;
        }
        return section == 0 ? Double.NEGATIVE_INFINITY : Math.min(0, ball.inside());
    }

    /**
     * Log of the mass outside of the ball, {@code N(x) >= r}.
     *
     * @param variances l, not negative; where one is 0, the coordinate is fixed
     * @param shifts    y, mean minus centre
     * @param radius    r, not negative
     */
    static double logComplement(double[] variances, double[] shifts, double radius) {
        double section = section(variances, shifts, radius);
        GaussianBall ball = of(variances, shifts, section);
        if (section <= 0) {
            return 0;
        }
        if (ball.dimension == 0 || section == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        return Math.min(0, ball.outside());
    }

    /** The radius that the fixed coordinates leave; negative where they miss the ball. */
    private static double section(double[] variances, double[] shifts, double radius) {
        double used = 0;
        for (int j = 0; j < variances.length; j++) {
            if (variances[j] == 0) {
                double share = shifts[j] / radius;
                used += shifts[j] == 0 ? 0 : share * share;
            }
        }
        return used > 1 ? -1 : radius * Math.sqrt(1 - used);
    }

    private static GaussianBall of(double[] variances, double[] shifts, double radius) {
        int d = 0;
        double[] l = new double[variances.length];
        double[] y = new double[variances.length];
        for (int j = 0; j < variances.length; j++) {
            if (variances[j] > 0) {
                l[d] = variances[j];
                y[d++] = shifts[j];
            }
        }
        return new GaussianBall(Arrays.copyOf(l, d), Arrays.copyOf(y, d), radius);
    }

    private double inside() {
        if (dimension == 1) {
            double sd = Math.sqrt(variances[0]);
            return Normal.STANDARD.logBallMass(shifts[0] / sd, radius / sd);
        }
        double curvature = 0;
        double mean = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < dimension; j++) {
            double share = radius / variances[j];
            curvature += share * radius + share * shifts[j] * (share * shifts[j]);
            mean += (variances[j] + shifts[j] * shifts[j]) / radius / radius;
            smallest = Math.min(smallest, variances[j]);
        }
        if (curvature < NEGLIGIBLE) {
            return leadingTerm();
        }
        if (radius / smallest * radius < 2 * SERIES_LIMIT) {
            double series = ruben(smallest);
            if (!Double.isNaN(series)) {
                return series;
            }
        }
        return mean < 1 ? LogSum.log1mexp(Math.min(0, contour(true))) : contour(false);
    }

    private double outside() {
        if (dimension == 1) {
            double sd = Math.sqrt(variances[0]);
            return LogSum.of(Normal.logCdf((shifts[0] - radius) / sd), Normal.logCdf(-(shifts[0] + radius) / sd));
        }
        double mean = 0;
        for (int j = 0; j < dimension; j++) {
            mean += (variances[j] + shifts[j] * shifts[j]) / radius / radius;
        }
        return mean < 1 ? contour(true) : LogSum.log1mexp(Math.min(0, inside()));
    }

    /** Volume times density at the centre. */
    private double leadingTerm() {
        double log = dimension * Math.log(radius) - 0.5 * dimension * Math.log(2) - LogGamma.value(0.5 * dimension + 1);
        for (int j = 0; j < dimension; j++) {
            log -= 0.5 * (Math.log(variances[j]) + shifts[j] / variances[j] * shifts[j]);
        }
        return log;
    }

    /**
     * Ruben's series \( \sum_k c_k F_{d+2k}(r^2/\beta) \) with \( \beta = \min l \); NaN where it takes too many
     * terms. Coefficients are carried relative to the first.
     */
    private double ruben(double smallest) {
        double x = 0.5 * (radius / smallest) * radius;
        double logFirst = 0;
        for (int j = 0; j < dimension; j++) {
            logFirst += 0.5 * (Math.log(smallest / variances[j]) - shifts[j] / variances[j] * shifts[j]);
        }
        double[] g = new double[dimension];
        double[] power = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            g[j] = 1 - smallest / variances[j];
            power[j] = 1;
        }
        double[] c = new double[MOST_TERMS + 1];
        double[] sums = new double[MOST_TERMS + 1];
        c[0] = 1;
        double a = 0.5 * dimension;
        double first = gammaSeries(a, x);
        double total = first;
        double scale = 1; // x^k / ((a+1)...(a+k))
        int small = 0;
        for (int k = 1; k <= MOST_TERMS; k++) {
            double sum = 0;
            for (int j = 0; j < dimension; j++) {
                double noncentral = smallest * (shifts[j] / variances[j]) * (shifts[j] / variances[j]);
                sum += power[j] * (g[j] + k * noncentral);
                power[j] *= g[j];
            }
            sums[k] = sum;
            double next = 0;
            for (int i = 0; i < k; i++) {
                next += sums[k - i] * c[i];
            }
            c[k] = next / (2 * k);
            scale *= x / (a + k);
            double term = c[k] * scale * gammaSeries(a + k, x);
            total += term;
            small = term <= NEGLIGIBLE * total ? small + 1 : 0;
            if (small == 2) {
                return logFirst + a * Math.log(x) - x - LogGamma.value(a + 1) + Math.log(total);
            }
        }
        return Double.NaN;
    }

    /** \( 1 + x/(a+1) + x^2/((a+1)(a+2)) + \dots = {}_1F_1(1; a+1; x) \). */
    private static double gammaSeries(double a, double x) {
        double term = 1;
        double sum = 1;
        for (int m = 1; term > NEGLIGIBLE * sum; m++) {
            term *= x / (a + m);
            sum += term;
        }
        return sum;
    }

    /** Log of the mass inside, or outside where {@code upper}: the integral through the saddle point. */
    private double contour(boolean upper) {
        double[] l = new double[dimension];
        double[] b2 = new double[dimension];
        double largest = 0;
        for (int j = 0; j < dimension; j++) {
            l[j] = variances[j] / radius / radius;
            b2[j] = shifts[j] / variances[j] * shifts[j];
            largest = Math.max(largest, l[j]);
        }
        double base = upper ? -0.5 / largest : 0;
        double low = upper ? Math.log(-base) - 700 : -50;
        double high = upper ? Math.log(-base) - 1e-12 : 50;
        while (!upper && slope(l, b2, largest, base, Math.exp(low)) > 0) {
            low -= 50;
        }
        while (!upper && slope(l, b2, largest, base, Math.exp(high)) < 0) {
            high += 50;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (slope(l, b2, largest, base, Math.exp(middle)) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        double a = Math.exp(0.5 * (low + high));
        double s0 = base + a;
        double[] w = new double[dimension];
        double curvature = 1 / (s0 * s0);
        double exponent = s0 - Math.log(Math.abs(s0));
        for (int j = 0; j < dimension; j++) {
            w[j] = factor(l[j], largest, upper, a);
            double share = l[j] / w[j];
            curvature += 2 * share * share * (1 + 2 * b2[j] / w[j]);
            exponent -= 0.5 * Math.log(w[j]) + b2[j] * share * s0;
        }
        double width = 1 / Math.sqrt(curvature);
        // a narrow parabola may come near the singularity of a smaller variance: every wider one is right, too
        for (double opening = a; opening < WIDEST * a; opening *= WIDER) {
            double total = parabola(l, b2, w, s0, opening, width);
            if (total > 0) {
                return exponent + Math.log(total * STEP * width / (2 * Math.PI));
            }
        }
        throw new ArithmeticException("the integral for a Gaussian ball did not end after " + MOST_NODES + " nodes");
    }

    /** The trapezoidal sum along a parabola; NaN where it does not end, or comes near a singularity. */
    private double parabola(double[] l, double[] b2, double[] w, double s0, double a, double width) {
        double total = 1;
        for (int i = 1; i <= MOST_NODES; i++) {
            double y = width * STEP * i;
            double re = -y * y / (4 * a);
            double dRe = re - logReal(re / s0, y / s0);
            double dIm = y - Math.atan2(y / s0, 1 + re / s0);
            for (int j = 0; j < dimension; j++) {
                double share = 2 * l[j] / w[j];
                double zRe = share * re;
                double zIm = share * y;
                dRe -= 0.5 * logReal(zRe, zIm);
                dIm -= 0.5 * Math.atan2(zIm, 1 + zRe);
                // b^2 l ds / (w (w + 2 l ds)) = b^2/(2 w) z/(1+z)
                double norm = (1 + zRe) * (1 + zRe) + zIm * zIm;
                double half = 0.5 * b2[j] / w[j];
                dRe -= half * (zRe * (1 + zRe) + zIm * zIm) / norm;
                dIm -= half * zIm / norm;
            }
            if (dRe > ABOVE) {
                return Double.NaN; // larger than at the saddle: beside a singularity
            }
            double size = Math.exp(dRe);
            double tilt = y / (2 * a);
            total += 2 * size * (Math.cos(dIm) - tilt * Math.sin(dIm));
            if (size * Math.hypot(1, tilt) < NEGLIGIBLE * Math.abs(total)) {
                return total;
            }
        }
        return Double.NaN;
    }

    /** {@code 1 + 2 l s} at s = base + a, without cancellation for the upper branch. */
    private static double factor(double l, double largest, boolean upper, double a) {
        return (upper ? 1 - l / largest : 1) + 2 * l * a;
    }

    /** The derivative of the exponent at s = base + a. */
    private static double slope(double[] l, double[] b2, double largest, double base, double a) {
        double sum = 1 - 1 / (base + a);
        for (int j = 0; j < l.length; j++) {
            double share = l[j] / factor(l[j], largest, base < 0, a);
            sum -= share * (1 + b2[j] * share / l[j]);
        }
        return sum;
    }

    /** Real part of {@code log(1 + z)}. */
    private static double logReal(double re, double im) {
        return 0.5 * Math.log1p(2 * re + re * re + im * im);
    }
}
