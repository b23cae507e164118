package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.localmass.core.bound.Inequality;
import org.localmass.core.mass.Caution;
import org.localmass.estimate.Bracket;
import org.localmass.estimate.LocalComparison;
import org.localmass.estimate.ReklCaution;
import org.localmass.estimate.ReklEstimate;

/**
 * Local RE-KL over the radius estimated from draws, with what it and the masses guarantee, as text, Markdown and JSON by the
 * schema of {@link DivergenceReport}.
 */
public final class DrawsDivergenceReport {
    private static final String DIRECTIONS =
            "forward: D(from||to) / mass under \"to\"; backward: D(to||from) / mass under \"from\".";

    private DrawsDivergenceReport() {}

    /** What the estimates rest on. */
    public enum Method {
        /** Draws alone. */
        DRAWS("draws"),
        /** Draws made from two distributions whose densities are known. */
        DENSITIES("densities");

        private final String label;

        Method(String label) {
            this.label = label;
        }
    }

    /**
     * What was asked and answered.
     *
     * @param from        q: files or the text form of a distribution
     * @param to          p
     * @param place       where the balls are
     * @param alpha       the order
     * @param level       level of the intervals
     * @param seed        seed of draws made from a distribution
     * @param method      what the estimates rest on
     * @param drawsFrom   number of draws of q
     * @param drawsTo     number of draws of p
     * @param comparisons one for each radius, at least one
     */
    public record Content(
            String from,
            String to,
            Place place,
            double alpha,
            double level,
            long seed,
            Method method,
            int drawsFrom,
            int drawsTo,
            List<LocalComparison> comparisons) {
        public Content {
            comparisons = List.copyOf(comparisons);
        }
    }

    private static String title(Content content) {
        return "Local RE-KL of order " + Digits.exact(content.alpha) + " on " + content.place.ball()
                + ", estimated from draws";
    }

    private static String side(String name, int draws) {
        return name + " (" + draws + " draws)";
    }

    private static String interval(Bracket bracket, boolean lowerOnly) {
        if (lowerOnly) {
            return ">= " + Digits.number(bracket.lower());
        }
        return bracket.upper() == Double.POSITIVE_INFINITY
                ? ">= " + Digits.number(bracket.lower())
                : Digits.number(bracket.lower()) + " to " + Digits.number(bracket.upper());
    }

    private static String ratio(LocalComparison c) {
        return c.ratio().lower() == 0 && c.ratio().upper() == Double.POSITIVE_INFINITY
                ? "anything"
                : Double.isInfinite(c.ratio().upper())
                        ? ">= " + Digits.number(c.ratio().lower())
                        : Digits.number(c.ratio().lower()) + " to "
                                + Digits.number(c.ratio().upper());
    }

    private static String[] cells(Content content, LocalComparison c) {
        boolean lowerOnly = content.method == Method.DRAWS;
        return new String[] {
            Digits.number(c.radius()),
            LogText.mass(Math.log(c.massQ().estimate())),
            LogText.mass(Math.log(c.massP().estimate())),
            ratio(c),
            interval(c.forward().normalised(), lowerOnly),
            interval(c.backward().normalised(), lowerOnly),
            c.certificate() == Double.POSITIVE_INFINITY ? "none" : DivergenceReport.outward(c.certificate(), true)
        };
    }

    /** What is shown to differ, in words. */
    private static String difference(Content content) {
        LocalComparison most = content.comparisons.get(0);
        for (LocalComparison c : content.comparisons) {
            if (c.forward().normalised().lower() > most.forward().normalised().lower()) {
                most = c;
            }
        }
        ReklEstimate forward = most.forward();
        if (!(forward.normalised().lower() > 0)) {
            return "No difference is shown at any radius: every lower bound of the divergence is 0.";
        }
        String where = content.comparisons.size() == 1 ? "" : " at r = " + Digits.number(most.radius());
        String shape = forward.shapeTerm().lower() > 0
                ? ", of which the shapes within the ball make at least "
                        + Digits.number(forward.shapeTerm().lower()) + "."
                : ". The masses of the ball explain it; that its shapes differ besides is not shown.";
        return "\"from\" and \"to\" differ" + where + ": forward is at least "
                + Digits.number(forward.normalised().lower()) + shape;
    }

