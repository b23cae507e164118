package org.localmass.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.Doubt;
import org.localmass.estimate.explore.ModeCheck;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.estimate.explore.Referee;
import org.localmass.estimate.explore.RegionEvidence;
import org.localmass.estimate.explore.SlopeCheck;
import org.localmass.estimate.explore.StageRecord;
import org.localmass.estimate.explore.Verdict;
import org.localmass.vi.model.Model;

/**
 * The referee against targets whose masses are known: coverage of its interval, error of log Z, width, work, verdict.
 * Each run is written to a work file when it is done, so that an interrupted study continues where it was.
 */
public final class ExploreStudy {
    private static final int EXACT = 1_000_000;
    private static final int CONTRASTS = 10;
    private static final double[] QUANTILES = {0.05, 0.5, 0.95};
    /** Also run without learned maps, under keys of its own. */
    private static final String WITHOUT_MAPS = "funnel d=10";

    private static final String PLAIN = " without maps; seed ";

    private ExploreStudy() {}

    /**
     * One run.
     *
     * @param p           estimate of the region's mass
     * @param lower       lower end of its interval
     * @param upper       upper end of its interval
     * @param weighted    importance estimate of the same
     * @param explored    estimate by the explorers alone
     * @param logError    log Z minus its true value
     * @param weightedLogError the same of the importance sample
     * @param others      share of the intervals of 5, 50 and 95 % half-spaces of up to ten coordinates that hold the truth
     * @param evaluations of the density
     * @param stages      learned densities
     * @param converged   1 or 0
     * @param kHat        of the last importance sample
     * @param truth       mass of the region
     * @param slope       largest contrast of the check by slopes; NaN without drivers
     * @param control     the same of the explorers' particles
     * @param mode        largest contrast of the check of modes, in standard errors; NaN without usable modes
     * @param modeDoubts  1 if that check withheld the verdict, or 0
     */
    record Outcome(
            double p,
            double lower,
            double upper,
            double weighted,
            double explored,
            double logError,
            double weightedLogError,
            double others,
            double evaluations,
            double stages,
            double converged,
            double kHat,
            double truth,
            double slope,
            double control,
            double mode,
            double modeDoubts) {
        private double[] values() {
            return new double[] {
                p,
                lower,
                upper,
                weighted,
                explored,
                logError,
                weightedLogError,
                others,
                evaluations,
                stages,
                converged,
                kHat,
                truth,
                slope,
                control,
                mode,
                modeDoubts
            };
        }

        String line() {
            StringBuilder text = new StringBuilder();
            for (double v : values()) {
                text.append(text.isEmpty() ? "" : ",").append(v);
            }
            return text.toString();
        }

        static Outcome parse(String line) {
            double[] v = Arrays.stream(line.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Outcome(
                    v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14],
                    v[15], v[16]);
        }

        boolean holds() {
            return lower <= truth && truth <= upper;
        }

        double halfWidth() {
            return 0.5 * (upper - lower);
        }
    }

    /** Masses of a target from exact draws: of the region, and bounds of half-spaces with theirs. */
    private record Truth(double region, List<Bound> bounds) {
        record Bound(int parameter, double bound, double mass) {}

        static Truth of(ExploreCases.Case target, Model model) {
            int d = model.dimension();
            if (model.sampler().isEmpty()) {
                return new Truth(target.truth(), List.of());
            }
            Model.ExactSampler sampler = model.sampler().get();
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(12345);
            int kept = Math.min(d, CONTRASTS);
            double[][] columns = new double[kept][EXACT];
            double[] point = new double[d];
            int hits = 0;
            for (int i = 0; i < EXACT; i++) {
                sampler.sample(random, point);
                hits += target.inside().test(point) ? 1 : 0;
                for (int j = 0; j < kept; j++) {
                    columns[j][i] = point[j];
                }
            }
            List<Bound> bounds = new ArrayList<>();
            for (int j = 0; j < kept; j++) {
                Arrays.sort(columns[j]);
                for (double q : QUANTILES) {
                    bounds.add(new Bound(j, columns[j][(int) (q * EXACT)], q));
                }
            }
            double mass = Double.isNaN(target.truth()) ? hits / (double) EXACT : target.truth();
            return new Truth(mass, bounds);
        }
    }

    private static Region region(int d, java.util.function.Predicate<double[]> inside) {
        return Predicate.of(d, IntStream.range(0, d).toArray(), "region", inside);
    }

    /** Runs a target with a seed. */
    static Outcome run(ExploreCases.Case target, Referee referee, long seed) {
        Model model = target.build();
        return run(target, model, Truth.of(target, model), referee, seed);
    }

