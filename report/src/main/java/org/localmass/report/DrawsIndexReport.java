package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.localmass.core.index.Exponent;
import org.localmass.core.index.MassIndex;
import org.localmass.core.mass.Caution;
import org.localmass.estimate.AtomTest;
import org.localmass.estimate.HillFit;
import org.localmass.estimate.IndexEstimate;
import org.localmass.estimate.IndexMismatch;
import org.localmass.estimate.PowerLogFit;

/** A Mass Index estimated from draws, as text, Markdown and JSON; the schema is that of {@link IndexReport}. */
public final class DrawsIndexReport {
    private DrawsIndexReport() {}

    /**
     * What was asked and answered.
     *
     * @param of          the files
     * @param draws       number of draws
     * @param place       the point
     * @param estimate    the index of all its coordinates together
     * @param coordinates the index of each by itself; empty if it was not asked for
     * @param level       of the intervals
     */
    public record Content(
            String of, int draws, Place place, IndexEstimate estimate, List<Coordinate> coordinates, double level) {
        public Content {
            coordinates = List.copyOf(coordinates);
        }
    }

    /**
     * One coordinate's index.
     *
     * @param name its name
     */
    public record Coordinate(String name, IndexEstimate estimate) {}

    private static String title(Content content) {
        return "Mass Index at " + (content.place.isAtInfinity() ? "infinity" : content.place.at()) + ", from "
                + Words.plural(content.draws, "draw") + " of " + content.of;
    }

    /** An exponent with its interval: "0.98 (0.92 to 1.1)". */
    static String exponent(Exponent e) {
        if (Double.isNaN(e.estimate())) {
            return e.lower() == e.upper() || Double.isNaN(e.lower()) || Double.isInfinite(e.upper())
                    ? "unknown"
                    : "unknown (" + end(e.lower()) + " to " + end(e.upper()) + ")";
        }
        return e.isExact()
                ? end(e.estimate())
                : end(e.estimate()) + " (" + end(e.lower()) + " to " + end(e.upper()) + ")";
    }

    private static String end(double x) {
        return Double.isInfinite(x) ? (x > 0 ? "inf" : "-inf") : Digits.number(x);
    }

    private static List<String> body(IndexEstimate estimate) {
        MassIndex index = estimate.index();
        List<String> rows = new ArrayList<>();
        rows.add("power " + exponent(index.power()) + ", log " + exponent(index.log()));
        rows.add("kappa " + exponent(index.kappa()) + ", beta " + exponent(index.beta()) + ", dimension "
                + index.dimension());
        rows.add("atom  " + exponent(index.atomMass()));
        return rows;
    }

    /** What the index rests on and what else may be, a sentence each. */
    static List<String> sentences(IndexEstimate estimate) {
        List<String> text = new ArrayList<>();
        AtomTest atom = estimate.atom();
        switch (estimate.model()) {
            case ATOM ->
                text.add("The point itself has probability "
                        + Digits.percent(estimate.index().atomMass().estimate()) + ": an atom, seen in "
                        + Words.plural(atom.draws(), "draw") + " (" + Words.plural(atom.hits(), "run") + ").");
            case POWER, POWER_LOG -> estimate.power().ifPresent(fit -> text.add(window(estimate, fit)));
            case UNDETERMINED -> text.add("The draws do not tell the index.");
        }
        if (estimate.model() == IndexEstimate.Model.ATOM) {
            estimate.power()
                    .ifPresent(fit -> text.add("Beside the atom the mass grows with slope " + exponent(fit.kappa())
                            + " in radii up to " + Digits.number(fit.radius()) + "."));
        } else if (atom.draws() > 0) {
            text.add(Words.plural(atom.draws(), "draw") + " at the point itself; rounding explains about "
                    + Digits.number(atom.rounding()) + ", underflow about " + Digits.number(atom.underflow()) + ".");
        }
        if (estimate.model() == IndexEstimate.Model.POWER) {
            estimate.powerLog()
                    .ifPresent(fit -> text.add("If the law has a logarithm: kappa " + exponent(fit.kappa()) + ", beta "
                            + exponent(fit.beta()) + ", read up to radius " + Digits.number(fit.radius()) + "."));
        }
        return text;
    }

