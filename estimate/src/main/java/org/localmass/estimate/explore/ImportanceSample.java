package org.localmass.estimate.explore;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;

/** Draws of a mixture of maps that was fixed before they were made, with their weights p/q. */
final class ImportanceSample {
    /** Draws that share a stream: the unit of parallel work. */
    static final int BLOCK = 500;

    private final int dimension;
    private final double[] points;
    private final double[] logTarget;
    private final double[] logWeights;
    /** Sum 1. */
    private final double[] weights;

    private final double logZ;
    private final double logError;
    private final double effective;
    private final double kHat;

    private ImportanceSample(int dimension, double[] points, double[] logTarget, double[] logWeights) {
        this.dimension = dimension;
        this.points = points;
        this.logTarget = logTarget;
        this.logWeights = logWeights;
        int n = logWeights.length;
        this.weights = new double[n];
        double most = Double.NEGATIVE_INFINITY;
        for (double w : logWeights) {
            most = Math.max(most, w);
        }
        if (!(most > Double.NEGATIVE_INFINITY)) {
            logZ = Double.NEGATIVE_INFINITY;
            logError = Double.POSITIVE_INFINITY;
            effective = 0;
            kHat = Double.POSITIVE_INFINITY;
            return;
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            weights[i] = Math.exp(logWeights[i] - most);
            sum += weights[i];
            squares += weights[i] * weights[i];
        }
        for (int i = 0; i < n; i++) {
            weights[i] /= sum;
        }
        logZ = most + Math.log(sum / n);
        effective = sum * sum / squares;
        logError = Math.sqrt(Math.max(0, 1 / effective - 1.0 / n));
        kHat = MultiStart.kHat(ParetoSmoothing.of(logWeights).diagnostic());
    }

    /** Draws n points, in blocks of {@link #BLOCK} with a stream each. */
    static ImportanceSample of(MapMixture mixture, Evaluator evaluator, Streams streams, int stage, int n) {
        int d = mixture.dimension();
        double[] points = new double[n * d];
        double[] logTarget = new double[n];
        double[] logWeights = new double[n];
        evaluator.map((n + BLOCK - 1) / BLOCK, (density, block) -> {
            UniformRandomProvider random = streams.of(stage, block);
            MapScratch scratch = new MapScratch(d);
            double[] z = new double[d];
            double[] x = new double[d];
            double[] shares = new double[mixture.components()];
            for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
                mixture.sample(random, z, x, scratch);
                System.arraycopy(x, 0, points, i * d, d);
                double base = mixture.logDensity(x, shares, scratch);
                logTarget[i] = density.value(x, 0);
                double weight = logTarget[i] - base;
                // a draw so far out that q underflows has no weight that a number could hold
                logWeights[i] =
                        Double.isNaN(weight) || weight == Double.POSITIVE_INFINITY ? Double.NEGATIVE_INFINITY : weight;
            }
            return block;
        });
        return new ImportanceSample(d, points, logTarget, logWeights);
    }

    int size() {
        return weights.length;
    }

    double[] points() {
        return points;
    }

    double[] logTarget() {
        return logTarget;
    }

    double[] logWeights() {
        return logWeights;
    }

    double weight(int i) {
        return weights[i];
    }

    double logZ() {
        return logZ;
    }

    double logError() {
        return logError;
    }

    double effective() {
        return effective;
    }

    double kHat() {
        return kHat;
    }

    /** Self-normalised share of a region with its delta-method error; no interval. */
    Share share(Inside region) {
        double sum = 0;
        double inside = 0;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            double square = weights[i] * weights[i];
            squares += square;
            if (region.test(points, i * dimension)) {
                sum += weights[i];
                inside += square;
            }
        }
        double error = Math.sqrt(inside * (1 - 2 * sum) + squares * sum * sum);
        return new Share(sum, error, Math.max(0, sum - 1.96 * error), Math.min(1, sum + 1.96 * error));
    }

    /** The share of a region and what its weights are worth on either side of its border. */
    record Local(Share share, double effective, double kHat) {}

    /** The share of a region, the smaller effective size of the two sides, and k-hat of the side with fewer draws. */
    Local local(Inside region) {
        int n = weights.length;
        boolean[] in = new boolean[n];
        int hits = 0;
        double[] sums = new double[2];
        double[] squares = new double[2];
        for (int i = 0; i < n; i++) {
            in[i] = region.test(points, i * dimension);
            int side = in[i] ? 1 : 0;
            hits += side;
            sums[side] += weights[i];
            squares[side] += weights[i] * weights[i];
        }
        double worth = Double.POSITIVE_INFINITY;
        for (int side = 0; side < 2; side++) {
            worth = Math.min(worth, squares[side] > 0 ? sums[side] * sums[side] / squares[side] : 0);
        }
        double k = Double.POSITIVE_INFINITY;
        if (worth > 0) {
            boolean few = 2 * hits <= n;
            double[] side = new double[few ? hits : n - hits];
            int count = 0;
            for (int i = 0; i < n; i++) {
                if (in[i] == few) {
                    side[count++] = logWeights[i];
                }
            }
            ParetoDiagnostic diagnostic = ParetoSmoothing.of(side).diagnostic();
            k = MultiStart.kHat(diagnostic);
        }
        return new Local(share(region), worth, k);
    }

    /**
     * Log of the mean of the weights over the region: an unbiased estimate of its unnormalised mass, in logs.
     */
    double logMass(Inside region) {
        return logZ + Math.log(share(region).estimate());
    }

    /** Indices of n draws, resampled systematically by weight. */
    int[] resampled(UniformRandomProvider random, int n) {
        int[] chosen = new int[n];
        Arrays.fill(chosen, weights.length - 1);
        double offset = random.nextDouble();
        double sum = 0;
        int place = 0;
        for (int i = 0; i < weights.length && place < n; i++) {
            sum += weights[i];
            while (place < n && (offset + place) / n < sum) {
                chosen[place++] = i;
            }
        }
        return chosen;
    }
}
