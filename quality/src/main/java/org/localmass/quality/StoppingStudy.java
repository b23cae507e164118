package org.localmass.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.region.Ball;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.Fit;
import org.localmass.vi.FitEnding;
import org.localmass.vi.FitResult;
import org.localmass.vi.OptimizerName;
import org.localmass.vi.VariationalFit;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.RegionPoints;
import org.localmass.vi.objective.Elbo;
import org.localmass.vi.objective.GuardedTarget;
import org.localmass.vi.objective.LocalObjective;
import org.localmass.vi.objective.TrackedRegion;
import org.localmass.vi.optimizer.Adam;
import org.localmass.vi.optimizer.IterateWindow;
import org.localmass.vi.optimizer.ScaledSearch;

/**
 * When rules of stopping end a fit, beside where it would have gone. Each problem and seed is a few lines of a file;
 * those that are in the file already are not run again.
 */
public final class StoppingStudy {
    private static final double MOST_GAP = 0.05;
    private static final double MOST_MASS = Math.log(1.25);
    private static final double LEAST_LOG_MASS = Math.log(1e-4);
    private static final int STEPS = 4000;
    private static final int CHECK = 100;
    private static final int RECENT = 25;
    private static final int LONG_DRAWS = 4096;
    private static final int JUDGE_DRAWS = 8192;
    private static final double RATE = 0.05;
    private static final int DRAWS = 8;
    /** Added to the ELBO for the rule by its relative change: a normaliser as real posteriors have. */
    private static final double OFFSET = -100;

    private StoppingStudy() {}

    /** A problem. */
    record Problem(String target, String family, String start) {
        String label() {
            return target + " " + family;
        }
    }

    static final List<Problem> PROBLEMS = List.of(
            new Problem("spike_d10_e0.05_t0.1", "mixture:2:meanfield", "spike"),
            new Problem("spike_d2_e0.01_t0.05", "mixture:2:meanfield", "spike"),
            new Problem("far3_d10", "mixture:2:meanfield", "far"),
            new Problem("banana_d2", "mixture:4", "scattered"),
            new Problem("student_d5", "full", "standard"),
            new Problem("eight_schools", "meanfield", "standard"),
            new Problem("eight_schools", "full", "standard"),
            new Problem("horseshoe_logit", "meanfield", "standard"));

    /** The rules, in the order of the table. */
    enum Rule {
        STAN("Adam, relative change of the ELBO below 1 %"),
        R_HAT("Adam, R-hat and error of the mean"),
        MASS("Adam, masses alone"),
        ALL("Adam, R-hat, error and masses, constant step"),
        OURS_ADAM("**ours, Adam**: R-hat, error, masses and their drift; step halved"),
        VALUE_3("fixed draws, relative decrease 1e-3"),
        VALUE_4("fixed draws, relative decrease 1e-4"),
        GRADIENT("fixed draws, gradient 1e-4"),
        OURS_FIXED("**ours, fixed draws**: doubled until gain and masses hold"),
        OURS_AUTO("**ours, auto**: fixed draws, then Adam where they do not do");

        private final String label;

        Rule(String label) {
            this.label = label;
        }

        boolean isFixed() {
            return this == VALUE_3 || this == VALUE_4 || this == GRADIENT || this == OURS_FIXED || this == OURS_AUTO;
        }
    }

    /** What a rule did. */
    enum Kind {
        OK,
        EARLY,
        LATE,
        NO_STOP
    }

    /**
     * Where a rule stopped.
     *
     * @param cost  iterations of Adam, or evaluations with fixed draws
     * @param first iterations at the first check that was good enough; 0 with fixed draws
     * @param gap   KL above the optimum, nats
     * @param mass  largest difference of a log mass from the optimum's
     */
    record Stop(Rule rule, Kind kind, long cost, long first, double gap, double mass) {
        String line() {
            return String.format(Locale.ROOT, "%s,%s,%d,%d,%.4g,%.4g", rule, kind, cost, first, gap, mass);
        }

        static Stop of(String line) {
            String[] f = line.split(",", -1);
            return new Stop(
                    Rule.valueOf(f[0]),
                    Kind.valueOf(f[1]),
                    Long.parseLong(f[2]),
                    Long.parseLong(f[3]),
                    Double.parseDouble(f[4]),
                    Double.parseDouble(f[5]));
        }
    }

    /** A problem with what its fits are judged by. */
    private static final class Bench {
        private final FitTarget target;
        private final Family family;
        private final Mixture start;
        private final List<TrackedRegion> regions = new ArrayList<>();
        private final Elbo judge;
        private Mixture optimum;
        private double optimumKl;
        private double[] optimumMasses = {};

