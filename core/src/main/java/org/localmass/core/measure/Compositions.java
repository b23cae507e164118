package org.localmass.core.measure;

import java.util.Collections;
import java.util.List;
import org.localmass.core.internal.Arguments;

/** Distributions put together from others. */
public final class Compositions {
    private Compositions() {}

    /** All mass at one point of the line. */
    public static Univariate point(double location) {
        return Dirac.of(location);
    }

    /**
     * A finite mixture \( \sum_i w_i p_i \).
     *
     * @param weights positive, of sum 1 within 1e-12
     * @throws IllegalArgumentException if the weights break these rules or the dimensions differ
     */
    public static Distribution mixture(List<? extends Distribution> parts, double[] weights) {
        return parts.stream().allMatch(Univariate.class::isInstance)
                ? Mixture.of(parts.stream().map(Univariate.class::cast).toList(), weights)
                : MixtureDistribution.of(parts, weights);
    }

    /** A mixture on the line. */
    public static Univariate univariateMixture(List<? extends Univariate> parts, double[] weights) {
        return Mixture.of(parts, weights);
    }

    /**
     * Spike and slab: \( (1-w)\,\delta_0 + w\,\mathrm{slab} \).
     *
     * @param weight w, the slab's weight, strictly between 0 and 1
     */
    public static Univariate spikeSlab(double weight, Univariate slab) {
        Arguments.fraction("weight", weight);
        return Mixture.of(List.of(Dirac.of(0), slab), new double[] {1 - weight, weight});
    }

    /** The product of d equal spike-and-slab laws. */
    public static Distribution spikeSlabProduct(double weight, Univariate slab, int dimension) {
        return product(Collections.nCopies(Arguments.positive("dimension", dimension), spikeSlab(weight, slab)));
    }

    /** Independent blocks side by side. */
    public static Distribution product(List<? extends Distribution> blocks) {
        return blocks.size() == 1 ? blocks.get(0) : Product.of(blocks);
    }

    /**
     * The law of {@code loc + scale X}.
     *
     * @throws IllegalArgumentException if loc is not finite, or scale not positive and finite
     */
    public static Univariate affine(Univariate law, double loc, double scale) {
        return Affine.of(law, loc, scale);
    }

    /**
     * The law given {@code lower <= X <= upper}.
     *
     * @throws IllegalArgumentException if the interval is empty or has no mass
     */
    public static Univariate truncate(Univariate law, double lower, double upper) {
        return Truncated.of(law, lower, upper);
    }

    /** The law of exp(X). */
    public static Univariate exp(Univariate law) {
        return Pushforward.of(new MonotoneMap.Exp(), law);
    }

    /**
     * The law of log(X).
     *
     * @throws IllegalArgumentException if X is not positive
     */
    public static Univariate log(Univariate law) {
        return Pushforward.of(new MonotoneMap.Log(), law);
    }

    /** The law of 1/(1 + exp(-X)). */
    public static Univariate inverseLogit(Univariate law) {
        return Pushforward.of(new MonotoneMap.InverseLogit(), law);
    }

    /**
     * The law of \( sign(X)|X|^s \).
     *
     * @param exponent s, positive
     */
    public static Univariate power(double exponent, Univariate law) {
        return Pushforward.of(new MonotoneMap.Power(Arguments.positive("exponent", exponent)), law);
    }
}
