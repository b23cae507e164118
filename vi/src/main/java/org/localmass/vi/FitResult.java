package org.localmass.vi;

import java.util.List;
import java.util.Optional;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.ElboEstimate;

/**
 * The end of a fit, with what is needed to judge, resume or replay it.
 *
 * @param mixture       the fit
 * @param ending        why it ended
 * @param elbo          on fresh draws, the same for all three fits
 * @param start         where it started
 * @param startElbo     ELBO of the start on the same fresh draws
 * @param unconstrained the fit without constraints, where they were asked for and it was made
 * @param constrained   the fit with the constraints, also where it was not kept
 * @param regions       the tracked regions under the fit
 * @param violation     of the constraints by the constrained fit, in units of log mass; NaN without constraints
 * @param penalty       last weight of the augmented Lagrangian; NaN without constraints
 * @param stochastic    whether it was searched by Adam, asked for or by {@link OptimizerName#AUTO}
 * @param unrepresented the region that the family cannot keep, if so
 * @param trace         after every step
 * @param evaluations   of the target
 * @param failures      of them that were no numbers or exceptions
 * @param options       those of the fit, with its seed
 */
public record FitResult(
        Mixture mixture,
        FitEnding ending,
        ElboEstimate elbo,
        Mixture start,
        ElboEstimate startElbo,
        Optional<Mixture> unconstrained,
        Optional<Mixture> constrained,
        List<RegionOutcome> regions,
        double violation,
        double penalty,
        boolean stochastic,
        Optional<Unrepresented> unrepresented,
        List<TracePoint> trace,
        long evaluations,
        long failures,
        VariationalFit options) {
    public FitResult {
        regions = List.copyOf(regions);
        trace = List.copyOf(trace);
    }
}
