package org.localmass.core.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The points whose score lies in an interval: {@code lower < s(x) <= upper}; an infinite end puts no bound on that side.
 *
 * <p>A point with a score of NaN is in no level set.
 */
public final class LevelSet implements Region {
    private final List<String> names;
    private final Score score;
    private final double lower;
    private final double upper;

    private LevelSet(List<String> names, Score score, double lower, double upper) {
        this.names = names;
        this.score = score;
        this.lower = lower;
        this.upper = upper;
    }

    /**
     * A level set.
     *
     * @param names all parameter names in column order
     * @throws IllegalArgumentException if the interval is empty or the score reads a column that is not there
     */
    public static LevelSet of(List<String> names, Score score, double lower, double upper) {
        if (!(lower < upper)) {
            throw new IllegalArgumentException("lower must be less than upper, was " + lower + " and " + upper);
        }
        for (int j : score.coordinates()) {
            if (j >= names.size()) {
                throw new IllegalArgumentException(
                        "coordinates must be from 0 to " + (names.size() - 1) + ", was " + j);
            }
        }
        return new LevelSet(List.copyOf(names), score, lower, upper);
    }

    /** The score. */
    public Score score() {
        return score;
    }

    /** Lower end, possibly {@code -inf}. */
    public double lower() {
        return lower;
    }

    /** Upper end, possibly {@code +inf}. */
    public double upper() {
        return upper;
    }

    /** Names of the coordinates that the score reads, in the score's order. */
    public List<String> coordinateNames() {
        return IntStream.of(score.coordinates()).mapToObj(names::get).toList();
    }

    /**
     * The coordinates that decide most, strongest first: those whose influence is at least a third of the largest.
     *
     * @param most how many at most
     */
    public List<Integer> strongest(int most) {
        int[] columns = score.coordinates();
        return ranked(most).stream().map(i -> columns[i]).toList();
    }

    /** Places of the strongest coordinates in the score's order. */
    private List<Integer> ranked(int most) {
        double[] influence = score.influence();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < influence.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble((Integer i) -> -Math.abs(influence[i])));
        List<Integer> strongest = new ArrayList<>();
        for (int i : order) {
            if (strongest.size() < most
                    && influence[i] != 0
                    && Math.abs(influence[i]) >= Math.abs(influence[order.get(0)]) / 3) {
                strongest.add(i);
            }
        }
        return strongest;
    }

    @Override
    public int dimension() {
        return names.size();
    }

    @Override
    public int[] coordinates() {
        int[] sorted = score.coordinates();
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public boolean contains(double[] point) {
        return holds(score.value(point));
    }

    /** Whether a value of the score lies in the interval. */
    public boolean holds(double value) {
        return (value > lower || (lower == Double.NEGATIVE_INFINITY && !Double.isNaN(value)))
                && (value <= upper || upper == Double.POSITIVE_INFINITY);
    }

    /** The score with its strongest coordinates: {@code projection(+beta[1], -tau, ...)}. */
    public String quantity() {
        int[] columns = score.coordinates();
        double[] influence = score.influence();
        List<String> parts = new ArrayList<>();
        for (int i : ranked(3)) {
            parts.add((influence[i] < 0 ? "-" : "+") + RegionExpression.textOf(names.get(columns[i])));
        }
        if (columns.length > parts.size()) {
            parts.add("...");
        }
        return score.label() + "(" + String.join(", ", parts) + ")";
    }

    /** The quantity and the interval, {@code projection(+beta[1], -tau, ...) > 3.5}. */
    @Override
    public String description() {
        String quantity = quantity();
        if (upper == Double.POSITIVE_INFINITY) {
            return quantity + " > " + RegionExpression.textOf(lower);
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return quantity + " <= " + RegionExpression.textOf(upper);
        }
        return RegionExpression.textOf(lower) + " < " + quantity + " <= " + RegionExpression.textOf(upper);
    }
}
