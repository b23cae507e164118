package org.localmass.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of {@code mass}, {@code index} and {@code divergence}, made from what the command prints: the sentences of its
 * text, and the numbers of its JSON. So the three forms cannot differ.
 */
public final class ResultPage {
    private static final Map<String, String> NAMES = names();
    /** Arrays of the JSON that the table leaves to the JSON. */
    private static final List<String> UNLISTED =
            List.of("RelativeError", "MassTerm", "ShapeTerm", "logForward", "logBackward");

    private static final double LN10 = Math.log(10);

    private final JsonNode json;
    private final String text;
    private final Xhtml page;
    private final List<Chart.Plot> charts = new ArrayList<>();

    private ResultPage(JsonNode json, String text) {
        this.json = json;
        this.text = text;
        this.page = Page.open("Localmass: " + title(json));
    }

    /**
     * Writes the page; encode it in UTF-8. The writer is flushed, not closed.
     *
     * @param json what the command prints with {@code --format json}
     * @param text what it prints without, in plain style
     * @throws IOException if the JSON cannot be read, or the page not written
     */
    public static void write(String json, String text, Writer out) throws IOException {
        out.write(new ResultPage(new ObjectMapper().readTree(json), text).text());
        out.flush();
    }

    private static String title(JsonNode json) {
        return switch (json.path("schema").asText()) {
            case MassReport.SCHEMA -> "Mass of balls";
            case IndexReport.SCHEMA -> "Mass Index";
            case DivergenceReport.SCHEMA -> "Local RE-KL";
            default -> "Result";
        };
    }

    private String text() {
        List<String> paragraphs = paragraphs(text);
        page.open("header", "class", "verdict");
        page.leaf("p", title(json), "class", "badge");
        page.leaf("h1", paragraphs.isEmpty() ? title(json) : paragraphs.get(0));
        if (json.has("from") && json.has("to")) {
            page.leaf(
                    "p",
                    "From " + json.path("from").asText() + " to "
                            + json.path("to").asText() + ".",
                    "class",
                    "sub");
        }
        headline();
        page.close().open("main");
        if (paragraphs.size() > 1) {
            section("words", "In words");
            paragraphs.subList(1, paragraphs.size()).forEach(p -> page.leaf("p", p));
            page.close();
        }
        curves();
        table();
        page.close().open("footer");
        page.leaf(
                "p",
                "Localmass " + json.at("/provenance/version").asText()
                        + ". The same numbers, all digits: report.json.");
        page.close();
        return Page.close(page, charts);
    }

    private void section(String id, String heading) {
        page.open("section", "aria-labelledby", id);
        page.leaf("h2", heading, "id", id);
    }

    /** Paragraphs of prose, joined; blocks of columns are left out, the page has them as tables. */
    static List<String> paragraphs(String text) {
        List<String> paragraphs = new ArrayList<>();
        for (String block : text.strip().split("\n\\s*\n", -1)) {
            List<String> prose = Arrays.stream(block.split("\n", -1))
                    .filter(l -> !l.strip().contains("  "))
                    .map(String::strip)
                    .toList();
            boolean columns = Arrays.stream(block.split("\n", -1)).skip(1).anyMatch(l -> l.strip()
                    .contains("  "));
            if (!columns && !prose.isEmpty()) {
                paragraphs.add(String.join(" ", prose));
            } else if (columns && paragraphs.isEmpty() && !prose.isEmpty()) {
                paragraphs.add(prose.get(0));
            }
        }
        return paragraphs;
    }

    /** The numbers of an index; at most three for the others' first look. */
    private void headline() {
        List<Headline> numbers = new ArrayList<>();
        if (json.has("power")) {
            numbers.add(new Headline("Mass Index, power", number(json.path("power")), "dimension over kappa"));
            numbers.add(
                    new Headline("kappa", interval(json.path("kappa")), "exponent of r in the mass of a small ball"));
            numbers.add(new Headline("Atom", interval(json.path("atomMass")), "probability of the point itself"));
        } else if (json.has("slope")) {
            JsonNode radii = json.path("radii");
            numbers.add(new Headline(
                    "Slope at the smallest radius",
                    number(json.path("slope").path(0)),
                    "r = " + number(radii.path(0))));
        }
        if (numbers.isEmpty()) {
            return;
        }
        page.open("dl", "class", "headline");
        for (Headline number : numbers) {
            page.open("div").leaf("dt", number.name()).open("dd");
            page.leaf("strong", number.value()).leaf("span", number.detail());
            page.close(2);
        }
        page.close();
    }

    private static String interval(JsonNode node) {
        String estimate = number(node.path("estimate"));
        String lower = number(node.path("lower"));
        String upper = number(node.path("upper"));
        return lower.equals(upper) ? estimate : estimate + " (" + lower + " to " + upper + ")";
    }

    private void curves() {
        List<Double> radii = values("radii");
        if (radii.size() < 2) {
            return;
        }
        section("curves", "Over the radius");
        page.open("div", "class", "pair");
        if (json.has("logMass")) {
            mass(radii);
        } else if (json.has("logMassFrom")) {
            divergence(radii);
        }
        page.close(2);
    }

