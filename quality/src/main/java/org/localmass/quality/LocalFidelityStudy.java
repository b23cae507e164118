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
import java.util.Optional;
import java.util.stream.IntStream;
import org.localmass.core.region.Ball;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.vi.fidelity.LocalFidelity;
import org.localmass.vi.fidelity.LocalFidelityResult;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;

/**
 * What the whole loop of local-fidelity inference reaches on targets of known masses, and whether its verdict is right.
 *
 * <p>Every fit is one line of a file; fits that are in the file already are not run again.
 */
public final class LocalFidelityStudy {
    private static final int TRUTH = 200_000;
    private static final long TRUTH_SEED = 7;
    private static final double TAIL = 0.01;

    private LocalFidelityStudy() {}

    /**
     * A target and what is said of it beforehand.
     *
     * @param anchored whether the origin is an anchor
     * @param heldOut  whether it had no part in the choice of constants
     */
    record Case(String name, boolean anchored, boolean heldOut) {
        String label() {
            return name + (anchored ? ", anchor 0" : "");
        }
    }

    /** Outcome of a fit. */
    record Outcome(
            FitQuality quality,
            String verdict,
            int components,
            double nu,
            double defensiveKHat,
            int passes,
            String checks) {
        String line() {
            return quality.line() + ";" + verdict + ";" + components + ";" + nu + ";" + defensiveKHat + ";" + passes
                    + ";" + checks;
        }

        static Outcome parse(String line) {
            String[] v = line.split(";", -1);
            return new Outcome(
                    FitQuality.parse(v[0]),
                    v[1],
                    Integer.parseInt(v[2]),
                    Double.parseDouble(v[3]),
                    Double.parseDouble(v[4]),
                    Integer.parseInt(v[5]),
                    v[6]);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String name : List.of("spike_d2_e0.01_t0.05", "spike_d10_e0.05_t0.1")) {
            cases.add(new Case(name, true, false));
        }
        for (String name : List.of(
                "far3_d2",
                "far3_d10",
                "far3_d50",
                "banana_d2",
                "student_d5",
                "spike_d10_e0.05_t0.1",
                "banmix_d10",
                "eight_schools",
                "funnel_d10",
                "horseshoe_logit")) {
            cases.add(new Case(name, false, false));
        }
        for (String name : List.of(
                "ring",
                "boundary(d=5)",
                "product(gamma(2, 1), beta(0.5, 3), normal(0, 1))",
                "eight_schools_noncentered",
                "student(d=100, nu=5, rho=0.3)")) {
            cases.add(new Case(name, false, true));
        }
        return cases;
    }

    private static FitTarget target(Case one) {
        return one.heldOut
                ? sampled(one.name)
                : FitTarget.all().stream()
                        .filter(t -> t.name().equals(one.name))
                        .findFirst()
                        .orElseThrow();
    }

    /** A model with a sampler: its tails of 1 % and balls of 1 % and 10 % about its mean, by exact draws. */
    static FitTarget sampled(String text) {
        Model model = Models.of(text);
        int d = model.dimension();
        List<String> names = IntStream.rangeClosed(1, d).mapToObj(j -> "x" + j).toList();
        FitTarget bare = new FitTarget(text, model, model.logZ().orElseThrow(), List.of());
        double[][] draws = FitQuality.draws(bare, TRUTH, TRUTH_SEED);
        List<FitTarget.KnownRegion> regions = new ArrayList<>();
        double[] mean = new double[d];
        double[][] variance = new double[d][d];
        for (int j = 0; j < d; j++) {
            double[] column = new double[TRUTH];
            for (int i = 0; i < TRUTH; i++) {
                column[i] = draws[i][j];
                mean[j] += column[i] / TRUTH;
            }
            for (double x : column) {
                variance[j][j] += (x - mean[j]) * (x - mean[j]) / TRUTH;
            }
            Arrays.sort(column);
            double[] normal = new double[d];
            normal[j] = 1;
            double low = column[(int) (TAIL * TRUTH) - 1];
            regions.add(new FitTarget.KnownRegion("tail_x" + j + "-", TAIL, HalfSpace.of(names, normal, low)));
            normal[j] = -1;
            double high = column[(int) ((1 - TAIL) * TRUTH)];
            regions.add(new FitTarget.KnownRegion("tail_x" + j + "+", TAIL, HalfSpace.of(names, normal, -high)));
        }
        double[] distance = new double[TRUTH];
        for (int i = 0; i < TRUTH; i++) {
            for (int j = 0; j < d; j++) {
                double gap = draws[i][j] - mean[j];
                distance[i] += gap * gap / variance[j][j];
            }
        }
        Arrays.sort(distance);
        for (double share : new double[] {0.01, 0.1}) {
            double radius = Math.sqrt(distance[(int) (share * TRUTH) - 1]);
            regions.add(new FitTarget.KnownRegion(
                    "centre" + share,
                    share,
                    Ball.of(names, IntStream.range(0, d).toArray(), mean, radius, Norm.mahalanobis(variance))));
        }
        return new FitTarget(text, model, bare.logZ(), regions);
    }

