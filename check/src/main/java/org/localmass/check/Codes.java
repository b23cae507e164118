package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;

/**
 * Draws of both sides coded into ten bins a column: between the least value of q, its quantiles 2, 10, 25, 50, 75, 90 and
 * 98 %, and its largest value.
 *
 * <p>A side of a column is a union of neighbouring bins: nine lower, nine upper, three central ones.
 */
final class Codes {
    static final int BINS = 10;
    static final int SIDES = 21;

    private static final double[] LEVELS = {0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98};
    private static final int[] FROM = new int[SIDES];
    private static final int[] TO = new int[SIDES];

    static {
        for (int k = 1; k < BINS; k++) {
            TO[k - 1] = k;
            FROM[BINS - 2 + k] = k;
            TO[BINS - 2 + k] = BINS;
        }
        int[][] central = {{3, 7}, {4, 6}, {2, 8}};
        for (int i = 0; i < central.length; i++) {
            FROM[2 * (BINS - 1) + i] = central[i][0];
            TO[2 * (BINS - 1) + i] = central[i][1];
        }
    }

    private final Half half;
    private final int[] columns;
    private final double[][] edges;
    private final byte[][] p;
    private final byte[][] q;

    private Codes(Half half, int[] columns, double[][] edges, byte[][] p, byte[][] q) {
        this.half = half;
        this.columns = columns;
        this.edges = edges;
        this.p = p;
        this.q = q;
    }

    static Codes of(Half half) {
        int[] columns = half.screen().paired();
        double[][] edges = new double[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            double[] sorted = half.sortedQ(columns[i]);
            edges[i] = new double[BINS - 1];
            edges[i][0] = Math.nextDown(sorted[0]);
            for (int k = 0; k < LEVELS.length; k++) {
                edges[i][k + 1] = LineScan.quantile(sorted, LEVELS[k]);
            }
            edges[i][BINS - 2] = sorted[sorted.length - 1];
        }
        return new Codes(
                half, columns, edges, coded(half.p(), half, columns, edges), coded(half.q(), half, columns, edges));
    }

    private static byte[][] coded(SampledDraws draws, Half half, int[] columns, double[][] edges) {
        return half.workers()
                .map(columns.length, i -> {
                    double[] values = draws.column(columns[i]);
                    byte[] codes = new byte[values.length];
                    for (int t = 0; t < codes.length; t++) {
                        codes[t] = bin(edges[i], values[t]);
                    }
                    return codes;
                })
                .toArray(new byte[0][]);
    }

    /** Number of edges less than a value. */
    private static byte bin(double[] edges, double value) {
        byte bin = 0;
        for (double e : edges) {
            if (e < value) {
                bin++;
            }
        }
        return bin;
    }

    /** Number of coded columns. */
    int size() {
        return columns.length;
    }

    /** Bins of the reference's draws; not to be modified. */
    byte[] p(int i) {
        return p[i];
    }

    /** Bins of the approximation's draws; not to be modified. */
    byte[] q(int i) {
        return q[i];
    }

    /** First bin of a side. */
    static int from(int side) {
        return FROM[side];
    }

    /** Bin after the last one of a side. */
    static int to(int side) {
        return TO[side];
    }

    private double lower(int i, int side) {
        return FROM[side] == 0 ? Double.NEGATIVE_INFINITY : edges[i][FROM[side] - 1];
    }

    private double upper(int i, int side) {
        return TO[side] == BINS ? Double.POSITIVE_INFINITY : edges[i][TO[side] - 1];
    }

    /** Whether a side holds any value at all: its edges differ. */
    boolean proper(int i, int side) {
        return lower(i, side) < upper(i, side);
    }

    Half half() {
        return half;
    }

    /**
     * A condition {@code lower < x <= upper} on a coded column.
     *
     * @param column place among the coded columns
     */
    record Condition(int column, double lower, double upper) {}

    Condition condition(int i, int side) {
        return new Condition(i, lower(i, side), upper(i, side));
    }

    /** The region where all conditions hold. */
    Region region(List<Condition> conditions) {
        List<Region> intervals = new ArrayList<>();
        conditions.stream()
                .sorted(java.util.Comparator.comparingInt(Condition::column))
                .forEach(c -> intervals.add(Interval.halfOpen(half.names(), columns[c.column], c.lower, c.upper)));
        return intervals.size() == 1 ? intervals.get(0) : new Intersection(intervals);
    }

    /** Values of a coded column among the reference's or approximation's draws. */
    double[] values(boolean reference, int i) {
        return (reference ? half.p() : half.q()).column(columns[i]);
    }

    /** Whether each draw fulfils conditions on sides: {@code sides[i]} of coded column {@code chosen[i]}. */
    static boolean[] members(byte[][] codes, int[] chosen, int[] sides) {
        boolean[] member = new boolean[codes[0].length];
        Arrays.fill(member, true);
        for (int k = 0; k < chosen.length; k++) {
            byte[] column = codes[chosen[k]];
            int from = FROM[sides[k]];
            int to = TO[sides[k]];
            for (int t = 0; t < member.length; t++) {
                member[t] &= column[t] >= from && column[t] < to;
            }
        }
        return member;
    }

    byte[][] p() {
        return p;
    }

    byte[][] q() {
        return q;
    }
}
