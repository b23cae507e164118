package org.localmass.estimate;

/** A reason to doubt an estimated divergence. */
public enum ReklCaution {
    /** Draws alone: the divergence may be larger. */
    LOWER_BOUND("from draws alone a divergence is bounded from below; finer shapes than the cells may differ more"),
    /** No partition of the ball promised a larger bound. */
    MASSES_ONLY("no cut of the ball promised more: the lower bound rests on the masses alone"),
    /** From order 1 on the integrand is not bounded. */
    HEAVY_INTEGRAND("from order 1 on the integrand is not bounded: the interval is approximate and certifies nothing"),
    /** Fewer than 30 draws in the ball. */
    FEW_DRAWS("fewer than 30 draws in the ball: the interval is wide");

    private final String sentence;

    ReklCaution(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }
}
