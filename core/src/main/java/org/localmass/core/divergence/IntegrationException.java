package org.localmass.core.divergence;

/** Thrown where an integral does not reach the tolerance; the value reached is in the message. */
public final class IntegrationException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    IntegrationException(double value, double error, int evaluations) {
        super("the integral of the divergence reached " + value + " with an error of " + error + " after " + evaluations
                + " evaluations: ask for a larger tolerance, or estimate it from draws");
    }
}
