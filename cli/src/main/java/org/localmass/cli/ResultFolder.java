package org.localmass.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.localmass.report.ResultPage;
import picocli.CommandLine.Option;

/** {@code --out} of the commands that print one result. */
final class ResultFolder {
    @Option(names = "--out", paramLabel = "DIR", description = "Write report.html, report.json and report.md into DIR.")
    @Nullable
    private Path out;

    /** Writes the result in every form, if asked for. */
    void write(OutputFolder.Content text, OutputFolder.Content json, OutputFolder.Content markdown)
            throws BadInput, IOException {
        if (out == null) {
            return;
        }
        StringWriter words = new StringWriter();
        text.write(words);
        StringWriter numbers = new StringWriter();
        json.write(numbers);
        try (OutputFolder folder = OutputFolder.open(out)) {
            folder.add("report.html", w -> ResultPage.write(numbers.toString(), words.toString(), w));
            folder.add("report.json", w -> w.write(numbers.toString()));
            folder.add("report.md", markdown);
            folder.commit();
        }
    }
}
