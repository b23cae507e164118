package org.localmass.core.region;

import java.util.List;
import java.util.stream.IntStream;
import org.localmass.core.internal.Arguments;

/** The closed half-space {@code a . x <= c}. */
public final class HalfSpace implements Region {
    private final List<String> names;
    private final double[] normal;
    private final double offset;

    private HalfSpace(List<String> names, double[] normal, double offset) {
        this.names = names;
        this.normal = normal;
        this.offset = offset;
    }

    /**
     * A half-space.
     *
     * @param names  parameter names in column order
     * @param normal a, d finite values, not all zero; of any length
     * @param offset c, finite
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static HalfSpace of(List<String> names, double[] normal, double offset) {
        Arguments.sameDimension(names.size(), normal.length);
        Arguments.finite("normal", normal);
        if (IntStream.range(0, normal.length).allMatch(j -> normal[j] == 0)) {
            throw new IllegalArgumentException("normal must not be zero");
        }
        return new HalfSpace(List.copyOf(names), normal.clone(), Arguments.finite("offset", offset));
    }

    /** The normal vector a. A copy. */
    public double[] normal() {
        return normal.clone();
    }

    /** The offset c. */
    public double offset() {
        return offset;
    }

    @Override
    public int dimension() {
        return normal.length;
    }

    @Override
    public int[] coordinates() {
        return IntStream.range(0, normal.length).filter(j -> normal[j] != 0).toArray();
    }

    @Override
    public boolean contains(double[] point) {
        double sum = 0;
        for (int j = 0; j < normal.length; j++) {
            if (normal[j] != 0) {
                sum += normal[j] * point[j];
            }
        }
        return sum <= offset;
    }

    /** The half-space as a region expression, {@code 2 * x1 - x2 <= 3}. */
    @Override
    public String description() {
        StringBuilder text = new StringBuilder();
        for (int j : coordinates()) {
            double factor = normal[j];
            text.append(text.isEmpty() ? (factor < 0 ? "-" : "") : (factor < 0 ? " - " : " + "));
            if (Math.abs(factor) != 1) {
                text.append(RegionExpression.textOf(Math.abs(factor))).append(" * ");
            }
            text.append(RegionExpression.textOf(names.get(j)));
        }
        return text.append(" <= ").append(RegionExpression.textOf(offset)).toString();
    }
}
