package org.localmass.io;

/** The side of a check that a file's content suggests. */
public enum Role {
    /** Draws of the target p, such as Markov chains. */
    REFERENCE,
    /** Draws of an approximation q, such as a variational family. */
    APPROXIMATION,
    /** The file does not tell. */
    UNKNOWN
}
