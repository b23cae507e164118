package org.localmass.vi.optimizer;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.MixtureScratch;
import org.localmass.vi.family.ScaleForm;
import org.localmass.vi.objective.Blocks;
import org.localmass.vi.objective.Reference;

/**
 * Weighted expectation-maximisation of \( E_{ref}\log q \) over mixtures of normal or t laws, the inclusive divergence to
 * a weighted reference. Covariances are shrunk to their diagonals by \( (d+2)/(d+2+n_{eff}) \) and lifted a little, so
 * that no component collapses. Immutable.
 */
public final class WeightedEm {
    private static final WeightedEm DEFAULT = new WeightedEm(60, 1, 1);
    private static final double FLOOR = 1e-5;
    private static final double LEAST_WEIGHT = 1e-6;
    private static final double TOLERANCE = 1e-5;
    private static final double START_WIDTH = 0.7;

    private static final int BLOCK = 256;

    private final int iterations;
    private final int restarts;
    private final int threads;

    private WeightedEm(int iterations, int restarts, int threads) {
        this.iterations = iterations;
        this.restarts = restarts;
        this.threads = threads;
    }

    /** 60 iterations at most, or until the mean log density gains less than 1e-5. */
    public static WeightedEm withDefaults() {
        return DEFAULT;
    }

    /** The most iterations. */
    public WeightedEm withMaxIterations(int count) {
        return new WeightedEm(Arguments.positive("iterations", count), restarts, threads);
    }

    /** Starts of {@link #fit(Family, Reference, long)}, of which the one with the best mean log density is kept. */
    public WeightedEm withStarts(int count) {
        return new WeightedEm(iterations, Arguments.positive("starts", count), threads);
    }

    /** The number of threads; the result does not depend on it. */
    public WeightedEm withThreads(int count) {
        return new WeightedEm(iterations, restarts, Arguments.positive("threads", count));
    }

    /** Fits from means drawn apart from each other (k-means++), all components 0.7 times as wide as the reference. */
    public Mixture fit(Family family, Reference reference, long seed) {
        Mixture best = fitOnce(family, reference, seed);
        double most = meanLogDensity(best, reference);
        for (int i = 1; i < restarts; i++) {
            Mixture next = fitOnce(family, reference, seed + 0x9e3779b97f4a7c15L * i);
            double mean = meanLogDensity(next, reference);
            if (mean > most) {
                best = next;
                most = mean;
            }
        }
        return best;
    }

