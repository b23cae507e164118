package org.localmass.core.divergence;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.localmass.core.measure.Covariance;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Mass;
import org.localmass.core.measure.MultivariateDistributions;

/**
 * The divergence of two normal distributions of full rank on a set whose mass every normal distribution knows: a ball in
 * R^d, or its outside.
 *
 * <p>\( q^\alpha p^{1-\alpha} \) is a multiple of a third normal density, of precision \( \alpha\Sigma_q^{-1} +
 * (1-\alpha)\Sigma_p^{-1} \): with h the Hellinger integral of the normalised restrictions, three masses give log h, and
 * \( T = (1-h)/(1-\alpha) \). At order 1, T is the derivative of log h, by Ridders' extrapolation.
 *
 * <p>Accuracy: absolute error of T a few times that of the log masses, 1e-14 to 1e-12; at order 1 1e-12 to 1e-10; the estimate tells.
 */
final class NormalBall {
    /** Error of the log of a mass. */
    private static final double UNIT = 1e-14;

    private static final int ROWS = 12;
    private static final double SHRINK = 1.6;

    private final double alpha;
    private final DMatrixRMaj precisionQ;
    private final DMatrixRMaj precisionP;
    private final double[] meanQ;
    private final double[] meanP;
    private final ToDoubleFunction<Distribution> logMass;
    private final double logQ;
    private final double logP;

    private NormalBall(
            double alpha,
            DMatrixRMaj precisionQ,
            DMatrixRMaj precisionP,
            double[] meanQ,
            double[] meanP,
            ToDoubleFunction<Distribution> logMass,
            double logQ,
            double logP) {
        this.alpha = alpha;
        this.precisionQ = precisionQ;
        this.precisionP = precisionP;
        this.meanQ = meanQ;
        this.meanP = meanP;
        this.logMass = logMass;
        this.logQ = logQ;
        this.logP = logP;
    }

    /**
     * The cell of a set; empty unless both are normal distributions of full rank, and on balls above order 1 where the
     * third density is none.
     *
     * @param outside whether the set reaches infinity in all directions
     * @param logMass log of the set's mass under a normal distribution
     */
    static Optional<Cell> cell(
            Generator f, Distribution q, Distribution p, boolean outside, ToDoubleFunction<Distribution> logMass) {
        Optional<double[]> meanQ = MultivariateDistributions.normalMean(q);
        Optional<double[]> meanP = MultivariateDistributions.normalMean(p);
        if (meanQ.isEmpty() || meanP.isEmpty()) {
            return Optional.empty();
        }
        Optional<DMatrixRMaj> precisionQ =
                inverse(new DMatrixRMaj(q.scaleMatrix().orElseThrow()));
        Optional<DMatrixRMaj> precisionP =
                inverse(new DMatrixRMaj(p.scaleMatrix().orElseThrow()));
        if (precisionQ.isEmpty() || precisionP.isEmpty()) {
            return Optional.empty();
        }
        NormalBall pair = new NormalBall(
                f.alpha(),
                precisionQ.get(),
                precisionP.get(),
                meanQ.get(),
                meanP.get(),
                logMass,
                logMass.applyAsDouble(q),
                logMass.applyAsDouble(p));
        return f.alpha() == 1 ? pair.atOrderOne() : pair.cell(outside);
    }

    private Optional<Cell> cell(boolean outside) {
        double log = logAffinity(alpha);
        if (Double.isNaN(log)) {
            // the integrand grows in some direction
            return outside ? Optional.of(of(Double.POSITIVE_INFINITY, 0, 2)) : Optional.empty();
        }
        // below order 1 log h is at most 0, above at least 0: beyond is rounding
        double shape = Math.max(0, -Math.expm1(log) / (1 - alpha));
        double error = 4 * UNIT * (1 + Math.abs(logQ) + Math.abs(logP)) * Math.exp(log) / Math.abs(1 - alpha);
        return Optional.of(of(shape, error, 3));
    }

    private Cell of(double shape, double error, int masses) {
        return Cell.of(Mass.ofLog(logP), Mass.ofLog(logQ), shape, error, masses);
    }

