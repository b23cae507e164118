package org.localmass.core.draws;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chain: consecutive draws, stored by column. Immutable.
 *
 * <p>Shape: d columns of n values each, n at least 1; a slice shares the columns of the chain it was cut from.
 */
public final class Chain {
    private final double[][] columns;
    private final int from;
    private final int to;
    private final double @Nullable [] logWeights;
    private final Map<String, double[]> statistics;

    private Chain(
            double[][] columns, int from, int to, double @Nullable [] logWeights, Map<String, double[]> statistics) {
        this.columns = columns;
        this.from = from;
        this.to = to;
        this.logWeights = logWeights;
        this.statistics = statistics;
    }

    /**
     * A chain that takes over the given columns without copying them; the caller must not touch them afterwards.
     *
     * @param columns d arrays of one length
     * @throws IllegalArgumentException if there is no column, no draw, or the lengths differ
     */
    public static Chain adopt(double[]... columns) {
        return adopt(columns, null, Map.of());
    }

    /**
     * A chain that takes over columns, log weights and sample statistics without copying them.
     *
     * @param columns    d arrays of one length n
     * @param logWeights n log weights up to an additive constant, or null for equal weights; {@code -inf} is a weight
     *     of zero
     * @param statistics what the sampler says of each draw (such as {@code lp__}), by name; n values each, may hold NaN
     * @throws IllegalArgumentException if there is no column, no draw, the lengths differ, a log weight is NaN or
     *     {@code +inf}, or all weights are zero
     */
    public static Chain adopt(double[][] columns, double @Nullable [] logWeights, Map<String, double[]> statistics) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("columns must number at least 1, was 0");
        }
        int size = columns[0].length;
        if (size == 0) {
            throw new IllegalArgumentException("draws must number at least 1, was 0");
        }
        for (int j = 1; j < columns.length; j++) {
            sameLength("columns[" + j + "]", size, columns[j].length);
        }
        if (logWeights != null) {
            sameLength("logWeights", size, logWeights.length);
            boolean positive = false;
            for (int i = 0; i < size; i++) {
                double w = logWeights[i];
                if (Double.isNaN(w) || w == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException("logWeights[" + i + "] must be finite or -Infinity, was " + w);
                }
                positive |= w > Double.NEGATIVE_INFINITY;
            }
            if (!positive) {
                throw new IllegalArgumentException("logWeights must hold a positive weight, all " + size + " are zero");
            }
        }
        statistics.forEach((name, values) -> sameLength("statistic " + name, size, values.length));
        return new Chain(
                columns.clone(), 0, size, logWeights, Collections.unmodifiableMap(new LinkedHashMap<>(statistics)));
    }

    private static void sameLength(String name, int expected, int actual) {
        if (expected != actual) {
            throw new IllegalArgumentException(name + " must hold " + expected + " values, was " + actual);
        }
    }

    /** Number of draws, at least 1. */
    public int size() {
        return to - from;
    }

    /** Number of parameters. */
    public int dimension() {
        return columns.length;
    }

    /** Value of one parameter at one draw; both count from 0. */
    public double value(int draw, int parameter) {
        return columns[parameter][from + draw];
    }

    /** Copies one draw into {@code point}, which holds at least {@link #dimension()} values and is modified. */
    public void read(int draw, double[] point) {
        for (int j = 0; j < columns.length; j++) {
            point[j] = columns[j][from + draw];
        }
    }

    /** Copies the chosen coordinates of one draw into their places in {@code point}, which is modified. */
    public void read(int draw, int[] coordinates, double[] point) {
        for (int j : coordinates) {
            point[j] = columns[j][from + draw];
        }
    }

    /** A copy of one parameter's values in draw order. */
    public double[] column(int parameter) {
        return Arrays.copyOfRange(columns[parameter], from, to);
    }

    /** Copies one parameter's values into {@code target} from position {@code offset} on. */
    public void copyColumn(int parameter, double[] target, int offset) {
        System.arraycopy(columns[parameter], from, target, offset, size());
    }

    /**
     * Copies one parameter's values at the draws {@code begin} (inclusive) to {@code end} (exclusive) to the front of
     * {@code target}.
     */
    public void copyColumn(int parameter, int begin, int end, double[] target) {
        System.arraycopy(columns[parameter], from + begin, target, 0, end - begin);
    }

    /** Whether the draws carry weights. */
    public boolean weighted() {
        return logWeights != null;
    }

    /** Log weight of a draw, up to a constant shared by all chains of one set; 0 where there are no weights. */
    public double logWeight(int draw) {
        return logWeights == null ? 0 : logWeights[from + draw];
    }

    /** Names of the sample statistics in file order. */
    public Iterable<String> statisticNames() {
        return statistics.keySet();
    }

    /** A copy of a sample statistic, if the chain has it. */
    public Optional<double[]> statistic(String name) {
        double[] values = statistics.get(name);
        return values == null ? Optional.empty() : Optional.of(Arrays.copyOfRange(values, from, to));
    }

    /**
     * The draws {@code begin} (inclusive) to {@code end} (exclusive), sharing this chain's memory.
     *
     * @throws IllegalArgumentException if the range is empty or leaves the chain
     */
    public Chain slice(int begin, int end) {
        if (begin < 0 || end > size() || begin >= end) {
            throw new IllegalArgumentException(
                    "slice must be a non-empty part of [0, " + size() + "), was [" + begin + ", " + end + ")");
        }
        return new Chain(columns, from + begin, from + end, logWeights, statistics);
    }

    /** The chain with the chosen columns only, in the given order, sharing this chain's memory. */
    Chain select(int[] parameters) {
        double[][] chosen = new double[parameters.length][];
        for (int j = 0; j < parameters.length; j++) {
            chosen[j] = columns[parameters[j]];
        }
        return new Chain(chosen, from, to, logWeights, statistics);
    }
}
