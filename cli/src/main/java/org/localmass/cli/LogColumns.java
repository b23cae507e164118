package org.localmass.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Draws;
import org.localmass.estimate.ImportanceWeights;

/**
 * Which columns of the approximation's file hold log p and log q.
 *
 * @param target        column of log p; null for the columns that are known
 * @param approximation column of log q; null for the columns that are known
 */
record LogColumns(@Nullable String target, @Nullable String approximation) {
    /** The columns of Stan and of other tools that are known by name. */
    static final LogColumns KNOWN = new LogColumns(null, null);

    /**
     * The columns that the user named.
     *
     * @param model whether a model gives log p, so that its column is not needed
     */
    static LogColumns of(@Nullable String target, @Nullable String approximation, boolean model) throws BadInput {
        if ((target == null) != (approximation == null) && !(model && approximation != null)) {
            throw new BadInput("--log-target and --log-approx go together: "
                    + (target == null ? "--log-target" : "--log-approx") + " is missing");
        }
        return new LogColumns(target, approximation);
    }

    /** The weights, where the draws have the columns. */
    Optional<ImportanceWeights> weights(Draws draws) {
        return target == null || approximation == null
                ? ImportanceWeights.of(draws)
                : Optional.of(ImportanceWeights.of(draws, target, approximation));
    }

    /**
     * The draws without the named columns.
     *
     * @throws IllegalArgumentException if nothing else is left
     */
    Draws parameters(Draws draws) {
        List<String> kept = draws.names().stream()
                .filter(n -> !n.equals(target) && !n.equals(approximation))
                .toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("the approximation must have a parameter beside its log densities");
        }
        return kept.size() == draws.dimension() ? draws : draws.select(kept);
    }
}
