package org.localmass.vi.model;

/** The logistic function without loss in either tail. */
final class Logistic {
    private Logistic() {}

    /** \( 1/(1+e^{-u}) \). */
    static double value(double u) {
        if (u >= 0) {
            return 1 / (1 + Math.exp(-u));
        }
        double e = Math.exp(u);
        return e / (1 + e);
    }

    /** \( -\log(1+e^{-u}) \). */
    static double log(double u) {
        return u >= 0 ? -Math.log1p(Math.exp(-u)) : u - Math.log1p(Math.exp(u));
    }

    /** \( \log(1+e^u) \). */
    static double softplus(double u) {
        return -log(-u);
    }
}
