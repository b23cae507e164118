package org.localmass.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.objective.baseline.Bound;
import org.localmass.vi.objective.baseline.BoundFit;
import org.localmass.vi.objective.baseline.FixedDrawsFit;
import org.localmass.vi.objective.baseline.ProposalFit;
import org.localmass.vi.objective.baseline.StochasticFit;
import org.localmass.vi.optimizer.WeightedEm;

/**
 * What other objectives keep of local mass: each method on each target, divergences in both directions and the ratio of
 * masses in regions of known mass. Each cell is written to a work file when it is done, so that an interrupted run
 * continues where it was.
 */
public final class FitBaselinesStudy {
    /** The methods of the study. */
    enum Method {
        /** Mean field, ELBO, 3000 Adam steps of 8 draws. */
        MF_ADAM("MF-Adam"),
        /** Mean field, ELBO on 64 fixed draws. */
        MF_SAA("MF-SAA"),
        /** Full covariance, ELBO on max(64, 4 d) fixed draws. */
        FR_SAA("FR-SAA"),
        /** Four components at random means. */
        MOG4_ELBO("MoG4-ELBO"),
        /** Four components by EM on 1000 exact draws. */
        INCLUSIVE("Incl-EM4"),
        /** Renyi bound of order 1/2, from FR-SAA. */
        RENYI("Renyi.5-FR"),
        /** CUBO of order 2, from FR-SAA. */
        CUBO("CUBO2-FR"),
        /** CUBO of order 2 on 10,000 draws of Defensive, from FR-SAA. */
        CUBO_PROPOSAL("CUBO2-proposal"),
        /** FR-SAA and a tenth of a wider Student t. */
        DEFENSIVE("Defensive"),
        /** Importance weighted bound of 8 draws, doubly reparameterised. */
        IWAE("IWAE8-DReG"),
        /** Tail-adaptive f-divergence. */
        TAIL_ADAPTIVE("Tail-adaptive");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final int REFERENCE = 1000;
    private static final int PROPOSALS = 10_000;

    private FitBaselinesStudy() {}

    /** One cell. */
    static FitQuality run(FitTarget target, Method method, long seed) {
        int d = target.model().dimension();
        LogDensity.Differentiable density = target.model().evaluator();
        Family full = Family.full();
        Mixture standard = Mixture.standard(full, d);
        StochasticFit steps = StochasticFit.withDefaults()
                .withSteps(3000, 16)
                .withRate(d > 20 ? 0.005 : 0.02)
                .withSeed(seed);
        BoundFit fit =
                switch (method) {
                    case MF_ADAM ->
                        StochasticFit.withDefaults()
                                .withSteps(3000, 8)
                                .withRate(0.02)
                                .withSeed(seed)
                                .fit(Bound.elbo(), density, Mixture.standard(Family.meanField(), d));
                    case MF_SAA ->
                        FixedDrawsFit.withDefaults()
                                .withSeed(seed)
                                .fit(Bound.elbo(), density, Mixture.standard(Family.meanField(), d));
                    case FR_SAA, DEFENSIVE, INCLUSIVE -> fullRank(target, seed);
                    case MOG4_ELBO -> {
                        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
                        Family four = (d <= 15 ? full : Family.meanField()).withComponents(4);
                        yield FixedDrawsFit.withDefaults()
                                .withDraws(d < 10 ? 32 : 64)
                                .withSeed(seed)
                                .fit(Bound.elbo(), density, Mixture.scattered(four, d, 3, random));
                    }
                    case RENYI -> onwards(Bound.renyi(0.5), target, seed);
                    case CUBO -> onwards(Bound.cubo(2), target, seed);
                    case CUBO_PROPOSAL -> {
                        BoundFit first = fullRank(target, seed);
                        yield together(
                                first,
                                ProposalFit.withDefaults()
                                        .withDraws(PROPOSALS)
                                        .withSeed(seed)
                                        .fit(-1, density, defensive(first.q()), first.q()));
                    }
                    case IWAE -> steps.fit(Bound.doublyReparameterised(8), density, standard);
                    case TAIL_ADAPTIVE -> steps.fit(Bound.tailAdaptive(), density, standard);
                };
        Mixture q = fit.q();
        long evaluations = fit.evaluations();
        if (method == Method.DEFENSIVE) {
            q = defensive(q);
        } else if (method == Method.INCLUSIVE) {
            Family four = (d <= 15 ? full : Family.meanField()).withComponents(4);
            Reference reference;
            if (target.model().sampler().isPresent()) {
                reference = Reference.of(FitQuality.draws(target, REFERENCE, 1000 + seed));
                evaluations = 0;
            } else {
                reference = weighted(density, defensive(q), 1000 + seed);
                evaluations += PROPOSALS;
            }
            q = WeightedEm.withDefaults().fit(four, reference, seed);
        }
        return FitQuality.of(q, target, evaluations, fit.diverged());
    }