    static Outcome run(Case one, FitTarget target, long seed, int threads) {
        LocalFidelity fidelity = LocalFidelity.withDefaults().withSeed(seed).withThreads(threads);
        if (one.anchored) {
            fidelity = fidelity.withAnchors(List.of(new double[target.model().dimension()]));
        }
        LocalFidelityResult result = fidelity.fit(target.model()::evaluator, List.of(), Optional.empty());
        return new Outcome(
                FitQuality.of(result.fit(), target, result.evaluations(), false),
                result.verdict().name(),
                result.fit().components(),
                result.fit().family().nu(0),
                result.defensiveKHat(),
                result.passes(),
                String.join(
                        " ", result.checks().stream().map(c -> c.kind().name()).toList()));
    }

    /**
     * Runs what is missing and prints the table; arguments: the file of fits, the number of seeds (default 3), threads
     * (default 1), a regular expression of the targets that are run and printed (default all).
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("arguments must be FILE [SEEDS [THREADS [CHOSEN]]]");
        }
        Path file = Path.of(args[0]);
        int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        String chosen = args.length > 3 ? args[3] : ".*";
        Map<String, Outcome> known = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int bar = line.lastIndexOf('|');
                if (bar > 0 && line.chars().filter(c -> c == ';').count() == 6) {
                    known.put(line.substring(0, bar), Outcome.parse(line.substring(bar + 1)));
                }
            }
        }
        List<Case> cases =
                cases().stream().filter(c -> c.label().matches(chosen)).toList();
        for (long seed = 1; seed <= seeds; seed++) {
            for (Case one : cases) {
                String key = one.label() + "|" + seed;
                if (!known.containsKey(key)) {
                    Outcome outcome = run(one, target(one), seed, threads);
                    known.put(key, outcome);
                    Files.writeString(
                            file,
                            key + "|" + outcome.line() + "\n",
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            }
        }
        print(cases, seeds, known, System.out);
    }

    private static void print(List<Case> cases, int seeds, Map<String, Outcome> known, PrintStream out) {
        out.println(
                "| target | seed | components | KL(q, p) | KL(p, q) | least q/p | where | largest q/p | k-hat | k-hat"
                        + " defensive | passes | evaluations | verdict | least above 0.5 | withheld by |");
        out.println("|---|--:|---|--:|--:|--:|---|--:|--:|--:|--:|--:|---|---|---|");
        int[] table = new int[4];
        for (Case one : cases) {
            for (long seed = 1; seed <= seeds; seed++) {
                Outcome o = known.get(one.label() + "|" + seed);
                if (o == null) {
                    continue;
                }
                boolean good = o.quality.leastRatio() > 0.5;
                boolean ok = o.verdict.equals("OK");
                table[(ok ? 0 : 2) + (good ? 0 : 1)]++;
                out.printf(
                        Locale.ROOT,
                        "| %s%s | %d | %d%s | %.4f | %.4f | %.3g | %s | %.2f | %.2f | %.2f | %d | %d k | %s | %s | %s |%n",
                        one.label(),
                        one.heldOut ? " (held out)" : "",
                        seed,
                        o.components,
                        Double.isInfinite(o.nu) ? "" : " t",
                        o.quality.exclusive(),
                        o.quality.inclusive(),
                        o.quality.leastRatio(),
                        o.quality.leastLabel(),
                        o.quality.mostRatio(),
                        o.quality.kHat(),
                        o.defensiveKHat,
                        o.passes,
                        Math.round(o.quality.evaluations() / 1000.0),
                        o.verdict,
                        good ? "yes" : "no",
                        o.checks.toLowerCase(Locale.ROOT).replace(" ", ", ").replace("_", " "));
            }
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "OK and least q/p above 0.5: %d; OK and not: %d; no OK although it is: %d; no OK and not: %d.%n",
                table[0],
                table[1],
                table[2],
                table[3]);
    }
}