    /** The derivative of log h at order 1. */
    private Optional<Cell> atOrderOne() {
        double step = 0.25;
        while (step > 1e-6 && Double.isNaN(logAffinity(1 + step))) {
            step *= 0.5;
        }
        double noise = UNIT * (1 + Math.abs(logQ) + Math.abs(logP));
        double[] row = new double[ROWS];
        double best = Double.NaN;
        double error = Double.POSITIVE_INFINITY;
        int masses = 2;
        for (int i = 0; i < ROWS; i++) {
            double value = (logAffinity(1 + step) - logAffinity(1 - step)) / (2 * step);
            masses += 2;
            double factor = 1;
            for (int j = 0; j <= i; j++) {
                double previous = row[j];
                row[j] = value;
                if (j == i) {
                    break;
                }
                factor *= SHRINK * SHRINK;
                double next = (value * factor - previous) / (factor - 1);
                double change = Math.max(Math.abs(next - value), Math.abs(next - previous)) + noise / step;
                if (change < error) {
                    error = change;
                    best = next;
                }
                value = next;
            }
            step /= SHRINK;
        }
        return Double.isNaN(best) ? Optional.empty() : Optional.of(of(Math.max(0, best), error, masses));
    }

    /** Log of \( \int_B (q/Q)^a (p/P)^{1-a} \); NaN where the third precision is not positive definite. */
    private double logAffinity(double a) {
        int d = meanQ.length;
        DMatrixRMaj precision = new DMatrixRMaj(d, d);
        CommonOps_DDRM.add(a, precisionQ, 1 - a, precisionP, precision);
        Optional<DMatrixRMaj> covariance = inverse(precision);
        if (covariance.isEmpty()) {
            return Double.NaN;
        }
        // relative to the mean of p: close means keep the digits of their distance
        DMatrixRMaj gap = new DMatrixRMaj(d, 1);
        for (int i = 0; i < d; i++) {
            gap.set(i, 0, meanQ[i] - meanP[i]);
        }
        DMatrixRMaj pull = new DMatrixRMaj(d, 1);
        CommonOps_DDRM.mult(precisionQ, gap, pull);
        DMatrixRMaj shift = new DMatrixRMaj(d, 1);
        CommonOps_DDRM.mult(a, covariance.get(), pull, shift);
        double[] mean = new double[d];
        double quadratic = 0;
        for (int i = 0; i < d; i++) {
            mean[i] = meanP[i] + shift.get(i, 0);
            quadratic += pull.get(i, 0) * (gap.get(i, 0) - shift.get(i, 0));
        }
        double logDeterminants =
                a * logDeterminant(precisionQ) + (1 - a) * logDeterminant(precisionP) - logDeterminant(precision);
        Distribution third = MultivariateDistributions.multiNormal(mean, Covariance.full(rows(covariance.get())));
        return 0.5 * logDeterminants - 0.5 * a * quadratic + logMass.applyAsDouble(third) - a * logQ - (1 - a) * logP;
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        int d = matrix.getNumRows();
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                rows[i][j] = 0.5 * (matrix.get(i, j) + matrix.get(j, i));
            }
        }
        return rows;
    }

    /** The inverse of a symmetric positive definite matrix, empty for others. */
    private static Optional<DMatrixRMaj> inverse(DMatrixRMaj matrix) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(matrix.getNumRows());
        if (!solver.setA(matrix.copy())) {
            return Optional.empty();
        }
        DMatrixRMaj inverse = new DMatrixRMaj(matrix.getNumRows(), matrix.getNumRows());
        solver.invert(inverse);
        return Optional.of(inverse);
    }

    private static double logDeterminant(DMatrixRMaj matrix) {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(matrix.getNumRows(), true);
        if (!cholesky.decompose(matrix.copy())) {
            return Double.NaN;
        }
        DMatrixRMaj factor = cholesky.getT(null);
        double sum = 0;
        for (int i = 0; i < matrix.getNumRows(); i++) {
            sum += 2 * Math.log(factor.get(i, i));
        }
        return sum;
    }
}