    private static String window(IndexEstimate estimate, HillFit fit) {
        if (estimate.model() == IndexEstimate.Model.POWER_LOG
                && estimate.powerLog().isPresent()) {
            PowerLogFit log = estimate.powerLog().get();
            return "Read from " + Words.plural(log.draws(), "draw") + " up to radius " + Digits.number(log.radius())
                    + ": a logarithmic factor fits clearly better than a power alone (twice the log likelihood ratio "
                    + Digits.number(log.ratio()) + ").";
        }
        return "Read from " + Words.plural(fit.draws(), "draw") + " (" + Digits.count(fit.effectiveDraws())
                + " effective) up to radius " + Digits.number(fit.radius()) + "; there the draws suggest a bias of "
                + Digits.percent(Math.abs(estimate.bias())) + ", twice that is in the interval.";
    }

    /** Writes the index for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", title(content), style::bold);
        lines.blank();
        body(content.estimate).forEach(lines::line);
        lines.blank();
        sentences(content.estimate).forEach(s -> lines.paragraph("", s));
        List<IndexEstimate.Step> plateau = content.estimate.plateau();
        if (!plateau.isEmpty()) {
            lines.blank();
            lines.line(style.bold(Lines.right("up to r", 10) + Lines.right("draws", 9) + "  slope"));
            for (IndexEstimate.Step step : plateau) {
                lines.line(Lines.right(Digits.number(step.radius()), 10)
                        + Lines.right(Integer.toString(step.draws()), 9)
                        + "  "
                        + exponent(step.kappa()));
            }
        }
        if (!content.coordinates.isEmpty()) {
            lines.blank();
            lines.line(style.bold(Lines.column("coordinate", 18) + Lines.column("kappa", 26) + "atom"));
            for (Coordinate one : content.coordinates) {
                lines.line(Lines.column(one.name, 18)
                        + Lines.column(exponent(one.estimate.index().kappa()), 26)
                        + exponent(one.estimate.index().atomMass()));
            }
        }
        lines.blank();
        lines.paragraph(
                "",
                Digits.level(content.level) + " intervals in parentheses. power = d/kappa, log = d beta; larger means"
                        + " more mass near the point.",
                style::dim);
        cautions(content.estimate).forEach(c -> lines.paragraph("Caution: ", c));
        out.write(lines.toString());
        out.flush();
    }

    private static List<String> cautions(IndexEstimate estimate) {
        return estimate.index().cautions().stream()
                .map(c -> caution(c, estimate))
                .toList();
    }

    /** A caution in words, with the number of draws at which it would be gone where one can be named. */
    static String caution(Caution caution, IndexEstimate estimate) {
        String logarithm = Double.isNaN(estimate.logarithmDraws())
                ? ""
                : "from about " + Digits.number(estimate.logarithmDraws()) + " draws on";
        return caution.sentence()
                + switch (caution) {
                    case WINDOW_BIAS ->
                        Double.isNaN(estimate.sufficientDraws())
                                ? ""
                                : "; from about " + Digits.number(estimate.sufficientDraws())
                                        + " draws on it should be inside";
                    case LOG_NOT_EXCLUDED -> logarithm.isEmpty() ? "" : "; one of beta = 1 would show " + logarithm;
                    default -> "";
                };
    }

