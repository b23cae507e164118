package org.localmass.core.updating;

import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A value that is continuous and positive at the point, by its log. */
record Regular(double logValue) implements Element {
    Regular {
        Arguments.finite("log of value", logValue);
        logValue += 0.0;
    }

    static Regular of(double value) {
        return new Regular(Math.log(Arguments.positive("value", value)));
    }

    @Override
    public int place() {
        return 0;
    }

    /** The shortest decimal with this log; where no double has it, the log itself. */
    @Override
    public String text() {
        double value = Math.exp(logValue);
        String shortest = "";
        double[] candidates = {value, Math.nextUp(value), Math.nextDown(value)};
        for (double candidate : candidates) {
            if (candidate >= Double.MIN_NORMAL && Math.log(candidate) == logValue) {
                String text = RegionExpression.textOf(candidate);
                if (shortest.isEmpty() || text.length() < shortest.length()) {
                    shortest = text;
                }
            }
        }
        return shortest.isEmpty()
                ? "regular(exp(" + RegionExpression.textOf(logValue) + "))"
                : "regular(" + shortest + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
