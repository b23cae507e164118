package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.estimate.WeightedMass;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.NormalisingConstant;

/**
 * Global scores of the approximation; NaN where the evidence lacks them. None of them sees a region that the
 * approximation's draws never visit.
 *
 * @param khat          Pareto k-hat of the importance weights
 * @param khatThreshold largest acceptable k-hat at this number of draws
 * @param essFraction   Kish effective sample size of the weights as a share of the draws
 * @param elbo          evidence lower bound, nats
 * @param kl            KL(q to p), nats, as far as q's draws reach
 * @param logZ          log normalising constant, nats, as far as q's draws reach
 * @param why           why values are missing; empty if none is
 */
public record GlobalScores(
        double khat, double khatThreshold, double essFraction, double elbo, double kl, double logZ, String why) {

    /** The scores that the log densities beside an approximation's draws allow. */
    static GlobalScores of(Optional<ImportanceWeights> weights) {
        return weights.map(GlobalScores::of)
                .orElseGet(() -> new GlobalScores(
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        "the evidence is draws only: the approximation's file has no log densities"));
    }

    /**
     * The scores where the target's density was searched: log Z is that of the mass found, KL(q to p) is log Z - ELBO.
     *
     * @param weights with log p by that density where they are complete
     */
    static GlobalScores of(Optional<ImportanceWeights> weights, DensityEvidence evidence) {
        GlobalScores own = of(weights);
        boolean complete = weights.filter(ImportanceWeights::complete).isPresent();
        double elbo = complete ? own.elbo : Double.NaN;
        double logZ = evidence.logZ().map(NormalisingConstant::logZ).orElse(Double.NaN);
        List<String> why = new ArrayList<>();
        if (weights.isEmpty()) {
            why.add("k-hat, ELBO and KL need log q of each draw (a column log_approx, or --log-approx), which the"
                    + " approximation's file does not give");
        } else if (!complete) {
            why.add("ELBO and KL need log q with its additive constant, which the file does not give ("
                    + weights.get().source() + " lacks it)");
        }
        if (Double.isNaN(logZ)) {
            why.add("the search found no log Z");
        }
        return new GlobalScores(
                own.khat,
                own.khatThreshold,
                own.essFraction,
                elbo,
                elbo > Double.NEGATIVE_INFINITY ? logZ - elbo : complete ? Double.POSITIVE_INFINITY : Double.NaN,
                logZ,
                String.join("; ", why));
    }

    private static GlobalScores of(ImportanceWeights weights) {
        ParetoDiagnostic diagnostic = weights.diagnostic();
        boolean fitted = diagnostic.status() == ParetoDiagnostic.Status.FITTED;
        boolean usable = weights.positive() && !WeightedMass.tooHeavy(diagnostic);
        List<String> why = new ArrayList<>();
        if (!fitted) {
            why.add(diagnostic.status().sentence());
        }
        if (!weights.complete()) {
            why.add("ELBO and log Z need an additive constant that the file does not give (" + weights.source()
                    + " lacks it)");
        }
        if (!usable) {
            why.add("KL and log Z cannot be estimated from such weights");
        }
        return new GlobalScores(
                fitted ? diagnostic.kHat() : Double.NaN,
                fitted ? diagnostic.threshold() : Double.NaN,
                diagnostic.effectiveFraction(),
                weights.complete() ? weights.elbo().estimate() : Double.NaN,
                usable ? weights.kl().estimate() : Double.NaN,
                usable && weights.complete() ? weights.logZ().estimate() : Double.NaN,
                String.join("; ", why));
    }
}
