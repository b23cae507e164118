package org.localmass.estimate.density;

import org.localmass.core.measure.LogDensity;

/**
 * A density on R^d whose second derivatives are known, and bounded where a small ball lies. Small balls then have their
 * mass from three numbers, with a proved bound of the error (docs/theory.md, E7.4).
 */
public interface SmoothDensity extends LogDensity {
    /** \( \Delta p / p \) at a point where the density is positive. */
    double laplacian(double[] point);

    /**
     * A bound of \( |\Delta^2 p| / p(c) \) over the Euclidean ball of the given centre c and radius; infinite where
     * none is known.
     */
    double bilaplacianBound(double[] centre, double radius);
}
