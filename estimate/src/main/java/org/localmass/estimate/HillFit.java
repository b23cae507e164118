package org.localmass.estimate;

import org.localmass.core.index.Exponent;
import org.localmass.core.internal.Arguments;

/**
 * The exponent of a pure power law, read from the radii inside a window.
 *
 * <p>\[ \hat\kappa = \frac{k}{S}\,\frac{k_e-1}{k_e},\quad S = \sum_{\rho_i \le R} \log\frac{R}{\rho_i} \]
 *
 * <p>unbiased; \(2\kappa S k_e/k\) is chi-square with \(2 k_e\) degrees of freedom, exactly so for independent draws
 * (\(k_e = k\)) of a pure power law. Radii at or below a floor (rounding, underflow) are only known to lie there and
 * count in S with log(R/floor), not in k.
 * <br>Source: Hill (1975); Levina and Bickel (2004); docs/theory.md, E7.2.
 *
 * @param kappa          the estimate, with k_e at least 2 in it, and its interval
 * @param maximum        the maximum likelihood estimate k/S
 * @param draws          k, draws in the window above the floor
 * @param below          draws at or below the floor
 * @param effectiveDraws k_e, draws divided by their autocorrelation time (and by the spread of their weights)
 * @param radius         R, the window's outer radius
 * @param logSum         S, the sum of log(R/radius)
 */
public record HillFit(
        Exponent kappa, double maximum, int draws, int below, double effectiveDraws, double radius, double logSum) {

    /**
     * The fit of independent draws to the radii up to a fixed radius.
     *
     * @param radii  positive radii; those above R are left out; not modified
     * @param radius R, positive
     * @param level  of the interval, in (0, 1)
     * @throws IllegalArgumentException if a radius is not positive
     */
    public static HillFit within(double[] radii, double radius, double level) {
        Arguments.positive("radius", radius);
        Arguments.fraction("level", level);
        int k = 0;
        double sum = 0;
        for (int i = 0; i < radii.length; i++) {
            double rho = Arguments.positive("radii[" + i + "]", radii[i]);
            if (rho <= radius) {
                k++;
                sum += Math.log(radius / rho);
            }
        }
        return of(k, 0, k, radius, sum, level);
    }

    /**
     * The fit of independent draws to the k smallest radii; R is the next one.
     *
     * @param radii positive radii, more than k; not modified
     * @throws IllegalArgumentException if there are not more than k radii, or one is not positive
     */
    public static HillFit nearest(double[] radii, int k, double level) {
        Arguments.positive("k", k);
        if (radii.length <= k) {
            throw new IllegalArgumentException("radii must number more than " + k + ", was " + radii.length);
        }
        double[] sorted = radii.clone();
        java.util.Arrays.sort(sorted);
        double radius = Arguments.positive("radii", sorted[k]);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += Math.log(radius / Arguments.positive("radii", sorted[i]));
        }
        return of(k, 0, k, radius, sum, level);
    }

    static HillFit of(int draws, int below, double effective, double radius, double logSum, double level) {
        double maximum = draws / logSum;
        double scale = draws / (effective * logSum);
        double delta = 0.5 * (1 - level);
        double lower;
        double upper;
        if (draws == 0) {
            lower = 0;
            upper = logSum > 0 ? 0.5 * ChiSquare.upper(delta, 2) / logSum : Double.POSITIVE_INFINITY;
        } else if (!(logSum > 0)) {
            lower = 0;
            upper = Double.POSITIVE_INFINITY;
        } else {
            lower = 0.5 * ChiSquare.lower(delta, 2 * effective) * scale;
            upper = 0.5 * ChiSquare.upper(delta, 2 * effective + (below > 0 ? 2 : 0)) * scale;
        }
        double unbiased = draws > 1 ? maximum * (1 - 1 / Math.max(2, effective)) : Double.NaN;
        return new HillFit(new Exponent(unbiased, lower, upper), maximum, draws, below, effective, radius, logSum);
    }
}
