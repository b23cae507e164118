package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.check.CheckOptions;
import org.localmass.io.DrawsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code localmass demo}: the main job on the bundled eight schools run. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description =
                "Runs check on a bundled real example: eight schools, mean-field ADVI against NUTS. Always exits 0.")
final class DemoCommand implements Callable<Integer> {
    private static final String EXAMPLE = "examples/eight_schools";
    private static final String REGION = "tau < 0.5";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "DIR", description = "Also write the report's files into DIR.")
    @Nullable
    private Path out;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws BadInput, IOException {
        CheckOptions options = common.check(1.1, 0.002);
        Path home = Path.of(System.getProperty("localmass.home", ""));
        Path example = home.resolve(EXAMPLE);
        if (!Files.isDirectory(example)) {
            throw new BadInput("demo: " + example + " is missing; run ./localmass from a complete checkout");
        }
        PrintWriter stdout = spec.commandLine().getOut();
        List<Path> reference = List.of(
                example.resolve("nuts_1.csv"),
                example.resolve("nuts_2.csv"),
                example.resolve("nuts_3.csv"),
                example.resolve("nuts_4.csv"));
        List<Path> approximation = List.of(example.resolve("advi_meanfield.csv"));
        List<Inputs> inputs =
                Inputs.read(List.of(reference, approximation), DrawsReader.withDefaults(), options.threads());
        RegionOptions named = RegionOptions.parse(List.of(REGION), List.of());
        CheckRun run = CheckRun.of(inputs.get(0), inputs.get(1), LogColumns.KNOWN, named, common, options);
        if (out != null) {
            try (OutputFolder target = OutputFolder.open(out)) {
                run.addTo(target, "", List.of());
                target.commit();
            }
        }
        if (!common.quiet) {
            if (common.format == OutputFormat.TEXT) {
                stdout.println("Eight schools (Rubin 1981): how different are eight coaching programmes? tau is the");
                stdout.println(
                        "spread between schools. Mean-field ADVI is checked against NUTS. This is the output of");
                stdout.println();
                stdout.println("  ./localmass check --approx " + EXAMPLE + "/advi_meanfield.csv \\");
                stdout.println("      --reference " + EXAMPLE + "/nuts_*.csv --region \"" + REGION + "\"");
                stdout.println();
            }
            run.print(common.format, stdout);
        }
        return 0;
    }
}
