package org.localmass.core.measure;

import org.localmass.core.region.Ball;
import org.localmass.core.region.Region;

/** Masses of regions that are put together from intervals, balls, boxes and half-spaces. */
final class RegionMass {
    private RegionMass() {}

    static double of(Distribution distribution, Region region) {
        if (region instanceof Ball ball && ball.coordinates().length == distribution.dimension()) {
            return distribution.logBallMass(ball.centre(), ball.radius(), ball.norm());
        }
        throw new NoClosedFormException("the mass of " + region.description() + " under " + distribution
                + " has no formula here: estimate it from draws");
    }
}
