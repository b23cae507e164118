package org.localmass.estimate.explore;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Targets of known normalising constant with exact draws. */
final class ExploreTargets {
    private static final double HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

    private ExploreTargets() {}

    /** A normalised log density with exact draws. */
    interface Target {
        int dimension();

        double logDensity(double[] x);

        void sample(UniformRandomProvider random, double[] x);

        default double[][] draws(UniformRandomProvider random, int n) {
            double[][] points = new double[n][dimension()];
            for (double[] x : points) {
                sample(random, x);
            }
            return points;
        }
    }

    private static double normal(double x, double mean, double sd) {
        double z = (x - mean) / sd;
        return -0.5 * z * z - Math.log(sd) - HALF_LOG_2PI;
    }

    private static double gaussian(UniformRandomProvider random) {
        return ZigguratSampler.NormalizedGaussian.of(random).sample();
    }

    /** Neal's funnel: v of sd 3, the others of sd e^{v/2}. */
    static Target funnel(int d) {
        return new Target() {
            @Override
            public int dimension() {
                return d;
            }

            @Override
            public double logDensity(double[] x) {
                double log = normal(x[0], 0, 3);
                for (int j = 1; j < d; j++) {
                    log += normal(x[j], 0, Math.exp(0.5 * x[0]));
                }
                return log;
            }

            @Override
            public void sample(UniformRandomProvider random, double[] x) {
                x[0] = 3 * gaussian(random);
                for (int j = 1; j < d; j++) {
                    x[j] = Math.exp(0.5 * x[0]) * gaussian(random);
                }
            }
        };
    }

    /** Centred eight schools (mu, log tau, theta): mu ~ N(0, 25), tau half Cauchy of scale 5. */
    static final class EightSchools implements Target {
        private static final double[] Y = {28, 8, -3, 7, -1, 1, 18, 12};
        private static final double[] SIGMA = {15, 10, 16, 11, 9, 11, 10, 18};
        private static final double START = -14;
        private static final double STEP = 20.0 / 8000;

        private final double[] cumulative = new double[8001];
        private final double logConstant;

        EightSchools() {
            double[] logs = new double[8001];
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < logs.length; i++) {
                double t = START + STEP * i;
                double[] p = precisionAndMean(Math.exp(t));
                double log = prior(t) - 0.5 * Math.log(25 * p[0]) + 0.5 * p[1] * p[1] * p[0];
                for (int j = 0; j < 8; j++) {
                    double v = SIGMA[j] * SIGMA[j] + Math.exp(2 * t);
                    log += -0.5 * Math.log(2 * Math.PI * v) - 0.5 * Y[j] * Y[j] / v;
                }
                logs[i] = log;
                high = Math.max(high, log);
            }
            double sum = 0;
            for (int i = 0; i < logs.length; i++) {
                sum += Math.exp(logs[i] - high);
                cumulative[i] = sum;
            }
            for (int i = 0; i < logs.length; i++) {
                cumulative[i] /= sum;
            }
            logConstant = high + Math.log(sum * STEP);
        }

        private static double prior(double t) {
            return Math.log(2 / (5 * Math.PI)) - Math.log1p(Math.exp(2 * t) / 25) + t;
        }

        private static double[] precisionAndMean(double tau) {
            double precision = 1 / 25.0;
            double sum = 0;
            for (int j = 0; j < 8; j++) {
                double v = SIGMA[j] * SIGMA[j] + tau * tau;
                precision += 1 / v;
                sum += Y[j] / v;
            }
            return new double[] {precision, sum / precision};
        }

        @Override
        public int dimension() {
            return 10;
        }

        @Override
        public double logDensity(double[] x) {
            double log = prior(x[1]) + normal(x[0], 0, 5) - logConstant;
            for (int j = 0; j < 8; j++) {
                log += normal(x[2 + j], x[0], Math.exp(x[1])) + normal(Y[j], x[2 + j], SIGMA[j]);
            }
            return log;
        }

        @Override
        public void sample(UniformRandomProvider random, double[] x) {
            int i = Arrays.binarySearch(cumulative, random.nextDouble());
            int cell = Math.min(8000, i < 0 ? -i - 1 : i);
            x[1] = START + STEP * (cell + random.nextDouble() - 0.5);
            double tau = Math.exp(x[1]);
            double[] p = precisionAndMean(tau);
            x[0] = p[1] + gaussian(random) / Math.sqrt(p[0]);
            for (int j = 0; j < 8; j++) {
                double v = 1 / (1 / (SIGMA[j] * SIGMA[j]) + 1 / (tau * tau));
                double mean = v * (Y[j] / (SIGMA[j] * SIGMA[j]) + x[0] / (tau * tau));
                x[2 + j] = mean + Math.sqrt(v) * gaussian(random);
            }
        }
    }
}
