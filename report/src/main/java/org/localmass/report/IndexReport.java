package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.localmass.core.index.Exponent;
import org.localmass.core.index.MassIndex;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.updating.Rule;
import org.localmass.core.updating.Update;

/**
 * A Mass Index as text, Markdown and JSON. The schema of the JSON ships as the resource {@code index.schema.json} of
 * this package.
 */
public final class IndexReport {
    /** Value of the member "schema". */
    public static final String SCHEMA = "localmass.index/1";

    private IndexReport() {}

    /**
     * What was asked and answered.
     *
     * @param of     the distribution, or the files
     * @param place  the point
     * @param index  its Mass Index
     * @param law    the exact local law
     * @param update what a Bayesian update makes of it; null where none was asked for
     */
    public record Content(String of, Place place, MassIndex index, LocalLaw law, @Nullable Updated update) {}

    /**
     * What an update does.
     *
     * @param factor the likelihood factor
     * @param update its effect
     * @param index  the posterior's index; null where there is none, or where it is not decided
     */
    public record Updated(String factor, Update update, @Nullable MassIndex index) {}

    private static List<String> body(MassIndex index, LocalLaw law, boolean normalised) {
        String z = normalised || law.isVanishing() ? "" : " / Z";
        List<String> rows = new ArrayList<>();
        rows.add("power " + exponent(index.power()) + ", log " + exponent(index.log()));
        rows.add("kappa " + exponent(index.kappa()) + ", beta " + exponent(index.beta()) + ", dimension "
                + index.dimension());
        rows.add("atom  " + Digits.number(index.atomMass().estimate()) + (law.isAtom() ? z : ""));
        rows.add("p(ball) ~ " + LawWords.formula(law) + z);
        return rows;
    }

    private static String exponent(Exponent e) {
        return Double.isNaN(e.estimate())
                ? "undefined"
                : Double.isInfinite(e.estimate())
                        ? (e.estimate() > 0 ? "inf" : "-inf")
                        : ThreeDigits.number(e.estimate());
    }

    private static String title(Content content) {
        return "Mass Index of " + content.of + " at "
                + (content.place.isAtInfinity() ? "infinity" : content.place.at());
    }

    /** Writes the index for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        UnaryOperator<String> plain = text -> text;
        lines.paragraph("", title(content), style::bold);
        lines.blank();
        body(content.index, content.law, true).forEach(lines::line);
        lines.blank();
        lines.paragraph(
                "", LawWords.sentence(content.law, content.place.dimension(), content.place.isAtInfinity()), plain);
        Updated update = content.update;
        if (update != null) {
            lines.blank();
            lines.paragraph("", "After an update by " + update.factor, style::bold);
            lines.blank();
            if (update.update instanceof Update.Proper proper && update.index != null) {
                body(update.index, proper.law(), proper.normalised()).forEach(lines::line);
                lines.blank();
            }
            for (String sentence : UpdateWords.sentences(content, update)) {
                lines.paragraph("", sentence, plain);
            }
        }
        out.write(lines.toString());
        out.flush();
    }

    /** Writes the index for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        out.write(Markdown.text(title(content)) + "\n\n");
        out.write(Markdown.row("", "power", "log", "kappa", "beta", "atom", "p(ball)")
                + "|:--|--:|--:|--:|--:|--:|:--|\n");
        out.write(row(content.update == null ? "" : "before", content.index, content.law, true));
        Updated update = content.update;
        if (update != null && update.update instanceof Update.Proper proper && update.index != null) {
            out.write(row("after", update.index, proper.law(), proper.normalised()));
        }
        out.write("\n"
                + Markdown.text(LawWords.sentence(content.law, content.place.dimension(), content.place.isAtInfinity()))
                + "\n");
        if (update != null) {
            out.write("\n" + Markdown.text("After an update by " + update.factor + ".") + "\n");
            for (String sentence : UpdateWords.sentences(content, update)) {
                out.write(Markdown.text(sentence) + "\n");
            }
        }
        out.flush();
    }

    private static String row(String name, MassIndex index, LocalLaw law, boolean normalised) {
        String z = normalised || law.isVanishing() ? "" : " / Z";
        return Markdown.row(
                name,
                exponent(index.power()),
                exponent(index.log()),
                exponent(index.kappa()),
                exponent(index.beta()),
                Digits.number(index.atomMass().estimate()) + (law.isAtom() ? z : ""),
                Markdown.code(LawWords.formula(law) + z));
    }

    /** Writes the index for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("of", content.of);
            content.place.write(json);
            index(json, content.index);
            law(json, "law", content.law);
            Updated update = content.update;
            if (update == null) {
                json.writeNullField("update");
            } else {
                update(json, update);
            }
            provenance(json, version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void update(JsonGenerator json, Updated updated) throws IOException {
        Update update = updated.update;
        json.writeObjectFieldStart("update");
        json.writeStringField("factor", updated.factor);
        json.writeStringField("outcome", UpdateWords.outcome(update));
        json.writeStringField("reason", UpdateWords.reason(update));
        json.writeArrayFieldStart("rules");
        for (Rule rule : update.rules()) {
            json.writeStartObject();
            json.writeStringField("label", rule.label());
            json.writeStringField("sentence", rule.sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (update instanceof Update.Proper proper && updated.index != null) {
            json.writeObjectFieldStart("posterior");
            json.writeBooleanField("normalised", proper.normalised());
            index(json, updated.index);
            law(json, "law", proper.law());
            json.writeEndObject();
        } else {
            json.writeNullField("posterior");
        }
        json.writeEndObject();
    }

    static void index(JsonGenerator json, MassIndex index) throws IOException {
        interval(json, "kappa", index.kappa());
        interval(json, "beta", index.beta());
        json.writeFieldName("power");
        number(json, index.power().estimate());
        json.writeFieldName("log");
        number(json, index.log().estimate());
        interval(json, "atomMass", index.atomMass());
        if (index.window().isPresent()) {
            json.writeObjectFieldStart("window");
            json.writeNumberField("from", index.window().get().from());
            json.writeNumberField("to", index.window().get().to());
            json.writeEndObject();
        } else {
            json.writeNullField("window");
        }
        strings(
                json,
                "cautions",
                index.cautions().stream().map(Caution::sentence).toList());
    }

    static void interval(JsonGenerator json, String name, Exponent e) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeFieldName("estimate");
        number(json, e.estimate());
        json.writeFieldName("lower");
        number(json, e.lower());
        json.writeFieldName("upper");
        number(json, e.upper());
        json.writeEndObject();
    }

    static void law(JsonGenerator json, String name, LocalLaw law) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeFieldName("kappa");
        number(json, law.kappa());
        json.writeFieldName("beta");
        number(json, law.beta());
        json.writeFieldName("logConstant");
        number(json, law.logConstant());
        json.writeFieldName("atomMass");
        number(json, law.atomMass());
        json.writeEndObject();
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static void provenance(JsonGenerator json, String version) throws IOException {
        json.writeObjectFieldStart("provenance");
        json.writeStringField("version", version);
        json.writeEndObject();
    }

    static void number(JsonGenerator json, double x) throws IOException {
        if (Double.isNaN(x)) {
            json.writeNull();
        } else if (Double.isInfinite(x)) {
            json.writeString(x > 0 ? "Infinity" : "-Infinity");
        } else {
            json.writeNumber(x);
        }
    }
}
