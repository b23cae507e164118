package org.localmass.core.measure;

import java.util.Arrays;

/** A log density that is a function of the squared Mahalanobis distance to a centre; one for each thread. */
abstract class QuadraticDensity implements LogDensity.Differentiable {
    private final double[] centre;
    private final boolean diagonal;
    private final double[] values;
    private final double[][] basis;
    private final double[] scratch;

    /** @param covariance of full rank */
    QuadraticDensity(double[] centre, Covariance covariance) {
        this.centre = centre;
        this.diagonal = covariance.isDiagonal();
        this.values = covariance.eigenvalues();
        this.basis = covariance.basis();
        this.scratch = new double[centre.length];
    }

    /** The log density at a squared distance. */
    abstract double log(double square);

    /** Twice the derivative of {@link #log}. */
    abstract double factor(double square);

    @Override
    public int dimension() {
        return centre.length;
    }

    @Override
    public double value(double[] point) {
        return value(point, scratch);
    }

    @Override
    public double value(double[] point, double[] gradient) {
        int d = centre.length;
        double square = 0;
        Arrays.fill(gradient, 0, d, 0);
        for (int i = 0; i < d; i++) {
            if (diagonal) {
                double gap = point[i] - centre[i];
                gradient[i] = gap / values[i];
                square += gap * gradient[i];
                continue;
            }
            double[] axis = basis[i];
            double along = 0;
            for (int j = 0; j < d; j++) {
                along += axis[j] * (point[j] - centre[j]);
            }
            double scaled = along / values[i];
            square += along * scaled;
            for (int j = 0; j < d; j++) {
                gradient[j] += scaled * axis[j];
            }
        }
        double factor = factor(square);
        for (int j = 0; j < d; j++) {
            gradient[j] *= factor;
        }
        return log(square);
    }
}
