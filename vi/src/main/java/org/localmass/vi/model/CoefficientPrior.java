package org.localmass.vi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.LogSum;

/**
 * The prior of regression coefficients: what stands for them in unconstrained space, and how they follow from it.
 *
 * @param kind   its form
 * @param scale  scale of a coefficient; of a horseshoe the scale of tau; of spike and slab the slab's
 * @param nu     degrees of freedom of Student's t
 * @param spike  standard deviation of the spike
 * @param weight weight of the slab
 */
record CoefficientPrior(Kind kind, double scale, double nu, double spike, double weight) {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double LOG_TWO_OVER_PI = Math.log(2 / Math.PI);

    /** The forms. */
    enum Kind {
        NORMAL,
        LAPLACE,
        STUDENT_T,
        HORSESHOE,
        SPIKE_SLAB;

        static Kind of(String name) {
            for (Kind kind : values()) {
                if (kind.toString().equals(name)) {
                    return kind;
                }
            }
            List<String> names = new ArrayList<>();
            for (Kind kind : values()) {
                names.add(kind.toString());
            }
            throw new IllegalArgumentException("prior must be one of " + String.join(", ", names) + ", was " + name);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Number of unconstrained values for p coefficients. */
    int size(int p) {
        return kind == Kind.HORSESHOE ? 1 + 2 * p : p;
    }

    /** The parameters in their order, after the ones given. */
    Parameters and(Parameters before, int p) {
        if (kind != Kind.HORSESHOE) {
            return before.and("beta", Transform.identity(p));
        }
        return before.and(Transform.positive(1), List.of("tau"))
                .and("z", Transform.identity(p))
                .and("lambda", Transform.positive(p));
    }

    /** Writes the coefficients. */
    void coefficients(double[] point, int from, double[] beta) {
        int p = beta.length;
        if (kind != Kind.HORSESHOE) {
            System.arraycopy(point, from, beta, 0, p);
            return;
        }
        for (int j = 0; j < p; j++) {
            double z = point[from + 1 + j];
            beta[j] = z == 0 ? 0 : z * Math.exp(point[from] + point[from + 1 + p + j]);
        }
    }

    /** What the log prior of p coefficients has whatever they are. */
    double constant(int p) {
        return p
                * switch (kind) {
                    case NORMAL -> -HALF_LOG_TWO_PI - Math.log(scale);
                    case LAPLACE -> -Math.log(2 * scale);
                    case STUDENT_T ->
                        LogGamma.value(0.5 * (nu + 1))
                                - LogGamma.value(0.5 * nu)
                                - 0.5 * Math.log(nu * Math.PI)
                                - Math.log(scale);
                    case HORSESHOE -> -HALF_LOG_TWO_PI;
                    case SPIKE_SLAB -> 0;
                };
    }

    /**
     * The log prior without its constant, with the log Jacobian of its own parameters.
     *
     * @param slope    derivative of the log likelihood in each coefficient
     * @param gradient overwritten at the prior's places with the gradient of log likelihood plus log prior
     */
    double pullBack(double[] point, int from, double[] beta, double[] slope, double[] gradient) {
        int p = beta.length;
        double sum = 0;
        switch (kind) {
            case NORMAL -> {
                for (int j = 0; j < p; j++) {
                    double z = beta[j] / scale;
                    sum -= 0.5 * z * z;
                    gradient[from + j] = slope[j] - z / scale;
                }
            }
            case LAPLACE -> {
                for (int j = 0; j < p; j++) {
                    sum -= Math.abs(beta[j]) / scale;
                    gradient[from + j] = slope[j] - Math.signum(beta[j]) / scale;
                }
            }
            case STUDENT_T -> {
                for (int j = 0; j < p; j++) {
                    double z = beta[j] / scale;
                    sum -= 0.5 * (nu + 1) * Math.log1p(z * z / nu);
                    gradient[from + j] = slope[j] - (nu + 1) * z / (nu + z * z) / scale;
                }
            }
            case HORSESHOE -> {
                double logScale = Math.log(scale);
                double t = point[from];
                sum = halfCauchy(t, logScale);
                double along = 0;
                for (int j = 0; j < p; j++) {
                    double z = point[from + 1 + j];
                    double l = point[from + 1 + p + j];
                    double pulled = beta[j] == 0 ? 0 : slope[j] * beta[j];
                    sum += halfCauchy(l, 0) - 0.5 * z * z;
                    gradient[from + 1 + j] = (slope[j] == 0 ? 0 : slope[j] * Math.exp(t + l)) - z;
                    gradient[from + 1 + p + j] = pulled + halfCauchySlope(l, 0);
                    along += pulled;
                }
                gradient[from] = along + halfCauchySlope(t, logScale);
            }
            case SPIKE_SLAB -> {
                double slabConstant = Math.log(weight) - Math.log(scale) - HALF_LOG_TWO_PI;
                double spikeConstant = Math.log1p(-weight) - Math.log(spike) - HALF_LOG_TWO_PI;
                for (int j = 0; j < p; j++) {
                    double inSlab = beta[j] / scale;
                    double inSpike = beta[j] / spike;
                    double slab = slabConstant - 0.5 * inSlab * inSlab;
                    double peak = spikeConstant - 0.5 * inSpike * inSpike;
                    double log = LogSum.of(slab, peak);
                    sum += log;
                    gradient[from + j] =
                            slope[j] - Math.exp(slab - log) * inSlab / scale - Math.exp(peak - log) * inSpike / spike;
                }
            }
        }
        return sum;
    }

    /** Log density of u where e^u is half-Cauchy. */
    private static double halfCauchy(double u, double logScale) {
        double v = u - logScale;
        return LOG_TWO_OVER_PI + v - Logistic.softplus(2 * v);
    }

    private static double halfCauchySlope(double u, double logScale) {
        return 1 - 2 * Logistic.value(2 * (u - logScale));
    }
}
