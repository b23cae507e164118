package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.check.CheckReport;
import org.localmass.check.Kind;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.NamedRegion;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.RegionExpression;
import org.localmass.estimate.ClopperPearson;

/** How often {@code check} reports a region although approximation and reference are the same distribution. */
public final class FalseAlarmStudy {
    private static final int CHAINS = 4;
    private static final int LENGTH = 1000;
    private static final int APPROXIMATION = 4000;
    private static final String[] SHAPES = {"normal", "heavy tails", "positive, atom at 0"};
    private static final double[] RHOS = {0, 0.5, 0.9};
    private static final int[] DIMENSIONS = {2, 20};

    private FalseAlarmStudy() {}

    /**
     * Outcome of one setting.
     *
     * @param alarms runs in which the scan found a region
     * @param named  runs in which one of the two named regions was a finding
     */
    record Cell(String shape, int dimension, double rho, int runs, int alarms, int named) {}

    /** Runs the study; the replicates are spread evenly over 18 settings. */
    static List<Cell> run(int replicates, long seed) {
        List<Cell> cells = new ArrayList<>();
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int settings = SHAPES.length * RHOS.length * DIMENSIONS.length;
        int done = 0;
        int setting = 0;
        for (int shape = 0; shape < SHAPES.length; shape++) {
            for (int dimension : DIMENSIONS) {
                for (double rho : RHOS) {
                    setting++;
                    int runs = (int) ((long) replicates * setting / settings) - done;
                    int alarms = 0;
                    int named = 0;
                    for (int r = 0; r < runs; r++) {
                        Draws p = AutoregressiveChains.draws(rng, CHAINS, LENGTH, dimension, rho);
                        Draws q = AutoregressiveChains.draws(rng, 1, APPROXIMATION, dimension, 0)
                                .withSampling(Sampling.INDEPENDENT);
                        CheckReport report = LocalMassCheck.withDefaults()
                                .run(
                                        SharedParameters.of(shaped(p, shape), shaped(q, shape)),
                                        named(p.names()),
                                        List.of());
                        if (report.findings().stream().anyMatch(f -> f.kind() != Kind.REQUESTED)) {
                            alarms++;
                        }
                        if (report.findings().stream().anyMatch(f -> f.kind() == Kind.REQUESTED)) {
                            named++;
                        }
                    }
                    done += runs;
                    cells.add(new Cell(SHAPES[shape], dimension, rho, runs, alarms, named));
                }
            }
        }
        return cells;
    }

    /** An upper tail and a joint event. */
    private static List<NamedRegion> named(List<String> names) {
        return List.of(
                new NamedRegion("x1 > 2", RegionExpression.parse("x1 > 2").bind(names)),
                new NamedRegion(
                        "x1 > 0.3 & x2 > 0.3",
                        RegionExpression.parse("x1 > 0.3 & x2 > 0.3").bind(names)));
    }

    private static Draws shaped(Draws normal, int shape) {
        if (shape == 0) {
            return normal;
        }
        List<Chain> chains = new ArrayList<>();
        for (Chain chain : normal.chains()) {
            double[][] columns = new double[normal.dimension()][];
            for (int j = 0; j < columns.length; j++) {
                columns[j] = chain.column(j);
                for (int t = 0; t < columns[j].length; t++) {
                    double z = columns[j][t];
                    columns[j][t] = shape == 1 ? Math.sinh(1.5 * z) : Math.max(0, Math.expm1(z));
                }
            }
            chains.add(Chain.adopt(columns));
        }
        return normal.withChains(chains);
    }

    /** Lower and upper 95 % limit of a rate. */
    static double[] band(int alarms, int runs) {
        return new double[] {ClopperPearson.lower(alarms, runs, 0.025), ClopperPearson.upper(alarms, runs, 0.025)};
    }

    /** Prints the table; arguments: replicates (default 1800) and seed (default 1). */
    public static void main(String[] args) {
        int replicates = args.length > 0 ? Integer.parseInt(args[0]) : 1800;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        print(run(replicates, seed), seed, System.out);
    }

    private static void print(List<Cell> cells, long seed, PrintStream out) {
        out.println("| marginals | parameters | rho | runs | scan found a region | a named region was a finding |");
        out.println("|---|---|---|---|---|---|");
        int runs = 0;
        int alarms = 0;
        int named = 0;
        for (Cell c : cells) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %d | %d | %d |%n",
                    c.shape,
                    c.dimension,
                    c.rho,
                    c.runs,
                    c.alarms,
                    c.named);
            runs += c.runs;
            alarms += c.alarms;
            named += c.named;
        }
        out.printf(
                Locale.ROOT,
                "| **all** | | | %d | %s | %s |%n%nseed %d%n",
                runs,
                rate(alarms, runs),
                rate(named, runs),
                seed);
    }

    private static String rate(int alarms, int runs) {
        double[] band = band(alarms, runs);
        return String.format(
                Locale.ROOT,
                "%d (%.4f, 95 %% interval %.4f to %.4f)",
                alarms,
                (double) alarms / runs,
                band[0],
                band[1]);
    }
}
