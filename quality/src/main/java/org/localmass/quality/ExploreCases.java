package org.localmass.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;

/** Targets of the study of the referee, each with an approximation that misses a region, and what is required there. */
final class ExploreCases {
    /** Added to log p, so that log Z is not known by accident. */
    static final double OFFSET = 3.7;

    private ExploreCases() {}

    /**
     * A target.
     *
     * @param name        short
     * @param model       the model's text
     * @param region      in words
     * @param inside      the region that the approximation misses
     * @param mean        of the approximation's coordinates, in turn
     * @param deviation   of the approximation's coordinates, in turn
     * @param correlation of any two of them
     * @param truth       mass of the region; NaN to take it from exact draws
     * @param logZ        of the model; NaN to ask it
     * @param within      required relative error of the estimate
     * @param logError    required error of log Z
     * @param halfWidth   required half-width
     * @param evaluations required, millions
     */
    record Case(
            String name,
            String model,
            String region,
            Predicate<double[]> inside,
            double[] mean,
            double[] deviation,
            double correlation,
            double truth,
            double logZ,
            double within,
            double logError,
            double halfWidth,
            double evaluations) {
        Model build() {
            return Models.of(model);
        }

        /** log p + 3.7. */
        LogDensity.Differentiable target(LogDensity.Differentiable density) {
            return new LogDensity.Differentiable() {
                @Override
                public int dimension() {
                    return density.dimension();
                }

                @Override
                public double value(double[] point) {
                    return density.value(point) + OFFSET;
                }

                @Override
                public double value(double[] point, double[] gradient) {
                    return density.value(point, gradient) + OFFSET;
                }
            };
        }

        Draws approximation(int dimension, int size, long seed) {
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double[][] columns = new double[dimension][size];
            List<String> names = new ArrayList<>();
            for (int j = 0; j < dimension; j++) {
                names.add("x" + (j + 1));
            }
            for (int i = 0; i < size; i++) {
                double common = Math.sqrt(correlation) * gaussian.sample();
                for (int j = 0; j < dimension; j++) {
                    double z = common + Math.sqrt(1 - correlation) * gaussian.sample();
                    columns[j][i] = mean[j % mean.length] + deviation[j % deviation.length] * z;
                }
            }
            return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
        }
    }

    private static double sum(double[] x) {
        return Arrays.stream(x).sum();
    }

    private static double[] first(int d, double first, double others) {
        double[] values = new double[d];
        Arrays.fill(values, others);
        values[0] = first;
        return values;
    }

    /** Squared Mahalanobis distance at correlation 1/2. */
    private static double distance(double[] x) {
        int d = x.length;
        double square = 0;
        for (double v : x) {
            square += v * v;
        }
        double sum = sum(x);
        return 2 * (square - sum * sum / (d + 1));
    }

    private static Case funnel(int d, double within, double logError, double halfWidth, double evaluations) {
        return new Case(
                "funnel d=" + d,
                "funnel(d=" + d + ")",
                "x1 < -3",
                x -> x[0] < -3,
                first(d, 1, 0),
                first(d, 1.5, 1.6),
                0,
                0.15865525,
                Double.NaN,
                within,
                logError,
                halfWidth,
                evaluations);
    }

    private static Case far(int d, double within, double logError, double halfWidth, double evaluations) {
        return new Case(
                "far mode d=" + d,
                "far3(d=" + d + ")",
                "sum x > 5 sqrt(d)",
                x -> sum(x) > 5 * Math.sqrt(x.length),
                new double[] {0},
                new double[] {1},
                0,
                0.03,
                Double.NaN,
                within,
                logError,
                halfWidth,
                evaluations);
    }

