package org.localmass.vi;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a fit maximises. */
public enum ObjectiveName {
    /** The evidence lower bound. */
    ELBO("elbo"),
    /** The evidence lower bound under the constraint that the masses of the tracked regions are kept. */
    ELBO_CONSTRAINED("elbo+al"),
    /** The evidence lower bound less a penalty on the masses of the tracked regions. */
    ELBO_MASS("elbo+mass"),
    /** The evidence lower bound plus the mean of log q over a reference. */
    JEFFREYS("jeffreys"),
    /** Jeffreys' objective less a penalty on the masses of the tracked regions. */
    JEFFREYS_MASS("jeffreys+mass");

    private final String label;

    ObjectiveName(String label) {
        this.label = label;
    }

    /** The name that the command line knows. */
    public String label() {
        return label;
    }

    boolean penalisesMass() {
        return this == ELBO_MASS || this == JEFFREYS_MASS;
    }

    boolean usesReference() {
        return this == JEFFREYS || this == JEFFREYS_MASS;
    }

    boolean usesRegions() {
        return this == ELBO_CONSTRAINED || penalisesMass();
    }

    /**
     * The objective of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ObjectiveName parse(String text) {
        for (ObjectiveName name : values()) {
            if (name.label.equals(text)) {
                return name;
            }
        }
        throw new IllegalArgumentException("objective must be one of "
                + Arrays.stream(values()).map(ObjectiveName::label).collect(Collectors.joining(", ")) + ", was "
                + text);
    }
}
