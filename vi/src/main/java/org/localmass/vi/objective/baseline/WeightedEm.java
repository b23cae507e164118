package org.localmass.vi.objective.baseline;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.internal.Arguments;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.MixtureScratch;
import org.localmass.vi.family.ScaleForm;

/**
 * The inclusive divergence KL(p||q): maximises \( E_p\log q \) over weighted points of p by expectation maximisation, for
 * normal and Student t components of known nu. Immutable.
 *
 * <p>M step: with responsibilities r, factors \( a = (\nu+d)/(\nu+|y|^2) \) (1 for normal components) and W the points'
 * weights, \( w_k = \sum W r \), \( \mu_k = \sum W r a\,x/\sum W r a \), \( \Sigma_k = \sum W r a (x-\mu)(x-\mu)'/w_k \).
 * With shrinkage a full \( \Sigma_k \) moves towards its diagonal by the share \( (d+2)/(d+2+n_k) \), n_k Kish's size of the
 * component's points, and its diagonal grows by 1e-5 of the points' variances; points that an importance sampler weights
 * are few. A component keeps the weight 1e-6 at least.
 * <br>Source: Peel and McLachlan (2000), Statistics and Computing 10, 339-348.
 */
public final class WeightedEm {
    private static final WeightedEm DEFAULT = new WeightedEm(60, 1e-5, true, 1);
    private static final double FLOOR = 1e-5;
    private static final double LEAST_WEIGHT = 1e-6;

    private final int maxIterations;
    private final double tolerance;
    private final boolean shrinkage;
    private final long seed;

    private WeightedEm(int maxIterations, double tolerance, boolean shrinkage, long seed) {
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
        this.shrinkage = shrinkage;
        this.seed = seed;
    }

    /**
     * The fit.
     *
     * @param q             the mixture
     * @param logLikelihood \( E_p\log q \) of the points, before the last M step
     * @param iterations    M steps
     * @param converged     whether the last gain was below the tolerance
     */
    public record Fit(Mixture q, double logLikelihood, int iterations, boolean converged) {}

    /** At most 60 iterations, to a gain of 1e-5 nats, with shrinkage, seed 1. */
    public static WeightedEm withDefaults() {
        return DEFAULT;
    }

    /** The most iterations. */
    public WeightedEm withMaxIterations(int iterations) {
        return new WeightedEm(Arguments.positive("maxIterations", iterations), tolerance, shrinkage, seed);
    }

    /** The gain in nats below which an iteration is the last. */
    public WeightedEm withTolerance(double gain) {
        return new WeightedEm(maxIterations, Arguments.positive("tolerance", gain), shrinkage, seed);
    }

    /** Whether scale matrices are shrunk and floored. */
    public WeightedEm withShrinkage(boolean shrunk) {
        return new WeightedEm(maxIterations, tolerance, shrunk, seed);
    }

    /** The seed of the first means. */
    public WeightedEm withSeed(long value) {
        return new WeightedEm(maxIterations, tolerance, shrinkage, value);
    }

