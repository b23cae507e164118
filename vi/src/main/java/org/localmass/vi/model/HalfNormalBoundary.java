package org.localmass.vi.model;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** A half-normal x1, in the log, beside standard normals: the density is large at the boundary 0 of x1. */
record HalfNormalBoundary(int d) {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    StandardModel toModel(String name) {
        List<String> names = Parameters.coordinates(d).names();
        Parameters parameters = Parameters.none().and(Transform.positive(1), names.subList(0, 1));
        if (d > 1) {
            parameters = parameters.and(Transform.identity(d - 1), names.subList(1, d));
        }
        return StandardModel.of(name, parameters, this::toGuarded).withLogZ(0).withSampler(this::sample);
    }

    private Guarded toGuarded() {
        double constant = Math.log(2) - d * HALF_LOG_TWO_PI;
        return new Guarded(d) {
            @Override
            double log(double[] point, double[] gradient) {
                double u = point[0];
                double square = Math.exp(2 * u);
                double sum = constant + u - 0.5 * square;
                gradient[0] = 1 - square;
                for (int j = 1; j < d; j++) {
                    sum -= 0.5 * point[j] * point[j];
                    gradient[j] = -point[j];
                }
                return sum;
            }
        };
    }

    private void sample(UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int j = 0; j < d; j++) {
            point[j] = gaussian.sample();
        }
        point[0] = Math.log(Math.max(Math.abs(point[0]), Double.MIN_VALUE));
    }
}
