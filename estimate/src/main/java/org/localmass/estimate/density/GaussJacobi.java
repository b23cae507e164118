package org.localmass.estimate.density;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Gauss rules on [0, 1] with weight \( (b+1) z^b \), whose weights sum to 1, by Golub and Welsch (1969).
 *
 * @param nodes   z, ascending
 * @param weights of the nodes
 */
record GaussJacobi(double[] nodes, double[] weights) {
    /**
     * The rule of n points, exact for polynomials of degree 2n - 1.
     *
     * @param b exponent of the weight, above -1
     */
    static GaussJacobi of(int n, double b) {
        DMatrixRMaj jacobi = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            // recurrence of the Jacobi polynomials of exponents (0, b), mapped from [-1, 1] to [0, 1]
            double s = 2 * k + b;
            double a = b == 0 ? 0 : k == 0 ? b / (b + 2) : b * b / (s * (s + 2));
            jacobi.set(k, k, 0.5 * (1 + a));
            if (k > 0) {
                double beta = k == 1
                        ? 4 * (1 + b) / ((2 + b) * (2 + b) * (3 + b))
                        : 4.0 * k * k * (k + b) * (k + b) / (s * s * (s + 1) * (s - 1));
                jacobi.set(k, k - 1, 0.5 * Math.sqrt(beta));
                jacobi.set(k - 1, k, 0.5 * Math.sqrt(beta));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(jacobi)) {
            throw new IllegalStateException("no Gauss rule of " + n + " points for the exponent " + b);
        }
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> eigen.getEigenvalue(i)
                .getReal()));
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            DMatrixRMaj vector = eigen.getEigenVector(order[i]);
            nodes[i] = eigen.getEigenvalue(order[i]).getReal();
            double length = 0;
            for (double v : vector.getData()) {
                length += v * v;
            }
            weights[i] = vector.get(0) * vector.get(0) / length;
        }
        return new GaussJacobi(nodes, weights);
    }
}
