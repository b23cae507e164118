package org.localmass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Norm;
import org.localmass.core.region.PointExpression;
import org.localmass.core.region.Region;
import org.localmass.estimate.explore.FirstLook;
import org.localmass.estimate.explore.PlantedModes;
import org.localmass.io.DrawsWriter;
import org.localmass.report.FitReport;
import org.localmass.report.TextStyle;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.fidelity.LocalFidelity;
import org.localmass.vi.fidelity.LocalFidelityResult;
import org.localmass.vi.fidelity.NamedRegion;
import org.localmass.vi.fidelity.Verdict;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.ModelRegion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code localmass fit}: variational inference that keeps local mass. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        description = {
            "Fits an approximation to a posterior and keeps the masses of regions: tails, modes, what the search finds, and"
                    + " the regions you name.",
            "",
            "MODEL is a built-in name such as \"funnel(d=10)\" or \"logistic(prior=horseshoe)\" with --data, a distribution"
                    + " such as \"mixture(0.8*mvnormal([0,0],1) + 0.2*mvnormal([6,0],0.25))\", or class:NAME;"
                    + " docs/models.md has them all.",
            "Without further options the whole loop runs: explore, grow a mixture, hold the masses, verify on fresh draws.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:OK", "1:UNREPRESENTED or UNVERIFIED", "2:bad usage or bad input", "3:internal error"},
        footer = {"", "Example: localmass fit --model \"spike(d=10, eps=0.05, tau=0.1)\" --anchor 0 --out fitted"})
