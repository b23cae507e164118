package org.localmass.vi.objective.baseline;

import java.util.Arrays;
import org.localmass.core.internal.LogSum;

/** The variational Renyi bound of an order; the ELBO at 1, CUBO below 0. */
final class RenyiBound extends Bound {
    private final double alpha;

    RenyiBound(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public boolean isUpper() {
        return alpha < 0;
    }

    @Override
    double weigh(double[] logWeights, double[] f, double[] path, double[] logits) {
        int count = f.length / logWeights.length;
        double logCount = Math.log(count);
        double rest = 1 - alpha;
        if (rest == 0) {
            return elbo(logWeights, f, path, logits);
        }
        for (int i = 0; i < f.length; i++) {
            path[i] = logWeights[i / count] - logCount + rest * f[i];
        }
        double log = LogSum.of(path, f.length);
        Arrays.fill(logits, 0);
        for (int i = 0; i < f.length; i++) {
            path[i] = Math.exp(path[i] - log);
            logits[i / count] += path[i] / rest;
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] -= Math.exp(logWeights[k]) / rest;
        }
        return log / rest;
    }

    private static double elbo(double[] logWeights, double[] f, double[] path, double[] logits) {
        int count = f.length / logWeights.length;
        double sum = 0;
        for (int k = 0; k < logWeights.length; k++) {
            double weight = Math.exp(logWeights[k]);
            double mean = 0;
            for (int i = k * count; i < (k + 1) * count; i++) {
                mean += f[i] / count;
                path[i] = weight / count;
            }
            logits[k] = mean;
            sum += weight * mean;
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] = Math.exp(logWeights[k]) * (logits[k] - sum);
        }
        return sum;
    }

    @Override
    public String toString() {
        return alpha == 1 ? "elbo" : alpha < 0 ? "cubo:" + (1 - alpha) : "renyi:" + alpha;
    }
}
