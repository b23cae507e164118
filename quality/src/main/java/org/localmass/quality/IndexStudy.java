package org.localmass.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
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
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.index.Exponent;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.AtomTest;
import org.localmass.estimate.DrawsCurve;
import org.localmass.estimate.DrawsIndex;
import org.localmass.estimate.IndexEstimate;

/**
 * The Mass Index and masses of balls from draws against laws where both are known: coverage, error, false and missed
 * atoms. Each cell is written to a work file when it is done, so that an interrupted run continues where it was.
 */
public final class IndexStudy {
    /** Masses whose balls are measured. */
    static final double[] MASSES = {0.01, 0.1};

    private static final int CHAINS = 4;
    private static final double[] CORRELATIONS = {0, 0.5, 0.9};
    /** Not among the seeds that the rules of the estimator were chosen with. */
    private static final long SEED = 11;

    private IndexStudy() {}

    /**
     * One cell: a law, a number of draws, a lag-one correlation.
     *
     * @param kappa     share of intervals of kappa that hold it (at an atom, of the atom's mass)
     * @param joint     share of runs in which the interval of beta does too
     * @param small     share of intervals of the mass 0.01 that hold it
     * @param large     the same of the mass 0.1
     * @param error     median relative error of MI_pow
     * @param draws     median number of draws in the window
     * @param atoms     share of runs with an atom
     * @param logs      share of runs that chose the power-log law
     * @param biased    share of runs with the caution that the slope drifts
     * @param positive  share of runs in which the power-log fit has beta above 0
     * @param logJoint  share of runs in which the widened intervals of the power-log fit hold kappa and beta
     */
    record Cell(
            double kappa,
            double joint,
            double small,
            double large,
            double error,
            double draws,
            double atoms,
            double logs,
            double biased,
            double positive,
            double logJoint) {
        private double[] values() {
            return new double[] {kappa, joint, small, large, error, draws, atoms, logs, biased, positive, logJoint};
        }

        String line() {
            StringBuilder text = new StringBuilder();
            for (double v : values()) {
                text.append(text.isEmpty() ? "" : ",").append(v);
            }
            return text.toString();
        }

        static Cell parse(String line) {
            double[] v = Arrays.stream(line.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Cell(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10]);
        }
    }

    /** A seeded run of a cell. */
    private record Outcome(
            boolean kappa,
            boolean joint,
            boolean small,
            boolean large,
            double error,
            int draws,
            boolean atom,
            boolean log,
            boolean biased,
            boolean positive,
            boolean logJoint) {}

