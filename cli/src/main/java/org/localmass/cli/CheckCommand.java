package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.localmass.check.CheckOptions;
import org.localmass.io.EarlierReport;
import org.localmass.report.FigureFormat;
import org.localmass.vi.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code localmass check}: draws of an approximation against reference draws. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "Finds the regions to which an approximation q gives the wrong probability.",
            "",
            "Give the draws of q with --approx and reference draws of p (MCMC) with --reference; or a folder, whose"
                    + " files are recognised by their headers and whose approximations are compared side by side.",
            "Without --reference the masses of p come from importance weights, where the file of q holds log p and log q"
                    + " of each draw; a region that q's draws never visit cannot be seen then.",
            "With --model the target's density is searched: in place of a reference, or beside it.",
            ""
        },
        footer = {
            "",
            "Regions: tau < 0.5 & theta[1] > 20, 0.1 < tau < 0.5, abs(beta[15]) < 0.1, norm(theta[]) > 4,",
            "beta[3] == 0. Centres of balls: 0, [0,0,1] or \"tau=0, beta[3]=0\"."
        })
final class CheckCommand implements Callable<Integer> {
    /** Steps of the progress bar. */
    static final int STAGES = 90;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "A folder with one reference and any number of approximations.")
    @Nullable
    private Path folder;

    @Option(
            names = "--approx",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Draws of the approximation q; several files are parts of one q.")
    private List<Path> approx = new ArrayList<>();

    @Option(
            names = "--reference",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Reference draws of the target p; several files are its chains.")
    private List<Path> reference = new ArrayList<>();

    @Option(
            names = "--log-target",
            paramLabel = "NAME",
            description =
                    "Column of --approx that holds log p of each draw, normalised or not. Stan's columns, log_p and"
                            + " log_target are known.")
    @Nullable
    private String logTarget;

    @Option(
            names = "--log-approx",
            paramLabel = "NAME",
            description = "Column of --approx that holds log q of each draw, normalised.")
    @Nullable
    private String logApprox;

    @Option(
            names = "--region",
            paramLabel = "EXPR",
            description = "A region to report on, found or not; @FILE or @FILE#ID takes it from a report.json."
                    + " Repeatable.")
    private List<String> regions = new ArrayList<>();

    @Option(
            names = "--ball",
            paramLabel = "CENTRE",
            description = "A centre whose nested balls are reported on. Repeatable.")
    private List<String> balls = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write report.html, report.json, report.md and regions.csv into DIR.")
    @Nullable
    private Path out;

    @Option(
            names = "--figures",
            split = ",",
            paramLabel = "svg|png|pdf",
            description = "Write the figures too, into DIR/figures, in these formats; needs --out.")
    private List<FigureFormat> figures = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "An earlier report.json: says what got better, worse, new, gone. Not for a folder.")
    @Nullable
    private Path baseline;

    @Option(
            names = "--material-ratio",
            paramLabel = "R",
            defaultValue = "1.1",
            description = "A finding is material if its whole ratio interval lies outside [1/R, R]"
                    + " (default: ${DEFAULT-VALUE}) ...")
    private double materialRatio = 1.1;

    @Option(
            names = "--material-mass",
            paramLabel = "M",
            defaultValue = "0.002",
            description = "... or the masses surely differ by more than M (default: ${DEFAULT-VALUE}).")
    private double materialMass = 0.002;

    @Option(
            names = "--no-trees",
            description =
                    "Search without boosted trees: quicker; interactions of more than three parameters may be missed.")
    private boolean noTrees;

    @Mixin
    private DensityOptions density = new DensityOptions();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private Thresholds thresholds = new Thresholds();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws BadInput, IOException {
        thresholds.validate();
        CheckOptions options = common.check(materialRatio, materialMass).withTrees(!noTrees);
        if (!figures.isEmpty() && out == null) {
            throw new BadInput("--figures needs --out: the folder to write them into");
        }
        RegionOptions named = RegionOptions.parse(regions, balls);
        EarlierReport earlier = earlier();
        Optional<Model> model = density.model(common.seed);
        PrintWriter stdout = spec.commandLine().getOut();
        PrintWriter stderr = spec.commandLine().getErr();
        try (Progress progress = Progress.on(stderr, STAGES, common.quiet)) {
            if (folder != null) {
                if (baseline != null) {
                    throw new BadInput("--baseline goes with --approx, not with a folder");
                }
                if (!approx.isEmpty()) {
                    throw new BadInput("give either a folder or --approx, not both");
                }
                if (model.isPresent()) {
                    throw new BadInput(
                            "--model goes with --approx, not with a folder: its density is searched about one"
                                    + " approximation");
                }
                if (logTarget != null || logApprox != null) {
                    throw new BadInput("--log-target and --log-approx go with --approx, not with a folder");
                }
                return FolderCheck.of(folder, reference, reading.reader())
                        .run(named, common, options, thresholds, out, figures, stdout, stderr, progress);
            }
            if (approx.isEmpty()) {
                throw new BadInput(
                        "--approx is missing: the draws of the approximation (see 'localmass check --help')");
            }
            progress.stage(0, "reading " + (approx.size() + reference.size()) + " files");
            List<List<Path>> sides = reference.isEmpty() ? List.of(approx) : List.of(approx, reference);
            List<Inputs> inputs = Inputs.read(sides, reading.reader(), options.threads());
            LogColumns columns = LogColumns.of(logTarget, logApprox, model.isPresent());
            if (model.isEmpty()) {
                progress.stage(STAGES / 3, "looking for regions");
            }
            CheckRun run = model.isPresent()
                    ? CheckRun.byDensity(
                            model.get(),
                            density,
                            reference.isEmpty() ? Optional.empty() : Optional.of(inputs.get(1)),
                            inputs.get(0),
                            columns,
                            named,
                            common,
                            options,
                            progress)
                    : reference.isEmpty()
                            ? CheckRun.byWeights(inputs.get(0), columns, named, common, options)
                            : CheckRun.of(inputs.get(1), inputs.get(0), columns, named, common, options);
            if (earlier != null && baseline != null) {
                run = run.besides(earlier, baseline);
            }
            progress.stage(STAGES - 1, "writing");
            if (out != null) {
                try (OutputFolder target = OutputFolder.open(out)) {
                    run.addTo(target, "", figures);
                    target.commit();
                }
            }
            progress.finish();
            if (!common.quiet) {
                run.print(common.format, stdout);
            }
            return thresholds.exitCode(run.report());
        }
    }

    /** The earlier report, read before any file of draws. */
    private @Nullable EarlierReport earlier() throws BadInput {
        if (baseline == null) {
            return null;
        }
        try {
            return EarlierReport.read(baseline);
        } catch (IOException e) {
            throw new BadInput("--baseline " + e.getMessage(), e);
        }
    }
}
