package org.localmass.check;

import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.estimate.ImportanceWeights;

/**
 * Global scores of the approximation; NaN where the evidence lacks them. None of them sees a region that the
 * approximation's draws never visit.
 *
 * @param khat          Pareto k-hat of the importance weights
 * @param khatThreshold largest acceptable k-hat at this number of draws
 * @param essFraction   Kish effective sample size of the weights as a share of the draws
 * @param elbo          evidence lower bound, nats
 * @param kl            KL(q to p), nats
 * @param logZ          log normalising constant, nats
 * @param why           why values are missing; empty if none is
 */
public record GlobalScores(
        double khat, double khatThreshold, double essFraction, double elbo, double kl, double logZ, String why) {

    /** The scores that the log densities beside an approximation's draws allow. */
    static GlobalScores of(Draws approximation) {
        return ImportanceWeights.of(approximation)
                .map(GlobalScores::of)
                .orElseGet(() -> new GlobalScores(
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        "the evidence is draws only: the approximation's file has no log densities"));
    }

    private static GlobalScores of(ImportanceWeights weights) {
        ParetoDiagnostic diagnostic = weights.diagnostic();
        String unknown = "ELBO, KL and log Z need an additive constant that the file does not give (" + weights.source()
                + " lacks it)";
        boolean fitted = diagnostic.status() == ParetoDiagnostic.Status.FITTED;
        return new GlobalScores(
                fitted ? diagnostic.kHat() : Double.NaN,
                fitted ? diagnostic.threshold() : Double.NaN,
                diagnostic.effectiveFraction(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                fitted ? unknown : diagnostic.status().sentence() + "; " + unknown);
    }
}
