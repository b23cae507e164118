package org.localmass.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Experiments with published numbers beside ours, as text, Markdown and one HTML page. */
public final class ExperimentReport {
    private static final List<String> HEADER = List.of("quantity", "published", "ours", "", "why");

    private ExperimentReport() {}

    /**
     * One experiment.
     *
     * @param name        on the command line
     * @param title       in words
     * @param answer      what it asks, and the answer
     * @param settings    name and value, in order
     * @param comparisons published numbers beside ours
     * @param figures     curves
     * @param remarks     failures, odd results, differences of method
     * @param files       raw results and figures, relative to the report
     */
    public record Content(
            String name,
            String title,
            String answer,
            Map<String, String> settings,
            List<Row> comparisons,
            List<Shown> figures,
            List<String> remarks,
            List<String> files) {
        public Content {
            comparisons = List.copyOf(comparisons);
            figures = List.copyOf(figures);
            remarks = List.copyOf(remarks);
            files = List.copyOf(files);
        }

        private String tally() {
            List<String> words =
                    comparisons.stream().map(Row::verdict).distinct().toList();
            List<String> parts = new ArrayList<>();
            for (String word : words) {
                long count =
                        comparisons.stream().filter(r -> r.verdict.equals(word)).count();
                parts.add(count + " " + word);
            }
            return parts.isEmpty() ? "nothing published to compare with" : String.join(", ", parts);
        }
    }

    /** A published number beside ours: the verdict is "match", "differs" or "not comparable". */
    public record Row(String quantity, String published, String ours, String verdict, String why) {}

    /** A figure with its caption; the file name has no ending. */
    public record Shown(String name, String caption, PaperFigure figure) {}

    /** Writes what a terminal shows: the answer, the tally and every number that does not match. */
    public static void writeText(List<Content> experiments, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        for (Content e : experiments) {
            lines.paragraph("", e.name + ": " + e.title, style::bold);
            lines.paragraph("  ", e.answer, text -> text);
            lines.paragraph("  ", "Published numbers: " + e.tally() + ".", text -> text);
            for (Row row : e.comparisons) {
                if (!row.verdict.equals("match")) {
                    lines.paragraph(
                            "    ",
                            row.verdict + ": " + row.quantity + ": published " + row.published + ", ours " + row.ours
                                    + "; " + row.why,
                            text -> text);
                }
            }
            lines.blank();
        }
        out.write(lines.toString());
        out.flush();
    }

    /** Writes the report for GitHub; figures are linked as SVG beside it. The writer is flushed, not closed. */
    public static void writeMarkdown(List<Content> experiments, String version, long seed, Writer out)
            throws IOException {
        StringBuilder text = new StringBuilder("# Reproduced experiments\n\n");
        for (Content e : experiments) {
            text.append("## ").append(Markdown.text(e.title)).append("\n\n");
            text.append(Markdown.text(e.answer)).append("\n\n");
            for (Shown shown : e.figures) {
                text.append("![").append(Markdown.text(shown.caption)).append("](");
                text.append(e.name).append('/').append(shown.name).append(".svg)\n\n");
                text.append(Markdown.text(shown.caption)).append("\n\n");
            }
            text.append("Published numbers: ").append(e.tally()).append(".\n\n");
            if (!e.comparisons.isEmpty()) {
                text.append(Markdown.row("quantity", "published", "ours", "verdict", "why"));
                text.append("|:--|:--|:--|:--|:--|\n");
                for (Row r : e.comparisons) {
                    text.append(Markdown.row(
                            Markdown.text(r.quantity),
                            Markdown.text(r.published),
                            Markdown.text(r.ours),
                            Markdown.text(r.verdict),
                            Markdown.text(r.why)));
                }
                text.append('\n');
            }
            e.remarks.forEach(r -> text.append("- ").append(Markdown.text(r)).append('\n'));
            text.append(e.remarks.isEmpty() ? "" : "\n");
            text.append("| setting | value |\n|:--|:--|\n");
            e.settings.forEach((k, v) -> text.append(Markdown.row(Markdown.text(k), Markdown.text(v))));
            text.append('\n');
        }
        text.append("Localmass ")
                .append(Markdown.text(version))
                .append(", seed ")
                .append(seed)
                .append(".\n");
        out.write(text.toString());
        out.flush();
    }

    /** Writes one page with everything but the raw results. The writer is flushed, not closed. */
    public static void writeHtml(List<Content> experiments, String version, long seed, Writer out) throws IOException {
        Xhtml page = Page.open("Reproduced experiments");
        page.open("main").leaf("h1", "Reproduced experiments");
        page.open("nav", "aria-label", "Experiments").open("ul");
        for (Content e : experiments) {
            page.open("li").leaf("a", e.title, "href", "#" + e.name);
            page.text(": " + e.tally()).close();
        }
        page.close(2);
        for (Content e : experiments) {
            page.open("section", "id", e.name, "aria-label", e.title);
            page.leaf("h2", e.title);
            page.leaf("p", e.answer);
            for (Shown shown : e.figures) {
                String svg = shown.figure.svg();
                String uri = "data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
                page.open("figure", "class", "paper");
                page.empty("img", "src", uri, "alt", shown.caption);
                page.leaf("figcaption", shown.caption);
                page.close();
            }
            if (!e.comparisons.isEmpty()) {
                List<List<Page.Cell>> rows = new ArrayList<>();
                for (Row r : e.comparisons) {
                    rows.add(List.of(
                            Page.Cell.of(r.quantity),
                            Page.Cell.of(r.published),
                            Page.Cell.of(r.ours),
                            Page.Cell.of(r.verdict),
                            Page.Cell.of(r.why)));
                }
                Page.table(
                        page,
                        "Published numbers: " + e.tally(),
                        HEADER.stream().map(h -> h.isEmpty() ? "verdict" : h).toList(),
                        rows);
            }
            if (!e.remarks.isEmpty()) {
                page.leaf("h3", "Remarks");
                Page.list(page, e.remarks);
            }
            page.open("details").leaf("summary", "Settings and files");
            List<List<Page.Cell>> rows = new ArrayList<>();
            e.settings.forEach((k, v) -> rows.add(List.of(Page.Cell.of(k), Page.Cell.of(v))));
            Page.table(page, "Settings", List.of("setting", "value"), rows);
            page.open("ul");
            for (String file : e.files) {
                page.open("li").leaf("a", file, "href", file).close();
            }
            page.close(2);
            page.close();
        }
        page.close();
        page.open("footer").leaf("p", "Localmass " + version + ", seed " + seed).close();
        out.write(Page.close(page, List.of()));
        out.flush();
    }
}
