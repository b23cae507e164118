package org.localmass.estimate.explore;

/**
 * The mass of a region and who found it.
 *
 * @param mass       share of the mass found; NaN where no run arrived
 * @param error      its standard error before widening
 * @param lower      lower end of the interval
 * @param upper      upper end of the interval
 * @param weighted   the same share by importance sampling from the last learned density; NaN where there is none
 * @param weightedError standard error of that
 * @param localEffective effective importance draws on the side of the region's border that has fewer
 * @param explorers  explorers that arrived with a particle in the region
 * @param ofExplorers explorers that arrived
 * @param runs       runs used with a particle in the region
 * @param ofRuns     runs used
 * @param drifting   whether the estimate moved in one direction over the last stages, and the interval was extended
 */
public record RegionEvidence(
        double mass,
        double error,
        double lower,
        double upper,
        double weighted,
        double weightedError,
        double localEffective,
        int explorers,
        int ofExplorers,
        int runs,
        int ofRuns,
        boolean drifting) {}
