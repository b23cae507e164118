package org.localmass.estimate.explore;

import java.util.Arrays;
import java.util.List;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;

/** A density with normal modes added to it. For one thread. */
final class PlantedDensity implements LogDensity.Differentiable {
    /**
     * A mode.
     *
     * @param centre  d values
     * @param width   standard deviations, in those of the whole
     * @param logMass nats, on the scale of the density
     */
    record Planted(double[] centre, double width, double logMass) {}

    private final LogDensity.Differentiable density;
    private final List<Planted> modes;
    /** Cholesky factor of the covariance of the whole, row-major. */
    private final double[] factor;

    private final int dimension;
    private final double[] work;
    private final double[] sum;
    private final double[] logs;
    private final double[] unused;
    private final double logConstant;

    PlantedDensity(LogDensity.Differentiable density, List<Planted> modes, double[] factor) {
        this.density = density;
        this.modes = modes;
        this.factor = factor;
        this.dimension = density.dimension();
        this.work = new double[dimension];
        this.sum = new double[modes.size() * dimension];
        this.logs = new double[modes.size()];
        this.unused = new double[dimension];
        double log = -0.5 * dimension * Math.log(2 * Math.PI);
        for (int j = 0; j < dimension; j++) {
            log -= Math.log(factor[j * dimension + j]);
        }
        this.logConstant = log;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double value(double[] point) {
        return value(point, unused);
    }

    @Override
    public double value(double[] point, double[] gradient) {
        double own = density.value(point, gradient);
        double all = own;
        for (int k = 0; k < logs.length; k++) {
            Planted mode = modes.get(k);
            double square = square(point, mode.centre, mode.width);
            logs[k] = mode.logMass + logConstant - dimension * Math.log(mode.width) - 0.5 * square;
            // gradient: -(s^2 L L^T)^-1 (x - m)
            for (int j = dimension - 1; j >= 0; j--) {
                double value = work[j];
                for (int i = j + 1; i < dimension; i++) {
                    value -= factor[i * dimension + j] * work[i];
                }
                work[j] = value / factor[j * dimension + j];
                sum[k * dimension + j] = -work[j] / mode.width;
            }
            all = LogSum.of(all, logs[k]);
        }
        if (own == Double.NEGATIVE_INFINITY) {
            Arrays.fill(gradient, 0);
        }
        double share = Math.exp(own - all);
        for (int j = 0; j < dimension; j++) {
            gradient[j] *= share;
        }
        for (int k = 0; k < logs.length; k++) {
            double part = Math.exp(logs[k] - all);
            for (int j = 0; j < dimension; j++) {
                gradient[j] += part * sum[k * dimension + j];
            }
        }
        return all;
    }

    /** Squared distance in widths; leaves the whitened gap in {@code work}. */
    private double square(double[] point, double[] centre, double width) {
        for (int j = 0; j < dimension; j++) {
            work[j] = (point[j] - centre[j]) / width;
        }
        Triangular.solve(factor, dimension, work);
        double square = 0;
        for (double z : work) {
            square += z * z;
        }
        return square;
    }

    /** Squared distance of a point from a mode, in its widths. */
    static double squaredDistance(Planted mode, double[] factor, double[] points, int offset) {
        int d = mode.centre.length;
        double[] gap = new double[d];
        for (int j = 0; j < d; j++) {
            gap[j] = (points[offset + j] - mode.centre[j]) / mode.width;
        }
        Triangular.solve(factor, d, gap);
        double square = 0;
        for (double z : gap) {
            square += z * z;
        }
        return square;
    }
}
