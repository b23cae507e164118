package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.internal.Arguments;

/** The closed ball {@code N(x_A - t) <= r} in a group A of coordinates; the other coordinates are free. */
public final class Ball implements Region {
    private final List<String> names;
    private final int[] coordinates;
    private final double[] centre;
    private final double radius;
    private final Norm norm;

    private Ball(List<String> names, int[] coordinates, double[] centre, double radius, Norm norm) {
        this.names = names;
        this.coordinates = coordinates;
        this.centre = centre;
        this.radius = radius;
        this.norm = norm;
    }

    /**
     * A ball in the given coordinates.
     *
     * @param names       all parameter names in column order
     * @param coordinates the coordinates A of the ball, ascending
     * @param centre      t, one finite value per coordinate of A
     * @param radius      r, positive and finite
     * @throws IllegalArgumentException if a value breaks these rules or the norm is made for another dimension
     */
    public static Ball of(List<String> names, int[] coordinates, double[] centre, double radius, Norm norm) {
        Arguments.positive("number of coordinates", coordinates.length);
        Arguments.sameDimension(coordinates.length, centre.length);
        if (norm.dimension() != 0) {
            Arguments.sameDimension(norm.dimension(), centre.length);
        }
        for (int i = 0; i < coordinates.length; i++) {
            if (coordinates[i] < 0 || coordinates[i] >= names.size()) {
                throw new IllegalArgumentException(
                        "coordinates must be from 0 to " + (names.size() - 1) + ", was " + coordinates[i]);
            }
            if (i > 0 && coordinates[i - 1] >= coordinates[i]) {
                throw new IllegalArgumentException(
                        "coordinates must ascend, were " + coordinates[i - 1] + ", " + coordinates[i]);
            }
        }
        return new Ball(
                List.copyOf(names),
                coordinates.clone(),
                Arguments.finite("centre", centre.clone()),
                Arguments.positive("radius", radius),
                norm);
    }

    /** The ball of the same centre and norm with another radius. */
    public Ball withRadius(double r) {
        return new Ball(names, coordinates, centre, Arguments.positive("radius", r), norm);
    }

    @Override
    public int dimension() {
        return names.size();
    }

    @Override
    public int[] coordinates() {
        return coordinates.clone();
    }

    /** Names of the ball's coordinates. */
    public List<String> coordinateNames() {
        List<String> chosen = new ArrayList<>();
        for (int j : coordinates) {
            chosen.add(names.get(j));
        }
        return List.copyOf(chosen);
    }

    /** The centre t in the ball's coordinates. A copy. */
    public double[] centre() {
        return centre.clone();
    }

    /** The radius r. */
    public double radius() {
        return radius;
    }

    /** The norm N. */
    public Norm norm() {
        return norm;
    }

    /** Distance {@code N(x_A - t)} of a point of the whole space from the centre. */
    public double distance(double[] point) {
        return norm.distance(point, coordinates, centre);
    }

    @Override
    public boolean contains(double[] point) {
        return distance(point) <= radius;
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder("ball(");
        for (int i = 0; i < centre.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(RegionExpression.textOf(names.get(coordinates[i])))
                    .append('=')
                    .append(RegionExpression.textOf(centre[i]));
        }
        return text.append("; ")
                .append(norm.label())
                .append(" radius ")
                .append(RegionExpression.textOf(radius))
                .append(')')
                .toString();
    }
}
