package org.localmass.core.region;

import java.util.List;
import org.localmass.core.internal.Arguments;

/**
 * The points whose coordinate j lies in an interval: {@code lower < x_j <= upper} by default, closed below on request.
 *
 * <p>An infinite end puts no bound on that side, so an infinite value there is inside; NaN is in no interval. {@code lower == upper} with a closed lower end is a single value (an atom's
 * place). Half-open intervals between consecutive edges are disjoint and cover the line.
 */
public final class Interval implements Region {
    private final int dimension;
    private final int coordinate;
    private final String name;
    private final double lower;
    private final double upper;
    private final boolean lowerClosed;

    private Interval(int dimension, int coordinate, String name, double lower, double upper, boolean lowerClosed) {
        this.dimension = dimension;
        this.coordinate = coordinate;
        this.name = name;
        this.lower = lower;
        this.upper = upper;
        this.lowerClosed = lowerClosed;
    }

    /**
     * The points with {@code lower < x_j <= upper}.
     *
     * @param names      parameter names in column order
     * @param coordinate j, from 0
     * @throws IllegalArgumentException if an end is NaN, the interval is empty, or j is not a column
     */
    public static Interval halfOpen(List<String> names, int coordinate, double lower, double upper) {
        checkColumn(names, coordinate);
        if (!(lower < upper)) {
            throw new IllegalArgumentException("lower must be less than upper, was " + lower + " and " + upper);
        }
        return new Interval(names.size(), coordinate, names.get(coordinate), lower, upper, false);
    }

    /**
     * The points whose coordinate j equals {@code value} exactly.
     *
     * @throws IllegalArgumentException if the value is not finite, or j is not a column
     */
    public static Interval atom(List<String> names, int coordinate, double value) {
        checkColumn(names, coordinate);
        Arguments.finite("value", value);
        return new Interval(names.size(), coordinate, names.get(coordinate), value, value, true);
    }

    private static void checkColumn(List<String> names, int coordinate) {
        if (coordinate < 0 || coordinate >= names.size()) {
            throw new IllegalArgumentException(
                    "coordinate must be from 0 to " + (names.size() - 1) + ", was " + coordinate);
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int[] coordinates() {
        return new int[] {coordinate};
    }

    @Override
    public boolean contains(double[] point) {
        return contains(point[coordinate]);
    }

    /** Whether a value of the coordinate lies in the interval. */
    public boolean contains(double x) {
        if (lowerClosed) {
            return x == lower;
        }
        return x <= upper && (x > lower || lower == Double.NEGATIVE_INFINITY);
    }

    /** The coordinate j, from 0. */
    public int coordinate() {
        return coordinate;
    }

    /** Lower end, possibly {@code -inf}. */
    public double lower() {
        return lower;
    }

    /** Upper end, possibly {@code +inf}. */
    public double upper() {
        return upper;
    }

    /** Whether the interval is a single value. */
    public boolean isAtom() {
        return lowerClosed;
    }

    /** The interval as a region expression, {@code 0.1 < tau <= 0.5}, that reads back as the same set. */
    @Override
    public String description() {
        String quantity = RegionExpression.textOf(name);
        String low = RegionExpression.textOf(lower);
        String high = RegionExpression.textOf(upper);
        if (lowerClosed) {
            return quantity + " == " + low;
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return quantity + " <= " + high;
        }
        if (upper == Double.POSITIVE_INFINITY) {
            return quantity + " > " + low;
        }
        return low + " < " + quantity + " <= " + high;
    }
}
