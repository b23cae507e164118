package org.localmass.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.DrawsSummary;
import org.localmass.check.Finding;
import org.localmass.check.RequestedRegion;
import org.localmass.core.mass.MassEstimate;

/**
 * {@code report.html}: one self-contained page, readable on a telephone and on paper, in light and dark. It loads
 * nothing, runs nothing, and is well-formed XML.
 */
public final class HtmlReport {
    private final CheckReport report;
    private final Provenance provenance;
    private final Xhtml page;

    private HtmlReport(CheckReport report, Provenance provenance) {
        this.report = report;
        this.provenance = provenance;
        this.page = Page.open("Localmass: " + Words.verdict(report.verdict()).toLowerCase(Locale.ROOT));
    }

    /** Writes the page; encode it in UTF-8. The writer is flushed, not closed. */
    public static void write(CheckReport report, Provenance provenance, Writer out) throws IOException {
        out.write(new HtmlReport(report, provenance).text());
        out.flush();
    }

    private String text() {
        page.open("header", "class", Page.look(report.verdict()));
        page.leaf("p", Words.verdict(report.verdict()), "class", "badge");
        page.leaf("h1", report.headline());
        page.leaf("p", "Evidence: draws of both. " + Words.detectable(report), "class", "sub");
        page.close();
        page.open("main");
        warnings();
        figure();
        findings();
        requested();
        if (!report.nextSteps().isEmpty()) {
            section("next", "What to do next");
            page.open("ol");
            report.nextSteps().forEach(s -> page.leaf("li", s));
            page.close(2);
        }
        balls();
        scores();
        notExamined();
        inputs();
        options();
        explained();
        page.close();
        page.open("footer");
        page.leaf(
                "p",
                "Localmass " + provenance.version() + ", seed " + provenance.seed() + ", Java " + provenance.java());
        return page.close(3).toString();
    }

    private void section(String id, String heading) {
        page.open("section", "aria-labelledby", id);
        page.leaf("h2", heading, "id", id);
    }

    private void warnings() {
        if (report.warnings().isEmpty()) {
            return;
        }
        page.open("section", "class", "doubts", "aria-labelledby", "doubts");
        page.leaf("h2", "First: doubts about the inputs", "id", "doubts");
        Page.list(page, report.warnings());
        page.close();
    }

    private void figure() {
        if (Words.rows(report).isEmpty()) {
            return;
        }
        section("overview", "Approximation over reference");
        ForestPlot.draw(report, page);
        page.close();
    }

    private void findings() {
        section("findings", Words.findingsHeading(report));
        if (report.findings().isEmpty()) {
            page.leaf(
                    "p",
                    report.candidates() == 0
                            ? "No search was run."
                            : "The search confirmed no region in which the masses differ materially.");
        } else {
            page.leaf("p", Words.legend(report, "Below each value"), "class", "note");
        }
        Words.found(report).forEach(this::card);
        String too = Words.foundToo(report);
        if (!too.isEmpty()) {
            page.leaf("p", too);
        }
        page.close();
    }

    private void card(Finding finding) {
        String look = finding.direction() == Direction.UNDER ? "under" : "over";
        page.open("article", "class", "card " + look, "id", "region-" + finding.id());
        page.open("h3");
        page.leaf("span", finding.id(), "class", "id").text(" ").leaf("code", finding.regionText());
        page.close();
        page.leaf("p", Words.type(finding), "class", "tag");
        page.open("dl", "class", "numbers");
        number("Reference p", finding.referenceMass());
        number("Approximation q", finding.approximationMass());
        number("Ratio q/p", Digits.number(finding.ratio().estimate()), Digits.ratioInterval(finding.ratio()), "");
        page.close();
        if (!finding.explanation().isEmpty()) {
            page.leaf("p", finding.explanation());
        }
        cautions(finding);
        page.open("details").leaf("summary", "Exact region and evidence");
        evidence(finding);
        page.close(2);
    }

    private void number(String name, MassEstimate mass) {
        number(name, Digits.percent(mass.estimate()), Digits.massInterval(mass), Words.effective(mass));
    }

    private void number(String name, String value, String interval, String detail) {
        page.open("div").leaf("dt", name).open("dd");
        page.leaf("strong", value).leaf("span", interval);
        if (!detail.isEmpty()) {
            page.leaf("span", detail);
        }
        page.close(2);
    }

    private void cautions(Finding finding) {
        List<String> cautions = Words.cautions(finding);
        if (cautions.isEmpty()) {
            return;
        }
        page.open("ul", "class", "cautions", "aria-label", "Cautions");
        cautions.forEach(c -> page.leaf("li", "Caution: " + c));
        page.close();
    }

    private void evidence(Finding finding) {
        page.open("dl", "class", "pairs");
        page.open("div").leaf("dt", "Exact region").open("dd");
        page.leaf("code", finding.region().description()).close(2);
        pair("Reference", hits(finding.referenceMass()));
        pair("Approximation", hits(finding.approximationMass()));
        pair("Share of the divergence", Digits.number(finding.localDivergence()));
        pair("Share, at least", Digits.number(finding.importance()));
        pair("p-value", Digits.number(finding.pValue()));
        pair("p-value, adjusted", Digits.number(finding.adjustedPValue()));
        pair("e-value", Digits.number(finding.eValue()));
        page.close();
    }

    private static String hits(MassEstimate mass) {
        return Words.plural(mass.hits(), "draw") + " in the region, " + Words.plural(mass.visits(), "visit");
    }

