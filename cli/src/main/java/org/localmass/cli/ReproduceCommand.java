package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.experiments.Figure;
import org.localmass.experiments.RawTable;
import org.localmass.experiments.Reproduction;
import org.localmass.experiments.Result;
import org.localmass.report.ExperimentReport;
import org.localmass.report.FigureFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code localmass reproduce}: the experiments of the paper. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "The experiments of arXiv:2606.27090 and of its authors' earlier study: figures, raw tables and every published"
                    + " number beside ours.",
            "",
            "NAME is one of small-ball, bayes-update, directionality, directional-grid, sparse-regression, global-vs-local,"
                    + " catalogue, or all. docs/experiments.md says what each one is.",
            ""
        },
        footer = {"", "Example: localmass reproduce all --out reproduced"})
final class ReproduceCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The experiments.")
    private List<String> names = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "reproduced",
            description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("reproduced");

    @Option(
            names = "--published",
            paramLabel = "DIR",
            description = "A folder with the complete published tables; without it the headline figures are compared.")
    @Nullable
    private Path published;

    @Option(
            names = "--from-raw",
            description = "bayes-update: make the designs from the raw data instead of reading the published ones.")
    private boolean fromRaw;

    /** How optima are found. */
    enum Fitting {
        DETERMINISTIC,
        VI
    }

    @Option(
            names = "--fit",
            paramLabel = "deterministic|vi",
            defaultValue = "DETERMINISTIC",
            description = "global-vs-local: vi seeks the optima by variational inference besides, and compares.")
    private Fitting fit = Fitting.DETERMINISTIC;

    @Option(
            names = "--format",
            paramLabel = "text|markdown",
            defaultValue = "TEXT",
            description = "What to print (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--quiet", description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInput, IOException {
        List<String> chosen = chosen();
        if (format == OutputFormat.JSON) {
            throw new BadInput("--format must be text or markdown; settings.json of each experiment is in --out");
        }
        if (published != null && !Files.isDirectory(published)) {
            throw new BadInput("--published " + published + ": no such folder");
        }
        List<ExperimentReport.Content> contents = new ArrayList<>();
        try (OutputFolder folder = OutputFolder.open(out);
                Progress progress = Progress.on(spec.commandLine().getErr(), chosen.size() + 1, quiet)) {
            for (int i = 0; i < chosen.size(); i++) {
                progress.stage(i, chosen.get(i));
                Result result = result(chosen.get(i));
                contents.add(Reproduction.content(result));
                write(folder, result);
            }
            progress.stage(chosen.size(), "writing");
            folder.add("report.md", w -> ExperimentReport.writeMarkdown(contents, Version.text(), seed, w));
            folder.add("report.html", w -> ExperimentReport.writeHtml(contents, Version.text(), seed, w));
            folder.commit();
        }
        if (!quiet) {
            PrintWriter print = spec.commandLine().getOut();
            if (format == OutputFormat.MARKDOWN) {
                ExperimentReport.writeMarkdown(contents, Version.text(), seed, print);
            } else {
                ExperimentReport.writeText(contents, Terminal.style(), print);
                print.println("Figures, tables and the whole comparison: " + out.resolve("report.html"));
                print.flush();
            }
        }
        return Main.NOTHING_FOUND;
    }

    private List<String> chosen() throws BadInput {
        Set<String> chosen = new LinkedHashSet<>();
        for (String name : names) {
            if (name.equals(ALL)) {
                chosen.addAll(Reproduction.names());
                continue;
            }
            Optional<String> later = Reproduction.later(name);
            if (later.isPresent()) {
                throw new BadInput(name + " is kept for " + later.get() + ", which comes later");
            }
            if (!Reproduction.names().contains(name)) {
                throw new BadInput("no experiment '" + name + "': choose from "
                        + String.join(", ", Reproduction.names()) + ", all");
            }
            chosen.add(name);
        }
        return new ArrayList<>(chosen);
    }

    private Result result(String name) throws BadInput {
        try {
            return Reproduction.run(name, seed, Optional.ofNullable(published), fromRaw, fit == Fitting.VI);
        } catch (IOException e) {
            throw new BadInput("--published: " + e.getMessage(), e);
        }
    }

    private void write(OutputFolder folder, Result result) throws IOException {
        String prefix = result.name() + "/";
        for (RawTable table : result.tables()) {
            folder.add(prefix + table.name() + ".csv", w -> w.write(table.toCsv()));
        }
        for (Figure figure : result.figures()) {
            for (FigureFormat kind : FigureFormat.values()) {
                folder.addBytes(prefix + figure.name() + "." + kind.ending(), bytes -> figure.paper()
                        .write(kind, bytes));
            }
        }
        folder.add(prefix + "settings.json", w -> w.write(Reproduction.settingsJson(result, seed, Version.text())));
    }
}