    private void mass(List<Double> radii) {
        chart(
                "mass",
                "log10 of the mass over the radius",
                "log10 mass",
                false,
                "A straight line is a power of the radius; its slope is the exponent.",
                new Chart.Series(
                        "mass",
                        Chart.Role.REFERENCE,
                        Chart.Form.LINE,
                        radii,
                        tens("logMass"),
                        different("lower", "upper") ? tens("lower") : List.of(),
                        different("lower", "upper") ? tens("upper") : List.of()));
        chart(
                "slope",
                "Slope of the mass curve over the radius",
                "slope",
                false,
                "d log mass / d log r; its limit towards 0 is kappa.",
                Chart.Series.of("slope", Chart.Role.REFERENCE, Chart.Form.LINE, radii, values("slope")));
    }

    private void divergence(List<Double> radii) {
        chart(
                "masses",
                "log10 of the masses over the radius",
                "log10 mass",
                false,
                "Masses of the ball under \"to\", the target, and \"from\", the approximation.",
                Chart.Series.of("to, p", Chart.Role.REFERENCE, Chart.Form.LINE, radii, tens("logMassTo")),
                Chart.Series.of("from, q", Chart.Role.APPROXIMATION, Chart.Form.LINE, radii, tens("logMassFrom")));
        if (json.has("forwardNormalised")) {
            chart(
                    "divergence",
                    "Normalised local RE-KL over the radius, both directions",
                    "normalised RE-KL",
                    true,
                    "Normalised by the mass of the second measure; bounded towards 0 means that the masses stay comparable.",
                    Chart.Series.of(
                            "backward, D(to||from)",
                            Chart.Role.REFERENCE,
                            Chart.Form.LINE,
                            radii,
                            values("backwardNormalised")),
                    Chart.Series.of(
                            "forward, D(from||to)",
                            Chart.Role.APPROXIMATION,
                            Chart.Form.LINE,
                            radii,
                            values("forwardNormalised")));
        }
    }

    private void chart(
            String id, String description, String label, boolean log, String caption, Chart.Series... series) {
        Chart.Axis y = log ? Chart.Axis.log(label) : Chart.Axis.linear(label);
        Chart.Plot plot = new Chart.Plot(
                id, description, description, Chart.Axis.log("radius"), y, List.of(series), List.of(), List.of());
        Page.figure(page, plot, caption, StaticFigure.dataUri(plot));
        charts.add(plot);
    }

    /** Everything that runs along the radii. */
    private void table() {
        List<Double> radii = values("radii");
        List<String> columns = new ArrayList<>();
        Iterator<String> fields = json.fieldNames();
        while (fields.hasNext()) {
            String name = fields.next();
            if (json.path(name).isArray()
                    && json.path(name).size() == radii.size()
                    && NAMES.containsKey(name)
                    && UNLISTED.stream().noneMatch(name::contains)) {
                columns.add(name);
            }
        }
        if (radii.isEmpty() || columns.size() < 2) {
            return;
        }
        section("numbers", "The numbers");
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < radii.size(); i++) {
            List<Page.Cell> row = new ArrayList<>();
            for (String column : columns) {
                row.add(Page.Cell.of(number(column, json.path(column).path(i))));
            }
            rows.add(row);
        }
        Page.table(
                page,
                "Radius by radius; masses are natural logarithms",
                columns.stream().map(c -> NAMES.getOrDefault(c, c)).toList(),
                rows);
        page.close();
    }

    private List<Double> values(String name) {
        List<Double> values = new ArrayList<>();
        json.path(name).forEach(v -> values.add(value(v)));
        return values;
    }

    /** Natural logarithms as decimal ones, which do not underflow as the masses would. */
    private List<Double> tens(String name) {
        return values(name).stream().map(v -> v / LN10).toList();
    }

    private boolean different(String one, String other) {
        return !values(one).isEmpty() && !values(one).equals(values(other));
    }

    private static double value(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    private static String number(JsonNode node) {
        double value = value(node);
        return Double.isNaN(value) ? Digits.UNKNOWN : ThreeDigits.number(value);
    }

    /** Three digits; those of a bound are rounded to the side on which it stays valid. */
    private static String number(String column, JsonNode node) {
        double value = value(node);
        boolean up = column.equals("certificate") || column.equals("ratioUpper");
        if (!Double.isFinite(value) || value == 0 || (!up && !column.equals("ratioLower"))) {
            return number(node);
        }
        return ThreeDigits.number(BigDecimal.valueOf(value)
                .round(new MathContext(3, up ? RoundingMode.CEILING : RoundingMode.FLOOR))
                .doubleValue());
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("radii", "Radius");
        names.put("logMass", "Log mass");
        names.put("lower", "Lower");
        names.put("upper", "Upper");
        names.put("slope", "Slope");
        names.put("logMassFrom", "Log mass from");
        names.put("logMassTo", "Log mass to");
        names.put("forwardNormalised", "Forward");
        names.put("backwardNormalised", "Backward");
        names.put("ratioLower", "Ratio at least");
        names.put("ratioUpper", "Ratio at most");
        names.put("certificate", "Certificate");
        return names;
    }
}
