package org.localmass.core.region;

/**
 * A measurable subset of parameter space, bound to a fixed order of parameters.
 *
 * <p>Implementations are immutable and safe to use from several threads.
 */
public sealed interface Region
        permits Ball, Box, Complement, HalfSpace, Intersection, Interval, LevelSet, Parity, Predicate {
    /** Dimension d of the points that {@link #contains} takes. */
    int dimension();

    /** The coordinates that decide, ascending; {@link #contains} reads no other. A copy. */
    int[] coordinates();

    /** Whether the point lies in the region. Only {@link #coordinates()} of the point are read. */
    boolean contains(double[] point);

    /** The region in words of the command line's region language, or for a ball its description. */
    String description();
}
