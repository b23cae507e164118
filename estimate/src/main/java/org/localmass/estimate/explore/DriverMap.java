package org.localmass.estimate.explore;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;
import org.localmass.core.internal.Arguments;

/**
 * An invertible map from base coordinates z to points x in which a few coordinates, the drivers D, set location and
 * scale of the rest R, with the density that it gives to a t-distributed z.
 *
 * <p>\[ x_D = \mu_D + L_D z_D,\quad u = (x_D-\mu_D)/\mathrm{sd}_D,\quad
 *       y = C^T\Phi_m(u) + e^{S^T\Phi_s(u)} \odot (L_R z_R),\quad x_R = V^{-T} y, \]
 * \[ \log|dx/dz| = \log\det L_D + \log\det L_R + \textstyle\sum_j (S^T\Phi_s(u))_j - \log|\det V|, \qquad
 *    q(x) = t_\nu(z; 0, \iota^2 I)\,/\,|dx/dz| . \]
 *
 * <p>The base coordinates are ordered drivers first, then the rest in the order of the point. Without drivers it is a
 * multivariate t. u is held within 1000, the log scales within 300, so that far points stay finite; map and inverse
 * agree there too. Immutable; methods allocate nothing but {@link #sample}, and need a {@link MapScratch} of the thread.
 * <br>Accuracy: a round trip returns to 1e-12 relative to the spread, unless the factors are nearly singular.
 */
final class DriverMap {
    private static final double MOST_U = 1e3;
    private static final double MOST_LOG_SCALE = 300;

    private final int dimension;
    private final int[] drivers;
    private final int[] rest;
    private final DriverFeatures features;
    private final double[] mean;
    private final double[] sd;
    /** Rows of lower triangles, m by m and r by r. */
    private final double[] driverFactor;

    private final double[] restFactor;
    /** Coefficients by feature, then by coordinate of the rest. */
    private final double[] location;

    private final double[] scale;
    /** V, r by r, and its inverse; null without rotation. */
    private final double @Nullable [] rotation;

    private final double @Nullable [] inverse;
    /** log|det V^-1|, 0 without rotation. */
    private final double logInverse;

    private final double logDeterminant;
    private final double nu;
    private final double inflation;
    private final double logConstant;

    /** Arrays are taken over. */
    DriverMap(
            int[] drivers,
            int[] rest,
            DriverFeatures features,
            double[] mean,
            double[] sd,
            double[] driverFactor,
            double[] restFactor,
            double[] location,
            double[] scale,
            double @Nullable [] rotation,
            double @Nullable [] inverse,
            double logInverse,
            double nu,
            double inflation) {
        this.dimension = drivers.length + rest.length;
        this.drivers = drivers;
        this.rest = rest;
        this.features = features;
        this.mean = mean;
        this.sd = sd;
        this.driverFactor = driverFactor;
        this.restFactor = restFactor;
        this.location = location;
        this.scale = scale;
        this.rotation = rotation;
        this.inverse = inverse;
        this.logInverse = logInverse;
        this.nu = nu;
        this.inflation = inflation;
        double log = logInverse;
        for (int k = 0; k < drivers.length; k++) {
            log += Math.log(driverFactor[k * drivers.length + k]);
        }
        for (int j = 0; j < rest.length; j++) {
            log += Math.log(restFactor[j * rest.length + j]);
        }
        this.logDeterminant = log;
        this.logConstant = LogGamma.value(0.5 * (nu + dimension))
                - LogGamma.value(0.5 * nu)
                - 0.5 * dimension * Math.log(nu * Math.PI)
                - dimension * Math.log(inflation);
    }

    /**
     * A multivariate t: no drivers.
     *
     * @param mean   centre, d values, finite
     * @param factor lower triangle L of the scale matrix L L^T, by rows; row i has at least i + 1 values
     * @param nu     degrees of freedom
     */
    static DriverMap student(double[] mean, double[][] factor, double nu) {
        int d = mean.length;
        Arguments.finite("mean", mean);
        Arguments.sameDimension(d, factor.length);
        Arguments.positive("nu", nu);
        double[] flat = new double[d * d];
        double[] scale = new double[d];
        int[] rest = new int[d];
        for (int i = 0; i < d; i++) {
            rest[i] = i;
            Arguments.positive("factor[" + i + "][" + i + "]", factor[i][i]);
            // the size of each coordinate is kept apart, so that the factor is well scaled
            double size = 0;
            for (int j = 0; j <= i; j++) {
                size = Math.hypot(size, factor[i][j]);
            }
            scale[i] = Math.log(size);
            for (int j = 0; j <= i; j++) {
                flat[i * d + j] = factor[i][j] / size;
            }
        }
        return new DriverMap(
                new int[0],
                rest,
                new DriverFeatures(0, 0),
                new double[0],
                new double[0],
                new double[0],
                flat,
                mean.clone(),
                scale,
                null,
                null,
                0,
                nu,
                1);
    }

