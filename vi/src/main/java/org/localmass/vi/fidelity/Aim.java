package org.localmass.vi.fidelity;

import java.util.Optional;
import org.localmass.vi.ObjectiveName;
import org.localmass.vi.objective.baseline.Bound;

/**
 * What a fit maximises: an objective with local terms, another bound, or the inclusive divergence to the reference.
 *
 * @param name  an objective of {@link ObjectiveName}
 * @param bound another bound
 */
record Aim(Optional<ObjectiveName> name, Optional<Bound> bound) {
    private static final String INCLUSIVE = "inclusive";

    static Aim of(ObjectiveName name) {
        return new Aim(Optional.of(name), Optional.empty());
    }

    /** @throws IllegalArgumentException if there is no such objective */
    static Aim parse(String text) {
        String word = text.strip();
        if (word.equals(INCLUSIVE)) {
            return new Aim(Optional.empty(), Optional.empty());
        }
        for (ObjectiveName name : ObjectiveName.values()) {
            if (name.label().equals(word)) {
                return of(name);
            }
        }
        try {
            return new Aim(Optional.empty(), Optional.of(Bound.parse(word)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "objective must be elbo+al, elbo, elbo+mass, jeffreys, jeffreys+mass, inclusive, iwae[:M], dreg[:M],"
                            + " renyi[:alpha], cubo[:n] or tail-adaptive, was " + text,
                    e);
        }
    }

    /** Whether masses are held by constraints. */
    boolean constrains() {
        return name.filter(n -> n == ObjectiveName.ELBO_CONSTRAINED).isPresent();
    }

    /** Whether the fit moves towards the reference. */
    boolean usesReference() {
        return name.filter(n -> n == ObjectiveName.JEFFREYS || n == ObjectiveName.JEFFREYS_MASS)
                .isPresent();
    }

    String label() {
        return name.map(ObjectiveName::label)
                .orElseGet(() -> bound.map(Bound::toString).orElse(INCLUSIVE));
    }
}
