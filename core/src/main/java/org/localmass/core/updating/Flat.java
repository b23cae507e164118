package org.localmass.core.updating;

import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A factor that vanishes at the point faster than every power. */
record Flat(double coefficient, double exponent) implements Element {
    Flat {
        Arguments.positive("c", coefficient);
        Arguments.positive("s", exponent);
    }

    @Override
    public double logValue() {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public int place() {
        return 7;
    }

    @Override
    public String text() {
        return "flat(" + RegionExpression.textOf(coefficient) + ", " + RegionExpression.textOf(exponent) + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
