package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.mass.MassEstimate;
import org.localmass.estimate.DrawsCurve;

/** Masses of balls estimated from draws, as text, Markdown and JSON; the schema is that of {@link MassReport}. */
public final class DrawsMassReport {
    private static final String NOTE = "slope: between the neighbouring radii. " + Words.POINTWISE;

    private DrawsMassReport() {}

    /**
     * What was asked and answered.
     *
     * @param of    the files
     * @param draws number of draws
     * @param place where the balls are
     * @param curve the masses
     * @param level of the intervals
     */
    public record Content(String of, int draws, Place place, DrawsCurve curve, double level) {}

    private static String title(Content content) {
        return "Mass of " + content.place.ball() + ", from " + Words.plural(content.draws, "draw") + " of "
                + content.of;
    }

    private static List<String> cautions(Content content) {
        TreeSet<Caution> all = new TreeSet<>();
        content.curve.masses().forEach(m -> all.addAll(m.cautions()));
        List<String> sentences = new ArrayList<>();
        for (Caution caution : all) {
            List<String> where = new ArrayList<>();
            for (int i = 0; i < content.curve.masses().size(); i++) {
                if (content.curve.masses().get(i).cautions().contains(caution)) {
                    where.add(Digits.number(content.curve.curve().radii()[i]));
                }
            }
            sentences.add((where.size() == 1 ? "radius " : "radii ") + Words.names(where) + ": " + caution.sentence());
        }
        return sentences;
    }

    /** Writes the table for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", title(content), style::bold);
        lines.blank();
        lines.line(style.bold(Lines.right("r", 10)
                + Lines.right("mass", 10)
                + "  "
                + Lines.column(Digits.level(content.level) + " interval", 22)
                + Lines.right("draws", 9)
                + Lines.right("slope", 9)));
        MassCurve curve = content.curve.curve();
        for (int i = 0; i < curve.radii().length; i++) {
            MassEstimate mass = content.curve.masses().get(i);
            lines.line(Lines.right(Digits.number(curve.radii()[i]), 10)
                    + Lines.right(Digits.percent(mass.estimate()), 10)
                    + "  "
                    + Lines.column(Digits.massInterval(mass), 22)
                    + Lines.right(Integer.toString(mass.hits()), 9)
                    + Lines.right(ThreeDigits.number(curve.slope()[i]), 9));
        }
        lines.blank();
        lines.paragraph("", NOTE, style::dim);
        cautions(content).forEach(c -> lines.paragraph("Caution: ", c));
        out.write(lines.toString());
        out.flush();
    }

    /** Writes the table for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        out.write(Markdown.text(title(content)) + "\n\n");
        out.write(Markdown.row("r", "mass", "interval", "draws", "slope") + "|--:|--:|:--|--:|--:|\n");
        MassCurve curve = content.curve.curve();
        for (int i = 0; i < curve.radii().length; i++) {
            MassEstimate mass = content.curve.masses().get(i);
            out.write(Markdown.row(
                    Digits.number(curve.radii()[i]),
                    Digits.percent(mass.estimate()).replace("<", "&lt;"),
                    Digits.massInterval(mass).replace("<", "&lt;"),
                    Integer.toString(mass.hits()),
                    ThreeDigits.number(curve.slope()[i])));
        }
        out.write("\n" + Markdown.text(NOTE) + "\n");
        for (String caution : cautions(content)) {
            out.write(Markdown.text("Caution: " + caution) + "\n");
        }
        out.flush();
    }

    /** Writes the masses for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", MassReport.SCHEMA);
            json.writeStringField("of", content.of);
            json.writeNumberField("draws", content.draws);
            content.place.write(json);
            MassCurve curve = content.curve.curve();
            MassReport.numbers(json, "radii", curve.radii());
            MassReport.numbers(json, "logMass", curve.logMass());
            MassReport.numbers(json, "lower", curve.lower());
            MassReport.numbers(json, "upper", curve.upper());
            MassReport.numbers(json, "slope", curve.slope());
            MassReport.numbers(
                    json,
                    "effectiveDraws",
                    content.curve.masses().stream()
                            .mapToDouble(MassEstimate::effectiveHits)
                            .toArray());
            json.writeNumberField("level", content.level);
            json.writeNullField("law");
            IndexReport.strings(json, "cautions", cautions(content));
            IndexReport.provenance(json, version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
