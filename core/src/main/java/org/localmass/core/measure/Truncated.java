package org.localmass.core.measure;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.region.RegionExpression;

/** A law conditioned on a closed interval. */
final class Truncated extends Univariate {
    /** Rejection is used where it takes few proposals. */
    private static final double REJECTION = Math.log(0.2);

    private final Univariate base;
    private final double lower;
    private final double upper;
    private final Mass mass;
    private final double logMass;
    private final double[] breakpoints;

    private Truncated(Univariate base, double lower, double upper, Mass mass) {
        this.base = base;
        this.lower = lower;
        this.upper = upper;
        this.mass = mass;
        this.logMass = mass.log();
        this.breakpoints = DoubleStream.concat(DoubleStream.of(base.breakpoints()), DoubleStream.of(lower, upper))
                .filter(x -> x >= lower && x <= upper && Double.isFinite(x))
                .map(x -> x + 0.0)
                .distinct()
                .sorted()
                .toArray();
    }

    /**
     * The law given {@code lower <= X <= upper}.
     *
     * @throws IllegalArgumentException if the interval is empty or has no mass
     */
    static Truncated of(Univariate base, double lower, double upper) {
        if (!(lower < upper)) {
            throw new IllegalArgumentException("lower must be less than upper, was " + lower + " and " + upper);
        }
        Mass mass = base.mass(lower, upper);
        if (mass.isZero()) {
            throw new IllegalArgumentException(base + " has no mass from " + lower + " to " + upper);
        }
        return new Truncated(base, lower, upper, mass);
    }

    @Override
    public double logDensity(double x) {
        return x >= lower && x <= upper ? base.logDensity(x) - logMass : Double.NEGATIVE_INFINITY;
    }

    @Override
    double logSlope(double x) {
        return base.logSlope(x);
    }

    @Override
    double logSlopeAt(double t, double u) {
        return base.logSlopeAt(t, u);
    }

    @Override
    public Mass lower(double x) {
        return x < lower
                ? Mass.ZERO
                : x >= upper ? Mass.ONE : base.mass(lower, x).over(mass).atMostOne();
    }

    @Override
    public Mass upper(double x) {
        return x > upper
                ? Mass.ZERO
                : x <= lower ? Mass.ONE : base.mass(x, upper).over(mass).atMostOne();
    }

    @Override
    public List<Atom> atoms() {
        return base.atoms().stream()
                .filter(atom -> atom.location() >= lower && atom.location() <= upper)
                .map(atom -> new Atom(
                        atom.location(), Mass.of(atom.mass()).over(mass).value()))
                .toList();
    }

    @Override
    public double[] breakpoints() {
        return breakpoints.clone();
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        return continuousBetween(breakpoint, Math.min(0, h), Math.max(0, h));
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        boolean outside = side < 0 ? breakpoint <= lower : breakpoint >= upper;
        return outside
                ? LocalLaw.vanishing()
                : base.oneSidedLaw(breakpoint, side).withLogWeight(-logMass);
    }

    @Override
    LocalLaw tailLaw(int side) {
        boolean bounded = Double.isFinite(side < 0 ? lower : upper);
        return bounded ? LocalLaw.vanishing() : base.tailLaw(side).withLogWeight(-logMass);
    }

    @Override
    ExponentialTail exponentialTail(int side) {
        if (Double.isFinite(side < 0 ? lower : upper)) {
            return ExponentialTail.THINNER;
        }
        ExponentialTail tail = base.exponentialTail(side);
        return new ExponentialTail(tail.rate(), tail.power(), tail.logConstant() - logMass);
    }

    @Override
    Mass continuousMass() {
        return continuousBetween(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Override
    double logDensityAt(double t, double u) {
        return u >= lower - t && u <= upper - t ? base.logDensityAt(t, u) - logMass : Double.NEGATIVE_INFINITY;
    }

    @Override
    Mass continuousBetween(double t, double u, double v) {
        double from = Math.max(u, lower - t);
        double to = Math.min(v, upper - t);
        return from < to ? base.continuousBetween(t, from, to).over(mass) : Mass.ZERO;
    }

    @Override
    public double sample(UniformRandomProvider random) {
        if (logMass > REJECTION) {
            while (true) {
                double x = base.sample(random);
                if (x >= lower && x <= upper) {
                    return x;
                }
            }
        }
        double logU = Math.log(1 - random.nextDouble());
        return quantile(logU);
    }

    /** The smallest x with {@code logLower(x) >= logU}, by halving over the doubles. */
    private double quantile(double logU) {
        long low = order(Math.max(lower, -Double.MAX_VALUE));
        long high = order(Math.min(upper, Double.MAX_VALUE));
        while (low < high) {
            long middle = Math.floorDiv(low, 2) + Math.floorDiv(high, 2) + (low & high & 1);
            if (logLower(value(middle)) >= logU) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return value(low);
    }

    private static long order(double x) {
        long bits = Double.doubleToLongBits(x + 0.0);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static double value(long order) {
        return Double.longBitsToDouble(order >= 0 ? order : Long.MIN_VALUE - order);
    }

    @Override
    public String toString() {
        return "truncate(" + base + ", " + RegionExpression.textOf(lower) + ", " + RegionExpression.textOf(upper) + ")";
    }
}
