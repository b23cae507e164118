package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;

/** The multivariate Student t distribution: a normal whose covariance is divided by a chi-square over nu. */
final class MultivariateT implements Distribution {
    private static final double TOLERANCE = 1e-13;
    private static final int EVALUATIONS = 400_000;

    private final double nu;
    private final MultivariateNormal normal;
    private final int d;

    private MultivariateT(double nu, MultivariateNormal normal) {
        this.nu = nu;
        this.normal = normal;
        this.d = normal.dimension();
    }

    static MultivariateT of(double nu, double[] mean, Covariance scale) {
        Arguments.positive("nu", nu);
        if (scale.rank() < scale.dimension()) {
            throw new IllegalArgumentException("Sigma must be positive definite");
        }
        return new MultivariateT(nu, MultivariateNormal.of(mean, scale));
    }

    @Override
    public int dimension() {
        return d;
    }

    @Override
    public List<Stratum> strata() {
        return List.of(new Stratum(Carrier.whole(d), 0, LogDensity.of(d, this::logDensity)));
    }

    private double[] shifts(double[] point) {
        return normal.covariance().rotated(normal.mean(), point);
    }

    @Override
    public double logDensity(double[] point) {
        double[] values = normal.covariance().eigenvalues();
        double[] y = shifts(point);
        double square = 0;
        double log = LogGamma.value(0.5 * (nu + d)) - LogGamma.value(0.5 * nu) - 0.5 * d * Math.log(nu * Math.PI);
        for (int j = 0; j < d; j++) {
            square += y[j] / values[j] * y[j];
            log -= 0.5 * Math.log(values[j]);
        }
        return log - 0.5 * (nu + d) * Math.log1p(square / nu);
    }

    @Override
    public Optional<LogDensity.Differentiable> differentiable() {
        double constant = LogGamma.value(0.5 * (nu + d))
                - LogGamma.value(0.5 * nu)
                - 0.5 * d * Math.log(nu * Math.PI)
                - 0.5 * normal.covariance().logDeterminant();
        return Optional.of(new QuadraticDensity(normal.mean(), normal.covariance()) {
            @Override
            double log(double square) {
                return constant - 0.5 * (nu + d) * Math.log1p(square / nu);
            }

            @Override
            double factor(double square) {
                return -(nu + d) / (nu + square);
            }
        });
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        Arguments.sameDimension(d, centre.length);
        if (radius == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (norm.label().equals("linf") && d > 1) {
            return mixed(log -> scaled(log).logBallMass(centre, radius, norm));
        }
        if (norm.label().equals("mahalanobis") && d > 1) {
            return whitened(norm).logBallMass(norm.whitened(centre), radius, Norm.l2());
        }
        double r = d == 1 ? norm.halfWidth(radius) : radius;
        double[] values = normal.covariance().eigenvalues();
        double[] y = shifts(centre);
        boolean centred = Arrays.stream(values).distinct().count() == 1
                && Arrays.stream(y).allMatch(s -> s == 0);
        if (centred) {
            double square = r / values[0] * r;
            return BetaShare.of(square / (nu + square), 0.5 * d, 0.5 * nu).log();
        }
        return mixed(log -> GaussianBall.logMass(times(values, Math.exp(log)), y, r));
    }

    @Override
    public double logBoxMass(double[] lower, double[] upper) {
        return mixed(log -> {
            MultivariateNormal given = scaled(log);
            return RegionMass.ofBox(given, lower, upper);
        });
    }

    private MultivariateT whitened(Norm norm) {
        MultivariateNormal image = normal.whitened(norm);
        return of(nu, image.mean(), image.covariance());
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    /** The normal distribution given the log of the factor of its covariance. */
    private MultivariateNormal scaled(double log) {
        return MultivariateNormal.of(normal.mean(), normal.covariance().times(Math.exp(log)));
    }

    /** Log of the mean over the mixing law: the log factor u is -log(chi2_nu/nu). */
    private double mixed(DoubleUnaryOperator logMass) {
        double half = 0.5 * nu;
        double logScale = half * Math.log(half) - LogGamma.value(half);
        DoubleUnaryOperator log = u -> logScale - half * (u + Math.exp(-u)) + logMass.applyAsDouble(u);
        double step = 0.5 / Math.sqrt(half + 1);
        double peak = 0;
        double best = log.applyAsDouble(0);
        for (int direction = -1; direction <= 1; direction += 2) {
            for (double u = direction * step; Math.abs(u) < 1400; u += direction * step) {
                double next = log.applyAsDouble(u);
                if (next > best) {
                    best = next;
                    peak = u;
                } else if (next < best - 5) {
                    break;
                }
            }
        }
        double low = peak - step;
        while (log.applyAsDouble(low) > best - 45) {
            low -= 1.5 * (peak - low);
        }
        double high = peak + step;
        while (log.applyAsDouble(high) > best - 45) {
            high += 1.5 * (high - peak);
        }
        double top = best;
        Quadrature.Result result = Quadrature.integrate(
                u -> Math.exp(log.applyAsDouble(u) - top),
                new double[] {low, 0.5 * (low + peak), peak, 0.5 * (peak + high), high},
                TOLERANCE,
                0,
                EVALUATIONS);
        return Math.min(0, top + Math.log(result.value()));
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        if (radius <= 0) {
            return 0;
        }
        double[] origin = new double[d];
        if (norm.label().equals("linf") && d > 1) {
            return mixed(log -> scaled(log).logTailMass(radius, norm));
        }
        if (norm.label().equals("mahalanobis") && d > 1) {
            return whitened(norm).logTailMass(radius, Norm.l2());
        }
        double r = d == 1 ? norm.halfWidth(radius) : radius;
        double[] values = normal.covariance().eigenvalues();
        double[] y = shifts(origin);
        if (Arrays.stream(values).distinct().count() == 1 && Arrays.stream(y).allMatch(s -> s == 0)) {
            double share = r / values[0] * r / nu;
            return BetaShare.of(1 / (1 + share), 0.5 * nu, 0.5 * d).log();
        }
        return mixed(log -> GaussianBall.logComplement(times(values, Math.exp(log)), y, r));
    }

    @Override
    public double logHalfSpaceMass(double[] normalVector, double offset) {
        double[] marginal = normal.projected(normalVector);
        return Distributions.studentT(nu, marginal[0], Math.sqrt(marginal[1])).logLower(offset);
    }

    @Override
    public double logMass(Region region) {
        return RegionMass.of(this, region);
    }

    @Override
    public Distribution marginal(int[] coordinates) {
        if (coordinates.length == 1) {
            int j = coordinates[0];
            return Distributions.studentT(
                    nu, normal.mean()[j], Math.sqrt(normal.covariance().entry(j, j)));
        }
        double[] part =
                Arrays.stream(coordinates).mapToDouble(j -> normal.mean()[j]).toArray();
        return of(nu, part, normal.covariance().part(coordinates));
    }

    @Override
    public Optional<double[][]> scaleMatrix() {
        return Optional.of(normal.covariance().matrix());
    }

    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        return LocalLaw.of(d, 0, logDensity(point) + MultivariateNormal.logUnitVolume(d, norm));
    }

    /**
     * \( P(N(x) \ge R) \sim E[N(Z)^\nu]\,\nu^{\nu/2} / (2^{\nu/2}\Gamma(\nu/2+1))\,R^{-\nu} \) with Z normal of
     * covariance Sigma: closed where Sigma is isotropic and N is l2, else from the expectation's integral over radii.
     */
    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        double logMoment;
        double[] values = normal.covariance().eigenvalues();
        if (d == 1) {
            double sd = Math.sqrt(values[0]) / norm.halfWidth(1);
            logMoment = nu * Math.log(sd) + logAbsoluteMoment(1);
        } else if (norm.label().equals("l2") && Arrays.stream(values).distinct().count() == 1) {
            logMoment = 0.5 * nu * Math.log(values[0]) + logAbsoluteMoment(d);
        } else {
            MultivariateNormal centred = MultivariateNormal.of(new double[d], normal.covariance());
            logMoment = logMoment(r -> centred.logTailMass(r, norm));
        }
        return LocalLaw.of(nu, 0, logMoment + 0.5 * nu * Math.log(0.5 * nu) - LogGamma.value(0.5 * nu + 1));
    }

