package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.MassEstimate;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.PlantedModes;
import org.localmass.estimate.explore.Reason;
import org.localmass.vi.TracePoint;
import org.localmass.vi.Unrepresented;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.fidelity.Check;
import org.localmass.vi.fidelity.FittedRegion;
import org.localmass.vi.fidelity.LocalFidelityResult;
import org.localmass.vi.fidelity.RegionOrigin;

/**
 * A variational fit as text, Markdown, JSON and a page. The schema of the JSON ships as the resource
 * {@code fit.schema.json} of this package.
 */
public final class FitReport {
    /** Value of the member "schema". */
    public static final String SCHEMA = "localmass.fit/1";

    private static final double TRACED = 8;
    private static final int NAME = 23;
    private static final String PRICE =
            "Interval: of q/p, from that of p. Price: what holding the region's mass costs, in nats of ELBO per unit of log"
                    + " mass; 0 where it holds by itself, - where it was not held.";

    private FitReport() {}

    /**
     * What was fitted and found.
     *
     * @param model       the model's text
     * @param coordinates names of the unconstrained coordinates
     * @param result      the fit
     * @param sensitivity what the search finds of planted modes, if that was measured
     * @param draws       number of draws of the fit that were written; 0 if none were
     */
    public record Content(
            String model,
            List<String> coordinates,
            LocalFidelityResult result,
            Optional<PlantedModes.Result> sensitivity,
            int draws) {
        public Content {
            coordinates = List.copyOf(coordinates);
        }
    }

    private static String title(Content content) {
        LocalFidelityResult r = content.result;
        return "Fit of " + content.model + " by " + family(r) + ", objective " + r.objective();
    }

    private static String family(LocalFidelityResult result) {
        return result.fit().family().toString();
    }

    private static String elbo(LocalFidelityResult r) {
        return Digits.nats(r.elbo().value()) + " (standard error "
                + TwoDigits.number(r.elbo().standardError()) + ")";
    }

    private static String logZ(LocalFidelityResult r) {
        return Digits.nats(r.logZ().logZ()) + " (" + Digits.nats(r.logZ().lower()) + " to "
                + Digits.nats(r.logZ().upper()) + ")";
    }

    private static String kHat(LocalFidelityResult r) {
        return kHat(r.kHat()) + ", of defensive draws " + kHat(r.defensiveKHat());
    }

    private static String kHat(double value) {
        if (value == Double.NEGATIVE_INFINITY) {
            return "below 0 (equal weights)";
        }
        return value == Double.POSITIVE_INFINITY ? "infinite (too few weights)" : TwoDigits.number(value);
    }

    private static String price(FittedRegion region) {
        return region.held() && !Double.isNaN(region.price()) ? TwoDigits.number(region.price()) : "-";
    }

    private static List<String> sensitivity(Content content) {
        List<String> lines = new ArrayList<>();
        content.sensitivity.ifPresent(s -> {
            List<String> counts = new ArrayList<>();
            for (PlantedModes.Power power : s.powers()) {
                counts.add((power.width() == 1
                                ? "as wide as the posterior "
                                : TwoDigits.number(power.width()) + " times as wide ")
                        + power.found() + " of " + power.planted());
            }
            lines.add("modes that were planted into the density, of mass 5 % and 5 to 9 standard deviations away"
                    + (content.coordinates.size() > 10 ? " or farther" : "")
                    + ", and that the same search found: " + String.join(", ", counts)
                    + "; of modes unlike these nothing is known");
        });
        return lines;
    }

    private static List<String> searched(Content content) {
        List<String> lines = new ArrayList<>(FitWords.searched(content.result));
        lines.addAll(sensitivity(content));
        return lines;
    }

    private static List<String> numbers(Content content) {
        LocalFidelityResult r = content.result;
        List<String> lines = new ArrayList<>();
        lines.add("ELBO " + elbo(r) + ", log Z of the mass found " + logZ(r));
        lines.add("k-hat of q's draws " + kHat(r) + "; k-hat is blind to a mode that q never visits");
        lines.add("Evaluations: " + r.evaluations()
                + content.sensitivity
                        .map(s -> " and " + s.counts().evaluations() + " for the planted modes")
                        .orElse("")
                + (r.failures() > 0 ? "; " + r.failures() + " of them failed and count as a density of zero" : ""));
        return lines;
    }

