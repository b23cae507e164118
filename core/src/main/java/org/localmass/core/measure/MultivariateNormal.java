package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/** The multivariate normal distribution; the covariance may be singular. */
final class MultivariateNormal implements Distribution {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double TOLERANCE = 1e-13;
    private static final int EVALUATIONS = 400_000;

    private final double[] mean;
    private final Covariance covariance;

    private MultivariateNormal(double[] mean, Covariance covariance) {
        this.mean = mean;
        this.covariance = covariance;
    }

    static MultivariateNormal of(double[] mean, Covariance covariance) {
        if (covariance.dimension() != mean.length) {
            throw new IllegalArgumentException(
                    "dimension of Sigma must be that of mu, " + mean.length + ", was " + covariance.dimension());
        }
        return new MultivariateNormal(Arguments.finite("mu", mean.clone()), covariance);
    }

    double[] mean() {
        return mean.clone();
    }

    Covariance covariance() {
        return covariance;
    }

    @Override
    public int dimension() {
        return mean.length;
    }

    @Override
    public List<Distribution> blocks() {
        if (!covariance.isDiagonal()) {
            return List.of(this);
        }
        Distribution[] lines = new Distribution[mean.length];
        Arrays.setAll(lines, j -> line(j));
        return List.of(lines);
    }

    private Univariate line(int j) {
        double variance = covariance.entry(j, j);
        return variance == 0 ? Dirac.of(mean[j]) : Affine.of(Normal.STANDARD, mean[j], Math.sqrt(variance));
    }

    @Override
    public List<Stratum> strata() {
        double[] values = covariance.eigenvalues();
        int rank = covariance.rank();
        if (rank == mean.length) {
            return List.of(new Stratum(Carrier.whole(rank), 0, LogDensity.of(rank, this::logDensity)));
        }
        if (covariance.isDiagonal()) {
            int[] free = covariance.freeCoordinates();
            return List.of(new Stratum(Carrier.coordinates(free, mean), 0, LogDensity.of(rank, point -> {
                double sum = -0.5 * rank * LOG_TWO_PI;
                for (int i = 0; i < rank; i++) {
                    double variance = covariance.entry(free[i], free[i]);
                    double gap = point[i] - mean[free[i]];
                    sum -= 0.5 * (Math.log(variance) + gap / variance * gap);
                }
                return sum;
            })));
        }
        double[][] basis = covariance.basis();
        double[][] carried = Arrays.copyOfRange(basis, mean.length - rank, mean.length);
        double[] spread = Arrays.copyOfRange(values, mean.length - rank, mean.length);
        return List.of(new Stratum(Carrier.affine(carried, mean), 0, LogDensity.of(rank, u -> {
            double sum = -0.5 * rank * LOG_TWO_PI;
            for (int i = 0; i < rank; i++) {
                sum -= 0.5 * (Math.log(spread[i]) + u[i] / spread[i] * u[i]);
            }
            return sum;
        })));
    }

    @Override
    public double logDensity(double[] point) {
        return covariance.rank() < mean.length
                ? Double.NEGATIVE_INFINITY
                : logCarrierDensity(covariance.rotated(mean, point));
    }

