package org.localmass.vi.fidelity;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.Blocks;

/**
 * Importance draws from a fit made defensive: four fifths of the fit, a fifth of t_5 components 1.3 times as wide whose
 * weights are half way to equal ones.
 */
final class DefensiveSample {
    private static final double SHARE = 0.2;
    private static final double WIDER = 1.3;
    private static final double FREEDOM = 5;
    private static final int BLOCK = 250;

    private DefensiveSample() {}

    static Mixture proposal(Mixture q) {
        int components = q.components();
        double[] weights = q.weights();
        double[] nus = new double[components];
        for (int k = 0; k < components; k++) {
            weights[k] = 0.5 * weights[k] + 0.5 / components;
            nus[k] = FREEDOM;
        }
        return q.with(q.withWeights(weights).withNus(nus).widened(WIDER), SHARE);
    }

    static ReferencePoints of(LogDensity target, Mixture q, int count, long seed, int threads) {
        Mixture proposal = proposal(q);
        return draw(target, proposal, count, seed, threads);
    }

    /** Importance draws from any mixture. */
    static ReferencePoints draw(LogDensity target, Mixture proposal, int count, long seed, int threads) {
        int d = proposal.dimension();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[][] points = new double[count][d];
        for (double[] point : points) {
            proposal.sample(random, point);
        }
        double[] logTarget = new double[count];
        double[] logWeights = new double[count];
        int blocks = (count + BLOCK - 1) / BLOCK;
        Blocks.run(blocks, threads, b -> {
            var scratch = proposal.scratch();
            for (int i = b * BLOCK; i < Math.min(count, (b + 1) * BLOCK); i++) {
                logTarget[i] = target.value(points[i]);
                logWeights[i] = logTarget[i] - proposal.logDensity(points[i], scratch);
            }
        });
        return weighted(points, logTarget, logWeights);
    }

    /** Log densities of a mixture at many points. */
    static double[] logDensities(Mixture q, double[][] points, int threads) {
        double[] logs = new double[points.length];
        Blocks.run((points.length + BLOCK - 1) / BLOCK, threads, b -> {
            var scratch = q.scratch();
            for (int i = b * BLOCK; i < Math.min(points.length, (b + 1) * BLOCK); i++) {
                logs[i] = q.logDensity(points[i], scratch);
            }
        });
        return logs;
    }

    private static ReferencePoints weighted(double[][] points, double[] logTarget, double[] logWeights) {
        int count = points.length;
        double sum = LogSum.of(logWeights, count);
        double[] weights = new double[count];
        if (sum == Double.NEGATIVE_INFINITY) {
            return new ReferencePoints(points, weights, logTarget, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp(logWeights[i] - sum);
        }
        ParetoDiagnostic diagnostic = ParetoSmoothing.of(logWeights).diagnostic();
        double kHat =
                switch (diagnostic.status()) {
                    case FITTED -> diagnostic.kHat();
                    case FLAT, TIED -> Double.NEGATIVE_INFINITY;
                    case TOO_FEW -> Double.POSITIVE_INFINITY;
                };
        return new ReferencePoints(points, weights, logTarget, sum - Math.log(count), kHat);
    }
}
