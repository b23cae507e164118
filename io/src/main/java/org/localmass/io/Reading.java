package org.localmass.io;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How files are to be read.
 *
 * @param dropNonfinite    draws with a non-finite parameter are dropped and counted, not refused
 * @param ignoreNanColumns parameters that are NaN throughout are left out
 * @param group            the group of a file with groups; null for the usual one
 * @param arrangement      what the first axes of arrays without named axes are
 * @param burnIn           what is left out at the beginning of each chain
 * @param columns          what columns mean, by name, where the name alone does not tell
 */
record Reading(
        boolean dropNonfinite,
        boolean ignoreNanColumns,
        @Nullable String group,
        Arrangement arrangement,
        BurnIn burnIn,
        Map<String, ColumnRole> columns) {
    static final Reading DEFAULT = new Reading(false, false, null, Arrangement.AUTO, BurnIn.NONE, Map.of());

    Reading {
        columns = Map.copyOf(columns);
    }

    /** What a column of a file without a fixed set of columns is. */
    ColumnRole role(String name) {
        ColumnRole chosen = columns.get(name);
        return chosen == null ? ColumnRole.of(name) : chosen;
    }

    /** Whether non-finite parameters are left to be looked at when all draws are there. */
    boolean keepsNonfinite() {
        return ignoreNanColumns;
    }

    /** The same without a judgement on non-finite parameters. */
    Reading asRecognition() {
        return new Reading(true, false, group, arrangement, BurnIn.NONE, columns);
    }
}
