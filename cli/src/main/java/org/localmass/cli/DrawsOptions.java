package org.localmass.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.localmass.core.draws.Draws;
import org.localmass.estimate.ImportanceWeights;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws in the place of a distribution, for {@code mass} and {@code index}. */
final class DrawsOptions {
    @Option(
            names = "--draws",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of draws instead of a distribution: chains of one measure.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--weights",
            description = "Weight the draws of an approximation by log p - log q of its file, Pareto smoothed: masses"
                    + " under the target, as far as the draws reach.")
    private boolean weights;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    /** Draws, the names of their files, and other names of parameters. */
    record Read(Draws draws, String of, Map<String, String> labels) {}

    /** Whether draws were given; exactly one of draws and a distribution must be. */
    boolean given(boolean distribution) throws BadInput {
        if (distribution == !files.isEmpty()) {
            throw new BadInput(
                    "exactly one of --dist and --draws must be given, " + (distribution ? "both were" : "neither was"));
        }
        if (distribution && weights) {
            throw new BadInput("--weights needs --draws");
        }
        return !distribution;
    }

    Read read(CommonOptions common, PrintWriter err) throws BadInput {
        if (!(common.level > 0 && common.level < 1)) {
            throw new BadInput("--level must lie strictly between 0 and 1, was " + common.level);
        }
        if (common.threadCount() < 1) {
            throw new BadInput("--threads must be at least 1, was " + common.threadCount());
        }
        try (Progress progress = Progress.on(err, common.quiet)) {
            progress.stage(0, "reading " + files.size() + (files.size() == 1 ? " file" : " files"));
            Inputs inputs = Inputs.read(List.of(files), reading.reader(), common.threadCount())
                    .get(0);
            Draws draws = inputs.draws();
            if (weights) {
                draws = weighted(draws);
            }
            List<String> names = files.stream()
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
            return new Read(
                    draws,
                    names.size() <= 4
                            ? String.join(", ", names)
                            : names.get(0) + " and " + (names.size() - 1) + " more files",
                    inputs.labels());
        }
    }

    private static Draws weighted(Draws draws) throws BadInput {
        ImportanceWeights found = ImportanceWeights.of(draws)
                .orElseThrow(() -> new BadInput("--weights: the files hold no log p and log q of their draws"));
        try {
            return found.weighted(draws);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--weights: " + e.getMessage(), e);
        }
    }
}
