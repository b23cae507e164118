package org.localmass.check;

/** The side of a parameter's distribution on which a region lies. */
public enum Side {
    LOWER,
    UPPER;

    /** The word used in reports. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
