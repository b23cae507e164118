package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;

/**
 * Estimates the mass of a region from draws, with a Clopper-Pearson interval at effective counts. Immutable.
 *
 * <p>k hits of n draws count as \(k/\tau\) of \(n/\tau\), where \(\tau\) is the largest of 1, the autocorrelation time
 * of the region's indicator, and the dispersion of its hits over batches of max(10, 3 \(\tau_0\)) draws; \(\tau_0\) is
 * the autocorrelation time of the coordinates. Where the chains' shares differ by more than that explains (chi-squared test
 * at 0.001), \(\tau\) is their dispersion: a region that one chain knows counts as one visit. With fewer than 5 effective hits \(\tau\) becomes
 * max(\(\tau\), \(\tau_0\), k/m)(1 + 2/\(\sqrt m\)), m the number of visits. With no hit \(\tau = \tau_0\). A region
 * that holds most draws is estimated by its complement. Independent draws have \(\tau = 1\).
 *
 * <p>Weighted draws: self-normalised importance weights; the effective size is p(1-p) over the estimate's variance.
 * <br>Accuracy: coverage is measured in docs/quality/coverage.md.
 * <br>Source: docs/theory.md, E7.1.
 */
public final class DrawsMass {
    private static final DrawsMass DEFAULT = new DrawsMass(0.95, 2);
    private static final int COORDINATES = 30;
    /** Chains disagree if chance spreads their shares so far with a smaller probability. */
    private static final double DISAGREE = 0.001;

    private final double level;
    /** What a single visit adds to the autocorrelation time, as a share of it. */
    private final double allowance;

    private DrawsMass(double level, double allowance) {
        this.level = level;
        this.allowance = allowance;
    }

    /** Intervals of level 0.95. */
    public static DrawsMass withDefaults() {
        return DEFAULT;
    }

    /** Intervals of another level, strictly between 0 and 1. */
    public DrawsMass withLevel(double value) {
        return new DrawsMass(Arguments.fraction("level", value), allowance);
    }

    /**
     * For an autocorrelation time that was measured on a set round the region and is given as tau_0: the rule for few
     * hits adds 1/\(\sqrt m\) instead of 2/\(\sqrt m\).
     */
    public DrawsMass withMeasuredEnclosure() {
        return new DrawsMass(level, 1);
    }

    /**
     * Autocorrelation time of the coordinates, for {@link #estimate(Draws, Region, double)}: the upper quartile over at
     * most 30 coordinates of the time of their ranks; 1 for independent draws.
     */
    public static double coordinateTime(Draws draws) {
        if (draws.sampling() == Sampling.INDEPENDENT) {
            return 1;
        }
        double[] times = Autocorrelation.coordinateTimes(draws, COORDINATES);
        double position = 0.75 * (times.length - 1);
        int i = (int) position;
        return i + 1 < times.length ? times[i] + (position - i) * (times[i + 1] - times[i]) : times[i];
    }

    /**
     * Mass of a region.
     *
     * @throws IllegalArgumentException if the draws and the region differ in dimension
     */
    public MassEstimate estimate(Draws draws, Region region) {
        return estimate(draws, region, coordinateTime(draws));
    }

    /**
     * Mass of a region, the coordinates' autocorrelation time being known.
     *
     * @param coordinateTime tau_0, at least 1
     */
    public MassEstimate estimate(Draws draws, Region region, double coordinateTime) {
        Membership membership = Membership.of(draws, region);
        return estimate(draws, membership, coordinateTime, indicatorTime(draws, membership, coordinateTime));
    }

    /**
     * Autocorrelation time of a region's indicator before the rule for few hits: 1 for independent draws, tau_0 for a
     * constant indicator.
     */
    public static double indicatorTime(Draws draws, Membership membership, double coordinateTime) {
        if (draws.sampling() == Sampling.INDEPENDENT) {
            return 1;
        }
        if (membership.hits() == 0 || membership.hits() == membership.size()) {
            return Math.max(1, coordinateTime);
        }
        int batch = (int) Math.max(10, Math.ceil(3 * coordinateTime));
        double dispersion = Autocorrelation.dispersion(membership.chains(), batch);
        double time = Math.max(Autocorrelation.time(membership.series()), dispersion);
        double between = Autocorrelation.dispersionBetween(membership.chains());
        int freedom = membership.chains().length - 1;
        boolean disagree =
                freedom > 0 && RegularizedGamma.Q.value(0.5 * freedom, 0.5 * freedom * between / time) < DISAGREE;
        return disagree ? between : time;
    }

