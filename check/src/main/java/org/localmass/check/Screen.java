package org.localmass.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parameters that the views of several parameters look at: all that vary, or, where these are too many, those that
 * differ most, by themselves or in a correlation with another.
 *
 * @param paired columns whose pairs and conjunctions are looked at, ascending
 * @param joint  columns whose projections and balls are looked at, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // internal, not modified
record Screen(int[] paired, int[] joint) {
    static final int MOST_PAIRED = 400;
    static final int MOST_JOINT = 200;

    /** Draws from which correlations are taken to choose parameters. */
    private static final int ROWS = 4000;

    static Screen of(Half half) {
        int[] varying = IntStream.range(0, half.dimension())
                .filter(j -> half.sortedQ(j)[0] < half.sortedQ(j)[half.q().size() - 1])
                .toArray();
        if (varying.length <= MOST_JOINT) {
            return new Screen(varying, varying);
        }
        int[] ranked = ranked(half, varying);
        return new Screen(first(ranked, MOST_PAIRED), first(ranked, MOST_JOINT));
    }

    private static int[] first(int[] ranked, int most) {
        int[] chosen = Arrays.copyOf(ranked, Math.min(most, ranked.length));
        Arrays.sort(chosen);
        return chosen;
    }

    /** Columns alternating between the best intervals and the largest differences of a correlation. */
    private static int[] ranked(Half half, int[] varying) {
        double[][] p = ranks(half, varying, half.p());
        double[][] q = ranks(half, varying, half.q());
        int d = varying.length;
        List<double[]> rows = half.workers().map(d, j -> {
            double[] gaps = new double[d];
            for (int k = 0; k < d; k++) {
                gaps[k] = k == j ? 0 : Math.abs(Columns.dot(p[j], p[k]) - Columns.dot(q[j], q[k]));
            }
            return gaps;
        });
        double[] largest = new double[d];
        for (int j = 0; j < d; j++) {
            largest[j] = Arrays.stream(rows.get(j)).max().orElse(0);
        }
        int[] byMargin = order(j -> half.marginalScore(varying[j]), d);
        int[] byCorrelation = order(j -> largest[j], d);
        int[] ranked = new int[d];
        boolean[] taken = new boolean[d];
        int count = 0;
        for (int i = 0; i < d; i++) {
            for (int j : new int[] {byMargin[i], byCorrelation[i]}) {
                if (!taken[j]) {
                    taken[j] = true;
                    ranked[count++] = varying[j];
                }
            }
        }
        return ranked;
    }

    private static int[] order(java.util.function.IntToDoubleFunction value, int d) {
        return IntStream.range(0, d)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> -value.applyAsDouble(j)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Ranks of some draws among the approximation's, centred, of unit length. */
    private static double[][] ranks(Half half, int[] columns, SampledDraws draws) {
        int stride = (draws.size() - 1) / ROWS + 1;
        int rows = (draws.size() - 1) / stride + 1;
        return half.workers()
                .map(columns.length, i -> {
                    double[] sorted = half.sortedQ(columns[i]);
                    double[] values = draws.column(columns[i]);
                    double[] ranks = new double[rows];
                    for (int t = 0; t < rows; t++) {
                        ranks[t] = SortedColumn.upTo(sorted, values[t * stride]);
                    }
                    Columns.standardise(ranks);
                    return ranks;
                })
                .toArray(new double[0][]);
    }
}
