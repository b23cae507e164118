package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Directions of several parameters along which two modes may lie apart.
 *
 * <p>Coordinates are centred at the median, divided by a robust standard deviation, cut off at 5 and whitened by the
 * Cholesky factor of their covariance (shrunk by 2 % to its diagonal); with many parameters they are only standardised.
 */
final class Directions {
    private static final double CUT_OFF = 5;
    private static final double SHRINK = 0.02;
    private static final int STEPS = 15;
    /** Extreme coordinates that kurtosis directions start from, at either end. */
    private static final int STARTS = 2;
    /** Factors below this share of the largest are dropped: they carry noise of the other parameters. */
    private static final double LEAST_FACTOR = 0.05;

    private final double[][] whitened;
    private final double[][] factor;
    private final double[] scale;
    private final double[] weight;

    private Directions(double[][] whitened, double[][] factor, double[] scale, double[] weight) {
        this.whitened = whitened;
        this.factor = factor;
        this.scale = scale;
        this.weight = weight;
    }

    /**
     * Directions in the original coordinates.
     *
     * @param members      rows that are looked at
     * @param mostWhitened parameters beyond which coordinates are only standardised
     */
    static List<double[]> of(PooledRows rows, int[] members, int mostWhitened) {
        int k = rows.columns().length;
        int n = members.length;
        if (n < 4 * Math.min(k, mostWhitened) || n < 100) {
            mostWhitened = 0;
        }
        double[] weight = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            weight[i] = rows.weight()[members[i]];
            total += weight[i];
        }
        for (int i = 0; i < n; i++) {
            weight[i] /= total;
        }
        double[][] z = new double[k][n];
        double[] scale = new double[k];
        for (int j = 0; j < k; j++) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = rows.columns()[j][members[i]];
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double median = sorted[n / 2];
            double spread = (sorted[(int) (0.75 * (n - 1))] - sorted[(int) (0.25 * (n - 1))]) / 1.349;
            scale[j] = spread > 0 ? 1 / spread : 0;
            double mean = 0;
            for (int i = 0; i < n; i++) {
                z[j][i] = Math.max(-CUT_OFF, Math.min(CUT_OFF, (values[i] - median) * scale[j]));
                mean += weight[i] * z[j][i];
            }
            for (int i = 0; i < n; i++) {
                z[j][i] -= mean;
            }
        }
        double[][] factor = new double[0][];
        if (k <= mostWhitened) {
            factor = cholesky(covariance(z, weight));
            whiten(z, factor);
        }
        Directions space = new Directions(z, factor, scale, weight);
        List<double[]> starts = space.starts(rows, members);
        List<double[]> directions = new ArrayList<>();
        for (double[] start : starts) {
            directions.add(space.original(space.twoMeans(start)));
            if (factor.length > 0) {
                directions.add(space.original(space.kurtosis(start)));
            }
        }
        directions.removeIf(d -> Arrays.stream(d).allMatch(x -> x == 0));
        return directions;
    }

    /** Main axis of the standardised spread, difference of the two sets' means, coordinates of extreme kurtosis. */
    private List<double[]> starts(PooledRows rows, int[] members) {
        int k = whitened.length;
        int n = weight.length;
        List<double[]> starts = new ArrayList<>();
        double[] between = new double[k];
        double[] fourth = new double[k];
        for (int j = 0; j < k; j++) {
            double[] mean = new double[2];
            double[] size = new double[2];
            double variance = 0;
            for (int i = 0; i < n; i++) {
                int side = rows.reference()[members[i]] ? 0 : 1;
                double v = whitened[j][i];
                mean[side] += weight[i] * v;
                size[side] += weight[i];
                variance += weight[i] * v * v;
                fourth[j] += weight[i] * v * v * v * v;
            }
            between[j] = size[0] > 0 && size[1] > 0 ? mean[0] / size[0] - mean[1] / size[1] : 0;
            fourth[j] = variance > 0 ? fourth[j] / (variance * variance) : 3;
        }
        starts.add(between);
        starts.add(mainAxis());
        Integer[] order = new Integer[k];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Double.compare(fourth[a], fourth[b]));
        for (int s = 0; s < Math.min(STARTS, k); s++) {
            starts.add(axis(k, order[s]));
            if (k > STARTS) {
                starts.add(axis(k, order[k - 1 - s]));
            }
        }
        return starts;
    }

    private static double[] axis(int k, int j) {
        double[] axis = new double[k];
        axis[j] = 1;
        return axis;
    }

    /** Leading eigenvector of the spread, by power iteration; of a whitened cloud the main axis before whitening. */
    private double[] mainAxis() {
        int k = whitened.length;
        if (factor.length > 0) {
            // L L' is the covariance: its main axis v, seen in whitened coordinates, is L' v
            double[] v = new double[k];
            Arrays.fill(v, 1);
            for (int step = 0; step < 2 * STEPS; step++) {
                double[] half = transposed(v);
                for (int i = 0; i < k; i++) {
                    double sum = 0;
                    for (int j = 0; j <= i; j++) {
                        sum += factor[i][j] * half[j];
                    }
                    v[i] = sum;
                }
                normalise(v);
            }
            return transposed(v);
        }
        double[] v = new double[k];
        Arrays.fill(v, 1);
        for (int step = 0; step < STEPS; step++) {
            double[] s = project(v);
            double[] next = new double[k];
            for (int j = 0; j < k; j++) {
                for (int i = 0; i < s.length; i++) {
                    next[j] += weight[i] * whitened[j][i] * s[i];
                }
            }
            normalise(next);
            v = next;
        }
        return v;
    }

    private double[] transposed(double[] v) {
        int k = v.length;
        double[] half = new double[k];
        for (int j = 0; j < k; j++) {
            for (int i = j; i < k; i++) {
                half[j] += factor[i][j] * v[i];
            }
        }
        return half;
    }

    /** The line between the centres of two clusters, started by the sign of a projection. */
    private double[] twoMeans(double[] start) {
        int k = whitened.length;
        double[] w = start.clone();
        double border = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] s = project(w);
            double[][] centre = new double[2][k];
            double[] size = new double[2];
            int[] side = new int[s.length];
            for (int i = 0; i < s.length; i++) {
                side[i] = s[i] > border ? 1 : 0;
                size[side[i]] += weight[i];
            }
            if (size[0] == 0 || size[1] == 0) {
                return w;
            }
            for (int j = 0; j < k; j++) {
                for (int i = 0; i < s.length; i++) {
                    centre[side[i]][j] += weight[i] * whitened[j][i];
                }
                centre[0][j] /= size[0];
                centre[1][j] /= size[1];
            }
            border = 0;
            for (int j = 0; j < k; j++) {
                w[j] = centre[1][j] - centre[0][j];
                border += 0.5 * w[j] * (centre[1][j] + centre[0][j]);
            }
        }
        return w;
    }

    /** A direction of locally extreme kurtosis: fixed point of w = E[x (w'x)^3] - 3 w on whitened data. */
    private double[] kurtosis(double[] start) {
        int k = whitened.length;
        double[] w = start.clone();
        normalise(w);
        for (int step = 0; step < STEPS; step++) {
            double[] s = project(w);
            for (int i = 0; i < s.length; i++) {
                s[i] = weight[i] * s[i] * s[i] * s[i];
            }
            double[] next = new double[k];
            for (int j = 0; j < k; j++) {
                for (int i = 0; i < s.length; i++) {
                    next[j] += whitened[j][i] * s[i];
                }
                next[j] -= 3 * w[j];
            }
            normalise(next);
            w = next;
        }
        return w;
    }

    private double[] project(double[] w) {
        double[] s = new double[weight.length];
        for (int j = 0; j < w.length; j++) {
            if (w[j] != 0) {
                for (int i = 0; i < s.length; i++) {
                    s[i] += w[j] * whitened[j][i];
                }
            }
        }
        return s;
    }

    private static void normalise(double[] w) {
        double sum = 0;
        for (double x : w) {
            sum += x * x;
        }
        double length = Math.sqrt(sum);
        for (int j = 0; j < w.length; j++) {
            w[j] = length > 0 ? w[j] / length : 0;
        }
    }

    /** A direction of whitened coordinates as factors of the parameters; small ones dropped. */
    private double[] original(double[] w) {
        int k = w.length;
        double[] z = w.clone();
        if (factor.length > 0) {
            // u = L^-1 z, so w'u = (L'^-1 w)'z
            for (int j = k - 1; j >= 0; j--) {
                double sum = z[j];
                for (int i = j + 1; i < k; i++) {
                    sum -= factor[i][j] * z[i];
                }
                z[j] = sum / factor[j][j];
            }
        }
        double largest = Arrays.stream(z).map(Math::abs).max().orElse(0);
        double[] direction = new double[k];
        for (int j = 0; j < k; j++) {
            direction[j] = Math.abs(z[j]) >= LEAST_FACTOR * largest && Double.isFinite(z[j]) ? z[j] * scale[j] : 0;
        }
        int[] used = IntStream.range(0, k).filter(j -> direction[j] != 0).toArray();
        if (used.length == 1) {
            direction[used[0]] = 1;
        }
        return direction;
    }

    private static double[][] covariance(double[][] z, double[] weight) {
        int k = z.length;
        double[][] covariance = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < weight.length; i++) {
                    sum += weight[i] * z[a][i] * z[b][i];
                }
                covariance[a][b] = a == b ? Math.max(sum, 1e-9) : (1 - SHRINK) * sum;
            }
        }
        return covariance;
    }

    /** Lower triangle L with L L' = C; a pivot that vanishes is held at a small share of its variance. */
    private static double[][] cholesky(double[][] c) {
        int k = c.length;
        double[][] l = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = c[i][j];
                for (int m = 0; m < j; m++) {
                    sum -= l[i][m] * l[j][m];
                }
                l[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-6 * c[i][i])) : sum / l[j][j];
            }
        }
        return l;
    }

    /** Replaces z by L^-1 z. */
    private static void whiten(double[][] z, double[][] l) {
        int n = z[0].length;
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < i; j++) {
                double f = l[i][j];
                if (f != 0) {
                    for (int t = 0; t < n; t++) {
                        z[i][t] -= f * z[j][t];
                    }
                }
            }
            for (int t = 0; t < n; t++) {
                z[i][t] /= l[i][i];
            }
        }
    }
}
