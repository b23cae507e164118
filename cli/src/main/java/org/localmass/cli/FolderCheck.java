package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.localmass.check.CheckOptions;
import org.localmass.io.DrawsReader;
import org.localmass.io.Recognition;
import org.localmass.io.Role;
import org.localmass.report.Comparison;
import org.localmass.report.ComparisonReport;
import org.localmass.report.FigureFormat;

/**
 * The approximations of one folder against its one reference.
 *
 * @param folder         the folder
 * @param reference      reference files: the Markov chains of the folder, unless the user names others
 * @param approximations files that hold an approximation, one each, by name
 * @param ignored        other files of draws, whose side their content does not tell
 */
record FolderCheck(
        Path folder, List<Path> reference, List<Path> approximations, List<Path> ignored, DrawsReader reader) {
    static FolderCheck of(Path folder, List<Path> named, DrawsReader reader) throws BadInput, IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInput(folder + ": "
                    + (Files.exists(folder) ? "not a folder; give a file with --approx" : "no such folder"));
        }
        List<Path> chains = new ArrayList<>();
        List<Path> approximations = new ArrayList<>();
        List<Path> ignored = new ArrayList<>();
        for (Path file : files(folder)) {
            Optional<Recognition> kind = reader.sniff(file);
            if (kind.isEmpty() || isAmong(file, named)) {
                continue;
            }
            Role role = kind.get().role();
            (role == Role.REFERENCE ? chains : role == Role.APPROXIMATION ? approximations : ignored).add(file);
        }
        if (!named.isEmpty()) {
            ignored.addAll(chains);
        } else if (chains.isEmpty()) {
            throw new BadInput(folder + ": no reference found (Stan sample CSV or posteriordb draws);"
                    + " name it with --reference" + hint(ignored));
        }
        if (approximations.isEmpty()) {
            throw new BadInput(folder + ": no approximation found (Stan variational, Laplace or Pathfinder CSV);"
                    + " name it with --approx" + hint(ignored));
        }
        return new FolderCheck(folder, named.isEmpty() ? chains : named, approximations, ignored, reader);
    }

    private static String hint(List<Path> others) {
        return others.isEmpty() ? "" : "; files whose side is not clear: " + names(others);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static boolean isAmong(Path file, List<Path> others) throws IOException {
        for (Path other : others) {
            if (Files.exists(other) && Files.isSameFile(file, other)) {
                return true;
            }
        }
        return false;
    }

    private static String names(List<Path> files) {
        return String.join(
                ", ", files.stream().map(f -> String.valueOf(f.getFileName())).toList());
    }

    int run(
            RegionOptions named,
            CommonOptions common,
            CheckOptions options,
            Thresholds thresholds,
            @Nullable Path out,
            List<FigureFormat> figures,
            PrintWriter stdout,
            PrintWriter stderr,
            Progress progress)
            throws BadInput, IOException {
        progress.stage(0, "reading the reference");
        Inputs target =
                Inputs.read(List.of(reference), reader, options.threads()).get(0);
        List<Comparison> comparisons = new ArrayList<>();
        List<CheckRun> runs = new ArrayList<>();
        int worst = Main.NOTHING_FOUND;
        for (Path file : approximations) {
            progress.stage(1, "checking " + file.getFileName());
            try {
                Inputs approximation = Inputs.read(List.of(List.of(file)), reader, options.threads())
                        .get(0);
                CheckRun run = CheckRun.of(target, approximation, LogColumns.KNOWN, named, common, options);
                runs.add(run);
                comparisons.add(new Comparison(unique(name(file), comparisons), run.report()));
                worst = Math.max(worst, thresholds.exitCode(run.report()));
            } catch (BadInput e) {
                // the other approximations are still worth a report
                stderr.println("localmass: " + e.getMessage());
                worst = Main.BAD_INPUT;
            }
        }
        if (runs.isEmpty()) {
            return worst;
        }
        progress.stage(2, "writing");
        if (out != null) {
            write(comparisons, runs, out, figures);
        }
        progress.finish();
        if (!common.quiet) {
            print(comparisons, common.format, stdout);
            if (!ignored.isEmpty() && common.format == OutputFormat.TEXT) {
                stdout.println("Not used, since " + (ignored.size() == 1 ? "its" : "their")
                        + " content does not tell the side or a reference was named: " + names(ignored) + ".");
            }
        }
        return worst;
    }

    private static void write(List<Comparison> comparisons, List<CheckRun> runs, Path out, List<FigureFormat> figures)
            throws BadInput, IOException {
        try (OutputFolder target = OutputFolder.open(out)) {
            for (int i = 0; i < runs.size(); i++) {
                runs.get(i).addTo(target, comparisons.get(i).folder() + "/", figures);
            }
            target.add("comparison.html", w -> ComparisonReport.writeHtml(comparisons, w));
            target.add("comparison.json", w -> ComparisonReport.writeJson(comparisons, w));
            target.add("comparison.md", w -> ComparisonReport.writeMarkdown(comparisons, w));
            target.commit();
        }
    }

    private static void print(List<Comparison> comparisons, OutputFormat format, PrintWriter stdout)
            throws IOException {
        switch (format) {
            case TEXT -> ComparisonReport.writeText(comparisons, Terminal.style(), stdout);
            case JSON -> ComparisonReport.writeJson(comparisons, stdout);
            case MARKDOWN -> ComparisonReport.writeMarkdown(comparisons, stdout);
        }
    }

    /** A name whose folder no other approximation has. */
    private static String unique(String name, List<Comparison> others) {
        String candidate = name;
        for (int n = 2; taken(candidate, others); n++) {
            candidate = name + "-" + n;
        }
        return candidate;
    }

    private static boolean taken(String name, List<Comparison> others) {
        for (Comparison other : others) {
            if (other.folder().equals(new Comparison(name, other.report()).folder())) {
                return true;
            }
        }
        return false;
    }

    /** The file's name without its endings. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("(?i)(\\.gz|\\.zip)$", "")
                .replaceFirst("(?i)\\.(csv|tsv|txt|log|json|nc|h5|hdf5|npz|npy|parquet)$", "");
    }
}
