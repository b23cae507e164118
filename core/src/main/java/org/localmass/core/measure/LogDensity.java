package org.localmass.core.measure;

import java.util.function.ToDoubleFunction;

/**
 * The log of a density with respect to Lebesgue measure, in nats.
 *
 * <p>What is not visible in the numbers is a type: {@link Distribution} has a normalised density and
 * {@link UnnormalisedMeasure} one up to a constant; {@link Unconstrained} densities live on all of R^d and contain the
 * Jacobian of the map that brought them there, {@link Constrained} ones on a part of R^d.
 */
public interface LogDensity {
    /** Dimension d of the points. */
    int dimension();

    /** The log density at a point; {@code -inf} where the density is zero, {@code +inf} at a pole. */
    double value(double[] point);

    /** A log density given by a function of the point. */
    static LogDensity of(int dimension, ToDoubleFunction<double[]> function) {
        return new LogDensity() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public double value(double[] point) {
                return function.applyAsDouble(point);
            }
        };
    }

    /** A log density whose gradient is known. */
    interface Differentiable extends LogDensity {
        /**
         * The log density and its gradient.
         *
         * @param gradient d places, overwritten
         */
        double value(double[] point, double[] gradient);
    }

    /** A log density on all of R^d, including the log Jacobian of any transform. */
    interface Unconstrained extends LogDensity {}

    /** A log density on a part of R^d, its support. */
    interface Constrained extends LogDensity {
        /** Whether the point lies in the closure of the support. */
        boolean supports(double[] point);
    }
}
