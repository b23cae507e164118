package org.localmass.vi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.Arguments;

/**
 * A generalised linear model: intercept alpha with a normal prior, coefficients beta, and where the response has a
 * scale, sigma with a half-normal prior.
 *
 * @param likelihood     law of the response
 * @param table          response and columns
 * @param prior          prior of the coefficients
 * @param interceptScale standard deviation of alpha
 * @param sigmaScale     standard deviation of the half-normal prior of sigma
 * @param df             degrees of freedom of robust errors
 * @param interceptName  name of the intercept
 */
record Regression(
        Likelihood likelihood,
        RegressionTable table,
        CoefficientPrior prior,
        double interceptScale,
        double sigmaScale,
        double df,
        String interceptName) {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** Law of the response given the linear predictor eta. */
    enum Likelihood {
        /** Bernoulli of inv_logit(eta). */
        LOGISTIC,
        /** Normal of mean eta and standard deviation sigma. */
        LINEAR,
        /** Poisson of mean exp(eta). */
        POISSON,
        /** eta plus sigma times Student's t. */
        ROBUST;

        boolean hasScale() {
            return this == LINEAR || this == ROBUST;
        }
    }

    StandardModel toModel(String name) {
        checkResponse();
        int p = table.columns().size();
        Parameters parameters = prior.and(Parameters.none().and(Transform.identity(1), List.of(interceptName)), p);
        if (likelihood.hasScale()) {
            parameters = parameters.and(Transform.positive(1), List.of("sigma"));
        }
        if (prior.kind() == CoefficientPrior.Kind.HORSESHOE) {
            List<String> names = new ArrayList<>();
            for (int j = 1; j <= p; j++) {
                names.add("beta[" + j + "]");
            }
            parameters = parameters.withDerived(names, (x, from) -> {
                for (int j = 0; j < p; j++) {
                    x[from + j] = x[1] * x[2 + j] * x[2 + p + j];
                }
            });
        }
        int d = parameters.dimension();
        double[][] x = table.x();
        double[] y = table.y();
        return StandardModel.of(name, parameters, () -> new Posterior(d, x, y)).withAnchor(anchor(d));
    }

    private void checkResponse() {
        double[] y = table.y();
        for (int i = 0; i < y.length; i++) {
            if (likelihood == Likelihood.LOGISTIC && y[i] != 0 && y[i] != 1) {
                throw new IllegalArgumentException(
                        table.response() + " must be 0 or 1, was " + y[i] + " in row " + (i + 1));
            }
            if (likelihood == Likelihood.POISSON && !(y[i] >= 0 && y[i] == Math.rint(y[i]))) {
                throw new IllegalArgumentException(
                        table.response() + " must be a count, was " + y[i] + " in row " + (i + 1));
            }
        }
    }

    /** All coefficients 0, intercept and sigma those of the response alone. */
    private double[] anchor(int d) {
        double[] anchor = new double[d];
        double[] y = table.y();
        double mean = 0;
        for (double v : y) {
            mean += v / y.length;
        }
        double square = 0;
        for (double v : y) {
            square += (v - mean) * (v - mean) / y.length;
        }
        anchor[0] = switch (likelihood) {
            case LOGISTIC -> Math.log((mean * y.length + 0.5) / ((1 - mean) * y.length + 0.5));
            case POISSON -> Math.log(mean + 0.5 / y.length);
            default -> mean;
        };
        if (likelihood.hasScale()) {
            anchor[d - 1] = square > 0 ? 0.5 * Math.log(square) : 0;
        }
        if (prior.kind() == CoefficientPrior.Kind.HORSESHOE) {
            anchor[1] = Math.log(prior.scale());
        }
        return anchor;
    }

    private final class Posterior extends Guarded {
        /** Rows that share a logarithm: a product of so many factors up to 2 is far from the end of doubles. */
        private static final int TOGETHER = 64;

        /** Columns. */
        private final double[][] x;

        private final double[] y;
        private final int p;
        private final double[] eta;
        private final double[] beta;
        private final double[] slope;
        private final double constant;
        /** Derivative of one term of the log likelihood in eta, and in log sigma. */
        private double inEta;

        private double inLogSigma;

        private Posterior(int d, double[][] x, double[] y) {
            super(d);
            this.y = y;
            this.p = x[0].length;
            this.x = new double[p][y.length];
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < p; j++) {
                    this.x[j][i] = x[i][j];
                }
            }
            this.eta = new double[y.length];
            this.beta = new double[p];
            this.slope = new double[p];
            double sum = prior.constant(p) - HALF_LOG_TWO_PI - Math.log(interceptScale);
            if (likelihood.hasScale()) {
                sum += Math.log(2) - HALF_LOG_TWO_PI - Math.log(sigmaScale);
            }
            for (double v : y) {
                sum += switch (likelihood) {
                    case LOGISTIC -> 0;
                    case LINEAR -> -HALF_LOG_TWO_PI;
                    case POISSON -> -LogGamma.value(v + 1);
                    case ROBUST ->
                        LogGamma.value(0.5 * (df + 1)) - LogGamma.value(0.5 * df) - 0.5 * Math.log(df * Math.PI);
                };
            }
            this.constant = sum;
        }

        @Override
        double log(double[] point, double[] gradient) {
            double alpha = point[0];
            prior.coefficients(point, 1, beta);
            double logSigma = likelihood.hasScale() ? point[dimension() - 1] : 0;
            double inverse = Math.exp(-logSigma);
            double sum = constant - 0.5 * (alpha / interceptScale) * (alpha / interceptScale);
            linearPredictor(alpha);
            double total = 0;
            double scaleSlope = 0;
            if (likelihood == Likelihood.LOGISTIC) {
                sum += logistic();
            } else {
                for (int i = 0; i < y.length; i++) {
                    sum += term(y[i], eta[i], logSigma, inverse);
                    scaleSlope += inLogSigma;
                    eta[i] = inEta;
                }
            }
            for (double v : eta) {
                total += v;
            }
            slopes();
            gradient[0] = total - alpha / (interceptScale * interceptScale);
            if (likelihood.hasScale()) {
                double ratio = Math.exp(logSigma) / sigmaScale;
                sum += logSigma - 0.5 * ratio * ratio;
                gradient[dimension() - 1] = scaleSlope + 1 - ratio * ratio;
            }
            return sum + prior.pullBack(point, 1, beta, slope, gradient);
        }

        /** Sets eta = alpha + x beta, four columns at a time: each entry is read and written once for them. */
        private void linearPredictor(double alpha) {
            Arrays.fill(eta, alpha);
            int j = 0;
            for (; j + 3 < p; j += 4) {
                addFour(x[j], x[j + 1], x[j + 2], x[j + 3], beta[j], beta[j + 1], beta[j + 2], beta[j + 3]);
            }
            for (; j < p; j++) {
                double[] column = x[j];
                double b = beta[j];
                for (int i = 0; i < eta.length; i++) {
                    eta[i] += b * column[i];
                }
            }
        }

        private void addFour(
                double[] x0, double[] x1, double[] x2, double[] x3, double b0, double b1, double b2, double b3) {
            double[] sums = eta;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += b0 * x0[i] + b1 * x1[i] + (b2 * x2[i] + b3 * x3[i]);
            }
        }

        /** The log likelihood; replaces eta by its derivative. */
        private double logistic() {
            double sum = 0;
            int n = eta.length;
            for (int from = 0; from < n; from += TOGETHER) {
                int to = Math.min(n, from + TOGETHER);
                double product = 1;
                for (int i = from; i < to; i++) {
                    double sign = 2 * y[i] - 1;
                    double v = sign * eta[i];
                    double e = Math.exp(-Math.abs(v));
                    double rest = 1 + e;
                    sum += Math.min(v, 0);
                    product *= rest;
                    eta[i] = sign * (v < 0 ? 1 : e) / rest;
                }
                sum -= Math.log(product);
            }
            return sum;
        }

        /** Sets the slopes x' eta, four columns at a time. */
        private void slopes() {
            int j = 0;
            for (; j + 3 < p; j += 4) {
                dotFour(x[j], x[j + 1], x[j + 2], x[j + 3], j);
            }
            for (; j < p; j++) {
                double[] column = x[j];
                double sum = 0;
                for (int i = 0; i < eta.length; i++) {
                    sum += eta[i] * column[i];
                }
                slope[j] = sum;
            }
        }

        private void dotFour(double[] x0, double[] x1, double[] x2, double[] x3, int j) {
            double[] r = eta;
            int even = r.length & ~1;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            double t0 = 0;
            double t1 = 0;
            double t2 = 0;
            double t3 = 0;
            for (int i = 0; i < even; i += 2) {
                double a = r[i];
                double b = r[i + 1];
                s0 += a * x0[i];
                s1 += a * x1[i];
                s2 += a * x2[i];
                s3 += a * x3[i];
                t0 += b * x0[i + 1];
                t1 += b * x1[i + 1];
                t2 += b * x2[i + 1];
                t3 += b * x3[i + 1];
            }
            if (even < r.length) {
                double a = r[even];
                s0 += a * x0[even];
                s1 += a * x1[even];
                s2 += a * x2[even];
                s3 += a * x3[even];
            }
            slope[j] = s0 + t0;
            slope[j + 1] = s1 + t1;
            slope[j + 2] = s2 + t2;
            slope[j + 3] = s3 + t3;
        }

        /** One term of the log likelihood without its constant; sets its derivatives. */
        private double term(double response, double eta, double logSigma, double inverse) {
            switch (likelihood) {
                case POISSON -> {
                    double mean = Math.exp(eta);
                    inEta = response - mean;
                    return response * eta - mean;
                }
                case LINEAR -> {
                    double z = (response - eta) * inverse;
                    inEta = z * inverse;
                    inLogSigma = z * z - 1;
                    return -logSigma - 0.5 * z * z;
                }
                default -> {
                    double z = (response - eta) * inverse;
                    double factor = (df + 1) / (df + z * z);
                    inEta = factor * z * inverse;
                    inLogSigma = factor * z * z - 1;
                    return -logSigma - 0.5 * (df + 1) * Math.log1p(z * z / df);
                }
            }
        }
    }

    /** Checks the numbers. */
    Regression {
        Arguments.positive("intercept_scale", interceptScale);
        Arguments.positive("sigma_scale", sigmaScale);
        Arguments.positive("df", df);
    }
}
