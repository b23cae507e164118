package org.localmass.estimate.explore;

import java.util.function.BooleanSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * More draws from particles that have arrived: rounds of Hamiltonian moves of the target, each of which leaves it
 * invariant. The sets of the first third of the rounds are dropped.
 */
final class Continuation {
    private static final int LEAPS = 8;
    private static final double ACCEPTED = 0.75;
    private static final double DOWN = -2;
    private static final double UP = 0.3;

    private Continuation() {}

    /**
     * Points that were kept.
     *
     * @param points    row-major
     * @param logTarget of the points
     */
    record Sets(double[] points, double[] logTarget) {}

    /**
     * Moves all particles a number of times.
     *
     * @param points row-major, not modified
     * @return the kept sets
     */
    static Sets of(
            double[] points,
            int rounds,
            GuardedDensity density,
            UniformRandomProvider random,
            BooleanSupplier cancelled) {
        int d = density.dimension();
        int n = points.length / d;
        int first = rounds / 3;
        double[] kept = new double[(rounds - first) * n * d];
        double[] keptLogs = new double[(rounds - first) * n];
        double[] x = points.clone();
        double[] gradients = new double[n * d];
        double[] logs = new double[n];
        double[] slope = new double[d];
        for (int i = 0; i < n; i++) {
            logs[i] = density.value(x, i * d, slope);
            System.arraycopy(slope, 0, gradients, i * d, d);
        }
        double[] sd = deviations(x, n, d);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] y = new double[d];
        double[] p = new double[d];
        double step = 0.5 / Math.pow(d, 0.25);
        int filled = 0;
        for (int round = 0; round < rounds; round++) {
            double accepted = 0;
            for (int i = 0; i < n && !cancelled.getAsBoolean(); i++) {
                double energy = -logs[i];
                for (int j = 0; j < d; j++) {
                    y[j] = x[i * d + j];
                    slope[j] = gradients[i * d + j];
                    p[j] = gaussian.sample();
                    energy += 0.5 * p[j] * p[j];
                }
                double h = step * Math.exp(DOWN + (UP - DOWN) * random.nextDouble());
                double log = logs[i];
                for (int leap = 0; leap < LEAPS && log > Double.NEGATIVE_INFINITY; leap++) {
                    for (int j = 0; j < d; j++) {
                        p[j] += 0.5 * h * slope[j] * sd[j];
                        y[j] += h * sd[j] * p[j];
                    }
                    log = density.value(y, 0, slope);
                    for (int j = 0; j < d; j++) {
                        p[j] += 0.5 * h * slope[j] * sd[j];
                    }
                }
                double end = -log;
                for (double v : p) {
                    end += 0.5 * v * v;
                }
                double chance = Math.exp(Math.min(0, energy - end));
                accepted += Double.isNaN(chance) ? 0 : chance / n;
                if (random.nextDouble() < chance) {
                    System.arraycopy(y, 0, x, i * d, d);
                    System.arraycopy(slope, 0, gradients, i * d, d);
                    logs[i] = log;
                }
            }
            step = Math.min(2, Math.max(1e-4, step * Math.exp(0.4 * (accepted - ACCEPTED))));
            if (round >= first) {
                System.arraycopy(x, 0, kept, filled * d, n * d);
                System.arraycopy(logs, 0, keptLogs, filled, n);
                filled += n;
            }
        }
        return new Sets(kept, keptLogs);
    }

    private static double[] deviations(double[] x, int n, int d) {
        double[] sd = new double[d];
        for (int j = 0; j < d; j++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += x[i * d + j] / n;
            }
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (x[i * d + j] - mean) * (x[i * d + j] - mean) / n;
            }
            sd[j] = Math.sqrt(squares) + 1e-12;
        }
        return sd;
    }
}
