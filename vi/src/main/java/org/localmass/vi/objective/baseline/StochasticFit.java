package org.localmass.vi.objective.baseline;

import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Mixture;

/**
 * Fits an objective by Adam with new draws at each step, averaged over the last half of the steps. Immutable.
 *
 * <p>Steps are taken in standard deviations of a component; a gradient longer than 1000 is shortened to that, one that is
 * not finite is left out.
 */
public final class StochasticFit {
    private static final StochasticFit DEFAULT = new StochasticFit(3000, 16, 0.05, true, 1);
    private static final long STEP = 0x9e3779b97f4a7c15L;
    private static final double LONGEST = 1e3;

    private final int steps;
    private final int draws;
    private final double rate;
    private final boolean decay;
    private final long seed;

    private StochasticFit(int steps, int draws, double rate, boolean decay, long seed) {
        this.steps = steps;
        this.draws = draws;
        this.rate = rate;
        this.decay = decay;
        this.seed = seed;
    }

    /** 3000 steps of 16 draws of each component, rate 0.05 with decay, seed 1. */
    public static StochasticFit withDefaults() {
        return DEFAULT;
    }

    /** The number of steps and of the draws of each component at each. */
    public StochasticFit withSteps(int count, int drawsEach) {
        return new StochasticFit(
                Arguments.positive("steps", count), Arguments.positive("draws", drawsEach), rate, decay, seed);
    }

    /** The first step size, and whether it falls like \( (1 + 10 i / \mathrm{steps})^{-1/2} \). */
    public StochasticFit withRate(double first, boolean falling) {
        return new StochasticFit(steps, draws, Arguments.positive("rate", first), falling, seed);
    }

    /** The seed. */
    public StochasticFit withSeed(long value) {
        return new StochasticFit(steps, draws, rate, decay, value);
    }

    /**
     * Fits.
     *
     * @param start where the first step starts
     * @throws IllegalArgumentException if the objective would be wrong with the draws without a sign of it
     */
    public BoundFit fit(Bound bound, LogDensity.Differentiable target, Mixture start) {
        Arguments.sameDimension(target.dimension(), start.dimension());
        int d = start.dimension();
        BoundFunction function =
                BoundFunction.of(bound, start.family(), target, BaseDraws.independent(start.family(), d, draws, seed));
        double[] theta = start.parameters();
        double[] gradient = new double[theta.length];
        double[] first = new double[theta.length];
        double[] second = new double[theta.length];
        double[] sum = new double[theta.length];
        double biasFirst = 1;
        double biasSecond = 1;
        int averaged = 0;
        for (int step = 0; step < steps; step++) {
            if (step > 0) {
                function.setDraws(BaseDraws.independent(start.family(), d, draws, seed + STEP * step));
            }
            double[] units = start.withParameters(theta).units();
            function.value(theta, gradient);
            double square = 0;
            for (int k = 0; k < theta.length; k++) {
                gradient[k] *= units[k];
                square += gradient[k] * gradient[k];
            }
            double factor = Double.isFinite(square) ? Math.min(1, LONGEST / Math.max(Math.sqrt(square), 1e-12)) : 0;
            biasFirst *= 0.9;
            biasSecond *= 0.999;
            double size = decay ? rate / Math.sqrt(1 + 10.0 * step / steps) : rate;
            for (int k = 0; k < theta.length; k++) {
                double g = factor == 0 ? 0 : factor * gradient[k];
                first[k] += 0.1 * (g - first[k]);
                second[k] += 0.001 * (g * g - second[k]);
                double move = first[k] / (1 - biasFirst) / (Math.sqrt(second[k] / (1 - biasSecond)) + 1e-8);
                theta[k] -= size * units[k] * move;
            }
            if (step >= steps / 2) {
                averaged++;
                for (int k = 0; k < theta.length; k++) {
                    sum[k] += theta[k];
                }
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= averaged;
        }
        Mixture q = start.withParameters(sum);
        return result(bound, target, q, Double.NaN, false, steps, function.evaluations(), seed + STEP * steps, draws);
    }

    /** The result, with values at fresh draws whose number is an even multiple of that of a step or search. */
    static BoundFit result(
            Bound bound,
            LogDensity.Differentiable target,
            Mixture q,
            double value,
            boolean converged,
            int iterations,
            long evaluations,
            long seed,
            int draws) {
        int count = draws * 2 * Math.max(1, BoundFit.FRESH / (2 * draws));
        BaseDraws fresh = BaseDraws.independent(q.family(), q.dimension(), count, seed);
        double[] theta = q.parameters();
        double[] gradient = new double[theta.length];
        double freshValue = BoundFunction.of(bound, q.family(), target, fresh).bound(theta, gradient);
        double freshElbo =
                BoundFunction.of(Bound.elbo(), q.family(), target, fresh).bound(theta, gradient);
        return new BoundFit(
                bound,
                q,
                Double.isNaN(value) ? freshValue : value,
                freshValue,
                freshElbo,
                converged,
                iterations,
                evaluations);
    }
}
