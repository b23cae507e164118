package org.localmass.vi.family;

/** A diagonal scale, by the logs of its standard deviations. */
final class DiagonalScale extends ScaleBlock {
    private final double[] sd;
    private final double[] inverse;
    private final double halfLogDeterminant;

    DiagonalScale(int d, double[] theta, int offset) {
        super(d);
        sd = new double[d];
        inverse = new double[d];
        double sum = 0;
        for (int j = 0; j < d; j++) {
            sum += theta[offset + j];
            sd[j] = Math.exp(theta[offset + j]);
            inverse[j] = Math.exp(-theta[offset + j]);
        }
        halfLogDeterminant = sum;
    }

    @Override
    double halfLogDeterminant() {
        return halfLogDeterminant;
    }

    @Override
    double distance(double[] x, double[] theta, int mean, double[] work) {
        double square = 0;
        for (int j = 0; j < d; j++) {
            double y = (x[j] - theta[mean + j]) * inverse[j];
            work[j] = y;
            square += y * y;
        }
        return square;
    }

    @Override
    void solve(double a, double[] work, double[] v) {
        for (int j = 0; j < d; j++) {
            v[j] = a * work[j] * inverse[j];
        }
    }

    @Override
    void addDirect(double c, double[] v, double[] work, double[] sum, int offset) {
        for (int j = 0; j < d; j++) {
            sum[offset + j] += c * (v[j] * work[j] * sd[j] - 1);
        }
    }

    @Override
    void transform(double[] theta, int mean, double[] z, int start, double[] x) {
        for (int j = 0; j < d; j++) {
            x[j] = theta[mean + j] + sd[j] * z[start + j];
        }
    }

    @Override
    void addPath(double[] g, double[] z, int start, double[] sum, int offset) {
        for (int j = 0; j < d; j++) {
            sum[offset + j] += g[j] * z[start + j] * sd[j];
        }
    }

    @Override
    double variance(double[] a) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double s = a[j] * sd[j];
            sum += s * s;
        }
        return sum;
    }

    @Override
    void addVariance(double c, double[] a, double[] sum, int offset) {
        for (int j = 0; j < d; j++) {
            double s = a[j] * sd[j];
            sum[offset + j] += 2 * c * s * s;
        }
    }

    @Override
    double deviation(int j) {
        return sd[j];
    }

    @Override
    double[][] matrix() {
        double[][] matrix = new double[d][d];
        for (int j = 0; j < d; j++) {
            matrix[j][j] = sd[j] * sd[j];
        }
        return matrix;
    }

    @Override
    void units(double[] units, int offset) {
        for (int j = 0; j < d; j++) {
            units[offset + j] = 1;
        }
    }
}
