package org.localmass.vi.family;

/**
 * Working memory of one thread for evaluations of a {@link Mixture}. It holds the last point's shares
 * \( r_j = w_j N_j / q \) and scores, which the gradients read.
 */
public final class MixtureScratch {
    final double[][] work;
    final double[][] scores;
    final double[] shares;
    final double[] factors;
    final double[] logs;

    MixtureScratch(Family family, int d) {
        int components = family.components();
        work = new double[components][d + family.rank()];
        scores = new double[components][d];
        shares = new double[components];
        factors = new double[components];
        logs = new double[components];
    }

    /** The share of a component at the last point, \( w_j N_j / q \). */
    public double share(int component) {
        return shares[component];
    }

    /** \( a_j \) of a component at the last point: 1, or \( (\nu+d)/(\nu+\|y\|^2) \). */
    public double factor(int component) {
        return factors[component];
    }
}