    /** Writes the index for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        out.write(Markdown.text(title(content)) + "\n\n");
        out.write(Markdown.row("", "power", "log", "kappa", "beta", "atom") + "|:--|:--|:--|:--|:--|:--|\n");
        out.write(row(content.coordinates.isEmpty() ? "" : "together", content.estimate.index()));
        for (Coordinate one : content.coordinates) {
            out.write(row(one.name, one.estimate.index()));
        }
        out.write("\n");
        for (String sentence : sentences(content.estimate)) {
            out.write(Markdown.text(sentence) + "\n");
        }
        for (String caution : cautions(content.estimate)) {
            out.write(Markdown.text("Caution: " + caution) + "\n");
        }
        out.flush();
    }

    private static String row(String name, MassIndex index) {
        return Markdown.row(
                Markdown.text(name),
                exponent(index.power()),
                exponent(index.log()),
                exponent(index.kappa()),
                exponent(index.beta()),
                exponent(index.atomMass()));
    }

    /** Writes the index for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", IndexReport.SCHEMA);
            json.writeStringField("of", content.of);
            json.writeNumberField("draws", content.draws);
            content.place.write(json);
            estimate(json, content.estimate);
            json.writeArrayFieldStart("coordinates");
            for (Coordinate one : content.coordinates) {
                json.writeStartObject();
                json.writeStringField("name", one.name);
                json.writeNumberField("dimension", one.estimate.index().dimension());
                estimate(json, one.estimate);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("level", content.level);
            json.writeNullField("law");
            json.writeNullField("update");
            IndexReport.provenance(json, version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** The members of an estimated index, into an open object. */
    static void estimate(JsonGenerator json, IndexEstimate estimate) throws IOException {
        IndexReport.index(json, estimate.index());
        json.writeStringField(
                "model", estimate.model().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        AtomTest atom = estimate.atom();
        json.writeObjectFieldStart("atomTest");
        json.writeStringField("outcome", atom.outcome().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("draws", atom.draws());
        json.writeNumberField("hits", atom.hits());
        json.writeNumberField("states", atom.states());
        number(json, "rounding", atom.rounding());
        number(json, "underflow", atom.underflow());
        number(json, "resolution", atom.resolution());
        json.writeEndObject();
        if (estimate.power().isPresent()) {
            HillFit fit = estimate.power().get();
            json.writeObjectFieldStart("powerFit");
            IndexReport.interval(json, "kappa", fit.kappa());
            number(json, "radius", fit.radius());
            json.writeNumberField("draws", fit.draws());
            number(json, "effectiveDraws", fit.effectiveDraws());
            number(json, "autocorrelationTime", estimate.time());
            number(json, "bias", estimate.bias());
            number(json, "omega", estimate.omega());
            number(json, "sufficientDraws", estimate.sufficientDraws());
            number(json, "logarithmDraws", estimate.logarithmDraws());
            json.writeEndObject();
        } else {
            json.writeNullField("powerFit");
        }
        if (estimate.powerLog().isPresent()) {
            json.writeFieldName("powerLogFit");
            log(json, estimate.powerLog().get());
        } else {
            json.writeNullField("powerLogFit");
        }
        json.writeArrayFieldStart("powerLogFits");
        for (PowerLogFit fit : estimate.logFits()) {
            log(json, fit);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("plateau");
        for (IndexEstimate.Step step : estimate.plateau()) {
            json.writeStartObject();
            number(json, "radius", step.radius());
            json.writeNumberField("draws", step.draws());
            IndexReport.interval(json, "kappa", step.kappa());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void log(JsonGenerator json, PowerLogFit fit) throws IOException {
        json.writeStartObject();
        IndexReport.interval(json, "kappa", fit.kappa());
        IndexReport.interval(json, "beta", fit.beta());
        number(json, "unit", fit.unit());
        number(json, "radius", fit.radius());
        json.writeNumberField("draws", fit.draws());
        number(json, "logLikelihoodRatio", fit.ratio());
        json.writeEndObject();
    }

    /** The comparison of two slopes, as a member. */
    static void mismatch(JsonGenerator json, IndexMismatch mismatch) throws IOException {
        json.writeObjectFieldStart("mismatch");
        json.writeStringField("outcome", mismatch.outcome().name().toLowerCase(Locale.ROOT));
        IndexReport.interval(json, "referenceSlope", mismatch.first());
        IndexReport.interval(json, "approximationSlope", mismatch.second());
        IndexReport.interval(json, "difference", mismatch.difference());
        number(json, "margin", mismatch.margin());
        number(json, "detectable", mismatch.detectable());
        number(json, "from", mismatch.from());
        number(json, "to", mismatch.to());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        IndexReport.number(json, value);
    }
}
