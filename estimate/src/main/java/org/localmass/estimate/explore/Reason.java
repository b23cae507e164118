package org.localmass.estimate.explore;

import java.util.Optional;

/**
 * A doubt with its number.
 *
 * @param doubt which
 * @param value what was measured, in the unit the doubt states
 * @param limit beyond which it is a doubt
 * @param where the half-space it was worst at, if it is about one
 */
public record Reason(Doubt doubt, double value, double limit, Optional<Contrast> where) {
    /**
     * Two values of the mass of the half-space in which a parameter is below a bound.
     *
     * @param parameter column, from 0
     * @param bound     upper bound of the parameter
     * @param first     the mass by the evidence that is used
     * @param second    the mass by the evidence that it was compared with
     */
    public record Contrast(int parameter, double bound, double first, double second) {}

    static Reason of(Doubt doubt, double value, double limit) {
        return new Reason(doubt, value, limit, Optional.empty());
    }
}
