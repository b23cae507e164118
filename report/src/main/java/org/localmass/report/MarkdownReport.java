package org.localmass.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckReport;
import org.localmass.check.Finding;
import org.localmass.check.Mode;
import org.localmass.check.RequestedRegion;
import org.localmass.check.WeightsEvidence;

/** {@code report.md}: a comment for a pull request. The verdict and two tables; everything else is folded. */
public final class MarkdownReport {
    /** Findings that the table shows; the others are counted. */
    static final int MOST_FINDINGS = 25;

    private final CheckReport report;
    private final Provenance provenance;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(CheckReport report, Provenance provenance) {
        this.report = report;
        this.provenance = provenance;
    }

    /** Writes the report. The writer is flushed, not closed. */
    public static void write(CheckReport report, Provenance provenance, Writer out) throws IOException {
        out.write(new MarkdownReport(report, provenance).text());
        out.flush();
    }

    private String text() {
        out.append("### Localmass: ")
                .append(Words.verdict(report.verdict()))
                .append("\n\n**")
                .append(Markdown.text(report.headline()))
                .append("**\n");
        if (!report.warnings().isEmpty()) {
            out.append("\nDoubts about the inputs:\n\n");
            list(report.warnings());
        }
        findings();
        unconfirmed();
        requested();
        modes();
        report.baseline().ifPresent(b -> out.append('\n').append(BaselineWords.markdown(b)));
        if (!report.nextSteps().isEmpty()) {
            out.append("\n**Next**\n\n");
            list(report.nextSteps());
        }
        notes();
        return out.toString();
    }

    private void list(List<String> items) {
        items.forEach(i -> out.append("- ").append(Markdown.text(i)).append('\n'));
    }

    private void findings() {
        List<Finding> findings = Words.found(report);
        if (findings.isEmpty()) {
            return;
        }
        out.append("\n**").append(Words.findingsHeading(report)).append("**\n\n");
        out.append(Markdown.row("", "Region", "Finding", "Reference p", "Approximation q", "q/p"));
        out.append("|---|---|---|---|---|---|\n");
        for (Finding finding : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
            row(finding, Words.type(finding));
        }
        if (findings.size() > MOST_FINDINGS) {
            out.append("\nand ").append(findings.size() - MOST_FINDINGS).append(" more.\n");
        }
    }

    private void unconfirmed() {
        List<Finding> unconfirmed = report.evidence().unconfirmed();
        if (unconfirmed.isEmpty()) {
            return;
        }
        out.append("\n**Seen, not confirmed**\n\n").append(Words.UNCONFIRMED).append("\n\n");
        out.append(Markdown.row("", "Region", "Finding", "Reference p", "Approximation q", "q/p"));
        out.append("|---|---|---|---|---|---|\n");
        unconfirmed.forEach(f -> row(f, Words.type(f) + ", unconfirmed"));
    }

    private void modes() {
        List<Mode> modes = report.evidence().modes();
        if (modes.isEmpty()) {
            return;
        }
        out.append("\n**Modes of the pooled draws**\n\n");
        out.append(Markdown.row("", "Mode", "Reference p", "Approximation q", "q/p"));
        out.append("|---|---|---|---|---|\n");
        for (Mode mode : modes) {
            out.append(Markdown.row(
                    Markdown.text(mode.id()),
                    Markdown.code(mode.label()),
                    Digits.mass(mode.referenceMass()).replace("<", "&lt;"),
                    Digits.mass(mode.approximationMass()).replace("<", "&lt;"),
                    Digits.ratio(mode.ratio())));
        }
    }

    private void weights() {
        if (report.evidence().weights().isEmpty()) {
            return;
        }
        WeightsEvidence weights = report.evidence().weights().get();
        out.append("\n**Importance weights, region by region**\n\n");
        weights.regions().forEach(r -> out.append("- ")
                .append(Markdown.text(
                        r.id() + ": " + Words.byWeights(r, report.evidence().source())))
                .append('\n'));
        list(Words.scores(weights));
        list(weights.statements());
    }

    private void search() {
        report.evidence().search().ifPresent(search -> {
            out.append("\n**Search of the density of ")
                    .append(Markdown.text(search.target()))
                    .append("**\n\n")
                    .append(Words.SEARCH)
                    .append("\n\n");
            Words.bySearch(search).forEach(r -> out.append("- ")
                    .append(Markdown.text(r.id() + ": " + Words.bySearch(r)))
                    .append('\n'));
            list(Words.search(search));
        });
    }

