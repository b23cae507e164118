package org.localmass.vi.objective;

import org.localmass.core.internal.Arguments;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.RegionEstimate;
import org.localmass.vi.family.RegionPoints;

/**
 * A region whose mass a fit is to keep.
 *
 * @param name          what reports call it
 * @param mass          its mass under the family
 * @param logReference  log of the posterior probability \( \hat p(B) \), at most 0
 * @param relativeError standard error of that probability over it; 0 where it is known
 */
public record TrackedRegion(String name, FamilyMass mass, double logReference, double relativeError) {
    public TrackedRegion {
        Arguments.finite("logReference", logReference);
        if (!(relativeError >= 0)) {
            throw new IllegalArgumentException("relativeError must not be negative, was " + relativeError);
        }
    }

    /**
     * A region by importance points.
     *
     * @param logNormaliser log of the integral of the target that the estimate is of
     * @throws IllegalArgumentException if the estimate is not {@link RegionEstimate#usable usable}
     */
    public static TrackedRegion of(String name, RegionPoints points, RegionEstimate estimate, double logNormaliser) {
        if (!estimate.usable()) {
            throw new IllegalArgumentException("estimate must be usable to hold a fit to it, was " + estimate);
        }
        return new TrackedRegion(name, points.mass(), estimate.logMass() - logNormaliser, estimate.relativeError());
    }

    /** A region whose probability is known. */
    public static TrackedRegion of(String name, FamilyMass mass, double logReference) {
        return new TrackedRegion(name, mass, logReference, 0);
    }
}
