package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.check.Finding;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.Region;

/** How often the scan finds a planted difference that a single parameter shows. */
public final class PowerStudy {
    private static final int APPROXIMATION = 20_000;
    private static final int TRUTH = 200_000;
    private static final double RECOVERED = 0.3;

    private PowerStudy() {}

    /**
     * A pair of distributions, both maps of independent standard normal inputs, and the region where they differ.
     *
     * @param inputs number of normal inputs of either map
     */
    record Scenario(
            String name,
            int dimension,
            int inputs,
            UnaryOperator<double[]> p,
            UnaryOperator<double[]> q,
            Predicate<double[]> planted) {}

    /**
     * Outcome of one scenario.
     *
     * @param found      runs in which a finding recovers enough of the deficit
     * @param best       mean over runs of the largest share recovered by one finding
     * @param wrongSigns confirmed findings whose true masses differ the other way
     */
    record Cell(String scenario, double p, double q, int runs, int found, double best, int wrongSigns) {}

    private static double upper(double z) {
        return 0.5 * Erfc.value(z / Math.sqrt(2));
    }

    private static double quantile(double upperTail) {
        return Math.sqrt(2) * InverseErfc.value(2 * upperTail);
    }

    private static double[] first(double[] z, int d) {
        return java.util.Arrays.copyOf(z, d);
    }

    static List<Scenario> scenarios() {
        double threeQuarters = Math.log(Math.sqrt(2 / Math.PI)) - 0.5 * Math.log(1 + (1 - 2 / Math.PI) / (2 / Math.PI));
        double sd = Math.sqrt(Math.log(1 + (1 - 2 / Math.PI) / (2 / Math.PI)));
        double lowest = upper(5 / 3.0);
        return List.of(
                new Scenario(
                        "S1 second mode, 3 %, d = 2",
                        2,
                        3,
                        z -> z[2] > quantile(0.03) ? new double[] {4 + 0.5 * z[0], 4 + 0.5 * z[1]} : first(z, 2),
                        z -> first(z, 2),
                        x -> (x[0] - 4) * (x[0] - 4) + (x[1] - 4) * (x[1] - 4) < 4),
                new Scenario(
                        "S4 one of 100 too narrow (sd 0.6)",
                        100,
                        100,
                        UnaryOperator.identity(),
                        z -> {
                            double[] x = z.clone();
                            x[37] *= 0.6;
                            return x;
                        },
                        x -> Math.abs(x[37]) > 0.79),
                new Scenario(
                        "S7 funnel's neck, 4.8 %, d = 10",
                        10,
                        10,
                        z -> funnel(3 * z[0], z),
                        z -> funnel(3 * -quantile(lowest + upper(-z[0]) * (1 - lowest)), z),
                        x -> x[0] < Math.exp(-2.5)),
                new Scenario(
                        "S8 boundary, d = 5",
                        5,
                        5,
                        z -> {
                            double[] x = z.clone();
                            x[0] = Math.abs(z[0]);
                            return x;
                        },
                        z -> {
                            double[] x = z.clone();
                            x[0] = Math.exp(threeQuarters + sd * z[0]);
                            return x;
                        },
                        x -> x[0] < 0.15),
                new Scenario(
                        "S9 atom of 10 %, d = 10",
                        10,
                        11,
                        z -> {
                            double[] x = first(z, 10);
                            x[2] = z[10] > quantile(0.1) ? 0 : x[2];
                            return x;
                        },
                        z -> first(z, 10),
                        x -> x[2] == 0),
                new Scenario(
                        "S14 invented mode, 3 %, d = 5",
                        5,
                        6,
                        z -> first(z, 5),
                        z -> {
                            double[] x = first(z, 5);
                            if (z[5] > quantile(0.03)) {
                                for (int j = 0; j < 5; j++) {
                                    x[j] = 0.5 * x[j] + (j == 1 || j == 2 ? 3 : 0);
                                }
                            }
                            return x;
                        },
                        x -> (x[1] - 3) * (x[1] - 3) + (x[2] - 3) * (x[2] - 3) < 2),
                new Scenario(
                        "S16 skewness, d = 8",
                        8,
                        9,
                        z -> {
                            // a standardised gamma law with shape 2: the sum of two exponentials
                            double[] x = first(z, 8);
                            x[0] = (-Math.log(upper(z[0])) - Math.log(upper(z[8])) - 2) / Math.sqrt(2);
                            return x;
                        },
                        z -> first(z, 8),
                        x -> x[0] > 2));
    }