    /** The same map with another base density. */
    DriverMap withBase(double degrees, double size) {
        return new DriverMap(
                drivers,
                rest,
                features,
                mean,
                sd,
                driverFactor,
                restFactor,
                location,
                scale,
                rotation,
                inverse,
                logInverse,
                Arguments.positive("nu", degrees),
                Arguments.positive("inflation", size));
    }

    /** Heavier and wider for sampling: at most 10 degrees of freedom, wider by {@code 1 + .4/sqrt(d)}. */
    DriverMap inflated() {
        return withBase(Math.min(nu, 10), inflation * (1 + 0.4 / Math.sqrt(dimension)));
    }

    /** The same map with the drivers spread further; what they set is carried on by the features. */
    DriverMap withDriversStretched(double by) {
        Arguments.positive("by", by);
        double[] wider = driverFactor.clone();
        for (int k = 0; k < wider.length; k++) {
            wider[k] *= by;
        }
        return new DriverMap(
                drivers,
                rest,
                features,
                mean,
                sd,
                wider,
                restFactor,
                location,
                scale,
                rotation,
                inverse,
                logInverse,
                nu,
                inflation);
    }

    int dimension() {
        return dimension;
    }

    /** The number of drivers. */
    int drivers() {
        return drivers.length;
    }

    /** The coordinate of the point that is driver k. */
    int driver(int k) {
        return drivers[k];
    }

    /** 1 with hinges and hyperbolic tangents, else 0. */
    int level() {
        return features.level();
    }

    boolean rotated() {
        return rotation != null;
    }

    /** Degrees of freedom of the base density. */
    double nu() {
        return nu;
    }

    /** Scale of the base density. */
    double inflation() {
        return inflation;
    }

    /** The number of coefficients, for the price of a fit. */
    int parameters() {
        int r = rest.length;
        return 2 * dimension
                + (drivers.length > 0 ? location.length + scale.length : 0)
                + dimension * (dimension - 1) / 2
                + (rotation != null ? r * (r - 1) / 2 : 0);
    }

    /** The point of base coordinates z; returns log|dx/dz|. Leaves in the scratch what {@link #pullBack} needs. */
    double toPoint(double[] z, double[] x, MapScratch scratch) {
        int m = drivers.length;
        int r = rest.length;
        for (int k = 0; k < m; k++) {
            double sum = 0;
            for (int i = 0; i <= k; i++) {
                sum += driverFactor[k * m + i] * z[i];
            }
            x[drivers[k]] = mean[k] + sum;
            scratch.u[k] = held(sum / sd[k], MOST_U);
        }
        double log = logDeterminant + conditions(scratch);
        double[] y = scratch.rest;
        for (int j = 0; j < r; j++) {
            double sum = 0;
            for (int i = 0; i <= j; i++) {
                sum += restFactor[j * r + i] * z[m + i];
            }
            double e = sum * scratch.factor[j];
            y[j] += e;
            scratch.residual[j] = e;
        }
        if (inverse == null) {
            for (int j = 0; j < r; j++) {
                x[rest[j]] = y[j];
            }
        } else {
            for (int i = 0; i < r; i++) {
                x[rest[i]] = 0;
            }
            for (int j = 0; j < r; j++) {
                for (int i = 0; i < r; i++) {
                    x[rest[i]] += y[j] * inverse[j * r + i];
                }
            }
        }
        return log;
    }

    /** The base coordinates of a point; returns log|dx/dz|. */
    double toBase(double[] x, double[] z, MapScratch scratch) {
        int m = drivers.length;
        int r = rest.length;
        for (int k = 0; k < m; k++) {
            double gap = x[drivers[k]] - mean[k];
            scratch.u[k] = held(gap / sd[k], MOST_U);
            for (int i = 0; i < k; i++) {
                gap -= driverFactor[k * m + i] * z[i];
            }
            z[k] = gap / driverFactor[k * m + k];
        }
        double log = logDeterminant + conditions(scratch);
        double[] centre = scratch.rest;
        for (int j = 0; j < r; j++) {
            double y = 0;
            if (rotation == null) {
                y = x[rest[j]];
            } else {
                for (int i = 0; i < r; i++) {
                    y += x[rest[i]] * rotation[i * r + j];
                }
            }
            double sum = (y - centre[j]) / scratch.factor[j];
            for (int i = 0; i < j; i++) {
                sum -= restFactor[j * r + i] * z[m + i];
            }
            z[m + j] = sum / restFactor[j * r + j];
        }
        return log;
    }

