package org.localmass.vi;

import java.util.List;

/**
 * Where a fit was after a step.
 *
 * @param step        from 1
 * @param stage       {@code search}, {@code constrain} or {@code stochastic}
 * @param iterations  of the optimiser, so far
 * @param evaluations of the target, so far
 * @param draws       per component
 * @param elbo        on the draws of the step, or for fresh draws their mean since the last point, in nats
 * @param logMasses   log q(B) of the tracked regions
 * @param violation   of the constraints, in units of log mass; NaN where there are none
 */
public record TracePoint(
        int step,
        String stage,
        long iterations,
        long evaluations,
        int draws,
        double elbo,
        List<Double> logMasses,
        double violation) {
    public TracePoint {
        logMasses = List.copyOf(logMasses);
    }
}
