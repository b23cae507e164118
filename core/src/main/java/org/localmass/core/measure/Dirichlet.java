package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/** The Dirichlet distribution of K shares in the chart of the first K - 1. */
final class Dirichlet implements Distribution {
    private final double[] alpha;
    private final int d;
    private final double total;
    private final double logScale;

    private Dirichlet(double[] alpha) {
        this.alpha = alpha;
        this.d = alpha.length - 1;
        this.total = DoubleStream.of(alpha).sum();
        double log = LogGamma.value(total);
        for (double a : alpha) {
            log -= LogGamma.value(a);
        }
        this.logScale = log;
    }

    static Dirichlet of(double[] alpha) {
        if (alpha.length < 2) {
            throw new IllegalArgumentException("number of shares must be at least 2, was " + alpha.length);
        }
        for (int k = 0; k < alpha.length; k++) {
            Arguments.positive("alpha[" + k + "]", alpha[k]);
        }
        return new Dirichlet(alpha.clone());
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
        double sum = logScale;
        double rest = 1;
        for (int j = 0; j < d; j++) {
            if (point[j] < 0) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += alpha[j] == 1 ? 0 : (alpha[j] - 1) * Math.log(point[j]);
            rest -= point[j];
        }
        return rest < 0 ? Double.NEGATIVE_INFINITY : sum + (alpha[d] == 1 ? 0 : (alpha[d] - 1) * Math.log(rest));
    }

    private Univariate share(int j) {
        return Distributions.beta(alpha[j], total - alpha[j]);
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        Arguments.sameDimension(d, centre.length);
        if (d == 1) {
            return share(0).logBallMass(centre, radius, norm);
        }
        throw NoClosedFormException.of(
                "the mass of a ball under " + this, "take the half-space sum(x) <= r at the vertex");
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        if (d == 1) {
            return share(0).logTailMass(radius, norm);
        }
        if (radius > 1) {
            return Double.NEGATIVE_INFINITY;
        }
        throw NoClosedFormException.of("the mass outside of a ball under " + this);
    }

    /** Known where all factors are equal: the sum of the shares is beta. */
    @Override
    public double logHalfSpaceMass(double[] normal, double offset) {
        double factor = normal[0];
        for (double a : normal) {
            if (a != factor) {
                throw NoClosedFormException.of("the mass of this half-space under " + this);
            }
        }
        Univariate sum = Distributions.beta(total - alpha[d], alpha[d]);
        return factor > 0 ? sum.logLower(offset / factor) : sum.logUpper(offset / factor);
    }

    @Override
    public double logMass(Region region) {
        return RegionMass.of(this, region);
    }

    @Override
    public Distribution marginal(int[] coordinates) {
        if (coordinates.length == 1) {
            return share(coordinates[0]);
        }
        double[] kept = new double[coordinates.length + 1];
        double rest = total;
        for (int i = 0; i < coordinates.length; i++) {
            kept[i] = alpha[coordinates[i]];
            rest -= kept[i];
        }
        kept[coordinates.length] = coordinates.length == d ? alpha[d] : rest;
        return of(kept);
    }

    /**
     * Shares that vanish at the point give their alpha to kappa, each of the other dimensions gives 1. The constant is
     * known for interior points and where the vanishing shares are among the first K - 1; NaN elsewhere.
     */
    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        Arguments.sameDimension(d, point.length);
        if (d == 1) {
            return share(0).localLaw(point, norm);
        }
        double rest = 1 - DoubleStream.of(point).sum();
        if (Math.abs(rest) < 4e-16 * d) {
            rest = 0;
        }
        if (rest < 0 || Arrays.stream(point).anyMatch(x -> x < 0)) {
            return LocalLaw.vanishing();
        }
        int[] zeros = IntStream.range(0, d).filter(j -> point[j] == 0).toArray();
        double kappa = IntStream.of(zeros).mapToDouble(j -> alpha[j]).sum() + (d - zeros.length);
        if (rest == 0) {
            return LocalLaw.of(kappa - 1 + alpha[d], 0, Double.NaN);
        }
        if (zeros.length == 0) {
            return LocalLaw.of(d, 0, logDensity(point) + MultivariateNormal.logUnitVolume(d, norm));
        }
        if (norm.label().equals("mahalanobis")) {
            return LocalLaw.of(kappa, 0, Double.NaN);
        }
        // one block a coordinate: x^alpha/alpha beside a vanishing share, 2x about another one
        double log = logScale + (alpha[d] - 1) * Math.log(rest);
        LocalLaw[] blocks = new LocalLaw[d];
        for (int j = 0; j < d; j++) {
            if (point[j] == 0) {
                blocks[j] = LocalLaw.of(alpha[j], 0, -Math.log(alpha[j]));
            } else {
                log += (alpha[j] - 1) * Math.log(point[j]);
                blocks[j] = LocalLaw.of(1, 0, Math.log(2));
            }
        }
        return LocalLaw.product(List.of(blocks), norm).withLogWeight(log);
    }

    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        return LocalLaw.vanishing();
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        double[] parts = new double[d + 1];
        double sum;
        do {
            sum = 0;
            for (int j = 0; j <= d; j++) {
                parts[j] = AhrensDieterMarsagliaTsangGammaSampler.of(random, alpha[j], 1)
                        .sample();
                sum += parts[j];
            }
        } while (sum == 0);
        for (int j = 0; j < d; j++) {
            point[j] = parts[j] / sum;
        }
    }

    @Override
    public String toString() {
        return "dirichlet(" + Covariance.text(alpha) + ")";
    }
}
