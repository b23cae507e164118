package org.localmass.core.updating;

import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A power of the distance to the point and a power of its log. */
record PowerLog(double power, double log) implements Element {
    PowerLog {
        Arguments.finite("g", power);
        Arguments.finite("h", log);
        power += 0.0;
        log += 0.0;
    }

    PowerLog plus(PowerLog other) {
        return new PowerLog(Rounding.sum(power, other.power, 0), Rounding.sum(log, other.log, 0));
    }

    @Override
    public double logValue() {
        return power == 0 ? -Element.logValueOfPower(log) : Element.logValueOfPower(power);
    }

    @Override
    public int place() {
        return 6;
    }

    @Override
    public String text() {
        String first = power == 0 ? "" : "power(" + RegionExpression.textOf(power) + ")";
        String second = log == 0 ? "" : "log(" + RegionExpression.textOf(log) + ")";
        return first + (first.isEmpty() || second.isEmpty() ? "" : " ") + second;
    }

    @Override
    public String toString() {
        return text();
    }
}
