package org.localmass.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.localmass.core.draws.Draws;

/**
 * Reference and approximation reduced to the parameters that both have, in the reference's order.
 *
 * @param reference           reference draws
 * @param approximation       draws of the approximation
 * @param onlyInReference     parameters that only the reference has
 * @param onlyInApproximation parameters that only the approximation has
 */
public record SharedParameters(
        Draws reference, Draws approximation, List<String> onlyInReference, List<String> onlyInApproximation) {
    public SharedParameters {
        onlyInReference = List.copyOf(onlyInReference);
        onlyInApproximation = List.copyOf(onlyInApproximation);
    }

    /**
     * Reduces two sets of draws to their common parameters.
     *
     * @throws IllegalArgumentException if they share none
     */
    public static SharedParameters of(Draws reference, Draws approximation) {
        Set<String> other = new HashSet<>(approximation.names());
        Set<String> known = new HashSet<>(reference.names());
        List<String> shared = new ArrayList<>();
        List<String> onlyInReference = new ArrayList<>();
        List<String> onlyInApproximation = new ArrayList<>();
        for (String name : reference.names()) {
            (other.contains(name) ? shared : onlyInReference).add(name);
        }
        for (String name : approximation.names()) {
            if (!known.contains(name)) {
                onlyInApproximation.add(name);
            }
        }
        if (shared.isEmpty()) {
            throw new IllegalArgumentException("reference and approximation must share a parameter; the reference has "
                    + some(reference.names()) + ", the approximation " + some(approximation.names()));
        }
        return new SharedParameters(
                reference.select(shared), approximation.select(shared), onlyInReference, onlyInApproximation);
    }

    private static String some(List<String> names) {
        int shown = Math.min(3, names.size());
        return String.join(", ", names.subList(0, shown)) + (names.size() > shown ? ", ..." : "");
    }
}
