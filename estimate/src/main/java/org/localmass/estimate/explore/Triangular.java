package org.localmass.estimate.explore;

/** Small dense lower triangular algebra on row-major arrays. */
final class Triangular {
    private Triangular() {}

    /**
     * Cholesky factor of a symmetric matrix with a share of the mean of its diagonal added to it, ten times more until
     * it is positive definite.
     *
     * @param matrix row-major, d times d, not modified; its diagonal positive
     */
    static double[] factor(double[] matrix, int d, double share) {
        double[] factor = new double[d * d];
        double ridge = share;
        while (true) {
            if (tryFactor(matrix, d, ridge, factor)) {
                return factor;
            }
            ridge = Math.max(10 * ridge, 1e-14);
        }
    }

    private static boolean tryFactor(double[] matrix, int d, double share, double[] factor) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * d + j];
                if (i == j) {
                    sum += share * matrix[i * d + i];
                }
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * d + k] * factor[j * d + k];
                }
                if (i == j) {
                    if (!(sum > 1e-13 * matrix[i * d + i])) {
                        if (share > 1) {
                            throw new IllegalArgumentException("matrix must be finite, was " + matrix[i * d + i]);
                        }
                        return false;
                    }
                    factor[i * d + i] = Math.sqrt(sum);
                } else {
                    factor[i * d + j] = sum / factor[j * d + j];
                }
            }
        }
        return true;
    }

    /** y = L^-1 y. */
    static void solve(double[] factor, int d, double[] y) {
        for (int i = 0; i < d; i++) {
            double sum = y[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * d + k] * y[k];
            }
            y[i] = sum / factor[i * d + i];
        }
    }
}
