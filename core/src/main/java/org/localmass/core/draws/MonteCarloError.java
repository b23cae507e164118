package org.localmass.core.draws;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Monte Carlo standard error: how far an estimate from these draws is from the one of endless draws.
 *
 * <p>Shape: chains first, draws second; chains of unequal length count with their first n draws, n the length of the
 * shortest. Arrays are not modified. Weights are not used.
 * <br>Units: those of the parameter.
 * <br>Undefined (NaN): where the effective sample size is, see {@link EffectiveSampleSize}.
 * <br>Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-normalization, folding, and localization;
 * agrees with R package posterior 1.4.0 to 1e-12.
 */
public final class MonteCarloError {
    private static final double[] ONE_SIGMA = {0.1586553, 0.8413447};

    private MonteCarloError() {}

    /**
     * Of the mean: standard deviation over the square root of the mean's effective sample size.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double mean(double[][] chains) {
        return mean(ChainTable.of(chains));
    }

    /**
     * Of one parameter's mean.
     *
     * @param parameter column, from 0
     */
    public static double mean(Draws draws, int parameter) {
        return mean(ChainTable.of(draws, parameter));
    }

    /**
     * Of the standard deviation, from the effective sample size of the squared distance from the mean (delta method).
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double standardDeviation(double[][] chains) {
        return standardDeviation(ChainTable.of(chains));
    }

    /**
     * Of one parameter's standard deviation.
     *
     * @param parameter column, from 0
     */
    public static double standardDeviation(Draws draws, int parameter) {
        return standardDeviation(ChainTable.of(draws, parameter));
    }

    /**
     * Of a quantile: half the distance of the order statistics at the 16% and 84% quantiles of
     * \(\mathrm{Beta}(Np + 1, N(1-p) + 1)\), N the quantile's effective sample size.
     *
     * @param p 0 to 1
     * @throws IllegalArgumentException if there is no chain, a chain is empty, or p is outside [0, 1]
     */
    public static double quantile(double[][] chains, double p) {
        return quantile(ChainTable.of(chains), p);
    }

    /**
     * Of a quantile of one parameter.
     *
     * @param parameter column, from 0
     * @param p         0 to 1
     * @throws IllegalArgumentException if p is outside [0, 1]
     */
    public static double quantile(Draws draws, int parameter, double p) {
        return quantile(ChainTable.of(draws, parameter), p);
    }

    private static double mean(ChainTable table) {
        return Math.sqrt(Moments.variance(table.values()) / EffectiveSampleSize.mean(table));
    }

    private static double standardDeviation(ChainTable table) {
        double[] values = table.values();
        double mean = Moments.mean(values);
        double largest = 0;
        for (double x : values) {
            largest = Math.max(largest, Math.abs(x - mean));
        }
        if (!(largest > 0) || Double.isInfinite(largest)) {
            return Double.NaN;
        }
        // Fourth powers of a tiny or huge scale leave the range of double.
        int exponent = Math.getExponent(largest);
        double[] squares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double gap = Math.scalb(values[i] - mean, -exponent);
            squares[i] = gap * gap;
        }
        double variance = Moments.mean(squares);
        double spread = 0;
        for (double square : squares) {
            spread += (square - variance) * (square - variance);
        }
        double error = spread / squares.length / EffectiveSampleSize.mean(table.with(squares));
        return Math.scalb(Math.sqrt(error / variance / 4), exponent);
    }

    private static double quantile(ChainTable table, double p) {
        double size = EffectiveSampleSize.quantile(table, p);
        if (Double.isNaN(size)) {
            return Double.NaN;
        }
        double[] sorted = table.order().sorted;
        BetaDistribution beta = BetaDistribution.of(size * p + 1, size * (1 - p) + 1);
        double low = Math.floor(quantile(beta, ONE_SIGMA[0]) * sorted.length);
        double high = Math.ceil(quantile(beta, ONE_SIGMA[1]) * sorted.length);
        double below = sorted[Math.max((int) low, 1) - 1];
        double above = sorted[Math.min((int) high, sorted.length) - 1];
        return 0.5 * (above - below);
    }

    /** The beta quantile to full precision: Newton steps from the library's, which is good to 1e-9. */
    private static double quantile(BetaDistribution beta, double p) {
        double x = beta.inverseCumulativeProbability(p);
        for (int step = 0; step < 3; step++) {
            double next = x - (beta.cumulativeProbability(x) - p) / beta.density(x);
            if (!(next > 0 && next < 1)) {
                return x;
            }
            x = next;
        }
        return x;
    }
}
