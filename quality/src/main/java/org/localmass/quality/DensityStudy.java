package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.UnnormalisedMeasure;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;
import org.localmass.estimate.density.BallIntegral;
import org.localmass.estimate.density.BallMass;
import org.localmass.estimate.explore.BridgeSampling;
import org.localmass.estimate.explore.NormalisingConstant;

/** Coverage of the 95 % intervals of ball integrals by quasi-Monte Carlo and of normalising constants. */
public final class DensityStudy {
    private DensityStudy() {}

    /**
     * One cell of the study.
     *
     * @param name     what was estimated
     * @param coverage share of intervals that hold the truth
     * @param error    root mean square error of the log
     * @param claimed  root mean square of the half-width of the interval of the log, over 1.96
     * @param marked   share of estimates with a caution
     */
    record Cell(String name, double coverage, double error, double claimed, double marked) {}

    /** Sums over the replicates of a cell. */
    private static final class Tally {
        private int covered;
        private int marked;
        private int count;
        private double squares;
        private double widths;

        void add(double truth, double value, double lower, double upper, List<Caution> cautions) {
            count++;
            covered += lower <= truth && truth <= upper ? 1 : 0;
            marked += cautions.isEmpty() ? 0 : 1;
            squares += (value - truth) * (value - truth);
            double half = 0.5 * (upper - lower) / 1.96;
            widths += half * half;
        }

        Cell cell(String name) {
            return new Cell(
                    name,
                    (double) covered / count,
                    Math.sqrt(squares / count),
                    Math.sqrt(widths / count),
                    (double) marked / count);
        }
    }

    private record BallCase(String law, double coordinate, double radius, Norm norm) {}

    private static final List<BallCase> BALLS = List.of(
            new BallCase("mvnormal([" + "0, ".repeat(4) + "0], [1, 2, 3, 4, 5])", 0.5, 2, Norm.l2()),
            new BallCase("mvnormal([" + "0, ".repeat(4) + "0], 1)", 1, 1.5, Norm.linf()),
            new BallCase("multi_student_t(3, [" + "0, ".repeat(4) + "0], 1)", 0.8, 2, Norm.l2()),
            new BallCase("mvnormal([" + "0, ".repeat(9) + "0], 1)", 0.5, 2, Norm.l2()),
            new BallCase("mvnormal([" + "0, ".repeat(9) + "0], 1)", 0.5, 1, Norm.linf()),
            new BallCase("mvnormal([" + "0, ".repeat(19) + "0], 1)", 0.25, 3, Norm.l2()),
            new BallCase("mvnormal([" + "0, ".repeat(19) + "0], 1)", 0.25, 1, Norm.linf()));

    static List<Cell> balls(int replicates, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (BallCase c : BALLS) {
            Distribution law = DistributionText.parse(c.law);
            double[] centre = new double[law.dimension()];
            Arrays.fill(centre, c.coordinate);
            double truth = law.logBallMass(centre, c.radius, c.norm);
            LogDensity density = LogDensity.of(law.dimension(), law::logDensity);
            Tally tally = new Tally();
            for (int r = 0; r < replicates; r++) {
                // a fixed amount of work: the tolerance is out of reach on purpose
                BallMass mass = BallIntegral.withDefaults()
                        .withRelativeError(1e-4)
                        .withEvaluations(40_000)
                        .withSeed(seed + r)
                        .estimate(density, centre, c.radius, c.norm);
                tally.add(truth, mass.logMass(), mass.lower(), mass.upper(), mass.cautions());
            }
            String shape = law.toString().startsWith("multi_student_t") ? "Student-t, 3 df" : "normal";
            cells.add(tally.cell(String.format(
                    Locale.ROOT,
                    "ball of radius %s, %s, %s, d = %d, mass %.2g",
                    c.radius,
                    c.norm.label(),
                    shape,
                    law.dimension(),
                    Math.exp(truth))));
        }
        return cells;
    }

