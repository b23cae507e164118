package org.localmass.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/**
 * A pair of distributions of the discovery study, both maps of independent standard normal inputs, and the region where they
 * differ. In Markov chains every input is a stationary Gaussian AR(1) series.
 *
 * @param name      short name
 * @param dimension number of parameters
 * @param inputsP   number of normal inputs of p
 * @param inputsQ   number of normal inputs of q
 * @param p         inputs to a draw of p; the array passed in may be changed and returned
 * @param q         inputs to a draw of q
 * @param planted   the region that was planted; holds nowhere for p = q
 * @param sign      1 if q has too little mass there, -1 if too much, 0 for p = q
 */
record Scenario(
        String name,
        int dimension,
        int inputsP,
        int inputsQ,
        UnaryOperator<double[]> p,
        UnaryOperator<double[]> q,
        Predicate<double[]> planted,
        int sign) {
    private static final UnaryOperator<double[]> SAME = UnaryOperator.identity();
    private static final DoubleUnaryOperator T3 = tabulated(TDistribution.of(3));
    private static final DoubleUnaryOperator GAMMA_3 = tabulated(GammaDistribution.of(0.3, 1));
    private static final DoubleUnaryOperator GAMMA_5 = tabulated(GammaDistribution.of(0.5, 1));
    private static final DoubleUnaryOperator GAMMA_6 = tabulated(GammaDistribution.of(0.6, 1));

    /** The study's scenarios: six with p = q, sixteen planted differences. */
    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                none("N1 normal, d = 2", 2, 2, SAME),
                none("N2 normal, d = 50", 50, 50, SAME),
                none("N3 correlated t3, d = 10", 10, 10, z -> each(equicorrelated(z, 0.6), T3)),
                none("N4 atoms and simplex, d = 20", 20, 28, Scenario::atomsAndSimplex),
                none("N5 sticky bimodal, d = 5", 5, 6, z -> mode(z, 0.05, 0.5, 4)),
                none("N6 normal, d = 200", 200, 200, SAME)));
        all.add(new Scenario(
                "S1 second mode, 3 %, d = 2",
                2, 3, 2, z -> mode(z, 0.03, 0.5, 4), SAME, x -> square(x[0] - 4) + square(x[1] - 4) < 4, 1));
        all.add(new Scenario(
                "S2 second mode, 2 %, d = 10",
                10, 11, 10, z -> mode(z, 0.02, 0.5, 5 / Math.sqrt(10)), SAME, x -> sum(x) / Math.sqrt(10) > 3.5, 1));
        all.add(new Scenario(
                "S3 second mode, 1 %, d = 50",
                50, 51, 50, z -> mode(z, 0.01, 1, 7 / Math.sqrt(50)), SAME, x -> sum(x) / Math.sqrt(50) > 4, 1));
        all.add(new Scenario(
                "S4 one of 100 too narrow",
                100,
                100,
                100,
                SAME,
                z -> scaled(z, 37, 0.6),
                x -> Math.abs(x[37]) > 0.79,
                1));
        all.add(new Scenario(
                "S5 lost correlation, d = 20",
                20,
                20,
                20,
                z -> with(z, 7, 0.8 * z[3] + 0.6 * z[7]),
                SAME,
                x -> x[3] * x[7] > 0.4,
                1));
        double precision = 2 - 1 / 10.5;
        all.add(new Scenario(
                "S6 mean field, d = 20",
                20,
                20,
                20,
                z -> equicorrelated(z, 0.5),
                z -> each(z, v -> v / Math.sqrt(precision)),
                x -> Math.abs(sum(x)) / 20 > 0.35,
                1));
        double below = normal(-5 / 3.0);
        all.add(new Scenario(
                "S7 funnel's neck, d = 10",
                10,
                10,
                10,
                z -> funnel(3 * z[0], z),
                z -> funnel(-3 * quantile(normal(-z[0]) * (1 - below)), z),
                x -> x[0] < Math.exp(-2.5),
                1));
        double s2 = Math.log(1 + (1 - 2 / Math.PI) / (2 / Math.PI));
        double mu = 0.5 * Math.log(2 / Math.PI) - 0.5 * s2;
        all.add(new Scenario(
                "S8 boundary, d = 5",
                5,
                5,
                5,
                z -> with(z, 0, Math.abs(z[0])),
                z -> with(z, 0, Math.exp(mu + Math.sqrt(s2) * z[0])),
                x -> x[0] < 0.15,
                1));
        all.add(new Scenario(
                "S9 atom, 10 %, d = 10",
                10,
                11,
                10,
                z -> {
                    double[] x = Arrays.copyOf(z, 10);
                    return z[10] < quantile(0.1) ? with(x, 2, 0) : x;
                },
                SAME,
                x -> x[2] == 0,
                1));
        all.add(new Scenario(
                "S10 rare joint event, d = 30",
                30,
                31,
                30,
                Scenario::rareJoint,
                SAME,
                x -> x[4] > 1.3 && x[9] > 1.3 && x[14] > 1.3,
                1));
        all.add(new Scenario(
                "S11 exclusive-or of three, d = 8",
                8,
                9,
                8,
                z -> {
                    double[] x = Arrays.copyOfRange(z, 1, 9);
                    return z[0] < quantile(0.7) && x[0] * x[1] * x[2] < 0 ? with(x, 2, -x[2]) : x;
                },
                SAME,
                x -> x[0] * x[1] * x[2] > 0,
                1));
        all.add(new Scenario(
                "S12 heavy tails, d = 5",
                5,
                5,
                5,
                z -> each(z, T3),
                z -> each(z, v -> 1.25 * v),
                x -> Arrays.stream(x).anyMatch(v -> Math.abs(v) > 3.2),
                1));
        all.add(new Scenario(
                "S13 simplex, d = 10",
                10,
                10,
                10,
                z -> simplex(each(z, GAMMA_3), 0, 10),
                z -> simplex(each(z, GAMMA_6), 0, 10),
                x -> Arrays.stream(x).max().orElseThrow() > 0.6,
                1));
        all.add(new Scenario(
                "S14 invented mode, 3 %, d = 5",
                5,
                5,
                6,
                SAME,
                z -> {
                    double[] x = Arrays.copyOfRange(z, 1, 6);
                    if (z[0] < quantile(0.03)) {
                        for (int j = 0; j < 5; j++) {
                            x[j] = 0.5 * x[j] + (j == 1 || j == 2 ? 3 : 0);
                        }
                    }
                    return x;
                },
                x -> square(x[1] - 3) + square(x[2] - 3) < 2,
                -1));
        all.add(new Scenario(
                "S15 banana, d = 4",
                4,
                4,
                4,
                z -> with(z, 1, 0.6 * z[1] + 0.8 * (z[0] * z[0] - 1) / Math.sqrt(2)),
                SAME,
                x -> x[1] > 0.8 * (x[0] * x[0] - 1) / Math.sqrt(2) - 1,
                1));
        all.add(new Scenario(
                "S16 skewness, d = 8",
                8,
                8,
                8,
                z -> with(z, 0, (gamma2(z[0]) - 2) / Math.sqrt(2)),
                SAME,
                x -> x[0] > 2,
                1));
        return List.copyOf(all);
    }

    /** Cases beyond the design study. */
    static List<Scenario> more() {
        UnaryOperator<double[]> mixed = z -> {
            double[] x = z.clone();
            x[0] = Math.rint(3 * normal(z[0]) * 2) / 2;
            x[1] = z[1] > 0.5 ? 1 : 0;
            x[2] = Math.floor(Math.exp(0.7 * z[2]));
            return x;
        };
        return List.of(
                none("X1 integers and continuous, p = q, d = 8", 8, 8, mixed),
                new Scenario(
                        "X2 integers and continuous, lost dependence, d = 8",
                        8,
                        8,
                        8,
                        z -> mixed.apply(with(z, 1, 0.8 * z[3] + 0.6 * z[1])),
                        mixed,
                        x -> x[1] == 1 && x[3] > 0,
                        1),
                new Scenario(
                        "X3 second mode, 2 %, d = 300",
                        300,
                        301,
                        300,
                        z -> mode(z, 0.02, 1, 9 / Math.sqrt(300)),
                        SAME,
                        x -> sum(x) / Math.sqrt(300) > 5,
                        1),
                none("X4 normal, p = q, d = 300", 300, 300, SAME));
    }

    /** The scenario whose name begins with a word such as {@code S4}. */
    static Scenario named(String word) {
        List<Scenario> known = new ArrayList<>(all());
        known.addAll(more());
        return known.stream()
                .filter(s -> s.name.startsWith(word + " "))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "scenario must be one of S1 to S16, N1 to N6, X1 to X4, was " + word));
    }

    private static Scenario none(String name, int dimension, int inputs, UnaryOperator<double[]> map) {
        return new Scenario(name, dimension, inputs, inputs, map, map, x -> false, 0);
    }

    /** Reference draws in chains. */
    Draws reference(UniformRandomProvider rng, int chains, int length, double rho) {
        return mapped(AutoregressiveChains.draws(rng, chains, length, inputsP, rho), p);
    }

    /** Independent draws of q. */
    Draws approximation(UniformRandomProvider rng, int size) {
        return mapped(AutoregressiveChains.draws(rng, 1, size, inputsQ, 0), q).withSampling(Sampling.INDEPENDENT);
    }

    private Draws mapped(Draws normal, UnaryOperator<double[]> map) {
        List<Chain> chains = new ArrayList<>();
        double[] point = new double[normal.dimension()];
        for (Chain chain : normal.chains()) {
            double[][] columns = new double[dimension][chain.size()];
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, point);
                double[] x = map.apply(point.clone());
                for (int j = 0; j < columns.length; j++) {
                    columns[j][t] = x[j];
                }
            }
            chains.add(Chain.adopt(columns));
        }
        return Draws.of(AutoregressiveChains.names(dimension), chains, normal.sampling());
    }

    static double normal(double z) {
        return 0.5 * Erfc.value(-z / Math.sqrt(2));
    }

    static double quantile(double probability) {
        return -Math.sqrt(2) * InverseErfc.value(2 * probability);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double sum(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum;
    }

    private static double[] with(double[] x, int j, double value) {
        double[] y = x.clone();
        y[j] = value;
        return y;
    }

    private static double[] scaled(double[] x, int j, double factor) {
        return with(x, j, factor * x[j]);
    }

    private static double[] each(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    /** Multiplies by the Cholesky factor of (1 - r) I + r 11'. */
    private static double[] equicorrelated(double[] z, double r) {
        double[] x = new double[z.length];
        double before = 0;
        for (int j = 0; j < x.length; j++) {
            // given the earlier coordinates, x_j has mean r s / (1 + (j - 1) r) and the matching variance
            double mean = j == 0 ? 0 : r * before / (1 + (j - 1) * r);
            double variance = j == 0 ? 1 : 1 - r * r * j / (1 + (j - 1) * r);
            x[j] = mean + Math.sqrt(variance) * z[j];
            before += x[j];
        }
        return x;
    }

    /** A second mode with weight w, standard deviation sd, at (at, ..., at); the first input picks it. */
    private static double[] mode(double[] z, double w, double sd, double at) {
        double[] x = Arrays.copyOfRange(z, 1, z.length);
        if (z[0] < quantile(w)) {
            for (int j = 0; j < x.length; j++) {
                x[j] = sd * x[j] + at;
            }
        }
        return x;
    }

    private static double[] funnel(double v, double[] z) {
        double scale = Math.exp(v / 2);
        double[] x = each(z, y -> y * scale);
        x[0] = scale;
        return x;
    }

    private static double[] rareJoint(double[] z) {
        double[] x = Arrays.copyOfRange(z, 1, 31);
        if (z[0] < quantile(0.02)) {
            for (int j : new int[] {4, 9, 14}) {
                x[j] = -quantile(normal(-x[j]) * normal(-1.3));
            }
        }
        return x;
    }

    private static double[] atomsAndSimplex(double[] z) {
        double[] x = new double[20];
        for (int j = 0; j < 8; j++) {
            x[j] = z[j] < -0.5 ? 0 : z[20 + j];
        }
        for (int j = 8; j < 14; j++) {
            x[j] = GAMMA_5.applyAsDouble(z[j]);
        }
        for (int j = 14; j < 20; j++) {
            x[j] = GAMMA_3.applyAsDouble(z[j]) + 1e-12;
        }
        return simplex(x, 14, 20);
    }

    private static double[] simplex(double[] x, int from, int to) {
        double sum = 0;
        for (int j = from; j < to; j++) {
            sum += x[j];
        }
        for (int j = from; j < to; j++) {
            x[j] /= sum;
        }
        return x;
    }

    /** Quantile of the gamma law with shape 2 at a normal score, by Newton's method on the upper tail. */
    private static double gamma2(double z) {
        double tail = normal(-z);
        double x = 2;
        for (int i = 0; i < 100; i++) {
            double value = (1 + x) * Math.exp(-x);
            double step = (value - tail) / (x * Math.exp(-x));
            double next = Math.max(x / 8, Math.min(x + step, 8 * x + 1));
            if (Math.abs(next - x) <= 1e-13 * x) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** The quantile function at normal scores, interpolated on a grid of 6001 between -7.5 and 7.5. */
    private static DoubleUnaryOperator tabulated(ContinuousDistribution law) {
        int cells = 6000;
        double[] values = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            double z = -7.5 + 15.0 * i / cells;
            values[i] =
                    z < 0 ? law.inverseCumulativeProbability(normal(z)) : law.inverseSurvivalProbability(normal(-z));
        }
        return z -> {
            double position = Math.min(cells, Math.max(0, (z + 7.5) / 15 * cells));
            int i = Math.min(cells - 1, (int) position);
            return values[i] + (position - i) * (values[i + 1] - values[i]);
        };
    }
}
