package org.localmass.check;

import java.util.List;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.mass.MassEstimate;
import org.localmass.estimate.ScoreEstimate;

/**
 * What the importance weights of the approximation's draws say, region by region.
 *
 * @param source     where the weights come from, such as {@code log_p__ - log_g__}
 * @param diagnostic k-hat and Kish's effective sample size over all draws
 * @param unusable   draws whose weight cannot be used
 * @param complete   whether log q is known with its additive constant
 * @param elbo       evidence lower bound, nats; known up to that constant
 * @param kl         KL(q to p), nats, as far as q's draws reach; NaN where k-hat is too large
 * @param logZ       log normalising constant, nats, as far as q's draws reach; known up to that constant; NaN where
 *     k-hat is too large
 * @param regions    findings, named regions and modes in the order of the report
 * @param statements what follows, one sentence each
 */
public record WeightsEvidence(
        String source,
        ParetoDiagnostic diagnostic,
        int unusable,
        boolean complete,
        ScoreEstimate elbo,
        ScoreEstimate kl,
        ScoreEstimate logZ,
        List<RegionByWeights> regions,
        List<String> statements) {
    public WeightsEvidence {
        regions = List.copyOf(regions);
        statements = List.copyOf(statements);
    }

    /** How the weights and the reference agree about a region. */
    public enum Agreement {
        /** The two intervals overlap. */
        AGREES,
        /** The two intervals do not overlap. */
        DISAGREES,
        /** No draw of q lies in the region, or every one: the weights see nothing. */
        UNSEEN,
        /** There is no reference to compare with. */
        ALONE;

        /** The word used in reports. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A region's mass under p by weights.
     *
     * @param id         id of the finding, named region or mode
     * @param regionText the region in words
     * @param mass       mass under p by weights
     * @param diagnostic k-hat of the weights inside the region
     * @param agreement  how it compares with the reference
     */
    public record RegionByWeights(
            String id, String regionText, MassEstimate mass, ParetoDiagnostic diagnostic, Agreement agreement) {}
}
