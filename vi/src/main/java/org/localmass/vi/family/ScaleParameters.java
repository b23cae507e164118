package org.localmass.vi.family;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.localmass.core.internal.Arguments;

/** Reduces a scale matrix to the parameters of a family's form. */
final class ScaleParameters {
    /** Least share of a variance that stays on the diagonal beside a low rank. */
    private static final double LEAST_SHARE = 1e-6;

    private ScaleParameters() {}

    static void write(Family family, double[][] matrix, double[] theta, int offset) {
        int d = matrix.length;
        switch (family.form()) {
            case MEAN_FIELD -> {
                for (int j = 0; j < d; j++) {
                    theta[offset + j] = 0.5 * Math.log(Arguments.positive("scale", matrix[j][j]));
                }
            }
            case LOW_RANK -> lowRank(family.rank(), matrix, theta, offset);
            case FULL -> {
                int k = offset;
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j <= i; j++) {
                        double s = matrix[i][j];
                        int row = offset + i * (i + 1) / 2;
                        int other = offset + j * (j + 1) / 2;
                        for (int m = 0; m < j; m++) {
                            s -= theta[row + m] * theta[other + m];
                        }
                        if (i == j) {
                            if (!(s > 0)) {
                                throw new IllegalArgumentException(
                                        "scale must be positive definite, fails at row " + (i + 1));
                            }
                            theta[k++] = Math.sqrt(s);
                        } else {
                            theta[k++] = s / theta[other + j];
                        }
                    }
                }
                for (int i = 0; i < d; i++) {
                    int diagonal = offset + i * (i + 1) / 2 + i;
                    theta[diagonal] = Math.log(theta[diagonal]);
                }
            }
        }
    }

    /** B from the leading eigenvectors of the correlation, above the mean of the other eigenvalues; D from the rest. */
    private static void lowRank(int r, double[][] matrix, double[] theta, int offset) {
        int d = matrix.length;
        double[] sd = new double[d];
        for (int i = 0; i < d; i++) {
            sd[i] = Math.sqrt(Arguments.positive("scale", matrix[i][i]));
        }
        DMatrixRMaj correlation = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                correlation.set(i, j, matrix[i][j] / (sd[i] * sd[j]));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(correlation)) {
            throw new IllegalArgumentException("scale must be a finite symmetric matrix");
        }
        Integer[] order = new Integer[d];
        for (int i = 0; i < d; i++) {
            order[i] = i;
        }
        Arrays.sort(
                order,
                (a, b) -> Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
        double rest = 0;
        for (int a = Math.min(r, d); a < d; a++) {
            rest += eigen.getEigenvalue(order[a]).getReal() / (d - r);
        }
        double[] kept = new double[d];
        for (int a = 0; a < Math.min(r, d); a++) {
            double excess = Math.sqrt(Math.max(eigen.getEigenvalue(order[a]).getReal() - rest, 1e-4));
            DMatrixRMaj vector = eigen.getEigenVector(order[a]);
            for (int i = 0; i < d; i++) {
                double b = excess * vector.get(i, 0);
                theta[offset + d + i * r + a] = sd[i] * b;
                kept[i] += b * b;
            }
        }
        for (int i = 0; i < d; i++) {
            theta[offset + i] = Math.log(sd[i]) + 0.5 * Math.log(Math.max(1 - kept[i], LEAST_SHARE));
        }
    }
}
