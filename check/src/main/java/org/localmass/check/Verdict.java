package org.localmass.check;

/** What a check concludes. */
public enum Verdict {
    /** Nothing confirmed, and the draws could have shown it. */
    NO_FINDING("no-finding"),
    /** At least one confirmed, material region. */
    FINDING("finding"),
    /** Nothing confirmed, and the draws are too few or too doubtful to have shown it. */
    INCONCLUSIVE("inconclusive");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** The word used in reports. */
    public String label() {
        return label;
    }
}
