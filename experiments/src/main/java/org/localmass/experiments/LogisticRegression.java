package org.localmass.experiments;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Bayesian logistic regression with a normal prior N(0, s^2 I), and its Laplace approximation.
 *
 * <p>\( -\log p(\theta|y) = \sum_i \log(1 + e^{x_i\theta}) - y_i x_i\theta + |\theta|^2/(2 s^2) + const \), convex.
 */
final class LogisticRegression {
    private static final int MOST_STEPS = 200;
    private static final double SMALLEST_RADIUS = 1e-14;

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

    private double objective(double[] theta) {
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

    private void derivatives(double[] theta, double[] gradient, DMatrixRMaj hessian) {
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

    /** Newton's method in a trust region: steps are shortened until the objective falls as its model says. */
    Laplace fit() {
        int d = design[0].length;
        double[] theta = new double[d];
        double[] gradient = new double[d];
        double[] trial = new double[d];
        DMatrixRMaj hessian = new DMatrixRMaj(d, d);
        double value = objective(theta);
        double radius = 1;
        int steps = 0;
        derivatives(theta, gradient, hessian);
        double best = largest(gradient);
        double[] bestTheta = theta.clone();
        while (steps < MOST_STEPS && radius > SMALLEST_RADIUS) {
            double[] step = step(hessian, gradient, radius);
            double model = 0;
            double length = 0;
            for (int j = 0; j < d; j++) {
                double curved = 0;
                for (int k = 0; k < d; k++) {
                    curved += hessian.get(j, k) * step[k];
                }
                model -= step[j] * (gradient[j] + 0.5 * curved);
                length += step[j] * step[j];
                trial[j] = theta[j] + step[j];
            }
            double next = objective(trial);
            steps++;
            // near the optimum the change drowns in the rounding of the objective: trust the model there
            double rounding = 1e-14 * Math.abs(value);
            double gain = model <= rounding ? 1 : (value - next) / model;
            if (gain > 0.1) {
                System.arraycopy(trial, 0, theta, 0, d);
                value = next;
                derivatives(theta, gradient, hessian);
                double now = largest(gradient);
                boolean better = now < best;
                if (better) {
                    best = now;
                    bestTheta = theta.clone();
                }
                if (model <= rounding && !better) {
                    break;
                }
                if (gain > 0.75 && Math.sqrt(length) > 0.9 * radius) {
                    radius *= 2;
                }
            } else {
                radius = 0.25 * Math.sqrt(length);
            }
        }
        derivatives(bestTheta, gradient, hessian);
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        if (!CommonOps_DDRM.invert(hessian, covariance)) {
            throw new IllegalStateException("the Hessian is singular");
        }
        double[][] rows = new double[d][d];
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                rows[j][k] = 0.5 * (covariance.get(j, k) + covariance.get(k, j));
            }
        }
        return new Laplace(bestTheta, rows, largest(gradient), objective(bestTheta), steps);
    }

    /** Minimiser of the quadratic model in the ball: the Newton step, or one on the sphere by bisection of the ridge. */
    private static double[] step(DMatrixRMaj hessian, double[] gradient, double radius) {
        double[] newton = ridge(hessian, gradient, 0);
        if (length(newton) <= radius) {
            return newton;
        }
        double low = 0;
        double high = length(gradient) / radius;
        double[] step = newton;
        for (int k = 0; k < 60; k++) {
            double middle = 0.5 * (low + high);
            step = ridge(hessian, gradient, middle);
            if (length(step) > radius) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return step;
    }

    private static double[] ridge(DMatrixRMaj hessian, double[] gradient, double shift) {
        int d = gradient.length;
        DMatrixRMaj shifted = hessian.copy();
        for (int j = 0; j < d; j++) {
            shifted.add(j, j, shift);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(d);
        if (!solver.setA(shifted)) {
            throw new IllegalStateException("the Hessian is not positive definite");
        }
        DMatrixRMaj x = new DMatrixRMaj(d, 1);
        solver.solve(new DMatrixRMaj(d, 1, true, gradient.clone()), x);
        double[] step = x.getData().clone();
        for (int j = 0; j < d; j++) {
            step[j] = -step[j];
        }
        return step;
    }

    private static double length(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    private static double largest(double[] v) {
        double most = 0;
        for (double x : v) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }
}
