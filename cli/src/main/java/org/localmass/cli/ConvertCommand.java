package org.localmass.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.io.DrawsWriter;
import org.localmass.report.InputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code localmass convert}: draws from one format into another. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "Writes draws of any format as Parquet, npz or CSV.",
            "",
            "Several files are chains of one measure. Values are kept bit for bit, with the names of models, the"
                    + " statistics of the sampler, weights and, where there are several, the chains.",
            ""
        },
        footer = {"", "Example: localmass convert posterior.nc --to posterior.parquet"})
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "IN", description = "Files of draws.")
    private List<Path> in = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "OUT",
            description = "The file to write; its ending tells the format: .parquet, .npz, .csv or .csv.gz.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the result does not depend on it (default: all processors).")
    @Nullable
    private Integer threads;

    @Option(names = "--quiet", description = "Print nothing but errors; the exit code tells.")
    private boolean quiet;

    @Mixin
    private ReadingOptions draws = new ReadingOptions();

    @Override
    public Integer call() throws BadInput, IOException {
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1) {
            throw new BadInput("--threads must be at least 1, was " + workers);
        }
        DrawsWriter.Target target = DrawsWriter.target(out)
                .orElseThrow(() -> new BadInput("--to must end with .parquet, .npz, .csv or .csv.gz, was " + out));
        if (Files.exists(out) && !force) {
            throw new BadInput("--to " + out + ": is there already; --force replaces it");
        }
        if (Files.isDirectory(out)) {
            throw new BadInput("--to " + out + ": is a folder");
        }
        Inputs inputs = Inputs.read(List.of(in), draws.reader(), workers).get(0);
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new BadInput("--to " + out + ": its folder is missing or not writable");
        }
        Path temporary = Files.createTempFile(folder, ".localmass-", ".part");
        try {
            DrawsWriter.write(inputs.draws(), target, temporary);
            Files.move(temporary, out, StandardCopyOption.REPLACE_EXISTING);
            OutputFolder.readable(out);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (!quiet) {
            report(inputs);
        }
        return Main.NOTHING_FOUND;
    }

    private void report(Inputs inputs) {
        var stdout = spec.commandLine().getOut();
        int chains = inputs.draws().chains().size();
        stdout.println(out + ": " + inputs.draws().size() + " draws of "
                + inputs.draws().dimension()
                + (inputs.draws().dimension() == 1 ? " parameter" : " parameters")
                + (chains > 1 ? " in " + chains + " chains" : ""));
        for (InputFile file : inputs.files()) {
            for (String note : file.notes()) {
                stdout.println(file.name() + ": " + note);
            }
        }
    }
}