        Bench(Problem problem, long seed) {
            target = FitTarget.named(problem.target);
            family = Family.parse(problem.family);
            int d = target.model().dimension();
            start = start(problem, family, d, seed);
            boolean modes =
                    target.regions().stream().anyMatch(known -> known.label().startsWith("mode"));
            for (FitTarget.KnownRegion known : target.regions()) {
                if (known.region() instanceof Ball ball) {
                    if (modes && known.label().startsWith("mode")) {
                        add(known, RegionPoints.ofBall(ball, 2048, 1).mass());
                    }
                } else if (regions.size() < 12) {
                    add(known, FamilyMass.closedForm(known.region(), family).orElseThrow());
                }
            }
            judge = Elbo.of(
                    GuardedTarget.of(target.model().evaluator()),
                    family,
                    BaseDraws.balanced(family, d, JUDGE_DRAWS / family.components(), 99));
            optimum = start;
        }

        private void add(FitTarget.KnownRegion known, FamilyMass mass) {
            regions.add(TrackedRegion.of(known.label(), mass, Math.log(known.mass())));
        }

        private static Mixture start(Problem problem, Family family, int d, long seed) {
            double[] low = new double[d];
            double[] high = new double[d];
            return switch (problem.start) {
                case "spike" -> {
                    Arrays.fill(high, 1);
                    yield two(family, high, 1, low, 0.08);
                }
                case "far" -> {
                    Arrays.fill(high, 2.5);
                    yield two(family, low, 1, high, 1);
                }
                case "scattered" -> Mixture.scattered(family, d, 2, RandomSource.XO_SHI_RO_256_PP.create(500 + seed));
                default -> Mixture.standard(family, d);
            };
        }

        private static Mixture two(Family family, double[] first, double width, double[] second, double other) {
            int d = first.length;
            double[][][] scales = new double[2][d][d];
            for (int j = 0; j < d; j++) {
                scales[0][j][j] = width * width;
                scales[1][j][j] = other * other;
            }
            return Mixture.of(family, new double[] {0.5, 0.5}, new double[][] {first, second}, scales);
        }

        double kl(Mixture q) {
            return target.logZ() - judge.value(q);
        }

        double[] masses(Mixture q) {
            return regions.stream()
                    .mapToDouble(region -> region.mass().logMass(q))
                    .toArray();
        }

        VariationalFit options(OptimizerName optimizer, long seed) {
            return VariationalFit.withDefaults().withOptimizer(optimizer).withSeed(seed);
        }

        FitResult fit(VariationalFit options, Mixture from) {
            return options.start(target.model().evaluator(), from, regions).run();
        }

        /** The better of a long search by fresh draws and one by many fixed draws, both onwards from a fit. */
        void setOptimum(Mixture from, long seed) {
            Mixture adam = fit(options(OptimizerName.ADAM, 900 + seed).withRate(RATE / 5, 3 * STEPS), from)
                    .mixture();
            Mixture fixed = fit(
                            options(OptimizerName.FIXED_DRAWS, 950 + seed)
                                    .withDraws(LONG_DRAWS, LONG_DRAWS)
                                    .withIterations(600, 1, 1),
                            adam)
                    .mixture();
            setMember(kl(fixed) < kl(adam) ? fixed : adam);
        }

        void setMember(Mixture best) {
            optimum = best;
            optimumKl = kl(best);
            optimumMasses = masses(best);
        }

        double gap(Mixture q) {
            return kl(q) - optimumKl;
        }

        double off(Mixture q) {
            return change(masses(q), optimumMasses, optimumMasses);
        }

        boolean isGood(Mixture q) {
            return gap(q) <= MOST_GAP && off(q) <= MOST_MASS;
        }

        Stop stop(Rule rule, Mixture q, long cost, long first, boolean stopped) {
            boolean good = isGood(q);
            Kind kind =
                    !stopped ? Kind.NO_STOP : !good ? Kind.EARLY : first > 0 && cost > 3 * first ? Kind.LATE : Kind.OK;
            return new Stop(rule, kind, cost, first, gap(q), off(q));
        }
    }

    /** The largest difference where the mass counts. */
    private static double change(double[] a, double[] b, double[] counted) {
        double most = 0;
        for (int k = 0; k < a.length; k++) {
            if (counted[k] > LEAST_LOG_MASS) {
                most = Math.max(most, Math.abs(a[k] - b[k]));
            }
        }
        return most;
    }