    /**
     * Mass of the region whose membership is given.
     *
     * @param coordinateTime tau_0, at least 1
     * @param indicatorTime  tau of the indicator before the rule for few hits, at least 1
     */
    public MassEstimate estimate(Draws draws, Membership membership, double coordinateTime, double indicatorTime) {
        boolean mirrored = 2L * membership.hits() > membership.size();
        Membership rare = mirrored ? membership.not() : membership;
        int hits = rare.hits();
        double size = draws.size();
        double share = hits / size;
        double tau = indicatorTime;
        if (draws.weighted()) {
            double[] weighted = weightedShare(draws, rare);
            share = weighted[0];
            size = weighted[1];
        }
        boolean fewVisits = false;
        int visits = Autocorrelation.visits(rare.chains());
        boolean independent = draws.sampling() == Sampling.INDEPENDENT;
        if (!independent && hits > 0 && share * size / tau < 5) {
            double runs = (double) hits / visits;
            tau = Math.max(Math.max(tau, coordinateTime), runs) * (1 + allowance / Math.sqrt(visits));
            fewVisits = true;
        }
        double effectiveSize = size / tau;
        double effectiveHits = share * effectiveSize;
        double delta = 0.5 * (1 - level);
        double lower = ClopperPearson.lower(effectiveHits, effectiveSize, delta);
        double upper = ClopperPearson.upper(effectiveHits, effectiveSize, delta);

        List<Caution> cautions = new ArrayList<>();
        if (mirrored) {
            // the region holds most draws: its mass is well known, whatever its complement
        } else if (hits == 0) {
            cautions.add(Caution.NO_HITS);
        } else if (fewVisits) {
            cautions.add(Caution.FEW_VISITS);
        } else if (effectiveHits < 30 && !independent) {
            cautions.add(Caution.APPROXIMATE);
        }
        if (draws.chains().size() > 1 && !independent) {
            if (hits >= 5 && rare.chainsHit() == 1) {
                cautions.add(Caution.ONE_CHAIN);
            }
            if (rare.rhat() > 1.1) {
                cautions.add(Caution.CHAINS_DISAGREE);
            }
        }
        if (!independent && hits > 0 && tau * draws.chains().size() > draws.size() / 50.0) {
            cautions.add(Caution.LONG_AUTOCORRELATION);
        }
        Collections.sort(cautions);
        return mirrored
                ? new MassEstimate(
                        draws.weighted() ? 1 - share : (double) membership.hits() / draws.size(),
                        1 - upper,
                        1 - lower,
                        effectiveSize - effectiveHits,
                        effectiveSize,
                        membership.hits(),
                        Autocorrelation.visits(membership.chains()),
                        cautions)
                : new MassEstimate(share, lower, upper, effectiveHits, effectiveSize, hits, visits, cautions);
    }

    /** Weighted share of the hits and the size of an unweighted sample with the same variance. */
    private static double[] weightedShare(Draws draws, Membership membership) {
        double largest = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                largest = Math.max(largest, chain.logWeight(t));
            }
        }
        double all = 0;
        double squares = 0;
        double in = 0;
        double squaresIn = 0;
        for (int c = 0; c < draws.chains().size(); c++) {
            Chain chain = draws.chains().get(c);
            boolean[] inside = membership.chains()[c];
            for (int t = 0; t < chain.size(); t++) {
                double w = Math.exp(chain.logWeight(t) - largest);
                all += w;
                squares += w * w;
                if (inside[t]) {
                    in += w;
                    squaresIn += w * w;
                }
            }
        }
        double share = in / all;
        double kish = all * all / squares;
        if (in == 0 || in == all) {
            return new double[] {share, kish};
        }
        double variance = (squaresIn * (1 - share) * (1 - share) + (squares - squaresIn) * share * share) / (all * all);
        return new double[] {share, share * (1 - share) / variance};
    }
}
