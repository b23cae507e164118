package org.localmass.vi.fidelity;

import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;

/**
 * A region under the fit and under the target.
 *
 * @param name      what reports call it
 * @param origin    where it came from
 * @param region    in unconstrained coordinates
 * @param reference the target's probability, by draws the fit was not made from
 * @param mass      the fit's probability
 * @param ratio     of the fit's to the target's; its interval is that of the target's probability alone
 * @param price     nats of ELBO per unit of log mass at which the region is held; 0 where it holds by itself, NaN where it
 *     was not held
 * @param held      whether the fit was made under the constraint that the region keeps its mass
 */
public record FittedRegion(
        String name,
        RegionOrigin origin,
        Region region,
        MassEstimate reference,
        double mass,
        RatioEstimate ratio,
        double price,
        boolean held) {}
