package org.localmass.vi.model;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** The multivariate Student t whose scale matrix has ones on the diagonal and rho beside it. */
record EquicorrelatedT(int d, double nu, double rho) {
    StandardModel toModel(String name) {
        return StandardModel.of(name, Parameters.coordinates(d), this::toGuarded)
                .withLogZ(0)
                .withSampler(this::sample);
    }

    private double common() {
        return 1 + (d - 1) * rho;
    }

    private Guarded toGuarded() {
        double constant = LogGamma.value(0.5 * (nu + d))
                - LogGamma.value(0.5 * nu)
                - 0.5 * d * Math.log(nu * Math.PI)
                - 0.5 * (d - 1) * Math.log1p(-rho)
                - 0.5 * Math.log(common());
        // the inverse is (I - shared 11')/(1 - rho)
        double shared = rho / common();
        return new Guarded(d) {
            @Override
            double log(double[] point, double[] gradient) {
                double total = 0;
                for (int j = 0; j < d; j++) {
                    total += point[j];
                }
                double square = 0;
                for (int j = 0; j < d; j++) {
                    gradient[j] = (point[j] - shared * total) / (1 - rho);
                    square += point[j] * gradient[j];
                }
                double factor = -(nu + d) / (nu + square);
                for (int j = 0; j < d; j++) {
                    gradient[j] *= factor;
                }
                return constant - 0.5 * (nu + d) * Math.log1p(square / nu);
            }
        };
    }

    private void sample(UniformRandomProvider random, double[] point) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        // x - mean(x) and mean(x) of independent normals are independent
        double mean = 0;
        for (int j = 0; j < d; j++) {
            point[j] = gaussian.sample();
            mean += point[j] / d;
        }
        double size = Math.sqrt(0.5
                * nu
                / AhrensDieterMarsagliaTsangGammaSampler.of(random, 0.5 * nu, 1).sample());
        for (int j = 0; j < d; j++) {
            point[j] = size * (Math.sqrt(1 - rho) * (point[j] - mean) + Math.sqrt(common()) * mean);
        }
    }
}
