package org.localmass.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.DrawsSummary;
import org.localmass.check.Evidence;
import org.localmass.check.Finding;
import org.localmass.check.MassMap;
import org.localmass.check.Mode;
import org.localmass.check.ParameterQuality;
import org.localmass.check.RequestedRegion;
import org.localmass.check.SearchEvidence;
import org.localmass.check.WeightsEvidence;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/**
 * {@code report.html}: one self-contained page, readable on a telephone and on paper, in light and dark, with a keyboard
 * or a screen reader, and without its script. It loads nothing, and is well-formed XML.
 */
public final class HtmlReport {
    /** Room for figures that come as a picture too, for readers without the script: it keeps the page small. */
    private static final int STILLS = 400_000;

    private static final String LISTED = "names";

    private final CheckReport report;
    private final Provenance provenance;
    private final Xhtml page;
    private final List<Chart.Plot> charts = new ArrayList<>();
    private int stills;

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
        header();
        page.open("main");
        warnings();
        report.baseline().ifPresent(b -> BaselineWords.html(b, page));
        figure();
        findings();
        unconfirmed();
        map();
        requested();
        balls();
        modes();
        weights();
        search();
        nextSteps();
        scores();
        passed();
        notExamined();
        inputs();
        options();
        explained();
        page.close();
        page.open("footer");
        page.leaf(
                "p",
                "Localmass " + provenance.version() + ", seed " + provenance.seed() + ", Java " + provenance.java()
                        + ". The same content for programs: report.json.");
        page.close();
        if (!report.portrait().massMap().rows().isEmpty()) {
            page.json("map-cells", MassMapTable.json(report.portrait().massMap()));
        }
        return Page.close(page, charts);
    }

    private void section(String id, String heading) {
        page.open("section", "aria-labelledby", id);
        page.leaf("h2", heading, "id", id);
    }

    private void header() {
        page.open("header", "class", Page.look(report.verdict()));
        page.leaf("p", Words.verdict(report.verdict()), "class", "badge");
        page.leaf("h1", report.headline());
        page.leaf("p", evidence() + " " + Words.detectable(report), "class", "sub");
        List<Headline> numbers = Headline.of(report);
        if (!numbers.isEmpty()) {
            page.open("dl", "class", "headline");
            for (Headline number : numbers) {
                page.open("div").leaf("dt", number.name()).open("dd");
                page.leaf("strong", number.value()).leaf("span", number.detail());
                page.close(2);
            }
            page.close();
        }
        Headline.contrast(report).ifPresent(c -> page.leaf("p", c, "class", "contrast"));
        page.close();
    }

    private String evidence() {
        String search = report.evidence().search().isPresent()
                ? "a search of the density of "
                        + report.evidence().search().get().target()
                : "";
        if (!search.isEmpty()) {
            boolean weights = report.evidence().weights().isPresent();
            return Words.byDraws(report)
                    ? "Evidence: draws of both; beside them " + search
                            + (weights ? ", and importance weights of q's draws." : ".")
                    : "Evidence: " + search + (weights ? ", and importance weights of q's draws" : "")
                            + "; there is no reference.";
        }
        return report.evidence().source() == Evidence.Source.WEIGHTS
                ? "Evidence: importance weights of q's draws; there is no reference."
                : report.evidence().weights().isPresent()
                        ? "Evidence: draws of both, and importance weights of q's draws beside them."
                        : "Evidence: draws of both.";
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
        page.open("details", "class", "panel").leaf("summary", "Look at it, take it along, what to do");
        panel(finding);
        page.close(2);
    }

    private void unconfirmed() {
        if (report.evidence().unconfirmed().isEmpty()) {
            return;
        }
        section("unconfirmed", "Seen, not confirmed");
        page.leaf("p", Words.UNCONFIRMED, "class", "note");
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (Finding finding : report.evidence().unconfirmed()) {
            rows.add(List.of(
                    Page.Cell.code(finding.regionText()),
                    Page.Cell.of(Words.type(finding), Words.cautions(finding)),
                    mass(finding.referenceMass()),
                    mass(finding.approximationMass()),
                    ratio(finding.ratio())));
        }
        Page.table(
                page,
                "Regions that differ without being confirmed",
                List.of("Region", "Kind", "Reference p", "Approximation q", "Ratio q/p"),
                rows);
        page.close();
    }

    /** The picture of a region, its definition, advice, the evidence. */
    private void panel(Finding finding) {
        ReportCharts.region(report, finding)
                .ifPresent(plot -> chart(
                        plot,
                        report.portrait()
                                .picture(finding.id())
                                .map(ReportCharts::caption)
                                .orElse("")));
        page.leaf("p", "Check it again, on these or other draws:", "class", "lead");
        page.open("p").leaf("code", Advice.option(finding), "class", "copy").close();
        page.open("p", "class", "lead").text("What to do next: ").close();
        page.leaf("p", Advice.of(finding));
        evidence(finding);
    }

    private void chart(Chart.Plot plot, String caption) {
        Optional<String> still = stills < STILLS ? StaticFigure.dataUri(plot) : Optional.empty();
        stills += still.map(String::length).orElse(0);
        Page.figure(page, plot, caption, still);
        charts.add(plot);
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

    private void map() {
        MassMap map = report.portrait().massMap();
        if (map.rows().isEmpty()) {
            return;
        }
        section("mass-map", "Mass map");
        long differing = MassMapTable.differing(map);
        page.leaf(
                "p",
                "Each parameter by itself: how much probability q gives to each part of p. In "
                        + Words.plural(Math.toIntExact(differing), "parameter") + " of "
                        + map.rows().size()
                        + " some part differs. The map is for looking, not a test: its intervals hold"
                        + " cell by cell, so about one cell in twenty differs by chance.");
        MassMapTable.draw(map, page);
        page.close();
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
                    Page.Cell.of(Words.outcome(requested, report), Words.cautions(finding)),
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
            Finding finding = requested.finding();
            page.open("div", "id", "region-" + finding.id());
            page.open("details", "class", "panel").open("summary").text(finding.id() + ": ");
            page.leaf("code", Lines.shorten(finding.regionText(), 60)).text(", picture, exact region and evidence");
            page.close();
            panel(finding);
            page.close(2);
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
        for (int b = 0; b < report.balls().size(); b++) {
            BallCurve curve = report.balls().get(b);
            page.leaf("h3", Words.ball(curve.centre()));
            List<Chart.Plot> plots = ReportCharts.ball(curve, b);
            page.open("div", "class", "pair");
            chart(
                    plots.get(0),
                    "Mass of the ball over its radius; bands are intervals. Parallel lines: q is wrong by one factor at"
                            + " every scale; lines that part towards small radii: the nearer, the worse.");
            chart(
                    plots.get(1),
                    "Slope of the mass curve between neighbouring radii. Its limit towards 0 is the exponent kappa; a"
                            + " slope near 0 alone does not prove an atom.");
            page.close();
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
            page.open("details").leaf("summary", "The numbers, radius by radius");
            Page.table(
                    page,
                    Words.ball(curve.centre()),
                    List.of("Radius", "Reference p", "Approximation q", "Ratio q/p"),
                    rows);
            page.close();
            Words.ballDivergence(curve, report.options()).forEach(s -> page.leaf("p", s));
            for (String sentence : Words.indices(curve.index())) {
                page.leaf("p", sentence);
            }
        }
        String why = Words.ballWhy(report.balls().get(0));
        page.leaf("p", Words.POINTWISE + (why.isEmpty() ? "" : " T" + why.substring(1) + "."), "class", "note");
        page.close();
    }

    private void modes() {
        if (report.evidence().modes().isEmpty()) {
            return;
        }
        section("modes", "Modes");
        page.leaf("p", Words.MODES, "class", "note");
        List<List<Page.Cell>> rows = new ArrayList<>();
        for (Mode mode : report.evidence().modes()) {
            rows.add(List.of(
                    Page.Cell.of(mode.id()),
                    Page.Cell.of(mode.label(), mode.explanation()),
                    mass(mode.referenceMass()),
                    mass(mode.approximationMass()),
                    ratio(mode.ratio())));
        }
        Page.table(
                page,
                "Modes of the pooled draws, largest first",
                List.of("", "Mode", "Reference p", "Approximation q", "Ratio q/p"),
                rows);
        page.close();
    }

    private static Page.Cell ratio(RatioEstimate ratio) {
        return Page.Cell.of(Digits.number(ratio.estimate()), Digits.ratioInterval(ratio))
                .looking(MassMapTable.colour(ratio.estimate()));
    }

    private void weights() {
        report.evidence().weights().ifPresent(weights -> {
            section("weights", "Importance weights, region by region");
            page.leaf("p", Words.WEIGHTS, "class", "note");
            List<List<Page.Cell>> rows = new ArrayList<>();
            for (WeightsEvidence.RegionByWeights region : weights.regions()) {
                rows.add(List.of(
                        Page.Cell.of(region.id()),
                        Page.Cell.of(Words.byWeights(region, report.evidence().source()))));
            }
            if (!rows.isEmpty()) {
                Page.table(
                        page,
                        "Findings, named regions and modes by weights",
                        List.of("", "Mass of p by weights"),
                        rows);
            }
            List<String> statements = new ArrayList<>(Words.scores(weights));
            statements.addAll(weights.statements());
            if (!statements.isEmpty()) {
                Page.list(page, statements);
            }
            page.close();
        });
    }

    private void search() {
        report.evidence().search().ifPresent(search -> {
            section("search", "Search of the density of " + search.target());
            page.leaf("p", Words.SEARCH, "class", "note");
            List<List<Page.Cell>> rows = new ArrayList<>();
            for (SearchEvidence.RegionBySearch region : Words.bySearch(search)) {
                rows.add(List.of(Page.Cell.of(region.id()), Page.Cell.of(Words.bySearch(region))));
            }
            if (!rows.isEmpty()) {
                Page.table(
                        page,
                        "Findings, named regions and modes by the search",
                        List.of("", "Mass of p by the search"),
                        rows);
            }
            Page.list(page, Words.search(search));
            page.close();
        });
    }

    private void nextSteps() {
        if (report.nextSteps().isEmpty()) {
            return;
        }
        section("next", "What to do next");
        page.open("ol");
        report.nextSteps().forEach(s -> page.leaf("li", s));
        page.close(2);
    }

    private void scores() {
        section("scores", "Global scores beside local ones");
        page.open("div", "class", "pair").open("div").leaf("h3", "Global");
        List<Words.Entry> global = Words.scores(report);
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

    private void passed() {
        List<String> passed = Passed.of(report);
        if (passed.isEmpty()) {
            return;
        }
        section("passed", "Passed checks");
        page.open("details").leaf("summary", Words.plural(passed.size(), "check") + " passed");
        Page.list(page, passed);
        page.close(2);
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
        page.leaf("p", String.join(", ", names), "class", LISTED).close();
    }

    private void inputs() {
        section("inputs", "Inputs");
        if (!Words.byDraws(report)) {
            page.leaf("h3", "Reference p").leaf("p", Words.reference(report));
        } else {
            input("Reference p", report.reference(), provenance.reference());
        }
        input("Approximation q", report.approximation(), provenance.approximation());
        parameters();
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
        Page.table(page, heading + ": files", List.of("File", "Format", "Chains", "Draws", "SHA-256"), rows);
    }

    /** Effective draws and R-hat, the worst parameter of the reference first. */
    private void parameters() {
        List<ParameterQuality> parameters = report.portrait().parameters();
        if (parameters.isEmpty() || report.evidence().source() == Evidence.Source.DENSITY) {
            return;
        }
        boolean chains = parameters.stream().anyMatch(p -> !Double.isNaN(p.approximationEss()));
        List<String> header = new ArrayList<>(List.of("Parameter", "Effective draws of p", "R-hat of p"));
        if (chains) {
            header.addAll(List.of("Effective draws of q", "R-hat of q"));
        }
        List<List<Page.Cell>> rows = new ArrayList<>();
        parameters.stream()
                .sorted(Comparator.comparingDouble(ParameterQuality::referenceEss))
                .forEach(p -> {
                    List<Page.Cell> row = new ArrayList<>(List.of(
                            Page.Cell.code(p.parameter()),
                            p.constant() ? Page.Cell.of("never changes") : Page.Cell.of(Digits.count(p.referenceEss())),
                            Page.Cell.of(rhat(p.referenceRhat()))));
                    if (chains) {
                        row.add(Page.Cell.of(Digits.count(p.approximationEss())));
                        row.add(Page.Cell.of(rhat(p.approximationRhat())));
                    }
                    rows.add(row);
                });
        page.open("details").leaf("summary", "Effective draws and R-hat of " + rows.size() + " parameters");
        Page.table(page, "The smaller of bulk and tail effective sample size; fewest first", header, rows);
        page.close();
    }

    private static String rhat(double value) {
        return Double.isNaN(value) ? Digits.UNKNOWN : Words.rhat(value);
    }

    private void options() {
        CheckOptions options = report.options();
        section("options", "Options");
        page.open("dl", "class", "pairs");
        pair("Level of intervals", Digits.level(options.level()));
        pair("Order of the local RE-KL of balls", Digits.exact(options.alpha()));
        pair("Material from a ratio of", Digits.exact(options.materialRatio()) + ", or its inverse");
        pair("or from a difference in mass of", Digits.percent(options.materialMass()));
        pair("Seed", Long.toString(provenance.seed()));
        page.close(2);
    }

    private void explained() {
        section("explained", "How each number is computed");
        page.open("dl", "class", "explained");
        if (report.evidence().search().isPresent()) {
            pair(Words.BY_SEARCH.name(), Words.BY_SEARCH.value());
        }
        Words.explained(report.options()).forEach(e -> pair(e.name(), e.value()));
        page.close();
        page.open("details").leaf("summary", "How to read this page, and what Localmass does");
        for (Words.Entry entry : Manual.TEXT) {
            page.leaf("h3", entry.name());
            page.leaf("p", entry.value());
        }
        page.close(2);
    }
}
