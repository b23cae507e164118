package org.localmass.estimate.explore;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.localmass.core.measure.LogDensity;

/**
 * A user's log density that never fails: NaN, {@code +inf} and exceptions count as a density of zero, components of the
 * gradient that are not finite as zero. All of them are counted. For one thread.
 */
final class GuardedDensity {
    private final LogDensity.Differentiable target;
    private final int dimension;
    private final double[] copy;
    private final double[] unused;
    private long evaluations;
    private long zero;
    private long nan;
    private long infinite;
    private long badGradients;
    private final Map<String, Long> exceptions = new TreeMap<>();

    GuardedDensity(LogDensity.Differentiable target) {
        this.target = target;
        this.dimension = target.dimension();
        this.copy = new double[dimension];
        this.unused = new double[dimension];
    }

    int dimension() {
        return dimension;
    }

    /**
     * Log density and gradient.
     *
     * @param points   row-major points
     * @param offset   of the first coordinate
     * @param gradient d places, finite afterwards; all zero where the density is
     * @return a finite value or {@code -inf}
     */
    double value(double[] points, int offset, double[] gradient) {
        System.arraycopy(points, offset, copy, 0, dimension);
        evaluations++;
        double value;
        try {
            value = target.value(copy, gradient);
        } catch (RuntimeException e) {
            exceptions.merge(e.getClass().getSimpleName(), 1L, Long::sum);
            Arrays.fill(gradient, 0);
            return Double.NEGATIVE_INFINITY;
        }
        if (!finite(value)) {
            Arrays.fill(gradient, 0);
            return Double.NEGATIVE_INFINITY;
        }
        boolean bad = false;
        for (int j = 0; j < dimension; j++) {
            if (!Double.isFinite(gradient[j])) {
                gradient[j] = 0;
                bad = true;
            }
        }
        badGradients += bad ? 1 : 0;
        return value;
    }

    /** Log density; a finite value or {@code -inf}. */
    double value(double[] points, int offset) {
        System.arraycopy(points, offset, copy, 0, dimension);
        evaluations++;
        double value;
        try {
            // with the gradient: some densities know no other way, and a value must not depend on how it is asked for
            value = target.value(copy, unused);
        } catch (RuntimeException e) {
            exceptions.merge(e.getClass().getSimpleName(), 1L, Long::sum);
            return Double.NEGATIVE_INFINITY;
        }
        return finite(value) ? value : Double.NEGATIVE_INFINITY;
    }

    private boolean finite(double value) {
        if (Double.isNaN(value)) {
            nan++;
        } else if (value == Double.NEGATIVE_INFINITY) {
            zero++;
        } else if (value == Double.POSITIVE_INFINITY) {
            infinite++;
        } else {
            return true;
        }
        return false;
    }

    long evaluations() {
        return evaluations;
    }

    EvaluationCounts counts() {
        return new EvaluationCounts(evaluations, zero, nan, infinite, badGradients, exceptions);
    }
}
