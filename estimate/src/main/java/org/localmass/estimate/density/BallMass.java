package org.localmass.estimate.density;

import java.util.List;
import org.localmass.core.mass.Caution;

/**
 * The mass of a ball computed from a density.
 *
 * @param logMass       log of the mass in nats; of an unnormalised density up to its constant
 * @param lower         log of the lower end of the interval, {@code -inf} where it reaches 0
 * @param upper         log of the upper end
 * @param relativeError half-width of the interval of the mass, relative to the mass
 * @param basis         what the value and its interval rest on
 * @param evaluations   number of values of the log density
 * @param cautions      reasons to doubt the values; empty if none was found
 */
public record BallMass(
        double logMass,
        double lower,
        double upper,
        double relativeError,
        Basis basis,
        long evaluations,
        List<Caution> cautions) {
    public BallMass {
        cautions = List.copyOf(cautions);
    }

    /** How a mass was found, which says what its interval means. */
    public enum Basis {
        /** A formula: the interval is the value. */
        CLOSED_FORM,
        /** The expansion for small radii: the interval is a proved bound. */
        EXPANSION,
        /** A deterministic rule: the interval is the difference of two refinements, an estimate of the error. */
        CUBATURE,
        /** Randomised quasi-Monte Carlo: a confidence interval from independent randomisations. */
        QUASI_MONTE_CARLO
    }

    /** A mass with a symmetric interval. */
    static BallMass of(double logMass, double relativeError, Basis basis, long evaluations, List<Caution> cautions) {
        double lower = relativeError < 1 ? logMass + Math.log1p(-relativeError) : Double.NEGATIVE_INFINITY;
        double upper = logMass + Math.log1p(relativeError);
        return new BallMass(logMass, lower, upper, relativeError, basis, evaluations, cautions);
    }
}