    /** Draws of a proposal with importance weights. */
    private static Reference weighted(LogDensity density, Mixture proposal, long seed) {
        double[][] points = proposal.sample(PROPOSALS, RandomSource.XO_SHI_RO_256_PP.create(seed));
        double[] logs = proposal.logDensities(points);
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < PROPOSALS; i++) {
            logs[i] = density.value(points[i]) - logs[i];
            top = Math.max(top, logs[i]);
        }
        double[] weights = new double[PROPOSALS];
        for (int i = 0; i < PROPOSALS; i++) {
            weights[i] = Math.exp(logs[i] - top);
        }
        return Reference.of(points, weights);
    }

    private static Mixture defensive(Mixture q) {
        return q.with(q.widened(2).withNus(3), 0.1);
    }

    private static BoundFit fullRank(FitTarget target, long seed) {
        int d = target.model().dimension();
        return FixedDrawsFit.withDefaults()
                .withDraws(Math.max(64, 4 * d))
                .withSeed(seed)
                .fit(Bound.elbo(), target.model().evaluator(), Mixture.standard(Family.full(), d));
    }

    private static BoundFit onwards(Bound bound, FitTarget target, long seed) {
        BoundFit first = fullRank(target, seed);
        BoundFit fit = FixedDrawsFit.withDefaults()
                .withDraws(Math.max(128, 4 * target.model().dimension()))
                .withRestarts(3)
                .withMaxIterations(300)
                .withSeed(seed)
                .fit(bound, target.model().evaluator(), first.q());
        return together(first, fit);
    }

    /** A fit with the evaluations of the one that it started from. */
    private static BoundFit together(BoundFit first, BoundFit fit) {
        return new BoundFit(
                fit.bound(),
                fit.q(),
                fit.value(),
                fit.fresh(),
                fit.freshElbo(),
                fit.start(),
                fit.startElbo(),
                fit.converged(),
                fit.iterations(),
                first.evaluations() + fit.evaluations());
    }

    /** What is done, in a file of lines {@code cell=values}. */
    private static final class Work {
        private final Path file;
        private final Map<String, String> done = new LinkedHashMap<>();

        Work(Path file) throws IOException {
            this.file = file;
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    int at = line.indexOf('=');
                    if (at > 0) {
                        done.put(line.substring(0, at), line.substring(at + 1));
                    }
                }
            }
        }

        FitQuality cell(FitTarget target, Method method, long seed) throws IOException {
            String key = target.name() + "; " + method.label() + "; seed " + seed;
            String known = done.get(key);
            if (known != null) {
                return FitQuality.parse(known);
            }
            FitQuality cell = run(target, method, seed);
            Files.writeString(
                    file,
                    key.replace('=', ' ') + "=" + cell.line() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return cell;
        }
    }

    /** Prints the table; arguments: work file, number of seeds (default 3), names of targets (default all). */
    public static void main(String[] args) throws IOException {
        Work work = new Work(Path.of(args[0]));
        int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        List<String> names = args.length > 2 ? List.of(args).subList(2, args.length) : List.of();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(
                "| target | method | KL(q‖p) | KL(p‖q) | worst q(B)/p(B) (region) | largest | k-hat | evaluations |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (FitTarget target : FitTarget.all()) {
            if (!names.isEmpty() && !names.contains(target.name())) {
                continue;
            }
            for (Method method : Method.values()) {
                List<FitQuality> cells = new ArrayList<>();
                for (int seed = 0; seed < seeds; seed++) {
                    cells.add(work.cell(target, method, seed));
                }
                out.println("| " + target.name() + " | " + method.label() + row(cells));
            }
        }
    }

    /** The cell of median KL(q||p), divergent ones last, and how many of the seeds diverged. */
    static String row(List<FitQuality> cells) {
        List<FitQuality> sorted = cells.stream()
                .sorted(Comparator.comparing(FitQuality::diverged).thenComparing(FitQuality::exclusive))
                .toList();
        FitQuality cell = sorted.get((cells.size() - 1) / 2);
        long diverged = cells.stream().filter(FitQuality::diverged).count();
        long flagged = cells.stream().filter(FitQuality::flagged).count();
        String note = diverged + flagged == 0
                ? ""
                : String.format(Locale.ROOT, " (%d of %d above 1000, %d flagged)", diverged, cells.size(), flagged);
        return String.format(
                Locale.ROOT,
                " | %s%s | %s | %s (%s) | %s | %s | %d |",
                number(cell.exclusive()),
                note,
                number(cell.inclusive()),
                ratio(cell.leastRatio()),
                cell.leastLabel(),
                ratio(cell.mostRatio()),
                number(cell.kHat()),
                cell.evaluations());
    }

    private static String number(double x) {
        return Double.isNaN(x)
                ? "–"
                : Math.abs(x) >= 1e3
                        ? x < 0 ? "-∞" : "div"
                        : Math.abs(x) < 5e-5 ? "0.0000" : String.format(Locale.ROOT, "%.3g", x);
    }

    private static String ratio(double x) {
        return x < 0.01 ? String.format(Locale.ROOT, "%.1e", x) : String.format(Locale.ROOT, "%.2f", x);
    }
}
