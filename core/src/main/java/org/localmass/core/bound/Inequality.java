package org.localmass.core.bound;

/** The proved inequality that a bound comes from, by its label in docs/theory.md. */
public enum Inequality {
    /** Square roots of masses differ by at most the root of the divergence. */
    HELLINGER("T6.2(i)", "|sqrt Q - sqrt P| <= sqrt(c D), c = max(1, (1-alpha)/alpha), 1 from order 1 on"),
    /** An explicit quadratic below the generator, for orders up to 2. */
    BERNSTEIN("T6.2(ii)", "|Q - P| <= (cD + sqrt(c^2 D^2 + 2 alpha D P))/alpha, c = (2-alpha)/3"),
    /** The inverse branches of the generator: no better bound follows from the divergence alone. */
    SHARP("T6.3", "L <= Q/P <= U, the two solutions of f(x) = D/P"),
    /** The same from the divergence in the other direction. */
    DIRECTIONAL("T6.4", "1/U(E) <= Q/P <= 1/L(E), E = D(p||q)/Q"),
    /** Divergence of a coarser partition is a lower bound. */
    PARTITION("T6.7", "sum of p_i f(q_i/p_i) over disjoint cells <= D");

    private final String label;
    private final String sentence;

    Inequality(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** Its label in docs/theory.md. */
    public String label() {
        return label;
    }

    /** What it says. */
    public String sentence() {
        return sentence;
    }
}
