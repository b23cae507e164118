package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import org.localmass.core.internal.LogSum;

/** The log density of a mixture; one for each thread. */
final class MixtureDensity implements LogDensity.Differentiable {
    private final LogDensity.Differentiable[] parts;
    private final double[] logWeights;
    private final double[][] gradients;
    private final double[] logs;
    private final double[] scratch;

    MixtureDensity(List<LogDensity.Differentiable> parts, double[] logWeights) {
        this.parts = parts.toArray(new LogDensity.Differentiable[0]);
        this.logWeights = logWeights;
        this.gradients = new double[this.parts.length][this.parts[0].dimension()];
        this.logs = new double[this.parts.length];
        this.scratch = new double[this.parts[0].dimension()];
    }

    @Override
    public int dimension() {
        return scratch.length;
    }

    @Override
    public double value(double[] point) {
        return value(point, scratch);
    }

    @Override
    public double value(double[] point, double[] gradient) {
        for (int i = 0; i < parts.length; i++) {
            logs[i] = logWeights[i] + parts[i].value(point, gradients[i]);
        }
        double log = LogSum.of(logs, logs.length);
        Arrays.fill(gradient, 0, scratch.length, 0);
        for (int i = 0; i < parts.length; i++) {
            double share = Math.exp(logs[i] - log);
            // parts without a share may have gradients out of range
            if (share > 0) {
                for (int j = 0; j < scratch.length; j++) {
                    gradient[j] += share * gradients[i][j];
                }
            }
        }
        return log;
    }
}
