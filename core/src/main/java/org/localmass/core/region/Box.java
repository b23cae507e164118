package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.internal.Arguments;

/** The closed box {@code lower_j <= x_j <= upper_j}; an infinite end puts no bound on that side. */
public final class Box implements Region {
    private final List<String> names;
    private final double[] lower;
    private final double[] upper;

    private Box(List<String> names, double[] lower, double[] upper) {
        this.names = names;
        this.lower = lower;
        this.upper = upper;
    }

    /**
     * A box.
     *
     * @param names parameter names in column order
     * @param lower d lower ends, possibly {@code -inf}
     * @param upper d upper ends, possibly {@code +inf}
     * @throws IllegalArgumentException if the lengths differ, an end is NaN, or a lower end exceeds the upper one
     */
    public static Box of(List<String> names, double[] lower, double[] upper) {
        Arguments.positive("number of names", names.size());
        Arguments.sameDimension(names.size(), lower.length);
        Arguments.sameDimension(names.size(), upper.length);
        for (int j = 0; j < lower.length; j++) {
            if (!(lower[j] <= upper[j])) {
                throw new IllegalArgumentException(
                        "lower[" + j + "] must not exceed upper[" + j + "], was " + lower[j] + " and " + upper[j]);
            }
        }
        return new Box(List.copyOf(names), lower.clone(), upper.clone());
    }

    /** Lower ends. A copy. */
    public double[] lower() {
        return lower.clone();
    }

    /** Upper ends. A copy. */
    public double[] upper() {
        return upper.clone();
    }

    @Override
    public int dimension() {
        return lower.length;
    }

    @Override
    public int[] coordinates() {
        return java.util.stream.IntStream.range(0, lower.length)
                .filter(this::bounds)
                .toArray();
    }

    private boolean bounds(int j) {
        return lower[j] > Double.NEGATIVE_INFINITY || upper[j] < Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean contains(double[] point) {
        for (int j = 0; j < lower.length; j++) {
            if (bounds(j) && !(point[j] >= lower[j] && point[j] <= upper[j])) {
                return false;
            }
        }
        return true;
    }

    /** The box as a region expression, {@code 0 <= x1 <= 1 & x2 >= 3}. */
    @Override
    public String description() {
        List<String> parts = new ArrayList<>();
        for (int j = 0; j < lower.length; j++) {
            String quantity = RegionExpression.textOf(names.get(j));
            boolean below = lower[j] > Double.NEGATIVE_INFINITY;
            boolean above = upper[j] < Double.POSITIVE_INFINITY;
            if (below && above) {
                parts.add(RegionExpression.textOf(lower[j]) + " <= " + quantity + " <= "
                        + RegionExpression.textOf(upper[j]));
            } else if (below || above) {
                parts.add(quantity + (below ? " >= " : " <= ") + RegionExpression.textOf(below ? lower[j] : upper[j]));
            }
        }
        return parts.isEmpty() ? RegionExpression.textOf(names.get(0)) + " >= -inf" : String.join(" & ", parts);
    }
}
