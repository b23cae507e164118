package org.localmass.cli;

/** Bad usage or bad input: one clear line for the user, exit code 2. */
final class BadInput extends Exception {
    private static final long serialVersionUID = 1;

    BadInput(String message) {
        super(message);
    }

    BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
