package org.localmass.core.measure;

/**
 * How one local mass compares with another as the ball shrinks.
 *
 * <p>Source: docs/theory.md D2.2.
 */
public enum Heaviness {
    /** The first mass outweighs the second by more than every constant, or both points are atoms and it is larger. */
    HEAVIER,
    /** The same exponents; at atoms, the same mass. */
    EQUAL,
    /** The second outweighs the first. */
    LIGHTER,
    /** The exponents decide nothing: both kappas are infinite, or they agree and a beta is undefined. */
    INCOMPARABLE;

    /** The comparison with the two sides exchanged. */
    public Heaviness reversed() {
        return switch (this) {
            case HEAVIER -> LIGHTER;
            case LIGHTER -> HEAVIER;
            case EQUAL, INCOMPARABLE -> this;
        };
    }
}
