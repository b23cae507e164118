package org.localmass.vi.atom;

import java.util.ArrayList;
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
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/**
 * An approximation with atoms, \( q = \prod_j [\alpha_j N(\mu_j, s_j) + (1-\alpha_j)\delta_0] \). Immutable.
 *
 * <p>The gates are kept as log odds, so an atom of mass 1e-200 is not lost beside an inclusion of 1.
 */
public final class GatePosterior {
    /** Coordinates of a half-space whose gates are enumerated. */
    private static final int MOST_GATES = 20;

    private final double[] logOdds;
    private final double[] mean;
    private final double[] variance;
    private final List<Univariate> marginals;

    private GatePosterior(double[] logOdds, double[] mean, double[] variance) {
        this.logOdds = logOdds;
        this.mean = mean;
        this.variance = variance;
        List<Univariate> laws = new ArrayList<>();
        for (int j = 0; j < mean.length; j++) {
            laws.add(law(logOdds[j], Distributions.normal(mean[j], Math.sqrt(variance[j]))));
        }
        this.marginals = List.copyOf(laws);
    }

    /**
     * Gates and slabs.
     *
     * @param logOdds  \( \mathrm{logit}\,\alpha_j \), p values, not NaN
     * @param mean     \( \mu_j \), finite
     * @param variance \( s_j \), positive
     * @throws IllegalArgumentException if a value breaks these rules or the lengths differ
     */
    public static GatePosterior of(double[] logOdds, double[] mean, double[] variance) {
        Arguments.sameDimension(logOdds.length, mean.length);
        Arguments.sameDimension(logOdds.length, variance.length);
        for (int j = 0; j < logOdds.length; j++) {
            if (Double.isNaN(logOdds[j])) {
                throw new IllegalArgumentException("logOdds[" + j + "] must be a number, was NaN");
            }
            Arguments.positive("variance[" + j + "]", variance[j]);
        }
        return new GatePosterior(logOdds.clone(), Arguments.finite("mean", mean.clone()), variance.clone());
    }

    /** The mixture of the slab and the atom at 0; one of them alone where the other underflows. */
    private static Univariate law(double logOdds, Univariate slab) {
        double on = logistic(logOdds);
        double off = logistic(-logOdds);
        Univariate atom = Compositions.point(0);
        return off == 0
                ? slab
                : on == 0 ? atom : Compositions.univariateMixture(List.of(atom, slab), new double[] {off, on});
    }