    private static double[] funnel(double v, double[] z) {
        double[] x = z.clone();
        double scale = Math.exp(v / 2);
        x[0] = scale;
        for (int j = 1; j < x.length; j++) {
            x[j] = z[j] * scale;
        }
        return x;
    }

    static Cell run(Scenario scenario, int replicates, long seed) {
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        Draws manyP = mapped(AutoregressiveChains.draws(rng, 1, TRUTH, scenario.inputs, 0), scenario, scenario.p);
        Draws manyQ = mapped(AutoregressiveChains.draws(rng, 1, TRUTH, scenario.inputs, 0), scenario, scenario.q);
        double p = share(manyP, scenario.planted);
        double q = share(manyQ, scenario.planted);
        int found = 0;
        int wrong = 0;
        double sum = 0;
        for (int r = 0; r < replicates; r++) {
            Draws x = mapped(AutoregressiveChains.draws(rng, 4, 1000, scenario.inputs, 0.5), scenario, scenario.p);
            Draws y =
                    mapped(AutoregressiveChains.draws(rng, 1, APPROXIMATION, scenario.inputs, 0), scenario, scenario.q);
            double best = 0;
            for (Finding f : LocalMassCheck.withDefaults()
                    .run(SharedParameters.of(x, y.withSampling(Sampling.INDEPENDENT)), List.of(), List.of())
                    .findings()) {
                Region region = f.region();
                double gap = share(manyP, region::contains) - share(manyQ, region::contains);
                double estimated =
                        f.referenceMass().estimate() - f.approximationMass().estimate();
                if (gap * estimated < 0) {
                    wrong++;
                }
                best = Math.max(best, gap / (p - q));
            }
            sum += best;
            if (best >= RECOVERED) {
                found++;
            }
        }
        return new Cell(scenario.name, p, q, replicates, found, sum / replicates, wrong);
    }

    private static Draws mapped(Draws normal, Scenario scenario, UnaryOperator<double[]> map) {
        List<Chain> chains = new ArrayList<>();
        double[] point = new double[scenario.inputs];
        for (Chain chain : normal.chains()) {
            double[][] columns = new double[scenario.dimension][chain.size()];
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, point);
                double[] x = map.apply(point.clone());
                for (int j = 0; j < columns.length; j++) {
                    columns[j][t] = x[j];
                }
            }
            chains.add(Chain.adopt(columns));
        }
        return Draws.of(AutoregressiveChains.names(scenario.dimension), chains, normal.sampling());
    }

    private static double share(Draws draws, Predicate<double[]> region) {
        int hits = 0;
        double[] point = new double[draws.dimension()];
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, point);
                if (region.test(point)) {
                    hits++;
                }
            }
        }
        return (double) hits / draws.size();
    }

    /** Prints the table; arguments: replicates (default 20) and seed (default 1). */
    public static void main(String[] args) {
        int replicates = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        PrintStream out = System.out;
        out.println("| scenario | p | q | runs | found | best | wrong sign |");
        out.println("|---|---|---|---|---|---|---|");
        for (Scenario s : scenarios()) {
            Cell c = run(s, replicates, seed);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f | %d | %d | %.2f | %d |%n",
                    c.scenario,
                    c.p,
                    c.q,
                    c.runs,
                    c.found,
                    c.best,
                    c.wrongSigns);
        }
        out.printf(Locale.ROOT, "%nseed %d%n", seed);
    }
}
