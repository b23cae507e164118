package org.localmass.report;

import java.util.List;

/**
 * A figure as data: what is to be seen, not how it is drawn. {@link ChartJson} hands it to the page's chart library,
 * {@link StaticFigure} draws it as SVG, PNG or PDF.
 */
sealed interface Chart {
    /** Id within a page, a file name without its ending. */
    String id();

    /** Heading of the figure. */
    String title();

    /** What the figure shows, for those who do not see it. */
    String description();

    /** What a series stands for; decides its colour. */
    enum Role {
        REFERENCE,
        APPROXIMATION,
        UNDER,
        OVER,
        AGREES,
        OPEN;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How a series is drawn. */
    enum Form {
        /** Points joined by lines; with low and high, a band around them. */
        LINE,
        /** A histogram: one more x than y, the x being edges. */
        STEPS,
        /** Points of their own. */
        POINTS,
        /** Points that stand back. */
        FAINT_POINTS,
        /** A horizontal interval from low to high with a mark at x, in row y. */
        INTERVALS;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * An axis.
     *
     * @param label what it measures
     * @param log   whether it is logarithmic
     * @param from  lower end, NaN for the data's
     * @param to    upper end, NaN for the data's
     */
    record Axis(String label, boolean log, double from, double to) {
        static Axis linear(String label) {
            return new Axis(label, false, Double.NaN, Double.NaN);
        }

        static Axis log(String label) {
            return new Axis(label, true, Double.NaN, Double.NaN);
        }

        Axis within(double low, double high) {
            return new Axis(label, log, low, high);
        }
    }

    /**
     * A series.
     *
     * @param name its name in the legend; several series of one name share an entry
     * @param role what it stands for
     * @param form how it is drawn
     * @param x    positions
     * @param y    values
     * @param low  lower ends of intervals; empty if there are none
     * @param high upper ends of intervals; empty if there are none
     */
    record Series(
            String name, Role role, Form form, List<Double> x, List<Double> y, List<Double> low, List<Double> high) {
        public Series {
            x = List.copyOf(x);
            y = List.copyOf(y);
            low = List.copyOf(low);
            high = List.copyOf(high);
        }

        static Series of(String name, Role role, Form form, List<Double> x, List<Double> y) {
            return new Series(name, role, form, x, y, List.of(), List.of());
        }
    }

    /** A range of x that is shaded. */
    record Shade(double from, double to) {}

    /**
     * Series in a plane.
     *
     * @param rows labels of the rows of a chart of intervals, from the top; empty elsewhere
     */
    record Plot(
            String id,
            String title,
            String description,
            Axis x,
            Axis y,
            List<Series> series,
            List<Shade> shades,
            List<String> rows)
            implements Chart {
        public Plot {
            series = List.copyOf(series);
            shades = List.copyOf(shades);
            rows = List.copyOf(rows);
        }
    }

    /**
     * Coloured cells.
     *
     * @param columns labels of the columns
     * @param rows    labels of the rows, from the top
     * @param values  one list for each row; NaN where there is nothing to show
     */
    record Grid(
            String id,
            String title,
            String description,
            List<String> columns,
            List<String> rows,
            List<List<Double>> values)
            implements Chart {
        public Grid {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            values = List.copyOf(values);
        }
    }
}
