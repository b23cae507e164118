package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.localmass.check.Finding;
import org.localmass.check.RequestedOutcome;
import org.localmass.check.RequestedRegion;
import org.localmass.check.Verdict;

/**
 * Several approximations of one reference side by side: as text, Markdown, HTML and JSON.
 *
 * <p>The rows are the regions that the user named, in order, then the three worst findings of each approximation. A cell
 * is the ratio q/p where that approximation's report has the region, otherwise "-". Each approximation's own report is
 * expected in {@link Comparison#folder()} beside the comparison.
 */
public final class ComparisonReport {
    /** Value of the member "schema" of the JSON form. */
    public static final String SCHEMA = "localmass.comparison/1";

    private static final int WORST = 3;
    private static final int COLUMN = 10;
    private static final int COLUMNS = 4;
    private static final String MARKS = "q/p by region, 1 is right; * finding, ? inconclusive, - not in that report";

    /** What an approximation's report says about a region. */
    private record Entry(Finding finding, String mark) {}

    /** A region and what each approximation's report says about it. */
    private record Row(String region, List<Optional<Entry>> entries) {}

    private final List<Comparison> comparisons;
    private final List<Row> rows;

    private ComparisonReport(List<Comparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
        Set<String> folders = new HashSet<>();
        for (Comparison comparison : comparisons) {
            if (!folders.add(comparison.folder().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "approximation names must give different folders, " + comparison.folder() + " comes twice");
            }
        }
        this.rows = rows(this.comparisons);
    }

    /** Writes the comparison for a terminal. The writer is flushed, not closed. */
    public static void writeText(List<Comparison> comparisons, TextStyle style, Writer out) throws IOException {
        out.write(new ComparisonReport(comparisons).text(style));
        out.flush();
    }

    /** Writes the comparison as Markdown. The writer is flushed, not closed. */
    public static void writeMarkdown(List<Comparison> comparisons, Writer out) throws IOException {
        out.write(new ComparisonReport(comparisons).markdown());
        out.flush();
    }

    /**
     * Writes the comparison as a page that links to {@code FOLDER/report.html} of each approximation; encode it in
     * UTF-8. The writer is flushed, not closed.
     */
    public static void writeHtml(List<Comparison> comparisons, Writer out) throws IOException {
        out.write(new ComparisonReport(comparisons).html());
        out.flush();
    }

    /**
     * Writes the comparison as JSON, schema {@code comparison.schema.json}. The writer is flushed, not closed.
     *
     * @throws IllegalArgumentException if two names give the same folder, as in all forms
     */
    public static void writeJson(List<Comparison> comparisons, Writer out) throws IOException {
        new ComparisonReport(comparisons).json(out);
    }

