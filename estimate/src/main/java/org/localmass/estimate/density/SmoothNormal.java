package org.localmass.estimate.density;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.localmass.core.internal.Arguments;

/**
 * The normal density with its derivatives. With \(A = S^{-1}\) and \(g = A(x-m)\):
 * \( \Delta p/p = |g|^2 - \mathrm{tr} A \),
 * \( \Delta^2 p/p = (|g|^2 - \mathrm{tr} A)^2 - 4 g^\top A g + 2\,\mathrm{tr} A^2 \).
 *
 * <p>The bound over a ball of radius r takes \( |g| \le |g(c)| + a r \), a the largest eigenvalue of A, and
 * \( p/p(c) \le e^{|g(c)| r} \).
 */
public final class SmoothNormal implements SmoothDensity {
    private final double[] mean;
    private final double[] precision;
    private final double logConstant;
    private final double trace;
    private final double squaredTrace;
    private final double largest;

    private SmoothNormal(double[] mean, double[] precision, double logConstant, double[] eigenvalues) {
        this.mean = mean;
        this.precision = precision;
        this.logConstant = logConstant;
        double sum = 0;
        double squares = 0;
        double most = 0;
        for (double a : eigenvalues) {
            sum += a;
            squares += a * a;
            most = Math.max(most, a);
        }
        this.trace = sum;
        this.squaredTrace = squares;
        this.largest = most;
    }

    /**
     * A normal density.
     *
     * @param mean       m, d finite values
     * @param covariance S, d by d, symmetric positive definite
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static SmoothNormal of(double[] mean, double[][] covariance) {
        int d = Arguments.positive("dimension", mean.length);
        Arguments.finite("mean", mean);
        Arguments.sameDimension(d, covariance.length);
        for (int i = 0; i < d; i++) {
            Arguments.finite("covariance[" + i + "]", covariance[i]);
            Arguments.sameDimension(d, covariance[i].length);
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, false, true);
        DMatrixRMaj inverse = new DMatrixRMaj(covariance);
        if (!eigen.decompose(inverse.copy())) {
            throw new IllegalArgumentException("covariance must have eigenvalues");
        }
        double[] precisions = new double[d];
        double logConstant = -0.5 * d * Math.log(2 * Math.PI);
        for (int i = 0; i < d; i++) {
            double l = eigen.getEigenvalue(i).getReal();
            if (!(l > 0)) {
                throw new IllegalArgumentException("covariance must be positive definite, has the eigenvalue " + l);
            }
            precisions[i] = 1 / l;
            logConstant -= 0.5 * Math.log(l);
        }
        if (!CommonOps_DDRM.invert(inverse)) {
            throw new IllegalArgumentException("covariance must be invertible");
        }
        return new SmoothNormal(mean.clone(), inverse.getData().clone(), logConstant, precisions);
    }

    @Override
    public int dimension() {
        return mean.length;
    }

    @Override
    public double value(double[] point) {
        double square = 0;
        for (int i = 0; i < mean.length; i++) {
            square += (point[i] - mean[i]) * slope(point, i);
        }
        return logConstant - 0.5 * square;
    }

    @Override
    public double laplacian(double[] point) {
        double length = slope(point);
        return length * length - trace;
    }

    @Override
    public double bilaplacianBound(double[] centre, double radius) {
        double here = slope(centre);
        double most = here + largest * radius;
        double squared = Math.max(most * most, trace);
        return Math.exp(here * radius) * (squared * squared + 4 * largest * most * most + 2 * squaredTrace);
    }

    /** Length of g. */
    private double slope(double[] point) {
        double square = 0;
        for (int i = 0; i < mean.length; i++) {
            double g = slope(point, i);
            square += g * g;
        }
        return Math.sqrt(square);
    }

    private double slope(double[] point, int i) {
        int d = mean.length;
        double g = 0;
        for (int j = 0; j < d; j++) {
            g += precision[i * d + j] * (point[j] - mean[j]);
        }
        return g;
    }
}