    private void requested() {
        if (report.requested().isEmpty()) {
            return;
        }
        out.append("\n**Regions you named**\n\n");
        out.append(Markdown.row("", "Region", "Outcome", "Reference p", "Approximation q", "q/p"));
        out.append("|---|---|---|---|---|---|\n");
        for (RequestedRegion requested : report.requested()) {
            row(requested.finding(), Words.outcome(requested, report));
        }
    }

    private void row(Finding finding, String conclusion) {
        out.append(Markdown.row(
                Markdown.text(finding.id()),
                Markdown.code(finding.regionText()),
                Markdown.text(conclusion),
                Digits.mass(finding.referenceMass()).replace("<", "&lt;"),
                Digits.mass(finding.approximationMass()).replace("<", "&lt;"),
                Digits.ratio(finding.ratio())));
    }

    private void notes() {
        out.append("\n<details><summary>Notes</summary>\n\n");
        out.append(Words.legend(report, "In brackets")).append("\n\n");
        out.append("- Reference: ")
                .append(Markdown.text(Words.reference(report)))
                .append('\n');
        out.append("- Approximation: ")
                .append(Markdown.text(Words.draws(report.approximation())))
                .append('\n');
        cautions();
        balls();
        List<Words.Entry> scores = Words.scores(report);
        out.append("\n**Global scores**\n\n");
        scores.forEach(s -> out.append("- ")
                .append(s.name())
                .append(": ")
                .append(Markdown.text(s.value()))
                .append('\n'));
        if (!report.global().why().isEmpty()) {
            out.append(scores.isEmpty() ? "- none: " : "- others: ")
                    .append(Markdown.text(report.global().why()))
                    .append('\n');
        } else if (scores.isEmpty()) {
            out.append("- none\n");
        }
        if (!scores.isEmpty()) {
            out.append("\n").append(Words.GLOBAL_BLINDNESS).append('\n');
        }
        weights();
        search();
        out.append("\n**What was not examined**\n\n- ")
                .append(Markdown.text(Words.detectable(report)))
                .append('\n');
        list(report.notExamined());
        if (!report.onlyInReference().isEmpty()) {
            out.append("- parameters of the reference only: ")
                    .append(Markdown.text(Words.names(report.onlyInReference())))
                    .append('\n');
        }
        if (!report.onlyInApproximation().isEmpty()) {
            out.append("- parameters of the approximation only: ")
                    .append(Markdown.text(Words.names(report.onlyInApproximation())))
                    .append('\n');
        }
        out.append("\nLocalmass ")
                .append(Markdown.text(provenance.version()))
                .append(", seed ")
                .append(provenance.seed())
                .append("\n\n</details>\n");
    }

    private void cautions() {
        List<Finding> rows = Words.rows(report);
        if (rows.stream().allMatch(f -> Words.cautions(f).isEmpty())) {
            return;
        }
        out.append("\n**Cautions**\n\n");
        for (Finding finding : rows) {
            for (String caution : Words.cautions(finding)) {
                out.append("- ")
                        .append(Markdown.text(finding.id()))
                        .append(": ")
                        .append(Markdown.text(caution))
                        .append('\n');
            }
        }
    }

    private void balls() {
        for (BallCurve curve : report.balls()) {
            out.append("\n**Ball**: ")
                    .append(Markdown.text(Words.ball(curve.centre())))
                    .append("\n\n");
            out.append(Markdown.row("Radius", "Reference p", "Approximation q", "q/p"));
            out.append("|---|---|---|---|\n");
            for (int i = 0; i < curve.radii().size(); i++) {
                out.append(Markdown.row(
                        Digits.number(curve.radii().get(i)),
                        Digits.mass(curve.reference().get(i)).replace("<", "&lt;"),
                        Digits.mass(curve.approximation().get(i)).replace("<", "&lt;"),
                        Digits.ratio(curve.ratio().get(i))));
            }
            Words.ballDivergence(curve, report.options())
                    .forEach(s -> out.append('\n').append(Markdown.text(s)).append('\n'));
            out.append('\n').append(Words.POINTWISE).append('\n');
            for (String sentence : Words.indices(curve.index())) {
                out.append("\n").append(Markdown.text(sentence)).append('\n');
            }
        }
    }
}
