package org.localmass.vi.objective.baseline;

import org.localmass.vi.family.Mixture;

/**
 * A family fitted by an objective.
 *
 * @param bound       the objective
 * @param q           the fit
 * @param value       of the objective at the draws of the last search, which an optimum on few draws flatters; at fresh
 *     ones after stochastic steps
 * @param freshValue  of the objective at fresh draws
 * @param freshElbo   the ELBO at the same fresh draws, at most log Z up to their noise
 * @param converged   whether the search ended because it had arrived; stochastic steps never say so
 * @param iterations  steps of the optimiser
 * @param evaluations of the target, value and gradient counted as one, those at fresh draws left out
 */
public record BoundFit(
        Bound bound,
        Mixture q,
        double value,
        double freshValue,
        double freshElbo,
        boolean converged,
        int iterations,
        long evaluations) {
    /** Nats by which the value at the search's draws may exceed that at fresh ones. */
    private static final double MOST_FLATTERED = 10;
    /** Nats by which an upper bound may lie below the ELBO. */
    private static final double NOISE = 0.01;

    /** Draws of each component for the fresh values. */
    static final int FRESH = 1024;

    /**
     * Whether the fit is none: a value is not finite, an upper bound of log Z lies below the lower one at draws that
     * had no part in the search, or it promises 10 nats more at its own draws than it holds at fresh ones. Upper bounds do that:
     * on any finite set of draws they fall without end as q moves to where the target is small.
     */
    public boolean diverged() {
        if (!Double.isFinite(value) || !Double.isFinite(freshValue) || !Double.isFinite(freshElbo)) {
            return true;
        }
        double flattery = bound.isUpper() ? freshElbo - value : value - freshValue;
        return flattery > (bound.isUpper() ? NOISE : MOST_FLATTERED);
    }
}
