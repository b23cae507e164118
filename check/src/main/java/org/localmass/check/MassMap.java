package org.localmass.check;

import java.util.List;
import org.localmass.core.mass.RatioEstimate;

/**
 * Every parameter's own distribution at a glance: the mass of q in cells between quantiles of p. A map to look at, not a
 * test: its intervals hold cell by cell and are not corrected for the number of cells.
 *
 * @param levels probabilities whose quantiles of p bound the cells, from 0 to 1
 * @param rows   one for each parameter, in column order
 */
public record MassMap(List<Double> levels, List<Row> rows) {
    public MassMap {
        levels = List.copyOf(levels);
        rows = List.copyOf(rows);
    }

    /** What a cell shows. */
    public enum Evidence {
        /** The interval of the ratio leaves out 1. */
        DIFFERS,
        /** The interval holds 1 and lies within a factor of two of it. */
        AGREES,
        /** The interval holds 1 and is wider: the draws do not tell. */
        WEAK,
        /** No cell: two quantiles of p coincide. */
        EMPTY;

        /** The word used in reports. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One parameter.
     *
     * @param parameter its name
     * @param cells     from the lower tail to the upper one
     */
    public record Row(String parameter, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * The values above {@code from} up to and including {@code to}.
     *
     * @param from              lower end; -inf in the first cell
     * @param to                upper end; +inf in the last cell
     * @param referenceMass     mass under p
     * @param approximationMass mass under q
     * @param ratio             q/p with its interval
     * @param evidence          what that interval says
     */
    public record Cell(
            double from,
            double to,
            double referenceMass,
            double approximationMass,
            RatioEstimate ratio,
            Evidence evidence) {}
}
