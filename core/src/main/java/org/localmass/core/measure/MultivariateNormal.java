package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/** The multivariate normal distribution; the covariance may be singular. */
final class MultivariateNormal implements Distribution {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double TOLERANCE = 1e-13;
    private static final int EVALUATIONS = 400_000;
    /** Standard deviations that hold all mass. */
    private static final double FAR = 40;

    private static final double GOLDEN = 0.6180339887498949;
    private static final int SECTIONS = 40;
    private static final int OCTAVES = 4;

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

    @Override
    public Optional<LogDensity.Differentiable> differentiable() {
        if (covariance.rank() < mean.length) {
            return Optional.empty();
        }
        double constant = -0.5 * mean.length * LOG_TWO_PI - 0.5 * covariance.logDeterminant();
        return Optional.of(new QuadraticDensity(mean, covariance) {
            @Override
            double log(double square) {
                return constant - 0.5 * square;
            }

            @Override
            double factor(double square) {
                return -1;
            }
        });
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

    @Override
    public double logBoxMass(double[] lower, double[] upper) {
        if (mean.length == 2 && covariance.rank() == 2) {
            double top = reach(0, lower[0], upper[0]);
            double from = Math.max(lower[0], mean[0] - top);
            double to = Math.min(upper[0], mean[0] + top);
            double centre = 0.5 * from + 0.5 * to;
            double residual = residual();
            return integral(centre - mean[0], 0.5 * to - 0.5 * from, x -> {
                double middle = mean[1] + regression() * x;
                return Normal.STANDARD.logMass((lower[1] - middle) / residual, (upper[1] - middle) / residual);
            });
        }
        throw NoClosedFormException.of("the mass of a box under " + this);
    }

    /** Distance from the mean beyond which nothing is left of the mass between two ends. */
    private double reach(int j, double lower, double upper) {
        double sd = Math.sqrt(covariance.entry(j, j));
        double nearest = Math.max(0, Math.max(lower - mean[j], mean[j] - upper));
        return nearest + FAR * sd;
    }

    /** A square under a correlated pair: the first coordinate is integrated. */
    private double square(double[] centre, double radius) {
        double lift = centre[1] - mean[1];
        double residual = residual();
        return integral(
                centre[0] - mean[0],
                radius,
                x -> Normal.STANDARD.logBallMass((lift - regression() * x) / residual, radius / residual));
    }

    /** Outside of a square about 0 under a correlated pair. */
    private double outsideOfSquare(double radius) {
        double residual = residual();
        double strips = integral(-mean[0], radius, x -> {
            double middle = mean[1] + regression() * x;
            return LogSum.of(
                    Normal.STANDARD.logLower((-radius - middle) / residual),
                    Normal.STANDARD.logUpper((radius - middle) / residual));
        });
        return Math.min(0, LogSum.of(line(0).tailMass(radius).log(), strips));
    }

    private double regression() {
        return covariance.entry(0, 1) / covariance.entry(0, 0);
    }

    /** Standard deviation of the second coordinate given the first. */
    private double residual() {
        return Math.sqrt(covariance.entry(1, 1) - regression() * covariance.entry(0, 1));
    }

    /**
     * Log of the integral over {@code |x - shift| < half}, x the first coordinate less its mean, of its density times
     * what the second has given x.
     */
    private double integral(double shift, double half, DoubleUnaryOperator logSecond) {
        double sd = Math.sqrt(covariance.entry(0, 0));
        DoubleUnaryOperator log = u -> {
            double x = shift + half * u;
            return Normal.STANDARD.logDensity(x / sd) - Math.log(sd) + logSecond.applyAsDouble(x);
        };
        // the logs are concave: the golden section finds the peak
        double low = -1;
        double high = 1;
        double first = high - GOLDEN * (high - low);
        double second = low + GOLDEN * (high - low);
        double atFirst = log.applyAsDouble(first);
        double atSecond = log.applyAsDouble(second);
        for (int i = 0; i < SECTIONS; i++) {
            if (atFirst > atSecond) {
                high = second;
                second = first;
                atSecond = atFirst;
                first = high - GOLDEN * (high - low);
                atFirst = log.applyAsDouble(first);
            } else {
                low = first;
                first = second;
                atFirst = atSecond;
                second = low + GOLDEN * (high - low);
                atSecond = log.applyAsDouble(second);
            }
        }
        double peak = 0.5 * (low + high);
        double top = Math.max(log.applyAsDouble(peak), log.applyAsDouble(0));
        if (top == Double.NEGATIVE_INFINITY) {
            return top;
        }
        double scale = top;
        Quadrature.Result result = Quadrature.integrate(
                u -> Math.exp(log.applyAsDouble(u) - scale), cuts(peak), TOLERANCE, 0, EVALUATIONS);
        return Math.min(0, top + Math.log(half) + Math.log(result.value()));
    }

    /** Panels that shrink towards the peak. */
    private static double[] cuts(double peak) {
        double[] cuts = new double[2 * OCTAVES + 3];
        for (int i = 0; i <= OCTAVES; i++) {
            double share = Math.scalb(1.0, -2 * i);
            cuts[i] = peak - (peak + 1) * share;
            cuts[cuts.length - 1 - i] = peak + (1 - peak) * share;
        }
        cuts[OCTAVES + 1] = peak;
        return cuts;
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
                if (!covariance.isDiagonal() && mean.length == 2 && covariance.rank() == 2) {
                    yield outsideOfSquare(radius);
                }
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
