package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Interval;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.estimate.WeightedMass;

/** Coverage of the 95 % interval of a region's mass under p, from draws of q and importance weights. */
public final class WeightsStudy {
    static final double[] MASSES = {0.005, 0.02, 0.1, 0.5, 0.9};

    /**
     * A pair of measures: q is standard normal in {@code dimension} dimensions, p normal with mean and scale in each.
     *
     * @param tail theoretical shape of the weights' tail, 1 - 1/scale^2 (at most 0: light)
     */
    record Target(String name, int dimension, double mean, double scale, double tail) {}

    static final List<Target> TARGETS = List.of(
            new Target("p = q", 1, 0, 1, 0),
            new Target("shifted by 0.5", 1, 0.5, 1, 0),
            new Target("narrow, 0.8", 1, 0, 0.8, 0),
            new Target("wide, 1.25", 1, 0, 1.25, 0.36),
            new Target("wide, 1.5", 1, 0, 1.5, 0.56),
            new Target("wide, 1.1, d = 10", 10, 0, 1.1, 0.17),
            new Target("shifted by 0.3, d = 10", 10, 0.3, 1, 0),
            new Target("wide, 2.2: too heavy", 1, 0, 2.2, 0.79));

    private WeightsStudy() {}

    /**
     * One cell of the study.
     *
     * @param hits     mean number of draws of q in the region
     * @param coverage share of intervals that hold the true mass
     * @param above    share of intervals above it
     * @param below    share of intervals below it
     * @param unseen   share without a draw in the region (the interval is [0, 1])
     * @param marked   share marked as approximate, unseen or with weights that are too uneven
     * @param width    median of upper limit over true mass
     */
    record Cell(
            Target target,
            int draws,
            double mass,
            double hits,
            double coverage,
            double above,
            double below,
            double unseen,
            double marked,
            double width) {}

    static List<Cell> run(int replicates, int[] sizes, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (Target target : TARGETS) {
            for (int n : sizes) {
                var rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + 1000L * TARGETS.indexOf(target) + n);
                cells.addAll(cells(target, n, replicates, rng));
            }
        }
        return cells;
    }

    private static List<Cell> cells(Target target, int n, int replicates, UniformRandomProvider rng) {
        int k = MASSES.length;
        int[] above = new int[k];
        int[] below = new int[k];
        int[] unseen = new int[k];
        int[] marked = new int[k];
        double[] hits = new double[k];
        double[][] width = new double[k][replicates];
        for (int r = 0; r < replicates; r++) {
            Draws draws = draws(target, n, rng);
            WeightedMass mass =
                    WeightedMass.of(draws, ImportanceWeights.of(draws).orElseThrow());
            for (int i = 0; i < k; i++) {
                double edge = target.mean + target.scale * Math.sqrt(2) * InverseErfc.value(2 * MASSES[i]);
                MassEstimate estimate = mass.estimate(
                                Interval.halfOpen(draws.names(), 0, edge, Double.POSITIVE_INFINITY))
                        .mass();
                above[i] += estimate.lower() > MASSES[i] ? 1 : 0;
                below[i] += estimate.upper() < MASSES[i] ? 1 : 0;
                unseen[i] += estimate.cautions().contains(Caution.UNSEEN) ? 1 : 0;
                marked[i] += estimate.cautions().isEmpty() ? 0 : 1;
                hits[i] += estimate.hits();
                width[i][r] = estimate.upper() / MASSES[i];
            }
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            java.util.Arrays.sort(width[i]);
            cells.add(new Cell(
                    target,
                    n,
                    MASSES[i],
                    hits[i] / replicates,
                    (double) (replicates - above[i] - below[i]) / replicates,
                    (double) above[i] / replicates,
                    (double) below[i] / replicates,
                    (double) unseen[i] / replicates,
                    (double) marked[i] / replicates,
                    width[i][replicates / 2]));
        }
        return cells;
    }

    private static Draws draws(Target target, int n, UniformRandomProvider rng) {
        var normal = ZigguratSampler.NormalizedGaussian.of(rng);
        double[] x = new double[n];
        double[] p = new double[n];
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < target.dimension; j++) {
                double v = normal.sample();
                double z = (v - target.mean) / target.scale;
                x[i] = j == 0 ? v : x[i];
                q[i] -= 0.5 * v * v;
                p[i] -= 0.5 * z * z;
            }
        }
        return Draws.of(
                List.of("x"),
                List.of(Chain.adopt(new double[][] {x}, null, Map.of("log_target", p, "log_approx", q))),
                Sampling.INDEPENDENT);
    }

    /** Prints the table; arguments: replicates (default 4000) and seed (default 1). */
    public static void main(String[] args) {
        int replicates = args.length > 0 ? Integer.parseInt(args[0]) : 4000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        print(run(replicates, new int[] {500, 4000}, seed), replicates, seed, System.out);
    }

    private static void print(List<Cell> cells, int replicates, long seed, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d replicates a cell, seed %d; standard error of a coverage of 0.95: %.4f%n%n",
                replicates,
                seed,
                Math.sqrt(0.95 * 0.05 / replicates));
        out.println("| target | tail | draws | mass | hits | coverage | missed above | missed below | unseen | marked |"
                + " median upper limit / mass |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Cell c : cells) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %d | %.3f | %.1f | %.4f | %.4f | %.4f | %.2f | %.2f | %.2f |%n",
                    c.target.name,
                    c.target.tail,
                    c.draws,
                    c.mass,
                    c.hits,
                    c.coverage,
                    c.above,
                    c.below,
                    c.unseen,
                    c.marked,
                    c.width);
        }
    }
}
