package org.localmass.core.measure;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.localmass.core.internal.Quadrature;

/** Masses of intervals and balls on the line. */
final class IntervalMass {
    /** Differences lose at most two bits where the smaller is below this share of the larger. */
    private static final double SAFE_SHARE = 0.75;

    /** Ratio of offsets from which their log is the variable. */
    private static final double WIDE = 4;

    /** Values of the density on either side of the middle, for its scale. */
    private static final int SAMPLES = 4;

    /** Nodes of the Kronrod rule of 7 points, of which the second and the last are Gauss's 3. */
    private static final double[] NODES = {0.9604912687080203, 0.7745966692414834, 0.43424374934680254};

    private static final double[] KRONROD = {0.10465622602646726, 0.26848808986833345, 0.40139741477596225};
    private static final double KRONROD_MIDDLE = 0.45091653865847414;
    private static final double GAUSS = 5.0 / 9;
    private static final double GAUSS_MIDDLE = 8.0 / 9;
    /** Gauss's rule is exact to degree 5, Kronrod's to 11: their difference squared bounds the error of the latter. */
    private static final double SHORT = 1e-8;
    /** Change of the log density over a short interval. */
    private static final double FLAT = 2;
    /** Log densities with a rounding error that does not show. */
    private static final double ORDINARY = 16;

    private static final double TOLERANCE = 1e-15;
    private static final double ULP = 0x1p-52;
    /** Beyond 1e15 the log of a density says no more than its order of magnitude. */
    private static final double MOST_ROUNDING = 0.5;

    private static final int EVALUATIONS = 100_000;

    private IntervalMass() {}

