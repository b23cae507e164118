package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.localmass.core.draws.ParameterSummary;

/**
 * A table of parameters as text, Markdown, JSON and CSV, with the columns of {@code summarise_draws} of R package
 * posterior.
 *
 * <p>Text and Markdown show three significant digits and the whole part in full, as posterior prints them. JSON and CSV
 * have full precision, in the shortest form that reads back to the same double. The schema of the JSON ships as the
 * resource {@code summary.schema.json} of this package.
 */
public final class SummaryReport {
    /** Value of the member "schema". */
    public static final String SCHEMA = "localmass.summary/1";

    private static final int WIDEST_NAME = 60;

    /** A column of numbers: its name in posterior and in our JSON. */
    private record Column(String name, String member, ToDoubleFunction<ParameterSummary> value) {
        double of(ParameterSummary p) {
            return value.applyAsDouble(p);
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("mean", "mean", ParameterSummary::mean),
            new Column("median", "median", ParameterSummary::median),
            new Column("sd", "sd", ParameterSummary::sd),
            new Column("mad", "mad", ParameterSummary::mad),
            new Column("q5", "q5", ParameterSummary::q5),
            new Column("q95", "q95", ParameterSummary::q95),
            new Column("rhat", "rhat", ParameterSummary::rHat),
            new Column("ess_bulk", "essBulk", ParameterSummary::essBulk),
            new Column("ess_tail", "essTail", ParameterSummary::essTail));

    private SummaryReport() {}

    /**
     * Writes the table for a terminal, at most 80 columns wide unless names or numbers are long. The writer is flushed,
     * not closed.
     */
    public static void writeText(PosteriorSummary summary, TextStyle style, Writer out) throws IOException {
        Lines lines = new Lines();
        lines.paragraph("", size(summary), style::bold);
        notes(summary).forEach(note -> lines.paragraph("  ", note, style::dim));
        lines.blank();
        table(summary, style, lines);
        List<String> warnings = summary.warnings();
        if (!warnings.isEmpty()) {
            lines.blank();
            warnings.forEach(w -> lines.paragraph("  ! ", w, style::yellow));
        }
        out.write(lines.toString());
        out.flush();
    }

    private static void table(PosteriorSummary summary, TextStyle style, Lines lines) {
        List<ParameterSummary> parameters = summary.parameters();
        int label = "variable".length();
        for (ParameterSummary p : parameters) {
            label = Math.max(label, Math.min(WIDEST_NAME, Lines.length(Words.safe(p.name()))));
        }
        int[] widths = new int[COLUMNS.size()];
        int total = label;
        for (int i = 0; i < widths.length; i++) {
            Column column = COLUMNS.get(i);
            widths[i] = column.name.length();
            for (ParameterSummary p : parameters) {
                widths[i] = Math.max(widths[i], ThreeDigits.number(column.of(p)).length());
            }
            total += widths[i];
        }
        String gap = total + 2 * widths.length <= Lines.WIDTH ? "  " : " ";
        StringBuilder head = new StringBuilder(Lines.column("variable", label));
        for (int i = 0; i < widths.length; i++) {
            head.append(gap).append(Lines.right(COLUMNS.get(i).name, widths[i]));
        }
        lines.line(style.bold(head.toString()));
        for (ParameterSummary p : parameters) {
            // A name that is too long has lines of its own, so that it stays whole.
            List<String> parts = Lines.wrap(p.name(), label);
            parts.subList(0, parts.size() - 1).forEach(lines::line);
            StringBuilder row = new StringBuilder(Lines.column(parts.get(parts.size() - 1), label));
            for (int i = 0; i < widths.length; i++) {
                Column column = COLUMNS.get(i);
                String cell = Lines.right(ThreeDigits.number(column.of(p)), widths[i]);
                row.append(gap).append(doubtful(summary, p, column) ? style.yellow(cell) : cell);
            }
            lines.line(row.toString());
        }
    }

    private static boolean doubtful(PosteriorSummary summary, ParameterSummary p, Column column) {
        return switch (column.name) {
            case "rhat" -> summary.mixesBadly(p);
            case "ess_bulk", "ess_tail" -> summary.fallsShort(column.of(p));
            default -> false;
        };
    }

    /** Writes the table for GitHub, warnings below. The writer is flushed, not closed. */
    public static void writeMarkdown(PosteriorSummary summary, Writer out) throws IOException {
        out.write(Markdown.text(size(summary)) + "\n");
        for (String note : notes(summary)) {
            out.write("\n" + Markdown.text(note) + "\n");
        }
        List<String> cells = new ArrayList<>(List.of("variable"));
        COLUMNS.forEach(c -> cells.add(Markdown.text(c.name)));
        out.write("\n" + Markdown.row(cells.toArray(String[]::new)));
        out.write("|:--|" + "--:|".repeat(COLUMNS.size()) + "\n");
        for (ParameterSummary p : summary.parameters()) {
            cells.clear();
            cells.add(Markdown.code(p.name()));
            COLUMNS.forEach(c -> cells.add(ThreeDigits.number(c.of(p))));
            out.write(Markdown.row(cells.toArray(String[]::new)));
        }
        List<String> warnings = summary.warnings();
        if (!warnings.isEmpty()) {
            out.write("\n");
            for (String warning : warnings) {
                out.write("- " + Markdown.text(warning) + "\n");
            }
        }
        out.flush();
    }

