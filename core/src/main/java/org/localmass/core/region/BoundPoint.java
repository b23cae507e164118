package org.localmass.core.region;

import java.util.Arrays;
import java.util.List;

/** A point in some or all coordinates of a space with named coordinates. Immutable. */
public final class BoundPoint {
    private final List<String> names;
    private final int[] coordinates;
    private final double[] centre;

    BoundPoint(List<String> names, int[] coordinates, double[] centre) {
        this.names = names;
        this.coordinates = coordinates;
        this.centre = centre;
    }

    /** Names of all coordinates of the space, in column order. */
    public List<String> names() {
        return names;
    }

    /** The coordinates that the point fixes, ascending, at least one. A copy. */
    public int[] coordinates() {
        return coordinates.clone();
    }

    /** The point's values, finite, one per coordinate. A copy. */
    public double[] centre() {
        return centre.clone();
    }

    /**
     * The ball around the point in the coordinates that it fixes.
     *
     * @throws IllegalArgumentException if the radius is not positive and finite, or the norm is made for another
     *     dimension
     */
    public Ball ball(double radius, Norm norm) {
        return Ball.of(names, coordinates, centre, radius, norm);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundPoint point
                && names.equals(point.names)
                && Arrays.equals(coordinates, point.coordinates)
                && Arrays.equals(centre, point.centre);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * names.hashCode() + Arrays.hashCode(coordinates)) + Arrays.hashCode(centre);
    }

    /** The point with the names of its coordinates, {@code tau=0, beta[3]=0}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < centre.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(RegionExpression.textOf(names.get(coordinates[i])))
                    .append('=')
                    .append(RegionExpression.textOf(centre[i]));
        }
        return text.toString();
    }
}
