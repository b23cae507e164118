package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.localmass.core.bound.Inequality;
import org.localmass.core.bound.MassBounds;
import org.localmass.core.bound.MassIndexTheorem;
import org.localmass.core.divergence.DivergenceCurve;
import org.localmass.core.divergence.Generator;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.measure.LocalLaw;

/**
 * Local RE-KL over the radius in both directions, with what it guarantees about masses, as text, Markdown and JSON. The
 * schema of the JSON ships as the resource {@code divergence.schema.json} of this package.
 */
public final class DivergenceReport {
    /** Value of the member "schema". */
    public static final String SCHEMA = "localmass.divergence/1";

    private static final double DOUBTFUL = 1e-9;

    private DivergenceReport() {}

    /**
     * What was asked and answered.
     *
     * @param from  q, in the text form of distributions
     * @param to    p
     * @param place where the balls are
     * @param alpha the order
     * @param curve the divergences, forward from q to p
     * @param lawFrom local law of q, null where it has no formula
     * @param lawTo   local law of p, null where it has no formula
     */
    public record Content(
            String from,
            String to,
            Place place,
            double alpha,
            DivergenceCurve curve,
            @Nullable LocalLaw lawFrom,
            @Nullable LocalLaw lawTo) {}

    /** What the two divergences at one radius say of the ratio of masses, and nothing else. */
    private record Implied(double lower, double upper) {
        static Implied of(Generator f, Rekl forward, Rekl backward) {
            if (forward.massP().isZero() && forward.massQ().isZero()) {
                return new Implied(0, Double.POSITIVE_INFINITY);
            }
            MassBounds.Bounds there = MassBounds.ratio(f, forward.normalised());
            MassBounds.Bounds back = MassBounds.ratioFromBackward(f, backward.normalised());
            return new Implied(Math.max(there.lower(), back.lower()), Math.min(there.upper(), back.upper()));
        }

        double certificate() {
            return 1 / lower;
        }

        String text() {
            return upper == Double.POSITIVE_INFINITY
                    ? lower == 0 ? "anything" : "at least " + outward(lower, false)
                    : outward(lower, false) + " to " + outward(upper, true);
        }
    }

    private static List<Implied> implied(Content content) {
        Generator f = Generator.of(content.alpha);
        List<Implied> all = new ArrayList<>();
        for (int i = 0; i < content.curve.radii().size(); i++) {
            all.add(Implied.of(
                    f, content.curve.forward().get(i), content.curve.backward().get(i)));
        }
        return all;
    }

    private static String factor(double certificate) {
        return certificate == Double.POSITIVE_INFINITY ? "none" : outward(certificate, true);
    }

    /** Two digits of a bound, rounded to the side on which it stays valid. */
    private static String outward(double bound, boolean up) {
        return !Double.isFinite(bound) || bound == 0
                ? Digits.number(bound)
                : Digits.number(BigDecimal.valueOf(bound)
                        .round(new MathContext(2, up ? RoundingMode.CEILING : RoundingMode.FLOOR))
                        .doubleValue());
    }

    private static String title(Content content) {
        return "Local RE-KL of order " + Digits.exact(content.alpha) + " on " + content.place.ball();
    }

    /** The certificate in words. */
    private static String certificate(Content content, List<Implied> implied) {
        double worst = 1;
        double at = content.curve.radii().get(0);
        for (int i = 0; i < implied.size(); i++) {
            if (implied.get(i).certificate() > worst) {
                worst = implied.get(i).certificate();
                at = content.curve.radii().get(i);
            }
        }
        if (worst == Double.POSITIVE_INFINITY) {
            return "Certificate: none at r = " + Digits.number(at) + ". " + why(content, at);
        }
        String where = implied.size() == 1 ? "" : " at any radius shown (the worst is r = " + Digits.number(at) + ")";
        return "Certificate: \"from\" does not under-cover the ball by more than a factor " + outward(worst, true)
                + where
                + ": its mass there is at least that of \"to\" divided by this factor. This follows from the divergences"
                + " alone.";
    }