    /** The targets in the order of the table. */
    static List<Case> all() {
        double share = Math.sqrt(2 / Math.PI);
        double variance = Math.log(1 + (1 - share * share) / (share * share));
        double root = Math.sqrt(10);
        return List.of(
                funnel(10, 0.12, 0.05, 0.025, 2.4),
                funnel(30, 0.15, 0.06, 0.03, 3.2),
                new Case(
                        "eight schools",
                        "eight_schools",
                        "log tau < -0.5",
                        x -> x[1] < -0.5,
                        new double[] {4.4, 1.3, 7.5, 5.2, 3.5, 5, 3.2, 4, 7.6, 5.2},
                        new double[] {3.2, 0.55, 4.2, 4.2, 4.2, 4.2, 4.2, 4.2, 4.2, 4.2},
                        0,
                        Double.NaN,
                        Double.NaN,
                        0.15,
                        0.05,
                        0.03,
                        2),
                new Case(
                        "horseshoe logistic",
                        "horseshoe_logit",
                        "log tau < -2.3",
                        x -> x[1] < -2.3,
                        HORSESHOE_MEAN,
                        HORSESHOE_DEVIATION,
                        0,
                        0.0823,
                        -36.69449816889954,
                        0.20,
                        0.08,
                        0.02,
                        4),
                far(10, 0.15, 0.03, 0.006, 1.1),
                far(50, 0.20, 0.05, 0.01, 1.8),
                new Case(
                        "narrow mode d=10",
                        "narrow(d=10)",
                        "sum x > 3 sqrt(10)",
                        x -> sum(x) > 3 * root,
                        new double[] {0},
                        new double[] {1},
                        0,
                        0.10121491,
                        Double.NaN,
                        0.10,
                        0.05,
                        0.015,
                        1.2),
                new Case(
                        "banana d=4",
                        "banana(sd=1, bend=" + 0.8 / Math.sqrt(2) + ", width=0.6, others=2)",
                        "abs(x1) > 1.8",
                        x -> Math.abs(x[0]) > 1.8,
                        new double[] {0},
                        new double[] {0.7, 0.7, 1, 1},
                        0,
                        0.07186064,
                        Double.NaN,
                        0.12,
                        0.03,
                        0.012,
                        1),
                new Case(
                        "bananas and normal d=10",
                        "banmix",
                        "-(x2 + x4 + ...)/sqrt(5) > 7",
                        x -> -(x[1] + x[3] + x[5] + x[7] + x[9]) / Math.sqrt(5) > 7,
                        new double[] {0},
                        new double[] {1.6, 1.2},
                        0,
                        Double.NaN,
                        Double.NaN,
                        0.25,
                        0.05,
                        0.012,
                        2.5),
                new Case(
                        "student nu=3 d=5",
                        "student(d=5, nu=3)",
                        "Mahalanobis^2 > 25",
                        x -> distance(x) > 25,
                        new double[] {0},
                        new double[] {1.2},
                        0.5,
                        0.10781638,
                        Double.NaN,
                        0.08,
                        0.03,
                        0.01,
                        1),
                new Case(
                        "boundary d=5",
                        "boundary(d=5)",
                        "x1 < log 0.15",
                        x -> x[0] < Math.log(0.15),
                        first(5, Math.log(share) - 0.5 * variance, 0),
                        first(5, Math.sqrt(variance), 1),
                        0,
                        0.11923538,
                        Double.NaN,
                        0.10,
                        0.03,
                        0.015,
                        1),
                new Case(
                        "20 modes d=2",
                        "mix20",
                        "x1 > 5",
                        x -> x[0] > 5,
                        new double[] {2.5, 5},
                        new double[] {1.3, 2.8},
                        0,
                        Double.NaN,
                        Double.NaN,
                        0.05,
                        0.03,
                        0.015,
                        2),
                new Case(
                        "ring d=2",
                        "ring",
                        "x1 < -2",
                        x -> x[0] < -2,
                        new double[] {4, 0},
                        new double[] {1, 2},
                        0,
                        Double.NaN,
                        Double.NaN,
                        0.05,
                        0.03,
                        0.015,
                        1.6));
    }

    /** Means and 0.7 standard deviations of the posterior, from a long run of Hamiltonian Monte Carlo. */
    private static final double[] HORSESHOE_MEAN = {
        0.238, -1.104, 1.192, -0.629, -0.148, -0.062, -0.18, 0.403, 1.692, -0.013, -0.63, -0.699, -0.644, -0.394
    };

    private static final double[] HORSESHOE_DEVIATION = {
        0.245, 0.591, 0.440, 0.559, 0.578, 0.570, 0.572, 0.573, 0.716, 0.900, 0.925, 0.923, 0.925, 0.918
    };
}
