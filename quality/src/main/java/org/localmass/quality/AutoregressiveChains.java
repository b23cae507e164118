package org.localmass.quality;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/** Stationary Gaussian AR(1) chains with standard normal margins: the synthetic Markov chains of the studies. */
final class AutoregressiveChains {
    private AutoregressiveChains() {}

    /** Draws of independent coordinates x1, x2, ..., each an AR(1) series with lag-one correlation rho per chain. */
    static Draws draws(UniformRandomProvider rng, int chains, int length, int dimension, double rho) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(rng);
        double fresh = Math.sqrt(1 - rho * rho);
        List<Chain> list = new ArrayList<>();
        for (int c = 0; c < chains; c++) {
            double[][] columns = new double[dimension][length];
            for (double[] column : columns) {
                column[0] = normal.sample();
                for (int t = 1; t < length; t++) {
                    column[t] = rho * column[t - 1] + fresh * normal.sample();
                }
            }
            list.add(Chain.adopt(columns));
        }
        return Draws.of(names(dimension), list, rho == 0 ? Sampling.UNKNOWN : Sampling.MARKOV_CHAIN);
    }

    static List<String> names(int dimension) {
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= dimension; j++) {
            names.add("x" + j);
        }
        return names;
    }

    /** Integrated autocorrelation time of the indicator of the upper tail beyond h, by Plackett's identity. */
    static double indicatorTime(double rho, double h, double tailMass) {
        double variance = tailMass * (1 - tailMass);
        double time = 1;
        double r = rho;
        while (r > 1e-6) {
            // covariance of the indicators at correlation r: the integral of the bivariate normal density at (h, h)
            double sum = 0;
            int steps = 400;
            double top = Math.asin(r);
            for (int i = 0; i < steps; i++) {
                double angle = top * (i + 0.5) / steps;
                sum += Math.exp(-h * h / (1 + Math.sin(angle)));
            }
            time += 2 * sum * top / steps / (2 * Math.PI) / variance;
            r *= rho;
        }
        return time;
    }
}
