package org.localmass.estimate.explore;

import java.util.Arrays;

/** Symmetric positive definite matrices in flat arrays, by rows. */
final class Cholesky {
    private Cholesky() {}

    /**
     * Replaces the lower triangle of a by its Cholesky factor; only the lower triangle is read, the upper is set to 0.
     *
     * @return whether every pivot was positive and finite; if not, a is spoilt
     */
    static boolean factor(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            int row = i * n;
            for (int j = 0; j < i; j++) {
                a[row + j] = (a[row + j] - dot(a, row, j * n, j)) / a[j * n + j];
            }
            double pivot = a[row + i] - dot(a, row, row, i);
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            a[row + i] = Math.sqrt(pivot);
            for (int j = i + 1; j < n; j++) {
                a[row + j] = 0;
            }
        }
        return true;
    }

    private static double dot(double[] a, int first, int second, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += a[first + k] * a[second + k];
        }
        return sum;
    }

    /** Solves L L^T x = b in place. */
    static void solve(double[] factor, int n, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * n + k] * b[k];
            }
            b[i] = sum / factor[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= factor[i * n + i];
            double x = b[i];
            for (int k = 0; k < i; k++) {
                b[k] -= factor[i * n + k] * x;
            }
        }
    }

    /**
     * The factor of a covariance shrunk towards its diagonal, by half of {@code (d+1)/(d+1+effective)}. A row whose
     * variance is 0 is taken to have variance 1 and no correlations. The argument is not modified.
     */
    static double[] shrunk(double[] covariance, int d, double effective) {
        double[] sd = new double[d];
        for (int i = 0; i < d; i++) {
            double variance = covariance[i * d + i];
            sd[i] = variance > 1e-300 && variance < Double.POSITIVE_INFINITY ? Math.sqrt(variance) : 0;
        }
        double keep = 1 - 0.5 * (d + 1) / (d + 1 + effective);
        double[] a = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double both = sd[i] * sd[j];
                a[i * d + j] = both > 0 ? keep * covariance[i * d + j] / both : 0;
            }
            a[i * d + i] = 1 + 1e-10;
        }
        if (!factor(a, d)) {
            Arrays.fill(a, 0);
            for (int i = 0; i < d; i++) {
                a[i * d + i] = 1;
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                a[i * d + j] *= sd[i] > 0 ? sd[i] : 1;
            }
        }
        return a;
    }

    /**
     * The lower triangle of the sum of w_i f_i f_i^T, f_i the rows of a matrix.
     *
     * @param rows    n by count
     * @param product count by count, its lower triangle is overwritten
     */
    static void gram(double[] rows, int count, double[] weights, int n, double[] product) {
        Arrays.fill(product, 0);
        int i = 0;
        // four rows at a time: a quarter of the traffic through the product
        for (; i + 4 <= n; i += 4) {
            int p0 = i * count;
            int p1 = p0 + count;
            int p2 = p1 + count;
            int p3 = p2 + count;
            for (int a = 0; a < count; a++) {
                double w0 = weights[i] * rows[p0 + a];
                double w1 = weights[i + 1] * rows[p1 + a];
                double w2 = weights[i + 2] * rows[p2 + a];
                double w3 = weights[i + 3] * rows[p3 + a];
                int out = a * count;
                for (int b = 0; b <= a; b++) {
                    product[out + b] += w0 * rows[p0 + b] + w1 * rows[p1 + b] + (w2 * rows[p2 + b] + w3 * rows[p3 + b]);
                }
            }
        }
        for (; i < n; i++) {
            for (int a = 0; a < count; a++) {
                double w = weights[i] * rows[i * count + a];
                for (int b = 0; b <= a; b++) {
                    product[a * count + b] += w * rows[i * count + b];
                }
            }
        }
    }
}