    /** Writes the summary for a terminal. The writer is flushed, not closed. */
    public static void writeText(Content content, TextStyle style, Writer out) throws IOException {
        LocalFidelityResult r = content.result;
        Lines lines = new Lines();
        lines.paragraph("", FitWords.headline(r), style::bold);
        lines.blank();
        lines.paragraph("", title(content) + ".");
        lines.blank();
        List<String> reasons = FitWords.reasons(r);
        if (!reasons.isEmpty()) {
            lines.line(style.bold("Why"));
            reasons.forEach(reason -> lines.paragraph("  - ", reason));
            lines.blank();
        }
        lines.line(style.bold(row("region", "p", "q", "q/p", "interval", "price")));
        for (FittedRegion region : FitWords.rows(r)) {
            String name = region.name();
            if (Lines.length(Words.safe(name)) > NAME) {
                lines.paragraph("", name);
                name = "";
            }
            lines.line(row(
                    name,
                    Digits.percent(region.reference().estimate()),
                    Digits.percent(region.mass()),
                    Digits.number(region.ratio().estimate()),
                    Digits.ratioInterval(region.ratio()),
                    price(region)));
        }
        lines.paragraph("", FitWords.shown(r) + " " + PRICE, style::dim);
        lines.blank();
        numbers(content).forEach(n -> lines.paragraph("", n + "."));
        lines.blank();
        lines.line(style.bold("What was searched"));
        searched(content).forEach(s -> lines.paragraph("  - ", s));
        out.write(lines.toString());
        out.flush();
    }

    private static String row(String name, String p, String q, String ratio, String interval, String price) {
        return Lines.column(name, NAME)
                + Lines.right(p, 10)
                + Lines.right(q, 10)
                + Lines.right(ratio, 9)
                + "  "
                + Lines.column(interval, 19)
                + Lines.right(price, 7);
    }

    /** Writes the summary for GitHub. The writer is flushed, not closed. */
    public static void writeMarkdown(Content content, Writer out) throws IOException {
        LocalFidelityResult r = content.result;
        out.write("## " + Markdown.text(FitWords.headline(r)) + "\n\n");
        out.write("Fit of " + Markdown.code(content.model) + " by " + Markdown.code(family(r)) + ", objective "
                + Markdown.code(r.objective()) + ".\n\n");
        for (String reason : FitWords.reasons(r)) {
            out.write("- " + Markdown.text(reason) + "\n");
        }
        out.write((FitWords.reasons(r).isEmpty() ? "" : "\n")
                + Markdown.row("region", "p", "q", "q/p", "interval", "price") + "|:--|--:|--:|--:|:--|--:|\n");
        for (FittedRegion region : FitWords.rows(r)) {
            out.write(Markdown.row(
                    Markdown.code(region.name()),
                    Digits.percent(region.reference().estimate()).replace("<", "&lt;"),
                    Digits.percent(region.mass()).replace("<", "&lt;"),
                    Digits.number(region.ratio().estimate()),
                    Digits.ratioInterval(region.ratio()),
                    price(region)));
        }
        out.write("\n" + Markdown.text(FitWords.shown(r) + " " + PRICE) + "\n\n");
        for (String number : numbers(content)) {
            out.write("- " + Markdown.text(number) + "\n");
        }
        out.write("\nSearched:\n\n");
        for (String line : searched(content)) {
            out.write("- " + Markdown.text(line) + "\n");
        }
        out.flush();
    }

