package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;

/** Neal's funnel: v is normal(0, sd), x_1..x_n given v are normal of variance e^v; coordinates (v, x). */
final class NealFunnel implements Distribution {
    private static final double TOLERANCE = 1e-13;
    private static final int EVALUATIONS = 400_000;
    private static final double DEEP = 40;

    private final int n;
    private final double sd;

    private NealFunnel(int n, double sd) {
        this.n = n;
        this.sd = sd;
    }

    static NealFunnel of(int n, double sd) {
        return new NealFunnel(Arguments.positive("n", n), Arguments.positive("sd_v", sd));
    }

    @Override
    public int dimension() {
        return n + 1;
    }

    @Override
    public List<Stratum> strata() {
        return List.of(new Stratum(Carrier.whole(n + 1), 0, LogDensity.of(n + 1, this::logDensity)));
    }

    private double logV(double v) {
        return Normal.STANDARD.logDensity(v / sd) - Math.log(sd);
    }

    @Override
    public double logDensity(double[] point) {
        double v = point[0];
        double sum = logV(v) - 0.5 * n * v;
        for (int j = 1; j <= n; j++) {
            sum += Normal.STANDARD.logDensity(point[j] * Math.exp(-0.5 * v));
        }
        return sum;
    }

    @Override
    public Optional<LogDensity.Differentiable> differentiable() {
        return Optional.of(new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return n + 1;
            }

            @Override
            public double value(double[] point) {
                return logDensity(point);
            }

            @Override
            public double value(double[] point, double[] gradient) {
                double v = point[0];
                double precision = Math.exp(-v);
                double square = 0;
                for (int j = 1; j <= n; j++) {
                    gradient[j] = -point[j] * precision;
                    square -= point[j] * gradient[j];
                }
                gradient[0] = -v / (sd * sd) - 0.5 * n + 0.5 * square;
                return logV(v) - 0.5 * n * v + n * Normal.STANDARD.logDensity(0) - 0.5 * square;
            }
        });
    }

    /** Log of the mass of the section at v: a ball of the x alone. */
    private double logSection(double v, double[] centre, double radius, boolean cube) {
        if (cube) {
            double scale = Math.exp(-0.5 * v);
            double sum = 0;
            for (int j = 1; j <= n; j++) {
                sum += Normal.STANDARD.logBallMass(centre[j] * scale, radius * scale);
            }
            return sum;
        }
        double[] variances = new double[n];
        Arrays.fill(variances, Math.exp(v));
        return GaussianBall.logMass(variances, Arrays.copyOfRange(centre, 1, n + 1), radius);
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        Arguments.sameDimension(n + 1, centre.length);
        if (radius == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        boolean cube = norm.label().equals("linf");
        if (norm.label().equals("mahalanobis")) {
            throw NoClosedFormException.of("the mass of a mahalanobis ball under " + this, "use --norm l2 or linf");
        }
        double half = 0.5 * Math.PI;
        return integral(
                cube
                        ? u -> logV(centre[0] + radius * u) + logSection(centre[0] + radius * u, centre, radius, true)
                        : u -> {
                            double v = centre[0] + radius * Math.sin(half * u);
                            double cos = Math.cos(half * u);
                            return cos > 0
                                    ? logV(v) + Math.log(half * cos) + logSection(v, centre, radius * cos, false)
                                    : Double.NEGATIVE_INFINITY;
                        },
                radius);
    }

    /** Log of r times the integral over (-1, 1) of the exponential of a function. */
    private static double integral(DoubleUnaryOperator log, double radius) {
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < 64; i++) {
            top = Math.max(top, log.applyAsDouble(i / 32.0 - 1));
        }
        if (top == Double.NEGATIVE_INFINITY) {
            return top;
        }
        double scale = top;
        Quadrature.Result result = Quadrature.integrate(
                u -> Math.exp(log.applyAsDouble(u) - scale), new double[] {-1, 0, 1}, TOLERANCE, 0, EVALUATIONS);
        return Math.min(0, scale + Math.log(radius) + Math.log(result.value()));
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        if (radius <= 0) {
            return 0;
        }
        if (norm.label().equals("mahalanobis")) {
            throw NoClosedFormException.of("the mass of a mahalanobis ball under " + this, "use --norm l2 or linf");
        }
        boolean cube = norm.label().equals("linf");
        double outer = Normal.logCdf(-radius / sd) + Math.log(2);
        double reach = Math.min(radius, DEEP * sd);
        double inner = integral(
                u -> {
                    double v = reach * u;
                    double variance = Math.exp(v);
                    double logTail;
                    if (cube) {
                        double one = Normal.logCdf(-radius * Math.exp(-0.5 * v)) + Math.log(2);
                        logTail = one < -40 ? one + Math.log(n) : LogSum.log1mexp(n * LogSum.log1mexp(one));
                    } else {
                        double[] variances = new double[n];
                        Arrays.fill(variances, variance);
                        logTail = GaussianBall.logComplement(
                                variances, new double[n], Math.sqrt((radius - v) * (radius + v)));
                    }
                    return logV(v) + logTail;
                },
                reach);
        return Math.min(0, LogSum.of(outer, inner));
    }

    @Override
    public double logMass(Region region) {
        return RegionMass.of(this, region);
    }

    @Override
    public Distribution marginal(int[] coordinates) {
        if (coordinates.length == 1 && coordinates[0] == 0) {
            return Distributions.normal(0, sd);
        }
        return coordinates[0] == 0 ? of(coordinates.length - 1, sd) : Distribution.super.marginal(coordinates);
    }

    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        return LocalLaw.of(n + 1, 0, logDensity(point) + MultivariateNormal.logUnitVolume(n + 1, norm));
    }

    /** Tails of x are those of a lognormal size: thinner than every power. */
    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        return LocalLaw.vanishing();
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        point[0] = sd * Normal.STANDARD.sample(random);
        double scale = Math.exp(0.5 * point[0]);
        for (int j = 1; j <= n; j++) {
            point[j] = scale * Normal.STANDARD.sample(random);
        }
    }

    @Override
    public String toString() {
        return "neal_funnel(" + n + (sd == 3 ? "" : ", " + RegionExpression.textOf(sd)) + ")";
    }
}
