package org.localmass.estimate;

import java.util.List;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/**
 * Two measures on one set: masses, their ratio and difference, local RE-KL in both directions, and a certificate. Each
 * interval holds on its own at the level asked for; those of one {@link ReklEstimate} hold together.
 *
 * @param radius      r of the ball
 * @param massQ       Q, the mass under q
 * @param massP       P, the mass under p
 * @param ratio       Q/P
 * @param difference  Q - P
 * @param forward     \( D_\alpha(q\|p) \), normalised by P
 * @param backward    \( D_\alpha(p\|q) \), normalised by Q
 * @param certificate c, at least 1, such that Q is at least P/c; {@code +inf} where nothing is certified
 * @param basis       what the certificate follows from
 * @param cautions    reasons to doubt the values
 */
public record LocalComparison(
        double radius,
        MassEstimate massQ,
        MassEstimate massP,
        RatioEstimate ratio,
        Bracket difference,
        ReklEstimate forward,
        ReklEstimate backward,
        double certificate,
        Basis basis,
        List<ReklCaution> cautions) {
    /** What a certificate follows from. */
    public enum Basis {
        /** The interval of the ratio of the masses: draws alone bound a divergence from below only. */
        MASS_RATIO,
        /** An upper confidence bound of the backward divergence (docs/theory.md T6.6). */
        DIVERGENCE
    }

    public LocalComparison {
        cautions = List.copyOf(cautions);
    }
}
