package org.localmass.estimate;

import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/**
 * Sums of the weights in a region.
 *
 * @param sum     sum of the weights, the largest of all draws counting 1
 * @param squares sum of their squares
 */
record WeightSums(double sum, double squares) {
    static WeightSums of(Draws draws, Membership membership) {
        double largest = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                largest = Math.max(largest, chain.logWeight(t));
            }
        }
        double sum = 0;
        double squares = 0;
        boolean[][] inside = membership.chains();
        for (int c = 0; c < inside.length; c++) {
            Chain chain = draws.chains().get(c);
            for (int t = 0; t < inside[c].length; t++) {
                if (inside[c][t]) {
                    double w = Math.exp(chain.logWeight(t) - largest);
                    sum += w;
                    squares += w * w;
                }
            }
        }
        return new WeightSums(sum, squares);
    }

    /** Kish's effective sample size, 0 where all weights are zero. */
    double kish() {
        return sum == 0 ? 0 : sum * (sum / squares);
    }
}