    /** All rules on one problem. */
    static List<Stop> run(Problem problem, long seed) {
        Bench bench = new Bench(problem, seed);
        List<Stop> stops = new ArrayList<>();
        Trace trace = new Trace(bench, STEPS, seed);
        bench.setOptimum(trace.average(STEPS / CHECK), seed);
        trace.judge(stops);
        ours(bench, seed, stops);

        int d = bench.target.model().dimension();
        int count = Math.max(64, 8 * d);
        fixed(bench, Rule.VALUE_3, count, 1e-3, 1e-4, seed, stops);
        fixed(bench, Rule.VALUE_4, count, 1e-4, 1e-4, seed, stops);
        fixed(bench, Rule.GRADIENT, count, 1e-14, 1e-4, seed, stops);
        for (Rule rule : List.of(Rule.OURS_FIXED, Rule.OURS_AUTO)) {
            OptimizerName optimizer = rule == Rule.OURS_FIXED ? OptimizerName.FIXED_DRAWS : OptimizerName.AUTO;
            FitResult result = bench.fit(bench.options(optimizer, seed), bench.start);
            long cost = result.trace().get(result.trace().size() - 1).evaluations();
            stops.add(judged(bench, rule, result.mixture(), cost, result.ending(), seed));
        }
        return stops;
    }

    /** A stop beside the optimum of the basin that the search is in. */
    private static Stop judged(Bench bench, Rule rule, Mixture q, long cost, FitEnding ending, long seed) {
        boolean stopped = ending == FitEnding.SETTLED;
        Stop stop = bench.stop(rule, q, cost, 0, stopped);
        if (stop.kind != Kind.EARLY) {
            return stop;
        }
        Mixture before = bench.optimum;
        bench.setOptimum(q, seed + 20);
        Stop own = bench.stop(rule, q, cost, 0, stopped);
        bench.setMember(before);
        return own;
    }

    private static void fixed(
            Bench bench, Rule rule, int count, double decrease, double gradient, long seed, List<Stop> stops) {
        GuardedTarget target = GuardedTarget.of(bench.target.model().evaluator());
        int d = bench.target.model().dimension();
        Elbo elbo = Elbo.of(target, bench.family, BaseDraws.balanced(bench.family, d, count, 300 + seed));
        ScaledSearch.Solution solution = ScaledSearch.withDefaults()
                .withSearch(Lbfgs.withDefaults()
                        .withMaxIterations(600)
                        .withMaxEvaluations(1200)
                        .withGradientTolerance(gradient)
                        .withValueTolerance(decrease))
                .minimise(new LocalObjective(elbo, bench.family, d, List.of(), () -> false), bench.start);
        FitEnding ending = solution.ending() == Lbfgs.Ending.BUDGET ? FitEnding.BUDGET : FitEnding.SETTLED;
        stops.add(judged(bench, rule, solution.mixture(), target.evaluations(), ending, seed));
    }

    /** The rule of the package, stepping so that its own path is judged. */
    private static void ours(Bench bench, long seed, List<Stop> stops) {
        Fit fit = bench.options(OptimizerName.ADAM, seed)
                .withRate(RATE, STEPS)
                .start(bench.target.model().evaluator(), bench.start, bench.regions);
        long first = 0;
        FitResult result;
        boolean more;
        do {
            more = fit.step();
            result = fit.result();
            long now = result.trace().get(result.trace().size() - 1).iterations();
            if (first == 0 && now >= 2 * CHECK && bench.isGood(result.mixture())) {
                first = now;
            }
        } while (more);
        long cost = result.trace().get(result.trace().size() - 1).iterations();
        stops.add(bench.stop(
                Rule.OURS_ADAM, result.mixture(), cost, Math.max(first, 1), result.ending() == FitEnding.SETTLED));
    }

    /** Iterates of Adam with a constant step, and what the rules see at every check. */
    private static final class Trace {
        private final Bench bench;
        private final List<Mixture> averages = new ArrayList<>();
        private final List<Mixture> iterates = new ArrayList<>();
        private final List<Double> recent = new ArrayList<>();
        private final List<Boolean> settled = new ArrayList<>();

        Trace(Bench bench, int steps, long seed) {
            this.bench = bench;
            int d = bench.target.model().dimension();
            GuardedTarget target = GuardedTarget.of(bench.target.model().evaluator());
            double[] theta = bench.start.parameters();
            double[] units = bench.start.units();
            double[] gradient = new double[theta.length];
            Adam adam = new Adam(theta.length, RATE);
            IterateWindow window = new IterateWindow(theta.length);
            double sum = 0;
            for (int i = 1; i <= steps; i++) {
                Elbo elbo = Elbo.of(
                                target,
                                bench.family,
                                BaseDraws.independent(bench.family, d, DRAWS, 1_000_003L * (seed + 1) + i))
                        .withStickingTheLanding();
                double value = elbo.value(Mixture.of(bench.family, d, theta), gradient);
                for (int j = 0; j < gradient.length; j++) {
                    gradient[j] = -gradient[j];
                }
                adam.step(theta, gradient, units);
                window.add(theta);
                sum += (i - 1) % CHECK >= CHECK - RECENT ? value / RECENT : 0;
                if (i % CHECK == 0) {
                    Mixture average = Mixture.of(bench.family, d, window.average());
                    units = average.units();
                    averages.add(average);
                    iterates.add(Mixture.of(bench.family, d, theta));
                    recent.add(sum);
                    settled.add(window.isFull() && window.splitRHat() < 1.2 && window.error(units) < 0.1);
                    sum = 0;
                }
            }
        }

