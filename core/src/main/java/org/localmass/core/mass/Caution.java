package org.localmass.core.mass;

/** A reason to doubt an estimate. */
public enum Caution {
    /** Fewer than 30 effective draws in the region: the interval is approximate. */
    APPROXIMATE("fewer than 30 effective draws in the region: the interval is approximate"),
    /** Fewer than 5 effective draws: the widened rule that counts visits was used. */
    FEW_VISITS("fewer than 5 effective draws in the region: a conservative rule that counts visits was used"),
    /** No draw fell into the region: the interval is an upper limit. */
    NO_HITS("no draw in the region: the interval is an upper limit"),
    /** All visits to the region come from one chain of several. */
    ONE_CHAIN("seen by one chain only"),
    /** The reference chains disagree about the region (R-hat of its indicator above 1.1). */
    CHAINS_DISAGREE("the chains disagree about this region (R-hat of its indicator is above 1.1)"),
    /** The autocorrelation time exceeds a fiftieth of the chain: effective draws are poorly known. */
    LONG_AUTOCORRELATION("the autocorrelation time exceeds a fiftieth of the chain: effective draws are poorly known"),
    /** The indicator is zero on one side only in one measure: the ratio has no finite estimate. */
    UNBOUNDED_RATIO("one of the two masses may be zero: the ratio has no finite interval"),
    /** Weights evidence: no draw of q fell into the region, or all did. */
    UNSEEN("the approximation's draws are on one side only: weights cannot tell the target's mass here"),
    /** The requested accuracy was not reached within the evaluations allowed. */
    TOLERANCE_NOT_REACHED("the requested accuracy was not reached within the evaluations allowed"),
    /** A tenth of the integral comes from one point: narrow peaks may have been missed. */
    CONCENTRATED("a tenth of the integral comes from one point: narrow peaks may have been missed"),
    /** The largest importance weights have no finite variance (k-hat above its threshold): the error is understated. */
    HEAVY_WEIGHTS("k-hat of the importance weights is above its threshold: the error is understated"),
    /** The proposal and the draws hardly overlap: the bridge between them is weak. */
    POOR_OVERLAP("the proposal and the draws hardly overlap: the bridge between them is weak"),
    /** The slope of the mass drifts with the radius, slowly or down to the smallest window. */
    WINDOW_BIAS("the slope drifts with the radius: its limit may lie outside the interval"),
    /** The radii in the window span less than a factor of 2. */
    NARROW_WINDOW("the nearest draws span less than a factor of 2 in radius: nothing is known nearer to the point"),
    /** The interval of kappa supposes that there is no logarithm, which the draws do not exclude. */
    LOG_NOT_EXCLUDED("a logarithmic factor cannot be excluded; the interval of kappa supposes that there is none"),
    /** Radii are known to the file's digits only. */
    ROUNDED("values near the point are rounded: below that step an atom and a small kappa are one"),
    /** Zeros are what underflow of a law with very much mass near 0 gives, not an atom. */
    UNDERFLOW("zeros are explained by underflow of a law with very much mass near 0: no atom is concluded"),
    /** The point holds most draws, in few runs. */
    FEW_CHANGES("most draws are at the point, in too few runs to tell an atom from a stuck chain"),
    /** Too few draws away from the point to read a slope. */
    FEW_RADII("fewer than 4 different radii: no slope can be read");

    private final String sentence;

    Caution(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }
}