    private static List<Row> rows(List<Comparison> comparisons) {
        List<Map<String, Entry>> entries = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            Map<String, Entry> byRegion = new LinkedHashMap<>();
            for (RequestedRegion requested : comparison.report().requested()) {
                Finding finding = requested.finding();
                byRegion.putIfAbsent(key(finding), new Entry(finding, mark(requested.outcome())));
            }
            for (Finding finding : comparison.report().findings()) {
                byRegion.putIfAbsent(key(finding), new Entry(finding, "*"));
            }
            entries.add(byRegion);
        }
        Map<String, String> regions = new LinkedHashMap<>();
        for (Comparison comparison : comparisons) {
            comparison
                    .report()
                    .requested()
                    .forEach(r ->
                            regions.putIfAbsent(key(r.finding()), r.finding().regionText()));
        }
        for (Comparison comparison : comparisons) {
            comparison.report().findings().stream()
                    .limit(WORST)
                    .forEach(f -> regions.putIfAbsent(key(f), f.regionText()));
        }
        List<Row> rows = new ArrayList<>();
        regions.forEach((key, text) -> rows.add(new Row(
                text, entries.stream().map(e -> Optional.ofNullable(e.get(key))).toList())));
        return List.copyOf(rows);
    }

    private static String key(Finding finding) {
        return finding.region().description();
    }

    private static String mark(RequestedOutcome outcome) {
        return switch (outcome) {
            case FINDING -> "*";
            case AGREES -> "";
            case INCONCLUSIVE -> "?";
        };
    }

    private static String cell(Optional<Entry> entry) {
        return entry.map(e -> Digits.number(e.finding().ratio().estimate()) + e.mark())
                .orElse("-");
    }

    private Verdict verdict() {
        Set<Verdict> verdicts = new HashSet<>();
        comparisons.forEach(c -> verdicts.add(c.report().verdict()));
        return verdicts.contains(Verdict.FINDING)
                ? Verdict.FINDING
                : verdicts.contains(Verdict.INCONCLUSIVE) || comparisons.isEmpty()
                        ? Verdict.INCONCLUSIVE
                        : Verdict.NO_FINDING;
    }

    private String headline() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.FINDING, Verdict.INCONCLUSIVE, Verdict.NO_FINDING)) {
            long n = comparisons.stream()
                    .filter(c -> c.report().verdict() == verdict)
                    .count();
            if (n > 0) {
                parts.add(n + " "
                        + switch (verdict) {
                            case FINDING -> "with findings";
                            case INCONCLUSIVE -> "inconclusive";
                            case NO_FINDING -> "without a finding";
                        });
            }
        }
        return Words.plural(comparisons.size(), "approximation") + " of one reference"
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts)) + ".";
    }

    private static String conclusion(Comparison comparison) {
        int n = comparison.report().findings().size();
        return n == 0
                ? Words.verdict(comparison.report().verdict()).toLowerCase(Locale.ROOT)
                : Words.plural(n, "finding");
    }

    private static Optional<Finding> worst(Comparison comparison) {
        return comparison.report().findings().stream().findFirst();
    }

    /** Warnings that every report has: they concern the reference. */
    private List<String> sharedWarnings() {
        if (comparisons.size() < 2) {
            return List.of();
        }
        return comparisons.get(0).report().warnings().stream()
                .filter(w ->
                        comparisons.stream().allMatch(c -> c.report().warnings().contains(w)))
                .toList();
    }

    private List<String> ownWarnings(Comparison comparison) {
        List<String> shared = sharedWarnings();
        return comparison.report().warnings().stream()
                .filter(w -> !shared.contains(w))
                .toList();
    }

    private String text(TextStyle style) {
        Lines lines = new Lines();
        lines.paragraph("", headline(), style::bold);
        List<String> shared = sharedWarnings();
        if (!shared.isEmpty()) {
            lines.blank();
            shared.forEach(w -> lines.paragraph("  ! ", w, style::yellow));
        }
        for (int i = 0; i < comparisons.size(); i++) {
            Comparison comparison = comparisons.get(i);
            lines.blank();
            lines.paragraph(Lines.column("#" + (i + 1), 5), comparison.approximationName(), style::bold);
            String worst = worst(comparison)
                    .map(f -> "; worst: " + f.regionText() + ", q/p " + Digits.ratio(f.ratio()))
                    .orElse("");
            lines.paragraph("     ", conclusion(comparison) + worst);
            ownWarnings(comparison).forEach(w -> lines.paragraph("     ! ", w, style::yellow));
        }
        if (rows.isEmpty()) {
            return lines.toString();
        }
        lines.blank();
        lines.paragraph("", MARKS, style::dim);
        for (int start = 0; start < comparisons.size(); start += COLUMNS) {
            int end = Math.min(start + COLUMNS, comparisons.size());
            int label = Lines.WIDTH - COLUMN * (end - start);
            StringBuilder head = new StringBuilder(" ".repeat(label));
            for (int i = start; i < end; i++) {
                head.append(Lines.right("#" + (i + 1), COLUMN));
            }
            lines.line(style.bold(head.toString()));
            for (Row row : rows) {
                List<String> parts = Lines.wrap(row.region(), label);
                parts.subList(0, parts.size() - 1).forEach(lines::line);
                StringBuilder line = new StringBuilder(Lines.column(parts.get(parts.size() - 1), label));
                for (int i = start; i < end; i++) {
                    line.append(Lines.right(cell(row.entries().get(i)), COLUMN));
                }
                lines.line(line.toString());
            }
            if (end < comparisons.size()) {
                lines.blank();
            }
        }
        return lines.toString();
    }

    private String markdown() {
        StringBuilder out = new StringBuilder("### Localmass: comparison\n\n");
        out.append("**").append(headline()).append("**\n\n");
        List<String> shared = sharedWarnings();
        if (!shared.isEmpty()) {
            out.append("Doubts about the inputs:\n\n");
            shared.forEach(w -> out.append("- ").append(Markdown.text(w)).append('\n'));
            out.append('\n');
        }
        out.append(Markdown.row("", "Approximation", "Verdict", "Worst region", "q/p"));
        out.append("|---|---|---|---|---|\n");
        for (int i = 0; i < comparisons.size(); i++) {
            Comparison comparison = comparisons.get(i);
            Optional<Finding> worst = worst(comparison);
            out.append(Markdown.row(
                    Integer.toString(i + 1),
                    Markdown.code(comparison.approximationName()),
                    conclusion(comparison),
                    worst.map(f -> Markdown.code(f.regionText())).orElse("-"),
                    worst.map(f -> Digits.ratio(f.ratio())).orElse("-")));
        }
        if (!rows.isEmpty()) {
            out.append('\n').append(Markdown.text(MARKS)).append("\n\n");
            List<String> head = new ArrayList<>(List.of("Region"));
            comparisons.forEach(c -> head.add(Markdown.code(c.approximationName())));
            out.append(Markdown.row(head.toArray(String[]::new)));
            out.append("|").append("---|".repeat(head.size())).append('\n');
            for (Row row : rows) {
                List<String> cells = new ArrayList<>(List.of(Markdown.code(row.region())));
                row.entries().forEach(e -> cells.add(Markdown.text(cell(e))));
                out.append(Markdown.row(cells.toArray(String[]::new)));
            }
        }
        return out.toString();
    }

    private String html() {
        Xhtml page = Page.open("Localmass: comparison");
        page.open("header", "class", Page.look(verdict()));
        page.leaf("p", "Comparison", "class", "badge").leaf("h1", headline()).close();
        page.open("main");
        if (!sharedWarnings().isEmpty()) {
            page.open("section", "class", "doubts", "aria-labelledby", "doubts");
            page.leaf("h2", "First: doubts about the inputs", "id", "doubts");
            Page.list(page, sharedWarnings());
            page.close();
        }
        page.open("section", "aria-labelledby", "approximations");
        page.leaf("h2", "Approximations", "id", "approximations");
        for (Comparison comparison : comparisons) {
            page.open(
                    "article", "class", "card " + comparison.report().verdict().label());
            page.open("h3")
                    .leaf("a", comparison.approximationName(), "href", comparison.folder() + "/report.html")
                    .close();
            page.open("p", "class", "tag").text(conclusion(comparison));
            worst(comparison).ifPresent(f -> page.text("; worst: ")
                    .leaf("code", f.regionText())
                    .text(", q/p " + Digits.ratio(f.ratio())));
            page.close().leaf("p", comparison.report().headline());
            if (!ownWarnings(comparison).isEmpty()) {
                page.open("ul", "class", "cautions");
                ownWarnings(comparison).forEach(w -> page.leaf("li", w));
                page.close();
            }
            page.close();
        }
        page.close();
        if (!rows.isEmpty()) {
            page.open("section", "aria-labelledby", "regions").leaf("h2", "Regions side by side", "id", "regions");
            List<String> head = new ArrayList<>(List.of("Region"));
            comparisons.forEach(c -> head.add(c.approximationName()));
            List<List<Page.Cell>> cells = new ArrayList<>();
            for (Row row : rows) {
                List<Page.Cell> line = new ArrayList<>(List.of(Page.Cell.code(row.region())));
                row.entries()
                        .forEach(e -> line.add(Page.Cell.of(
                                        cell(e),
                                        e.map(x -> Digits.ratioInterval(
                                                        x.finding().ratio()))
                                                .orElse(""))
                                .looking(e.map(x -> MassMapTable.colour(
                                                x.finding().ratio().estimate()))
                                        .orElse(""))));
                cells.add(line);
            }
            Page.table(page, MARKS, head, cells);
            page.close();
        }
        ComparisonMap.draw(comparisons, page);
        return page.close(3).toString();
    }

    private void json(Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("verdict", verdict().label());
            json.writeArrayFieldStart("approximations");
            for (Comparison comparison : comparisons) {
                json.writeStartObject();
                json.writeStringField("name", comparison.approximationName());
                json.writeStringField("verdict", comparison.report().verdict().label());
                json.writeStringField("headline", comparison.report().headline());
                json.writeNumberField("findings", comparison.report().findings().size());
                Optional<Finding> worst = worst(comparison);
                if (worst.isPresent()) {
                    json.writeObjectFieldStart("worst");
                    JsonReport.finding(json, worst.get());
                    json.writeEndObject();
                } else {
                    json.writeNullField("worst");
                }
                json.writeStringField("report", comparison.folder() + "/report.json");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("regions");
            for (Row row : rows) {
                json.writeStartObject();
                json.writeStringField("region", row.region());
                json.writeArrayFieldStart("ratios");
                for (Optional<Entry> entry : row.entries()) {
                    if (entry.isPresent()) {
                        json.writeStartObject();
                        JsonReport.ratioMembers(json, entry.get().finding().ratio());
                        json.writeEndObject();
                    } else {
                        json.writeNull();
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
