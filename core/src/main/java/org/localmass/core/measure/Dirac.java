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
    public double logLower(double x) {
        return x >= location ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logUpper(double x) {
        return x <= location ? 0 : Double.NEGATIVE_INFINITY;
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
    double logMassBeside(double breakpoint, double h) {
        return Double.NEGATIVE_INFINITY;
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
    double logContinuousMass() {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    double logContinuousBetween(double t, double u, double v) {
        return Double.NEGATIVE_INFINITY;
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
