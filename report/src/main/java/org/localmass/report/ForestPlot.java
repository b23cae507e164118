package org.localmass.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.Finding;
import org.localmass.check.RequestedOutcome;
import org.localmass.check.RequestedRegion;
import org.localmass.core.mass.RatioEstimate;

/**
 * Ratios q/p with their intervals on a log axis, as SVG. Positions along the axis are percentages, so the figure fills
 * any width while its text keeps its size. An end that is infinite, zero or off the axis is an arrow.
 */
final class ForestPlot {
    private static final int ROW = 44;
    private static final int TOP = 30;
    private static final double LEFT = 3;
    private static final double RIGHT = 97;
    private static final int MOST_ROWS = 40;
    private static final int LABEL = 44;

    /** One row: a name, a ratio and a class that decides colour and marker. */
    private record Row(String id, String label, String masses, RatioEstimate ratio, String look) {}

    private final List<Row> rows = new ArrayList<>();
    private final double from;
    private final double to;

    private ForestPlot(CheckReport report) {
        for (Finding finding : Words.found(report)) {
            rows.add(row(finding, finding.direction() == Direction.UNDER ? "under" : "over"));
        }
        for (RequestedRegion requested : report.requested()) {
            String look = requested.outcome() == RequestedOutcome.FINDING
                    ? requested.finding().direction() == Direction.UNDER ? "under" : "over"
                    : requested.outcome() == RequestedOutcome.AGREES ? "agrees" : "open";
            rows.add(row(requested.finding(), look));
        }
        double low = -0.8;
        double high = 0.8;
        for (Row row : shown()) {
            for (double end : List.of(
                    row.ratio().lower(), row.ratio().estimate(), row.ratio().upper())) {
                double log = Math.log10(end);
                if (Double.isFinite(log)) {
                    low = Math.min(low, log - 0.1);
                    high = Math.max(high, log + 0.1);
                }
            }
        }
        from = Math.max(low, -4.2);
        to = Math.min(high, 4.2);
    }

    private static Row row(Finding finding, String look) {
        return new Row(
                finding.id(),
                finding.id() + "  " + finding.regionText(),
                Digits.percent(finding.referenceMass().estimate()) + " \u2192 "
                        + Digits.percent(finding.approximationMass().estimate()),
                finding.ratio(),
                look);
    }

    /** Draws the figure into a page; nothing where there is no row. */
    static void draw(CheckReport report, Xhtml page) {
        ForestPlot plot = new ForestPlot(report);
        if (!plot.rows.isEmpty()) {
            plot.draw(page);
        }
    }

    private List<Row> shown() {
        return rows.subList(0, Math.min(MOST_ROWS, rows.size()));
    }

    private void draw(Xhtml page) {
        int bottom = TOP + ROW * shown().size();
        page.open("figure");
        page.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "forest",
                "width",
                "100%",
                "height",
                Integer.toString(bottom + 8),
                "role",
                "group",
                "aria-label",
                "Ratio q/p of each region with its interval on a log axis; the numbers follow in the text");
        for (double tick : ticks()) {
            String x = x(Math.log10(tick));
            page.empty(
                    "line",
                    "class",
                    tick == 1 ? "one" : "grid",
                    "x1",
                    x,
                    "x2",
                    x,
                    "y1",
                    "20",
                    "y2",
                    Integer.toString(bottom));
            page.leaf("text", Digits.exact(tick), "class", "tick", "x", x, "y", "13", "text-anchor", "middle");
        }
        int y = TOP;
        for (Row row : shown()) {
            draw(page, row, y);
            y += ROW;
        }
        page.close();
        page.open("figcaption");
        page.text(
                "Ratio q/p with its interval, log axis; at 1 both agree. Right: mass of p \u2192 mass of q. A click opens the region. ");
        legend(page, "under", "too little");
        legend(page, "over", "too much");
        legend(page, "agrees", "agrees");
        legend(page, "open", "inconclusive");
        page.text("An arrow: the interval goes on.");
        if (rows.size() > MOST_ROWS) {
            page.text(" The first " + MOST_ROWS + " of " + rows.size() + " regions.");
        }
        page.close(2);
    }

    private static void legend(Xhtml page, String look, String text) {
        page.open("span", "class", "key");
        page.open("svg", "class", "mark", "width", "14", "height", "14", "aria-hidden", "true");
        marker(page, look, "50%", "50%");
        page.close();
        page.text(text).close();
    }

    private void draw(Xhtml page, Row row, int y) {
        String middle = Integer.toString(y + 28);
        page.open("g", "class", row.look());
        page.open("a", "href", "#region-" + row.id());
        page.open("text", "class", "label", "x", LEFT + "%", "y", Integer.toString(y + 13));
        page.open("title")
                .text(Words.safe(row.label()) + ": " + Digits.ratio(row.ratio()))
                .close();
        page.text(Lines.shorten(row.label(), LABEL)).close(2);
        page.leaf(
                "text",
                row.masses(),
                "class",
                "masses",
                "x",
                RIGHT + "%",
                "y",
                Integer.toString(y + 13),
                "text-anchor",
                "end");
        double low = Math.log10(row.ratio().lower());
        double high = Math.log10(row.ratio().upper());
        if (!Double.isNaN(low) && !Double.isNaN(high)) {
            page.empty("line", "class", "bar", "x1", x(low), "x2", x(high), "y1", middle, "y2", middle);
            if (low < from) {
                arrow(page, LEFT + "%", middle, "M -9 0 L 1 -6 L 1 6 z");
            }
            if (high > to) {
                arrow(page, RIGHT + "%", middle, "M 9 0 L -1 -6 L -1 6 z");
            }
        }
        double estimate = Math.log10(row.ratio().estimate());
        if (estimate >= from && estimate <= to) {
            marker(page, row.look(), x(estimate), middle);
        }
        page.close();
    }

    private static void marker(Xhtml page, String look, String x, String y) {
        page.open("svg", "class", "at " + look, "x", x, "y", y, "overflow", "visible");
        switch (look) {
            case "under" -> page.empty("circle", "class", "dot", "r", "5.5");
            case "over" -> page.empty("path", "class", "dot", "d", "M 0 -7 L 7 0 L 0 7 L -7 0 z");
            case "agrees" -> page.empty("rect", "class", "dot", "x", "-4.5", "y", "-4.5", "width", "9", "height", "9");
            default -> page.empty("circle", "class", "dot hollow", "r", "4.5");
        }
        page.close();
    }

    private static void arrow(Xhtml page, String x, String y, String path) {
        page.open("svg", "x", x, "y", y, "overflow", "visible");
        page.empty("path", "class", "tip", "d", path);
        page.close();
    }

    private List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        double[] steps = to - from <= 2.2 ? new double[] {1, 2, 5} : new double[] {1};
        for (int decade = -5; decade <= 4; decade++) {
            for (double step : steps) {
                double tick = BigDecimal.valueOf(step).scaleByPowerOfTen(decade).doubleValue();
                double log = Math.log10(tick);
                if (log >= from && log <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private String x(double log10) {
        double share = (Math.max(from, Math.min(to, log10)) - from) / (to - from);
        return String.format(Locale.ROOT, "%.2f%%", LEFT + (RIGHT - LEFT) * share);
    }
}
