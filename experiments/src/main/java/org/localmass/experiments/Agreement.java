package org.localmass.experiments;

/** How a published number and ours compare. */
public enum Agreement {
    /** Equal within the tolerance stated. */
    MATCH("match"),
    /** Not equal; the comparison says why. */
    DIFFERS("differs"),
    /** Not the same quantity, or not made from the same data. */
    NOT_COMPARABLE("not comparable");

    private final String label;

    Agreement(String label) {
        this.label = label;
    }

    /** The word for tables. */
    public String label() {
        return label;
    }
}
