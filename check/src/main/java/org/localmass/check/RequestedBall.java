package org.localmass.check;

import org.localmass.core.internal.Arguments;

/** A centre whose nested balls the user wants to see. Immutable. */
public final class RequestedBall {
    /** The norms of the command line. */
    public enum NormKind {
        /** Euclidean. */
        L2,
        /** Maximum norm: cubes. */
        LINF,
        /** Mahalanobis norm of the reference's covariance. */
        MAHALANOBIS
    }

    private final int[] coordinates;
    private final double[] centre;
    private final NormKind norm;

    private RequestedBall(int[] coordinates, double[] centre, NormKind norm) {
        this.coordinates = coordinates;
        this.centre = centre;
        this.norm = norm;
    }

    /**
     * Balls around a centre in some coordinates.
     *
     * @param coordinates ascending column numbers of the shared parameters
     * @param centre      one finite value per coordinate
     * @param norm        which norm measures the radius
     * @throws IllegalArgumentException if the lengths differ or a value is not finite
     */
    public static RequestedBall of(int[] coordinates, double[] centre, NormKind norm) {
        Arguments.sameDimension(coordinates.length, centre.length);
        return new RequestedBall(coordinates.clone(), Arguments.finite("centre", centre.clone()), norm);
    }

    int[] coordinates() {
        return coordinates;
    }

    double[] centre() {
        return centre;
    }

    NormKind norm() {
        return norm;
    }
}