    static List<Cell> bridges(int replicates, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (double rho : new double[] {0, 0.5, 0.9}) {
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + Math.round(100 * rho));
            Tally normal = new Tally();
            Tally skew = new Tally();
            for (int r = 0; r < replicates; r++) {
                BridgeSampling bridge = BridgeSampling.withDefaults().withSeed(seed + r);
                Draws z = AutoregressiveChains.draws(random, 4, 500, 5, rho);
                NormalisingConstant five = bridge.estimate(
                        new UnnormalisedMeasure(LogDensity.of(5, x -> {
                            double sum = 0;
                            for (double v : x) {
                                sum += v * v;
                            }
                            return -0.5 * sum;
                        })),
                        z);
                normal.add(2.5 * Math.log(2 * Math.PI), five.logZ(), five.lower(), five.upper(), five.cautions());
                Draws logs = exponentialLogs(z.select(z.names().subList(0, 3)));
                NormalisingConstant three = bridge.estimate(
                        new UnnormalisedMeasure(LogDensity.of(
                                3, x -> x[0] + x[1] + x[2] - Math.exp(x[0]) - Math.exp(x[1]) - Math.exp(x[2]))),
                        logs);
                skew.add(0, three.logZ(), three.lower(), three.upper(), three.cautions());
            }
            cells.add(normal.cell("bridge sampling, normal, d = 5, 4 x 500 draws, rho = " + rho));
            cells.add(skew.cell("bridge sampling, logs of exponential variables, d = 3, 4 x 500 draws, rho = " + rho));
        }
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + 7);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        Tally heavy = new Tally();
        double truth = LogGamma.value(2.5) - LogGamma.value(4) + 1.5 * Math.log(5 * Math.PI);
        for (int r = 0; r < replicates; r++) {
            double[][] columns = new double[3][2000];
            for (int i = 0; i < 2000; i++) {
                double square = 0;
                for (int k = 0; k < 5; k++) {
                    double g = gaussian.sample();
                    square += g * g / 5;
                }
                for (double[] column : columns) {
                    column[i] = gaussian.sample() / Math.sqrt(square);
                }
            }
            NormalisingConstant z = BridgeSampling.withDefaults()
                    .withSeed(seed + r)
                    .estimate(
                            new UnnormalisedMeasure(LogDensity.of(
                                    3, x -> -4 * Math.log1p((x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) / 5))),
                            Draws.of(List.of("x1", "x2", "x3"), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT));
            heavy.add(truth, z.logZ(), z.lower(), z.upper(), z.cautions());
        }
        cells.add(heavy.cell("bridge sampling, Student-t, 5 df, d = 3, 2000 independent draws"));
        return cells;
    }

    /** Normal draws mapped to logs of exponential variables. */
    private static Draws exponentialLogs(Draws draws) {
        List<Chain> chains = new ArrayList<>();
        for (Chain chain : draws.chains()) {
            double[][] columns = new double[draws.dimension()][];
            for (int j = 0; j < columns.length; j++) {
                columns[j] = chain.column(j).clone();
                for (int i = 0; i < columns[j].length; i++) {
                    columns[j][i] = Math.log(-Math.log(0.5 * Erfc.value(columns[j][i] / Math.sqrt(2))));
                }
            }
            chains.add(Chain.adopt(columns));
        }
        return draws.withChains(chains);
    }

    static List<Cell> weights(int replicates, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (double[] c : new double[][] {{2, 1.2}, {10, 1.2}, {2, 0.9}, {2, 0.75}, {2, 0.6}}) {
            int d = (int) c[0];
            double scale = c[1];
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed + Math.round(1000 * scale) + d);
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            Tally tally = new Tally();
            for (int r = 0; r < replicates; r++) {
                double[] logs = new double[1000];
                for (int i = 0; i < logs.length; i++) {
                    double square = 0;
                    for (int j = 0; j < d; j++) {
                        double z = gaussian.sample();
                        square += z * z;
                    }
                    // log of the standard normal over the normal with standard deviations of the scale
                    logs[i] = d * Math.log(scale) - 0.5 * (scale * scale - 1) * square;
                }
                NormalisingConstant z = NormalisingConstant.ofWeights(logs, 0.95);
                tally.add(0, z.logZ(), z.lower(), z.upper(), z.cautions());
            }
            cells.add(tally.cell(String.format(
                    Locale.ROOT, "weights of 1000 draws, normal, d = %d, q %s times as wide as p", d, scale)));
        }
        return cells;
    }

    /** Prints the table; arguments: replicates (default 1000) and seed (default 1). */
    public static void main(String[] args) {
        int replicates = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        List<Cell> cells = new ArrayList<>(balls(replicates, seed));
        cells.addAll(bridges(replicates, seed));
        cells.addAll(weights(replicates, seed));
        print(cells, replicates, seed, System.out);
    }

    private static void print(List<Cell> cells, int replicates, long seed, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d replicates a cell, seed %d; standard error of a coverage of 0.95: %.4f%n%n",
                replicates,
                seed,
                Math.sqrt(0.95 * 0.05 / replicates));
        out.println("| estimate | coverage | RMS error of the log | RMS standard error claimed | with a caution |");
        out.println("|:--|--:|--:|--:|--:|");
        for (Cell c : cells) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.2g | %.2g | %.2f |%n",
                    c.name,
                    c.coverage,
                    c.error,
                    c.claimed,
                    c.marked);
        }
    }
}
