package org.localmass.vi.objective.baseline;

import java.util.Arrays;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.MixtureScratch;

/**
 * The Renyi bound as an integral over draws of a fixed proposal r, \( \frac1{1-\alpha}\log\frac1n\sum_i
 * \tilde p(x_i)^{1-\alpha}q(x_i)^\alpha/r(x_i) \), whose gradient is the direct operator: a function of q that needs no
 * further values of the target. Not safe to use from several threads.
 */
final class ProposalFunction implements Lbfgs.Objective {
    private final double alpha;
    private final Family family;
    private final int dimension;
    private final double[][] points;
    /** \( (1-\alpha)\log\tilde p - \log r \). */
    private final double[] constants;

    private final double[] logs;
    private final int total;

    ProposalFunction(double alpha, Family family, LogDensity target, Mixture proposal, int draws, long seed) {
        this.alpha = alpha;
        this.family = family;
        this.dimension = proposal.dimension();
        this.total = draws;
        double[][] all = proposal.sample(draws, RandomSource.XO_SHI_RO_256_PP.create(seed));
        double[] logProposal = proposal.logDensities(all);
        double[][] kept = new double[draws][];
        double[] values = new double[draws];
        int n = 0;
        for (int i = 0; i < draws; i++) {
            double log = target.value(all[i]);
            if (Double.isNaN(log) || log == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("log density of the target must be finite or -Infinity, was " + log);
            }
            if (log > Double.NEGATIVE_INFINITY) {
                kept[n] = all[i];
                values[n++] = (1 - alpha) * log - logProposal[i];
            }
        }
        this.points = Arrays.copyOf(kept, Arguments.positive("number of proposal draws with mass", n));
        this.constants = Arrays.copyOf(values, n);
        this.logs = new double[n];
    }

    /** The bound; negative orders bound log Z from above. */
    double bound(Mixture q) {
        MixtureScratch scratch = q.scratch();
        for (int i = 0; i < points.length; i++) {
            logs[i] = constants[i] + alpha * q.logDensity(points[i], scratch);
        }
        return (LogSum.of(logs, logs.length) - Math.log(total)) / (1 - alpha);
    }

    @Override
    public double value(double[] parameters, double[] gradient) {
        Arrays.fill(gradient, 0);
        for (double x : parameters) {
            if (!Double.isFinite(x)) {
                return Double.NaN;
            }
        }
        Mixture q = Mixture.of(family, dimension, parameters);
        MixtureScratch scratch = q.scratch();
        for (int i = 0; i < points.length; i++) {
            logs[i] = constants[i] + alpha * q.logDensity(points[i], scratch);
        }
        double log = LogSum.of(logs, logs.length);
        double sign = alpha < 0 ? 1 : -1;
        for (int i = 0; i < points.length; i++) {
            double weight = Math.exp(logs[i] - log);
            if (weight > 0) {
                q.evaluate(points[i], scratch);
                q.addDirect(sign * alpha / (1 - alpha) * weight, scratch, gradient);
            }
        }
        return sign * (log - Math.log(total)) / (1 - alpha);
    }
}
