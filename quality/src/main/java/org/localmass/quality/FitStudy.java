package org.localmass.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.localmass.core.region.Ball;
import org.localmass.vi.FitResult;
import org.localmass.vi.ObjectiveName;
import org.localmass.vi.OptimizerName;
import org.localmass.vi.VariationalFit;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.RegionEstimate;
import org.localmass.vi.family.RegionPoints;
import org.localmass.vi.objective.Elbo;
import org.localmass.vi.objective.GuardedTarget;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.objective.ReferenceRegions;
import org.localmass.vi.objective.TrackedRegion;
import org.localmass.vi.optimizer.WeightedEm;

/**
 * What the objectives keep of the local masses, from the same start by weighted EM on draws of the target; and what the
 * optimisers reach with one normal component.
 *
 * <p>Every fit is one line of a file; fits that are in the file already are not run again.
 */
public final class FitStudy {
    private static final int POINTS = 2048;
    private static final int REFERENCE = 4000;
    private static final int TAILS = 20_000;

    private FitStudy() {}

    /** A fit of the study. */
    record Cell(String target, String family, String method, long seed) {
        String key() {
            return target + "|" + family + "|" + method + "|" + seed;
        }
    }

    /**
     * Outcome of a fit.
     *
     * @param divergence KL(q, p) on fresh draws, in nats
     * @param worst      least q(B)/p(B) over the regions of known mass
     * @param region     where
     * @param most       largest q(B)/p(B)
     * @param price      largest multiplier
     * @param cost       of the constraints where the family cannot represent a region (the fit is then shown with them, though
     *     it is not the one that is kept); NaN elsewhere
     */
    record Outcome(
            double divergence,
            double worst,
            String region,
            double most,
            double price,
            double cost,
            String ending,
            long evaluations) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%.6g,%.6g,%s,%.6g,%.4g,%.4g,%s,%d",
                    divergence,
                    worst,
                    region,
                    most,
                    price,
                    cost,
                    ending,
                    evaluations);
        }

        static Outcome of(String line) {
            String[] f = line.split(",", -1);
            return new Outcome(
                    Double.parseDouble(f[0]),
                    Double.parseDouble(f[1]),
                    f[2],
                    Double.parseDouble(f[3]),
                    Double.parseDouble(f[4]),
                    Double.parseDouble(f[5]),
                    f[6],
                    Long.parseLong(f[7]));
        }
    }

    static List<Cell> ablation(int seeds) {
        Map<String, String> families = new LinkedHashMap<>();
        families.put("spike_d2_e0.01_t0.05", "mixture:2");
        families.put("spike_d10_e0.05_t0.1", "mixture:2");
        families.put("far3_d2", "mixture:2");
        families.put("far3_d10", "mixture:2");
        families.put("student_d5", "mixture:3");
        families.put("banana_d2", "mixture:4");
        families.put("banmix_d10", "mixture:6");
        families.put("horseshoe_logit", "mixture:5");
        List<Cell> cells = new ArrayList<>();
        for (Map.Entry<String, String> entry : families.entrySet()) {
            for (String method : List.of("em", "elbo", "elbo+mass", "elbo+al", "jeffreys", "jeffreys+mass")) {
                for (long seed = 0; seed < seeds; seed++) {
                    cells.add(new Cell(entry.getKey(), entry.getValue(), method, seed));
                }
            }
        }
        return cells;
    }

    static List<Cell> single(int seeds) {
        List<Cell> cells = new ArrayList<>();
        for (String target :
                List.of("spike_d2_e0.01_t0.05", "spike_d10_e0.05_t0.1", "banana_d2", "student_d5", "horseshoe_logit")) {
            for (String family : List.of("meanfield", "lowrank:2", "full")) {
                for (String method : List.of("saa 64", "saa", "auto", "adam", "elbo+al")) {
                    for (long seed = 0; seed < seeds; seed++) {
                        cells.add(new Cell(target, family, method, seed));
                    }
                }
            }
        }
        return cells;
    }

    static Outcome run(Cell cell) {
        FitTarget target = FitTarget.named(cell.target);
        Family family = Family.parse(cell.family);
        int d = target.model().dimension();
        double[][] draws = FitDraws.of(target, TAILS, 1000 + cell.seed);
        Reference reference = Reference.of(Arrays.copyOf(draws, REFERENCE));
        List<TrackedRegion> regions = tracked(target, family, draws);
        VariationalFit fit = VariationalFit.withDefaults().withSeed(cell.seed + 1);
        if (cell.method.equals("em")) {
            return outcome(target, start(target, family, reference, cell.seed), 0, Double.NaN, "", 0);
        }
        Mixture from;
        if (family.components() == 1) {
            from = Mixture.standard(family, d);
            switch (cell.method) {
                case "saa 64" -> fit = fit.withDraws(64, 64);
                case "saa" -> fit = fit.withOptimizer(OptimizerName.FIXED_DRAWS);
                case "adam" -> fit = fit.withOptimizer(OptimizerName.ADAM);
                case "elbo+al" -> fit = fit.withObjective(ObjectiveName.ELBO_CONSTRAINED);
                default -> {}
            }
        } else {
            from = start(target, family, reference, cell.seed);
            int count = d > 20 ? 4 * d : Math.max(128, 8 * d);
            fit = fit.withObjective(ObjectiveName.parse(cell.method)).withDraws(count, 4 * count);
        }
        FitResult result = fit.start(target.model().evaluator(), from, regions, Optional.of(reference), () -> false)
                .run();
        double price = result.regions().stream()
                .mapToDouble(region -> region.price())
                .max()
                .orElse(0);
        return outcome(
                target,
                result.constrained().orElse(result.mixture()),
                price,
                result.unrepresented().map(u -> u.cost()).orElse(Double.NaN),
                result.ending().name().toLowerCase(Locale.ROOT),
                result.evaluations());
    }

    /** The best of five EM fits to the reference, then EM once more with a component in every small mode that is a region. */
    private static Mixture start(FitTarget target, Family family, Reference reference, long seed) {
        WeightedEm em = WeightedEm.withDefaults().withMaxIterations(100);
        int d = target.model().dimension();
        List<FitTarget.KnownRegion> modes = target.regions().stream()
                .filter(known -> known.label().startsWith("mode") && known.mass() < 0.2)
                .toList();
        int rest = family.components() - modes.size();
        Mixture q = em.withStarts(5).fit(family.withComponents(rest), reference, 77 + seed);
        for (FitTarget.KnownRegion known : modes) {
            Ball ball = (Ball) known.region();
            double[][] scale = new double[d][d];
            for (int j = 0; j < d; j++) {
                scale[j][j] = ball.radius() * ball.radius() / d;
            }
            Mixture mode = Mixture.of(
                    family.withComponents(1), new double[] {1}, new double[][] {ball.centre()}, new double[][][] {scale
                    });
            q = q.with(mode, known.mass());
        }
        return modes.isEmpty() ? q : em.fit(q, reference);
    }

    /** The 1 % tails of the reference, by its own quantiles, and the modes' balls by importance points. */
    private static List<TrackedRegion> tracked(FitTarget target, Family family, double[][] draws) {
        int d = target.model().dimension();
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + j);
        }
        List<TrackedRegion> regions = new ArrayList<>(ReferenceRegions.tails(names, family, Reference.of(draws), 0.01));
        for (FitTarget.KnownRegion known : target.regions()) {
            if (known.label().startsWith("mode") && known.region() instanceof Ball ball) {
                RegionPoints points = RegionPoints.ofBall(ball, POINTS, 5);
                RegionEstimate estimate = points.estimate(target.model().evaluator());
                if (estimate.usable()) {
                    regions.add(TrackedRegion.of(known.label(), points, estimate, target.logZ()));
                }
            }
        }
        return regions;
    }

    private static Outcome outcome(
            FitTarget target, Mixture q, double price, double cost, String ending, long evaluations) {
        Elbo fresh = Elbo.of(
                GuardedTarget.of(target.model().evaluator()),
                q.family(),
                BaseDraws.balanced(q.family(), target.model().dimension(), 8192, 99));
        double divergence = target.logZ() - fresh.value(q);
        double worst = Double.POSITIVE_INFINITY;
        double most = 0;
        String where = "";
        for (FitTarget.KnownRegion known : target.regions()) {
            FamilyMass mass = known.region() instanceof Ball ball
                    ? RegionPoints.ofBall(ball, 2 * POINTS, 6).mass()
                    : FamilyMass.closedForm(known.region(), q.family()).orElseThrow();
            double ratio = Math.exp(mass.logMass(q) - Math.log(known.mass()));
            if (ratio < worst) {
                worst = ratio;
                where = known.label();
            }
            most = Math.max(most, ratio);
        }
        return new Outcome(divergence, worst, where, most, price, cost, ending, evaluations);
    }

    /**
     * Prints the tables.
     *
     * @param args file of finished fits, number of seeds, optionally parts of cells (target|family|method|seed) that are to be run
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int seeds = Integer.parseInt(args[1]);
        List<String> parts = List.of(args).subList(2, args.length);
        Map<String, Outcome> known = read(file);
        List<Cell> cells = new ArrayList<>(ablation(seeds));
        cells.addAll(single(seeds));
        cells.sort(Comparator.comparing(cell -> cell.target.startsWith("horseshoe")));
        for (Cell cell : cells) {
            if ((parts.isEmpty() || parts.stream().anyMatch(cell.key()::contains)) && !known.containsKey(cell.key())) {
                Outcome outcome = run(cell);
                known.put(cell.key(), outcome);
                Files.writeString(
                        file,
                        cell.key() + "|" + outcome.line() + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
        System.out.println("## Objectives, from the same start\n");
        print(ablation(seeds), known, System.out);
        System.out.println("\n## One normal component\n");
        print(single(seeds), known, System.out);
    }

    private static Map<String, Outcome> read(Path file) throws IOException {
        Map<String, Outcome> known = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int end = line.lastIndexOf('|');
                known.put(line.substring(0, end), Outcome.of(line.substring(end + 1)));
            }
        }
        return known;
    }

    private static void print(List<Cell> cells, Map<String, Outcome> known, PrintStream out) {
        out.println(
                "| target | family | method | seed | KL(q, p) | least q/p (region) | largest q/p | price | cost | ending | evaluations |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Cell cell : cells) {
            Outcome o = known.get(cell.key());
            if (o != null) {
                out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %d | %.4g | %.3g (%s) | %.3g | %.2g | %s | %s | %d |%n",
                        cell.target,
                        cell.family,
                        cell.method,
                        cell.seed,
                        o.divergence,
                        o.worst,
                        o.region,
                        o.most,
                        o.price,
                        Double.isNaN(o.cost) ? "" : String.format(Locale.ROOT, "%.2g", o.cost),
                        o.ending,
                        o.evaluations);
            }
        }
    }
}
