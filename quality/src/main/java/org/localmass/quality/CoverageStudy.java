package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Interval;
import org.localmass.estimate.DrawsMass;

/** Coverage of the 95 % interval of a tail's mass on AR(1) chains. */
public final class CoverageStudy {
    static final double[] RHOS = {0, 0.5, 0.9};
    static final double[] MASSES = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5};
    private static final int CHAINS = 4;
    private static final int LENGTH = 1000;

    private CoverageStudy() {}

    /**
     * One cell of the study.
     *
     * @param expectedHits effective hits expected from the true autocorrelation time
     * @param coverage     share of intervals that hold the true mass
     * @param marked       share of intervals marked as approximate or conservative
     * @param width        mean ratio of the upper limit to the true mass
     */
    record Cell(
            double rho,
            double mass,
            double expectedHits,
            double coverage,
            double low,
            double high,
            double marked,
            double width) {}

    static List<Cell> run(int replicates, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (double rho : RHOS) {
            int[] covered = new int[MASSES.length];
            int[] below = new int[MASSES.length];
            int[] above = new int[MASSES.length];
            int[] marked = new int[MASSES.length];
            double[] width = new double[MASSES.length];
            double[] edge = new double[MASSES.length];
            for (int i = 0; i < MASSES.length; i++) {
                edge[i] = Math.sqrt(2) * InverseErfc.value(2 * MASSES[i]);
            }
            var rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + Math.round(1000 * rho));
            for (int r = 0; r < replicates; r++) {
                Draws draws = AutoregressiveChains.draws(rng, CHAINS, LENGTH, 1, rho);
                double time = DrawsMass.coordinateTime(draws);
                for (int i = 0; i < MASSES.length; i++) {
                    Interval tail = Interval.halfOpen(draws.names(), 0, edge[i], Double.POSITIVE_INFINITY);
                    MassEstimate mass = DrawsMass.withDefaults().estimate(draws, tail, time);
                    if (mass.lower() > MASSES[i]) {
                        above[i]++;
                    } else if (mass.upper() < MASSES[i]) {
                        below[i]++;
                    } else {
                        covered[i]++;
                    }
                    if (mass.cautions().contains(Caution.FEW_VISITS)
                            || mass.cautions().contains(Caution.NO_HITS)
                            || mass.cautions().contains(Caution.APPROXIMATE)) {
                        marked[i]++;
                    }
                    width[i] += mass.upper() / MASSES[i];
                }
            }
            for (int i = 0; i < MASSES.length; i++) {
                double time = rho == 0 ? 1 : AutoregressiveChains.indicatorTime(rho, edge[i], MASSES[i]);
                cells.add(new Cell(
                        rho,
                        MASSES[i],
                        CHAINS * LENGTH * MASSES[i] / time,
                        (double) covered[i] / replicates,
                        (double) above[i] / replicates,
                        (double) below[i] / replicates,
                        (double) marked[i] / replicates,
                        width[i] / replicates));
            }
        }
        return cells;
    }

    /** Prints the table; arguments: replicates (default 10000) and seed (default 1). */
    public static void main(String[] args) {
        int replicates = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        print(run(replicates, seed), replicates, seed, System.out);
    }

    private static void print(List<Cell> cells, int replicates, long seed, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d replicates a cell, seed %d; standard error of a coverage of 0.95: %.4f%n%n",
                replicates,
                seed,
                Math.sqrt(0.95 * 0.05 / replicates));
        out.println("| rho | mass | expected effective hits | coverage | missed above | missed below | marked |"
                + " mean upper limit / mass |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Cell c : cells) {
            out.printf(
                    Locale.ROOT,
                    "| %.1f | %.3f | %.1f | %.4f | %.4f | %.4f | %.2f | %.2f |%n",
                    c.rho,
                    c.mass,
                    c.expectedHits,
                    c.coverage,
                    c.low,
                    c.high,
                    c.marked,
                    c.width);
        }
    }
}
