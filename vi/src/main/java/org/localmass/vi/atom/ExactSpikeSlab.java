package org.localmass.vi.atom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.index.MassIndex;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.Compositions;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.Norm;

/**
 * The exact posterior of a spike-and-slab regression with at most 20 coefficients: all \( 2^p \) subsets are
 * enumerated. Immutable.
 *
 * <p>Cost: \( 2^p \) steps of at most p^2 operations for log Z and a marginal, p^3 for the moments; \( 2^p \) numbers are
 * kept, a marginal keeps \( 2^{p-1} \) normal laws.
 * <br>Accuracy: relative error of masses below 1e-12 for well conditioned designs.
 */
public final class ExactSpikeSlab {
    /** The most coefficients that are enumerated. */
    public static final int MOST_COEFFICIENTS = 20;

    private final SpikeSlabRegression model;
    private final double logEvidence;
    /** Log posterior probabilities of the subsets, by their bits. */
    private final double[] logWeights;

    private final double[] logInclusion;
    private final double[] logAtom;
    private final double[] mean;
    private final double[] variance;

    private ExactSpikeSlab(SpikeSlabRegression model) {
        this.model = model;
        int p = model.dimension();
        double[] logs = new double[1 << p];
        new SubsetWalk(model).all(subset -> logs[subset.mask()] = subset.logJoint());
        this.logEvidence = LogSum.of(logs, logs.length);
        for (int i = 0; i < logs.length; i++) {
            logs[i] -= logEvidence;
        }
        this.logWeights = logs;
        this.logInclusion = new double[p];
        this.logAtom = new double[p];
        double[] part = new double[logs.length / 2];
        for (int j = 0; j < p; j++) {
            logAtom[j] = Math.min(0, side(j, 0, part));
            logInclusion[j] = Math.min(0, side(j, 1, part));
        }
        this.mean = new double[p];
        this.variance = new double[p];
        moments();
    }

    /**
     * Enumerates the subsets.
     *
     * @throws IllegalArgumentException if there are more than 20 coefficients
     */
    public static ExactSpikeSlab of(SpikeSlabRegression model) {
        if (model.dimension() > MOST_COEFFICIENTS) {
            throw new IllegalArgumentException(
                    "number of coefficients must be at most " + MOST_COEFFICIENTS + ", was " + model.dimension());
        }
        return new ExactSpikeSlab(model);
    }

    private double side(int j, int bit, double[] part) {
        int n = 0;
        for (int subset = 0; subset < logWeights.length; subset++) {
            if ((subset >> j & 1) == bit) {
                part[n++] = logWeights[subset];
            }
        }
        return LogSum.of(part, n);
    }

    private void moments() {
        int p = mean.length;
        double[] unit = new double[p];
        double[] u = new double[p];
        double[] second = new double[p];
        new SubsetWalk(model).all(subset -> {
            double weight = Math.exp(logWeights[subset.mask()]);
            if (weight == 0) {
                return;
            }
            for (int i = 0; i < subset.size(); i++) {
                int j = subset.member(i);
                unit[j] = 1;
                double m = subset.project(unit, u);
                unit[j] = 0;
                mean[j] += weight * m;
                second[j] += weight * (m * m + square(u, subset.size()));
            }
        });
        for (int j = 0; j < p; j++) {
            variance[j] = second[j] - mean[j] * mean[j];
        }
    }

