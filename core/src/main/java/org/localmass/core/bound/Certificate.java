package org.localmass.core.bound;

import java.util.List;
import org.localmass.core.divergence.Generator;

/**
 * "q does not under-cover the region by more than a factor c": \( Q \ge P/c \).
 *
 * @param factor c, at least 1; {@code +inf} where nothing is certified
 * @param alpha  the order that gave it
 */
public record Certificate(double factor, double alpha) {
    /**
     * The certificate of one order.
     *
     * @param normalised an upper bound of \( D_\alpha(p\|q)/Q \)
     */
    public static Certificate of(Generator f, double normalised) {
        return new Certificate(MassBounds.underCoverage(f, normalised), f.alpha());
    }

    /**
     * The smallest factor of several orders. Valid for exact divergences or for upper bounds that hold simultaneously:
     * with intervals of level 1 - delta, each order needs 1 - delta/m. Source: docs/theory.md T6.6.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Certificate best(List<Certificate> certificates) {
        return certificates.stream()
                .min(java.util.Comparator.comparingDouble(Certificate::factor))
                .orElseThrow(() -> new IllegalArgumentException("number of certificates must be at least 1, was 0"));
    }

    /** The certificate in words. */
    public String sentence() {
        return factor == Double.POSITIVE_INFINITY
                ? "nothing is certified: the divergence is infinite"
                : "q does not under-cover the region by more than a factor "
                        + org.localmass.core.internal.TwoDigits.number(factor);
    }

    /** The inequality used. */
    public Inequality inequality() {
        return Inequality.DIRECTIONAL;
    }
}
