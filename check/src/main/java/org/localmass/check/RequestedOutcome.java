package org.localmass.check;

/** What was concluded about a region that the user named. */
public enum RequestedOutcome {
    /** The masses differ: significant over all requested regions, and material. */
    FINDING("finding"),
    /** The interval of the ratio excludes a difference by a factor of two or more. */
    AGREES("agrees"),
    /** Neither: more effective draws are needed. */
    INCONCLUSIVE("inconclusive");

    private final String label;

    RequestedOutcome(String label) {
        this.label = label;
    }

    /** The word used in reports. */
    public String label() {
        return label;
    }
}
