package org.localmass.io;

import java.util.Locale;
import java.util.Map;

/** What a column of a table of draws is. */
public enum ColumnRole {
    /** A parameter. */
    PARAMETER,
    /** What a sampler says of each draw; not a parameter. */
    STATISTIC,
    /** The number of the chain. */
    CHAIN,
    /** The number of the draw; a statistic. */
    ITERATION,
    /** A weight of the draw, not negative. */
    WEIGHT,
    /** The log of such a weight. */
    LOG_WEIGHT,
    /** The log density of the target at the draw; a statistic. */
    LOG_TARGET,
    /** The log density of the approximation at the draw; a statistic. */
    LOG_APPROX,
    /** A column that is left out. */
    IGNORE;

    private static final Map<String, ColumnRole> KNOWN = Map.ofEntries(
            Map.entry("chain", CHAIN),
            Map.entry("chain__", CHAIN),
            Map.entry(".chain", CHAIN),
            Map.entry("draw", ITERATION),
            Map.entry(".draw", ITERATION),
            Map.entry("draw__", ITERATION),
            Map.entry("iteration", ITERATION),
            Map.entry(".iteration", ITERATION),
            Map.entry("iter__", ITERATION),
            Map.entry("weight", WEIGHT),
            Map.entry(".weight", WEIGHT),
            Map.entry("weight__", WEIGHT),
            Map.entry("log_weight", LOG_WEIGHT),
            Map.entry(".log_weight", LOG_WEIGHT),
            Map.entry("log_weight__", LOG_WEIGHT),
            Map.entry("log_target", LOG_TARGET),
            Map.entry("log_p", LOG_TARGET),
            Map.entry("log_p__", LOG_TARGET),
            Map.entry("log_approx", LOG_APPROX),
            Map.entry("log_q", LOG_APPROX),
            Map.entry("log_q__", LOG_APPROX),
            Map.entry("log_g", LOG_APPROX),
            Map.entry("log_g__", LOG_APPROX));

    /** What a name says. */
    static ColumnRole of(String name) {
        ColumnRole known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        return name.endsWith("__") ? STATISTIC : PARAMETER;
    }

    /** Whether the values are kept among the sample statistics. */
    boolean isStatistic() {
        return this == STATISTIC || this == ITERATION || this == LOG_TARGET || this == LOG_APPROX;
    }

    /** Whether the values become log weights. */
    boolean isWeight() {
        return this == WEIGHT || this == LOG_WEIGHT;
    }

    /**
     * The name as options spell it: {@code log_weight}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ColumnRole parse(String text) {
        for (ColumnRole role : values()) {
            if (role.word().equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a column is one of parameter, statistic, chain, iteration, weight,"
                + " log_weight, log_target, log_approx, ignore, was '" + text + "'");
    }

    /** The spelling of options. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
