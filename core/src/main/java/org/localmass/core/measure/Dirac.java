package org.localmass.core.measure;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** All mass at one point. */
final class Dirac extends Univariate {
    private static final double[] NONE = {};
    private final double location;

    private Dirac(double location) {
        this.location = location;
    }

    static Dirac of(double location) {
        return new Dirac(Arguments.finite("location", location) + 0.0);
    }

    @Override
    public double logDensity(double x) {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public Mass lower(double x) {
        return x >= location ? Mass.ONE : Mass.ZERO;
    }

    @Override
    public Mass upper(double x) {
        return x <= location ? Mass.ONE : Mass.ZERO;
    }

    @Override
    public List<Atom> atoms() {
        return List.of(new Atom(location, 1));
    }

    @Override
    public double[] breakpoints() {
        return NONE;
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        return Mass.ZERO;
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        return LocalLaw.vanishing();
    }

    @Override
    LocalLaw tailLaw(int side) {
        return LocalLaw.vanishing();
    }

    @Override
    Mass continuousMass() {
        return Mass.ZERO;
    }

    @Override
    Mass continuousBetween(double t, double u, double v) {
        return Mass.ZERO;
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return location;
    }

    @Override
    public String toString() {
        return "point(" + RegionExpression.textOf(location) + ")";
    }
}
