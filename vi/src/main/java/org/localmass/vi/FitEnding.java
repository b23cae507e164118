package org.localmass.vi;

/** Why a fit ended. */
public enum FitEnding {
    /** The rules of stopping hold, and the constraints if there are any. */
    SETTLED("settled"),
    /** Draws or iterations were used up before the rules held. */
    BUDGET("used up its draws or iterations before it settled"),
    /** A caller asked it to end: the best so far. */
    CANCELLED("cancelled: this is the best so far"),
    /** The family cannot hold the constraints at a reasonable price: this is the unconstrained fit. */
    UNREPRESENTED("the family cannot represent the regions: this is the unconstrained fit"),
    /** The constrained fit was worse than its start on fresh draws: this is the start. */
    KEPT_START("no better than its start on fresh draws: this is the start"),
    /** The objective is not finite at the start. */
    START_NOT_FINITE("the target is not finite at the draws of the start"),
    /** Not yet. */
    RUNNING("not ended");

    private final String sentence;

    FitEnding(String sentence) {
        this.sentence = sentence;
    }

    /** The ending in words. */
    public String sentence() {
        return sentence;
    }
}
