package org.localmass.core.divergence;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Mass;
import org.localmass.core.measure.MultivariateDistributions;

/**
 * The divergence of two normal distributions on all of R^d.
 *
 * <p>With \( \lambda_i \) the eigenvalues of \( \Sigma_q \) relative to \( \Sigma_p \), \( u_i = \lambda_i - 1 \), b = 1 -
 * alpha and \( \delta_i \) the shift of means in those axes,
 * \( D = -\mathrm{expm1}(b h)/b \), \( h = \frac12\sum_i [\log(1+u_i) - \log(1+b u_i)/b] -
 * \frac{\alpha}{2}\sum_i \delta_i^2/(1+b u_i) \); infinite where some \( 1 + b u_i \le 0 \).
 */
final class NormalPair {
    private static final double SERIES_LIMIT = 0.1;
    private static final int MOST_TERMS = 40;

    private NormalPair() {}

    /** The cell of all of R^d; empty unless both are normal distributions of full rank. */
    static Optional<Cell> cell(Generator f, Distribution q, Distribution p) {
        Optional<double[]> centreQ = MultivariateDistributions.normalMean(q);
        Optional<double[]> centreP = MultivariateDistributions.normalMean(p);
        if (centreQ.isEmpty() || centreP.isEmpty()) {
            return Optional.empty();
        }
        int d = q.dimension();
        DMatrixRMaj covarianceP = new DMatrixRMaj(p.scaleMatrix().orElseThrow());
        DMatrixRMaj covarianceQ = new DMatrixRMaj(q.scaleMatrix().orElseThrow());
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, true);
        if (!cholesky.decompose(covarianceP.copy())) {
            return Optional.empty();
        }
        DMatrixRMaj factor = cholesky.getT(null);
        DMatrixRMaj inverse = new DMatrixRMaj(d, d);
        CommonOps_DDRM.invert(factor, inverse);
        // L^-1 (Sq - Sp) L^-T has the eigenvalues u_i: their small values keep their digits
        DMatrixRMaj gap = new DMatrixRMaj(d, d);
        CommonOps_DDRM.subtract(covarianceQ, covarianceP, gap);
        DMatrixRMaj half = new DMatrixRMaj(d, d);
        DMatrixRMaj relative = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(inverse, gap, half);
        CommonOps_DDRM.multTransB(half, inverse, relative);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (relative.get(i, j) + relative.get(j, i));
                relative.set(i, j, mean);
                relative.set(j, i, mean);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(relative)) {
            return Optional.empty();
        }
        DMatrixRMaj shift = new DMatrixRMaj(d, 1);
        for (int i = 0; i < d; i++) {
            shift.set(i, 0, centreQ.get()[i] - centreP.get()[i]);
        }
        DMatrixRMaj standard = new DMatrixRMaj(d, 1);
        CommonOps_DDRM.mult(inverse, shift, standard);
        double[] excess = new double[d];
        double[] steps = new double[d];
        for (int i = 0; i < d; i++) {
            excess[i] = eigen.getEigenvalue(i).getReal();
            DMatrixRMaj axis = eigen.getEigenVector(i);
            for (int j = 0; j < d; j++) {
                steps[i] += axis.get(j, 0) * standard.get(j, 0);
            }
            if (!(excess[i] > -1)) {
                return Optional.empty();
            }
        }
        double shape = divergence(f.alpha(), excess, steps);
        return Optional.of(new Cell(Mass.ONE, Mass.ONE, 0, shape, 1e-15 * d * shape, 0));
    }

    /** D from the relative excess variances and the relative steps of the mean. */
    static double divergence(double alpha, double[] excess, double[] steps) {
        double b = 1 - alpha;
        double h = 0;
        for (int i = 0; i < excess.length; i++) {
            double mixed = 1 + b * excess[i];
            if (!(mixed > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            h += 0.5 * spread(excess[i], b) - 0.5 * alpha * steps[i] * steps[i] / mixed;
        }
        return b == 0 ? -h : -Math.expm1(b * h) / b;
    }

    /** \( \log(1+u) - \log(1+bu)/b \), \( \log(1+u) - u \) at b = 0; never positive. */
    static double spread(double u, double b) {
        if (Math.abs(u) < SERIES_LIMIT && Math.abs(b * u) < SERIES_LIMIT) {
            double sum = 0;
            double power = -u;
            double factor = 1;
            for (int k = 2; k < MOST_TERMS; k++) {
                power *= -u;
                factor *= b;
                double term = power * (factor - 1) / k;
                sum += term;
                if (Math.abs(power) < 1e-19 * Math.abs(sum)) {
                    break;
                }
            }
            return sum;
        }
        return Math.log1p(u) - (b == 0 ? u : Math.log1p(b * u) / b);
    }
}
