package org.localmass.check;

import java.util.Optional;
import java.util.function.Function;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.PlantedModes;

/**
 * A target known by its log density, and what a search of it found.
 *
 * @param name            the target in words
 * @param evidence        what the search found, on unconstrained space
 * @param draws           the search's weighted draws as parameters, named and ordered as the approximation's that it is
 *     compared with; empty where the search found no mass
 * @param toUnconstrained a region of the parameters that are compared as one of unconstrained space; empty where it
 *     reads a parameter that the target lacks
 * @param planted         what the same search found of planted modes, where that was measured
 * @param whyNotPlanted   why it was not; empty where it was
 */
public record ExaminedDensity(
        String name,
        DensityEvidence evidence,
        Optional<Draws> draws,
        Function<Region, Optional<Region>> toUnconstrained,
        Optional<PlantedModes.Result> planted,
        String whyNotPlanted) {

    /** The mass of a region as a share of the mass found; empty where the region is none of the target. */
    Optional<MassEstimate> mass(Region region, double level) {
        return toUnconstrained.apply(region).map(r -> evidence.mass(r, level));
    }
}
