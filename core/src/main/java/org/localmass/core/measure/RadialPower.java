package org.localmass.core.measure;

import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;

/** The law on the ball of radius R in two or more dimensions of density proportional to \( \|x\|^{-b} \). */
final class RadialPower implements Distribution {
    private final int d;
    private final double b;
    private final double end;

    private RadialPower(int d, double b, double end) {
        this.d = d;
        this.b = b;
        this.end = end;
    }

    static Distribution of(int dimension, double b, double end) {
        Arguments.positive("d", dimension);
        if (!(b < dimension) || b == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("b must be less than d = " + dimension + ", was " + b);
        }
        Arguments.positive("R", end);
        return dimension == 1 ? line(b, end) : new RadialPower(dimension, b, end);
    }

    /** Half of \( (x/R)^\kappa \), kappa = 1 - b, on either side of 0. */
    private static Univariate line(double b, double end) {
        double kappa = 1 - b;
        double logScale = Math.log(0.5 * kappa) - kappa * Math.log(end);
        return EvenLaw.bounded(
                        TextForm.fixed("radial_power", 1, b, end),
                        new EvenLaw.Formulas(
                                x -> x > end
                                        ? Double.NEGATIVE_INFINITY
                                        : b == 0 ? logScale : logScale - b * Math.log(x),
                                x -> x < end ? Mass.power(x / end, kappa).times(0.5) : Mass.of(0.5),
                                x -> x < end ? besideEnd(kappa, (end - x) / end) : Mass.ZERO,
                                LocalLaw.of(kappa, 0, logScale - Math.log(kappa)),
                                LocalLaw.vanishing(),
                                ExponentialTail.THINNER,
                                random -> end * Math.pow(1 - random.nextDouble(), 1 / kappa)),
                        end,
                        h -> besideEnd(kappa, h / end),
                        LocalLaw.of(1, 0, Math.log(0.5 * kappa / end)))
                .withSlope(x -> b == 0 ? 0 : -b / x);
    }

    /** Half of \( 1 - (1-h)^\kappa \). */
    private static Mass besideEnd(double kappa, double h) {
        return Mass.of(h >= 1 ? 0.5 : -0.5 * Math.expm1(kappa * Math.log1p(-h)));
    }

    @Override
    public int dimension() {
        return d;
    }

    @Override
    public List<Stratum> strata() {
        return List.of(new Stratum(Carrier.whole(d), 0, LogDensity.of(d, this::logDensity)));
    }

    @Override
    public double logDensity(double[] point) {
        double size = norm(point);
        return size > end ? Double.NEGATIVE_INFINITY : logRadialDensity(size) - logSphere(size);
    }

    private static double norm(double[] point) {
        double size = 0;
        for (double x : point) {
            size = Math.hypot(size, x);
        }
        return size;
    }

    /** Log of the area of the sphere of a radius. */
    private double logSphere(double radius) {
        double area = Math.log(2) + 0.5 * d * Math.log(Math.PI) - LogGamma.value(0.5 * d);
        return area + (d - 1) * Math.log(radius);
    }

    private double logRadialDensity(double rho) {
        return rho > end
                ? Double.NEGATIVE_INFINITY
                : Math.log(d - b) - (d - b) * Math.log(end) + (d - b == 1 ? 0 : (d - b - 1) * Math.log(rho));
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        Arguments.sameDimension(d, centre.length);
        requireEuclidean(norm);
        return radius == 0
                ? Double.NEGATIVE_INFINITY
                : SphericalBall.logMass(d, norm(centre), radius, this::logRadialDensity, end, this::logCore);
    }

    private double logCore(double radius) {
        return radius >= end ? 0 : Mass.power(radius / end, d - b).log();
    }

    private void requireEuclidean(Norm norm) {
        if (!norm.label().equals("l2")) {
            throw NoClosedFormException.of("the mass of this " + norm.label() + " ball under " + this, "use --norm l2");
        }
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        requireEuclidean(norm);
        if (radius <= 0) {
            return 0;
        }
        return radius >= end ? Double.NEGATIVE_INFINITY : Math.log(-Math.expm1((d - b) * Math.log(radius / end)));
    }

    @Override
    public double logMass(Region region) {
        return RegionMass.of(this, region);
    }

    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        double size = norm(point);
        if (size > end) {
            return LocalLaw.vanishing();
        }
        if (size == 0) {
            requireEuclidean(norm);
            return LocalLaw.of(d - b, 0, -(d - b) * Math.log(end));
        }
        double logConstant = logDensity(point) + MultivariateNormal.logUnitVolume(d, norm);
        // a tilted plane halves a cube, too
        return LocalLaw.of(d, 0, size == end ? logConstant - Math.log(2) : logConstant);
    }

    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        return LocalLaw.vanishing();
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        double size;
        do {
            size = 0;
            for (int j = 0; j < d; j++) {
                point[j] = Normal.STANDARD.sample(random);
                size = Math.hypot(size, point[j]);
            }
        } while (size == 0);
        double rho = end * Math.pow(random.nextDouble(), 1 / (d - b));
        for (int j = 0; j < d; j++) {
            point[j] *= rho / size;
        }
    }

    @Override
    public String toString() {
        return "radial_power(" + d + ", " + RegionExpression.textOf(b) + ", " + RegionExpression.textOf(end) + ")";
    }
}
