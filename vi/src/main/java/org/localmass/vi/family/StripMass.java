package org.localmass.vi.family;

import java.util.Arrays;
import org.localmass.core.internal.LogSum;

/**
 * The mass of \( l < a\cdot x \le h \): with \( m = a\cdot\mu \), \( s^2 = a^\top\Sigma a \) each component has
 * \( F((h-m)/s) - F((l-m)/s) \), F the standard normal or t law on the line.
 */
final class StripMass implements FamilyMass {
    private final double[] normal;
    private final double lower;
    private final double upper;

    StripMass(double[] normal, double lower, double upper) {
        this.normal = normal;
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public int dimension() {
        return normal.length;
    }

    private double logMass(Mixture q, int k) {
        double mean = q.projectedMean(k, normal);
        double sd = Math.sqrt(q.scale(k).variance(normal));
        double nu = q.family().nu(k);
        return lower == Double.NEGATIVE_INFINITY
                ? StandardLaw.logLower((upper - mean) / sd, nu)
                : upper == Double.POSITIVE_INFINITY
                        ? StandardLaw.logLower((mean - lower) / sd, nu)
                        : StandardLaw.logInterval((lower - mean) / sd, (upper - mean) / sd, nu);
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
        Family family = q.family();
        int d = normal.length;
        double[] logs = new double[q.components()];
        double[] own = new double[q.components()];
        for (int k = 0; k < logs.length; k++) {
            own[k] = logMass(q, k);
            logs[k] = q.logWeight(k) + own[k];
        }
        double total = LogSum.of(logs, logs.length);
        if (total == Double.NEGATIVE_INFINITY) {
            return total;
        }
        for (int k = 0; k < logs.length; k++) {
            double share = Math.exp(logs[k] - total);
            gradient[k] = share - q.weight(k);
            if (share == 0) {
                continue;
            }
            double nu = family.nu(k);
            double mean = q.projectedMean(k, normal);
            double variance = q.scale(k).variance(normal);
            double sd = Math.sqrt(variance);
            double byMean = 0;
            double byDeviation = 0;
            if (lower > Double.NEGATIVE_INFINITY) {
                double u = (lower - mean) / sd;
                double hazard = Math.exp(StandardLaw.logDensity(u, nu) - own[k]);
                byMean += hazard;
                byDeviation += u * hazard;
            }
            if (upper < Double.POSITIVE_INFINITY) {
                double u = (upper - mean) / sd;
                double hazard = Math.exp(StandardLaw.logDensity(u, nu) - own[k]);
                byMean -= hazard;
                byDeviation -= u * hazard;
            }
            int offset = family.meanOffset(k, d);
            for (int j = 0; j < d; j++) {
                gradient[offset + j] = share * byMean / sd * normal[j];
            }
            // d s = d(s^2) / (2 s)
            q.scale(k).addVariance(0.5 * share * byDeviation / variance, normal, gradient, family.scaleOffset(k, d));
        }
        return total;
    }
}