final class FitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The target.")
    private String text = "";

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "meanfield, lowrank:R, full, mixture:K, t:NU or combinations such as mixture:2:t:4:meanfield;"
                    + " kept as it is (default: a mixture that grows to at most 8 components).")
    @Nullable
    private String familyText;

    @Option(
            names = "--objective",
            paramLabel = "OBJECTIVE",
            defaultValue = "elbo+al",
            description =
                    "elbo+al holds the masses by constraints; to compare: elbo, elbo+mass, jeffreys, jeffreys+mass,"
                            + " inclusive, iwae[:M], dreg[:M], renyi[:A], cubo[:N], tail-adaptive (default: ${DEFAULT-VALUE}).")
    private String objective = "elbo+al";

    @Option(
            names = "--region",
            paramLabel = "EXPR",
            description = "A region whose mass is held; @FILE or @FILE#ID takes it from a report.json. Repeatable.")
    private List<String> regions = new ArrayList<>();

    @Option(
            names = "--ball",
            paramLabel = "CENTRE:RADIUS",
            description = "A ball whose mass is held, such as \"beta[3]=0:0.1\" or \"[0,0]:0.5\". Repeatable.")
    private List<String> balls = new ArrayList<>();

    @Option(
            names = "--reference",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Draws of the posterior: the masses are taken from them instead of exploring runs.")
    private List<Path> reference = new ArrayList<>();

    @Option(
            names = "--band",
            paramLabel = "C",
            defaultValue = "1.25",
            description = "The factor by which a held mass may be off (default: ${DEFAULT-VALUE}).")
    private double band = 1.25;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "About the most evaluations of the density (default: ${DEFAULT-VALUE}).")
    private long budget = 10_000_000;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Draws of the fit that --out writes (default: ${DEFAULT-VALUE}).")
    private int count = 4000;

    @Option(
            names = "--no-examination",
            description = "Do not examine the density at length where the fit's own checks fail.")
    private boolean noExamination;

    @Option(
            names = "--sensitivity",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Plant modes into the density and search again, to measure what the search would have found"
                    + " (default: yes, within the budget).")
    private boolean planting = true;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write fit.json, report.html, report.md, draws.csv and draws.npz into DIR.")
    @Nullable
    private Path out;

    @Mixin
    private ModelOptions options = new ModelOptions();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws BadInput, IOException {
        Model model = options.model(text, common.seed);
        LocalFidelity fidelity = fidelity(model);
        List<NamedRegion> named = named(model);
        if (count < 1) {
            throw new BadInput("--draws must be at least 1, was " + count);
        }
        FitReport.Content content;
        try (Progress progress = Progress.on(spec.commandLine().getErr(), 100, common.quiet)) {
            progress.stage(0, "reading");
            Optional<double[][]> draws = reference(model);
            LocalFidelityResult result = fidelity.withHooks(
                            () -> Thread.currentThread().isInterrupted(),
                            done -> progress.stage((int) (90 * done), "fitting"))
                    .fit(() -> model.evaluator(), named, draws);
            progress.stage(91, "looking for planted modes");
            Optional<PlantedModes.Result> sensitivity =
                    !planting || !reference.isEmpty() || result.evaluations() >= budget
                            ? Optional.empty()
                            : sensitivity(model, result);
            content = new FitReport.Content(
                    model.name(), model.coordinateNames(), result, sensitivity, out == null ? 0 : count);
            progress.stage(99, "writing");
            if (out != null) {
                write(out, model, content);
            }
            progress.finish();
        } catch (IllegalArgumentException e) {
            throw new BadInput("--model: " + e.getMessage(), e);
        }
        if (!common.quiet) {
            print(content);
        }
        return content.result().verdict() == Verdict.OK ? Main.NOTHING_FOUND : Main.FOUND;
    }

    private LocalFidelity fidelity(Model model) throws BadInput {
        common.check(1, 0);
        if (!(band > 1 && band < Double.POSITIVE_INFINITY)) {
            throw new BadInput("--band must be above 1 and finite, was " + band);
        }
        if (budget < 1) {
            throw new BadInput("--budget must be at least 1, was " + budget);
        }
        LocalFidelity fidelity = LocalFidelity.withDefaults()
                .withBand(band)
                .withBudget(budget)
                .withLevel(common.level)
                .withThreads(common.threadCount())
                .withSeed(common.seed)
                .withExamination(!noExamination)
                .withAnchors(options.anchors(model))
                .withTailNames(model::tail);
        try {
            fidelity = fidelity.withObjective(objective);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--objective: " + e.getMessage(), e);
        }
        if (familyText == null) {
            return fidelity;
        }
        try {
            return fidelity.withFamily(Family.parse(familyText));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--family: " + e.getMessage(), e);
        }
    }

    private List<NamedRegion> named(Model model) throws BadInput {
        List<NamedRegion> named = new ArrayList<>();
        for (org.localmass.check.NamedRegion region :
                RegionOptions.parse(regions, List.of()).regions(model.parameterNames(), Map.of())) {
            named.add(new NamedRegion(region.text(), ModelRegion.of(model, region.region())));
        }
        for (String ball : balls) {
            named.add(new NamedRegion("ball " + ball, ModelRegion.of(model, ball(model, ball))));
        }
        return named;
    }

    private static Region ball(Model model, String ball) throws BadInput {
        int colon = ball.lastIndexOf(':');
        try {
            double radius = colon < 0 ? Double.NaN : Double.parseDouble(ball.substring(colon + 1));
            if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
                throw new BadInput("--ball must be CENTRE:RADIUS with a positive radius, was '" + ball + "'");
            }
            return PointExpression.parse(ball.substring(0, colon))
                    .bind(model.parameterNames(), Map.of())
                    .ball(radius, Norm.l2());
        } catch (NumberFormatException e) {
            throw new BadInput("--ball must be CENTRE:RADIUS with a positive radius, was '" + ball + "'", e);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--ball: " + e.getMessage(), e);
        }
    }

    private Optional<double[][]> reference(Model model) throws BadInput {
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Draws draws = Inputs.read(List.of(reference), reading.reader(), common.threadCount())
                .get(0)
                .draws();
        List<String> names = model.parameterNames();
        int[] columns = new int[names.size()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = draws.names().indexOf(names.get(j));
        }
        List<double[]> points = new ArrayList<>();
        double[] constrained = new double[columns.length];
        for (Chain chain : draws.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                for (int j = 0; j < columns.length; j++) {
                    constrained[j] = columns[j] < 0 ? 0 : chain.value(i, columns[j]);
                }
                try {
                    points.add(model.unconstrain(constrained));
                } catch (IllegalArgumentException e) {
                    throw new BadInput("--reference: draw " + (points.size() + 1) + ": " + e.getMessage(), e);
                }
                if (points.size() == 1) {
                    missing(model, columns, points.get(0), constrained);
                }
            }
        }
        return Optional.of(points.toArray(double[][]::new));
    }

    /** Parameters that are functions of others may be missing from the draws; the others may not. */
    private static void missing(Model model, int[] columns, double[] point, double[] constrained) throws BadInput {
        for (int j = 0; j < columns.length; j++) {
            if (columns[j] >= 0) {
                continue;
            }
            double[] moved = constrained.clone();
            moved[j] += 1;
            double[] other;
            try {
                other = model.unconstrain(moved);
            } catch (IllegalArgumentException e) {
                other = new double[0];
            }
            if (!Arrays.equals(other, point)) {
                throw new BadInput(
                        "--reference: parameter " + model.parameterNames().get(j) + " is missing");
            }
        }
    }

    private Optional<PlantedModes.Result> sensitivity(Model model, LocalFidelityResult result) {
        double logZ = result.logZ().logZ();
        if (!Double.isFinite(logZ)) {
            return Optional.empty();
        }
        Mixture q = result.fit();
        FirstLook look = FirstLook.withDefaults().withParticles(result.search().particles());
        return Optional.of(PlantedModes.withDefaults()
                .withSeed(common.seed)
                .withThreads(common.threadCount())
                .withReplicates(2)
                .measure(
                        look,
                        (java.util.function.Supplier<LogDensity.Differentiable>) model::evaluator,
                        result.search().centre(),
                        result.search().deviation(),
                        unconstrained(q, 2000),
                        logZ));
    }

    private Draws unconstrained(Mixture q, int n) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(common.seed + 17);
        double[][] points = q.sample(n, random);
        int d = q.dimension();
        double[][] columns = new double[d][n];
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("u" + (j + 1));
            for (int i = 0; i < n; i++) {
                columns[j][i] = points[i][j];
            }
        }
        return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    /** Draws of the fit with log p and log q, both on unconstrained space. */
    private Draws draws(Model model, Mixture q) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(common.seed);
        LogDensity.Differentiable target = model.evaluator();
        int parameters = model.parameterNames().size();
        double[][] columns = new double[parameters][count];
        double[] logTarget = new double[count];
        double[][] points = q.sample(count, random);
        double[] logApprox = q.logDensities(points);
        double[] constrained = new double[parameters];
        for (int i = 0; i < count; i++) {
            model.constrain(points[i], constrained);
            for (int j = 0; j < parameters; j++) {
                columns[j][i] = constrained[j];
            }
            logTarget[i] = target.value(points[i]);
        }
        // in this order in every file: Map.of has none
        Map<String, double[]> logs = new LinkedHashMap<>();
        logs.put("log_target", logTarget);
        logs.put("log_approx", logApprox);
        return Draws.of(model.parameterNames(), List.of(Chain.adopt(columns, null, logs)), Sampling.INDEPENDENT);
    }

    private void write(Path folder, Model model, FitReport.Content content) throws BadInput, IOException {
        Draws draws = draws(model, content.result().fit());
        try (OutputFolder target = OutputFolder.open(folder)) {
            target.add("fit.json", w -> FitReport.writeJson(content, Version.text(), w));
            target.add("report.html", w -> FitReport.writeHtml(content, Version.text(), w));
            target.add("report.md", w -> FitReport.writeMarkdown(content, w));
            for (DrawsWriter.Target kind : List.of(DrawsWriter.Target.CSV, DrawsWriter.Target.NPZ)) {
                String ending = kind.name().toLowerCase(Locale.ROOT);
                target.addFile("draws." + ending, path -> DrawsWriter.write(draws, kind, path));
            }
            target.commit();
        }
    }

    private void print(FitReport.Content content) throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        TextStyle style = Terminal.style();
        switch (common.format) {
            case TEXT -> FitReport.writeText(content, style, stdout);
            case JSON -> FitReport.writeJson(content, Version.text(), stdout);
            case MARKDOWN -> FitReport.writeMarkdown(content, stdout);
        }
    }
}