    /** \( \log E\|Z\|^\nu \) of a standard normal in m dimensions. */
    private double logAbsoluteMoment(int m) {
        return 0.5 * nu * Math.log(2) + LogGamma.value(0.5 * (m + nu)) - LogGamma.value(0.5 * m);
    }

    /** \( \log \int \nu r^{\nu-1} P(N(Z) \ge r)\,dr \), in v = log r. */
    private double logMoment(DoubleUnaryOperator logTail) {
        DoubleUnaryOperator log = v -> Math.log(nu) + nu * v + logTail.applyAsDouble(Math.exp(v));
        double peak = 0.5
                * Math.log(
                        Arrays.stream(normal.covariance().eigenvalues()).max().orElse(1));
        double best = Double.NEGATIVE_INFINITY;
        for (double v = peak - 6; v < peak + 6; v += 0.05) {
            best = Math.max(best, log.applyAsDouble(v));
        }
        double top = best;
        Quadrature.Result result = Quadrature.integrate(
                v -> Math.exp(log.applyAsDouble(v) - top),
                new double[] {peak - 2 - 45 / nu, peak - 2, peak, peak + 2, peak + 4},
                TOLERANCE,
                0,
                EVALUATIONS);
        return top + Math.log(result.value());
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        normal.sample(random, point);
        double factor = Math.sqrt(0.5
                * nu
                / AhrensDieterMarsagliaTsangGammaSampler.of(random, 0.5 * nu, 1).sample());
        double[] mean = normal.mean();
        for (int j = 0; j < d; j++) {
            point[j] = mean[j] + factor * (point[j] - mean[j]);
        }
    }

    @Override
    public String toString() {
        return "multi_student_t(" + RegionExpression.textOf(nu) + ", " + Covariance.text(normal.mean()) + ", "
                + normal.covariance() + ")";
    }
}
