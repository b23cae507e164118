package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.LocalLaw;

/**
 * Masses of balls over their radius, as text, Markdown and JSON. The schema of the JSON ships as the resource
 * {@code mass.schema.json} of this package.
 */
public final class MassReport {
    /** Value of the member "schema". */
    public static final String SCHEMA = "localmass.mass/1";

    private MassReport() {}

    /**
     * What was asked and answered.
     *
     * @param of    the distribution, or the files
     * @param place where the balls are
     * @param curve the masses
     * @param law   the law as the radius tends to 0
     */
    public record Content(String of, Place place, MassCurve curve, LocalLaw law) {}

    private static String title(Content content) {
        return "Mass under " + content.of + " of " + content.place.ball();
    }

    private static String limit(Content content) {
        String sentence = LawWords.sentence(content.law, content.place.dimension(), content.place.isAtInfinity());
        return content.law.isVanishing()
                ? sentence
                : "As r tends to 0 the mass is " + LawWords.formula(content.law) + ". " + sentence;
    }

    /** Writes the table for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", title(content), style::bold);
        lines.blank();
        lines.line(style.bold(Lines.right("r", 10)
                + Lines.right("mass", 14)
                + Lines.right("log mass", 13)
                + Lines.right("slope", 9)));
        MassCurve curve = content.curve;
        for (int i = 0; i < curve.radii().length; i++) {
            lines.line(Lines.right(Digits.number(curve.radii()[i]), 10)
                    + Lines.right(LogText.mass(curve.logMass()[i]), 14)
                    + Lines.right(ThreeDigits.number(curve.logMass()[i]), 13)
                    + Lines.right(ThreeDigits.number(curve.slope()[i]), 9));
        }
        lines.blank();
        lines.paragraph("", limit(content), text -> text);
        lines.paragraph("", "slope: d log mass / d log r at this radius.", style::dim);
        out.write(lines.toString());
        out.flush();
    }

    /** Writes the table for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        out.write("Mass under " + Markdown.code(content.of) + Markdown.text(" of " + content.place.ball()) + "\n\n");
        out.write(Markdown.row("r", "mass", "log mass", "slope") + "|--:|--:|--:|--:|\n");
        MassCurve curve = content.curve;
        for (int i = 0; i < curve.radii().length; i++) {
            out.write(Markdown.row(
                    Digits.number(curve.radii()[i]),
                    LogText.mass(curve.logMass()[i]),
                    ThreeDigits.number(curve.logMass()[i]),
                    ThreeDigits.number(curve.slope()[i])));
        }
        out.write("\n" + Markdown.text(limit(content)) + "\n");
        out.flush();
    }

    /** Writes the masses for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("of", content.of);
            content.place.write(json);
            MassCurve curve = content.curve;
            numbers(json, "radii", curve.radii());
            numbers(json, "logMass", curve.logMass());
            numbers(json, "lower", curve.lower());
            numbers(json, "upper", curve.upper());
            numbers(json, "slope", curve.slope());
            IndexReport.law(json, "law", content.law);
            IndexReport.strings(json, "cautions", List.of());
            IndexReport.provenance(json, version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    static void numbers(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            IndexReport.number(json, value);
        }
        json.writeEndArray();
    }
}
