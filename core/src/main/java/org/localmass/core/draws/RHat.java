package org.localmass.core.draws;

/**
 * Potential scale reduction: whether the chains, and their halves, tell the same of a quantity.
 *
 * <p>\[ \hat R = \sqrt{\frac{1}{m}\Bigl(\frac{B}{W} + m - 1\Bigr)},\quad B = m\,\mathrm{var}_s(\bar x_s),\quad W =
 * \mathrm{mean}_s(\mathrm{var}_i(x_{s,i})) \] over k half-chains s of m draws.
 *
 * <p>Shape: chains first, draws second; chains of unequal length count with their first n draws, n the length of the
 * shortest. Arrays are not modified. Weights are not used.
 * <br>Threshold: at most 1.01. Chains that do not move but differ give {@code +inf}.
 * <br>Undefined (NaN): a value is not finite, all values are equal, or a half-chain holds fewer than 2 draws.
 * <br>Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-normalization, folding, and localization;
 * agrees with R package posterior 1.4.0 to 1e-12, see {@code docs/diagnostics.md} for where it departs.
 */
public final class RHat {
    private RHat() {}

    /**
     * Rank-normalised split R-hat: the greater of the one of the values (location) and the one of their distances
     * from the median (spread), each after its ranks were replaced by normal scores.
     *
     * <p>Where all distances from the median are equal (two values, each taken by half of the draws), the first alone.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double rankNormalised(double[][] chains) {
        return rankNormalised(ChainTable.of(chains));
    }

    /**
     * Rank-normalised split R-hat of one parameter.
     *
     * @param parameter column, from 0
     */
    public static double rankNormalised(Draws draws, int parameter) {
        return rankNormalised(ChainTable.of(draws, parameter));
    }

    /**
     * Split R-hat of the values as they are; not defined where the variance is not, as for Cauchy draws.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    public static double basic(double[][] chains) {
        return basic(ChainTable.of(chains));
    }

    /**
     * Split R-hat of one parameter's values as they are.
     *
     * @param parameter column, from 0
     */
    public static double basic(Draws draws, int parameter) {
        return basic(ChainTable.of(draws, parameter));
    }

    static double basic(ChainTable table) {
        return table.defined() ? ofSegments(table.halves(), table.segments()) : Double.NaN;
    }

    static double rankNormalised(ChainTable table) {
        return table.defined() ? rankNormalised(table, table.scores(table.order())) : Double.NaN;
    }

    /** The same from scores that the caller has. */
    static double rankNormalised(ChainTable table, double[] scores) {
        double bulk = ofSegments(scores, table.segments());
        double folded = ofSegments(table.scores(table.folded()), table.segments());
        return Double.isNaN(folded) ? bulk : Math.max(bulk, folded);
    }

    private static double ofSegments(double[] values, int segments) {
        int length = values.length / segments;
        if (segments < 2 || length < 2 || ChainTable.constant(values)) {
            return Double.NaN;
        }
        double[] means = new double[segments];
        double within = 0;
        double shift = values[0];
        double[] segment = new double[length];
        for (int s = 0; s < segments; s++) {
            for (int i = 0; i < length; i++) {
                segment[i] = values[s * length + i] - shift;
            }
            means[s] = Moments.mean(segment);
            within += Moments.variance(segment, 0, length, means[s]);
        }
        within /= segments;
        double between = length * Moments.variance(means);
        return Math.sqrt((between / within + length - 1) / length);
    }
}
