package org.localmass.quality;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.check.CheckOptions;
import org.localmass.check.Direction;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.SharedParameters;
import org.localmass.check.TestedRegion;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Parity;
import org.localmass.core.region.Region;
import org.localmass.estimate.ClopperPearson;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.Membership;

/**
 * How often the search reports a region where there is none, finds what was planted, and covers the true ratio of masses.
 *
 * <p>Every replicate is one line of a file; replicates that are in the file already are not run again, so an interrupted
 * study goes on where it stopped.
 */
public final class DiscoveryStudy {
    private static final int TRUTH = 100_000;
    private static final int TRUTH_VALUES = 4_000_000;
    private static final double RECOVERED = 0.3;

    /** Standard errors of the simulated truth that are allowed for. */
    private static final double SLACK = 3;

    private DiscoveryStudy() {}

    /**
     * How the draws are made.
     *
     * @param rho           lag-one correlation of the reference
     * @param approximation draws of q
     * @param weighted      whether the reference is independent draws from a wider law, weighted
     */
    record Setting(int chains, int length, double rho, int approximation, boolean trees, boolean weighted) {
        static Setting of(int chains, int length, double rho, int approximation) {
            return new Setting(chains, length, rho, approximation, true, false);
        }

        Setting withoutTrees() {
            return new Setting(chains, length, rho, approximation, false, weighted);
        }

        /** The same draws are searched with and without trees. */
        Setting withTrees() {
            return new Setting(chains, length, rho, approximation, true, weighted);
        }

        String key() {
            return chains + "x" + length + " rho " + rho + " m " + approximation + (trees ? "" : " no trees")
                    + (weighted ? " weighted" : "");
        }
    }

