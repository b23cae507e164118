package org.localmass.estimate;

import java.util.List;
import java.util.Optional;
import org.localmass.core.index.Exponent;
import org.localmass.core.index.MassIndex;

/**
 * A Mass Index estimated from draws, with all that it rests on.
 *
 * @param index      the Mass Index
 * @param model      the law that the index was read from
 * @param atom       the test for an atom, made first
 * @param power      the fit of a pure power law to the draws off the point; at an atom, of the law beside it
 * @param bias       relative bias of kappa that a deviation from the power law suggests in the window, signed; the
 *     interval is widened by twice as much
 * @param omega      exponent of that deviation
 * @param powerLog   the fit with a logarithmic factor; its intervals are widened over windows and units
 * @param logFits    the fits that they were widened over, the one that gives the estimate first
 * @param plateau    the slope over windows from the nearest draws to a quarter of them
 * @param time       autocorrelation time of the slope's terms
 * @param sufficientDraws about how many draws of this kind would let the drift of the slope fall within the interval; NaN
 *     where it already does, or where the drift is too slow to say
 * @param logarithmDraws about how many draws of this kind would show a logarithm with beta = 1 if there is one; NaN where
 *     it cannot be said
 */
public record IndexEstimate(
        MassIndex index,
        Model model,
        AtomTest atom,
        Optional<HillFit> power,
        double bias,
        double omega,
        Optional<PowerLogFit> powerLog,
        List<PowerLogFit> logFits,
        List<Step> plateau,
        double time,
        double sufficientDraws,
        double logarithmDraws) {
    /** The law that an index was read from. */
    public enum Model {
        /** An atom. */
        ATOM,
        /** A power of the radius. */
        POWER,
        /** A power of the radius and a power of its logarithm. */
        POWER_LOG,
        /** The draws do not tell. */
        UNDETERMINED
    }

    /**
     * The slope read on one window.
     *
     * @param radius the window's outer radius
     * @param draws  draws in it
     * @param kappa  slope with its interval, the interval of a pure power law
     */
    public record Step(double radius, int draws, Exponent kappa) {}

    public IndexEstimate {
        logFits = List.copyOf(logFits);
        plateau = List.copyOf(plateau);
    }
}
