package org.localmass.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.localmass.check.CheckReport;

/** The files that a check leaves in a folder, in UTF-8. */
public final class ReportFolder {
    private ReportFolder() {}

    /** Something that writes a file. */
    private interface Form {
        void write(Writer out) throws IOException;
    }

    /**
     * Writes {@code report.html}, {@code report.json}, {@code report.md} and {@code regions.csv}. The folder is made if
     * it is not there; files of these names are replaced.
     */
    public static void write(CheckReport report, Provenance provenance, Path folder) throws IOException {
        Files.createDirectories(folder);
        file(folder.resolve("report.html"), out -> HtmlReport.write(report, provenance, out));
        file(folder.resolve("report.json"), out -> JsonReport.write(report, provenance, out));
        file(folder.resolve("report.md"), out -> MarkdownReport.write(report, provenance, out));
        file(folder.resolve("regions.csv"), out -> RegionsCsv.write(report, out));
    }

    /**
     * Writes {@code comparison.html}, {@code comparison.json} and {@code comparison.md}. The reports themselves belong
     * into {@link Comparison#folder()} below the folder.
     */
    public static void writeComparison(List<Comparison> comparisons, Path folder) throws IOException {
        Files.createDirectories(folder);
        file(folder.resolve("comparison.html"), out -> ComparisonReport.writeHtml(comparisons, out));
        file(folder.resolve("comparison.json"), out -> ComparisonReport.writeJson(comparisons, out));
        file(folder.resolve("comparison.md"), out -> ComparisonReport.writeMarkdown(comparisons, out));
    }

    /** A character that UTF-8 cannot carry, half of a pair, becomes a question mark. */
    private static void file(Path path, Form form) throws IOException {
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(path), StandardCharsets.UTF_8))) {
            form.write(out);
        }
    }
}
