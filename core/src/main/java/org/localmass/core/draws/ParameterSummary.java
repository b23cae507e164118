package org.localmass.core.draws;

/**
 * One parameter in numbers: location, spread and how well the draws know them.
 *
 * <p>Location and spread use all draws, the diagnostics those that {@link RHat} and {@link EffectiveSampleSize} use.
 * Weights are not used.
 * <br>Undefined (NaN): everything where a value is NaN; the diagnostics as described there.
 * <br>Accuracy: agrees with {@code summarise_draws} of R package posterior 1.4.0 to 1e-12.
 *
 * @param name    the parameter
 * @param mean    mean
 * @param median  median
 * @param sd      standard deviation with n - 1
 * @param mad     median distance from the median, times 1.4826 to equal the standard deviation of a normal
 * @param q5      5% quantile, linear between order statistics (type 7 of Hyndman and Fan)
 * @param q95     95% quantile
 * @param rHat    rank-normalised split R-hat
 * @param essBulk effective sample size of the bulk
 * @param essTail effective sample size of the tails
 */
public record ParameterSummary(
        String name,
        double mean,
        double median,
        double sd,
        double mad,
        double q5,
        double q95,
        double rHat,
        double essBulk,
        double essTail) {
    private static final double NORMAL_MAD = 1.4826;

    /**
     * The summary of one parameter.
     *
     * @param parameter column, from 0
     * @throws IllegalArgumentException if there is no such column
     */
    public static ParameterSummary of(Draws draws, int parameter) {
        ChainTable table = ChainTable.of(draws, parameter);
        String name = draws.names().get(parameter);
        double[] values = table.values().length == draws.size() ? table.values() : draws.column(parameter);
        for (double x : values) {
            if (Double.isNaN(x)) {
                double nan = Double.NaN;
                return new ParameterSummary(name, nan, nan, nan, nan, nan, nan, nan, nan, nan);
            }
        }
        boolean equalLengths = values == table.values();
        Order order = equalLengths ? table.order() : Order.of(values);
        double median = order.median();
        double mad = Double.NaN;
        if (Double.isFinite(median)) {
            Order folded = equalLengths ? table.folded() : order.folded(median);
            mad = NORMAL_MAD * folded.median();
        }
        double rHat = Double.NaN;
        double essBulk = Double.NaN;
        if (table.defined()) {
            double[] scores = table.scores(table.order());
            rHat = RHat.rankNormalised(table, scores);
            essBulk = EffectiveSampleSize.ofSegments(scores, table.segments());
        }
        return new ParameterSummary(
                name,
                Moments.mean(values),
                median,
                Math.sqrt(Moments.variance(values)),
                mad,
                order.quantile(0.05),
                order.quantile(0.95),
                rHat,
                essBulk,
                EffectiveSampleSize.tail(table));
    }
}