    private static String certificate(Content content) {
        LocalComparison worst = content.comparisons.get(0);
        for (LocalComparison c : content.comparisons) {
            if (c.certificate() > worst.certificate()) {
                worst = c;
            }
        }
        String where = content.comparisons.size() == 1 ? "" : " at r = " + Digits.number(worst.radius());
        String level = Digits.level(content.level);
        if (worst.certificate() == Double.POSITIVE_INFINITY) {
            return "Certificate: none" + where + ". "
                    + (worst.basis() == LocalComparison.Basis.DIVERGENCE
                            ? "Nothing bounds the backward divergence there; an order below 1, or more draws in the ball, may."
                            : "No draw of \"from\" in the ball excludes that it has no mass there; more draws may.");
        }
        String any = content.comparisons.size() == 1
                ? ""
                : " at any radius shown (the worst is r = " + Digits.number(worst.radius()) + ")";
        return "Certificate (" + level + (content.comparisons.size() == 1 ? "" : " at each radius by itself")
                + "): \"from\" does not under-cover the ball by more than a factor "
                + DivergenceReport.outward(worst.certificate(), true) + any + ". "
                + (worst.basis() == LocalComparison.Basis.DIVERGENCE
                        ? "It follows from an upper confidence bound of the backward divergence."
                        : "It follows from the interval of the ratio of the masses. The divergences do not give it: draws"
                                + " alone bound them from below, and a lower bound can only refute.");
    }

    private static List<String> cautions(Content content) {
        Set<ReklCaution> cautions = new TreeSet<>();
        Set<Caution> ofMasses = new TreeSet<>();
        for (LocalComparison c : content.comparisons) {
            cautions.addAll(c.cautions());
            ofMasses.addAll(c.massQ().cautions());
            ofMasses.addAll(c.massP().cautions());
        }
        String some = content.comparisons.size() == 1 ? "" : "at some radius: ";
        return java.util.stream.Stream.concat(
                        cautions.stream().map(c -> (c == ReklCaution.LOWER_BOUND ? "" : some) + c.sentence()),
                        ofMasses.stream().map(c -> some + c.sentence()))
                .toList();
    }

    private static String legend(Content content) {
        return DIRECTIONS
                + " ratio: mass under \"from\" / mass under \"to\". c: the mass under \"from\" is at least 1/c of"
                + " that under \"to\". " + Digits.level(content.level)
                + " intervals, at each radius by itself; >= is a lower confidence bound (theory T6.7).";
    }