    private static Outcome run(ExploreCases.Case target, Model model, Truth truth, Referee referee, long seed) {
        int d = model.dimension();
        DensityEvidence found = referee.withSeed(seed)
                .examine(() -> target.target(model.evaluator()), target.approximation(d, 5000, 1_000_003 * seed + 5));
        Region region = region(d, target.inside());
        RegionEvidence mass = found.evidence(region);
        int held = 0;
        for (Truth.Bound bound : truth.bounds) {
            RegionEvidence other = found.evidence(region(d, x -> x[bound.parameter] < bound.bound));
            held += other.lower() <= bound.mass && bound.mass <= other.upper() ? 1 : 0;
        }
        double logZ = ExploreCases.OFFSET
                + (Double.isNaN(target.logZ()) ? model.logZ().orElse(Double.NaN) : target.logZ());
        StageRecord last = found.stages().isEmpty()
                ? null
                : found.stages().get(found.stages().size() - 1);
        return new Outcome(
                mass.mass(),
                mass.lower(),
                mass.upper(),
                mass.weighted(),
                found.explored(region),
                found.logZ().map(NormalisingConstant::logZ).orElse(Double.NaN) - logZ,
                last == null ? Double.NaN : last.weightedLogZ() - logZ,
                truth.bounds.isEmpty() ? Double.NaN : held / (double) truth.bounds.size(),
                found.counts().evaluations(),
                found.stages().size(),
                found.verdict() == Verdict.CONVERGED ? 1 : 0,
                last == null ? Double.NaN : last.kHat(),
                truth.region,
                found.slope().map(SlopeCheck::z).orElse(Double.NaN),
                found.slope().map(SlopeCheck::control).orElse(Double.NaN),
                found.modeChecks().stream().mapToDouble(ModeCheck::z).max().orElse(Double.NaN),
                found.reasons().stream()
                                .anyMatch(r -> r.doubt() == Doubt.MODE_DISAGREES || r.doubt() == Doubt.MODE_LOST)
                        ? 1
                        : 0);
    }

    /** What is done, in a file of lines {@code target; seed=values}. */
    static final class Work {
        private final Path file;
        private final Map<String, String> done = new LinkedHashMap<>();

