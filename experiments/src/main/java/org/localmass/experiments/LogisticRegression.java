package org.localmass.experiments;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Bayesian logistic regression with a normal prior N(0, s^2 I), and its Laplace approximation.
 *
 * <p>\( -\log p(\theta|y) = \sum_i \log(1 + e^{x_i\theta}) - y_i x_i\theta + |\theta|^2/(2 s^2) + const \), convex.
 */
final class LogisticRegression implements TrustRegion.Objective {
    private final double[][] design;
    private final int[] outcome;
    private final double priorScale;

    /**
     * A regression.
     *
     * @param design     n rows of d values, the constant included
     * @param outcome    n values 0 or 1
     * @param priorScale s
     */
    LogisticRegression(double[][] design, int[] outcome, double priorScale) {
        this.design = design;
        this.outcome = outcome;
        this.priorScale = priorScale;
    }

    /**
     * The Laplace approximation.
     *
     * @param mean       the posterior mode
     * @param covariance inverse of the Hessian there
     * @param gradient   largest absolute value of the gradient there
     * @param objective  minus the log posterior there, up to its constant
     * @param steps      Newton steps taken
     */
    record Laplace(double[] mean, double[][] covariance, double gradient, double objective, int steps) {}

    @Override
    public int dimension() {
        return design[0].length;
    }

    @Override
    public double value(double[] theta) {
        double sum = 0;
        for (double t : theta) {
            sum += t * t;
        }
        sum /= 2 * priorScale * priorScale;
        for (int i = 0; i < design.length; i++) {
            double eta = dot(design[i], theta);
            // log(1 + exp(eta)) - y eta, without overflow or cancellation
            double signed = outcome[i] == 1 ? -eta : eta;
            sum += signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
        }
        return sum;
    }

    @Override
    public void derivatives(double[] theta, double[] gradient, DMatrixRMaj hessian) {
        int d = theta.length;
        double precision = 1 / (priorScale * priorScale);
        hessian.zero();
        for (int j = 0; j < d; j++) {
            gradient[j] = precision * theta[j];
            hessian.set(j, j, precision);
        }
        for (int i = 0; i < design.length; i++) {
            double eta = dot(design[i], theta);
            double p = eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
            double weight = 1 / (2 + Math.exp(eta) + Math.exp(-eta));
            for (int j = 0; j < d; j++) {
                gradient[j] += (p - outcome[i]) * design[i][j];
                for (int k = 0; k < d; k++) {
                    hessian.add(j, k, weight * design[i][j] * design[i][k]);
                }
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /** The Laplace approximation, by Newton's method in a trust region. */
    Laplace fit() {
        TrustRegion.Minimum minimum = TrustRegion.minimise(this, new double[dimension()]);
        return new Laplace(
                minimum.theta(), inverse(minimum.hessian()), minimum.gradient(), minimum.value(), minimum.steps());
    }

    /** The inverse of a symmetric matrix, symmetric in every bit. */
    static double[][] inverse(DMatrixRMaj matrix) {
        int d = matrix.getNumRows();
        DMatrixRMaj inverse = new DMatrixRMaj(d, d);
        if (!CommonOps_DDRM.invert(matrix, inverse)) {
            throw new IllegalStateException("the Hessian is singular");
        }
        double[][] rows = new double[d][d];
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                rows[j][k] = 0.5 * (inverse.get(j, k) + inverse.get(k, j));
            }
        }
        return rows;
    }
}
