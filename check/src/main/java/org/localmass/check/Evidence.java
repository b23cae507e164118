package org.localmass.check;

import java.util.List;
import java.util.Optional;

/**
 * What the conclusions of a check rest on, and what lies beside the findings.
 *
 * @param source      where the masses of p come from
 * @param views       candidate regions of the scan by the view that proposed them, views without one left out
 * @param modes       modes of the pooled draws, largest first; empty if there is one
 * @param unconfirmed regions that differ without being confirmed, each with the caution that says why
 * @param weights     the masses by importance weights beside those of the reference, where the file has log densities
 * @param search      the masses by a search of the target's density, where there is one
 */
public record Evidence(
        Source source,
        List<ViewCount> views,
        List<Mode> modes,
        List<Finding> unconfirmed,
        Optional<WeightsEvidence> weights,
        Optional<SearchEvidence> search) {
    public Evidence {
        views = List.copyOf(views);
        modes = List.copyOf(modes);
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** Evidence without a density. */
    public Evidence(
            Source source,
            List<ViewCount> views,
            List<Mode> modes,
            List<Finding> unconfirmed,
            Optional<WeightsEvidence> weights) {
        this(source, views, modes, unconfirmed, weights, Optional.empty());
    }

    /** Evidence by draws, with nothing beside the findings. */
    public static Evidence ofDraws() {
        return new Evidence(Source.DRAWS, List.of(), List.of(), List.of(), Optional.empty());
    }

    /** Where the masses of p come from. */
    public enum Source {
        /** Reference draws of p. */
        DRAWS,
        /** Draws of q, weighted by the log densities beside them. */
        WEIGHTS,
        /** A search of p's log density. */
        DENSITY;

        /** The word used in reports. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * How many candidate regions a view proposed.
     *
     * @param view       the view
     * @param candidates regions of it that were tested, both folds together
     */
    public record ViewCount(View view, int candidates) {}
}
