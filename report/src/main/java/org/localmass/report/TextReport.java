package org.localmass.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckReport;
import org.localmass.check.Finding;
import org.localmass.check.Mode;
import org.localmass.check.RequestedRegion;
import org.localmass.check.SearchEvidence;
import org.localmass.check.SearchEvidence.RegionBySearch;
import org.localmass.check.Verdict;
import org.localmass.check.WeightsEvidence;
import org.localmass.check.WeightsEvidence.RegionByWeights;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/** A report for the terminal: 80 columns, the verdict first, numbers with two significant digits. */
public final class TextReport {
    /** Findings that are shown; the others are counted. */
    static final int MOST_FINDINGS = 10;

    private static final int HALF_BAR = 12;
    private static final int CELLS_PER_DECADE = 6;

    private final CheckReport report;
    private final Provenance provenance;
    private final TextStyle style;
    private final Lines lines = new Lines();

    private TextReport(CheckReport report, Provenance provenance, TextStyle style) {
        this.report = report;
        this.provenance = provenance;
        this.style = style;
    }

    /** Writes the report. The writer is flushed, not closed. */
    public static void write(CheckReport report, Provenance provenance, TextStyle style, Writer out)
            throws IOException {
        out.write(new TextReport(report, provenance, style).text());
        out.flush();
    }

    private String text() {
        String verdict = Words.verdict(report.verdict()).toUpperCase(Locale.ROOT);
        lines.paragraph("", verdict + ": " + report.headline(), paint(report.verdict()));
        if (!report.warnings().isEmpty()) {
            lines.blank();
            report.warnings().forEach(w -> lines.paragraph("  ! ", w, style::yellow));
        }
        lines.blank();
        lines.paragraph("reference      ", Words.reference(report));
        lines.paragraph("approximation  ", Words.draws(report.approximation()));
        findings();
        unconfirmed();
        requested();
        modes();
        balls();
        global();
        weights();
        search();
        notExamined();
        onlyIn();
        report.baseline().ifPresent(b -> BaselineWords.text(b, style, lines));
        if (!report.nextSteps().isEmpty()) {
            heading("Next");
            report.nextSteps().forEach(s -> lines.paragraph("  - ", s));
        }
        lines.blank();
        lines.line(style.dim("localmass " + Lines.shorten(provenance.version(), 40) + ", seed " + provenance.seed()));
        return lines.toString();
    }

    private UnaryOperator<String> paint(Verdict verdict) {
        return switch (verdict) {
            case FINDING -> style::red;
            case NO_FINDING -> style::green;
            case INCONCLUSIVE -> style::yellow;
        };
    }

    private void heading(String text) {
        lines.blank();
        lines.line(style.bold(text));
    }

    private void findings() {
        List<Finding> findings = Words.found(report);
        heading(Words.findingsHeading(report));
        if (!findings.isEmpty()) {
            legend();
        }
        for (Finding finding : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
            lines.blank();
            row(finding, Words.type(finding));
        }
        if (findings.size() > MOST_FINDINGS) {
            lines.blank();
            lines.line("and " + (findings.size() - MOST_FINDINGS) + " more; the JSON report has them all");
        }
        String too = Words.foundToo(report);
        if (!too.isEmpty()) {
            lines.blank();
            lines.paragraph("", too);
        }
    }

    private void unconfirmed() {
        if (report.evidence().unconfirmed().isEmpty()) {
            return;
        }
        heading("Seen, not confirmed");
        lines.paragraph("", Words.UNCONFIRMED, style::dim);
        for (Finding finding : report.evidence().unconfirmed()) {
            lines.blank();
            row(finding, Words.type(finding) + ", unconfirmed");
        }
    }

    private void modes() {
        List<Mode> modes = report.evidence().modes();
        if (modes.isEmpty()) {
            return;
        }
        heading("Modes of the pooled draws");
        lines.paragraph("", Words.MODES, style::dim);
        lines.line(style.dim("      " + Lines.column("reference p", 28) + "approximation q"));
        for (Mode mode : modes) {
            lines.paragraph(Lines.column("  " + mode.id(), 6), mode.label(), style::bold);
            lines.line("      " + Lines.column(Digits.mass(mode.referenceMass()), 28)
                    + Digits.mass(mode.approximationMass()));
            lines.paragraph("      ", "q/p " + Digits.ratio(mode.ratio()) + "; " + mode.explanation());
        }
    }

    private void weights() {
        if (report.evidence().weights().isEmpty()) {
            return;
        }
        WeightsEvidence weights = report.evidence().weights().get();
        heading("Importance weights, region by region");
        lines.paragraph("", Words.WEIGHTS, style::dim);
        Set<String> left = left();
        for (RegionByWeights region : weights.regions()) {
            if (left.contains(region.id())) {
                continue;
            }
            lines.paragraph(
                    Lines.column("  " + region.id(), 6),
                    Words.byWeights(region, report.evidence().source()));
        }
        Words.scores(weights).forEach(s -> lines.paragraph("  - ", s));
        weights.statements().forEach(s -> lines.paragraph("  - ", s));
    }

    private void search() {
        if (report.evidence().search().isEmpty()) {
            return;
        }
        SearchEvidence search = report.evidence().search().get();
        heading("Search of the density of " + search.target());
        lines.paragraph("", Words.SEARCH, style::dim);
        Set<String> left = left();
        for (RegionBySearch region : Words.bySearch(search)) {
            if (!left.contains(region.id())) {
                lines.paragraph(Lines.column("  " + region.id(), 6), Words.bySearch(region));
            }
        }
        Words.search(search).forEach(s -> lines.paragraph("  - ", s));
    }

