package org.localmass.check;

import java.util.List;
import java.util.Optional;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.estimate.explore.EvaluationCounts;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.estimate.explore.PlantedModes;

/**
 * What a search of the target's log density says, region by region. All masses are shares of the mass that it found.
 *
 * @param target     the target in words
 * @param converged  whether all checks of the search were passed; that may withhold a verdict and proves nothing
 * @param doubts     doubts with their numbers
 * @param logZ       log normalising constant of the mass found; empty where fewer than two runs arrived
 * @param counts     evaluations of the density, and its answers that were not finite
 * @param planted    what the same search found of planted modes, from wide to narrow; empty where that was not measured
 * @param plantedEvaluations evaluations that the planted modes took
 * @param regions    findings, named regions and modes in the order of the report, as far as they are the target's
 * @param searched   what was searched, one line each
 * @param unexamined what could have been missed, one sentence each
 * @param statements what follows, one sentence each
 */
public record SearchEvidence(
        String target,
        boolean converged,
        List<String> doubts,
        Optional<NormalisingConstant> logZ,
        EvaluationCounts counts,
        List<PlantedModes.Power> planted,
        long plantedEvaluations,
        List<RegionBySearch> regions,
        List<String> searched,
        List<String> unexamined,
        List<String> statements) {
    public SearchEvidence {
        doubts = List.copyOf(doubts);
        planted = List.copyOf(planted);
        regions = List.copyOf(regions);
        searched = List.copyOf(searched);
        unexamined = List.copyOf(unexamined);
        statements = List.copyOf(statements);
    }

    /**
     * A region's mass under p by the search.
     *
     * @param id          id of the finding, named region or mode
     * @param regionText  the region in words
     * @param mass        share of the mass found
     * @param explorers   explorers that met the region
     * @param ofExplorers explorers that arrived
     * @param runs        runs that the mass rests on and that met the region
     * @param ofRuns      runs that the mass rests on
     * @param drifting    whether the mass moved in one direction to the last, and the interval was extended
     * @param againstBulk ratio of q to p where both masses are taken relative to those of q's central half; empty where
     *     the search passed its checks
     * @param agreement   how it compares with the reference draws
     */
    public record RegionBySearch(
            String id,
            String regionText,
            MassEstimate mass,
            int explorers,
            int ofExplorers,
            int runs,
            int ofRuns,
            boolean drifting,
            Optional<RatioEstimate> againstBulk,
            Agreement agreement) {}
}
