package org.localmass.quality;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.measure.LogDensity;

/**
 * Draws that stand for a target: exact ones where there are, otherwise those of 100 Hamiltonian chains of 16 leapfrog
 * steps, 20 apart after 1000 of adaptation, chains taking turns so that any first part has as much of each.
 *
 * <p>The chains are for the horseshoe, whose point is (b0, t, z, l) with coefficients z exp(l + t): after every Hamiltonian
 * move each pair moves along z exp(l) = const, and l against t, where the likelihood does not change. Without that 20,000
 * draws tell a tail of 1 % to a factor of 1.8 only.
 */
final class FitDraws {
    private static final int CHAINS = 100;
    private static final int ADAPT = 1000;
    private static final int APART = 20;
    private static final int LEAPS = 16;

    private static String lastKey = "";
    private static double[][] last = {};

    private FitDraws() {}

    /** The draws; those of the last call are kept, since chains cost more than a fit. */
    static synchronized double[][] of(FitTarget target, int count, long seed) {
        String key = target.name() + "|" + count + "|" + seed;
        if (!key.equals(lastKey)) {
            last = target.model().sampler().isPresent()
                    ? FitQuality.draws(target, count, seed)
                    : chains(target.model().evaluator(), count, seed);
            lastKey = key;
        }
        return last;
    }

    private static double[][] chains(LogDensity.Differentiable density, int count, long seed) {
        double[][] points = new double[count][];
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        for (int c = 0; c < Math.min(CHAINS, count); c++) {
            chain(density, random, points, c);
        }
        return points;
    }

    private static void chain(
            LogDensity.Differentiable density, UniformRandomProvider random, double[][] points, int chain) {
        int d = density.dimension();
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] x = new double[d];
        double[] g = new double[d];
        for (int j = 0; j < d; j++) {
            x[j] = 0.5 * gaussian.sample();
        }
        double log = density.value(x, g);
        double step = 0.05;
        double[] y = new double[d];
        double[] h = new double[d];
        double[] p = new double[d];
        int next = chain;
        for (int i = 1; next < points.length; i++) {
            double size = step * (0.5 + random.nextDouble());
            System.arraycopy(x, 0, y, 0, d);
            System.arraycopy(g, 0, h, 0, d);
            double energy = -log;
            for (int j = 0; j < d; j++) {
                p[j] = gaussian.sample();
                energy += 0.5 * p[j] * p[j];
            }
            double value = log;
            for (int leap = 0; leap < LEAPS; leap++) {
                for (int j = 0; j < d; j++) {
                    p[j] += 0.5 * size * h[j];
                    y[j] += size * p[j];
                }
                value = density.value(y, h);
                for (int j = 0; j < d; j++) {
                    p[j] += 0.5 * size * h[j];
                }
            }
            double after = -value;
            for (int j = 0; j < d; j++) {
                after += 0.5 * p[j] * p[j];
            }
            double chance = Math.exp(Math.min(0, energy - after));
            if (random.nextDouble() < chance) {
                System.arraycopy(y, 0, x, 0, d);
                System.arraycopy(h, 0, g, 0, d);
                log = value;
            }
            log = rescale(density, random, gaussian, x, g, log, y);
            if (i <= ADAPT) {
                step *= Math.exp((Double.isNaN(chance) ? -0.8 : chance - 0.8) / Math.sqrt(i));
            } else if (i % APART == 0) {
                points[next] = x.clone();
                next += CHAINS;
            }
        }
    }

    /** Metropolis moves along which the coefficients stay; the gradient is left at the new point. */
    private static double rescale(
            LogDensity.Differentiable density,
            UniformRandomProvider random,
            ZigguratSampler.NormalizedGaussian gaussian,
            double[] x,
            double[] g,
            double log,
            double[] y) {
        int pairs = (x.length - 2) / 2;
        double now = log;
        for (int j = 0; j <= pairs; j++) {
            double shift = gaussian.sample();
            System.arraycopy(x, 0, y, 0, x.length);
            double jacobian = 0;
            if (j < pairs) {
                y[2 + j] *= Math.exp(-shift);
                y[2 + pairs + j] += shift;
                jacobian = -shift;
            } else {
                y[1] += shift;
                for (int l = 0; l < pairs; l++) {
                    y[2 + pairs + l] -= shift;
                }
            }
            double value = density.value(y);
            if (Math.log(random.nextDouble()) < value - now + jacobian) {
                System.arraycopy(y, 0, x, 0, x.length);
                now = value;
            }
        }
        return now == log ? log : density.value(x, g);
    }
}
