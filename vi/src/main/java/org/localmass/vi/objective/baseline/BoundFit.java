package org.localmass.vi.objective.baseline;

import org.localmass.vi.family.Mixture;

/**
 * A family fitted by an objective.
 *
 * @param bound       the objective
 * @param q           the fit
 * @param value       of the objective at the draws of the last search, which an optimum on few draws flatters; at fresh
 *     ones after stochastic steps
 * @param fresh       of the objective at fresh draws
 * @param freshElbo   the ELBO at the same fresh draws, at most log Z up to their noise
 * @param start       of the objective where the fit started, at the same base draws
 * @param startElbo   the ELBO there
 * @param converged   whether the search ended because it had arrived; stochastic steps never say so
 * @param iterations  steps of the optimiser
 * @param evaluations of the target, value and gradient counted as one, those at fresh draws left out
 */
public record BoundFit(
        Bound bound,
        Mixture q,
        double value,
        double fresh,
        double freshElbo,
        double start,
        double startElbo,
        boolean converged,
        int iterations,
        long evaluations) {
    /** Nats by which the value at the search's draws, or at the start, may exceed that at fresh ones. */
    private static final double MOST_LOST = 10;
    /** Nats by which an upper bound may lie below a lower one. */
    private static final double NOISE = 0.1;

    /** Draws of each component for the fresh values. */
    static final int FRESH = 1024;

    /**
     * Whether the fit is none: a value is not finite; an upper bound of log Z lies below an ELBO; a lower one promises 10
     * nats more at the draws of the search than it holds at fresh ones, or is 10 nats worse than where it started.
     *
     * <p>Upper bounds do that: on any finite set of draws they fall without end as q moves to where the target is small.
     */
    public boolean diverged() {
        if (!Double.isFinite(value) || !Double.isFinite(fresh) || !Double.isFinite(freshElbo)) {
            return true;
        }
        if (bound.isUpper()) {
            return Math.min(value, fresh) < Math.max(freshElbo, startElbo) - NOISE;
        }
        return value - fresh > MOST_LOST || start - fresh > MOST_LOST;
    }
}
