package org.localmass.vi.model;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.internal.LogSum;

/**
 * Pairs (a, b) side by side: a is normal(0, sd), b given a is normal(bend (a^2 - sd^2), width); then coordinates that
 * are standard normal.
 */
record Bananas(int pairs, double sd, double bend, double width, int others) {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    int dimension() {
        return 2 * pairs + others;
    }

    StandardModel toModel(String name) {
        return StandardModel.of(name, Parameters.coordinates(dimension()), this::toGuarded)
                .withLogZ(0)
                .withSampler(this::sample);
    }

    private Guarded toGuarded() {
        double constant = constant();
        return new Guarded(dimension()) {
            @Override
            double log(double[] point, double[] gradient) {
                return constant + kernel(point, gradient);
            }
        };
    }

    private double constant() {
        return -dimension() * HALF_LOG_TWO_PI - pairs * (Math.log(sd) + Math.log(width));
    }

    /** Log density up to its constant. */
    private double kernel(double[] point, double[] gradient) {
        double sum = 0;
        for (int j = 0; j < 2 * pairs; j += 2) {
            double a = point[j];
            double rest = (point[j + 1] - bend * (a * a - sd * sd)) / width;
            sum -= 0.5 * (a / sd * (a / sd) + rest * rest);
            gradient[j] = -a / (sd * sd) + rest / width * 2 * bend * a;
            gradient[j + 1] = -rest / width;
        }
        for (int j = 2 * pairs; j < 2 * pairs + others; j++) {
            sum -= 0.5 * point[j] * point[j];
            gradient[j] = -point[j];
        }
        return sum;
    }

    private void sample(UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int j = 0; j < 2 * pairs; j += 2) {
            point[j] = sd * gaussian.sample();
            point[j + 1] = bend * (point[j] * point[j] - sd * sd) + width * gaussian.sample();
        }
        for (int j = 2 * pairs; j < point.length; j++) {
            point[j] = gaussian.sample();
        }
    }

    /** These and, with a weight, a standard normal whose mean has -distance/sqrt(pairs) in each b. */
    StandardModel withNormal(String name, double weight, double distance) {
        int d = dimension();
        double shift = -distance / Math.sqrt(pairs);
        return StandardModel.of(name, Parameters.coordinates(d), () -> mixed(weight, shift))
                .withLogZ(0)
                .withSampler((random, point) -> {
                    if (random.nextDouble() >= weight) {
                        sample(random, point);
                        return;
                    }
                    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
                    for (int j = 0; j < d; j++) {
                        point[j] = gaussian.sample() + (j % 2 == 1 && j < 2 * pairs ? shift : 0);
                    }
                });
    }

    private Guarded mixed(double weight, double shift) {
        double constant = constant() + Math.log1p(-weight);
        double normalConstant = Math.log(weight) - dimension() * HALF_LOG_TWO_PI;
        return new Guarded(dimension()) {
            @Override
            double log(double[] point, double[] gradient) {
                double bananas = constant + kernel(point, gradient);
                double square = 0;
                for (int j = 0; j < dimension(); j++) {
                    double gap = gap(point, j);
                    square += gap * gap;
                }
                double normal = normalConstant - 0.5 * square;
                double log = LogSum.of(bananas, normal);
                double share = Math.exp(bananas - log);
                double rest = Math.exp(normal - log);
                for (int j = 0; j < dimension(); j++) {
                    // the banana's gradient overflows long after its share has vanished
                    gradient[j] = (share == 0 ? 0 : share * gradient[j]) - rest * gap(point, j);
                }
                return log;
            }

            private double gap(double[] point, int j) {
                return point[j] - (j % 2 == 1 && j < 2 * pairs ? shift : 0);
            }
        };
    }
}