    static Mass between(Univariate law, double lower, double upper) {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("lower must not exceed upper, was " + lower + " and " + upper);
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return upper == Double.POSITIVE_INFINITY ? Mass.ONE : law.lower(upper);
        }
        if (upper == Double.POSITIVE_INFINITY) {
            return law.upper(lower);
        }
        Mass sum = Mass.ZERO;
        for (Atom atom : law.atoms()) {
            if (atom.location() >= lower && atom.location() <= upper) {
                sum = sum.plus(Mass.of(atom.mass()));
            }
        }
        if (lower < upper) {
            // the origin of the offsets is the end nearer to 0: a difference to it is exact where that matters
            double origin = Math.abs(lower) < Math.abs(upper) ? lower : upper;
            sum = sum.plus(law.continuousBetween(origin, lower - origin, upper - origin));
        }
        return sum.atMostOne();
    }

    static Mass ball(Univariate law, double centre, double radius) {
        if (!Double.isFinite(centre)) {
            throw new IllegalArgumentException("centre must be finite, was " + centre);
        }
        if (!(radius >= 0)) {
            throw new IllegalArgumentException("radius must not be negative, was " + radius);
        }
        if (radius == Double.POSITIVE_INFINITY) {
            return Mass.ONE;
        }
        Mass sum = Mass.ZERO;
        for (Atom atom : law.atoms()) {
            if (Math.abs(atom.location() - centre) <= radius) {
                sum = sum.plus(Mass.of(atom.mass()));
            }
        }
        if (radius > 0) {
            sum = sum.plus(law.continuousBetween(centre, -radius, radius));
        }
        return sum.atMostOne();
    }

    /** The mass of a law without atoms on {@code [t + u, t + v]}: pieces between its breakpoints. */
    static Mass continuous(Univariate law, double t, double u, double v) {
        if (u == Double.NEGATIVE_INFINITY) {
            return v == Double.POSITIVE_INFINITY ? Mass.ONE : law.lower(t + v);
        }
        if (v == Double.POSITIVE_INFINITY) {
            return law.upper(t + u);
        }
        double[] breakpoints = law.breakpoints();
        Mass sum = Mass.ZERO;
        double start = u;
        double from = Double.NaN; // the breakpoint at the start of the piece, if it starts at one
        for (double breakpoint : breakpoints) {
            double offset = breakpoint - t;
            if (offset < u || offset > v) {
                continue;
            }
            if (offset > start) {
                sum = sum.plus(
                        Double.isNaN(from)
                                ? law.massBeside(breakpoint, start - offset)
                                : law.massBeside(from, breakpoint - from));
            }
            start = offset;
            from = breakpoint;
        }
        if (start < v) {
            sum = sum.plus(Double.isNaN(from) ? regular(law, t, u, v) : law.massBeside(from, v - start));
        }
        return sum;
    }

    /** A piece without breakpoints: the best difference if one is good, the integral of the density otherwise. */
    private static Mass regular(Univariate law, double t, double u, double v) {
        Mass brief = brief(law, t, u, v);
        return brief == null ? differenceOrIntegral(law, t, u, v) : brief;
    }

    /**
     * The mass of an interval over which the density hardly changes, by seven values; null where the density is far from
     * 1 or changes much.
     */
    private static @Nullable Mass brief(Univariate law, double t, double u, double v) {
        double middle = 0.5 * u + 0.5 * v;
        double half = 0.5 * v - 0.5 * u;
        double log = law.logDensityAt(t, middle);
        if (!(Math.abs(log) <= ORDINARY)) {
            return null;
        }
        double kronrod = KRONROD_MIDDLE;
        double gauss = GAUSS_MIDDLE;
        for (int i = 0; i < NODES.length; i++) {
            double below = law.logDensityAt(t, middle - half * NODES[i]) - log;
            double above = law.logDensityAt(t, middle + half * NODES[i]) - log;
            if (!(Math.abs(below) <= FLAT && Math.abs(above) <= FLAT)) {
                return null;
            }
            double both = Math.exp(below) + Math.exp(above);
            kronrod += KRONROD[i] * both;
            gauss += i == 1 ? GAUSS * both : 0;
        }
        return Math.abs(kronrod - gauss) <= SHORT * kronrod
                ? Mass.of(Math.exp(log)).times(half).times(kronrod)
                : null;
    }

    private static Mass differenceOrIntegral(Univariate law, double t, double u, double v) {
        if (u >= 0 || v <= 0) {
            for (double breakpoint : law.breakpoints()) {
                if (breakpoint == t) {
                    // offsets from a breakpoint are exact, the points themselves are not
                    Mass large = law.massBeside(t, u >= 0 ? v : u);
                    Mass small = u == 0 || v == 0 ? Mass.ZERO : law.massBeside(t, u >= 0 ? u : v);
                    if (small.compareTo(large.times(SAFE_SHARE)) < 0) {
                        return large.minus(small);
                    }
                }
            }
        }
        double a = t + u;
        double b = t + v;
        if (a < b) {
            Mass lower = law.lower(b);
            Mass upper = law.upper(a);
            if (lower.isZero() || upper.isZero()) {
                return Mass.ZERO;
            }
            boolean below = lower.compareTo(upper) < 0;
            Mass large = below ? lower : upper;
            Mass small = below ? law.lower(a) : law.upper(b);
            if (small.compareTo(large.times(SAFE_SHARE)) < 0) {
                return large.minus(small);
            }
            for (double breakpoint : law.breakpoints()) {
                // only the next breakpoint on either side has no other between
                boolean next = breakpoint < a ? noneBetween(law, breakpoint, a) : noneBetween(law, b, breakpoint);
                if (next) {
                    large = law.massBeside(breakpoint, (breakpoint < a ? b : a) - breakpoint);
                    small = law.massBeside(breakpoint, (breakpoint < a ? a : b) - breakpoint);
                    if (small.compareTo(large.times(SAFE_SHARE)) < 0) {
                        return large.minus(small);
                    }
                }
            }
        }
        return integral(law, t, u, v);
    }

    /** The integral of the density; over several octaves of offsets in their log. */
    private static Mass integral(Univariate law, double t, double u, double v) {
        boolean octaves = u > 0 ? v / u > WIDE : v < 0 && u / v > WIDE;
        double side = u > 0 ? 1 : -1;
        double from = octaves ? Math.log(Math.min(Math.abs(u), Math.abs(v))) : u;
        double to = octaves ? Math.log(Math.max(Math.abs(u), Math.abs(v))) : v;
        DoubleUnaryOperator log =
                octaves ? s -> law.logDensityAt(t, side * Math.exp(s)) + s : offset -> law.logDensityAt(t, offset);
        double middle = 0.5 * (from + to);
        double half = 0.5 * (to - from);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = -SAMPLES; i <= SAMPLES; i++) {
            largest = Math.max(largest, log.applyAsDouble(middle + half * i / (SAMPLES + 1)));
        }
        double scale = largest;
        if (scale == Double.NEGATIVE_INFINITY) {
            return Mass.ZERO;
        }
        Quadrature.Result integral = Quadrature.integrate(
                x -> Math.exp(log.applyAsDouble(middle + half * x) - scale),
                new double[] {-1, 1},
                Math.max(TOLERANCE, octaves ? 4 * ULP * Math.abs(scale) : rounding(law, t, u, v, scale)),
                0,
                EVALUATIONS);
        return Mass.ofLog(scale).times(half).times(integral.value());
    }

    /** Relative error of the density from the rounding of its log and of its argument. */
    private static double rounding(Univariate law, double t, double u, double v, double logDensity) {
        double change = Math.abs(law.logDensityAt(t, v) - law.logDensityAt(t, u)) / (v - u);
        double size = Math.max(Math.abs(t + u), Math.abs(t + v));
        double share = ULP * (Math.abs(logDensity) + (Double.isFinite(change) ? change * size : 0));
        return Math.min(share, MOST_ROUNDING);
    }

    private static boolean noneBetween(Univariate law, double low, double high) {
        for (double breakpoint : law.breakpoints()) {
            if (breakpoint > low && breakpoint < high) {
                return false;
            }
        }
        return true;
    }
}