    /**
     * Fits a family, from means at points that are far from each other (k-means++).
     *
     * @param points     n points of d finite values, not modified
     * @param logWeights n log weights up to a constant; {@code -inf} is a weight of zero
     * @throws IllegalArgumentException if there are no more points than dimensions, or no positive weight
     */
    public Fit fit(Family family, double[][] points, double[] logWeights) {
        double[] weights = normalised(points, logWeights);
        int d = points[0].length;
        double[] mean = new double[d];
        double[] variance = new double[d];
        moments(points, weights, mean, variance);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int components = family.components();
        double[][] means = new double[components][];
        double[] far = weights.clone();
        double[] distance = new double[points.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        for (int k = 0; k < components; k++) {
            means[k] = points[pick(far, random)].clone();
            for (int i = 0; i < points.length; i++) {
                double square = 0;
                for (int j = 0; j < d; j++) {
                    double gap = points[i][j] - means[k][j];
                    square += gap * gap / variance[j];
                }
                distance[i] = Math.min(distance[i], square);
                far[i] = weights[i] * distance[i];
            }
        }
        double[] shares = new double[components];
        Arrays.fill(shares, 1.0 / components);
        double[][][] scales = new double[components][d][d];
        for (double[][] scale : scales) {
            for (int j = 0; j < d; j++) {
                scale[j][j] = 0.49 * variance[j];
            }
        }
        return run(Mixture.of(family, shares, means, scales), points, weights, variance);
    }

    /** Fits from a member of a family. */
    public Fit fit(Mixture start, double[][] points, double[] logWeights) {
        double[] weights = normalised(points, logWeights);
        Arguments.sameDimension(start.dimension(), points[0].length);
        double[] variance = new double[start.dimension()];
        moments(points, weights, new double[variance.length], variance);
        return run(start, points, weights, variance);
    }

    private static double[] normalised(double[][] points, double[] logWeights) {
        if (points.length != logWeights.length) {
            throw new IllegalArgumentException(
                    "logWeights must number " + points.length + ", was " + logWeights.length);
        }
        if (points.length == 0 || points.length <= points[0].length) {
            throw new IllegalArgumentException("points must outnumber their dimensions, was " + points.length);
        }
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points.length; i++) {
            Arguments.sameDimension(points[0].length, points[i].length);
            if (Double.isNaN(logWeights[i]) || logWeights[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "logWeights[" + i + "] must be finite or -Infinity, was " + logWeights[i]);
            }
            top = Math.max(top, logWeights[i]);
        }
        if (top == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("logWeights must hold a positive weight, all are zero");
        }
        double[] weights = new double[points.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(logWeights[i] - top);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static void moments(double[][] points, double[] weights, double[] mean, double[] variance) {
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += weights[i] * points[i][j];
            }
        }
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                double gap = points[i][j] - mean[j];
                variance[j] += weights[i] * gap * gap;
            }
        }
        for (int j = 0; j < mean.length; j++) {
            variance[j] = Math.max(variance[j], 1e-300);
        }
    }

    private static int pick(double[] weights, UniformRandomProvider random) {
        double sum = 0;
        for (double w : weights) {
            sum += w;
        }
        double u = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            u -= weights[i];
            if (u < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    private Fit run(Mixture start, double[][] points, double[] weights, double[] variance) {
        Family family = start.family();
        int d = start.dimension();
        int n = points.length;
        int components = family.components();
        double[][] shares = new double[components][n];
        double[] w = new double[components];
        double[][] means = new double[components][];
        double[][][] scales = new double[components][][];
        for (int k = 0; k < components; k++) {
            means[k] = start.mean(k);
            scales[k] = start.scaleMatrix(k);
        }
        double[][] factors = new double[components][n];
        Mixture q = start;
        double last = Double.NEGATIVE_INFINITY;
        int iteration = 0;
        boolean converged = false;
        while (true) {
            double likelihood = expect(q, points, weights, shares, factors);
            converged = iteration > 0 && likelihood - last < tolerance;
            if (converged || iteration == maxIterations) {
                return new Fit(q, likelihood, iteration, converged);
            }
            last = likelihood;
            iteration++;
            double total = 0;
            for (int k = 0; k < components; k++) {
                double sum =
                        maximise(family.form(), points, weights, shares[k], factors[k], variance, means[k], scales[k]);
                w[k] = Math.max(sum, LEAST_WEIGHT);
                total += w[k];
            }
            for (int k = 0; k < components; k++) {
                w[k] /= total;
            }
            q = Mixture.of(family, w, means, scales);
        }
    }

    /** Sets responsibilities and factors; returns the log likelihood. */
    private static double expect(
            Mixture q, double[][] points, double[] weights, double[][] shares, double[][] factors) {
        MixtureScratch scratch = q.scratch();
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            if (weights[i] > 0) {
                sum += weights[i] * q.logDensity(points[i], scratch);
                for (int k = 0; k < shares.length; k++) {
                    shares[k][i] = scratch.share(k);
                }
            }
        }
        int d = q.dimension();
        for (int k = 0; k < factors.length; k++) {
            if (q.family().isNormal(k)) {
                Arrays.fill(factors[k], 1);
                continue;
            }
            // 1 + |y|^2/nu = (N(mean) / N(x))^(2/(nu+d))
            double nu = q.family().nu(k);
            Mixture component = q.component(k);
            MixtureScratch own = component.scratch();
            double top = component.logDensity(q.mean(k), own);
            for (int i = 0; i < points.length; i++) {
                double gap = component.logDensity(points[i], own) - top;
                factors[k][i] = (nu + d) / nu * Math.exp(2 * gap / (nu + d));
            }
        }
        return sum;
    }

    /** Sets mean and scale matrix of a component; returns its weight. */
    private double maximise(
            ScaleForm form,
            double[][] points,
            double[] weights,
            double[] shares,
            double[] factors,
            double[] variance,
            double[] mean,
            double[][] scale) {
        int d = mean.length;
        double sum = 0;
        double squares = 0;
        double factorSum = 0;
        double[] centre = new double[d];
        for (int i = 0; i < points.length; i++) {
            double r = weights[i] * shares[i];
            if (r > 0) {
                sum += r;
                squares += r * r;
                factorSum += r * factors[i];
                for (int j = 0; j < d; j++) {
                    centre[j] += r * factors[i] * points[i][j];
                }
            }
        }
        if (!(factorSum > 0)) {
            // no point belongs to it: it stays where it is
            return 0;
        }
        boolean full = form != ScaleForm.MEAN_FIELD;
        double[][] moment = new double[d][d];
        for (int j = 0; j < d; j++) {
            mean[j] = centre[j] / factorSum;
        }
        for (int i = 0; i < points.length; i++) {
            double r = weights[i] * shares[i] * factors[i];
            if (r > 0) {
                for (int j = 0; j < d; j++) {
                    centre[j] = points[i][j] - mean[j];
                }
                for (int j = 0; j < d; j++) {
                    for (int l = full ? 0 : j; l <= j; l++) {
                        moment[j][l] += r * centre[j] * centre[l];
                    }
                }
            }
        }
        double keep = shrinkage ? 1 - (d + 2) / (d + 2 + sum * sum / squares) : 1;
        for (int j = 0; j < d; j++) {
            for (int l = 0; l < j; l++) {
                scale[j][l] = keep * moment[j][l] / sum;
                scale[l][j] = scale[j][l];
            }
            scale[j][j] = moment[j][j] / sum + (shrinkage ? FLOOR * variance[j] : 0);
        }
        return sum;
    }
}
