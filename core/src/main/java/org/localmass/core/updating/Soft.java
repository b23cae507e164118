package org.localmass.core.updating;

import org.localmass.core.region.RegionExpression;

/** A softened boundary. */
record Soft(double value) implements Element {
    Soft {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("value must lie in (0, 1], was " + value);
        }
    }

    @Override
    public double logValue() {
        return Math.log(value);
    }

    @Override
    public int place() {
        return 1;
    }

    @Override
    public String text() {
        return "soft(" + RegionExpression.textOf(value) + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
