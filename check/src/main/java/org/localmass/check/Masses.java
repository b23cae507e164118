package org.localmass.check;

import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;

/**
 * Masses of regions under both measures, from all draws.
 *
 * @param reference     how masses under p are estimated
 * @param approximation how masses under q are estimated
 * @param level         confidence level of one interval by itself
 */
record Masses(Measured reference, Measured approximation, double level) {
    /** Estimates the mass of a region with an interval of the given level. */
    @FunctionalInterface
    interface Measured {
        MassEstimate mass(Region region, double level);
    }

    /** Mass under p, its interval one of {@code family} that hold together. */
    MassEstimate p(Region region, int family) {
        return reference.mass(region, 1 - (1 - level) / Math.max(1, family));
    }

    /** Mass under q, its interval one of {@code family} that hold together. */
    MassEstimate q(Region region, int family) {
        return approximation.mass(region, 1 - (1 - level) / Math.max(1, family));
    }
}
