package org.localmass.estimate.explore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The fit of a {@link DriverMap} with given drivers to weighted points.
 *
 * <p>Mean and factor of the drivers from moments. Location and log scale of each coordinate of the rest by
 * {@link ConditionalFit}; then the factor of the scaled residuals, shrunk towards its diagonal; degrees of freedom and
 * inflation by maximum likelihood over a grid.
 *
 * <p>The rotation diagonalises two covariances of the linear residuals together: where the first driver is low, and
 * where it is above its median.
 *
 * <p>Constant coordinates and fewer points than dimensions give a finite density: no variance is 0, factors are shrunk.
 */
final class MapFit {
    private static final double[] DEGREES = {4, 6, 10, 20, 60};
    private static final double[] INFLATIONS = {0.6, 0.7, 0.8, 0.9, 1};

    private final WeightedPoints points;
    private final double[] weights;
    private final int n;
    private final double effective;
    private final int[] drivers;
    private final int[] rest;
    private final DriverFeatures features;
    private final double[] mean;
    private final double[] sd;
    private final double[] driverFactor;
    /** Feature values by point. */
    private final double[] scaleRows;

    private final double[] placeRows;
    private final double[][] columns;
    private double @Nullable [] rotation;
    private double @Nullable [] inverse;
    private double logInverse;

    private MapFit(WeightedPoints points, int[] drivers, int level, boolean rotate) {
        this.points = points;
        this.weights = points.weights();
        this.n = points.size();
        this.effective = points.effective();
        this.drivers = drivers.clone();
        this.rest = others(points.dimension(), drivers);
        this.features = new DriverFeatures(drivers.length, level);
        int m = drivers.length;
        mean = new double[m];
        sd = new double[m];
        for (int k = 0; k < m; k++) {
            mean[k] = points.mean(drivers[k]);
            sd[k] = points.spread(drivers[k]);
        }
        double[] u = new double[n * m];
        for (int k = 0; k < m; k++) {
            double[] column = points.column(drivers[k]);
            for (int i = 0; i < n; i++) {
                u[i * m + k] = (column[i] - mean[k]) / sd[k];
            }
        }
        double[] product = new double[m * m];
        Cholesky.gram(u, m, weights, n, product);
        driverFactor = Cholesky.shrunk(product, m, effective);
        for (int k = 0; k < m; k++) {
            for (int i = 0; i <= k; i++) {
                driverFactor[k * m + i] *= sd[k];
            }
        }
        scaleRows = new double[n * features.scale()];
        placeRows = new double[n * features.location()];
        fillFeatures(u);
        columns = new double[rest.length][];
        for (int j = 0; j < rest.length; j++) {
            columns[j] = points.column(rest[j]);
        }
        if (rotate && m > 0 && rest.length > 1 && 0.4 * effective >= 2.0 * rest.length) {
            rotate(u);
        }
    }

    /**
     * Fits a map.
     *
     * @param drivers their coordinates, in the order of the base; none of them constant
     * @param level   1 with hinges and hyperbolic tangents, else 0
     * @param rounds  how often location and scale take turns, 3 to 5
     * @param rotate  whether to rotate the rest; not done without drivers or with less than five points a dimension
     */
    static FittedMap of(WeightedPoints points, int[] drivers, int level, int rounds, boolean rotate) {
        return new MapFit(points, drivers, level, rotate).fit(rounds);
    }

    /** Without drivers: a multivariate t. */
    static FittedMap plain(WeightedPoints points) {
        return of(points, new int[0], 0, 1, false);
    }

    private static int[] others(int d, int[] drivers) {
        int[] rest = new int[d - drivers.length];
        int next = 0;
        for (int j = 0; j < d; j++) {
            boolean driver = false;
            for (int k : drivers) {
                driver |= k == j;
            }
            if (!driver) {
                rest[next++] = j;
            }
        }
        return rest;
    }

    private void fillFeatures(double[] u) {
        int m = drivers.length;
        int s = features.scale();
        int l = features.location();
        double[] one = new double[m];
        double[] scale = new double[s];
        double[] place = new double[l];
        for (int i = 0; i < n; i++) {
            System.arraycopy(u, i * m, one, 0, m);
            features.values(one, scale, place);
            System.arraycopy(scale, 0, scaleRows, i * s, s);
            System.arraycopy(place, 0, placeRows, i * l, l);
        }
    }

