package org.localmass.core.region;

import java.util.Arrays;
import org.localmass.core.internal.Arguments;

/**
 * Maps coordinates to normal scores: each is piecewise linear through its knots.
 *
 * <p>Beyond the outermost knots the map continues with the mean slope of the last three pieces (of all, if there are
 * fewer); scores are clipped to [-8, 8]. NaN stays NaN.
 *
 * <p>Immutable and safe to use from several threads.
 */
public final class NormalScoreMap {
    /** Scores lie in [-LARGEST, LARGEST]. */
    public static final double LARGEST = 8;

    private static final int PIECES = 3;

    private final int[] coordinates;
    private final double[][] knots;
    private final double[][] scores;
    private final double[] slopeBelow;
    private final double[] slopeAbove;

    private NormalScoreMap(int[] coordinates, double[][] knots, double[][] scores) {
        this.coordinates = coordinates;
        this.knots = knots;
        this.scores = scores;
        this.slopeBelow = new double[knots.length];
        this.slopeAbove = new double[knots.length];
        for (int i = 0; i < knots.length; i++) {
            double[] x = knots[i];
            double[] z = scores[i];
            int last = x.length - 1;
            int near = Math.min(PIECES, last);
            slopeBelow[i] = (z[near] - z[0]) / (x[near] - x[0]);
            slopeAbove[i] = (z[last] - z[last - near]) / (x[last] - x[last - near]);
        }
    }

    /**
     * A map of some coordinates.
     *
     * @param coordinates the columns that are mapped, each once, in any order
     * @param knots       for each of them its knots, at least two, finite and strictly increasing
     * @param scores      for each knot its score, finite and strictly increasing
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static NormalScoreMap of(int[] coordinates, double[][] knots, double[][] scores) {
        Arguments.positive("number of coordinates", coordinates.length);
        Arguments.sameDimension(coordinates.length, knots.length);
        Arguments.sameDimension(coordinates.length, scores.length);
        distinct(coordinates);
        double[][] x = new double[knots.length][];
        double[][] z = new double[knots.length][];
        for (int i = 0; i < x.length; i++) {
            x[i] = increasing("knots", knots[i].clone());
            z[i] = increasing("scores", scores[i].clone());
            Arguments.sameDimension(x[i].length, z[i].length);
        }
        return new NormalScoreMap(coordinates.clone(), x, z);
    }

    /** Checks that columns are not negative and occur once. */
    static void distinct(int[] coordinates) {
        int[] sorted = coordinates.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] < 0 || (i > 0 && sorted[i] == sorted[i - 1])) {
                throw new IllegalArgumentException("coordinates must be columns, each once, was " + sorted[i]);
            }
        }
    }

    private static double[] increasing(String name, double[] values) {
        Arguments.finite(name, values);
        if (values.length < 2) {
            throw new IllegalArgumentException(name + " must number at least 2, was " + values.length);
        }
        for (int i = 1; i < values.length; i++) {
            if (!(values[i] > values[i - 1])) {
                throw new IllegalArgumentException(name + " must increase, was " + values[i - 1] + ", " + values[i]);
            }
        }
        return values;
    }

    /** Number of coordinates that are mapped. */
    public int size() {
        return coordinates.length;
    }

    /** The columns that are mapped. A copy. */
    public int[] coordinates() {
        return coordinates.clone();
    }

    /** Knots of the i-th mapped coordinate. A copy. */
    public double[] knots(int i) {
        return knots[i].clone();
    }

    /** Scores at the knots of the i-th mapped coordinate. A copy. */
    public double[] scores(int i) {
        return scores[i].clone();
    }

    /** Score of a value of the i-th mapped coordinate. */
    public double value(int i, double x) {
        double[] at = knots[i];
        double[] to = scores[i];
        int last = at.length - 1;
        if (x < at[0]) {
            return Math.max(-LARGEST, to[0] + slopeBelow[i] * (x - at[0]));
        }
        if (x > at[last]) {
            return Math.min(LARGEST, to[last] + slopeAbove[i] * (x - at[last]));
        }
        int low = 0;
        int high = last;
        while (high - low > 1) {
            int mid = (low + high) >>> 1;
            if (at[mid] <= x) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return to[low] + (to[high] - to[low]) * ((x - at[low]) / (at[high] - at[low]));
    }

    /**
     * Scores of a point.
     *
     * @param point  only the mapped coordinates are read
     * @param target receives {@link #size()} scores; modified
     */
    public void apply(double[] point, double[] target) {
        for (int i = 0; i < coordinates.length; i++) {
            target[i] = value(i, point[coordinates[i]]);
        }
    }

    @Override
    public String toString() {
        return "NormalScoreMap" + Arrays.toString(coordinates);
    }
}
