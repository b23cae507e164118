package org.localmass.vi.objective.baseline;

import org.localmass.vi.family.Mixture;

/**
 * A family fitted by an objective.
 *
 * @param bound       the objective
 * @param q           the fit
 * @param value       of the objective: at the last fixed draws, or at fresh ones after stochastic steps; not finite where
 *     the fit has diverged
 * @param converged   whether the search ended because it had arrived; stochastic steps never say so
 * @param iterations  steps of the optimiser
 * @param evaluations of the target, value and gradient counted as one
 */
public record BoundFit(
        Bound bound, Mixture q, double value, boolean converged, int iterations, long evaluations) {}
