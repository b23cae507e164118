package org.localmass.core.measure;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.region.RegionExpression;

/** The standard normal distribution. */
final class Normal extends Univariate {
    static final Normal STANDARD = new Normal();

    private static final double LOG_DENSITY_AT_0 = -0.5 * Math.log(2 * Math.PI);
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double[] NONE = {};

    private Normal() {}

    /** Log of \( \Phi(x) \), with full relative accuracy of the mass. */
    static double logCdf(double x) {
        return x > 0
                ? Math.log1p(-0.5 * Erfc.value(x * SQRT_HALF))
                : Math.log(0.5 * Erfcx.value(-x * SQRT_HALF)) - 0.5 * x * x;
    }

    @Override
    public double logDensity(double x) {
        return LOG_DENSITY_AT_0 - 0.5 * x * x;
    }

    @Override
    double logSlope(double x) {
        return -x;
    }

    /** \( \Phi(x) \). In the tail the square of x is taken with all its bits. */
    static Mass cdf(double x) {
        if (x > -1) {
            return Mass.of(0.5 * Erfc.value(-x * SQRT_HALF));
        }
        double square = x * x;
        double rest = Math.fma(x, x, -square);
        double scaled = 0.5 * Erfcx.value(-x * SQRT_HALF);
        if (Double.isInfinite(square)) {
            return Mass.ofLog(-0.5 * square);
        }
        return Mass.ofLog(-0.5 * square)
                .times(
                        Math.abs(rest) < 1e-8
                                ? Mass.of(scaled * (1 - 0.5 * rest))
                                : Mass.ofLog(-0.5 * rest).times(scaled));
    }

    @Override
    public Mass lower(double x) {
        return cdf(x);
    }

    @Override
    public Mass upper(double x) {
        return cdf(-x);
    }

    @Override
    public double[] breakpoints() {
        return NONE;
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        throw new IllegalArgumentException("breakpoint must be one of none, was " + breakpoint);
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        throw new IllegalArgumentException("breakpoint must be one of none, was " + breakpoint);
    }

    @Override
    LocalLaw tailLaw(int side) {
        return LocalLaw.vanishing();
    }

    @Override
    ExponentialTail exponentialTail(int side) {
        return ExponentialTail.THINNER;
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return ZigguratSampler.NormalizedGaussian.of(random).sample();
    }

    @Override
    String text(double loc, double scale) {
        return "normal(" + RegionExpression.textOf(loc) + ", " + RegionExpression.textOf(scale) + ")";
    }

    @Override
    public String toString() {
        return text(0, 1);
    }
}