    private void pair(String name, String value) {
        page.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    private void requested() {
        if (report.requested().isEmpty()) {
            return;
        }
        section("requested", "Regions you named");
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (RequestedRegion requested : report.requested()) {
            Finding finding = requested.finding();
            rows.add(List.of(
                    Page.Cell.of(finding.id()),
                    Page.Cell.code(finding.regionText()),
                    Page.Cell.of(Words.outcome(requested), Words.cautions(finding)),
                    mass(finding.referenceMass()),
                    mass(finding.approximationMass()),
                    Page.Cell.of(Digits.number(finding.ratio().estimate()), Digits.ratioInterval(finding.ratio())),
                    Page.Cell.of(Digits.percent(requested.minimumDetectableMass()))));
        }
        Page.table(
                page,
                "Every region you named, in your order",
                List.of("", "Region", "Outcome", "Reference p", "Approximation q", "Ratio q/p", "Detectable from"),
                rows);
        for (RequestedRegion requested : report.requested()) {
            page.open("details").open("summary").text(requested.finding().id() + ": exact region and evidence");
            page.close();
            evidence(requested.finding());
            page.close();
        }
        page.close();
    }

    private static Page.Cell mass(MassEstimate mass) {
        return Page.Cell.of(Digits.percent(mass.estimate()), Digits.massInterval(mass), Words.effective(mass));
    }

    private void balls() {
        if (report.balls().isEmpty()) {
            return;
        }
        section("balls", "Balls");
        for (BallCurve curve : report.balls()) {
            List<List<Page.Cell>> rows = new ArrayList<>();
            for (int i = 0; i < curve.radii().size(); i++) {
                rows.add(List.of(
                        Page.Cell.of(Digits.number(curve.radii().get(i))),
                        mass(curve.reference().get(i)),
                        mass(curve.approximation().get(i)),
                        Page.Cell.of(
                                Digits.number(curve.ratio().get(i).estimate()),
                                Digits.ratioInterval(curve.ratio().get(i)))));
            }
            Page.table(
                    page,
                    Words.ball(curve.centre()),
                    List.of("Radius", "Reference p", "Approximation q", "Ratio q/p"),
                    rows);
        }
        page.leaf("p", Words.POINTWISE + " T" + Words.BALL_WHY.substring(1) + ".", "class", "note");
        page.close();
    }

    private void scores() {
        section("scores", "Global scores beside local ones");
        page.open("div", "class", "pair").open("div").leaf("h3", "Global");
        List<Words.Entry> global = Words.scores(report.global());
        entries(global);
        if (!report.global().why().isEmpty()) {
            page.leaf(
                    "p",
                    (global.isEmpty() ? "None: " : "Others: ") + report.global().why());
        } else if (global.isEmpty()) {
            page.leaf("p", "None.");
        }
        page.close();
        page.open("div").leaf("h3", "Local");
        List<Words.Entry> local = new ArrayList<>();
        local.add(new Words.Entry(
                "Confirmed regions", Integer.toString(report.findings().size())));
        if (!report.findings().isEmpty()) {
            Finding worst = report.findings().get(0);
            local.add(new Words.Entry("Ratio q/p of the worst, " + worst.id(), Digits.ratio(worst.ratio())));
            local.add(new Words.Entry("Its share of the divergence", Digits.number(worst.localDivergence())));
        }
        entries(local);
        page.leaf("p", Words.GLOBAL_BLINDNESS);
        page.close(3);
    }

    private void entries(List<Words.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        page.open("dl", "class", "pairs");
        entries.forEach(e -> pair(e.name(), e.value()));
        page.close();
    }

    private void notExamined() {
        section("unseen", "What was not examined");
        page.leaf("p", Words.detectable(report));
        if (!report.notExamined().isEmpty()) {
            Page.list(page, report.notExamined());
        }
        onlyIn("reference", report.onlyInReference());
        onlyIn("approximation", report.onlyInApproximation());
        page.close();
    }

    private void onlyIn(String input, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        page.open("details");
        page.leaf("summary", Words.plural(names.size(), "parameter") + " in the " + input + " only");
        page.leaf("p", String.join(", ", names), "class", "names").close();
    }

    private void inputs() {
        section("inputs", "Inputs");
        input("Reference p", report.reference(), provenance.reference());
        input("Approximation q", report.approximation(), provenance.approximation());
        page.close();
    }

    private void input(String heading, DrawsSummary draws, List<InputFile> files) {
        page.leaf("h3", heading);
        page.leaf("p", Words.draws(draws));
        if (files.isEmpty()) {
            return;
        }
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (InputFile file : files) {
            rows.add(List.of(
                    Page.Cell.of(file.name(), file.notes()),
                    Page.Cell.of(file.format()),
                    Page.Cell.of(Integer.toString(file.chains())),
                    Page.Cell.of(Integer.toString(file.draws())),
                    file.sha256().isEmpty() ? Page.Cell.of(Digits.UNKNOWN) : Page.Cell.code(file.sha256())));
        }
        Page.table(page, "Files of this input", List.of("File", "Format", "Chains", "Draws", "SHA-256"), rows);
    }

    private void options() {
        CheckOptions options = report.options();
        section("options", "Options");
        page.open("dl", "class", "pairs");
        pair("Level of intervals", Digits.level(options.level()));
        pair("Order of the local RE-KL of balls", Digits.exact(options.alpha()));
        pair("Material from a ratio of", Digits.exact(options.materialRatio()) + ", or its inverse");
        pair("or from a difference in mass of", Digits.percent(options.materialMass()));
        page.close(2);
    }

    private void explained() {
        section("explained", "How each number is computed");
        page.open("dl", "class", "explained");
        Words.explained(report.options()).forEach(e -> pair(e.name(), e.value()));
        page.close(2);
    }
}