    static Draws draws(IndexLaws.Law law, int n, double rho, UniformRandomProvider rng) {
        int chains = rho == 0 ? 1 : CHAINS;
        Draws normal = AutoregressiveChains.draws(rng, chains, n / chains, law.inputs(), rho);
        List<Chain> mapped = new ArrayList<>();
        double[] z = new double[law.inputs()];
        double[] x = new double[law.outputs()];
        for (Chain chain : normal.chains()) {
            double[][] columns = new double[law.outputs()][chain.size()];
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, z);
                law.map().draw(z, rng, x);
                for (int j = 0; j < x.length; j++) {
                    columns[j][t] = x[j];
                }
            }
            mapped.add(Chain.adopt(columns));
        }
        return Draws.of(
                AutoregressiveChains.names(law.outputs()),
                mapped,
                rho == 0 ? Sampling.INDEPENDENT : Sampling.MARKOV_CHAIN);
    }

    static Cell run(IndexLaws.Law law, int n, double rho, int seeds, long seed) {
        double[] radii = Arrays.stream(MASSES)
                .map(m -> m <= law.atom() ? Double.NaN : law.radius(m))
                .toArray();
        int[] all = IntStream.range(0, law.outputs()).toArray();
        List<Outcome> outcomes = IntStream.range(0, seeds)
                .parallel()
                .mapToObj(i -> {
                    UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(
                            seed * 1_000_003 + 31L * n + i + Math.round(1e9 * rho));
                    Draws draws = draws(law, n, rho, rng);
                    Ball ball = Ball.of(draws.names(), all, new double[all.length], 1, Norm.l2());
                    return outcome(law, draws, ball, radii);
                })
                .toList();
        double[] errors = outcomes.stream().mapToDouble(Outcome::error).sorted().toArray();
        double[] sizes = outcomes.stream().mapToDouble(Outcome::draws).sorted().toArray();
        return new Cell(
                share(outcomes, Outcome::kappa),
                share(outcomes, Outcome::joint),
                share(outcomes, Outcome::small),
                share(outcomes, Outcome::large),
                errors[seeds / 2],
                sizes[seeds / 2],
                share(outcomes, Outcome::atom),
                share(outcomes, Outcome::log),
                share(outcomes, Outcome::biased),
                share(outcomes, Outcome::positive),
                share(outcomes, Outcome::logJoint));
    }

    private static double share(List<Outcome> outcomes, java.util.function.Predicate<Outcome> of) {
        return (double) outcomes.stream().filter(of).count() / outcomes.size();
    }

    private static Outcome outcome(IndexLaws.Law law, Draws draws, Ball ball, double[] radii) {
        DrawsIndex estimator = DrawsIndex.withDefaults();
        IndexEstimate e = law.infinity() ? estimator.atInfinity(draws, ball) : estimator.at(draws, ball);
        boolean[] held = new boolean[radii.length];
        double[] known = Arrays.stream(radii).filter(r -> !Double.isNaN(r)).toArray();
        if (known.length == radii.length) {
            DrawsCurve curve = law.infinity()
                    ? DrawsCurve.atInfinity(draws, ball, radii, 0.95)
                    : DrawsCurve.about(draws, ball, radii, 0.95);
            for (int i = 0; i < held.length; i++) {
                MassEstimate mass = curve.masses().get(i);
                held[i] = mass.lower() <= MASSES[i] && MASSES[i] <= mass.upper();
            }
        }
        boolean kappa = law.atom() > 0
                ? e.model() == IndexEstimate.Model.ATOM && holds(e.index().atomMass(), law.atom())
                : e.model() != IndexEstimate.Model.ATOM && holds(e.index().kappa(), law.kappa());
        return new Outcome(
                kappa,
                kappa && holds(e.index().beta(), law.beta()),
                held[0],
                held[1],
                law.kappa() == 0
                        ? Double.NaN
                        : Math.abs(law.kappa() / e.index().kappa().estimate() - 1),
                e.power().map(f -> f.draws()).orElse(0),
                e.atom().outcome() == AtomTest.Outcome.ATOM,
                e.model() == IndexEstimate.Model.POWER_LOG,
                e.index().cautions().contains(Caution.WINDOW_BIAS),
                e.powerLog().isPresent() && e.powerLog().get().beta().estimate() > 0,
                e.powerLog().isPresent()
                        && holds(e.powerLog().get().kappa(), law.kappa())
                        && holds(e.powerLog().get().beta(), law.beta()));
    }

    private static boolean holds(Exponent interval, double truth) {
        return interval.lower() <= truth && truth <= interval.upper();
    }

    /** What is still to do and what is done, in a file of lines {@code cell=values}. */
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

        private static String key(IndexLaws.Law law, int n, double rho, int seeds, long seed) {
            return law.name() + "; n " + n + "; rho " + rho + "; seeds " + seeds + "; seed " + seed;
        }

        boolean has(IndexLaws.Law law, int n, double rho, int seeds, long seed) {
            return done.containsKey(key(law, n, rho, seeds, seed));
        }

        Cell cell(IndexLaws.Law law, int n, double rho, int seeds, long seed) throws IOException {
            String key = key(law, n, rho, seeds, seed);
            String known = done.get(key);
            if (known != null) {
                return Cell.parse(known);
            }
            Cell cell = run(law, n, rho, seeds, seed);
            Files.writeString(
                    file,
                    key + "=" + cell.line() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return cell;
        }
    }

    /**
     * Prints the tables; arguments: work file, and the seeds of a cell with 1,000, 10,000 and 100,000 draws (default
     * 1000, 1000, 1000); {@code finished} after them leaves out rows that are not in the work file.
     */
    public static void main(String[] args) throws IOException {
        Work work = new Work(Path.of(args[0]));
        int[] sizes = {1_000, 10_000, 100_000};
        int[] seeds = new int[sizes.length];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = args.length > i + 1 ? Integer.parseInt(args[i + 1]) : 1000;
        }
        boolean finished = args.length > 4 && args[4].equals("finished");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        atoms(work, seeds, out);
        horseshoe(work, out);
        errors(work, out);
        bias(work, sizes, seeds, finished, out);
        named(out);
        coverage(work, sizes, seeds, finished, out);
    }

    /** The least share over the correlations for each number of draws, and from where on it is 0.925. */
    private static void bias(Work work, int[] sizes, int[] seeds, boolean finished, PrintStream out)
            throws IOException {
        out.println("## Laws with a bias: when the shortfall is gone\n");
        out.print("| law |");
        for (int i = 0; i < sizes.length; i++) {
            if (seeds[i] > 0) {
                out.printf(Locale.ROOT, " held at %,d |", sizes[i]);
            }
        }
        out.println(" at least 0.925 from |");
        out.println("|---|"
                + "---|".repeat((int) Arrays.stream(seeds).filter(k -> k > 0).count() + 1));
        for (IndexLaws.Law law : IndexLaws.all()) {
            if (law.pure() || law.atom() > 0) {
                continue;
            }
            out.print("| " + law.name() + " |");
            String from = "beyond";
            for (int i = 0; i < sizes.length; i++) {
                if (seeds[i] == 0) {
                    continue;
                }
                double least = Double.POSITIVE_INFINITY;
                for (double rho : CORRELATIONS) {
                    if (!finished || work.has(law, sizes[i], rho, seeds[i], SEED)) {
                        least = Math.min(least, work.cell(law, sizes[i], rho, seeds[i], SEED).kappa);
                    }
                }
                if (least > 1) {
                    out.print(" |");
                    continue;
                }
                out.printf(Locale.ROOT, " %.3f |", least);
                from = least < 0.925
                        ? "beyond"
                        : from.equals("beyond") ? String.format(Locale.ROOT, "%,d", sizes[i]) : from;
            }
            out.println(" " + from + " |");
        }
        out.println();
    }

    /** The numbers of draws that the cautions name, medians over 100 seeds. */
    private static void named(PrintStream out) {
        out.println("## The number of draws that a caution names, median of 100 seeds\n");
        out.println(
                "| law | draws | drift caution | from which the drift is inside | from which a logarithm would show |");
        out.println("|---|---|---|---|---|");
        for (IndexLaws.Law law : List.of(
                IndexLaws.normal(1),
                IndexLaws.normal(5),
                IndexLaws.normal(10),
                IndexLaws.horseshoe(),
                IndexLaws.horseshoePlus())) {
            for (int n : new int[] {1_000, 10_000}) {
                named(law, n, 100, out);
            }
        }
        out.println();
    }

    static void named(IndexLaws.Law law, int n, int seeds, PrintStream out) {
        List<IndexEstimate> estimates = IntStream.range(0, seeds)
                .parallel()
                .mapToObj(i -> {
                    Draws draws =
                            draws(law, n, 0, RandomSource.XO_RO_SHI_RO_128_PP.create((SEED + 3) * 1_000_003 + n + i));
                    int[] all = IntStream.range(0, law.outputs()).toArray();
                    return DrawsIndex.withDefaults()
                            .at(draws, Ball.of(draws.names(), all, new double[all.length], 1, Norm.l2()));
                })
                .toList();
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f | %s | %s |%n",
                law.name(),
                n,
                estimates.stream()
                                .filter(e -> e.index().cautions().contains(Caution.WINDOW_BIAS))
                                .count()
                        / (double) seeds,
                median(estimates.stream()
                        .mapToDouble(IndexEstimate::sufficientDraws)
                        .toArray()),
                median(estimates.stream()
                        .mapToDouble(IndexEstimate::logarithmDraws)
                        .toArray()));
    }

    /** Two digits; of those that are numbers, empty where fewer than a tenth are. */
    private static String median(double[] values) {
        double[] known =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        return 10 * known.length < values.length
                ? ""
                : new BigDecimal(known[known.length / 2])
                        .round(new MathContext(2))
                        .toPlainString();
    }

    private static void atoms(Work work, int[] seeds, PrintStream out) throws IOException {
        out.println("## Atoms\n");
        out.println("| law | draws | seeds | atom found | required |\n|---|---|---|---|---|");
        IndexLaws.Law cusp = IndexLaws.symmetricPower(0.1);
        IndexLaws.Law atom = IndexLaws.atom(0.02);
        IndexLaws.Law log = IndexLaws.logCauchy();
        for (int i = 0; i < 2; i++) {
            int n = i == 0 ? 1_000 : 10_000;
            row(out, cusp, n, seeds[i], work.cell(cusp, n, 0, seeds[i], SEED), "at most 0.01");
            row(out, atom, n, seeds[i], work.cell(atom, n, 0, seeds[i], SEED), "at least 0.99");
            row(out, log, n, seeds[i], work.cell(log, n, 0, seeds[i], SEED), "none");
        }
        out.println();
    }

    static void row(PrintStream out, IndexLaws.Law law, int n, int seeds, Cell cell, String required) {
        out.printf(Locale.ROOT, "| %s | %,d | %d | %.4f | %s |%n", law.name(), n, seeds, cell.atoms, required);
    }

    private static void horseshoe(Work work, PrintStream out) throws IOException {
        Cell cell = work.cell(IndexLaws.horseshoe(), 100_000, 0, 200, SEED + 1);
        out.println("## Horseshoe, 100,000 draws, 200 seeds\n");
        out.println("| quantity | share of runs | required |\n|---|---|---|");
        out.printf(
                Locale.ROOT,
                "| the power-log fit's widened intervals hold (1, 1) | %.3f | 0.90 |%n"
                        + "| its beta is positive | %.3f | 0.80 |%n"
                        + "| the power-log law is chosen | %.3f | |%n"
                        + "| the reported intervals hold (1, 1) | %.3f | |%n%n",
                cell.logJoint,
                cell.positive,
                cell.logs,
                cell.joint);
    }

    private static void errors(Work work, PrintStream out) throws IOException {
        out.println("## Error of MI_pow, 10,000 independent draws, 400 seeds\n");
        out.println("| law | median error | required | kappa held |\n|---|---|---|---|");
        double[] exponents = {0.25, 0.5, 1, 2, 4};
        double[] required = {0.02, 0.02, 0.03, 0.04, 0.09};
        for (int i = 0; i < exponents.length; i++) {
            IndexLaws.Law law = IndexLaws.symmetricPower(exponents[i]);
            Cell cell = work.cell(law, 10_000, 0, 400, SEED + 2);
            out.printf(Locale.ROOT, "| %s | %.4f | %.2f | %.3f |%n", law.name(), cell.error, required[i], cell.kappa);
        }
        out.println();
    }

    private static void coverage(Work work, int[] sizes, int[] seeds, boolean finished, PrintStream out)
            throws IOException {
        out.println("## Coverage and error\n");
        out.println("| law | draws | rho | seeds | kappa held | shortfall | median error of MI_pow | draws in window |"
                + " power-log chosen | drift caution | mass 0.01 held | mass 0.1 held |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        double[][] totals = new double[sizes.length][4];
        double[][] least = new double[sizes.length][2];
        Arrays.stream(least).forEach(row -> Arrays.fill(row, 1));
        for (IndexLaws.Law law : IndexLaws.all()) {
            for (double rho : CORRELATIONS) {
                for (int i = 0; i < sizes.length; i++) {
                    if (seeds[i] == 0 || (finished && !work.has(law, sizes[i], rho, seeds[i], SEED))) {
                        continue;
                    }
                    Cell cell = work.cell(law, sizes[i], rho, seeds[i], SEED);
                    boolean masses = law.atom() == 0;
                    if (law.pure()) {
                        totals[i][0] += cell.kappa;
                        totals[i][1]++;
                        least[i][0] = Math.min(least[i][0], cell.kappa);
                    }
                    if (masses) {
                        totals[i][2] += cell.small + cell.large;
                        totals[i][3] += 2;
                        least[i][1] = Math.min(least[i][1], Math.min(cell.small, cell.large));
                    }
                    out.printf(
                            Locale.ROOT,
                            "| %s | %,d | %.1f | %d | %.3f | %s | %s | %.0f | %.2f | %.2f | %s | %s |%n",
                            law.name(),
                            sizes[i],
                            rho,
                            seeds[i],
                            cell.kappa,
                            cell.kappa < 0.925 ? String.format(Locale.ROOT, "%.3f", 0.95 - cell.kappa) : "",
                            Double.isNaN(cell.error) ? "" : String.format(Locale.ROOT, "%.4f", cell.error),
                            cell.draws,
                            cell.logs,
                            cell.biased,
                            masses ? String.format(Locale.ROOT, "%.3f", cell.small) : "",
                            masses ? String.format(Locale.ROOT, "%.3f", cell.large) : "");
                }
            }
        }
        out.println();
        for (int i = 0; i < sizes.length; i++) {
            if (seeds[i] == 0) {
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "%,d draws: pure powers, kappa %.4f in the mean of %.0f cells, %.3f at least; masses %.4f in the mean of"
                            + " %.0f, %.3f at least.%n%n",
                    sizes[i],
                    totals[i][0] / totals[i][1],
                    totals[i][1],
                    least[i][0],
                    totals[i][2] / totals[i][3],
                    totals[i][3],
                    least[i][1]);
        }
    }
}
