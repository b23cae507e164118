package org.localmass.vi.atom;

/** The log likelihood of regression coefficients, with its gradient. */
public interface SlabLikelihood {
    /** Number p of coefficients. */
    int dimension();

    /** The log likelihood. */
    double value(double[] coefficients);

    /**
     * The log likelihood and its gradient.
     *
     * @param coefficients p values, not to be modified
     * @param gradient     p places, to be overwritten
     */
    double value(double[] coefficients, double[] gradient);
}
