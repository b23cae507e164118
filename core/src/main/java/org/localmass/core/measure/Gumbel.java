package org.localmass.core.measure;

import org.apache.commons.rng.UniformRandomProvider;

/** The standard Gumbel distribution, \( P(X\le x) = \exp(-e^{-x}) \). */
final class Gumbel extends NamedLaw {
    Gumbel() {
        super(TextForm.locationScale("gumbel"));
    }

    @Override
    public double logDensity(double x) {
        return -x - Math.exp(-x);
    }

    @Override
    double logSlope(double x) {
        return Math.expm1(-x);
    }

    @Override
    public Mass lower(double x) {
        return Mass.ofLog(-Math.exp(-x));
    }

    @Override
    public Mass upper(double x) {
        return x > 36 ? Mass.ofLog(-x) : Mass.of(-Math.expm1(-Math.exp(-x)));
    }

    @Override
    public double[] breakpoints() {
        return new double[0];
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        throw notABreakpoint(breakpoint);
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        throw notABreakpoint(breakpoint);
    }

    @Override
    LocalLaw tailLaw(int side) {
        return LocalLaw.vanishing();
    }

    @Override
    ExponentialTail exponentialTail(int side) {
        return side > 0 ? new ExponentialTail(1, 0, 0) : ExponentialTail.THINNER;
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return -Math.log(-Math.log1p(-random.nextDouble()));
    }
}
