package org.localmass.estimate.explore;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A division of weighted points into k groups of small within-group squares: Lloyd's algorithm, 15 turns, from centres
 * drawn in proportion to squared distances; the best of four starts.
 */
final class KMeans {
    private static final int STARTS = 4;
    private static final int TURNS = 15;
    private static final int MOST_AXES = 8;

    private KMeans() {}

    /** Standardised points by row; in more than eight dimensions their first eight principal components. */
    static double[][] coordinates(WeightedPoints points) {
        int n = points.size();
        int d = points.dimension();
        double[] rows = new double[n * d];
        for (int j = 0; j < d; j++) {
            double[] column = points.column(j);
            for (int i = 0; i < n; i++) {
                rows[i * d + j] = points.constant(j) ? 0 : (column[i] - points.mean(j)) / points.spread(j);
            }
        }
        double[][] axes = d > MOST_AXES ? axes(rows, points.weights(), n, d) : new double[0][];
        double[][] result = new double[n][];
        for (int i = 0; i < n; i++) {
            if (axes.length == 0) {
                result[i] = Arrays.copyOfRange(rows, i * d, (i + 1) * d);
            } else {
                result[i] = new double[axes.length];
                for (int a = 0; a < axes.length; a++) {
                    for (int j = 0; j < d; j++) {
                        result[i][a] += axes[a][j] * rows[i * d + j];
                    }
                }
            }
        }
        return result;
    }

    private static double[][] axes(double[] rows, double[] weights, int n, int d) {
        double[] product = new double[d * d];
        Cholesky.gram(rows, d, weights, n, product);
        DMatrixRMaj correlation = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                correlation.set(i, j, product[i * d + j]);
                correlation.set(j, i, product[i * d + j]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(correlation)) {
            return new double[0][];
        }
        Integer[] order = new Integer[d];
        Arrays.setAll(order, j -> j);
        Arrays.sort(
                order,
                (a, b) -> Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
        double[][] axes = new double[MOST_AXES][d];
        for (int a = 0; a < MOST_AXES; a++) {
            DMatrixRMaj axis = eigen.getEigenVector(order[a]);
            for (int j = 0; j < d; j++) {
                axes[a][j] = axis.get(j, 0);
            }
        }
        return axes;
    }

    /** By group, then by point: 1 where the point belongs to the group, else 0. */
    static double[][] memberships(double[][] points, double[] weights, int k, UniformRandomProvider random) {
        int n = points.length;
        int[] best = new int[n];
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            int[] labels = new int[n];
            double cost = run(points, weights, k, random, labels);
            if (cost < least) {
                least = cost;
                best = labels;
            }
        }
        double[][] shares = new double[k][n];
        for (int i = 0; i < n; i++) {
            shares[best[i]][i] = 1;
        }
        return shares;
    }

    private static double run(double[][] points, double[] weights, int k, UniformRandomProvider random, int[] labels) {
        int n = points.length;
        int d = points[0].length;
        double[][] centres = new double[k][];
        double[] nearest = new double[n];
        Arrays.fill(nearest, 1);
        for (int c = 0; c < k; c++) {
            centres[c] = points[drawn(nearest, weights, random)].clone();
            for (int i = 0; i < n; i++) {
                double square = square(points[i], centres[c]);
                nearest[i] = c == 0 ? square : Math.min(nearest[i], square);
            }
        }
        double cost = 0;
        double[] masses = new double[k];
        double[][] sums = new double[k][d];
        for (int turn = 0; turn <= TURNS; turn++) {
            cost = 0;
            for (int i = 0; i < n; i++) {
                double least = Double.POSITIVE_INFINITY;
                for (int c = 0; c < k; c++) {
                    double square = square(points[i], centres[c]);
                    if (square < least) {
                        least = square;
                        labels[i] = c;
                    }
                }
                cost += weights[i] * least;
            }
            if (turn == TURNS) {
                break;
            }
            Arrays.fill(masses, 0);
            for (double[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            for (int i = 0; i < n; i++) {
                masses[labels[i]] += weights[i];
                for (int j = 0; j < d; j++) {
                    sums[labels[i]][j] += weights[i] * points[i][j];
                }
            }
            for (int c = 0; c < k; c++) {
                if (masses[c] > 0) {
                    for (int j = 0; j < d; j++) {
                        centres[c][j] = sums[c][j] / masses[c];
                    }
                } else {
                    centres[c] = points[random.nextInt(n)].clone();
                }
            }
        }
        return cost;
    }

    /** A point drawn in proportion to weight times value. */
    private static int drawn(double[] values, double[] weights, UniformRandomProvider random) {
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            total += values[i] * weights[i];
        }
        double left = random.nextDouble() * total;
        for (int i = 0; i < values.length; i++) {
            left -= values[i] * weights[i];
            if (left < 0) {
                return i;
            }
        }
        return values.length - 1;
    }

    private static double square(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            double gap = a[j] - b[j];
            sum += gap * gap;
        }
        return sum;
    }
}
