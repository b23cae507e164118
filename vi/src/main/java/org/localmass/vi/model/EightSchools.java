package org.localmass.vi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Rubin's eight schools: \( y_i \sim N(\theta_i, \sigma_i) \), \( \theta_i \sim N(\mu, \tau) \),
 * \( \mu \sim N(0, 5) \), \( \tau \sim HC(5) \), in theta itself or in theta_trans, \( (\theta - \mu)/\tau \).
 *
 * <p>Source: Rubin (1981), Estimation in parallel randomized experiments; Stan's example of that name.
 */
final class EightSchools {
    private static final double[] EFFECTS = {28, 8, -3, 7, -1, 1, 18, 12};
    private static final double[] ERRORS = {15, 10, 16, 11, 9, 11, 10, 18};
    private static final int SCHOOLS = EFFECTS.length;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double LOG_25 = Math.log(25);
    private static final double LOWEST = -24;
    private static final double HIGHEST = 12;
    private static final int CELLS = 9000;

    private final boolean centred;

    EightSchools(boolean centred) {
        this.centred = centred;
    }

    StandardModel toModel(String name) {
        Parameters parameters =
                Parameters.none().and(Transform.identity(1), List.of("mu")).and(Transform.positive(1), List.of("tau"));
        if (centred) {
            parameters = parameters.and("theta", Transform.identity(SCHOOLS));
        } else {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= SCHOOLS; i++) {
                names.add("theta[" + i + "]");
            }
            parameters = parameters
                    .and("theta_trans", Transform.identity(SCHOOLS))
                    .withDerived(names, (x, from) -> {
                        for (int i = 0; i < SCHOOLS; i++) {
                            x[from + i] = x[0] + x[1] * x[2 + i];
                        }
                    });
        }
        Marginal marginal = new Marginal();
        return StandardModel.of(name, parameters, () -> centred ? new Centred() : new NonCentred())
                .withLogZ(marginal.logZ)
                .withSampler((random, point) -> sample(marginal, random, point));
    }

    private void sample(Marginal marginal, UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double logTau = marginal.sample(random);
        double variance = Math.exp(2 * logTau);
        double precision = 1.0 / 25;
        double mean = 0;
        for (int i = 0; i < SCHOOLS; i++) {
            double total = ERRORS[i] * ERRORS[i] + variance;
            precision += 1 / total;
            mean += EFFECTS[i] / total;
        }
        double mu = mean / precision + gaussian.sample() / Math.sqrt(precision);
        point[0] = mu;
        point[1] = logTau;
        double tau = Math.exp(logTau);
        for (int i = 0; i < SCHOOLS; i++) {
            double error = ERRORS[i] * ERRORS[i];
            // eta given mu, tau and y
            double given = error / (error + variance);
            double eta = tau * (EFFECTS[i] - mu) / (error + variance) + Math.sqrt(given) * gaussian.sample();
            point[2 + i] = centred ? mu + tau * eta : eta;
        }
    }

    /** \( \log HC(e^u; 5) + u \), without its constant. */
    private static double logPrior(double u) {
        return u - Logistic.softplus(2 * u - LOG_25);
    }

    private static double priorSlope(double u) {
        return 1 - 2 * Logistic.value(2 * u - LOG_25);
    }

    private static final double PRIOR_CONSTANT = Math.log(2 / (5 * Math.PI)) - Math.log(5) - HALF_LOG_TWO_PI;

    /** The law of log tau, mu and theta integrated out, on a fine grid: a trapezoidal sum of an analytic function. */
    private static final class Marginal {
        private final double[] cumulative = new double[CELLS + 1];
        private final double logZ;

        private Marginal() {
            double step = (HIGHEST - LOWEST) / CELLS;
            double[] logs = new double[CELLS + 1];
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i <= CELLS; i++) {
                logs[i] = log(LOWEST + i * step);
                high = Math.max(high, logs[i]);
            }
            double sum = 0;
            for (int i = 0; i <= CELLS; i++) {
                sum += Math.exp(logs[i] - high);
                cumulative[i] = sum;
            }
            // beyond the grid tau^1 below, tau^-9 above
            logZ = high + Math.log(sum * step);
        }

        private static double log(double u) {
            double variance = Math.exp(2 * u);
            double precision = 1.0 / 25;
            double mean = 0;
            double log = PRIOR_CONSTANT + logPrior(u) + HALF_LOG_TWO_PI;
            for (int i = 0; i < SCHOOLS; i++) {
                double total = ERRORS[i] * ERRORS[i] + variance;
                precision += 1 / total;
                mean += EFFECTS[i] / total;
                log -= HALF_LOG_TWO_PI + 0.5 * Math.log(total) + 0.5 * EFFECTS[i] * EFFECTS[i] / total;
            }
            return log - 0.5 * Math.log(precision) + 0.5 * mean * mean / precision;
        }

        private double sample(UniformRandomProvider random) {
            double u = random.nextDouble() * cumulative[CELLS];
            int low = Arrays.binarySearch(cumulative, u);
            int cell = low < 0 ? -low - 1 : low + 1;
            double step = (HIGHEST - LOWEST) / CELLS;
            return LOWEST + step * (Math.min(cell, CELLS) + random.nextDouble() - 0.5);
        }
    }

    private static final class Centred extends Guarded {
        private static final double CONSTANT = constant();

        private Centred() {
            super(2 + SCHOOLS);
        }

        private static double constant() {
            double sum = PRIOR_CONSTANT - 2 * SCHOOLS * HALF_LOG_TWO_PI;
            for (double error : ERRORS) {
                sum -= Math.log(error);
            }
            return sum;
        }

        @Override
        double log(double[] point, double[] gradient) {
            double mu = point[0];
            double u = point[1];
            double inverse = Math.exp(-u);
            double sum = CONSTANT - 0.5 * mu * mu / 25 + logPrior(u) - SCHOOLS * u;
            double total = 0;
            double square = 0;
            for (int i = 0; i < SCHOOLS; i++) {
                double theta = point[2 + i];
                double scaled = (theta - mu) * inverse;
                double rest = (EFFECTS[i] - theta) / ERRORS[i];
                sum -= 0.5 * rest * rest;
                square += scaled * scaled;
                total += scaled * inverse;
                gradient[2 + i] = rest / ERRORS[i] - scaled * inverse;
            }
            gradient[0] = -mu / 25 + total;
            gradient[1] = priorSlope(u) - SCHOOLS + square;
            return sum - 0.5 * square;
        }
    }

    private static final class NonCentred extends Guarded {
        private NonCentred() {
            super(2 + SCHOOLS);
        }

        @Override
        double log(double[] point, double[] gradient) {
            double mu = point[0];
            double u = point[1];
            double tau = Math.exp(u);
            double sum = Centred.CONSTANT - 0.5 * mu * mu / 25 + logPrior(u);
            gradient[0] = -mu / 25;
            gradient[1] = priorSlope(u);
            for (int i = 0; i < SCHOOLS; i++) {
                double eta = point[2 + i];
                double shift = eta == 0 ? 0 : tau * eta;
                double rest = (EFFECTS[i] - mu - shift) / ERRORS[i];
                double slope = rest / ERRORS[i];
                sum -= 0.5 * (rest * rest + eta * eta);
                gradient[0] += slope;
                gradient[1] += slope * shift;
                gradient[2 + i] = slope * tau - eta;
            }
            return sum;
        }
    }
}