    /** Log density on the carrier at a point with the given coordinates along the eigenvectors. */
    private double logCarrierDensity(double[] shifts) {
        double[] values = covariance.eigenvalues();
        double sum = -0.5 * covariance.rank() * LOG_TWO_PI;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                sum -= 0.5 * (Math.log(values[i]) + shifts[i] / values[i] * shifts[i]);
            }
        }
        return sum;
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        Arguments.sameDimension(mean.length, centre.length);
        if (!(radius >= 0)) {
            throw new IllegalArgumentException("radius must not be negative, was " + radius);
        }
        if (mean.length == 1) {
            return line(0).logBallMass(centre, radius, norm);
        }
        return switch (norm.label()) {
            case "l2" -> GaussianBall.logMass(covariance.eigenvalues(), covariance.rotated(mean, centre), radius);
            case "mahalanobis" -> whitened(norm).logBallMass(norm.whitened(centre), radius, Norm.l2());
            default -> cube(centre, radius, norm);
        };
    }

    private double cube(double[] centre, double radius, Norm norm) {
        if (covariance.isDiagonal()) {
            return Product.of(blocks()).logBallMass(centre, radius, norm);
        }
        if (mean.length == 2 && covariance.rank() == 2) {
            return square(centre, radius);
        }
        throw NoClosedFormException.of("the mass of an linf ball under " + this, "use --norm l2 or mahalanobis");
    }

    /** The image of this distribution under the map that turns the norm's balls into Euclidean ones. */
    MultivariateNormal whitened(Norm norm) {
        int d = mean.length;
        double[][] columns = new double[d][];
        double[][] values = covariance.matrix();
        for (int j = 0; j < d; j++) {
            columns[j] = norm.whitened(values[j]);
        }
        double[][] both = new double[d][d];
        for (int i = 0; i < d; i++) {
            double[] row = new double[d];
            for (int j = 0; j < d; j++) {
                row[j] = columns[j][i];
            }
            both[i] = norm.whitened(row);
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                both[i][j] = both[j][i] = 0.5 * (both[i][j] + both[j][i]);
            }
        }
        return of(norm.whitened(mean), Covariance.full(both));
    }

    /** A square under a correlated pair: the first coordinate is integrated. */
    private double square(double[] centre, double radius) {
        double sd = Math.sqrt(covariance.entry(0, 0));
        double slope = covariance.entry(0, 1) / covariance.entry(0, 0);
        double residual = Math.sqrt(covariance.entry(1, 1) - slope * covariance.entry(0, 1));
        double shift = centre[0] - mean[0];
        double lift = centre[1] - mean[1];
        double scale = logSlice(0, shift, lift, sd, slope, residual, radius);
        double best = Math.max(-1, Math.min(1, -shift / radius));
        double atBest = logSlice(best, shift, lift, sd, slope, residual, radius);
        double top = Math.max(scale, atBest);
        if (top == Double.NEGATIVE_INFINITY) {
            return top;
        }
        Quadrature.Result result = Quadrature.integrate(
                u -> Math.exp(logSlice(u, shift, lift, sd, slope, residual, radius) - top),
                new double[] {-1, Math.min(0, best), Math.max(0, best), 1},
                TOLERANCE,
                0,
                EVALUATIONS);
        return Math.min(0, top + Math.log(radius) + Math.log(result.value()));
    }

    private static double logSlice(
            double u, double shift, double lift, double sd, double slope, double residual, double radius) {
        double x = shift + radius * u;
        return Normal.STANDARD.logDensity(x / sd)
                - Math.log(sd)
                + Normal.STANDARD.logBallMass((lift - slope * x) / residual, radius / residual);
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        if (radius <= 0) {
            return 0;
        }
        if (mean.length == 1) {
            return line(0).logTailMass(radius, norm);
        }
        return switch (norm.label()) {
            case "l2" ->
                GaussianBall.logComplement(
                        covariance.eigenvalues(), covariance.rotated(mean, new double[mean.length]), radius);
            case "mahalanobis" -> whitened(norm).logTailMass(radius, Norm.l2());
            default -> {
                if (!covariance.isDiagonal()) {
                    throw NoClosedFormException.of(
                            "the mass outside of an linf ball under " + this, "use --norm l2 or mahalanobis");
                }
                yield Product.of(blocks()).logTailMass(radius, norm);
            }
        };
    }

    @Override
    public double logHalfSpaceMass(double[] normal, double offset) {
        double[] marginal = projected(normal);
        return marginal[1] > 0
                ? Normal.logCdf((offset - marginal[0]) / Math.sqrt(marginal[1]))
                : marginal[0] <= offset ? 0 : Double.NEGATIVE_INFINITY;
    }

    /** Mean and variance of a.x. */
    double[] projected(double[] normal) {
        double variance = 0;
        double centre = 0;
        for (int i = 0; i < mean.length; i++) {
            centre += normal[i] * mean[i];
            for (int j = 0; j < mean.length; j++) {
                variance += normal[i] * covariance.entry(i, j) * normal[j];
            }
        }
        return new double[] {centre, variance};
    }

    @Override
    public double logMass(Region region) {
        return RegionMass.of(this, region);
    }

    @Override
    public Distribution marginal(int[] coordinates) {
        if (coordinates.length == 1) {
            return line(coordinates[0]);
        }
        double[] part = new double[coordinates.length];
        Arrays.setAll(part, i -> mean[coordinates[i]]);
        return of(part, covariance.part(coordinates));
    }

    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        int d = mean.length;
        int rank = covariance.rank();
        if (rank == d) {
            return LocalLaw.of(d, 0, logDensity(point) + logUnitVolume(d, norm));
        }
        if (norm.label().equals("mahalanobis")) {
            return whitened(norm).localLaw(norm.whitened(point), Norm.l2());
        }
        double[] shifts = covariance.rotated(mean, point);
        double[] values = covariance.eigenvalues();
        for (int i = 0; i < d; i++) {
            if (values[i] == 0 && shifts[i] != 0) {
                return LocalLaw.vanishing();
            }
        }
        if (rank == 0) {
            return LocalLaw.atom(1);
        }
        if (norm.label().equals("linf") && !covariance.isDiagonal()) {
            return LocalLaw.of(rank, 0, Double.NaN);
        }
        return LocalLaw.of(rank, 0, logCarrierDensity(shifts) + logUnitVolume(rank, norm));
    }

    /** Log volume of the unit ball of a norm. */
    static double logUnitVolume(int d, Norm norm) {
        if (norm.label().equals("linf")) {
            return d * Math.log(2);
        }
        double log = 0.5 * d * Math.log(Math.PI) - LogGamma.value(0.5 * d + 1);
        double[][] factor = norm.factor();
        for (int i = 0; i < factor.length; i++) {
            log += Math.log(factor[i][i]);
        }
        return log;
    }

    @Override
    public Optional<double[][]> scaleMatrix() {
        return Optional.of(covariance.matrix());
    }

    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        return LocalLaw.vanishing();
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        double[] values = covariance.eigenvalues();
        double[][] basis = covariance.basis();
        System.arraycopy(mean, 0, point, 0, mean.length);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                double z = Math.sqrt(values[i]) * gaussian.sample();
                for (int j = 0; j < mean.length; j++) {
                    point[j] += z * basis[i][j];
                }
            }
        }
    }

    @Override
    public String toString() {
        return "multi_normal(" + Covariance.text(mean) + ", " + covariance + ")";
    }
}
