package org.localmass.check;

import org.localmass.core.region.BoundPoint;

/**
 * A centre whose nested balls the user wants to see.
 *
 * @param centre the centre, bound to the shared parameters
 * @param norm   which norm measures the radius
 */
public record RequestedBall(BoundPoint centre, NormKind norm) {
    /** The norms of the command line. */
    public enum NormKind {
        /** Euclidean. */
        L2,
        /** Maximum norm: cubes. */
        LINF,
        /** Mahalanobis norm of the reference's covariance. */
        MAHALANOBIS
    }
}
