package org.localmass.check;

/**
 * Global scores of the approximation; NaN where the evidence lacks them.
 *
 * @param khat        Pareto k-hat of the importance weights
 * @param essFraction Kish effective sample size of the weights as a share of the draws
 * @param elbo        evidence lower bound, nats
 * @param kl          KL(q to p), nats
 * @param logZ        log normalising constant, nats
 * @param why         why values are missing; empty if none is
 */
public record GlobalScores(double khat, double essFraction, double elbo, double kl, double logZ, String why) {
    static GlobalScores unknown(String why) {
        return new GlobalScores(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, why);
    }
}
