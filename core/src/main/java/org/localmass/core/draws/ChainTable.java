package org.localmass.core.draws;

import org.jspecify.annotations.Nullable;

/**
 * The values of one quantity, chains of one length one after the other, with what the diagnostics share: their order,
 * their halves and their normal scores.
 */
final class ChainTable {
    private final double[] values;
    private final int chains;
    private final int length;
    private final boolean defined;
    private @Nullable Order order;
    private @Nullable Order folded;

    private ChainTable(double[] values, int chains) {
        this.values = values;
        this.chains = chains;
        this.length = values.length / chains;
        boolean finite = true;
        boolean constant = true;
        for (double x : values) {
            finite &= Double.isFinite(x);
            constant &= x == values[0];
        }
        this.defined = finite && !constant;
    }

    /**
     * The chains, each cut to the length of the shortest.
     *
     * @throws IllegalArgumentException if there is no chain or a chain is empty
     */
    static ChainTable of(double[][] chains) {
        if (chains.length == 0) {
            throw new IllegalArgumentException("chains must number at least 1, was 0");
        }
        int length = Integer.MAX_VALUE;
        for (double[] chain : chains) {
            length = Math.min(length, chain.length);
        }
        if (length == 0) {
            throw new IllegalArgumentException("chains must hold at least 1 draw, was 0");
        }
        double[] values = new double[Math.multiplyExact(chains.length, length)];
        for (int c = 0; c < chains.length; c++) {
            System.arraycopy(chains[c], 0, values, c * length, length);
        }
        return new ChainTable(values, chains.length);
    }

    /** One parameter's chains, each cut to the length of the shortest. */
    static ChainTable of(Draws draws, int parameter) {
        if (parameter < 0 || parameter >= draws.dimension()) {
            throw new IllegalArgumentException(
                    "parameter must lie in [0, " + draws.dimension() + "), was " + parameter);
        }
        int length = Integer.MAX_VALUE;
        for (Chain chain : draws.chains()) {
            length = Math.min(length, chain.size());
        }
        int count = draws.chains().size();
        double[] values = new double[Math.multiplyExact(count, length)];
        for (int c = 0; c < count; c++) {
            draws.chains().get(c).slice(0, length).copyColumn(parameter, values, c * length);
        }
        return new ChainTable(values, count);
    }

    /** The same chains with other values, which are not copied. */
    ChainTable with(double[] other) {
        return new ChainTable(other, chains);
    }

    /** Whether the values are finite and not all equal. */
    boolean defined() {
        return defined;
    }

    /** Number of chains. */
    int chains() {
        return chains;
    }

    /** The values, chain after chain; not to be modified. */
    double[] values() {
        return values;
    }

    /** The values in increasing order. */
    Order order() {
        Order known = order;
        if (known == null) {
            known = Order.of(values);
            order = known;
        }
        return known;
    }

    /** The distances from the median in increasing order. */
    Order folded() {
        Order known = folded;
        if (known == null) {
            known = order().folded(order().median());
            folded = known;
        }
        return known;
    }

    /** Number of segments that the halves make: two a chain, or the chains themselves if they hold one draw. */
    int segments() {
        return length == 1 ? chains : 2 * chains;
    }

    /** The values cut into half-chains; the middle draw of an odd chain belongs to neither half. */
    double[] halves() {
        if (length == 1 || length % 2 == 0) {
            return values;
        }
        double[] halves = new double[values.length - chains];
        int half = length / 2;
        for (int c = 0; c < chains; c++) {
            System.arraycopy(values, c * length, halves, 2 * c * half, half);
            System.arraycopy(values, c * length + half + 1, halves, (2 * c + 1) * half, half);
        }
        return halves;
    }

    /** Normal scores of the values that {@link #halves} keeps, in its order; equal values share their mean rank. */
    double[] scores(Order ranked) {
        boolean whole = length == 1 || length % 2 == 0;
        int half = length / 2;
        int kept = whole ? values.length : values.length - chains;
        NormalScores normal = NormalScores.of(kept);
        double[] scores = new double[kept];
        int[] tied = new int[values.length];
        double[] sorted = ranked.sorted;
        int rank = 0;
        for (int i = 0; i < sorted.length; ) {
            double value = sorted[i];
            if (whole && (i + 1 == sorted.length || sorted[i + 1] != value)) {
                scores[ranked.places[i++]] = normal.at(++rank);
                continue;
            }
            int group = 0;
            for (; i < sorted.length && sorted[i] == value; i++) {
                int place = ranked.places[i];
                if (whole) {
                    tied[group++] = place;
                } else {
                    int chain = place / length;
                    int draw = place - chain * length;
                    if (draw != half) {
                        tied[group++] = 2 * chain * half + (draw < half ? draw : draw - 1);
                    }
                }
            }
            if (group > 0) {
                double score = normal.at(rank + 0.5 * (group + 1));
                for (int g = 0; g < group; g++) {
                    scores[tied[g]] = score;
                }
                rank += group;
            }
        }
        return scores;
    }

    /** Whether all values are equal. */
    static boolean constant(double[] values) {
        for (double x : values) {
            if (x != values[0]) {
                return false;
            }
        }
        return true;
    }
}
