package org.localmass.vi.model;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Neal's funnel in d dimensions: v is normal(0, sd), each x given v is normal of variance e^v. */
record Funnel(int d, double sd) {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    StandardModel toModel(String name) {
        Parameters parameters =
                Parameters.none().and(Transform.identity(1), List.of("v")).and("x", Transform.identity(d - 1));
        return StandardModel.of(name, parameters, () -> new Density(d, sd))
                .withLogZ(0)
                .withSampler(this::sample);
    }

    private void sample(UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        point[0] = sd * gaussian.sample();
        double scale = Math.exp(0.5 * point[0]);
        for (int j = 1; j < d; j++) {
            point[j] = scale * gaussian.sample();
        }
    }

    private static final class Density extends Guarded {
        private final double sd;
        private final double constant;

        private Density(int d, double sd) {
            super(d);
            this.sd = sd;
            this.constant = -Math.log(sd) - d * HALF_LOG_TWO_PI;
        }

        @Override
        double log(double[] point, double[] gradient) {
            int n = dimension() - 1;
            double v = point[0];
            double precision = Math.exp(-v);
            double square = 0;
            for (int j = 1; j <= n; j++) {
                square += point[j] * point[j];
                gradient[j] = -point[j] * precision;
            }
            double share = square == 0 ? 0 : square * precision;
            gradient[0] = -v / (sd * sd) - 0.5 * n + 0.5 * share;
            return constant - 0.5 * v / sd * (v / sd) - 0.5 * n * v - 0.5 * share;
        }
    }
}
