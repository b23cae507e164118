package org.localmass.experiments;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Newton's method in a trust region: each step minimises the quadratic model in a ball, whose radius follows how well the
 * model foretells the objective (Nocedal and Wright 2006, chapter 4).
 */
final class TrustRegion {
    private static final int MOST_STEPS = 3000;
    private static final double SMALLEST_RADIUS = 1e-15;

    private TrustRegion() {}

    /** A smooth function of d variables. */
    interface Objective {
        int dimension();

        double value(double[] theta);

        /** Overwrites gradient and Hessian. */
        void derivatives(double[] theta, double[] gradient, DMatrixRMaj hessian);
    }

    /**
     * A minimum.
     *
     * @param theta    where
     * @param value    of the objective
     * @param gradient largest absolute value of the gradient
     * @param hessian  there
     * @param steps    taken
     */
    record Minimum(double[] theta, double value, double gradient, DMatrixRMaj hessian, int steps) {}

    static Minimum minimise(Objective objective, double[] start) {
        int d = objective.dimension();
        double[] theta = start.clone();
        double[] gradient = new double[d];
        double[] trial = new double[d];
        DMatrixRMaj hessian = new DMatrixRMaj(d, d);
        double value = objective.value(theta);
        double radius = 1;
        int steps = 0;
        objective.derivatives(theta, gradient, hessian);
        double best = largest(gradient);
        double[] bestTheta = theta.clone();
        while (steps < MOST_STEPS && radius > SMALLEST_RADIUS) {
            double[] step = step(hessian, gradient, radius);
            double model = 0;
            for (int j = 0; j < d; j++) {
                double curved = 0;
                for (int k = 0; k < d; k++) {
                    curved += hessian.get(j, k) * step[k];
                }
                model -= step[j] * (gradient[j] + 0.5 * curved);
                trial[j] = theta[j] + step[j];
            }
            double next = objective.value(trial);
            steps++;
            // near the optimum the change drowns in the rounding of the objective: trust the model there
            double rounding = 1e-14 * Math.abs(value);
            double gain = model <= rounding ? 1 : (value - next) / model;
            if (gain > 0.1) {
                System.arraycopy(trial, 0, theta, 0, d);
                value = next;
                objective.derivatives(theta, gradient, hessian);
                double now = largest(gradient);
                boolean better = now < best;
                if (better || model > rounding) {
                    best = now;
                    bestTheta = theta.clone();
                }
                if (model <= rounding && !better) {
                    break;
                }
                if (gain > 0.75 && length(step) > 0.9 * radius) {
                    radius *= 2;
                }
            } else {
                radius = 0.25 * length(step);
            }
        }
        objective.derivatives(bestTheta, gradient, hessian);
        return new Minimum(bestTheta, objective.value(bestTheta), largest(gradient), hessian, steps);
    }

    /** Minimiser of the quadratic model in the ball: the Newton step, or one on the sphere by bisection of the ridge. */
    private static double[] step(DMatrixRMaj hessian, double[] gradient, double radius) {
        double[] newton = ridge(hessian, gradient, 0);
        if (newton.length > 0 && length(newton) <= radius) {
            return newton;
        }
        double low = 0;
        double high = Math.max(1e-8, length(gradient) / radius);
        double[] step = ridge(hessian, gradient, high);
        while (step.length == 0 || length(step) > radius) {
            low = high;
            high *= 4;
            step = ridge(hessian, gradient, high);
        }
        for (int k = 0; k < 50 && length(step) < 0.95 * radius; k++) {
            double middle = 0.5 * (low + high);
            double[] closer = ridge(hessian, gradient, middle);
            if (closer.length == 0 || length(closer) > radius) {
                low = middle;
            } else {
                high = middle;
                step = closer;
            }
        }
        return step;
    }

    /** The step with a multiple of the identity added to the Hessian; empty where that is not positive definite. */
    private static double[] ridge(DMatrixRMaj hessian, double[] gradient, double shift) {
        int d = gradient.length;
        DMatrixRMaj shifted = hessian.copy();
        for (int j = 0; j < d; j++) {
            shifted.add(j, j, shift);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(d);
        if (!solver.setA(shifted)) {
            return new double[0];
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
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    private static double largest(double[] v) {
        double most = 0;
        for (double x : v) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }
}