    /** Findings that are counted only. */
    private Set<String> left() {
        List<Finding> found = Words.found(report);
        return found.subList(Math.min(MOST_FINDINGS, found.size()), found.size()).stream()
                .map(Finding::id)
                .collect(Collectors.toSet());
    }

    private void requested() {
        if (report.requested().isEmpty()) {
            return;
        }
        heading("Regions you named");
        if (Words.found(report).isEmpty()) {
            legend();
        }
        for (RequestedRegion requested : report.requested()) {
            row(requested.finding(), Words.outcome(requested, report));
        }
    }

    private void legend() {
        String bars = " Bars: q/p from 0.01 to 100, log axis.";
        lines.paragraph("", Words.legend(report, "In brackets") + bars, style::dim);
    }

    private void row(Finding finding, String conclusion) {
        String indent = "    ";
        lines.paragraph(
                Lines.column(finding.id(), Math.max(3, finding.id().length())) + " ",
                finding.regionText(),
                style::bold);
        lines.paragraph(indent, conclusion);
        lines.line(indent + "reference p      " + mass(finding.referenceMass()));
        lines.line(indent + "approximation q  " + mass(finding.approximationMass()));
        String ratio = indent + "ratio q/p        " + Digits.ratio(finding.ratio());
        String bar = bar(finding.ratio());
        if (Lines.length(ratio) + 2 + Lines.length(bar) <= Lines.WIDTH) {
            lines.line(Lines.column(ratio, Lines.WIDTH - Lines.length(bar)) + bar);
        } else {
            lines.line(ratio);
            lines.line(" ".repeat(Lines.WIDTH - Lines.length(bar)) + bar);
        }
        if (!finding.explanation().isEmpty()) {
            lines.paragraph(indent, finding.explanation());
        }
        Words.cautions(finding).forEach(c -> lines.paragraph(indent + "caution: ", c, style::yellow));
    }

    private static String mass(MassEstimate mass) {
        String effective = Words.effective(mass);
        return Digits.mass(mass) + (effective.isEmpty() ? "" : ", " + effective);
    }

    /** The interval of a ratio on a log axis from 1/100 to 100, with a mark at 1. */
    private String bar(RatioEstimate ratio) {
        StringBuilder cells = new StringBuilder((style.unicode() ? "·" : ".").repeat(2 * HALF_BAR + 1));
        double from = cell(ratio.lower());
        double to = cell(ratio.upper());
        if (from <= to) {
            char fill = style.unicode() ? '━' : '=';
            for (int i = clip(from); i <= clip(to); i++) {
                cells.setCharAt(i, fill);
            }
        }
        cells.setCharAt(HALF_BAR, style.unicode() ? '│' : '|');
        double at = cell(ratio.estimate());
        if (!Double.isNaN(at)) {
            cells.setCharAt(clip(at), style.unicode() ? '●' : 'o');
        }
        if (from <= to && from < 0) {
            cells.setCharAt(0, style.unicode() ? '◀' : '<');
        }
        if (from <= to && to > 2 * HALF_BAR) {
            cells.setCharAt(2 * HALF_BAR, style.unicode() ? '▶' : '>');
        }
        return "[" + cells + "]";
    }

    private static double cell(double ratio) {
        return Math.rint(HALF_BAR + CELLS_PER_DECADE * Math.log10(ratio));
    }

    private static int clip(double cell) {
        return (int) Math.max(0, Math.min(2 * HALF_BAR, cell));
    }

    private void balls() {
        for (BallCurve curve : report.balls()) {
            heading("Ball");
            lines.paragraph("  ", Words.ball(curve.centre()));
            lines.line(style.dim("  " + Lines.right("radius", 9) + "  " + Lines.column("reference p", 14)
                    + Lines.column("approximation q", 18) + "ratio q/p"));
            for (int i = 0; i < curve.radii().size(); i++) {
                lines.line("  " + Lines.right(Digits.number(curve.radii().get(i)), 9) + "  "
                        + Lines.column(Digits.percent(curve.reference().get(i).estimate()), 14)
                        + Lines.column(
                                Digits.percent(curve.approximation().get(i).estimate()), 18)
                        + Digits.ratio(curve.ratio().get(i)));
            }
            Words.ballDivergence(curve, report.options()).forEach(s -> lines.paragraph("  ", s));
            lines.paragraph("  ", Words.POINTWISE, style::dim);
            Words.indices(curve.index()).forEach(s -> lines.paragraph("  ", s));
        }
    }

    private void global() {
        heading("Global scores");
        List<Words.Entry> scores = Words.scores(report);
        scores.forEach(s -> lines.paragraph("  ", s.name() + ": " + s.value()));
        if (!report.global().why().isEmpty()) {
            lines.paragraph(
                    "  ",
                    (scores.isEmpty() ? "none: " : "others: ") + report.global().why());
        } else if (scores.isEmpty()) {
            lines.line("  none");
        }
        if (!scores.isEmpty()) {
            lines.paragraph("  ", Words.GLOBAL_BLINDNESS);
        }
    }

    private void notExamined() {
        heading("What was not examined");
        lines.paragraph("  ", Words.detectable(report));
        report.notExamined().forEach(s -> lines.paragraph("  - ", s));
    }

    private void onlyIn() {
        if (report.onlyInReference().isEmpty() && report.onlyInApproximation().isEmpty()) {
            return;
        }
        heading("Parameters in one input only, not compared");
        if (!report.onlyInReference().isEmpty()) {
            lines.paragraph("  reference: ", Words.names(report.onlyInReference()));
        }
        if (!report.onlyInApproximation().isEmpty()) {
            lines.paragraph("  approximation: ", Words.names(report.onlyInApproximation()));
        }
    }
}
