package org.localmass.core.index;

import org.localmass.core.internal.Arguments;

/** The radii on which exponents were read, {@code 0 < from < to}. */
public record RadiusWindow(double from, double to) {
    public RadiusWindow {
        Arguments.positive("from", from);
        Arguments.positive("to", to);
        if (!(from < to)) {
            throw new IllegalArgumentException("from must be less than to, was " + from + " and " + to);
        }
    }
}
