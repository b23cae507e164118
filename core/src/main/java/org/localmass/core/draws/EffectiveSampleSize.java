package org.localmass.core.draws;

import java.util.Arrays;

/**
 * Effective sample size of an estimate: the number of independent draws that would give it the same error.
 *
 * <p>\[ \mathrm{ESS} = \frac{S}{\hat\tau},\quad \hat\tau = -1 + 2\sum_{t=0}^{T-1}\hat\rho_t + \hat\rho_T,\quad
 * \hat\rho_t = 1 - \frac{W - \bar\gamma_t}{\hat\sigma^2_+} \] with the mean autocovariance of the half-chains, and T
 * the end of Geyer's initial monotone sequence of pairs. tau is at least 1 / log10(S), so ESS at most S log10(S).
 *
 * <p>Shape: chains first, draws second; chains of unequal length count with their first n draws, n the length of the
 * shortest. Arrays are not modified. Weights are not used.
 * <br>Threshold: at least 100 per chain.
 * <br>Undefined (NaN): a value is not finite, all values are equal, or a half-chain holds fewer than 3 draws.
 * <br>Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-normalization, folding, and localization;
 * agrees with R package posterior 1.4.0 to 1e-12, see {@code docs/diagnostics.md} for where it departs.
 */
public final class EffectiveSampleSize {
    private EffectiveSampleSize() {}

    /**
     * Of the bulk of the distribution: of the mean of the normal scores of the ranks.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double bulk(double[][] chains) {
        return bulk(ChainTable.of(chains));
    }

    /**
     * Of the bulk of one parameter's distribution.
     *
     * @param parameter column, from 0
     */
    public static double bulk(Draws draws, int parameter) {
        return bulk(ChainTable.of(draws, parameter));
    }

    /**
     * Of the tails: the smaller of those of the 5% and the 95% quantile.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double tail(double[][] chains) {
        return tail(ChainTable.of(chains));
    }

    /**
     * Of the tails of one parameter's distribution.
     *
     * @param parameter column, from 0
     */
    public static double tail(Draws draws, int parameter) {
        return tail(ChainTable.of(draws, parameter));
    }

    /**
     * Of the mean. For an indicator's values 0 and 1 this is the one of the share of draws in its region.
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
     * Of the standard deviation: of the mean distance from the mean.
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
     * Of a quantile: of the share of draws that do not exceed it.
     *
     * @param p 0 to 1; 1 is read as 1 - 1/(2S)
     * @throws IllegalArgumentException if there is no chain, a chain is empty, or p is outside [0, 1]
     */
    public static double quantile(double[][] chains, double p) {
        return quantile(ChainTable.of(chains), p);
    }

    /**
     * Of a quantile of one parameter.
     *
     * @param parameter column, from 0
     * @param p         0 to 1; 1 is read as 1 - 1/(2S)
     * @throws IllegalArgumentException if p is outside [0, 1]
     */
    public static double quantile(Draws draws, int parameter, double p) {
        return quantile(ChainTable.of(draws, parameter), p);
    }

    /**
     * Of the mean, without cutting the chains into halves first.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double unsplit(double[][] chains) {
        ChainTable table = ChainTable.of(chains);
        return table.defined() ? ofSegments(table.values(), table.chains()) : Double.NaN;
    }

    static double bulk(ChainTable table) {
        return table.defined() ? ofSegments(table.scores(table.order()), table.segments()) : Double.NaN;
    }

    static double tail(ChainTable table) {
        return Math.min(quantile(table, 0.05), quantile(table, 0.95));
    }

    static double mean(ChainTable table) {
        return table.defined() ? ofSegments(table.halves(), table.segments()) : Double.NaN;
    }

    static double standardDeviation(ChainTable table) {
        double[] values = table.values();
        double mean = Moments.mean(values);
        double[] distances = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distances[i] = Math.abs(values[i] - mean);
        }
        return mean(table.with(distances));
    }

    static double quantile(ChainTable table, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p must lie in [0, 1], was " + p);
        }
        if (!table.defined()) {
            return Double.NaN;
        }
        double[] values = table.values();
        double edge = table.order().quantile(p == 1 ? (values.length - 0.5) / values.length : p);
        double[] inside = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            inside[i] = values[i] <= edge ? 1 : 0;
        }
        return mean(table.with(inside));
    }

    /** Effective sample size of the mean of k segments of equal length, one after the other. */
    static double ofSegments(double[] values, int segments) {
        int length = values.length / segments;
        if (length < 3 || ChainTable.constant(values)) {
            return Double.NaN;
        }
        Autocovariance covariance = new Autocovariance(values, segments);
        double variance = covariance.at(0);
        double within = variance * length / (length - 1);
        double total = within * (length - 1) / length;
        if (segments > 1) {
            total += Moments.variance(covariance.means());
        }
        double[] rho = new double[Math.min(length, 64)];
        double even = 1;
        double odd = 1 - (within - covariance.at(1)) / total;
        rho[0] = even;
        rho[1] = odd;
        int t = 0;
        while (t < length - 5 && even + odd > 0) {
            t += 2;
            even = 1 - (within - covariance.at(t)) / total;
            odd = 1 - (within - covariance.at(t + 1)) / total;
            if (t + 2 > rho.length) {
                rho = Arrays.copyOf(rho, Math.min(length, 2 * rho.length));
            }
            if (even + odd >= 0) {
                rho[t] = even;
                rho[t + 1] = odd;
            }
        }
        int end = t;
        if (even > 0) {
            rho[end] = even;
        }
        for (t = 2; t <= end - 2; t += 2) {
            double before = rho[t - 2] + rho[t - 1];
            if (rho[t] + rho[t + 1] > before) {
                rho[t] = 0.5 * before;
                rho[t + 1] = 0.5 * before;
            }
        }
        double sum = 0;
        for (t = 0; t < Math.max(end, 1); t++) {
            sum += rho[t];
        }
        double size = (double) segments * length;
        double time = Math.max(-1 + 2 * sum + rho[end], 1 / Math.log10(size));
        return size / time;
    }
}
