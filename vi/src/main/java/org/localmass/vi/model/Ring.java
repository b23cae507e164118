package org.localmass.vi.model;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** A ridge around a circle in the plane: density \( \exp(-(\|x\|-R)^2/(2w^2)) \), not normalised. */
record Ring(double radius, double width) {
    private static final double FAR = 12;

    StandardModel toModel(String name) {
        return StandardModel.of(name, Parameters.coordinates(2), this::toGuarded)
                .withLogZ(logIntegral())
                .withSampler(this::sample);
    }

    /** \( \log 2\pi\int_0^\infty r e^{-(r-R)^2/(2w^2)}dr \). */
    private double logIntegral() {
        double z = radius / width;
        double below = NormalDistribution.of(0, 1).cumulativeProbability(z);
        return Math.log(2 * Math.PI)
                + Math.log(width * width * Math.exp(-0.5 * z * z) + radius * width * Math.sqrt(2 * Math.PI) * below);
    }

    private Guarded toGuarded() {
        return new Guarded(2) {
            @Override
            double log(double[] point, double[] gradient) {
                double size = Math.hypot(point[0], point[1]);
                double gap = (size - radius) / width;
                // at the centre, a cusp, any direction is as good as none
                double slope = size == 0 ? 0 : -gap / width / size;
                gradient[0] = slope * point[0];
                gradient[1] = slope * point[1];
                return -0.5 * gap * gap;
            }
        };
    }

    private void sample(UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double most = radius + FAR * width;
        double size;
        do {
            size = radius + width * gaussian.sample();
        } while (size <= 0 || random.nextDouble() * most > size);
        double angle = 2 * Math.PI * random.nextDouble();
        point[0] = size * Math.cos(angle);
        point[1] = size * Math.sin(angle);
    }
}
