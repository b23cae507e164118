package org.localmass.core.divergence;

/** Thrown where an integral does not reach the tolerance; the value reached is in the message. */
public final class IntegrationException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    IntegrationException(double value, double error, int evaluations) {
        super(
                Double.isNaN(value)
                        ? "the masses of the set are too small for the integral of the divergence: take a larger set"
                        : "the integral of the divergence reached " + value + " with an error of " + error + " after "
                                + evaluations + " evaluations: take another set, or estimate it from draws");
    }

    private IntegrationException(String message) {
        super(message);
    }

    /** The same with the set at which it happened. */
    IntegrationException on(String set) {
        IntegrationException e = new IntegrationException("on " + set + " " + getMessage());
        e.setStackTrace(getStackTrace());
        return e;
    }
}