        Mixture average(int check) {
            return averages.get(check - 1);
        }

        void judge(List<Stop> stops) {
            long first = (long) averages.size() * CHECK;
            for (int c = averages.size(); c >= 2; c--) {
                if (bench.isGood(average(c))) {
                    first = (long) c * CHECK;
                }
            }
            int calm = 0;
            List<Double> changes = new ArrayList<>();
            Map<Rule, Integer> at = new LinkedHashMap<>();
            for (int c = 2; c <= averages.size(); c++) {
                double now = recent.get(c - 1) + OFFSET;
                changes.add(Math.abs((now - recent.get(c - 2) - OFFSET) / now));
                double[] last = changes.stream()
                        .skip(Math.max(0, changes.size() - 10))
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                double median = 0.5 * (last[last.length / 2] + last[(last.length - 1) / 2]);
                if (last.length >= 2 && (Arrays.stream(last).average().orElse(1) < 0.01 || median < 0.01)) {
                    at.putIfAbsent(Rule.STAN, c);
                }
                double[] masses = bench.masses(average(c));
                calm = change(masses, bench.masses(average(c - 1)), masses) < 0.05 ? calm + 1 : 0;
                if (settled.get(c - 1)) {
                    at.putIfAbsent(Rule.R_HAT, c);
                }
                if (calm >= 2) {
                    at.putIfAbsent(Rule.MASS, c);
                }
                if (settled.get(c - 1) && calm >= 2) {
                    at.putIfAbsent(Rule.ALL, c);
                }
            }
            for (Rule rule : List.of(Rule.STAN, Rule.R_HAT, Rule.MASS, Rule.ALL)) {
                Integer c = at.get(rule);
                int check = c == null ? averages.size() : c;
                Mixture q = rule == Rule.STAN ? iterates.get(check - 1) : average(check);
                stops.add(bench.stop(rule, q, (long) check * CHECK, first, c != null));
            }
        }
    }

    /**
     * Prints the tables.
     *
     * @param args file of finished cells, number of seeds
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        Map<String, List<Stop>> known = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] parts = line.split("\\|", -1);
                known.put(parts[0], Arrays.stream(parts).skip(1).map(Stop::of).toList());
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, List<Stop>> shown = new LinkedHashMap<>();
        for (Problem problem : PROBLEMS) {
            for (long seed = 0; seed < seeds; seed++) {
                String key = problem.label() + " " + seed;
                List<Stop> stops = known.get(key);
                if (stops == null) {
                    stops = run(problem, seed);
                    StringBuilder line = new StringBuilder(key);
                    stops.forEach(stop -> line.append('|').append(stop.line()));
                    Files.writeString(
                            file,
                            line.append('\n'),
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
                shown.put(key, stops);
            }
        }
        print(shown, out);
    }

    static void print(Map<String, List<Stop>> shown, PrintStream out) {
        out.println("| rule | good | early | late | no stop | median cost |");
        out.println("|---|---|---|---|---|---|");
        for (Rule rule : Rule.values()) {
            List<Stop> stops = shown.values().stream()
                    .flatMap(List::stream)
                    .filter(stop -> stop.rule == rule)
                    .toList();
            long[] costs = stops.stream().mapToLong(Stop::cost).sorted().toArray();
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %d %s |%n",
                    rule.label,
                    count(stops, Kind.OK),
                    count(stops, Kind.EARLY),
                    count(stops, Kind.LATE),
                    count(stops, Kind.NO_STOP),
                    costs.length == 0 ? 0 : (costs[(costs.length - 1) / 2] + costs[costs.length / 2]) / 2,
                    rule.isFixed() ? "evaluations" : "iterations");
        }
        out.println("\n| problem | seed | rule | outcome | cost | first good | KL above | log mass off |");
        out.println("|---|---|---|---|---|---|---|---|");
        shown.forEach((key, stops) -> {
            int cut = key.lastIndexOf(' ');
            for (Stop stop : stops) {
                out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %d | %s | %.3f | %.2f |%n",
                        key.substring(0, cut),
                        key.substring(cut + 1),
                        stop.rule.label.replace("*", ""),
                        stop.kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        stop.cost,
                        stop.first == 0 ? "" : stop.first,
                        stop.gap,
                        stop.mass);
            }
        });
    }

    private static long count(List<Stop> stops, Kind kind) {
        return stops.stream().filter(stop -> stop.kind == kind).count();
    }
}