    private static double square(double[] u, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += u[i] * u[i];
        }
        return sum;
    }

    /** Number p of coefficients. */
    public int dimension() {
        return mean.length;
    }

    /** log Z, the log marginal likelihood of the data, in nats. */
    public double logEvidence() {
        return logEvidence;
    }

    /** \( p(\beta_j \ne 0 \mid y) \). */
    public double inclusion(int j) {
        return Math.exp(logInclusion[j]);
    }

    /** Log of \( p(\beta_j = 0 \mid y) \), to full relative accuracy. */
    public double logAtomMass(int j) {
        return logAtom[j];
    }

    /** Log posterior probability that exactly these coefficients are not zero. */
    public double logProbability(boolean[] included) {
        Arguments.sameDimension(mean.length, included.length);
        int subset = 0;
        for (int j = 0; j < included.length; j++) {
            subset |= included[j] ? 1 << j : 0;
        }
        return logWeights[subset];
    }

    /** Posterior mean of a coefficient. */
    public double mean(int j) {
        return mean[j];
    }

    /** Posterior variance of a coefficient. */
    public double variance(int j) {
        return variance[j];
    }

    /**
     * The law of one coefficient: the atom at 0 and \( 2^{p-1} \) normal laws; subsets whose probability underflows are
     * left out.
     */
    public Univariate marginal(int j) {
        List<Univariate> parts = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double atom = Math.exp(logAtom[j]);
        if (atom > 0) {
            parts.add(Compositions.point(0));
            weights.add(atom);
        }
        double[] unit = new double[mean.length];
        double[] u = new double[mean.length];
        unit[j] = 1;
        new SubsetWalk(model).all(subset -> {
            double weight = Math.exp(logWeights[subset.mask()]);
            if (weight > 0 && (subset.mask() >> j & 1) == 1) {
                double centre = subset.project(unit, u);
                parts.add(Distributions.normal(centre, Math.sqrt(square(u, subset.size()))));
                weights.add(weight);
            }
        });
        double[] w = weights.stream().mapToDouble(Double::doubleValue).toArray();
        double sum = Arrays.stream(w).sum();
        for (int i = 0; i < w.length; i++) {
            w[i] /= sum;
        }
        return parts.size() == 1 ? parts.get(0) : Compositions.univariateMixture(parts, w);
    }

    /** The normal law with the mean and variance of a coefficient: what a density without atoms makes of it. */
    public Univariate gaussian(int j) {
        return Distributions.normal(mean[j], Math.sqrt(variance[j]));
    }

    /**
     * Log of the mass of the half-space {@code a . beta <= c}.
     *
     * @param normal a, p finite values
     * @param offset c, finite
     */
    public double logHalfSpaceMass(double[] normal, double offset) {
        Arguments.sameDimension(mean.length, normal.length);
        Arguments.finite("normal", normal);
        Arguments.finite("offset", offset);
        double[] logs = new double[logWeights.length];
        double[] u = new double[mean.length];
        Univariate standard = Distributions.normal(0, 1);
        new SubsetWalk(model).all(subset -> {
            double centre = subset.project(normal, u);
            double square = square(u, subset.size());
            logs[subset.mask()] = logWeights[subset.mask()]
                    + (square > 0
                            ? standard.logLower((offset - centre) / Math.sqrt(square))
                            : offset >= 0 ? 0 : Double.NEGATIVE_INFINITY);
        });
        return LogSum.of(logs, logs.length);
    }

    /**
     * The exact local law at a point, in Euclidean balls: kappa is the number k of coordinates that are not 0, C the
     * probability that exactly these are not zero times their density times the volume of the unit ball in k dimensions.
     */
    public LocalLaw localLaw(double[] point) {
        Arguments.sameDimension(mean.length, point.length);
        Arguments.finite("point", point);
        int subset = 0;
        for (int j = 0; j < point.length; j++) {
            subset |= point[j] != 0 ? 1 << j : 0;
        }
        if (subset == 0) {
            return LocalLaw.atom(Math.max(Math.exp(logWeights[0]), Double.MIN_VALUE));
        }
        SubsetWalk walk = new SubsetWalk(model);
        walk.only(subset);
        return LocalLaw.ofDensity(walk.logDensity(point), walk.size(), Norm.l2())
                .withLogWeight(logWeights[subset]);
    }

    /** The exact Mass Index at a point, in Euclidean balls. */
    public MassIndex massIndex(double[] point) {
        return MassIndex.of(localLaw(point), mean.length);
    }

    /** Independent draws, with names {@code beta[1]}, ...; a coefficient that is off is exactly 0. */
    public Draws draws(int count, long seed) {
        Arguments.positive("count", count);
        int p = mean.length;
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] cumulative = new double[logWeights.length];
        double sum = 0;
        for (int subset = 0; subset < cumulative.length; subset++) {
            sum += Math.exp(logWeights[subset]);
            cumulative[subset] = sum;
        }
        SubsetWalk walk = new SubsetWalk(model);
        double[] noise = new double[p];
        double[][] columns = new double[p][count];
        for (int i = 0; i < count; i++) {
            int place = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            walk.only(Math.min(place < 0 ? -place - 1 : place + 1, cumulative.length - 1));
            for (int k = 0; k < walk.size(); k++) {
                noise[k] = normal.sample();
            }
            walk.toDraw(noise);
            for (int k = 0; k < walk.size(); k++) {
                columns[walk.member(k)][i] = noise[k];
            }
        }
        return Draws.of(GatePosterior.names(p), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }
}
