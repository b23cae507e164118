package org.localmass.check;

import java.util.Arrays;

/** Linear algebra of data stored by column. Sums run in one fixed order, whatever the number of threads. */
final class Columns {
    /** Rows worked on at a time, so that a block of all columns stays in the cache. */
    static final int BLOCK = 1024;

    private Columns() {}

    /** Scalar product, by four partial sums. */
    static double dot(double[] a, double[] b) {
        return dot(a, b, 0, a.length);
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    static double mean(double[] column) {
        double sum = 0;
        for (double v : column) {
            sum += v;
        }
        return sum / column.length;
    }

    static double[] means(double[][] columns) {
        double[] means = new double[columns.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = mean(columns[j]);
        }
        return means;
    }

    /** Takes off the mean and scales to unit length; a constant column becomes zero. */
    static void standardise(double[] column) {
        double mean = mean(column);
        for (int i = 0; i < column.length; i++) {
            column[i] -= mean;
        }
        double length = Math.sqrt(dot(column, column));
        for (int i = 0; i < column.length; i++) {
            column[i] = length > 0 ? column[i] / length : 0;
        }
    }

    /** Covariance (divisor n) of columns, a full symmetric matrix. */
    static double[][] covariance(double[][] columns, double[] means, Workers workers) {
        int d = columns.length;
        int n = columns[0].length;
        double[][] rows = workers.map(d, j -> {
                    double[] row = new double[d];
                    for (int from = 0; from < n; from += BLOCK) {
                        int to = Math.min(n, from + BLOCK);
                        for (int k = 0; k <= j; k++) {
                            row[k] += dot(columns[j], columns[k], from, to);
                        }
                    }
                    return row;
                })
                .toArray(new double[0][]);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k <= j; k++) {
                rows[j][k] = rows[j][k] / n - means[j] * means[k];
                rows[k][j] = rows[j][k];
            }
        }
        return rows;
    }

    /** Products of a lower triangle with every row of the data: column i of the result is the sum of T[i][j] z_j. */
    static double[][] product(double[][] triangle, double[][] columns, Workers workers) {
        int d = columns.length;
        int n = columns[0].length;
        double[][] product = new double[d][n];
        workers.map((n - 1) / BLOCK + 1, b -> {
            int from = b * BLOCK;
            int length = Math.min(n, from + BLOCK) - from;
            double[] sum = new double[length];
            for (int i = 0; i < d; i++) {
                Arrays.fill(sum, 0);
                for (int j = 0; j <= i; j++) {
                    add(columns[j], from, triangle[i][j], sum);
                }
                System.arraycopy(sum, 0, product[i], from, length);
            }
            return b;
        });
        return product;
    }

    private static void add(double[] column, int from, double factor, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * column[from + i];
        }
    }

    /** The weighted sum of columns. */
    static double[] combination(double[][] columns, double[] weights) {
        int n = columns[0].length;
        double[] sum = new double[n];
        for (int j = 0; j < columns.length; j++) {
            double w = weights[j];
            double[] column = columns[j];
            for (int i = 0; i < n; i++) {
                sum[i] += w * column[i];
            }
        }
        return sum;
    }

    /** Distances of every row from a centre. */
    static double[] distances(double[][] columns, double[] centre) {
        double[] squares = new double[columns[0].length];
        for (int j = 0; j < columns.length; j++) {
            addSquares(columns[j], 0, centre[j], squares);
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return squares;
    }

    /** Adds the squared gaps of a stretch of a column from a value. */
    static void addSquares(double[] column, int from, double value, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            double gap = column[from + i] - value;
            sum[i] += gap * gap;
        }
    }

    /** Lower Cholesky factor of a positive definite matrix, of which the lower part is read: rows of i + 1 values. */
    static double[][] cholesky(double[][] matrix) {
        int d = matrix.length;
        double[][] factor = new double[d][];
        for (int i = 0; i < d; i++) {
            factor[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] - dot(factor[i], factor[j], 0, j);
                if (j < i) {
                    factor[i][j] = sum / factor[j][j];
                } else {
                    if (!(sum > 0)) {
                        throw new IllegalArgumentException("matrix must be positive definite, was not in row " + i);
                    }
                    factor[i][i] = Math.sqrt(sum);
                }
            }
        }
        return factor;
    }

    /** Inverse of a lower triangle. */
    static double[][] inverse(double[][] factor) {
        int d = factor.length;
        double[][] inverse = new double[d][];
        for (int i = 0; i < d; i++) {
            inverse[i] = new double[i + 1];
            for (int k = 0; k < i; k++) {
                double f = factor[i][k];
                for (int j = 0; j <= k; j++) {
                    inverse[i][j] -= f * inverse[k][j];
                }
            }
            for (int j = 0; j < i; j++) {
                inverse[i][j] /= factor[i][i];
            }
            inverse[i][i] = 1 / factor[i][i];
        }
        return inverse;
    }

    /** Solves S w = b for a symmetric positive definite S. */
    static double[] solve(double[][] matrix, double[] b) {
        double[][] factor = cholesky(matrix);
        int d = b.length;
        double[] w = b.clone();
        for (int i = 0; i < d; i++) {
            w[i] = (w[i] - dot(factor[i], w, 0, i)) / factor[i][i];
        }
        for (int i = d - 1; i >= 0; i--) {
            w[i] /= factor[i][i];
            for (int j = 0; j < i; j++) {
                w[j] -= factor[i][j] * w[i];
            }
        }
        return w;
    }
}