    static double logistic(double x) {
        return x > 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /** Log of the logistic function. */
    static double logLogistic(double x) {
        return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
    }

    /** Number p of coefficients. */
    public int dimension() {
        return mean.length;
    }

    /** \( \alpha_j = q(\beta_j \ne 0) \), the posterior inclusion probability. */
    public double inclusion(int j) {
        return logistic(logOdds[j]);
    }

    /** Log of \( q(\beta_j = 0) = 1-\alpha_j \), to full relative accuracy. */
    public double logAtomMass(int j) {
        return logLogistic(-logOdds[j]);
    }

    /** \( \mathrm{logit}\,\alpha_j \). */
    public double logOdds(int j) {
        return logOdds[j];
    }

    /** \( \mu_j \), the mean of the slab. */
    public double slabMean(int j) {
        return mean[j];
    }

    /** \( s_j \), the variance of the slab. */
    public double slabVariance(int j) {
        return variance[j];
    }

    /** Mean of the coefficient, \( \alpha_j\mu_j \). */
    public double mean(int j) {
        return inclusion(j) * mean[j];
    }

    /** Variance of the coefficient, \( \alpha_j(s_j + (1-\alpha_j)\mu_j^2) \). */
    public double variance(int j) {
        return inclusion(j) * (variance[j] + Math.exp(logAtomMass(j)) * mean[j] * mean[j]);
    }

    /** The law of one coefficient: an atom at 0 and a normal density. */
    public Univariate marginal(int j) {
        return marginals.get(j);
    }

    /** The law of all coefficients, a product. */
    public Distribution toDistribution() {
        return Compositions.product(marginals);
    }

    /**
     * Log of the mass of a region: {@code |beta_j| < r}, atoms, boxes, balls in any coordinates, half-spaces.
     *
     * <p>A half-space in m coordinates is a sum over their \( 2^m \) gates, each term a normal tail.
     *
     * @throws NoClosedFormException if no formula is known, or a half-space has more than 20 coordinates
     */
    public double logMass(Region region) {
        Arguments.sameDimension(mean.length, region.dimension());
        if (region instanceof HalfSpace half && half.coordinates().length > 1) {
            return logHalfSpace(half.normal(), half.coordinates(), half.offset());
        }
        return toDistribution().logMass(region);
    }

    private double logHalfSpace(double[] normal, int[] coordinates, double offset) {
        int m = coordinates.length;
        if (m > MOST_GATES) {
            throw new NoClosedFormException("the mass of a half-space in " + m + " coordinates under gates has 2^" + m
                    + " terms; estimate it from draws");
        }
        Univariate standard = Distributions.normal(0, 1);
        double[] logs = new double[1 << m];
        for (int gates = 0; gates < logs.length; gates++) {
            double log = 0;
            double centre = 0;
            double square = 0;
            for (int i = 0; i < m; i++) {
                int j = coordinates[i];
                if ((gates >> i & 1) == 1) {
                    log += logLogistic(logOdds[j]);
                    centre += normal[j] * mean[j];
                    square += normal[j] * normal[j] * variance[j];
                } else {
                    log += logLogistic(-logOdds[j]);
                }
            }
            logs[gates] = log
                    + (square > 0
                            ? standard.logLower((offset - centre) / Math.sqrt(square))
                            : offset >= 0 ? 0 : Double.NEGATIVE_INFINITY);
        }
        return LogSum.of(logs, logs.length);
    }

    /**
     * The exact Mass Index at a point, in Euclidean balls: kappa is the number of coordinates that are not 0, and where
     * all are 0 the point is an atom.
     */
    public MassIndex massIndex(double[] point) {
        Arguments.sameDimension(mean.length, point.length);
        return MassIndex.of(toDistribution().localLaw(Arguments.finite("point", point), Norm.l2()), mean.length);
    }

    /** The exact Mass Index of one coefficient: an atom at 0, kappa = 1 elsewhere. */
    public MassIndex massIndex(int j, double value) {
        return MassIndex.of(marginals.get(j).localLaw(Arguments.finite("value", value)), 1);
    }

    /** Independent draws, with names {@code beta[1]}, ...; a coefficient that is off is exactly 0. */
    public Draws draws(int count, long seed) {
        Arguments.positive("count", count);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] columns = new double[mean.length][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < mean.length; j++) {
                boolean on = random.nextDouble() < inclusion(j);
                columns[j][i] = on ? mean[j] + Math.sqrt(variance[j]) * normal.sample() : 0;
            }
        }
        return Draws.of(names(mean.length), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    static List<String> names(int p) {
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= p; j++) {
            names.add("beta[" + j + "]");
        }
        return names;
    }

    /**
     * \( KL(q_j\|prior_j) \) summed over the coefficients: \( \alpha\log\frac\alpha\pi + (1-\alpha)\log\frac{1-\alpha}{1-\pi}
     * + \frac\alpha2[\log\frac vs + \frac{s+\mu^2}v - 1] \).
     */
    double klToPrior(double inclusion, double slabVariance) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            sum += klToPrior(logOdds[j], mean[j], variance[j], inclusion, slabVariance);
        }
        return sum;
    }

    private static double klToPrior(double odds, double mean, double variance, double inclusion, double slabVariance) {
        double on = logistic(odds);
        double off = logistic(-odds);
        double gates = (on > 0 ? on * (logLogistic(odds) - Math.log(inclusion)) : 0)
                + (off > 0 ? off * (logLogistic(-odds) - Math.log1p(-inclusion)) : 0);
        return gates + on * slabKl(mean, variance, slabVariance);
    }

    /** \( KL(N(\mu, s)\|N(0, v)) \). */
    static double slabKl(double mean, double variance, double slabVariance) {
        return 0.5 * (Math.log(slabVariance / variance) + (variance + mean * mean) / slabVariance - 1);
    }
}