    /**
     * Writes the table alone in the form of RFC 4180, its header as posterior names the columns; without the warnings.
     * What is not defined is empty, infinite numbers are {@code Infinity} and {@code -Infinity}. The writer is flushed,
     * not closed.
     */
    public static void writeCsv(PosteriorSummary summary, Writer out) throws IOException {
        out.write("variable");
        for (Column column : COLUMNS) {
            out.write("," + column.name);
        }
        out.write("\r\n");
        for (ParameterSummary p : summary.parameters()) {
            out.write(quoted(p.name()));
            for (Column column : COLUMNS) {
                double x = column.of(p);
                out.write("," + (Double.isNaN(x) ? "" : NumberOutput.toString(x, true)));
            }
            out.write("\r\n");
        }
        out.flush();
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /**
     * Writes the table, its files and its warnings for programs. Infinite numbers are the strings "Infinity" and
     * "-Infinity", what is not defined is null. The writer is flushed, not closed.
     *
     * @param version version of Localmass
     */
    public static void writeJson(PosteriorSummary summary, String version, Writer out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeArrayFieldStart("files");
            for (InputFile file : summary.files()) {
                file(json, file);
            }
            json.writeEndArray();
            json.writeNumberField("chains", summary.chainLengths().size());
            json.writeNumberField("draws", summary.draws());
            json.writeStringField(
                    "sampling",
                    summary.sampling().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (summary.transitions() > 0) {
                json.writeNumberField("divergences", summary.divergences());
            } else {
                json.writeNullField("divergences");
            }
            json.writeArrayFieldStart("parameters");
            for (ParameterSummary p : summary.parameters()) {
                json.writeStartObject();
                json.writeStringField("name", p.name());
                for (Column column : COLUMNS) {
                    json.writeFieldName(column.member);
                    number(json, column.of(p));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            strings(json, "warnings", summary.warnings());
            json.writeObjectFieldStart("provenance");
            json.writeStringField("version", version);
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void file(JsonGenerator json, InputFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", file.name());
        json.writeStringField("format", file.format());
        if (file.sha256().isEmpty()) {
            json.writeNullField("sha256");
        } else {
            json.writeStringField("sha256", file.sha256());
        }
        json.writeNumberField("chains", file.chains());
        json.writeNumberField("draws", file.draws());
        strings(json, "notes", file.notes());
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, double x) throws IOException {
        if (Double.isNaN(x)) {
            json.writeNull();
        } else if (Double.isInfinite(x)) {
            json.writeString(x > 0 ? "Infinity" : "-Infinity");
        } else {
            json.writeNumber(x);
        }
    }

    /** R-hat past its limit has three decimals, rounded up, so that it never reads as the limit itself. */
    static String rhat(double value) {
        return value < 100
                ? new BigDecimal(value).setScale(3, RoundingMode.CEILING).toPlainString()
                : ThreeDigits.number(value);
    }

    /** Files, chains, draws and parameters in one line. */
    private static String size(PosteriorSummary summary) {
        List<Integer> lengths = summary.chainLengths();
        int shortest = lengths.stream().mapToInt(Integer::intValue).min().orElseThrow();
        int longest = lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
        String chains = shortest == longest
                ? Words.plural(lengths.size(), "chain") + " of " + Words.plural(shortest, "draw")
                : Words.plural(lengths.size(), "chain") + " of " + shortest + " to " + longest + " draws, "
                        + summary.draws() + " in all";
        int shown = summary.parameters().size();
        String parameters = shown == summary.allParameters()
                ? Words.plural(shown, "parameter")
                : shown + " of " + Words.plural(summary.allParameters(), "parameter");
        return Words.plural(summary.files().size(), "file") + ", " + chains + ", " + parameters;
    }

    /** The notes of the files; one that all files share is said once. */
    private static List<String> notes(PosteriorSummary summary) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        for (InputFile file : summary.files()) {
            for (String note : file.notes()) {
                files.computeIfAbsent(note, n -> new ArrayList<>()).add(file.name());
            }
        }
        List<String> notes = new ArrayList<>();
        files.forEach((note, names) -> {
            if (summary.files().size() == 1) {
                notes.add(note);
            } else if (names.size() == summary.files().size()) {
                notes.add("each file: " + note);
            } else {
                names.forEach(name -> notes.add(name + ": " + note));
            }
        });
        return notes;
    }
}