        Work(Path file) throws IOException {
            this.file = file;
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    int at = line.lastIndexOf('=');
                    if (at > 0) {
                        done.put(line.substring(0, at), line.substring(at + 1));
                    }
                }
            }
        }

        private boolean has(String key) {
            return done.containsKey(key);
        }

        private Outcome get(String key) {
            return Outcome.parse(Objects.requireNonNull(done.get(key)));
        }

        private void put(String key, Outcome outcome) throws IOException {
            done.put(key, outcome.line());
            Files.writeString(
                    file,
                    key + "=" + outcome.line() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /**
     * Prints the table; arguments: work file, seeds (default 8), minutes after which no further run begins (default
     * none), threads (default 1), a pattern for the names of the targets to run (default all).
     */
    public static void main(String[] args) throws IOException {
        Work work = new Work(Path.of(args[0]));
        int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
        double minutes = args.length > 2 ? Double.parseDouble(args[2]) : Double.POSITIVE_INFINITY;
        int threads = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        String pattern = args.length > 4 ? args[4] : ".*";
        long start = System.nanoTime();
        Referee referee = Referee.withDefaults().withThreads(threads);
        Map<String, Truth> truths = new HashMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            for (ExploreCases.Case target : ExploreCases.all()) {
                String key = target.name() + "; seed " + seed;
                if (work.has(key) || !target.name().matches(pattern) || (System.nanoTime() - start) / 60e9 > minutes) {
                    continue;
                }
                Model model = target.build();
                Truth truth = truths.computeIfAbsent(target.name(), name -> Truth.of(target, model));
                work.put(key, run(target, model, truth, referee, seed));
            }
        }
        for (int seed = 0; seed < seeds; seed++) {
            for (ExploreCases.Case target : ExploreCases.all()) {
                String key = target.name() + PLAIN + seed;
                if (work.has(key)
                        || !target.name().equals(WITHOUT_MAPS)
                        || !target.name().matches(pattern)
                        || (System.nanoTime() - start) / 60e9 > minutes) {
                    continue;
                }
                work.put(key, run(target, referee.withTransform(false), seed));
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        print(work, seeds, out);
    }

    private static double median(List<Outcome> outcomes, java.util.function.ToDoubleFunction<Outcome> value) {
        double[] sorted = outcomes.stream().mapToDouble(value).sorted().toArray();
        int n = sorted.length;
        return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }

    private static String required(String format, double value, double limit) {
        return String.format(Locale.ROOT, format, value) + (value <= limit ? "" : " **over**");
    }

    private static void print(Work work, int seeds, PrintStream out) {
        out.println(
                "| target | region | p(A) | seeds | held | median p | error | log Z off | half-width | evaluations (M) |"
                        + " stages | converged | other half-spaces held | by explorers alone |");
        out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        int all = 0;
        int held = 0;
        int missedConverged = 0;
        int missed = 0;
        for (ExploreCases.Case target : ExploreCases.all()) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int seed = 0; seed < seeds; seed++) {
                String key = target.name() + "; seed " + seed;
                if (work.has(key)) {
                    outcomes.add(work.get(key));
                }
            }
            if (outcomes.isEmpty()) {
                continue;
            }
            double truth = outcomes.get(0).truth;
            int good = (int) outcomes.stream().filter(Outcome::holds).count();
            all += outcomes.size();
            held += good;
            missed += outcomes.size() - good;
            missedConverged += (int) outcomes.stream()
                    .filter(o -> !o.holds() && o.converged == 1)
                    .count();
            double p = median(outcomes, Outcome::p);
            out.printf(
                    Locale.ROOT,
                    "| %s | `%s` | %.4f | %d | %d | %.4f | %s | %s | %s | %s | %.0f | %d | %s | %.4f |%n",
                    target.name(),
                    target.region(),
                    truth,
                    outcomes.size(),
                    good,
                    p,
                    required("%.1f %%", 100 * median(outcomes, o -> Math.abs(o.p / truth - 1)), 100 * target.within()),
                    required("%.3f", median(outcomes, o -> Math.abs(o.logError)), target.logError()),
                    required("%.4f", median(outcomes, Outcome::halfWidth), target.halfWidth()),
                    required("%.2f", 1e-6 * median(outcomes, Outcome::evaluations), target.evaluations()),
                    median(outcomes, Outcome::stages),
                    outcomes.stream().filter(o -> o.converged == 1).count(),
                    Double.isNaN(outcomes.get(0).others)
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%.3f",
                                    outcomes.stream()
                                            .mapToDouble(Outcome::others)
                                            .average()
                                            .orElse(Double.NaN)),
                    median(outcomes, Outcome::explored));
        }
        List<Outcome> checked = new ArrayList<>();
        for (ExploreCases.Case target : ExploreCases.all()) {
            for (int seed = 0; seed < seeds; seed++) {
                String key = target.name() + "; seed " + seed;
                if (work.has(key) && !Double.isNaN(work.get(key).slope)) {
                    checked.add(work.get(key));
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%nCheck by slopes (limit 4.5), %d runs with drivers: it flags %d of the %d whose interval misses, %d of the"
                        + " %d others, and the particles of %d of as many explorations.%n",
                checked.size(),
                checked.stream().filter(o -> !o.holds() && o.slope > 4.5).count(),
                checked.stream().filter(o -> !o.holds()).count(),
                checked.stream().filter(o -> o.holds() && o.slope > 4.5).count(),
                checked.stream().filter(Outcome::holds).count(),
                checked.stream().filter(o -> o.control > 4.5).count());
        List<Outcome> weighed = new ArrayList<>();
        for (ExploreCases.Case target : ExploreCases.all()) {
            for (int seed = 0; seed < seeds; seed++) {
                String key = target.name() + "; seed " + seed;
                if (work.has(key) && !Double.isNaN(work.get(key).mode)) {
                    weighed.add(work.get(key));
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%nCheck of modes (limit 4), %d runs with modes: largest contrast %.1f; it withholds the verdict of %d of the %d"
                        + " whose interval misses, and of %d of the %d others.%n",
                weighed.size(),
                weighed.stream().mapToDouble(Outcome::mode).max().orElse(Double.NaN),
                weighed.stream().filter(o -> !o.holds() && o.modeDoubts == 1).count(),
                weighed.stream().filter(o -> !o.holds()).count(),
                weighed.stream().filter(o -> o.holds() && o.modeDoubts == 1).count(),
                weighed.stream().filter(Outcome::holds).count());
        List<Outcome> plain = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            String key = WITHOUT_MAPS + PLAIN + seed;
            if (work.has(key)) {
                plain.add(work.get(key));
            }
        }
        if (!plain.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%n%s without learned maps, %d seeds: median p %.4f of %.4f, %d intervals hold it, %d verdicts inconclusive,"
                            + " %d converged and wrong.%n",
                    WITHOUT_MAPS,
                    plain.size(),
                    median(plain, Outcome::p),
                    plain.get(0).truth,
                    plain.stream().filter(Outcome::holds).count(),
                    plain.stream().filter(o -> o.converged == 0).count(),
                    plain.stream().filter(o -> o.converged == 1 && !o.holds()).count());
        }
        out.printf(
                Locale.ROOT,
                "%nIntervals that hold the truth: %d of %d. Of the %d that do not, %d came with the verdict converged.%n",
                held,
                all,
                missed,
                missedConverged);
    }
}