    /** Writes the table for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", title(content), style::bold);
        lines.paragraph("from  ", side(content.from, content.drawsFrom));
        lines.paragraph("to    ", side(content.to, content.drawsTo));
        lines.blank();
        int[] widths = {7, 8, 8, 16, 17, 17, 7};
        lines.line(style.bold(row(widths, "r", "from", "to", "ratio", "forward", "backward", "c")));
        for (LocalComparison c : content.comparisons) {
            lines.line(row(widths, cells(content, c)));
        }
        lines.blank();
        lines.paragraph("", difference(content));
        lines.paragraph("", certificate(content));
        for (String caution : cautions(content)) {
            lines.paragraph("Caution: ", caution + ".");
        }
        lines.blank();
        lines.paragraph("", legend(content), style::dim);
        out.write(lines.toString());
        out.flush();
    }

    private static String row(int[] widths, String... cells) {
        StringBuilder line = new StringBuilder();
        for (int j = 0; j < cells.length; j++) {
            line.append(Lines.right(cells[j], widths[j]));
        }
        return line.toString();
    }

    /** Writes the table for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        out.write(Markdown.text(title(content)) + ", from " + Markdown.code(content.from) + " to "
                + Markdown.code(content.to) + "\n\n");
        out.write(Markdown.row("r", "mass from", "mass to", "ratio", "forward", "backward", "c")
                + "|--:|--:|--:|--:|--:|--:|--:|\n");
        for (LocalComparison c : content.comparisons) {
            String[] cells = cells(content, c);
            for (int j = 0; j < cells.length; j++) {
                cells[j] = cells[j].replace(">", "&gt;");
            }
            out.write(Markdown.row(cells));
        }
        out.write("\n" + Markdown.text(difference(content)) + "\n");
        out.write("\n" + Markdown.text(certificate(content)) + "\n");
        for (String caution : cautions(content)) {
            out.write("\n" + Markdown.text("Caution: " + caution + ".") + "\n");
        }
        out.write("\n" + Markdown.text(legend(content)) + "\n");
        out.flush();
    }

    /** Writes the estimates for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        List<LocalComparison> all = content.comparisons;
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", DivergenceReport.SCHEMA);
            json.writeStringField("method", content.method.label);
            json.writeStringField("from", content.from);
            json.writeStringField("to", content.to);
            content.place.write(json);
            json.writeNumberField("alpha", content.alpha);
            json.writeNumberField("level", content.level);
            json.writeNumberField("seed", content.seed);
            json.writeNumberField("drawsFrom", content.drawsFrom);
            json.writeNumberField("drawsTo", content.drawsTo);
            numbers(json, "radii", all, LocalComparison::radius);
            numbers(json, "logMassFrom", all, c -> Math.log(c.massQ().estimate()));
            numbers(json, "logMassFromLower", all, c -> Math.log(c.massQ().lower()));
            numbers(json, "logMassFromUpper", all, c -> Math.log(c.massQ().upper()));
            numbers(json, "logMassTo", all, c -> Math.log(c.massP().estimate()));
            numbers(json, "logMassToLower", all, c -> Math.log(c.massP().lower()));
            numbers(json, "logMassToUpper", all, c -> Math.log(c.massP().upper()));
            direction(json, "forward", "logForward", all, LocalComparison::forward);
            direction(json, "backward", "logBackward", all, LocalComparison::backward);
            numbers(json, "ratio", all, c -> c.ratio().estimate());
            numbers(json, "ratioLower", all, c -> c.ratio().lower());
            numbers(json, "ratioUpper", all, c -> c.ratio().upper());
            brackets(json, "difference", all, LocalComparison::difference);
            numbers(json, "certificate", all, LocalComparison::certificate);
            numbers(json, "logCertificate", all, c -> Math.log(c.certificate()));
            numbers(json, "bestCertificate", all, LocalComparison::certificate);
            numbers(json, "bestCertificateAlpha", all, c -> content.alpha);
            json.writeStringField(
                    "certificateFrom",
                    all.get(0).basis() == LocalComparison.Basis.DIVERGENCE ? "divergence" : "mass ratio");
            json.writeArrayFieldStart("inequalities");
            for (Inequality inequality : content.method == Method.DRAWS
                    ? List.of(Inequality.PARTITION)
                    : List.of(Inequality.SHARP, Inequality.DIRECTIONAL)) {
                json.writeStartObject();
                json.writeStringField("label", inequality.label());
                json.writeStringField("sentence", inequality.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cautions");
            for (String caution : cautions(content)) {
                json.writeString(caution);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("provenance");
            json.writeStringField("version", version);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void direction(
            JsonGenerator json,
            String name,
            String log,
            List<LocalComparison> all,
            Function<LocalComparison, ReklEstimate> of)
            throws IOException {
        brackets(json, name, all, c -> of.apply(c).divergence());
        numbers(json, log, all, c -> Math.log(of.apply(c).divergence().estimate()));
        brackets(json, name + "Normalised", all, c -> of.apply(c).normalised());
        brackets(json, name + "MassTerm", all, c -> of.apply(c).massTerm());
        brackets(json, name + "ShapeTerm", all, c -> of.apply(c).shapeTerm());
        numbers(
                json,
                log + "Normalised",
                all,
                c -> Math.log(of.apply(c).normalised().estimate()));
        numbers(json, name + "RelativeError", all, c -> Double.NaN);
        numbers(json, name + "Cells", all, c -> of.apply(c).cells());
    }

    private static void brackets(
            JsonGenerator json, String name, List<LocalComparison> all, Function<LocalComparison, Bracket> of)
            throws IOException {
        numbers(json, name, all, c -> of.apply(c).estimate());
        numbers(json, name + "Lower", all, c -> of.apply(c).lower());
        numbers(json, name + "Upper", all, c -> of.apply(c).upper());
    }

    private static void numbers(
            JsonGenerator json, String name, List<LocalComparison> all, ToDoubleFunction<LocalComparison> of)
            throws IOException {
        MassReport.numbers(json, name, all.stream().mapToDouble(of).toArray());
    }
}
