package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.internal.LogSum;
import org.localmass.core.internal.Quadrature;

/** Masses of intervals and balls on the line. */
final class IntervalMass {
    /** Differences of tails lose at most two bits where the smaller is below this share of the larger (in logs). */
    private static final double SAFE_DIFFERENCE = -0.3;

    private static final double TOLERANCE = 1e-15;
    private static final int EVALUATIONS = 100_000;

    private IntervalMass() {}

    static double between(Univariate law, double lower, double upper) {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("lower must not exceed upper, was " + lower + " and " + upper);
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return upper == Double.POSITIVE_INFINITY ? 0 : law.logLower(upper);
        }
        if (upper == Double.POSITIVE_INFINITY) {
            return law.logUpper(lower);
        }
        List<Double> logs = new ArrayList<>();
        for (Atom atom : law.atoms()) {
            if (atom.location() >= lower && atom.location() <= upper) {
                logs.add(Math.log(atom.mass()));
            }
        }
        if (lower < upper) {
            // the origin of the offsets is the end nearer to 0: a difference to it is exact where that matters
            double origin = Math.abs(lower) < Math.abs(upper) ? lower : upper;
            logs.add(law.logContinuousBetween(origin, lower - origin, upper - origin));
        }
        return total(logs);
    }

    static double ball(Univariate law, double centre, double radius) {
        if (!Double.isFinite(centre)) {
            throw new IllegalArgumentException("centre must be finite, was " + centre);
        }
        if (!(radius >= 0)) {
            throw new IllegalArgumentException("radius must not be negative, was " + radius);
        }
        if (radius == Double.POSITIVE_INFINITY) {
            return 0;
        }
        List<Double> logs = new ArrayList<>();
        for (Atom atom : law.atoms()) {
            if (Math.abs(atom.location() - centre) <= radius) {
                logs.add(Math.log(atom.mass()));
            }
        }
        if (radius > 0) {
            logs.add(law.logContinuousBetween(centre, -radius, radius));
        }
        return total(logs);
    }

    private static double total(List<Double> logs) {
        double sum = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            sum = LogSum.of(sum, log);
        }
        return Math.min(0, sum);
    }

    /** Log of the mass of a law without atoms on {@code [t + u, t + v]}: pieces between its breakpoints. */
    static double continuous(Univariate law, double t, double u, double v) {
        if (u == Double.NEGATIVE_INFINITY) {
            return v == Double.POSITIVE_INFINITY ? 0 : law.logLower(t + v);
        }
        if (v == Double.POSITIVE_INFINITY) {
            return law.logUpper(t + u);
        }
        double[] breakpoints = law.breakpoints();
        double sum = Double.NEGATIVE_INFINITY;
        double start = u;
        double from = Double.NaN; // the breakpoint at the start of the piece, if it starts at one
        for (double breakpoint : breakpoints) {
            double offset = breakpoint - t;
            if (offset < u || offset > v) {
                continue;
            }
            if (offset > start) {
                sum = LogSum.of(
                        sum,
                        Double.isNaN(from)
                                ? law.logMassBeside(breakpoint, start - offset)
                                : law.logMassBeside(from, breakpoint - from));
            }
            start = offset;
            from = breakpoint;
        }
        if (start < v) {
            sum = LogSum.of(sum, Double.isNaN(from) ? regular(law, t, u, v) : law.logMassBeside(from, v - start));
        }
        return sum;
    }

    /** A piece without breakpoints: the best difference if one is good, the integral of the density otherwise. */
    private static double regular(Univariate law, double t, double u, double v) {
        double a = t + u;
        double b = t + v;
        if (a < b) {
            double lowerB = law.logLower(b);
            double upperA = law.logUpper(a);
            if (lowerB == Double.NEGATIVE_INFINITY || upperA == Double.NEGATIVE_INFINITY) {
                return Double.NEGATIVE_INFINITY;
            }
            double large = Math.min(lowerB, upperA);
            double small = lowerB < upperA ? law.logLower(a) : law.logUpper(b);
            if (small - large < SAFE_DIFFERENCE) {
                return LogSum.difference(large, small);
            }
            double below = Double.NEGATIVE_INFINITY;
            double above = Double.POSITIVE_INFINITY;
            for (double breakpoint : law.breakpoints()) {
                if (breakpoint < a) {
                    below = breakpoint;
                } else if (breakpoint > b && breakpoint < above) {
                    above = breakpoint;
                }
            }
            if (below != Double.NEGATIVE_INFINITY) {
                large = law.logMassBeside(below, b - below);
                small = law.logMassBeside(below, a - below);
                if (small - large < SAFE_DIFFERENCE) {
                    return LogSum.difference(large, small);
                }
            }
            if (above != Double.POSITIVE_INFINITY) {
                large = law.logMassBeside(above, a - above);
                small = law.logMassBeside(above, b - above);
                if (small - large < SAFE_DIFFERENCE) {
                    return LogSum.difference(large, small);
                }
            }
        }
        double middle = 0.5 * (u + v);
        double scale = law.logDensityAt(t, middle);
        if (scale == Double.NEGATIVE_INFINITY) {
            return scale;
        }
        double half = 0.5 * (v - u);
        Quadrature.Result integral = Quadrature.integrate(
                x -> Math.exp(law.logDensityAt(t, middle + half * x) - scale),
                new double[] {-1, 1},
                TOLERANCE,
                0,
                EVALUATIONS);
        return scale + Math.log(half) + Math.log(integral.value());
    }
}
