package org.localmass.vi.family;

/**
 * A diagonal plus a low rank, \( \Sigma = D^2 + BB^\top \): d logs of D, then B by rows. A draw is
 * \( x = \mu + D z_{1..d} + B z_{d+1..d+r} \); solves by Woodbury's identity with \( M = I + B^\top D^{-2}B \).
 *
 * <p>The identity cancels where D is small beside B. The distance is taken as the sum of squares
 * \( |D^{-1}(\delta-B\alpha)|^2 + |\alpha|^2 \) at its minimum \( \alpha = B^\top\Sigma^{-1}\delta \), whose errors are
 * of second order and never flatter a density; a D below 1e-5 of the standard deviation makes densities NaN, so that a
 * search turns back.
 */
final class LowRankScale extends ScaleBlock {
    private static final double LEAST_RATIO = 1e-5;

    private final int r;
    private final double[] diagonal;
    private final double[] precision;
    private final double[] low;
    /** \( \Sigma^{-1}B = D^{-2}BM^{-1} \), d by r. */
    private final double[] solved;

    private final double[] inverseDiagonal;
    private final double halfLogDeterminant;

    LowRankScale(int d, int r, double[] theta, int offset) {
        super(d);
        this.r = r;
        diagonal = new double[d];
        precision = new double[d];
        low = new double[d * r];
        solved = new double[d * r];
        inverseDiagonal = new double[d];
        System.arraycopy(theta, offset + d, low, 0, d * r);
        double log = 0;
        for (int i = 0; i < d; i++) {
            log += theta[offset + i];
            diagonal[i] = Math.exp(theta[offset + i]);
            precision[i] = Math.exp(-2 * theta[offset + i]);
        }
        double[][] m = new double[r][r];
        for (int a = 0; a < r; a++) {
            for (int b = 0; b <= a; b++) {
                double s = a == b ? 1 : 0;
                for (int i = 0; i < d; i++) {
                    s += low[i * r + a] * precision[i] * low[i * r + b];
                }
                m[a][b] = s;
            }
        }
        // Cholesky factor of M in place
        for (int a = 0; a < r; a++) {
            for (int b = 0; b <= a; b++) {
                double s = m[a][b];
                for (int k = 0; k < b; k++) {
                    s -= m[a][k] * m[b][k];
                }
                m[a][b] = a == b ? Math.sqrt(s) : s / m[b][b];
            }
            log += Math.log(m[a][a]);
        }
        for (int i = 0; i < d; i++) {
            if (!(diagonal[i] > LEAST_RATIO * deviation(i))) {
                log = Double.NaN;
            }
        }
        halfLogDeterminant = log;
        double[] row = new double[r];
        for (int i = 0; i < d; i++) {
            double removed = 0;
            for (int a = 0; a < r; a++) {
                double s = low[i * r + a];
                for (int k = 0; k < a; k++) {
                    s -= m[a][k] * row[k];
                }
                row[a] = s / m[a][a];
                removed += row[a] * row[a];
            }
            inverseDiagonal[i] = precision[i] * (1 - precision[i] * removed);
            for (int a = r - 1; a >= 0; a--) {
                double s = row[a];
                for (int k = a + 1; k < r; k++) {
                    s -= m[k][a] * row[k];
                }
                row[a] = s / m[a][a];
                solved[i * r + a] = precision[i] * row[a];
            }
        }
    }

    @Override
    double halfLogDeterminant() {
        return halfLogDeterminant;
    }

    /** Leaves \( u = \Sigma^{-1}\delta \) and then \( B^\top u \) in {@code work}. */
    @Override
    double distance(double[] x, double[] theta, int mean, double[] work) {
        for (int a = 0; a < r; a++) {
            work[d + a] = 0;
        }
        for (int i = 0; i < d; i++) {
            double delta = x[i] - theta[mean + i];
            work[i] = delta;
            for (int a = 0; a < r; a++) {
                work[d + a] += solved[i * r + a] * delta;
            }
        }
        // B'u = B' Sigma^-1 delta is what stands there now; u = D^-2 (delta - B (B'u))
        double square = 0;
        for (int i = 0; i < d; i++) {
            double rest = work[i];
            for (int a = 0; a < r; a++) {
                rest -= low[i * r + a] * work[d + a];
            }
            work[i] = precision[i] * rest;
            square += work[i] * rest;
        }
        for (int a = 0; a < r; a++) {
            square += work[d + a] * work[d + a];
        }
        return square;
    }

    @Override
    void solve(double a, double[] work, double[] v) {
        for (int i = 0; i < d; i++) {
            v[i] = a * work[i];
        }
    }

    @Override
    void addDirect(double c, double[] v, double[] work, double[] sum, int offset) {
        for (int i = 0; i < d; i++) {
            sum[offset + i] += c * diagonal[i] * diagonal[i] * (v[i] * work[i] - inverseDiagonal[i]);
            int k = i * r;
            for (int a = 0; a < r; a++) {
                sum[offset + d + k + a] += c * (v[i] * work[d + a] - solved[k + a]);
            }
        }
    }

    @Override
    void transform(double[] theta, int mean, double[] z, int start, double[] x) {
        for (int i = 0; i < d; i++) {
            double s = theta[mean + i] + diagonal[i] * z[start + i];
            for (int a = 0; a < r; a++) {
                s += low[i * r + a] * z[start + d + a];
            }
            x[i] = s;
        }
    }

    @Override
    void addPath(double[] g, double[] z, int start, double[] sum, int offset) {
        for (int i = 0; i < d; i++) {
            sum[offset + i] += g[i] * z[start + i] * diagonal[i];
            for (int a = 0; a < r; a++) {
                sum[offset + d + i * r + a] += g[i] * z[start + d + a];
            }
        }
    }

    private double projected(double[] x, int a) {
        double s = 0;
        for (int i = 0; i < d; i++) {
            s += low[i * r + a] * x[i];
        }
        return s;
    }

    @Override
    double variance(double[] x) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            double s = x[i] * diagonal[i];
            sum += s * s;
        }
        for (int a = 0; a < r; a++) {
            double s = projected(x, a);
            sum += s * s;
        }
        return sum;
    }

    @Override
    void addVariance(double c, double[] x, double[] sum, int offset) {
        for (int i = 0; i < d; i++) {
            double s = x[i] * diagonal[i];
            sum[offset + i] += 2 * c * s * s;
        }
        for (int a = 0; a < r; a++) {
            double s = 2 * c * projected(x, a);
            for (int i = 0; i < d; i++) {
                sum[offset + d + i * r + a] += s * x[i];
            }
        }
    }

    @Override
    double deviation(int j) {
        double sum = diagonal[j] * diagonal[j];
        for (int a = 0; a < r; a++) {
            sum += low[j * r + a] * low[j * r + a];
        }
        return Math.sqrt(sum);
    }

    @Override
    double[][] matrix() {
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double s = i == j ? diagonal[i] * diagonal[i] : 0;
                for (int a = 0; a < r; a++) {
                    s += low[i * r + a] * low[j * r + a];
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
            units[offset + i] = 1;
            double sd = deviation(i);
            for (int a = 0; a < r; a++) {
                units[offset + d + i * r + a] = sd;
            }
        }
    }
}
