package org.localmass.core.updating;

import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A power of the distance to a smooth boundary through the point, 0 beyond it. */
record Hinge(double exponent) implements Element {
    Hinge {
        Arguments.finite("g", exponent);
        exponent += 0.0;
    }

    @Override
    public double logValue() {
        return Element.logValueOfPower(exponent);
    }

    @Override
    public int place() {
        return 5;
    }

    @Override
    public String text() {
        return "hinge(" + RegionExpression.textOf(exponent) + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
