package org.localmass.vi.family;

import java.util.Arrays;
import org.localmass.core.internal.LogSum;

/** The mass of a box under normal components with diagonal scales: a product over its bounded coordinates. */
final class BoxMass implements FamilyMass {
    private final int[] bounded;
    private final double[] lower;
    private final double[] upper;

    BoxMass(int[] bounded, double[] lower, double[] upper) {
        this.bounded = bounded;
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public int dimension() {
        return lower.length;
    }

    private static double logMass(double low, double high) {
        return StandardLaw.logInterval(low, high, Double.POSITIVE_INFINITY);
    }

    private double logMass(Mixture q, int k) {
        double[] mean = q.mean(k);
        double log = 0;
        for (int j : bounded) {
            double sd = q.scale(k).deviation(j);
            log += logMass((lower[j] - mean[j]) / sd, (upper[j] - mean[j]) / sd);
        }
        return log;
    }

    @Override
    public double logMass(Mixture q) {
        double[] logs = new double[q.components()];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = q.logWeight(k) + logMass(q, k);
        }
        return LogSum.of(logs, logs.length);
    }

    @Override
    public double logMass(Mixture q, double[] gradient) {
        Arrays.fill(gradient, 0);
        int d = lower.length;
        double[] logs = new double[q.components()];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = q.logWeight(k) + logMass(q, k);
        }
        double total = LogSum.of(logs, logs.length);
        if (total == Double.NEGATIVE_INFINITY) {
            return total;
        }
        for (int k = 0; k < logs.length; k++) {
            double share = Math.exp(logs[k] - total);
            gradient[k] = share - q.weight(k);
            double[] mean = q.mean(k);
            int means = q.family().meanOffset(k, d);
            int scales = q.family().scaleOffset(k, d);
            for (int j : bounded) {
                double sd = q.scale(k).deviation(j);
                double low = (lower[j] - mean[j]) / sd;
                double high = (upper[j] - mean[j]) / sd;
                double log = logMass(low, high);
                double atLow = hazard(low, log);
                double atHigh = hazard(high, log);
                gradient[means + j] = share * (atLow - atHigh) / sd;
                gradient[scales + j] = share * ((atLow == 0 ? 0 : low * atLow) - (atHigh == 0 ? 0 : high * atHigh));
            }
        }
        return total;
    }

    private static double hazard(double u, double log) {
        return Double.isInfinite(u) ? 0 : Math.exp(StandardLaw.logDensity(u, Double.POSITIVE_INFINITY) - log);
    }
}
