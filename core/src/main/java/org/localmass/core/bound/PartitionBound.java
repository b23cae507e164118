package org.localmass.core.bound;

import org.localmass.core.divergence.Generator;
import org.localmass.core.internal.Arguments;

/**
 * Lower bounds of local RE-KL from the masses of disjoint cells. The cells must not come from the draws that estimate
 * their masses. Source: docs/theory.md T6.7.
 */
public final class PartitionBound {
    private PartitionBound() {}

    /**
     * \( \sum_i p_i f(q_i/p_i) \).
     *
     * @param p masses of the cells under p
     * @param q masses of the cells under q
     */
    public static double of(Generator f, double[] p, double[] q) {
        Arguments.sameDimension(p.length, q.length);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += f.perspective(p[i], q[i]);
        }
        return sum;
    }

    /** The bound of a coarser partition, whose cells are unions of the given ones. */
    public static double grouped(Generator f, double[] p, double[] q, int[][] groups) {
        double[] coarseP = new double[groups.length];
        double[] coarseQ = new double[groups.length];
        for (int g = 0; g < groups.length; g++) {
            for (int i : groups[g]) {
                coarseP[g] += p[i];
                coarseQ[g] += q[i];
            }
        }
        return of(f, coarseP, coarseQ);
    }

    /**
     * The least \( p f(q/p) \) over a box of two intervals: 0 where they overlap, else at the nearest corner.
     *
     * @throws IllegalArgumentException if an interval is empty or not within [0, inf)
     */
    public static double leastOverBox(Generator f, double pLower, double pUpper, double qLower, double qUpper) {
        if (!(pLower >= 0 && pLower <= pUpper && qLower >= 0 && qLower <= qUpper)) {
            throw new IllegalArgumentException("intervals must be [lower, upper] with 0 <= lower <= upper, were ["
                    + pLower + ", " + pUpper + "] and [" + qLower + ", " + qUpper + "]");
        }
        if (qUpper < pLower) {
            return f.perspective(pLower, qUpper);
        }
        return qLower > pUpper ? f.perspective(pUpper, qLower) : 0;
    }

    /**
     * A lower confidence bound from simultaneous intervals of the cells' masses: the sum of the least values over their
     * boxes.
     *
     * @param p one {@code {lower, upper}} a cell
     * @param q one {@code {lower, upper}} a cell
     */
    public static double lowerConfidence(Generator f, double[][] p, double[][] q) {
        Arguments.sameDimension(p.length, q.length);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += leastOverBox(f, p[i][0], p[i][1], q[i][0], q[i][1]);
        }
        return sum;
    }
}