    /** Writes the fit for programs. The writer is flushed, not closed. */
    public static void writeJson(Content content, String version, Writer out) throws IOException {
        LocalFidelityResult r = content.result;
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("verdict", r.verdict().name());
            JsonReport.strings(json, "reasons", FitWords.reasons(r));
            json.writeStringField("model", content.model);
            json.writeStringField("objective", r.objective());
            family(json, content);
            json.writeObjectFieldStart("elbo");
            JsonReport.number(json, "estimate", r.elbo().value());
            JsonReport.number(json, "standardError", r.elbo().standardError());
            json.writeEndObject();
            json.writeObjectFieldStart("logZ");
            JsonReport.number(json, "estimate", r.logZ().logZ());
            JsonReport.number(json, "standardError", r.logZ().standardError());
            JsonReport.number(json, "lower", r.logZ().lower());
            JsonReport.number(json, "upper", r.logZ().upper());
            json.writeEndObject();
            JsonReport.number(json, "khat", r.kHat());
            JsonReport.number(json, "defensiveKhat", r.defensiveKHat());
            JsonReport.number(json, "effectiveShare", r.effective());
            JsonReport.number(json, "worstBall", r.worstBall());
            json.writeArrayFieldStart("regions");
            for (FittedRegion region : r.regions()) {
                region(json, region);
            }
            json.writeEndArray();
            unrepresented(json, r.unrepresented());
            checks(json, r);
            json.writeNumberField("passes", r.passes());
            json.writeNumberField("evaluations", r.evaluations());
            json.writeNumberField("failures", r.failures());
            JsonReport.strings(json, "searched", searched(content));
            sensitivity(json, content.sensitivity);
            trace(json, r);
            json.writeNumberField("draws", content.draws);
            json.writeNumberField("seed", r.seed());
            IndexReport.provenance(json, version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void family(JsonGenerator json, Content content) throws IOException {
        Mixture q = content.result.fit();
        json.writeObjectFieldStart("family");
        json.writeStringField("text", q.family().toString());
        JsonReport.strings(json, "coordinates", content.coordinates);
        json.writeArrayFieldStart("components");
        for (int k = 0; k < q.components(); k++) {
            json.writeStartObject();
            JsonReport.number(json, "weight", q.weight(k));
            MassReport.numbers(json, "mean", q.mean(k));
            json.writeArrayFieldStart("scale");
            for (double[] row : q.scaleMatrix(k)) {
                json.writeStartArray();
                for (double value : row) {
                    JsonReport.number(json, value);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            JsonReport.number(json, "nu", q.family().nu(k));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void region(JsonGenerator json, FittedRegion region) throws IOException {
        json.writeStartObject();
        json.writeStringField("region", region.name());
        json.writeStringField("origin", region.origin().label());
        json.writeBooleanField("held", region.held());
        MassEstimate p = region.reference();
        json.writeObjectFieldStart("referenceMass");
        JsonReport.number(json, "estimate", p.estimate());
        JsonReport.number(json, "lower", p.lower());
        JsonReport.number(json, "upper", p.upper());
        JsonReport.number(json, "effectiveDraws", p.effectiveHits());
        json.writeEndObject();
        JsonReport.number(json, "mass", region.mass());
        json.writeObjectFieldStart("rho");
        JsonReport.ratioMembers(json, region.ratio());
        json.writeEndObject();
        JsonReport.number(json, "price", region.price());
        json.writeEndObject();
    }

    private static void unrepresented(JsonGenerator json, Optional<Unrepresented> known) throws IOException {
        if (known.isEmpty()) {
            json.writeNullField("unrepresented");
            return;
        }
        Unrepresented u = known.get();
        json.writeObjectFieldStart("unrepresented");
        json.writeStringField("region", u.region());
        JsonReport.number(json, "ratio", Math.exp(u.logRatio()));
        JsonReport.number(json, "enforced", Math.exp(u.enforced()));
        JsonReport.number(json, "cost", u.cost());
        JsonReport.number(json, "price", u.price());
        JsonReport.number(json, "violation", u.violation());
        JsonReport.strings(
                json,
                "remedies",
                u.remedies().stream().map(remedy -> remedy.sentence()).toList());
        json.writeEndObject();
    }

    private static void checks(JsonGenerator json, LocalFidelityResult r) throws IOException {
        json.writeArrayFieldStart("checks");
        for (Check check : r.checks()) {
            json.writeStartObject();
            json.writeStringField("check", check.kind().name());
            JsonReport.number(json, "value", check.value());
            JsonReport.number(json, "limit", check.limit());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (r.examination().isEmpty()) {
            json.writeNullField("examination");
            return;
        }
        DensityEvidence e = r.examination().get();
        json.writeObjectFieldStart("examination");
        json.writeStringField("verdict", e.verdict().name());
        json.writeNumberField("evaluations", e.counts().evaluations());
        json.writeArrayFieldStart("doubts");
        for (Reason reason : e.reasons()) {
            json.writeStartObject();
            json.writeStringField("doubt", reason.doubt().name());
            JsonReport.number(json, "value", reason.value());
            JsonReport.number(json, "limit", reason.limit());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void sensitivity(JsonGenerator json, Optional<PlantedModes.Result> known) throws IOException {
        if (known.isEmpty()) {
            json.writeNullField("sensitivity");
            return;
        }
        json.writeObjectFieldStart("sensitivity");
        json.writeNumberField("evaluations", known.get().counts().evaluations());
        json.writeArrayFieldStart("planted");
        for (PlantedModes.Power power : known.get().powers()) {
            json.writeStartObject();
            JsonReport.number(json, "width", power.width());
            json.writeNumberField("planted", power.planted());
            json.writeNumberField("found", power.found());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Steps in order; the masses of the last fit's regions where they are known. */
    private static void trace(JsonGenerator json, LocalFidelityResult r) throws IOException {
        json.writeObjectFieldStart("trace");
        JsonReport.numbers(json, "evaluations", r.trace(), TracePoint::evaluations);
        JsonReport.numbers(json, "elbo", r.trace(), TracePoint::elbo);
        JsonReport.numbers(json, "violation", r.trace(), TracePoint::violation);
        json.writeArrayFieldStart("stage");
        for (TracePoint point : r.trace()) {
            json.writeString(point.stage());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("logMass");
        for (int k = 0; k < r.traced().size(); k++) {
            int column = k;
            json.writeStartObject();
            json.writeStringField("region", r.traced().get(k));
            JsonReport.numbers(
                    json, "values", last(r), point -> point.logMasses().get(column));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Steps at the end that follow the last fit's regions. */
    private static List<TracePoint> last(LocalFidelityResult r) {
        List<TracePoint> points = new ArrayList<>();
        for (int i = r.trace().size() - 1; i >= 0; i--) {
            TracePoint point = r.trace().get(i);
            boolean restarted =
                    !points.isEmpty() && point.step() >= points.get(0).step();
            if (point.logMasses().size() != r.traced().size() || restarted) {
                break;
            }
            points.add(0, point);
        }
        return points;
    }

    /** Writes the page; encode it in UTF-8. The writer is flushed, not closed. */
    public static void writeHtml(Content content, String version, Writer out) throws IOException {
        LocalFidelityResult r = content.result;
        List<Chart.Plot> charts = new ArrayList<>();
        Xhtml page = Page.open("Localmass: fit of " + content.model);
        page.open("header", "class", "verdict " + FitWords.look(r.verdict()));
        page.leaf("p", r.verdict().name(), "class", "badge");
        String headline = FitWords.headline(r);
        page.leaf(
                "h1",
                headline.substring(headline.indexOf(':') + 2, headline.indexOf(':') + 3)
                                .toUpperCase(java.util.Locale.ROOT)
                        + headline.substring(headline.indexOf(':') + 3));
        page.leaf("p", title(content) + ".", "class", "sub");
        page.open("dl", "class", "headline");
        for (Headline number : headlines(content)) {
            page.open("div").leaf("dt", number.name()).open("dd");
            page.leaf("strong", number.value()).leaf("span", number.detail());
            page.close(2);
        }
        page.close(2).open("main");
        List<String> reasons = FitWords.reasons(r);
        if (!reasons.isEmpty()) {
            section(page, "why", "Why");
            Page.list(page, reasons);
            page.close();
        }
        section(page, "regions", "Regions");
        page.leaf("p", FitWords.shown(r) + " " + PRICE, "class", "note");
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (FittedRegion region : FitWords.rows(r)) {
            rows.add(List.of(
                    Page.Cell.code(region.name()),
                    Page.Cell.of(region.origin().label() + (region.held() ? "" : ", not held")),
                    Page.Cell.of(
                            Digits.percent(region.reference().estimate()), Digits.massInterval(region.reference())),
                    Page.Cell.of(Digits.percent(region.mass())),
                    Page.Cell.of(Digits.number(region.ratio().estimate()), Digits.ratioInterval(region.ratio())),
                    Page.Cell.of(price(region))));
        }
        Page.table(
                page,
                "Masses under the posterior p and the fit q",
                List.of("Region", "Kind", "p", "q", "q/p", "Price"),
                rows);
        page.close();
        traces(page, r, charts);
        section(page, "searched", "What was searched");
        Page.list(page, searched(content));
        page.close();
        section(page, "numbers", "The fit");
        Page.list(page, numbers(content));
        components(page, content);
        page.close(2).open("footer");
        page.leaf("p", "Localmass " + version + ", seed " + r.seed() + ". The same numbers, all digits: fit.json.");
        page.close();
        out.write(Page.close(page, charts));
        out.flush();
    }

    private static List<Headline> headlines(Content content) {
        LocalFidelityResult r = content.result;
        List<Headline> numbers = new ArrayList<>();
        List<FittedRegion> rows = FitWords.rows(r);
        FittedRegion worst = null;
        for (FittedRegion region : rows) {
            if (worst == null || region.ratio().estimate() < worst.ratio().estimate()) {
                worst = region;
            }
        }
        if (worst != null) {
            numbers.add(new Headline(
                    "Smallest q/p of a region",
                    Digits.number(worst.ratio().estimate()),
                    worst.name() + ": " + Digits.ratioInterval(worst.ratio())));
        }
        numbers.add(new Headline("ELBO", Digits.nats(r.elbo().value()), "log Z " + logZ(r)));
        numbers.add(new Headline(
                "Pareto k-hat",
                r.kHat() == Double.NEGATIVE_INFINITY ? "below 0" : TwoDigits.number(r.kHat()),
                "blind to a mode that q never visits"));
        return numbers;
    }

    private static void section(Xhtml page, String id, String heading) {
        page.open("section", "aria-labelledby", id);
        page.leaf("h2", heading, "id", id);
    }

    private static void traces(Xhtml page, LocalFidelityResult r, List<Chart.Plot> charts) {
        List<Double> steps = new ArrayList<>();
        List<Double> elbo = new ArrayList<>();
        for (TracePoint point : r.trace()) {
            if (Double.isFinite(point.elbo())) {
                steps.add(steps.size() + 1.0);
                elbo.add(point.elbo());
            }
        }
        List<TracePoint> last = last(r);
        if (steps.size() < 2) {
            return;
        }
        section(page, "traces", "On the way");
        page.open("div", "class", "pair");
        chart(
                page,
                charts,
                new Chart.Plot(
                        "elbo",
                        "ELBO over the steps of all fits",
                        "ELBO over the steps of all fits, each on the draws of its step",
                        Chart.Axis.linear("step"),
                        Chart.Axis.linear("ELBO, nats"),
                        List.of(Chart.Series.of("ELBO", Chart.Role.APPROXIMATION, Chart.Form.LINE, steps, elbo)),
                        List.of(),
                        List.of()),
                "Each on the draws of its step; families and constraints differ between fits.");
        if (last.size() > 1) {
            List<Double> x = new ArrayList<>();
            for (int i = 0; i < last.size(); i++) {
                x.add(i + 1.0);
            }
            TreeMap<String, Double> references = new TreeMap<>();
            r.regions()
                    .forEach(region -> references.put(
                            region.name(), Math.log(region.reference().estimate())));
            List<Chart.Series> series = new ArrayList<>();
            List<FittedRegion> rows = FitWords.rows(r);
            for (FittedRegion region : rows) {
                int k = r.traced().indexOf(region.name());
                Double reference = references.get(region.name());
                if (k < 0 || reference == null || !Double.isFinite(reference) || series.size() >= TRACED) {
                    continue;
                }
                List<Double> y = new ArrayList<>();
                last.forEach(point -> y.add(point.logMasses().get(k) - reference));
                boolean named = region.origin() == RegionOrigin.REQUESTED;
                series.add(Chart.Series.of(
                        named ? "named regions" : "other regions",
                        named ? Chart.Role.REFERENCE : Chart.Role.APPROXIMATION,
                        Chart.Form.LINE,
                        x,
                        y));
            }
            if (!series.isEmpty()) {
                chart(
                        page,
                        charts,
                        new Chart.Plot(
                                "masses",
                                "Log of q/p of the tracked regions over the steps of the last fit",
                                "Log of q/p of the tracked regions over the steps of the last fit",
                                Chart.Axis.linear("step of the last fit"),
                                Chart.Axis.linear("log q/p"),
                                series,
                                List.of(),
                                List.of()),
                        "0 is a kept mass; log 1.25 = 0.22 is the edge of the band.");
            }
        }
        page.close(2);
    }

    private static void chart(Xhtml page, List<Chart.Plot> charts, Chart.Plot plot, String caption) {
        Page.figure(page, plot, caption, StaticFigure.dataUri(plot));
        charts.add(plot);
    }

    private static void components(Xhtml page, Content content) {
        Mixture q = content.result.fit();
        List<List<Page.Cell>> rows = new ArrayList<>();
        int most = Math.min(6, content.coordinates.size());
        List<String> header = new ArrayList<>(List.of("Component", "Weight"));
        for (int j = 0; j < most; j++) {
            header.add(content.coordinates.get(j));
        }
        for (int k = 0; k < q.components(); k++) {
            List<Page.Cell> row = new ArrayList<>();
            row.add(Page.Cell.of((k + 1)
                    + (q.family().isNormal(k)
                            ? ""
                            : ", t of " + TwoDigits.number(q.family().nu(k)))));
            row.add(Page.Cell.of(Digits.percent(q.weight(k))));
            double[] mean = q.mean(k);
            double[] sd = q.deviations(k);
            for (int j = 0; j < most; j++) {
                row.add(Page.Cell.of(TwoDigits.number(mean[j]), "scale " + TwoDigits.number(sd[j])));
            }
            rows.add(row);
        }
        Page.table(
                page,
                "Components, in unconstrained coordinates"
                        + (most < content.coordinates.size() ? " (the first six)" : ""),
                header,
                rows);
    }
}
