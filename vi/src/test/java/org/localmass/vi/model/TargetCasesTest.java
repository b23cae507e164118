package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.localmass.core.measure.LogDensity;

/** Draws and constants of the models are those of the targets' battery, which another program made. */
class TargetCasesTest {
    @Test
    void masses_areThoseOfDraws() {
        for (TargetCases.Target target : TargetCases.all()) {
            if (target.model().sampler().isEmpty()) {
                assertEquals("horseshoe_logit", target.id());
                continue;
            }
            assertEquals(target.logZ(), target.model().logZ().getAsDouble(), 1e-6, target.id());
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(21);
            int n = 40_000;
            List<TargetCases.RegionCase> regions = target.regions();
            int[] hits = new int[regions.size()];
            double[] point = new double[target.model().dimension()];
            for (int i = 0; i < n; i++) {
                target.model().sampler().orElseThrow().sample(random, point);
                for (int k = 0; k < hits.length; k++) {
                    hits[k] += regions.get(k).region().contains(point) ? 1 : 0;
                }
            }
            for (int k = 0; k < hits.length; k++) {
                double mass = regions.get(k).mass();
                double error = Math.hypot(
                        Math.sqrt(mass * (1 - mass) / n), regions.get(k).error());
                double found = (double) hits[k] / n;
                assertTrue(
                        Math.abs(found - mass) < 4.5 * error,
                        target.id() + " " + regions.get(k).label() + ": " + found + ", expected " + mass);
            }
        }
    }

    @Test
    void lostMasses_areThoseOfDraws() {
        for (TargetCases.Lost lost : TargetCases.lost()) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(23);
            int n = 40_000;
            int hits = 0;
            double[] point = new double[lost.model().dimension()];
            for (int i = 0; i < n; i++) {
                lost.model().sampler().orElseThrow().sample(random, point);
                hits += lost.region().contains(point) ? 1 : 0;
            }
            double error = Math.sqrt(lost.mass() * (1 - lost.mass()) / n);
            assertEquals(lost.mass(), (double) hits / n, 4.5 * error, lost.id());
        }
    }

    /** Draws from the prior, weighted by the likelihood: what is left of the density when the prior is divided out. */
    @Test
    void horseshoe_hasTheIntegralOfTheBattery() {
        TargetCases.Target target = TargetCases.of("horseshoe_logit");
        LogDensity.Differentiable density = target.model().evaluator();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(22);
        var gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] u = new double[14];
        int n = 150_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            u[0] = 2 * gaussian.sample();
            double prior = -0.125 * u[0] * u[0] - Math.log(2) - 3.5 * Math.log(2 * Math.PI);
            for (int j = 0; j < 7; j++) {
                double scale = j == 0 ? 0.5 : 1;
                double tau = scale * Math.tan(0.5 * Math.PI * random.nextDouble());
                u[j == 0 ? 1 : 7 + j] = Math.log(tau);
                prior += Math.log(2 / (Math.PI * scale) / (1 + tau / scale * (tau / scale)) * tau);
                if (j > 0) {
                    u[1 + j] = gaussian.sample();
                    prior -= 0.5 * u[1 + j] * u[1 + j];
                }
            }
            double weight = Math.exp(density.value(u) - prior - target.logZ());
            sum += weight;
            squares += weight * weight;
        }
        double mean = sum / n;
        double error = Math.sqrt(squares) / n;
        assertTrue(error < 0.15, "the test has no power: error " + error);
        assertEquals(1, mean, 4 * error);
    }
}
