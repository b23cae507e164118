package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.EffectiveSampleSize;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.UnnormalisedMeasure;

/**
 * The normalising constant of a density from draws of it, by bridge sampling. Immutable.
 *
 * <p>The first half of every chain fits a normal proposal g, the second half (N1 draws, of which n are effective) and
 * as many draws of g (N2) enter the optimal bridge of Meng and Wong, the fixed point of
 * \[ r = \frac{N_2^{-1}\sum_j l_{2j}/(s_1 l_{2j} + s_2 r)}{N_1^{-1}\sum_i 1/(s_1 l_{1i} + s_2 r)},\quad
 * l = p/g,\quad s_1 = n/(n+N_2),\ s_2 = 1-s_1. \]
 *
 * <p>The draws live on all of R^d and the log density contains the Jacobian of any transform. The error is that of
 * Frühwirth-Schnatter (2004), the autocorrelation of the draws included; it knows only of the regions that the draws
 * visited.
 * <br>Accuracy: the fixed point to 1e-10 relative; agreement with R package bridgesampling and coverage of the interval
 * in docs/quality/density.md.
 * <br>Source: Meng and Wong (1996), Statistica Sinica 6; Gronau et al. (2017), J. Math. Psychol. 81.
 */
public final class BridgeSampling {
    private static final BridgeSampling DEFAULT = new BridgeSampling(0.95, 1);
    private static final int MOST_ITERATIONS = 1000;
    private static final double CONVERGED = 1e-10;
    /** A relative error from which the bridge is called weak. */
    private static final double WEAK = 0.5;

    private static final int LEAST_PER_DIMENSION = 4;

    private final double level;
    private final long seed;

    private BridgeSampling(double level, long seed) {
        this.level = level;
        this.seed = seed;
    }

    /** 95 % intervals, seed 1. */
    public static BridgeSampling withDefaults() {
        return DEFAULT;
    }

    /** The level of the interval. */
    public BridgeSampling withLevel(double value) {
        return new BridgeSampling(Arguments.fraction("level", value), seed);
    }

    /** The seed of the proposal's draws. */
    public BridgeSampling withSeed(long value) {
        return new BridgeSampling(level, value);
    }

    /**
     * Estimates log Z.
     *
     * @param target log density up to the constant that is sought
     * @param draws  of the target, without weights
     * @throws IllegalArgumentException if the dimensions differ, the draws carry weights, number fewer than 4 (d + 1)
     *     per half, have a covariance that is not of full rank, or the log density is not finite at one of them
     */
    public NormalisingConstant estimate(UnnormalisedMeasure target, Draws draws) {
        LogDensity p = target.logDensity();
        int d = p.dimension();
        Arguments.sameDimension(d, draws.dimension());
        if (draws.weighted()) {
            throw new IllegalArgumentException("draws must carry no weights");
        }
        List<Chain> first = new ArrayList<>();
        List<Chain> second = new ArrayList<>();
        int shortest = Integer.MAX_VALUE;
        for (Chain chain : draws.chains()) {
            int half = chain.size() / 2;
            if (half > 0) {
                first.add(chain.slice(0, half));
            }
            second.add(chain.slice(half, chain.size()));
            shortest = Math.min(shortest, chain.size() - half);
        }
        if (draws.size() / 2 < LEAST_PER_DIMENSION * (d + 1) || first.isEmpty()) {
            throw new IllegalArgumentException("draws must number at least " + 2 * LEAST_PER_DIMENSION * (d + 1)
                    + " in dimension " + d + ", was " + draws.size());
        }
        NormalProposal proposal = NormalProposal.of(draws.withChains(first));
        double[] point = new double[d];
        double[][] l1 = new double[second.size()][];
        int n1 = 0;
        for (int c = 0; c < second.size(); c++) {
            Chain chain = second.get(c);
            l1[c] = new double[chain.size()];
            for (int i = 0; i < chain.size(); i++) {
                chain.read(i, point);
                double log = p.value(point);
                if (!Double.isFinite(log)) {
                    throw new IllegalArgumentException(
                            "log density must be finite at its draws, was " + log + " at " + Arrays.toString(point));
                }
                l1[c][i] = log - proposal.logDensity(point);
                n1++;
            }
        }
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        double[] l2 = new double[n1];
        for (int j = 0; j < n1; j++) {
            proposal.sample(random, point);
            double log = p.value(point);
            if (Double.isNaN(log) || log == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "log density must be finite or -Infinity, was " + log + " at " + Arrays.toString(point));
            }
            l2[j] = log - proposal.logDensity(point);
        }
        Draws kept = draws.withChains(second);
        double effective = effectiveSize(kept, n1);
        Bridge bridge = Bridge.of(l1, l2, effective, MOST_ITERATIONS, CONVERGED);
        List<Caution> cautions = new ArrayList<>();
        if (!bridge.converged()) {
            cautions.add(Caution.TOLERANCE_NOT_REACHED);
        }
        if (!(bridge.relativeError() < WEAK)) {
            cautions.add(Caution.POOR_OVERLAP);
        }
        return NormalisingConstant.of(bridge.logRatio(), bridge.relativeError(), level, 2L * n1, cautions);
    }

    /** Median over the coordinates of the effective sample size of the mean, at most the number of draws. */
    private static double effectiveSize(Draws draws, int size) {
        double[] each = new double[draws.dimension()];
        for (int j = 0; j < each.length; j++) {
            double ess = EffectiveSampleSize.mean(draws, j);
            each[j] = Double.isNaN(ess) ? size : Math.min(size, ess);
        }
        Arrays.sort(each);
        return each[each.length / 2];
    }
}
