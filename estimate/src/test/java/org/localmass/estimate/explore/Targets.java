package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.LogDensity;

/** Log densities with gradients whose masses are known. */
final class Targets {
    /** Added to every log density, so that log Z is not 0 by accident. */
    static final double OFFSET = 3.7;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private Targets() {}

    /** Value and gradient. */
    @FunctionalInterface
    interface Function {
        double value(double[] x, double[] gradient);
    }

    static LogDensity.Differentiable of(int dimension, Function function) {
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public double value(double[] point) {
                return value(point, new double[dimension]);
            }

            @Override
            public double value(double[] point, double[] gradient) {
                return function.value(point, gradient);
            }
        };
    }

    /** sum_k w_k N(m_k, s_k^2 I), times e^3.7. */
    static LogDensity.Differentiable mixture(double[] w, double[][] m, double[] s) {
        int d = m[0].length;
        return of(d, (x, g) -> {
            double[] logs = new double[w.length];
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < w.length; k++) {
                double square = 0;
                for (int j = 0; j < d; j++) {
                    square += (x[j] - m[k][j]) * (x[j] - m[k][j]);
                }
                logs[k] = Math.log(w[k]) - d * Math.log(s[k]) - 0.5 * d * LOG_TWO_PI - 0.5 * square / (s[k] * s[k]);
                most = Math.max(most, logs[k]);
            }
            double sum = 0;
            Arrays.fill(g, 0);
            for (int k = 0; k < w.length; k++) {
                logs[k] = Math.exp(logs[k] - most);
                sum += logs[k];
            }
            for (int k = 0; k < w.length; k++) {
                for (int j = 0; j < d; j++) {
                    g[j] -= logs[k] / sum * (x[j] - m[k][j]) / (s[k] * s[k]);
                }
            }
            return OFFSET + most + Math.log(sum);
        });
    }

    static LogDensity.Differentiable normal(int d) {
        return mixture(new double[] {1}, new double[1][d], new double[] {1});
    }

    /** .97 N(0, I) + .03 N(10 / sqrt(d), I). */
    static LogDensity.Differentiable far(int d) {
        double[][] centres = new double[2][d];
        Arrays.fill(centres[1], 10 / Math.sqrt(d));
        return mixture(new double[] {0.97, 0.03}, centres, new double[] {1, 1});
    }

    /** v ~ N(0, 3^2), the others N(0, e^v). */
    static LogDensity.Differentiable funnel(int d) {
        return of(d, (x, g) -> {
            double v = Math.max(-60, Math.min(60, x[0]));
            double e = Math.exp(-v);
            double square = 0;
            for (int j = 1; j < d; j++) {
                square += x[j] * x[j];
                g[j] = -x[j] * e;
            }
            g[0] = -v / 9 - 0.5 * (d - 1) + 0.5 * square * e;
            return OFFSET - v * v / 18 - Math.log(3) - 0.5 * d * LOG_TWO_PI - 0.5 * (d - 1) * v - 0.5 * square * e;
        });
    }

    /** Standard multivariate t. */
    static LogDensity.Differentiable student(int d, double nu) {
        double constant =
                OFFSET + LogGamma.value(0.5 * (nu + d)) - LogGamma.value(0.5 * nu) - 0.5 * d * Math.log(nu * Math.PI);
        return of(d, (x, g) -> {
            double square = 0;
            for (double v : x) {
                square += v * v;
            }
            for (int j = 0; j < d; j++) {
                g[j] = -(nu + d) / (nu + square) * x[j];
            }
            return constant - 0.5 * (nu + d) * Math.log1p(square / nu);
        });
    }

    /** Independent normal draws. */
    static Draws draws(double[] mean, double[] deviation, int n, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        int d = mean.length;
        double[][] columns = new double[d][n];
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + (j + 1));
            for (int i = 0; i < n; i++) {
                columns[j][i] = mean[j] + deviation[j] * gaussian.sample();
            }
        }
        return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    static double[] constant(int d, double value) {
        double[] all = new double[d];
        Arrays.fill(all, value);
        return all;
    }

    static Draws funnelApproximation(int d, long seed) {
        double[] mean = new double[d];
        mean[0] = 1;
        double[] deviation = constant(d, 1.6);
        deviation[0] = 1.5;
        return draws(mean, deviation, 5000, seed);
    }
}
