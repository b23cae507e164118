package org.localmass.core.divergence;

import org.localmass.core.measure.Mass;

/**
 * Local RE-KL \( D_\alpha(q\|p;B) = \int_B p f_\alpha(q/p) + s_\alpha q_s(B) \), \( q_s \) the part of q that is singular
 * to p.
 *
 * <p>Source: docs/theory.md D5.1, R5.6.
 *
 * @param alpha         order
 * @param value         the divergence, in units of mass; possibly infinite, which is a value and not an error
 * @param relativeError estimate of its relative error
 * @param massQ         q(B)
 * @param massP         p(B)
 * @param massTerm      \( f_\alpha(R) \), R = Q/P: what of the normalised divergence is due to the masses
 * @param shapeTerm     \( R^\alpha T_\alpha(q_B\|p_B) \): what is due to the shapes within B
 * @param evaluations   values of the pair of densities that were computed
 */
public record Rekl(
        double alpha,
        Mass value,
        double relativeError,
        Mass massQ,
        Mass massP,
        double massTerm,
        double shapeTerm,
        int evaluations) {
    /**
     * \( \bar D = D/P = \) mass term + shape term; where P is 0 it is 0 if Q is and {@code +inf} otherwise, though D may be
     * finite.
     */
    public double normalised() {
        return massTerm + shapeTerm;
    }

    /** Log of the normalised divergence, finite also where the quotient is beyond the range of doubles. */
    public double logNormalised() {
        double normalised = normalised();
        return (normalised > 0 && normalised < Double.POSITIVE_INFINITY) || massP.isZero()
                ? Math.log(normalised)
                : value.isZero() ? Double.NEGATIVE_INFINITY : value.log() - massP.log();
    }

    /** log(Q/P); NaN where both masses are 0. */
    public double logRatio() {
        return massP.isZero() || massQ.isZero()
                ? Math.log(ratio())
                : massQ.over(massP).log();
    }

    /** R = Q/P; NaN where both masses are 0. */
    public double ratio() {
        return massP.isZero()
                ? massQ.isZero() ? Double.NaN : Double.POSITIVE_INFINITY
                : massQ.over(massP).value();
    }
}