    /** Replaces the columns of the rest by y = V^T x. */
    private void rotate(double[] u) {
        int m = drivers.length;
        int r = rest.length;
        double[][] residuals = linearResiduals(u);
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> u[i * m]))
                .mapToInt(Integer::intValue)
                .toArray();
        double low = Math.max(0.12, Math.min(0.4, 6.0 * r / effective));
        double[] lowWeights = new double[n];
        double[] highWeights = new double[n];
        double below = 0;
        for (int i : order) {
            below += weights[i];
            if (below < low) {
                lowWeights[i] = weights[i];
            }
            if (below > 0.5) {
                highWeights[i] = weights[i];
            }
        }
        double[] neck = covariance(residuals, lowWeights);
        double[] bulk = covariance(residuals, highWeights);
        double[] size = new double[r];
        for (int j = 0; j < r; j++) {
            size[j] = Math.max(Math.sqrt(bulk[j * r + j]), 1e-6 * points.spread(rest[j]));
        }
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                neck[i * r + j] /= size[i] * size[j];
                bulk[i * r + j] /= size[i] * size[j];
            }
            bulk[i * r + i] += 1e-8;
        }
        if (!Cholesky.factor(bulk, r)) {
            return;
        }
        // L^-1 neck L^-T by two solves
        double[] inner = forward(bulk, transposed(forward(bulk, neck, r), r), r);
        DMatrixRMaj symmetric = new DMatrixRMaj(r, r);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                symmetric.set(i, j, 0.5 * (inner[i * r + j] + inner[j * r + i]));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(r, true, true);
        if (!eigen.decompose(symmetric)) {
            return;
        }
        double[] v = new double[r * r];
        double[] back = new double[r * r];
        double log = 0;
        for (int j = 0; j < r; j++) {
            log += Math.log(bulk[j * r + j]) + Math.log(size[j]);
            DMatrixRMaj axis = eigen.getEigenVector(j);
            // V = D^-1 L^-T Q and V^-1 = Q^T L^T D
            double[] q = new double[r];
            for (int i = 0; i < r; i++) {
                q[i] = axis.get(i, 0);
                for (int k = i; k < r; k++) {
                    back[j * r + k] += q[i] * bulk[k * r + i];
                }
            }
            for (int i = r - 1; i >= 0; i--) {
                q[i] /= bulk[i * r + i];
                for (int k = 0; k < i; k++) {
                    q[k] -= bulk[i * r + k] * q[i];
                }
            }
            for (int i = 0; i < r; i++) {
                v[i * r + j] = q[i] / size[i];
                back[j * r + i] *= size[i];
            }
        }
        for (int j = 0; j < r; j++) {
            double[] y = new double[n];
            for (int k = 0; k < r; k++) {
                double weight = v[k * r + j];
                double[] column = points.column(rest[k]);
                for (int i = 0; i < n; i++) {
                    y[i] += weight * column[i];
                }
            }
            columns[j] = y;
        }
        rotation = v;
        inverse = back;
        logInverse = log;
    }

    /** Residuals of the rest on the drivers. */
    private double[][] linearResiduals(double[] u) {
        int m = drivers.length;
        double[] product = new double[m * m];
        Cholesky.gram(u, m, weights, n, product);
        for (int k = 0; k < m; k++) {
            product[k * m + k] += 1e-10;
        }
        boolean solvable = Cholesky.factor(product, m);
        double[][] residuals = new double[rest.length][n];
        double[] slope = new double[m];
        for (int j = 0; j < rest.length; j++) {
            double[] column = columns[j];
            double centre = points.mean(rest[j]);
            Arrays.fill(slope, 0);
            for (int i = 0; i < n && solvable; i++) {
                double y = weights[i] * (column[i] - centre);
                for (int k = 0; k < m; k++) {
                    slope[k] += y * u[i * m + k];
                }
            }
            if (solvable) {
                Cholesky.solve(product, m, slope);
            }
            for (int i = 0; i < n; i++) {
                double y = column[i] - centre;
                for (int k = 0; k < m; k++) {
                    y -= slope[k] * u[i * m + k];
                }
                residuals[j][i] = y;
            }
        }
        return residuals;
    }

    private double[] covariance(double[][] values, double[] w) {
        int r = values.length;
        double total = 0;
        for (double x : w) {
            total += x;
        }
        double[] rows = new double[n * r];
        for (int j = 0; j < r; j++) {
            double centre = 0;
            for (int i = 0; i < n; i++) {
                centre += w[i] * values[j][i];
            }
            centre = total > 0 ? centre / total : 0;
            for (int i = 0; i < n; i++) {
                rows[i * r + j] = values[j][i] - centre;
            }
        }
        double[] product = new double[r * r];
        Cholesky.gram(rows, r, w, n, product);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j <= i; j++) {
                product[i * r + j] /= total > 0 ? total : 1;
                product[j * r + i] = product[i * r + j];
            }
        }
        return product;
    }

    /** L^-1 B. */
    private static double[] forward(double[] factor, double[] b, int r) {
        double[] x = b.clone();
        for (int i = 0; i < r; i++) {
            for (int k = 0; k < i; k++) {
                double f = factor[i * r + k];
                for (int j = 0; j < r; j++) {
                    x[i * r + j] -= f * x[k * r + j];
                }
            }
            for (int j = 0; j < r; j++) {
                x[i * r + j] /= factor[i * r + i];
            }
        }
        return x;
    }

    private static double[] transposed(double[] a, int r) {
        double[] b = new double[r * r];
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                b[j * r + i] = a[i * r + j];
            }
        }
        return b;
    }

    private FittedMap fit(int rounds) {
        int r = rest.length;
        int places = features.location();
        int scales = features.scale();
        double[] location = new double[places * r];
        double[] scale = new double[scales * r];
        double[] residualRows = new double[n * r];
        ConditionalFit conditional =
                new ConditionalFit(placeRows, places, scaleRows, scales, weights, effective, drivers.length);
        for (int j = 0; j < r; j++) {
            if (rotation == null && points.constant(rest[j])) {
                location[j] = points.mean(rest[j]);
                scale[j] = Math.log(points.spread(rest[j]));
                continue;
            }
            conditional.fit(columns[j], rounds);
            for (int i = 0; i < n; i++) {
                residualRows[i * r + j] = conditional.residual(i);
            }
            for (int f = 0; f < places; f++) {
                location[f * r + j] = conditional.location(f);
            }
            for (int f = 0; f < scales; f++) {
                scale[f * r + j] = conditional.scale(f);
            }
        }
        double[] product = new double[r * r];
        Cholesky.gram(residualRows, r, weights, n, product);
        double[] restFactor = Cholesky.shrunk(product, r, effective);
        DriverMap map = new DriverMap(
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
                DEGREES[0],
                1);
        return withBase(map);
    }

    /** Degrees of freedom and inflation by maximum likelihood of |z|^2. */
    private FittedMap withBase(DriverMap map) {
        int d = map.dimension();
        MapScratch scratch = new MapScratch(d);
        double[] x = new double[d];
        double[] z = new double[d];
        double[] squares = new double[n];
        double jacobian = 0;
        for (int i = 0; i < n; i++) {
            points.read(i, x);
            jacobian += weights[i] * map.toBase(x, z, scratch);
            for (int j = 0; j < d; j++) {
                squares[i] += z[j] * z[j];
            }
        }
        double best = Double.NEGATIVE_INFINITY;
        DriverMap chosen = map;
        for (double degrees : DEGREES) {
            for (double inflation : INFLATIONS) {
                double by = 1 / (inflation * inflation * degrees);
                double log = 0;
                for (int i = 0; i < n; i++) {
                    log += weights[i] * Math.log1p(squares[i] * by);
                }
                DriverMap candidate = map.withBase(degrees, inflation);
                double likelihood = candidate.logConstant() - 0.5 * (degrees + d) * log;
                if (likelihood > best) {
                    best = likelihood;
                    chosen = candidate;
                }
            }
        }
        double likelihood = best - jacobian;
        return new FittedMap(
                chosen, likelihood, likelihood - chosen.parameters() * Math.log(effective) / (2 * effective));
    }
}
