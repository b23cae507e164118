package org.localmass.estimate;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/**
 * Compares the masses of one region under a reference p and an approximation q, both estimated from draws.
 *
 * <p>Counts are effective counts: x of n for p, y of m for q.
 * <br>Source: docs/theory.md, C10.1 to C10.4.
 */
public final class MassComparison {
    private static final double[] LOG_RATIOS = {
        Math.log(1.25), Math.log(1.5), Math.log(2), Math.log(4), Math.log(8), Math.log(32)
    };

    private MassComparison() {}

    /**
     * The ratio q/p with its MOVER interval on the log scale.
     *
     * <p>\[ \log\frac{q}{p} - \sqrt{(\log q - \log l_q)^2 + (\log u_p - \log p)^2} \] and its mirror, from the two
     * intervals (l, u). Where no draw of q hits, the interval is [0, u_q/l_p]; where none of p, [l_q/u_p, inf).
     * <br>Source: Donner and Zou (2012).
     *
     * @param reference     p
     * @param approximation q, its interval of the same level
     */
    public static RatioEstimate ratio(MassEstimate reference, MassEstimate approximation) {
        double p = reference.estimate();
        double q = approximation.estimate();
        double lower;
        double upper;
        if (q == 0) {
            lower = 0;
        } else if (p == 0) {
            lower = approximation.lower() / reference.upper();
        } else {
            lower = approximation.lower() == 0
                    ? 0
                    : Math.exp(Math.log(q / p)
                            - Math.hypot(Math.log(q / approximation.lower()), Math.log(reference.upper() / p)));
        }
        if (p == 0) {
            upper = Double.POSITIVE_INFINITY;
        } else if (q == 0) {
            upper = reference.lower() == 0 ? Double.POSITIVE_INFINITY : approximation.upper() / reference.lower();
        } else {
            upper = reference.lower() == 0
                    ? Double.POSITIVE_INFINITY
                    : Math.exp(Math.log(q / p)
                            + Math.hypot(Math.log(approximation.upper() / q), Math.log(p / reference.lower())));
        }
        return new RatioEstimate(q / p, lower, upper);
    }

    /**
     * The difference q - p with its MOVER interval.
     *
     * <p>\[ q - p - \sqrt{(q - l_q)^2 + (u_p - p)^2} \] and its mirror, from the two intervals (l, u).
     * <br>Source: Donner and Zou (2012).
     */
    public static Bracket difference(MassEstimate reference, MassEstimate approximation) {
        double p = reference.estimate();
        double q = approximation.estimate();
        return new Bracket(
                q - p,
                q - p - Math.hypot(q - approximation.lower(), reference.upper() - p),
                q - p + Math.hypot(approximation.upper() - q, p - reference.lower()));
    }

    /**
     * Distance of the masses at the near end of the MOVER interval of their difference; 0 where that interval holds 0.
     *
     * <p>For p above q: \( p - q - \sqrt{(p - l_p)^2 + (u_q - q)^2} \), at least 0; else mirrored.
     */
    public static double leastDifference(MassEstimate reference, MassEstimate approximation) {
        boolean under = reference.estimate() > approximation.estimate();
        MassEstimate high = under ? reference : approximation;
        MassEstimate low = under ? approximation : reference;
        double gap = high.estimate() - low.estimate();
        return Math.max(0, gap - Math.hypot(high.estimate() - high.lower(), low.upper() - low.estimate()));
    }

    /** \( (\sqrt{P} - \sqrt{Q})^2 \), the region's share of the RE-KL of order 1/2, at the estimates. */
    public static double localDivergence(MassEstimate reference, MassEstimate approximation) {
        return square(Math.sqrt(reference.estimate()) - Math.sqrt(approximation.estimate()));
    }

    /** \( (\sqrt{P} - \sqrt{Q})^2 \) at the interval ends nearest to each other; 0 where the intervals overlap. */
    public static double leastLocalDivergence(MassEstimate reference, MassEstimate approximation) {
        double gap = Math.max(
                Math.sqrt(reference.lower()) - Math.sqrt(approximation.upper()),
                Math.sqrt(approximation.lower()) - Math.sqrt(reference.upper()));
        return gap > 0 ? square(gap) : 0;
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * Two-sided p-value of equal masses: the conditional binomial test with real-valued counts.
     *
     * <p>Given x + y hits, x is Binomial(x + y, n/(n + m)) if the masses are equal; twice the smaller tail, at most 1.
     * Where the two estimates add up to more than 1, the complement is tested: the same hypothesis, with more power.
     */
    public static double pValue(MassEstimate reference, MassEstimate approximation) {
        boolean complement = reference.estimate() + approximation.estimate() > 1;
        double n = reference.effectiveSize();
        double m = approximation.effectiveSize();
        double x = complement ? n - reference.effectiveHits() : reference.effectiveHits();
        double y = complement ? m - approximation.effectiveHits() : approximation.effectiveHits();
        double pi = n / (n + m);
        double many = x > 0 ? RegularizedBeta.value(pi, x, y + 1) : 1;
        double few = y > 0 ? RegularizedBeta.value(m / (n + m), y, x + 1) : 1;
        return Math.min(1, 2 * Math.min(many, few));
    }

    /**
     * Evidence against equal masses: an e-value, the likelihood ratio of the conditional binomial model averaged over
     * mass ratios 1/32 to 32.
     *
     * <p>Its expectation is at most 1 if the masses are equal, so values of 20 and more are rare then. May overflow to
     * {@code +inf}. As in {@link #pValue}, the complement is tested where the two estimates add up to more than 1.
     */
    public static double eValue(MassEstimate reference, MassEstimate approximation) {
        boolean complement = reference.estimate() + approximation.estimate() > 1;
        double n = reference.effectiveSize();
        double m = approximation.effectiveSize();
        double x = complement ? n - reference.effectiveHits() : reference.effectiveHits();
        double y = complement ? m - approximation.effectiveHits() : approximation.effectiveHits();
        double[] terms = new double[2 * LOG_RATIOS.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < terms.length; i++) {
            double logRatio = i < LOG_RATIOS.length ? LOG_RATIOS[i] : -LOG_RATIOS[i - LOG_RATIOS.length];
            double r = Math.exp(logRatio);
            // log of pi_r/pi and (1-pi_r)/(1-pi), pi_r = n r/(n r + m)
            double shared = Math.log((n + m) / (n * r + m));
            terms[i] = x * (logRatio + shared) + y * shared;
            largest = Math.max(largest, terms[i]);
        }
        double sum = 0;
        for (double t : terms) {
            sum += Math.exp(t - largest);
        }
        return Math.exp(largest + Math.log(sum / terms.length));
    }
}
