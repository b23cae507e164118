package org.localmass.core.region;

import org.localmass.core.internal.Arguments;

/** Euclidean distance from a centre in whitened normal scores, \( \lVert T z(x) - c \rVert \). */
public final class DistanceScore implements Score {
    private final NormalScoreMap map;
    private final Triangle triangle;
    private final double[] centre;

    private DistanceScore(NormalScoreMap map, Triangle triangle, double[] centre) {
        this.map = map;
        this.triangle = triangle;
        this.centre = centre;
    }

    /**
     * A distance.
     *
     * @param triangle T, of the dimension of the mapped coordinates
     * @param centre   c, finite
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static DistanceScore of(NormalScoreMap map, Triangle triangle, double[] centre) {
        Arguments.sameDimension(map.size(), triangle.dimension());
        Arguments.sameDimension(map.size(), centre.length);
        return new DistanceScore(map, triangle, Arguments.finite("centre", centre.clone()));
    }

    /** The map to normal scores. */
    public NormalScoreMap map() {
        return map;
    }

    /** The whitening T. */
    public Triangle triangle() {
        return triangle;
    }

    /** The centre c, in whitened scores. A copy. */
    public double[] centre() {
        return centre.clone();
    }

    @Override
    public int[] coordinates() {
        return map.coordinates();
    }

    @Override
    public double value(double[] point) {
        double[] z = new double[map.size()];
        double[] u = new double[map.size()];
        map.apply(point, z);
        triangle.apply(z, u);
        return ofWhitened(u);
    }

    double ofWhitened(double[] u) {
        double sum = 0;
        for (int i = 0; i < centre.length; i++) {
            double gap = u[i] - centre[i];
            sum += gap * gap;
        }
        return Math.sqrt(sum);
    }

    /** The centre as normal scores of the coordinates. */
    @Override
    public double[] influence() {
        return triangle.solve(centre);
    }

    @Override
    public String label() {
        return "distance";
    }
}
