package org.localmass.check;

/** Which way the approximation errs in a region. */
public enum Direction {
    /** The approximation gives the region less than the reference. */
    UNDER,
    /** The approximation gives the region more than the reference. */
    OVER;

    /** The word used in reports. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