    private static String why(Content content, double radius) {
        int i = content.curve.radii().indexOf(radius);
        Rekl forward = content.curve.forward().get(i);
        if (forward.massQ().isZero()) {
            return "\"from\" has no mass there.";
        }
        return content.alpha >= 1
                ? "The backward divergence is infinite: \"to\" has mass, or a tail or pole, that \"from\" does not cover."
                        + " An order below 1 can still certify a factor."
                : "The factor is beyond the range of numbers.";
    }

    /** What the local laws and the one-sided theorem say of the limit. */
    private static String theorem(Content content) {
        LocalLaw from = content.lawFrom;
        LocalLaw to = content.lawTo;
        if (from == null || to == null) {
            return "";
        }
        String laws = "As r tends to 0 the mass under \"from\" is " + LawWords.formula(from) + ", under \"to\" "
                + LawWords.formula(to);
        double limit = limitOfRatio(from, to);
        if (Double.isNaN(limit)) {
            return laws + ".";
        }
        int least = 0;
        List<Double> radii = content.curve.radii();
        for (int i = 1; i < radii.size(); i++) {
            least = radii.get(i) < radii.get(least) ? i : least;
        }
        double infinity = Double.POSITIVE_INFINITY;
        double forward = limit == infinity
                ? infinity
                : content.curve.forward().get(least).normalised();
        double backward =
                limit == 0 ? infinity : content.curve.backward().get(least).normalised();
        if (limit == 0) {
            forward = Math.max(1, forward); // its limit; values below 1 on the way prove nothing
        }
        if (limit == infinity) {
            backward = Math.max(1, backward);
        }
        MassIndexTheorem.Result result = MassIndexTheorem.apply(forward, backward);
        String ratio =
                laws + ": the ratio tends to " + (Double.isInfinite(limit) ? "infinity" : Digits.number(limit)) + ".";
        return result.conclusion() == MassIndexTheorem.Conclusion.NOTHING
                ? ratio
                : ratio + " The divergences that stay bounded give that "
                        + result.conclusion()
                                .sentence()
                                .replace("of q", "of \"from\"")
                                .replace("of p", "of \"to\"")
                                .replace("and p", "and \"to\"")
                        + " (" + result.hypotheses() + ").";
    }

