package org.localmass.vi.objective;

import java.util.Arrays;
import org.localmass.core.internal.Arguments;

/**
 * Weighted draws that stand for the target: n points of d coordinates with weights of sum 1. Not copied; not to be
 * modified.
 */
public final class Reference {
    private final double[][] points;
    private final double[] weights;

    private Reference(double[][] points, double[] weights) {
        this.points = points;
        this.weights = weights;
    }

    /** Points of equal weight; taken over. */
    public static Reference of(double[][] points) {
        double[] weights = new double[Arguments.positive("number of points", points.length)];
        Arrays.fill(weights, 1.0 / points.length);
        return new Reference(points, weights);
    }

    /**
     * Points with weights of any positive sum; the points are taken over.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite, or all are zero
     */
    public static Reference of(double[][] points, double[] weights) {
        Arguments.sameDimension(points.length, weights.length);
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("weight must be finite and not negative, was " + weight);
            }
            sum += weight;
        }
        Arguments.positive("sum of weights", sum);
        double[] shares = new double[weights.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = weights[i] / sum;
        }
        return new Reference(points, shares);
    }

    /** Number of points. */
    public int size() {
        return points.length;
    }

    /** Dimension d. */
    public int dimension() {
        return points[0].length;
    }

    /** A point, not a copy. */
    public double[] point(int i) {
        return points[i];
    }

    /** A weight; they sum to 1. */
    public double weight(int i) {
        return weights[i];
    }
}
