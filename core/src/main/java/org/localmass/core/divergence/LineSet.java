package org.localmass.core.divergence;

import java.util.List;

/**
 * Disjoint intervals on the line, as offsets from an origin.
 *
 * @param origin    t
 * @param intervals the intervals {@code t + from} to {@code t + to}
 */
record LineSet(double origin, List<Part> intervals) {
    static final double INF = Double.POSITIVE_INFINITY;

    /** An interval; whether an end is closed matters for atoms only. */
    record Part(double from, double to, boolean fromClosed, boolean toClosed) {
        boolean contains(double offset) {
            return (fromClosed ? offset >= from : offset > from) && (toClosed ? offset <= to : offset < to);
        }
    }

    static LineSet ball(double centre, double halfWidth) {
        return new LineSet(centre, List.of(new Part(-halfWidth, halfWidth, true, true)));
    }

    static LineSet interval(double lower, double upper, boolean lowerClosed) {
        double origin = Double.isInfinite(lower)
                ? Double.isInfinite(upper) ? 0 : upper
                : Double.isInfinite(upper) || Math.abs(lower) < Math.abs(upper) ? lower : upper;
        return new LineSet(origin, List.of(new Part(lower - origin, upper - origin, lowerClosed, true)));
    }

    static LineSet whole() {
        return new LineSet(0, List.of(new Part(-INF, INF, true, true)));
    }

    /** {@code |x| >= radius}. */
    static LineSet tail(double radius) {
        return radius <= 0
                ? whole()
                : new LineSet(0, List.of(new Part(-INF, -radius, true, true), new Part(radius, INF, true, true)));
    }

    /** {@code |x| < radius}. */
    static LineSet inside(double radius) {
        return new LineSet(0, List.of(new Part(-radius, radius, false, false)));
    }

    boolean contains(double x) {
        for (Part part : intervals) {
            if (part.contains(x - origin)) {
                return true;
            }
        }
        return false;
    }
}
