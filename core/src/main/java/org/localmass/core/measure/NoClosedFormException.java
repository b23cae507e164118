package org.localmass.core.measure;

/** Thrown where a mass is asked for that no formula gives; the message names an estimator that can. */
public final class NoClosedFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param message what was asked for, and what to use instead */
    public NoClosedFormException(String message) {
        super(message);
    }
}
