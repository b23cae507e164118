package org.localmass.check;

/** The type of a finding. */
public enum Kind {
    /** The outer part of a parameter's distribution. */
    TAIL,
    /** The part next to a bound of the parameter, such as a scale near zero. */
    BOUNDARY,
    /** A separate mode: missing, or invented. */
    MODE,
    /** A single value that carries probability. */
    ATOM,
    /** A region that needs several parameters to describe. */
    JOINT,
    /** Wrong weight of a mode or of the body. */
    WEIGHT,
    /** A wrong correlation. */
    CORRELATION,
    /** A region that the user named. */
    REQUESTED;

    /** The word used in reports. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
