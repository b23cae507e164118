package org.localmass.core.measure;

/** Thrown where a mass is asked for that no formula gives; the message names an estimator that can. */
public final class NoClosedFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final String ESTIMATE = "estimate it from draws, by mass --draws or in Java by DrawsMass";

    /** @param message what was asked for, and what to use instead */
    public NoClosedFormException(String message) {
        super(message);
    }

    /**
     * The refusal of a mass.
     *
     * @param what         the mass that was asked for
     * @param alternatives what has a formula instead; the estimate from draws is added
     */
    static NoClosedFormException of(String what, String... alternatives) {
        StringBuilder message = new StringBuilder(what).append(" has no formula here: ");
        for (String alternative : alternatives) {
            message.append(alternative).append(", or ");
        }
        return new NoClosedFormException(message.append(ESTIMATE).toString());
    }
}
