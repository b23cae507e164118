package org.localmass.check;

import org.localmass.core.internal.Arguments;

/**
 * A centre whose nested balls the user wants to see.
 *
 * @param coordinates the coordinates of the ball, ascending column numbers of the shared parameters
 * @param centre      one value per coordinate
 * @param norm        which norm measures the radius
 */
public record RequestedBall(int[] coordinates, double[] centre, NormKind norm) {
    /** The norms of the command line. */
    public enum NormKind {
        /** Euclidean. */
        L2,
        /** Maximum norm: cubes. */
        LINF,
        /** Mahalanobis norm of the reference's covariance. */
        MAHALANOBIS
    }

    public RequestedBall {
        coordinates = coordinates.clone();
        centre = Arguments.finite("centre", centre.clone());
    }

    @Override
    public int[] coordinates() {
        return coordinates.clone();
    }

    @Override
    public double[] centre() {
        return centre.clone();
    }
}
