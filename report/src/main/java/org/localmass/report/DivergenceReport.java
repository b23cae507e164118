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
import org.localmass.core.bound.Certificate;
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
    /** Share of the two masses below which an error of the divergence says nothing. */
    private static final double IMMATERIAL = 1e-12;
    /** Two digits are within this of a number, as the difference of logs. */
    private static final double ROUNDED = 0.05;

    private DivergenceReport() {}

    /**
     * What was asked and answered.
     *
     * @param from  q, in the text form of distributions
     * @param to    p
     * @param place where the balls are
     * @param alpha the order
     * @param curve the divergences, forward from q to p
     * @param tried the orders tried for the best certificate
     * @param best  the best certificate at each radius among those orders
     * @param lawFrom local law of q, null where it has no formula
     * @param lawTo   local law of p, null where it has no formula
     */
    public record Content(
            String from,
            String to,
            Place place,
            double alpha,
            DivergenceCurve curve,
            List<Double> tried,
            List<Certificate> best,
            @Nullable LocalLaw lawFrom,
            @Nullable LocalLaw lawTo) {
        public Content {
            tried = List.copyOf(tried);
            best = List.copyOf(best);
        }

        private String orders() {
            return tried.stream().map(Digits::exact).collect(java.util.stream.Collectors.joining(", "));
        }
    }

    /**
     * What the two divergences at one radius say of the ratio of masses, and nothing else.
     *
     * @param logCertificate log of the factor by which "from" does not under-cover the ball
     */
    private record Implied(double lower, double upper, double logCertificate) {
        static Implied of(Generator f, Rekl forward, Rekl backward) {
            double infinity = Double.POSITIVE_INFINITY;
            if (forward.massP().isZero() && forward.massQ().isZero()) {
                return new Implied(0, infinity, infinity);
            }
            // what the integrals may be at most
            double most = forward.normalised() * (1 + forward.relativeError());
            double mostBack = backward.normalised() * (1 + backward.relativeError());
            double logMostBack = backward.logNormalised() + Math.log1p(backward.relativeError());
            MassBounds.Bounds there = MassBounds.ratio(f, most);
            MassBounds.Bounds back = MassBounds.ratioFromBackward(f, mostBack);
            return new Implied(
                    Math.max(there.lower(), back.lower()),
                    Math.min(there.upper(), back.upper()),
                    Math.min(-f.logLower(most), f.logUpper(logMostBack)));
        }

        double certificate() {
            return 1 / lower;
        }

        String text() {
            String from = lower == 0 && logCertificate < Double.POSITIVE_INFINITY
                    ? LogText.mass(-logCertificate - ROUNDED)
                    : outward(lower, false);
            return upper == Double.POSITIVE_INFINITY
                    ? from.equals("0") ? "anything" : "at least " + from
                    : from + " to " + outward(upper, true);
        }

        String factor() {
            return logCertificate == Double.POSITIVE_INFINITY
                    ? "none"
                    : certificate() == Double.POSITIVE_INFINITY
                            ? LogText.mass(logCertificate + ROUNDED)
                            : outward(certificate(), true);
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

    /** A number, by its log where it is beyond the range of doubles. */
    private static String number(double value, double log) {
        return (value == 0 || value == Double.POSITIVE_INFINITY) && Double.isFinite(log)
                ? LogText.mass(log)
                : Digits.number(value);
    }

    /** Two digits of a bound, rounded to the side on which it stays valid. */
    static String outward(double bound, boolean up) {
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
        List<Double> radii = content.curve.radii();
        int none = 0;
        int first = -1;
        int worst = -1;
        for (int i = 0; i < implied.size(); i++) {
            double log = implied.get(i).logCertificate();
            if (log == Double.POSITIVE_INFINITY) {
                first = none++ == 0 ? i : first;
            } else if (worst < 0 || log > implied.get(worst).logCertificate()) {
                worst = i;
            }
        }
        String refused = first < 0
                ? ""
                : "none at r = " + Digits.number(radii.get(first)) + (none > 1 ? " and " + (none - 1) + " more" : "")
                        + ". " + why(content, first);
        if (worst < 0) {
            return "Certificate: " + refused;
        }
        String where = implied.size() == 1
                ? ""
                : (first < 0 ? " at any radius shown" : " at the other radii") + " (the worst is r = "
                        + Digits.number(radii.get(worst)) + ")";
        return "Certificate: " + (refused.isEmpty() ? "" : refused + " ")
                + "\"from\" does not under-cover the ball by more than a factor "
                + implied.get(worst).factor() + where
                + ": its mass there is at least that of \"to\" divided by this factor. This follows from the divergences"
                + " alone.";
    }

    private static String why(Content content, int radius) {
        Rekl forward = content.curve.forward().get(radius);
        if (forward.massQ().isZero()) {
            return forward.massP().isZero() ? "Neither has mass there." : "\"from\" has no mass there.";
        }
        return "The backward divergence is infinite: \"to\" has mass, or a tail or pole, that \"from\" does not cover."
                + " An order below 1 can still certify a factor.";
    }

    /** The smallest factors among the orders that were tried. */
    private static String best(Content content, List<Implied> implied) {
        int worst = -1;
        boolean better = false;
        for (int i = 0; i < implied.size(); i++) {
            Certificate best = content.best.get(i);
            better |= Math.log(best.factor()) < implied.get(i).logCertificate() - ROUNDED;
            if (worst < 0 || best.factor() > content.best.get(worst).factor()) {
                worst = i;
            }
        }
        if (!better || worst < 0 || content.best.get(worst).factor() == Double.POSITIVE_INFINITY) {
            return "";
        }
        Certificate best = content.best.get(worst);
        return "The smallest factor over the orders " + content.orders() + ": "
                + outward(best.factor(), true)
                + (implied.size() == 1
                        ? ""
                        : " at the worst radius, r = "
                                + Digits.number(content.curve.radii().get(worst)))
                + ", by order " + Digits.exact(best.alpha())
                + " (T6.6; the divergences are exact, so the smallest holds).";
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
                double error = rekl.relativeError() * rekl.value().value();
                double masses = rekl.massP().value() + rekl.massQ().value();
                if (error > IMMATERIAL * masses || masses == 0) {
                    worst = Math.max(worst, rekl.relativeError());
                }
            }
        }
        return worst > DOUBTFUL
                ? List.of("the integrals reach a relative error of " + Digits.number(worst)
                        + " only, at the radius where it is largest")
                : List.of();
    }

    private static final int[] USUAL = {8, 11, 11, 9, 9, 9, 16, 7};
    private static final int[] USUAL_WITHOUT_IMPLIED = {8, 11, 11, 9, 9, 9, 7};

    private static String legend(boolean withImplied) {
        return "forward: D(from||to) / mass under \"to\"; backward: D(to||from) / mass under \"from\". ratio: mass under"
                + " \"from\" / mass under \"to\". "
                + (withImplied ? "implied: the ratios that forward and backward alone allow. " : "")
                + "c: the mass under \"from\" is at least 1/c of that under \"to\", by forward and backward alone (theory"
                + " T6.3, T6.4).";
    }

    /** Writes the table for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", title(content), style::bold);
        lines.paragraph("from  ", content.from);
        lines.paragraph("to    ", content.to);
        lines.blank();
        List<Implied> implied = implied(content);
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"r", "from", "to", "ratio", "forward", "backward", "implied", "c"});
        for (int i = 0; i < implied.size(); i++) {
            rows.add(cells(content, implied.get(i), i));
        }
        boolean all = leastWidths(rows).stream().mapToInt(w -> w).sum() <= Lines.WIDTH;
        if (!all) {
            rows.replaceAll(DivergenceReport::withoutImplied);
        }
        int[] widths = widths(rows, all ? USUAL : USUAL_WITHOUT_IMPLIED);
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < widths.length; j++) {
                line.append(Lines.right(rows.get(i)[j], widths[j]));
            }
            lines.line(i == 0 ? style.bold(line.toString()) : line.toString());
        }
        lines.blank();
        lines.paragraph("", certificate(content, implied));
        if (!best(content, implied).isEmpty()) {
            lines.paragraph("", best(content, implied));
        }
        if (!theorem(content).isEmpty()) {
            lines.paragraph("", theorem(content));
        }
        for (String caution : cautions(content)) {
            lines.paragraph("Caution: ", caution + ".");
        }
        lines.blank();
        lines.paragraph("", legend(all), style::dim);
        out.write(lines.toString());
        out.flush();
    }

    private static String[] withoutImplied(String[] cells) {
        return new String[] {cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[7]};
    }

    /** Columns as wide as they must be. */
    private static List<Integer> leastWidths(List<String[]> rows) {
        List<Integer> least = new ArrayList<>();
        for (int j = 0; j < rows.get(0).length; j++) {
            int column = j;
            int longest = rows.stream()
                    .mapToInt(row -> Lines.length(row[column]))
                    .max()
                    .orElse(0);
            least.add(longest + (j == 0 ? 0 : 1));
        }
        return least;
    }

    /** Columns as wide as usual where they fit, or as wide as they must be. */
    private static int[] widths(List<String[]> rows, int[] usual) {
        List<Integer> least = leastWidths(rows);
        int[] widths = usual.clone();
        int total = 0;
        for (int j = 0; j < widths.length; j++) {
            widths[j] = Math.max(widths[j], least.get(j));
            total += widths[j];
        }
        for (int excess = total - Lines.WIDTH; excess > 0; excess--) {
            int widest = 0;
            for (int j = 0; j < widths.length; j++) {
                widest = widths[j] - least.get(j) > widths[widest] - least.get(widest) ? j : widest;
            }
            if (widths[widest] == least.get(widest)) {
                break; // rather a long line than a number that is cut
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String[] cells(Content content, Implied implied, int i) {
        Rekl forward = content.curve.forward().get(i);
        Rekl backward = content.curve.backward().get(i);
        return new String[] {
            Digits.number(content.curve.radii().get(i)),
            LogText.mass(forward.massQ().log()),
            LogText.mass(forward.massP().log()),
            Double.isNaN(forward.ratio()) ? "-" : number(forward.ratio(), forward.logRatio()),
            number(forward.normalised(), forward.logNormalised()),
            number(backward.normalised(), backward.logNormalised()),
            implied.text(),
            implied.factor()
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
        if (!best(content, implied).isEmpty()) {
            out.write("\n" + Markdown.text(best(content, implied)) + "\n");
        }
        if (!theorem(content).isEmpty()) {
            out.write("\n" + Markdown.text(theorem(content)) + "\n");
        }
        for (String caution : cautions(content)) {
            out.write("\n" + Markdown.text("Caution: " + caution + ".") + "\n");
        }
        out.write("\n" + Markdown.text(legend(true)) + "\n");
        out.flush();
    }

    /** Writes the divergences for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        DivergenceCurve curve = content.curve;
        List<Implied> implied = implied(content);
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("method", "exact");
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
            numbers(json, "logForwardNormalised", curve.forward(), Rekl::logNormalised);
            numbers(json, "logBackwardNormalised", curve.backward(), Rekl::logNormalised);
            numbers(json, "forwardMassTerm", curve.forward(), Rekl::massTerm);
            numbers(json, "forwardShapeTerm", curve.forward(), Rekl::shapeTerm);
            numbers(json, "backwardMassTerm", curve.backward(), Rekl::massTerm);
            numbers(json, "backwardShapeTerm", curve.backward(), Rekl::shapeTerm);
            numbers(json, "forwardRelativeError", curve.forward(), Rekl::relativeError);
            numbers(json, "backwardRelativeError", curve.backward(), Rekl::relativeError);
            numbers(json, "ratioLower", implied, Implied::lower);
            numbers(json, "ratioUpper", implied, Implied::upper);
            numbers(json, "certificate", implied, Implied::certificate);
            numbers(json, "logCertificate", implied, Implied::logCertificate);
            numbers(json, "bestCertificate", content.best, Certificate::factor);
            numbers(json, "bestCertificateAlpha", content.best, Certificate::alpha);
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
