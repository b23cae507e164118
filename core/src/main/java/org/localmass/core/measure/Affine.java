package org.localmass.core.measure;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;

/** The law of {@code loc + scale Z}. */
final class Affine extends Univariate {
    private final Univariate base;
    private final double loc;
    private final double scale;
    private final double logScale;
    private final double[] breakpoints;

    private Affine(Univariate base, double loc, double scale, double[] breakpoints) {
        this.base = base;
        this.loc = loc;
        this.scale = scale;
        this.logScale = Math.log(scale);
        this.breakpoints = breakpoints;
    }

    /**
     * The law of {@code loc + scale Z}.
     *
     * @throws IllegalArgumentException if loc is not finite, or scale not positive and finite
     */
    static Affine of(Univariate base, double loc, double scale) {
        Arguments.finite("loc", loc);
        Arguments.positive("scale", scale);
        double[] points = base.breakpoints();
        for (int i = 0; i < points.length; i++) {
            points[i] = loc + scale * points[i];
        }
        return new Affine(base, loc, scale, points);
    }

    /** A law on (0, 1) moved to (lower, upper), whose ends are these doubles themselves. */
    static Affine between(UnitLaw base, double lower, double upper) {
        return new Affine(
                base,
                Arguments.finite("lower", lower),
                Arguments.positive("upper - lower", upper - lower),
                new double[] {lower, upper});
    }

    Univariate base() {
        return base;
    }

    double loc() {
        return loc;
    }

    double scale() {
        return scale;
    }

    /** The base's argument; at a breakpoint exactly the base's breakpoint. */
    private double standard(double x) {
        for (int i = 0; i < breakpoints.length; i++) {
            if (breakpoints[i] == x) {
                return base.breakpoints()[i];
            }
        }
        return (x - loc) / scale;
    }

    @Override
    public double logDensity(double x) {
        return base.logDensity((x - loc) / scale) - logScale;
    }

    @Override
    double logSlope(double x) {
        return base.logSlope((x - loc) / scale) / scale;
    }

    @Override
    double logSlopeAt(double t, double u) {
        return base.logSlopeAt(standard(t), u / scale) / scale;
    }

    @Override
    public Mass lower(double x) {
        return base.lower((x - loc) / scale);
    }

    @Override
    public Mass upper(double x) {
        return base.upper((x - loc) / scale);
    }

    @Override
    public List<Atom> atoms() {
        return base.atoms().stream()
                .map(atom -> new Atom(loc + scale * atom.location(), atom.mass()))
                .toList();
    }

    @Override
    public double[] breakpoints() {
        return breakpoints.clone();
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        return base.massBeside(standard(breakpoint), h / scale);
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        return base.lawBeside(standard(breakpoint), side).withRadiusFactor(1 / scale);
    }

    @Override
    LocalLaw tailLaw(int side) {
        return base.tailLaw(side).withRadiusFactor(scale);
    }

    @Override
    ExponentialTail exponentialTail(int side) {
        ExponentialTail tail = base.exponentialTail(side);
        // P(loc + scale Z >= R) = P(Z >= (R - loc)/scale); below, the sign of loc turns
        return Double.isInfinite(tail.rate()) || !(tail.rate() > 0)
                ? tail
                : new ExponentialTail(
                        tail.rate() / scale,
                        tail.power(),
                        tail.logConstant() + side * tail.rate() * loc / scale - tail.power() * logScale);
    }

    @Override
    Mass continuousMass() {
        return base.continuousMass();
    }

    @Override
    double logDensityAt(double t, double u) {
        return base.logDensityAt(standard(t), u / scale) - logScale;
    }

    @Override
    Mass continuousBetween(double t, double u, double v) {
        return base.continuousBetween(standard(t), u / scale, v / scale);
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return loc + scale * base.sample(random);
    }

    @Override
    public String toString() {
        return base.text(loc, scale);
    }
}
