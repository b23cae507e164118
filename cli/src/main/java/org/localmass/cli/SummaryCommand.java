package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterName;
import org.localmass.core.draws.ParameterSummary;
import org.localmass.report.PosteriorSummary;
import org.localmass.report.SummaryReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code localmass summary}: the draws of one measure, parameter by parameter. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "Summarises draws: mean, median, sd, mad, quantiles, R-hat and effective sample sizes of each parameter.",
            "",
            "Several files are chains of one posterior, or parts of one approximation. Warnings follow the table where"
                    + " R-hat is above 1.01, an effective sample size is below 100 a chain, or transitions diverged;"
                    + " they do not change the exit code.",
            ""
        },
        footer = {"", "Example: localmass summary nuts_*.csv --parameter tau --parameter \"^theta\""})
final class SummaryCommand implements Callable<Integer> {
    /** What goes to standard output. */
    private enum Format {
        TEXT,
        JSON,
        CSV,
        MARKDOWN
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of draws.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "text|json|csv|markdown",
            defaultValue = "TEXT",
            description = "What to print (default: text). Numbers of json and csv have full precision.")
    private Format format = Format.TEXT;

    @Option(
            names = "--parameter",
            paramLabel = "REGEX",
            description = "Only the parameter of this name, or those in whose name this regular expression is found."
                    + " Repeatable.")
    private List<String> wanted = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the result does not depend on it (default: all processors).")
    @Nullable
    private Integer threads;

    @Option(names = "--quiet", description = "Print nothing but errors; the exit code tells.")
    private boolean quiet;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Override
    public Integer call() throws BadInput, IOException {
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1) {
            throw new BadInput("--threads must be at least 1, was " + workers);
        }
        List<Pattern> patterns = patterns();
        PosteriorSummary summary = summarise(patterns, workers);
        if (!quiet) {
            print(summary, spec.commandLine().getOut());
        }
        return Main.NOTHING_FOUND;
    }

    private PosteriorSummary summarise(List<Pattern> patterns, int workers) throws BadInput {
        try (Progress progress = Progress.on(spec.commandLine().getErr(), quiet)) {
            progress.stage(0, "reading " + files.size() + (files.size() == 1 ? " file" : " files"));
            Inputs inputs =
                    Inputs.read(List.of(files), reading.reader(), workers).get(0);
            Draws draws = inputs.draws();
            int[] columns = columns(draws.names(), patterns);
            progress.stage(1, "summarising " + columns.length + (columns.length == 1 ? " parameter" : " parameters"));
            return PosteriorSummary.of(draws, inputs.files(), summaries(draws, columns, workers));
        }
    }

    private void print(PosteriorSummary summary, PrintWriter out) throws IOException {
        switch (format) {
            case TEXT -> SummaryReport.writeText(summary, Terminal.style(), out);
            case JSON -> SummaryReport.writeJson(summary, Version.text(), out);
            case CSV -> SummaryReport.writeCsv(summary, out);
            case MARKDOWN -> SummaryReport.writeMarkdown(summary, out);
        }
    }

    private List<Pattern> patterns() throws BadInput {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : wanted) {
            try {
                patterns.add(Pattern.compile(text));
            } catch (PatternSyntaxException e) {
                throw new BadInput(
                        "--parameter: '" + text + "' is no regular expression: " + e.getDescription()
                                + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)),
                        e);
            }
        }
        return patterns;
    }

    /** The columns asked for, in file order; all without a pattern. */
    private int[] columns(List<String> names, List<Pattern> patterns) throws BadInput {
        boolean[] chosen = new boolean[names.size()];
        for (int i = 0; i < patterns.size(); i++) {
            int exact = names.indexOf(ParameterName.normalise(wanted.get(i)));
            boolean found = exact >= 0;
            for (int j = 0; j < chosen.length; j++) {
                if (exact == j
                        || (exact < 0 && patterns.get(i).matcher(names.get(j)).find())) {
                    chosen[j] = true;
                    found = true;
                }
            }
            if (!found) {
                throw new BadInput(
                        "--parameter: nothing matches '" + wanted.get(i) + "'; the parameters are " + some(names));
            }
        }
        int[] columns = new int[names.size()];
        int count = 0;
        for (int j = 0; j < chosen.length; j++) {
            if (chosen[j] || patterns.isEmpty()) {
                columns[count++] = j;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    private static String some(List<String> names) {
        int most = 12;
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    private static List<ParameterSummary> summaries(Draws draws, int[] columns, int threads) throws BadInput {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, columns.length)));
        try {
            List<Future<ParameterSummary>> running = new ArrayList<>();
            for (int column : columns) {
                running.add(pool.submit(() -> ParameterSummary.of(draws, column)));
            }
            List<ParameterSummary> summaries = new ArrayList<>();
            for (Future<ParameterSummary> one : running) {
                summaries.add(one.get());
            }
            return summaries;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
