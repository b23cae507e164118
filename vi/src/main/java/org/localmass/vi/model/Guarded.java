package org.localmass.vi.model;

import java.util.Arrays;
import org.localmass.core.measure.LogDensity;

/** A log density that is a finite number with a finite gradient, or {@code -inf} with gradient 0. */
abstract class Guarded implements LogDensity.Differentiable, LogDensity.Unconstrained {
    private final int dimension;
    private final double[] scratch;

    Guarded(int dimension) {
        this.dimension = dimension;
        this.scratch = new double[dimension];
    }

    static LogDensity.Differentiable of(LogDensity.Differentiable density) {
        return density instanceof Guarded ? density : new Foreign(density);
    }

    /** What was guarded, where it is a density of another's making. */
    static LogDensity.Differentiable inner(LogDensity.Differentiable density) {
        return density instanceof Foreign foreign ? foreign.density : density;
    }

    private static final class Foreign extends Guarded {
        private final LogDensity.Differentiable density;

        Foreign(LogDensity.Differentiable density) {
            super(density.dimension());
            this.density = density;
        }

        @Override
        double log(double[] point, double[] gradient) {
            return density.value(point, gradient);
        }
    }

    /** The log density and its gradient; where they are out of range, anything that is not finite. */
    abstract double log(double[] point, double[] gradient);

    @Override
    public final int dimension() {
        return dimension;
    }

    @Override
    public final double value(double[] point) {
        return value(point, scratch);
    }

    @Override
    public final double value(double[] point, double[] gradient) {
        double value = log(point, gradient);
        boolean finite = Double.isFinite(value);
        for (int j = 0; finite && j < dimension; j++) {
            finite = Double.isFinite(gradient[j]);
        }
        if (finite) {
            return value;
        }
        Arrays.fill(gradient, 0, dimension, 0);
        return Double.NEGATIVE_INFINITY;
    }
}
