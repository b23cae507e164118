package org.localmass.estimate.density;

import java.util.List;
import org.localmass.core.mass.Caution;

/**
 * The ratio of the masses of two balls under one density, known up to a constant or not.
 *
 * @param logRatio    log of first over second, in nats
 * @param lower       log of the lower end of the interval
 * @param upper       log of the upper end
 * @param first       the first mass, up to the density's constant
 * @param second      the second mass, up to the same constant
 * @param cautions    reasons to doubt the values; empty if none was found
 */
public record BallMassRatio(
        double logRatio, double lower, double upper, BallMass first, BallMass second, List<Caution> cautions) {
    public BallMassRatio {
        cautions = List.copyOf(cautions);
    }
}
