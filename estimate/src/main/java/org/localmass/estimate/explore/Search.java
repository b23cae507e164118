package org.localmass.estimate.explore;

import java.util.List;

/**
 * What was searched: the ground on which nothing else can be excluded.
 *
 * @param explorers    sequential Monte Carlo runs from the broad density
 * @param anchors      points of the user from which the density was climbed
 * @param starts       random starts of ascents
 * @param arrived      ascents, anchors included, that ended at an optimum
 * @param radii        distances of the random starts, in standard deviations of the approximation a coordinate
 * @param stages       learned densities that were sampled from
 * @param runs         sequential Monte Carlo runs in each stage, and as many longer ones at the end
 * @param draws        importance draws in each stage
 * @param temperatures of the longer runs, the most of any; 0 if there was none
 * @param transformed  whether maps were learned
 */
public record Search(
        List<Explorer> explorers,
        int anchors,
        int starts,
        int arrived,
        List<Double> radii,
        int stages,
        int runs,
        int draws,
        int temperatures,
        boolean transformed) {
    public Search {
        explorers = List.copyOf(explorers);
        radii = List.copyOf(radii);
    }

    /**
     * A run from the t_5 distribution with the approximation's mean and a multiple of its covariance.
     *
     * @param scale        factor on its standard deviations
     * @param particles    N
     * @param halving      whether its moves halve their steps (for necks) or not (for modes)
     * @param temperatures that it took
     * @param evaluations  that it took
     * @param arrived      whether it reached the target
     */
    public record Explorer(
            double scale, int particles, boolean halving, int temperatures, long evaluations, boolean arrived) {}
}
