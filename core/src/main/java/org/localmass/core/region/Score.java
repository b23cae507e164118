package org.localmass.core.region;

/**
 * A real function of a point whose level sets are regions.
 *
 * <p>Implementations are immutable and safe to use from several threads.
 */
public sealed interface Score permits DistanceScore, ForestScore, ProjectionScore {
    /** The coordinates that are read, each once. A copy. */
    int[] coordinates();

    /** Value at a point, of which only {@link #coordinates()} are read. Allocates; see {@link RegionBatch}. */
    double value(double[] point);

    /**
     * How much each of {@link #coordinates()} decides: larger in size is more, the sign says which way. Comparable
     * between the coordinates of one score only.
     */
    double[] influence();

    /** One word for reports: {@code projection}, {@code distance}, {@code trees}. */
    String label();
}