    /**
     * Outcome of one replicate.
     *
     * @param tested    regions tested
     * @param confirmed regions confirmed
     * @param holm      regions with an adjusted p-value of at most 5 %
     * @param wrong     confirmed regions whose true masses differ the other way
     * @param covered   tested regions whose interval of the ratio holds the truth
     * @param best      largest share of the planted deficit in one confirmed region
     * @param overlap   largest intersection over union of a confirmed region and the planted one
     * @param views     views of the confirmed regions
     */
    record Outcome(
            int tested, int confirmed, int holm, int wrong, int covered, double best, double overlap, String views) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%d,%d,%.4f,%.4f,%s",
                    tested,
                    confirmed,
                    holm,
                    wrong,
                    covered,
                    best,
                    overlap,
                    views);
        }

        static Outcome of(String line) {
            String[] f = line.split(",", -1);
            return new Outcome(
                    Integer.parseInt(f[0]),
                    Integer.parseInt(f[1]),
                    Integer.parseInt(f[2]),
                    Integer.parseInt(f[3]),
                    Integer.parseInt(f[4]),
                    Double.parseDouble(f[5]),
                    Double.parseDouble(f[6]),
                    f[7]);
        }
    }

    /** Large samples of both laws, from which the true masses of regions are taken. */
    static final class Truth {
        private final Scenario scenario;
        private final Draws p;
        private final Draws q;
        private final Membership plantedP;
        private final Membership plantedQ;

        Truth(Scenario scenario) {
            this.scenario = scenario;
            int size = Math.min(TRUTH, TRUTH_VALUES / scenario.dimension());
            UniformRandomProvider rng =
                    RandomSource.XO_RO_SHI_RO_128_PP.create(scenario.name().hashCode());
            this.p = scenario.reference(rng, 1, size, 0);
            this.q = scenario.approximation(rng, size);
            Region planted = org.localmass.core.region.Predicate.of(
                    scenario.dimension(),
                    java.util.stream.IntStream.range(0, scenario.dimension()).toArray(),
                    "planted",
                    scenario.planted());
            this.plantedP = Membership.of(p, planted);
            this.plantedQ = Membership.of(q, planted);
        }

        double massP() {
            return share(plantedP);
        }

        double massQ() {
            return share(plantedQ);
        }
    }

    private static double share(Membership membership) {
        return (double) membership.hits() / membership.size();
    }

    static long seed(Scenario scenario, Setting setting, int replicate) {
        return 1_000_003L * scenario.name().hashCode()
                + 97L * setting.withTrees().key().hashCode()
                + replicate;
    }

    /** Runs one replicate. */
    static Outcome run(Truth truth, Setting setting, int replicate, int threads) {
        Scenario scenario = truth.scenario;
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed(scenario, setting, replicate));
        Draws x = setting.weighted
                ? weighted(scenario, rng, setting.length)
                : scenario.reference(rng, setting.chains, setting.length, setting.rho);
        Draws y = scenario.approximation(rng, setting.approximation);
        CheckOptions options = CheckOptions.withDefaults().withThreads(threads).withTrees(setting.trees);
        return judge(truth, LocalMassCheck.withDefaults().withOptions(options).tested(SharedParameters.of(x, y)));
    }

    /** Independent draws of p with random weights that do not depend on the draw: the same law, fewer effective draws. */
    private static Draws weighted(Scenario scenario, UniformRandomProvider rng, int size) {
        Draws plain = scenario.reference(rng, 1, size, 0);
        double[] logWeights = new double[size];
        for (int i = 0; i < size; i++) {
            logWeights[i] = Math.log(-Math.log1p(-rng.nextDouble()));
        }
        double[][] columns = new double[scenario.dimension()][];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = plain.column(j);
        }
        return Draws.of(plain.names(), List.of(Chain.adopt(columns, logWeights, Map.of())), Sampling.INDEPENDENT);
    }

    private static Outcome judge(Truth truth, List<TestedRegion> rows) {
        List<Region> regions = rows.stream().map(TestedRegion::region).toList();
        List<Membership> inP = Membership.of(truth.p, regions);
        List<Membership> inQ = Membership.of(truth.q, regions);
        double deficit = truth.massP() - truth.massQ();
        int confirmed = 0;
        int holm = 0;
        int wrong = 0;
        int covered = 0;
        double best = 0;
        double overlap = 0;
        TreeMap<String, Integer> views = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            TestedRegion row = rows.get(i);
            double p = share(inP.get(i));
            double q = share(inQ.get(i));
            double error = Math.sqrt(
                    p * (1 - p) / inP.get(i).size() + q * (1 - q) / inQ.get(i).size());
            if (covers(row, p, q, inP.get(i).size(), inQ.get(i).size())) {
                covered++;
            }
            holm += row.adjustedPValue() <= 0.05 ? 1 : 0;
            if (!row.confirmed()) {
                continue;
            }
            confirmed++;
            views.merge(row.view().label(), 1, Integer::sum);
            double gap = p - q;
            int said = row.direction() == Direction.UNDER ? 1 : -1;
            if (said * gap < -SLACK * error) {
                wrong++;
            }
            if (truth.scenario.sign() != 0) {
                // the complement of a region with one condition carries the same deficit
                boolean single = row.region() instanceof Interval
                        || row.region() instanceof LevelSet
                        || row.region() instanceof Parity;
                boolean mirrored = said != truth.scenario.sign() && single;
                if (said == truth.scenario.sign() || mirrored) {
                    best = Math.max(best, (mirrored ? -gap : gap) / deficit);
                    overlap = Math.max(overlap, overlap(truth, inP.get(i), inQ.get(i), mirrored));
                }
            }
        }
        String seen = views.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining(" "));
        return new Outcome(rows.size(), confirmed, holm, wrong, covered, best, overlap, seen);
    }

    private static double overlap(Truth truth, Membership inP, Membership inQ, boolean mirrored) {
        boolean under = truth.scenario.sign() > 0;
        Membership planted = under ? truth.plantedP : truth.plantedQ;
        Membership found = under ? inP : inQ;
        double both = planted.common(found);
        double common = mirrored ? planted.hits() - both : both;
        double size = mirrored ? found.size() - found.hits() : found.hits();
        return common / Math.max(1, planted.hits() + size - common);
    }

    /** Whether the interval of q/p holds the truth, as far as the simulated truth is known. */
    private static boolean covers(TestedRegion row, double p, double q, int sizeP, int sizeQ) {
        RatioEstimate ratio = MassComparison.ratio(row.reference(), row.approximation());
        double lowP = Math.max(0, p - SLACK * Math.sqrt(Math.max(p * (1 - p), 1.0 / sizeP) / sizeP));
        double highP = p + SLACK * Math.sqrt(Math.max(p * (1 - p), 1.0 / sizeP) / sizeP);
        double lowQ = Math.max(0, q - SLACK * Math.sqrt(Math.max(q * (1 - q), 1.0 / sizeQ) / sizeQ));
        double highQ = q + SLACK * Math.sqrt(Math.max(q * (1 - q), 1.0 / sizeQ) / sizeQ);
        double least = lowQ / highP;
        double most = lowP == 0 ? Double.POSITIVE_INFINITY : highQ / lowP;
        return ratio.lower() <= most && ratio.upper() >= least;
    }

    /** A group of replicates of one scenario and setting. */
    record Cell(String scenario, Setting setting, int replicates) {}

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        Setting usual = Setting.of(4, 1000, 0.5, 10_000);
        for (String n : List.of("N1", "N2", "N3", "N4", "N5", "N6")) {
            cells.add(new Cell(n, usual, 200));
        }
        for (String n : List.of("N1", "N2", "N3", "N4", "N5")) {
            for (double rho : new double[] {0, 0.5, 0.9}) {
                for (int length : new int[] {1000, 250}) {
                    if (rho != 0.5 || length != 1000) {
                        cells.add(new Cell(n, Setting.of(4, length, rho, length == 1000 ? 10_000 : 20_000), 40));
                    }
                }
            }
        }
        for (int length : new int[] {1000, 250}) {
            for (int s = 1; s <= 16; s++) {
                cells.add(new Cell("S" + s, Setting.of(4, length, 0.5, 20_000), 20));
            }
        }
        for (int s = 1; s <= 16; s++) {
            cells.add(new Cell("S" + s, Setting.of(4, 1000, 0.5, 20_000).withoutTrees(), 10));
        }
        cells.add(new Cell("N1", Setting.of(1, 4000, 0.5, 10_000), 40));
        cells.add(new Cell("N3", Setting.of(1, 4000, 0.5, 10_000), 40));
        cells.add(new Cell("S1", Setting.of(1, 4000, 0.5, 20_000), 20));
        cells.add(new Cell("S8", Setting.of(1, 4000, 0.5, 20_000), 20));
        Setting weights = new Setting(1, 4000, 0, 10_000, true, true);
        cells.add(new Cell("N3", weights, 40));
        cells.add(new Cell("N4", weights, 40));
        cells.add(new Cell("S1", weights, 20));
        cells.add(new Cell("S10", weights, 20));
        cells.add(new Cell("X1", usual, 40));
        cells.add(new Cell("X2", Setting.of(4, 1000, 0.5, 20_000), 20));
        cells.add(new Cell("X3", Setting.of(4, 1000, 0.5, 20_000), 10));
        cells.add(new Cell("X4", usual, 10));
        Setting large = Setting.of(4, 250_000, 0.5, 1_000_000);
        cells.add(new Cell("N3", large, 5));
        cells.add(new Cell("S2", large, 5));
        return cells;
    }

    /**
     * Runs what is missing and prints the tables; arguments: the file of replicates, the number of threads (default 1), the
     * share of every cell's replicates that is run, rounded up (default 1), a regular expression of the scenarios and settings
     * that are run and printed (default all).
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("arguments must be FILE [THREADS [SHARE [CHOSEN]]]");
        }
        Path file = Path.of(args[0]);
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        double share = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        Map<String, Outcome> known = read(file);
        String chosen = args.length > 3 ? args[3] : ".*";
        List<Cell> cells = cells().stream()
                .filter(c -> (c.scenario + " " + c.setting.key()).matches(chosen))
                .toList();
        Map<String, Truth> truths = new HashMap<>();
        for (Cell cell : cells) {
            int wanted = (int) Math.ceil(share * cell.replicates);
            for (int r = 0; r < wanted; r++) {
                String key = key(cell, r);
                if (!known.containsKey(key)) {
                    Truth truth = truths.computeIfAbsent(cell.scenario, n -> new Truth(Scenario.named(n)));
                    Outcome outcome = run(truth, cell.setting, r, threads);
                    known.put(key, outcome);
                    Files.writeString(
                            file,
                            key + "|" + outcome.line() + "\n",
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            }
            truths.keySet().removeIf(n -> !n.equals(cell.scenario));
        }
        print(cells, known, System.out);
    }

    private static String key(Cell cell, int replicate) {
        return cell.scenario + "|" + cell.setting.key() + "|" + replicate;
    }

    private static Map<String, Outcome> read(Path file) throws IOException {
        Map<String, Outcome> known = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int bar = line.lastIndexOf('|');
                if (bar > 0 && line.chars().filter(c -> c == ',').count() == 7) {
                    known.put(line.substring(0, bar), Outcome.of(line.substring(bar + 1)));
                }
            }
        }
        return known;
    }

    private static List<Outcome> of(Cell cell, Map<String, Outcome> known) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int r = 0; r < cell.replicates; r++) {
            Outcome outcome = known.get(key(cell, r));
            if (outcome != null) {
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    private static void print(List<Cell> cells, Map<String, Outcome> known, PrintStream out) {
        out.println("## No difference\n");
        out.println(
                "| p = q | reference | runs | runs with a confirmed region | 95 % interval | runs with a Holm-adjusted"
                        + " p-value <= 5 % | 95 % interval |");
        out.println("|---|---|---|---|---|---|---|");
        int runs = 0;
        int alarms = 0;
        int holms = 0;
        for (Cell cell : cells) {
            List<Outcome> o = of(cell, known);
            Scenario scenario = Scenario.named(cell.scenario);
            if (scenario.sign() != 0 || o.isEmpty()) {
                continue;
            }
            int alarm = (int) o.stream().filter(x -> x.confirmed > 0).count();
            int holm = (int) o.stream().filter(x -> x.holm > 0).count();
            runs += o.size();
            alarms += alarm;
            holms += holm;
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %s | %d | %s |%n",
                    scenario.name(),
                    cell.setting.key(),
                    o.size(),
                    alarm,
                    band(alarm, o.size()),
                    holm,
                    band(holm, o.size()));
        }
        out.printf(
                Locale.ROOT,
                "| **all** | | %d | %d | %s | %d | %s |%n%n",
                runs,
                alarms,
                band(alarms, runs),
                holms,
                band(holms, runs));
        out.println("## Planted differences\n");
        out.println("| scenario | reference | runs | alarm | found | best share | overlap | wrong sign | views |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        Map<String, int[]> pooled = new LinkedHashMap<>();
        for (Cell cell : cells) {
            List<Outcome> o = of(cell, known);
            Scenario scenario = Scenario.named(cell.scenario);
            if (scenario.sign() == 0 || o.isEmpty()) {
                continue;
            }
            int found = (int) o.stream().filter(x -> x.best >= RECOVERED).count();
            if (!cell.scenario.equals("S11") && cell.scenario.startsWith("S")) {
                int[] sum = pooled.computeIfAbsent(cell.setting.key(), k -> new int[3]);
                sum[0] += found;
                sum[1] += o.size();
                sum[2]++;
            }
            TreeMap<String, Integer> views = new TreeMap<>();
            for (Outcome x : o) {
                for (String v : x.views.split(" ", -1)) {
                    if (!v.isEmpty()) {
                        views.merge(v.substring(0, v.indexOf(':')), 1, Integer::sum);
                    }
                }
            }
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %d | %.2f | %.2f | %d | %s |%n",
                    scenario.name(),
                    cell.setting.key(),
                    o.size(),
                    o.stream().filter(x -> x.confirmed > 0).count(),
                    found,
                    o.stream().mapToDouble(Outcome::best).average().orElse(0),
                    o.stream().mapToDouble(Outcome::overlap).average().orElse(0),
                    o.stream().mapToInt(Outcome::wrong).sum(),
                    views.entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", ")));
        }
        out.println();
        pooled.forEach((key, sum) -> {
            if (sum[2] > 2) {
                out.printf(
                        Locale.ROOT,
                        "Pooled power without S11, %s: %.3f (%d of %d, 95 %% interval %s).%n%n",
                        key,
                        (double) sum[0] / sum[1],
                        sum[0],
                        sum[1],
                        band(sum[0], sum[1]));
            }
        });
        List<Outcome> every = cells.stream().flatMap(c -> of(c, known).stream()).toList();
        long complete = every.stream().filter(x -> x.covered == x.tested).count();
        out.println("## Intervals\n");
        out.printf(
                Locale.ROOT,
                "All intervals of the ratio hold the truth in %d of %d runs (95 %% interval %s); of single regions, %d of %d.%n"
                        + "Confirmed regions: %d, of which %d with the wrong sign.%n",
                complete,
                every.size(),
                band((int) complete, every.size()),
                every.stream().mapToInt(Outcome::covered).sum(),
                every.stream().mapToInt(Outcome::tested).sum(),
                every.stream().mapToInt(Outcome::confirmed).sum(),
                every.stream().mapToInt(Outcome::wrong).sum());
    }

    private static String band(int count, int runs) {
        return runs == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.4f to %.4f",
                        ClopperPearson.lower(count, runs, 0.025),
                        ClopperPearson.upper(count, runs, 0.025));
    }
}
