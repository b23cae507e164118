package org.localmass.estimate.explore;

/** A test on row-major points. */
@FunctionalInterface
interface Inside {
    /** Whether the point that begins at an offset lies inside. */
    boolean test(double[] points, int offset);
}
