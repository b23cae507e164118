package org.localmass.core.bound;

import org.localmass.core.divergence.Generator;

/**
 * Bounds of the mass Q of a region under q, and of R = Q/P, from local RE-KL of one order.
 *
 * <p>Accuracy: that of {@link Generator}. Source: docs/theory.md section 6.
 */
public final class MassBounds {
    private MassBounds() {}

    /**
     * Two-sided bounds of a mass, a ratio or a difference.
     *
     * @param lower      lower bound
     * @param upper      upper bound
     * @param inequality where they come from
     */
    public record Bounds(double lower, double upper, Inequality inequality) {}

    /**
     * Sharp bounds of R = Q/P from the forward divergence.
     *
     * @param normalised \( \bar D_\alpha(q\|p;B) = D/P \), at least 0
     */
    public static Bounds ratio(Generator f, double normalised) {
        return new Bounds(f.lower(normalised), f.upper(normalised), Inequality.SHARP);
    }

    /**
     * Explicit outer bounds of R = Q/P.
     *
     * @param f          of order at most 2
     * @param normalised D/P
     * @throws IllegalArgumentException if the order is above 2
     */
    public static Bounds explicitRatio(Generator f, double normalised) {
        double alpha = f.alpha();
        if (alpha > 2) {
            throw new IllegalArgumentException("alpha must be at most 2, was " + alpha);
        }
        if (normalised == Double.POSITIVE_INFINITY) {
            return new Bounds(0, normalised, Inequality.BERNSTEIN);
        }
        double excess = explicitExcess(alpha, normalised);
        // the two excesses multiply to -2D/alpha
        double deficit = normalised == 0 ? 0 : 2 * (normalised / alpha) / excess;
        return new Bounds(Math.max(0, 1 - deficit), 1 + excess, Inequality.BERNSTEIN);
    }

    /** \( [cD + \sqrt{c^2D^2 + 2\alpha D}]/\alpha \), c = (2 - alpha)/3. */
    private static double explicitExcess(double alpha, double normalised) {
        double shift = (2 - alpha) / 3 * normalised / alpha;
        return shift + Math.sqrt(shift * shift + 2 * normalised / alpha);
    }

    /**
     * Bounds of R = Q/P from the backward divergence. The lower one is positive for every finite E; the upper one is
     * finite only for E below 1.
     *
     * @param normalised \( E = \bar D_\alpha(p\|q;B) = D(p\|q)/Q \), at least 0; {@code +inf} certifies nothing
     */
    public static Bounds ratioFromBackward(Generator f, double normalised) {
        double upper = f.upper(normalised);
        double log = f.logLower(normalised);
        return new Bounds(1 / upper, Math.exp(-log), Inequality.DIRECTIONAL);
    }

    /**
     * Factor c such that Q is at least P/c: q does not under-cover the region by more.
     *
     * @param normalised an upper bound of \( D(p\|q)/Q \); lower bounds of the divergence can only refute
     */
    public static double underCoverage(Generator f, double normalised) {
        return f.upper(normalised);
    }

    /** Constant c of the Hellinger-scale bound, \( \max(1, (1-\alpha)/\alpha) \) below order 1, 1 from there on. */
    public static double hellingerConstant(double alpha) {
        return alpha < 1 ? Math.max(1, (1 - alpha) / alpha) : 1;
    }

    /** Largest \( |\sqrt Q - \sqrt P| \). */
    public static double rootDifference(Generator f, double divergence) {
        return Math.sqrt(hellingerConstant(f.alpha()) * divergence);
    }

    /**
     * Bounds of Q on the Hellinger scale, \( (\sqrt P \pm \sqrt{c D})^2 \).
     *
     * @param p          P
     * @param divergence D, not normalised
     */
    public static Bounds mass(Generator f, double p, double divergence) {
        double root = Math.sqrt(p);
        double gap = rootDifference(f, divergence);
        double low = Math.max(0, root - gap);
        return new Bounds(low * low, (root + gap) * (root + gap), Inequality.HELLINGER);
    }

    /**
     * Sharp bounds of Q.
     *
     * @param p          P, positive
     * @param divergence D, not normalised
     */
    public static Bounds sharpMass(Generator f, double p, double divergence) {
        Bounds ratio = ratio(f, divergence / p);
        return new Bounds(p * ratio.lower, p * ratio.upper, Inequality.SHARP);
    }

    /** Largest {@code |Q - P|}, sharp. */
    public static double difference(Generator f, double p, double divergence) {
        double normalised = divergence / p;
        return p * Math.max(f.upperExcess(normalised), f.lowerDeficit(normalised));
    }

    /** Largest {@code |Q - P|}, explicit, for orders up to 2. */
    public static double explicitDifference(Generator f, double p, double divergence) {
        if (f.alpha() > 2) {
            throw new IllegalArgumentException("alpha must be at most 2, was " + f.alpha());
        }
        return p * explicitExcess(f.alpha(), divergence / p);
    }
}
