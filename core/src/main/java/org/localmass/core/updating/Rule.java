package org.localmass.core.updating;

/** A result of docs/theory.md section 4 that a local law was updated by. */
public enum Rule {
    /** A value that is continuous and positive at the point. */
    REGULAR("T4.1", "a value that is continuous and positive at the point changes only the constant"),
    /** kappa + g positive. */
    POWER_LOG_A("T4.2 (a)", "kappa + g is positive: kappa gains g and beta gains h"),
    /** kappa + g = 0 and beta + h below -1. */
    POWER_LOG_B("T4.2 (b)", "kappa + g = 0 and beta + h is below -1: kappa is 0 without an atom, and beta gains h + 1"),
    /** kappa positive, otherwise. */
    POWER_LOG_C("T4.2 (c)", "kappa + g is negative, or 0 with beta + h not below -1: the mass is infinite"),
    /** kappa = 0 without an atom, g positive. */
    POWER_LOG_D("T4.2 (d)", "kappa = 0 without an atom and g is positive: kappa is g, and beta gains h - 1"),
    /** kappa = 0 without an atom, g = 0, beta + h negative. */
    POWER_LOG_E("T4.2 (e)", "kappa = 0 without an atom, g = 0 and beta + h is negative: beta gains h"),
    /** kappa = 0 without an atom, otherwise. */
    POWER_LOG_F(
            "T4.2 (f)",
            "kappa = 0 without an atom, and g is negative, or 0 with beta + h not negative: the mass is infinite"),
    /** A factor that is 0 or infinite at an atom. */
    ATOM("T4.2 (atom)", "a factor of 0 removes an atom, and an infinite one leaves no posterior"),
    /** A homogeneous factor that depends on the direction. */
    HOMOGENEOUS("T4.3", "a homogeneous factor multiplies a positive density; its integral over the ball decides"),
    /** A support that depends on the parameter. */
    SUPPORT("T4.4", "the support leaves the part of the ball that lies in it"),
    /** A softened boundary at a fixed width. */
    SOFT("T4.5 (i)", "a softened boundary of fixed width changes only the constant"),
    /** A power of the distance to a boundary through the point. */
    HINGE(
            "T4.5 (iv)",
            "a power of the distance to a boundary through the point; its integral over the half ball decides"),
    /** A factor that is flat at the point. */
    FLAT("T4.5 (v)", "a flat factor leaves less than every power of the radius");

    private final String label;
    private final String sentence;

    Rule(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** The place in docs/theory.md, such as {@code T4.2 (b)}. */
    public String label() {
        return label;
    }

    /** What it says, in a clause that can follow the label and a colon. */
    public String sentence() {
        return sentence;
    }
}
