package org.localmass.check;

/** The ways in which the scan looks at the draws. */
public enum View {
    /** Single values of one parameter. */
    ATOMS,
    /** Intervals of one parameter. */
    INTERVALS,
    /** Rectangles of two parameters. */
    PAIRS,
    /** Boxes of two to four parameters, grown condition by condition. */
    CONJUNCTIONS,
    /** Directions and radius of all parameters together. */
    PROJECTIONS,
    /** Balls, and the directions of their centres. */
    BALLS,
    /** Signs of three parameters around their medians. */
    PARITIES,
    /** Level sets of boosted trees that tell the two sets of draws apart. */
    TREES;

    /** The word used in reports. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
