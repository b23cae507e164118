package org.localmass.vi.objective.baseline;

import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

/** Targets of the tests. */
final class Targets {
    private Targets() {}

    /** A normal law with its log Z. */
    static LogDensity.Differentiable normal(double[] mean, double[][] covariance, double logZ) {
        Mixture law = Mixture.of(Family.full(), new double[] {1}, new double[][] {mean}, new double[][][] {covariance});
        return shifted(law, logZ);
    }

    static LogDensity.Differentiable shifted(LogDensity.Differentiable density, double logZ) {
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return density.dimension();
            }

            @Override
            public double value(double[] point) {
                return density.value(point) + logZ;
            }

            @Override
            public double value(double[] point, double[] gradient) {
                return density.value(point, gradient) + logZ;
            }
        };
    }

    /** a is normal(0, 1.5), b is normal(a^2/2, 1), other coordinates Student t with 5 degrees of freedom. */
    static LogDensity.Differentiable bent(int dimension) {
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public double value(double[] point) {
                return value(point, new double[dimension]);
            }

            @Override
            public double value(double[] x, double[] gradient) {
                double e = dimension > 1 ? x[1] - 0.5 * x[0] * x[0] : 0;
                double value = -0.5 * x[0] * x[0] / 2.25 - 0.5 * e * e;
                gradient[0] = -x[0] / 2.25 + e * x[0];
                if (dimension > 1) {
                    gradient[1] = -e;
                }
                for (int j = 2; j < dimension; j++) {
                    value -= 3 * Math.log1p(x[j] * x[j] / 5);
                    gradient[j] = -6 * x[j] / (5 + x[j] * x[j]);
                }
                return value;
            }
        };
    }

    /** Two normal laws on the line. */
    static LogDensity.Differentiable twoModes() {
        return Mixture.of(
                Family.full().withComponents(2),
                new double[] {0.7, 0.3},
                new double[][] {{0}, {2.5}},
                new double[][][] {{{1}}, {{0.5}}});
    }
}
