package org.localmass.vi.family;

/** A full scale, by its Cholesky factor: rows of the lower triangle, the diagonal in logs. */
final class FullScale extends ScaleBlock {
    private final double[] factor;
    private final double[] inverse;
    private final double halfLogDeterminant;

    FullScale(int d, double[] theta, int offset) {
        super(d);
        factor = new double[d * (d + 1) / 2];
        inverse = new double[d];
        System.arraycopy(theta, offset, factor, 0, factor.length);
        double sum = 0;
        for (int i = 0; i < d; i++) {
            int diagonal = row(i) + i;
            sum += factor[diagonal];
            inverse[i] = Math.exp(-factor[diagonal]);
            factor[diagonal] = Math.exp(factor[diagonal]);
        }
        halfLogDeterminant = sum;
    }

    private static int row(int i) {
        return i * (i + 1) / 2;
    }

    @Override
    double halfLogDeterminant() {
        return halfLogDeterminant;
    }

    @Override
    double distance(double[] x, double[] theta, int mean, double[] work) {
        double square = 0;
        int k = 0;
        for (int i = 0; i < d; i++) {
            double y = x[i] - theta[mean + i];
            for (int j = 0; j < i; j++) {
                y -= factor[k++] * work[j];
            }
            k++;
            y *= inverse[i];
            work[i] = y;
            square += y * y;
        }
        return square;
    }

    @Override
    void solve(double a, double[] work, double[] v) {
        for (int i = 0; i < d; i++) {
            v[i] = a * work[i];
        }
        for (int i = d - 1; i >= 0; i--) {
            double x = v[i] * inverse[i];
            v[i] = x;
            int row = row(i);
            for (int j = 0; j < i; j++) {
                v[j] -= factor[row + j] * x;
            }
        }
    }

    @Override
    void addDirect(double c, double[] v, double[] work, double[] sum, int offset) {
        int k = offset;
        for (int i = 0; i < d; i++) {
            double w = c * v[i];
            for (int j = 0; j < i; j++) {
                sum[k++] += w * work[j];
            }
            sum[k] += w * work[i] * factor[k - offset] - c;
            k++;
        }
    }

    @Override
    void transform(double[] theta, int mean, double[] z, int start, double[] x) {
        int k = 0;
        for (int i = 0; i < d; i++) {
            double s = theta[mean + i];
            for (int j = 0; j <= i; j++) {
                s += factor[k++] * z[start + j];
            }
            x[i] = s;
        }
    }

    @Override
    void addPath(double[] g, double[] z, int start, double[] sum, int offset) {
        int k = offset;
        for (int i = 0; i < d; i++) {
            double w = g[i];
            for (int j = 0; j < i; j++) {
                sum[k++] += w * z[start + j];
            }
            sum[k] += w * z[start + i] * factor[k - offset];
            k++;
        }
    }

    /** Coordinate j of \( L^\top a \). */
    private double projected(double[] a, int j) {
        double s = 0;
        for (int i = j; i < d; i++) {
            s += factor[row(i) + j] * a[i];
        }
        return s;
    }

    @Override
    double variance(double[] a) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double s = projected(a, j);
            sum += s * s;
        }
        return sum;
    }

    @Override
    void addVariance(double c, double[] a, double[] sum, int offset) {
        for (int j = 0; j < d; j++) {
            double s = 2 * c * projected(a, j);
            if (s == 0) {
                continue;
            }
            sum[offset + row(j) + j] += s * a[j] * factor[row(j) + j];
            for (int i = j + 1; i < d; i++) {
                sum[offset + row(i) + j] += s * a[i];
            }
        }
    }

    @Override
    double deviation(int j) {
        double sum = 0;
        for (int k = row(j); k <= row(j) + j; k++) {
            sum += factor[k] * factor[k];
        }
        return Math.sqrt(sum);
    }

    @Override
    double[][] matrix() {
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double s = 0;
                for (int k = 0; k <= j; k++) {
                    s += factor[row(i) + k] * factor[row(j) + k];
                }
                matrix[i][j] = s;
                matrix[j][i] = s;
            }
        }
        return matrix;
    }

    @Override
    void units(double[] units, int offset) {
        for (int i = 0; i < d; i++) {
            double sd = deviation(i);
            for (int j = 0; j < i; j++) {
                units[offset + row(i) + j] = sd;
            }
            units[offset + row(i) + i] = 1;
        }
    }
}
