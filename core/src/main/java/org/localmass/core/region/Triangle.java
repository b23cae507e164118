package org.localmass.core.region;

import org.localmass.core.internal.Arguments;

/** A lower triangular matrix with a positive diagonal. Immutable; shared by the regions of one search. */
public final class Triangle {
    private final double[][] rows;

    private Triangle(double[][] rows) {
        this.rows = rows;
    }

    /**
     * A triangle.
     *
     * @param rows row i holds i + 1 finite values, the last of them positive
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static Triangle of(double[][] rows) {
        Arguments.positive("number of rows", rows.length);
        double[][] own = new double[rows.length][];
        for (int i = 0; i < own.length; i++) {
            Arguments.sameDimension(i + 1, rows[i].length);
            own[i] = Arguments.finite("rows[" + i + "]", rows[i].clone());
            Arguments.positive("diagonal", own[i][i]);
        }
        return new Triangle(own);
    }

    /** Number of rows. */
    public int dimension() {
        return rows.length;
    }

    /** Row i: i + 1 values. A copy. */
    public double[] row(int i) {
        return rows[i].clone();
    }

    /** Writes T z to {@code target}, which is modified. */
    public void apply(double[] z, double[] target) {
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double even = 0;
            double odd = 0;
            int j = 0;
            for (; j + 1 <= i; j += 2) {
                even += row[j] * z[j];
                odd += row[j + 1] * z[j + 1];
            }
            if (j <= i) {
                even += row[j] * z[j];
            }
            target[i] = even + odd;
        }
    }

    /** The z with T z = u. */
    public double[] solve(double[] u) {
        double[] z = new double[rows.length];
        for (int i = 0; i < z.length; i++) {
            double sum = u[i];
            for (int j = 0; j < i; j++) {
                sum -= rows[i][j] * z[j];
            }
            z[i] = sum / rows[i][i];
        }
        return z;
    }

    /** Transposed product T' w: the weights of the scores in a direction w of whitened space. */
    public double[] transposed(double[] w) {
        double[] weights = new double[rows.length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j <= i; j++) {
                weights[j] += rows[i][j] * w[i];
            }
        }
        return weights;
    }
}