    /** Limit of Q/P, NaN where the laws do not give it. */
    private static double limitOfRatio(LocalLaw from, LocalLaw to) {
        if (from.isVanishing() && to.isVanishing()) {
            return Double.NaN;
        }
        if (from.isAtom() || to.isAtom()) {
            return from.atomMass() / to.atomMass();
        }
        if (from.kappa() != to.kappa()) {
            return from.kappa() > to.kappa() ? 0 : Double.POSITIVE_INFINITY;
        }
        return from.beta() == to.beta()
                ? Math.exp(from.logConstant() - to.logConstant())
                : from.beta() < to.beta() ? 0 : from.beta() > to.beta() ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    private static List<String> cautions(Content content) {
        double worst = 0;
        for (List<Rekl> direction : List.of(content.curve.forward(), content.curve.backward())) {
            for (Rekl rekl : direction) {
                worst = Math.max(worst, rekl.relativeError());
            }
        }
        return worst > DOUBTFUL
                ? List.of("the integrals reach a relative error of " + Digits.number(worst)
                        + " only, at the radius where it is largest")
                : List.of();
    }

    private static final String LEGEND = "forward: D(from||to) / mass under \"to\"; backward: D(to||from) / mass under"
            + " \"from\". ratio: mass under \"from\" / mass under \"to\". implied: the ratios that forward and backward"
            + " alone allow (theory T6.3, T6.4). c: the mass under \"from\" is at least 1/c of that under \"to\".";

    /** Writes the table for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", title(content), style::bold);
        lines.paragraph("from  ", content.from);
        lines.paragraph("to    ", content.to);
        lines.blank();
        lines.line(style.bold(Lines.right("r", 8)
                + Lines.right("from", 11)
                + Lines.right("to", 11)
                + Lines.right("ratio", 9)
                + Lines.right("forward", 9)
                + Lines.right("backward", 9)
                + Lines.right("implied", 16)
                + Lines.right("c", 7)));
        List<Implied> implied = implied(content);
        for (int i = 0; i < implied.size(); i++) {
            String[] cells = cells(content, implied.get(i), i);
            int[] widths = {8, 11, 11, 9, 9, 9, 16, 7};
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < cells.length; j++) {
                line.append(Lines.right(cells[j], widths[j]));
            }
            lines.line(line.toString());
        }
        lines.blank();
        lines.paragraph("", certificate(content, implied));
        if (!theorem(content).isEmpty()) {
            lines.paragraph("", theorem(content));
        }
        for (String caution : cautions(content)) {
            lines.paragraph("Caution: ", caution + ".");
        }
        lines.blank();
        lines.paragraph("", LEGEND, style::dim);
        out.write(lines.toString());
        out.flush();
    }

    private static String[] cells(Content content, Implied implied, int i) {
        Rekl forward = content.curve.forward().get(i);
        Rekl backward = content.curve.backward().get(i);
        return new String[] {
            Digits.number(content.curve.radii().get(i)),
            LogText.mass(forward.massQ().log()),
            LogText.mass(forward.massP().log()),
            Double.isNaN(forward.ratio()) ? "-" : Digits.number(forward.ratio()),
            Digits.number(forward.normalised()),
            Digits.number(backward.normalised()),
            implied.text(),
            factor(implied.certificate())
        };
    }

    /** Writes the table for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        out.write(Markdown.text(title(content)) + ", from " + Markdown.code(content.from) + " to "
                + Markdown.code(content.to) + "\n\n");
        out.write(Markdown.row("r", "mass from", "mass to", "ratio", "forward", "backward", "implied", "c")
                + "|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        List<Implied> implied = implied(content);
        for (int i = 0; i < implied.size(); i++) {
            out.write(Markdown.row(cells(content, implied.get(i), i)));
        }
        out.write("\n" + Markdown.text(certificate(content, implied)) + "\n");
        if (!theorem(content).isEmpty()) {
            out.write("\n" + Markdown.text(theorem(content)) + "\n");
        }
        for (String caution : cautions(content)) {
            out.write("\n" + Markdown.text("Caution: " + caution + ".") + "\n");
        }
        out.write("\n" + Markdown.text(LEGEND) + "\n");
        out.flush();
    }

    /** Writes the divergences for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        DivergenceCurve curve = content.curve;
        List<Implied> implied = implied(content);
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("from", content.from);
            json.writeStringField("to", content.to);
            content.place.write(json);
            json.writeNumberField("alpha", content.alpha);
            numbers(json, "radii", curve.radii(), radius -> radius);
            numbers(json, "logMassFrom", curve.forward(), rekl -> rekl.massQ().log());
            numbers(json, "logMassTo", curve.forward(), rekl -> rekl.massP().log());
            numbers(json, "forward", curve.forward(), rekl -> rekl.value().value());
            numbers(json, "backward", curve.backward(), rekl -> rekl.value().value());
            numbers(json, "logForward", curve.forward(), rekl -> rekl.value().log());
            numbers(json, "logBackward", curve.backward(), rekl -> rekl.value().log());
            numbers(json, "forwardNormalised", curve.forward(), Rekl::normalised);
            numbers(json, "backwardNormalised", curve.backward(), Rekl::normalised);
            numbers(json, "forwardMassTerm", curve.forward(), Rekl::massTerm);
            numbers(json, "forwardShapeTerm", curve.forward(), Rekl::shapeTerm);
            numbers(json, "backwardMassTerm", curve.backward(), Rekl::massTerm);
            numbers(json, "backwardShapeTerm", curve.backward(), Rekl::shapeTerm);
            numbers(json, "forwardRelativeError", curve.forward(), Rekl::relativeError);
            numbers(json, "backwardRelativeError", curve.backward(), Rekl::relativeError);
            numbers(json, "ratioLower", implied, Implied::lower);
            numbers(json, "ratioUpper", implied, Implied::upper);
            numbers(json, "certificate", implied, Implied::certificate);
            json.writeArrayFieldStart("inequalities");
            for (Inequality inequality : List.of(Inequality.SHARP, Inequality.DIRECTIONAL)) {
                json.writeStartObject();
                json.writeStringField("label", inequality.label());
                json.writeStringField("sentence", inequality.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
            IndexReport.strings(json, "cautions", cautions(content));
            IndexReport.provenance(json, version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static <T> void numbers(JsonGenerator json, String name, List<T> values, ToDoubleFunction<T> of)
            throws IOException {
        MassReport.numbers(json, name, values.stream().mapToDouble(of).toArray());
    }
}