    /** Location (into {@code rest}), log scale and scale of the rest given u; returns the sum of the log scales. */
    private double conditions(MapScratch scratch) {
        int r = rest.length;
        features.values(scratch.u, scratch.scale, scratch.location);
        sums(location, features.location(), scratch.location, scratch.rest, r);
        sums(scale, features.scale(), scratch.scale, scratch.logScale, r);
        double log = 0;
        for (int j = 0; j < r; j++) {
            double s = held(scratch.logScale[j], MOST_LOG_SCALE);
            log += s;
            scratch.factor[j] = Math.exp(s);
        }
        return log;
    }

    private static void sums(double[] coefficients, int count, double[] values, double[] sums, int r) {
        Arrays.fill(sums, 0, r, 0);
        for (int f = 0; f < count; f++) {
            double value = values[f];
            for (int j = 0; j < r; j++) {
                sums[j] += value * coefficients[f * r + j];
            }
        }
    }

    private static double held(double value, double most) {
        return Math.max(-most, Math.min(most, value));
    }

    /**
     * The gradient in z of log p(x(z)) + log|dx/dz|, from that of log p in x.
     *
     * <p>To be called after {@link #toPoint} of this map with the same scratch.
     * <br>Accuracy: 1e-6 relative against central differences.
     *
     * @param gradient of log p at the point, d values, not modified
     * @param pulled   d places, overwritten
     */
    void pullBack(double[] gradient, double[] pulled, MapScratch scratch) {
        int m = drivers.length;
        int r = rest.length;
        double[] g = scratch.rest;
        for (int j = 0; j < r; j++) {
            if (inverse == null) {
                g[j] = gradient[rest[j]];
            } else {
                double sum = 0;
                for (int i = 0; i < r; i++) {
                    sum += gradient[rest[i]] * inverse[j * r + i];
                }
                g[j] = sum;
            }
        }
        for (int i = 0; i < r; i++) {
            double sum = 0;
            for (int j = i; j < r; j++) {
                sum += g[j] * scratch.factor[j] * restFactor[j * r + i];
            }
            pulled[m + i] = sum;
        }
        if (m == 0) {
            return;
        }
        int places = features.location();
        for (int f = 0; f < places; f++) {
            double sum = 0;
            for (int j = 0; j < r; j++) {
                sum += location[f * r + j] * g[j];
            }
            scratch.ofPlace[f] = sum;
        }
        for (int j = 0; j < r; j++) {
            g[j] = Math.abs(scratch.logScale[j]) < MOST_LOG_SCALE ? g[j] * scratch.residual[j] + 1 : 0;
        }
        int scales = features.scale();
        for (int f = 0; f < scales; f++) {
            double sum = 0;
            for (int j = 0; j < r; j++) {
                sum += scale[f * r + j] * g[j];
            }
            scratch.ofScale[f] = sum;
        }
        Arrays.fill(scratch.slope, 0, m, 0);
        features.addSlopes(scratch.u, scratch.location, scratch.ofScale, scratch.ofPlace, scratch.slope);
        for (int k = 0; k < m; k++) {
            double inside = Math.abs(scratch.u[k]) < MOST_U ? scratch.slope[k] / sd[k] : 0;
            scratch.slope[k] = gradient[drivers[k]] + inside;
        }
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int k = i; k < m; k++) {
                sum += scratch.slope[k] * driverFactor[k * m + i];
            }
            pulled[i] = sum;
        }
    }

    /** Log density of the base at z. */
    double logBase(double[] z) {
        return logConstant - 0.5 * (nu + dimension) * Math.log1p(square(z) / (inflation * inflation * nu));
    }

    /** Log density of the base at z, and its gradient, which is overwritten. */
    double logBase(double[] z, double[] gradient) {
        double square = square(z);
        double spread = inflation * inflation;
        double factor = -(nu + dimension) / (nu * spread + square);
        for (int j = 0; j < dimension; j++) {
            gradient[j] = factor * z[j];
        }
        return logConstant - 0.5 * (nu + dimension) * Math.log1p(square / (spread * nu));
    }

    /** The base's log density at 0. */
    double logConstant() {
        return logConstant;
    }

    private double square(double[] z) {
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum += z[j] * z[j];
        }
        return sum;
    }

    /** Log density at a point: that of the base minus log|dx/dz|. */
    double logDensity(double[] x, MapScratch scratch) {
        double log = toBase(x, scratch.base, scratch);
        return logBase(scratch.base) - log;
    }

    /** Draws base coordinates and their point; returns log|dx/dz|. */
    double sample(UniformRandomProvider random, double[] z, double[] x, MapScratch scratch) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double chi =
                AhrensDieterMarsagliaTsangGammaSampler.of(random, 0.5 * nu, 2).sample();
        double size = inflation * Math.sqrt(nu / chi);
        for (int j = 0; j < dimension; j++) {
            z[j] = size * gaussian.sample();
        }
        return toPoint(z, x, scratch);
    }
}
