package org.localmass.core.updating;

import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A power of the norm of a group of coordinates. */
record GroupPower(double exponent, int size) implements Element {
    GroupPower {
        Arguments.finite("g", exponent);
        Arguments.positive("m", size);
        exponent += 0.0;
    }

    @Override
    public double logValue() {
        return Element.logValueOfPower(exponent);
    }

    @Override
    public int place() {
        return 4;
    }

    @Override
    public String text() {
        return "group_power(" + RegionExpression.textOf(exponent) + ", " + size + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
