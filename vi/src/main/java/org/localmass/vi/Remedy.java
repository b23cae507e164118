package org.localmass.vi;

/** What may help where a family cannot represent a region. */
public enum Remedy {
    /** A component more. */
    MIXTURE("a mixture with a component at the region (mixture:K with one more component)"),
    /** Heavier tails. */
    STUDENT("Student t components (t:4)"),
    /** Other coordinates. */
    REPARAMETERISE("a reparameterisation, such as non-centring where a scale parameter makes a neck"),
    /** Mass at a point. */
    ATOMS("a family with atoms, where the posterior's mass in small balls does not shrink with them");

    private final String sentence;

    Remedy(String sentence) {
        this.sentence = sentence;
    }

    /** The remedy in words. */
    public String sentence() {
        return sentence;
    }
}
