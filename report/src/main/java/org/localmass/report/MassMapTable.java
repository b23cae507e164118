package org.localmass.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.localmass.check.MassMap;

/**
 * The mass map as a table: a row for each parameter, a cell for each part of its distribution under p, coloured by log q/p.
 * It can be read, sorted and filtered without seeing colours; the script adds sorting, filtering and details.
 */
final class MassMapTable {
    /** Steps of |log(q/p)| between colours. */
    private static final double[] STEPS = {Math.log(1.15), Math.log(1.5), Math.log(3), Math.log(10)};

    private MassMapTable() {}

    /** Labels of the columns: ranges of p's percentiles. */
    static List<String> columns(MassMap map) {
        List<String> labels = new ArrayList<>();
        for (int k = 1; k < map.levels().size(); k++) {
            labels.add(percent(map.levels().get(k - 1)) + "\u2013"
                    + percent(map.levels().get(k)));
        }
        return labels;
    }

    private static String percent(double level) {
        return Digits.exact(Math.round(level * 1000) / 10.0);
    }

    /** Largest |log(q/p)| over the cells that differ; 0 if none does. */
    static double deviation(MassMap.Row row) {
        return worst(row).map(c -> Math.abs(Math.log(c.ratio().estimate()))).orElse(0.0);
    }

    /** How many parameters differ in some cell. */
    static long differing(MassMap map) {
        return map.rows().stream().filter(r -> deviation(r) > 0).count();
    }

    /** Class of a cell: direction and step of its colour, then w for weak evidence; e where there is no cell. */
    static String look(MassMap.Cell cell) {
        if (cell.evidence() == MassMap.Evidence.EMPTY) {
            return "e";
        }
        String colour = colour(cell.ratio().estimate());
        return cell.evidence() == MassMap.Evidence.WEAK ? colour + " w" : colour;
    }

    /** Class of the colour of a ratio. */
    static String colour(double ratio) {
        double log = Math.log(ratio);
        int step = 0;
        while (step < STEPS.length && Math.abs(log) > STEPS[step]) {
            step++;
        }
        return step == 0 ? "z" : (log < 0 ? "u" : "o") + step;
    }

    /** The cell that differs most; empty if none differs. */
    static Optional<MassMap.Cell> worst(MassMap.Row row) {
        return row.cells().stream()
                .filter(c -> c.evidence() == MassMap.Evidence.DIFFERS)
                .max(Comparator.comparingDouble(c -> Math.abs(Math.log(c.ratio().estimate()))));
    }

    /** Writes the table. */
    static void draw(MassMap map, Xhtml page) {
        List<String> columns = columns(map);
        page.open("div", "class", "maptools", "hidden", "hidden");
        page.open("label").text("Filter by name (regular expression) ");
        page.empty("input", "type", "search", "id", "map-filter", "autocomplete", "off", "spellcheck", "false");
        page.close();
        page.open("label").text("Order ").open("select", "id", "map-order");
        page.leaf("option", "as in the files", "value", "file");
        page.leaf("option", "largest difference first", "value", "deviation");
        page.leaf("option", "by name", "value", "name");
        page.close(2);
        page.leaf("output", "", "id", "map-count", "for", "map-filter");
        page.close();
        page.open("div", "class", "mapbox", "role", "region", "aria-label", "Mass map", "tabindex", "0");
        page.open("table", "class", "map", "id", "map", "role", "table");
        page.leaf(
                "caption",
                "Ratio q/p in cells between percentiles of p; left the lower tail, right the upper. \"?\" and hatching: the"
                        + " draws do not tell.");
        page.open("thead", "role", "rowgroup").open("tr", "role", "row");
        page.leaf("th", "Parameter", "scope", "col", "role", "columnheader");
        columns.forEach(c -> page.leaf("th", c, "scope", "col", "role", "columnheader"));
        page.close(2).open("tbody", "role", "rowgroup");
        for (MassMap.Row row : map.rows()) {
            page.open("tr", "role", "row", "data-d", String.format(Locale.ROOT, "%.3f", Math.min(deviation(row), 99)));
            page.open("th", "scope", "row", "role", "rowheader").leaf("code", row.parameter());
            page.close();
            for (MassMap.Cell cell : row.cells()) {
                page.leaf(
                        "td",
                        cell.evidence() == MassMap.Evidence.EMPTY
                                ? "\u00b7"
                                : brief(cell.ratio().estimate()),
                        "class",
                        look(cell),
                        "role",
                        "cell");
            }
            page.close();
        }
        page.close(3);
        page.open("p", "class", "scale");
        page.text("q/p ");
        for (String[] step : new String[][] {
            {"u4", "below 1/10"}, {"u3", "below 1/3"}, {"u2", "below 1/1.5"}, {"u1", "below 1"}, {"z", "about 1"},
            {"o1", "above 1"}, {"o2", "above 1.5"}, {"o3", "above 3"}, {"o4", "above 10"}, {"z w", "no evidence"}
        }) {
            page.open("span", "class", "swatch").leaf("span", "", "class", step[0], "aria-hidden", "true");
            page.text(step[1]).close();
        }
        page.close();
        page.leaf(
                "p",
                "Point at a cell, or walk through the cells with the arrow keys, to see its masses here.",
                "id",
                "map-detail",
                "class",
                "note script",
                "aria-live",
                "polite");
    }

    /** Two digits in little room. */
    static String brief(double ratio) {
        if (ratio == Double.POSITIVE_INFINITY) {
            return "\u221e";
        }
        if (ratio >= 1000) {
            return ">999";
        }
        if (ratio > 0 && ratio < 0.001) {
            return "<.001";
        }
        String text = Digits.number(ratio);
        return text.startsWith("0.0") ? text.substring(1) : text;
    }

    /** The cells as JSON for the script: per parameter and cell the ends, both masses and the ratio's interval. */
    static String json(MassMap map) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < map.rows().size(); i++) {
            out.append(i == 0 ? "[" : ",\n[");
            List<MassMap.Cell> cells = map.rows().get(i).cells();
            for (int k = 0; k < cells.size(); k++) {
                MassMap.Cell cell = cells.get(k);
                out.append(k == 0 ? "" : ",");
                ChartJson.quote(
                        cell.evidence() == MassMap.Evidence.EMPTY
                                ? ""
                                : Digits.percent(cell.referenceMass()) + "|" + Digits.percent(cell.approximationMass())
                                        + "|" + Digits.ratioInterval(cell.ratio()) + "|"
                                        + end(cell.from()) + "|" + end(cell.to()),
                        out);
            }
            out.append(']');
        }
        return out.append(']').toString();
    }

    private static String end(double x) {
        return Double.isInfinite(x)
                ? ""
                : Digits.exact(new BigDecimal(x).round(new MathContext(6)).doubleValue());
    }
}
