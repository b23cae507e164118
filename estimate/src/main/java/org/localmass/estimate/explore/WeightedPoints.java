package org.localmass.estimate.explore;

import org.localmass.core.internal.Arguments;

/** Points with normalised weights, by column, with their moments. Immutable. */
final class WeightedPoints {
    private final double[][] columns;
    private final double[] weights;
    private final double effective;
    private final double[] means;
    private final double[] spreads;
    private final boolean[] constant;

    private WeightedPoints(double[][] columns, double[] weights) {
        this.columns = columns;
        this.weights = weights;
        double total = 0;
        for (double w : weights) {
            total += w;
        }
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= total;
            squares += weights[i] * weights[i];
        }
        effective = 1 / squares;
        int d = columns.length;
        means = new double[d];
        spreads = new double[d];
        constant = new boolean[d];
        for (int j = 0; j < d; j++) {
            double[] column = columns[j];
            double mean = 0;
            for (int i = 0; i < weights.length; i++) {
                mean += weights[i] * column[i];
            }
            double variance = 0;
            for (int i = 0; i < weights.length; i++) {
                double gap = column[i] - mean;
                variance += weights[i] * gap * gap;
            }
            means[j] = mean;
            double sd = Math.sqrt(variance);
            // a column of rounding errors is a constant; it gets a scale that numbers of its size can bear
            constant[j] = !(sd > 1e-13 * Math.abs(mean));
            spreads[j] = constant[j] ? 1e-8 * (mean == 0 ? 1 : Math.abs(mean)) : sd;
        }
    }

    /**
     * Copies points.
     *
     * @param points  n rows of d finite values
     * @param weights n values, finite and not negative, of positive sum, in any unit
     */
    static WeightedPoints of(double[][] points, double[] weights) {
        Arguments.positive("points", points.length);
        if (weights.length != points.length) {
            throw new IllegalArgumentException("weights must have length " + points.length + ", was " + weights.length);
        }
        int d = Arguments.positive("dimension", points[0].length);
        double most = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0) || weights[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "weights[" + i + "] must be finite and not negative, was " + weights[i]);
            }
            most = Math.max(most, weights[i]);
        }
        Arguments.positive("largest weight", most);
        double[][] columns = new double[d][points.length];
        double[] scaled = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            Arguments.sameDimension(d, points[i].length);
            Arguments.finite("points[" + i + "]", points[i]);
            for (int j = 0; j < d; j++) {
                columns[j][i] = points[i][j];
            }
            scaled[i] = weights[i] / most;
        }
        return new WeightedPoints(columns, scaled);
    }

    /** The points chosen, with these weights (not normalised; by place in {@code chosen}, taken over). */
    WeightedPoints chosen(int[] chosen, double[] chosenWeights) {
        double[][] some = new double[columns.length][chosen.length];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < chosen.length; i++) {
                some[j][i] = columns[j][chosen[i]];
            }
        }
        return new WeightedPoints(some, chosenWeights);
    }

    /** Every so manyth point. */
    WeightedPoints thinned(int stride) {
        int count = (weights.length + stride - 1) / stride;
        int[] some = new int[count];
        double[] w = new double[count];
        double most = 0;
        for (int i = 0; i < count; i++) {
            some[i] = i * stride;
            w[i] = weights[some[i]];
            most = Math.max(most, w[i]);
        }
        return stride == 1 || most == 0 ? this : chosen(some, w);
    }

    int size() {
        return weights.length;
    }

    int dimension() {
        return columns.length;
    }

    /** Not to be modified. */
    double[] column(int j) {
        return columns[j];
    }

    /** Sum 1; not to be modified. */
    double[] weights() {
        return weights;
    }

    /** 1 over the sum of the squared weights. */
    double effective() {
        return effective;
    }

    double mean(int j) {
        return means[j];
    }

    /** Standard deviation; positive, also of a constant column. */
    double spread(int j) {
        return spreads[j];
    }

    boolean constant(int j) {
        return constant[j];
    }

    void read(int i, double[] point) {
        for (int j = 0; j < columns.length; j++) {
            point[j] = columns[j][i];
        }
    }
}