    /** The mean of log q over a reference, which the fit maximises, in nats. */
    public static double meanLogDensity(Mixture q, Reference reference) {
        MixtureScratch scratch = q.scratch();
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            sum += reference.weight(i) == 0 ? 0 : reference.weight(i) * q.logDensity(reference.point(i), scratch);
        }
        return sum;
    }

    private Mixture fitOnce(Family family, Reference reference, long seed) {
        int components = family.components();
        int d = reference.dimension();
        double[] variances = variances(reference);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int n = reference.size();
        double[] chances = new double[n];
        double[] nearest = new double[n];
        Arrays.fill(nearest, 1);
        double[][] means = new double[components][];
        double[][][] scales = new double[components][d][d];
        for (int k = 0; k < components; k++) {
            double total = 0;
            for (int i = 0; i < n; i++) {
                chances[i] = reference.weight(i) * nearest[i];
                total += chances[i];
            }
            double u = random.nextDouble() * total;
            int chosen = 0;
            while (chosen < n - 1 && u >= chances[chosen]) {
                u -= chances[chosen++];
            }
            means[k] = reference.point(chosen).clone();
            for (int i = 0; i < n; i++) {
                double square = 0;
                for (int j = 0; j < d; j++) {
                    double gap = reference.point(i)[j] - means[k][j];
                    square += gap * gap / variances[j];
                }
                nearest[i] = k == 0 ? square : Math.min(nearest[i], square);
            }
            for (int j = 0; j < d; j++) {
                scales[k][j][j] = START_WIDTH * START_WIDTH * variances[j];
            }
        }
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        return fit(Mixture.of(family, weights, means, scales), reference);
    }

    private static double[] variances(Reference reference) {
        int d = reference.dimension();
        double[] mean = new double[d];
        double[] variance = new double[d];
        for (int i = 0; i < reference.size(); i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += reference.weight(i) * reference.point(i)[j];
            }
        }
        for (int i = 0; i < reference.size(); i++) {
            for (int j = 0; j < d; j++) {
                double gap = reference.point(i)[j] - mean[j];
                variance[j] += reference.weight(i) * gap * gap;
            }
        }
        for (int j = 0; j < d; j++) {
            variance[j] = Math.max(variance[j], 1e-12);
        }
        return variance;
    }

    /** Fits from a start. */
    public Mixture fit(Mixture start, Reference reference) {
        Arguments.sameDimension(start.dimension(), reference.dimension());
        Family family = start.family();
        int components = family.components();
        int d = start.dimension();
        int n = reference.size();
        boolean diagonal = family.form() == ScaleForm.MEAN_FIELD;
        double[] variances = variances(reference);
        Mixture q = start;
        double last = Double.NEGATIVE_INFINITY;
        double[][] shares = new double[components][n];
        double[][] factors = new double[components][n];
        double[] gains = new double[n];
        for (int iteration = 0; iteration < iterations; iteration++) {
            Mixture now = q;
            Blocks.run((n + BLOCK - 1) / BLOCK, threads, b -> {
                MixtureScratch scratch = now.scratch();
                for (int i = b * BLOCK; i < Math.min(n, (b + 1) * BLOCK); i++) {
                    double log = now.logDensity(reference.point(i), scratch);
                    gains[i] = reference.weight(i) == 0 ? 0 : reference.weight(i) * log;
                    for (int k = 0; k < components; k++) {
                        shares[k][i] = reference.weight(i) * scratch.share(k);
                        factors[k][i] = scratch.factor(k);
                    }
                }
            });
            double gain = 0;
            for (double g : gains) {
                gain += g;
            }
            if (iteration > 5 && gain - last < TOLERANCE) {
                break;
            }
            last = gain;
            double[] weights = new double[components];
            double[][] means = new double[components][d];
            double[][][] scales = new double[components][d][d];
            Blocks.run(components, threads, k -> {
                maximise(reference, shares[k], factors[k], diagonal, variances, means[k], scales[k]);
                double total = 0;
                for (double share : shares[k]) {
                    total += share;
                }
                weights[k] = Math.max(total, LEAST_WEIGHT);
                if (total == 0) {
                    means[k] = now.mean(k);
                    scales[k] = now.scaleMatrix(k);
                }
            });
            q = Mixture.of(family, weights, means, scales);
        }
        return q;
    }

    private static void maximise(
            Reference reference,
            double[] shares,
            double[] factors,
            boolean diagonal,
            double[] variances,
            double[] mean,
            double[][] scale) {
        int d = mean.length;
        int n = shares.length;
        double total = 0;
        double squares = 0;
        double pull = 0;
        for (int i = 0; i < n; i++) {
            total += shares[i];
            squares += shares[i] * shares[i];
            double a = shares[i] * factors[i];
            pull += a;
            if (a != 0) {
                for (int j = 0; j < d; j++) {
                    mean[j] += a * reference.point(i)[j];
                }
            }
        }
        if (total == 0) {
            return;
        }
        for (int j = 0; j < d; j++) {
            mean[j] /= pull;
        }
        double[] gap = new double[d];
        for (int i = 0; i < n; i++) {
            double a = shares[i] * factors[i] / total;
            if (a == 0) {
                continue;
            }
            for (int j = 0; j < d; j++) {
                gap[j] = reference.point(i)[j] - mean[j];
                if (diagonal) {
                    scale[j][j] += a * gap[j] * gap[j];
                } else {
                    for (int m = 0; m <= j; m++) {
                        scale[j][m] += a * gap[j] * gap[m];
                    }
                }
            }
        }
        double effective = total * total / squares;
        double shrink = (d + 2) / (d + 2 + effective);
        for (int j = 0; j < d; j++) {
            for (int m = 0; m < j; m++) {
                scale[j][m] *= 1 - shrink;
                scale[m][j] = scale[j][m];
            }
            scale[j][j] += (FLOOR + (diagonal ? 0 : 10 * FLOOR * shrink)) * variances[j];
        }
    }

    /** The best weights for the components as they are: a convex problem. */
    public Mixture weights(Mixture q, Reference reference) {
        int components = q.components();
        int n = reference.size();
        double[][] logs = new double[components][];
        for (int k = 0; k < components; k++) {
            double[][] points = new double[n][];
            for (int i = 0; i < n; i++) {
                points[i] = reference.point(i);
            }
            logs[k] = q.component(k).logDensities(points);
        }
        double[] weights = q.weights();
        double[] terms = new double[components];
        for (int iteration = 0; iteration < 200; iteration++) {
            double[] next = new double[components];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < components; k++) {
                    terms[k] = logs[k][i] + Math.log(weights[k]);
                }
                double sum = LogSum.of(terms, components);
                for (int k = 0; k < components; k++) {
                    next[k] += reference.weight(i) * Math.exp(terms[k] - sum);
                }
            }
            double change = 0;
            for (int k = 0; k < components; k++) {
                change = Math.max(change, Math.abs(next[k] - weights[k]));
                weights[k] = Math.max(next[k], 1e-12);
            }
            if (change < 1e-7) {
                break;
            }
        }
        return q.withWeights(weights);
    }
}
