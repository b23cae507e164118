package org.localmass.vi.objective.baseline;

import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.optimizer.Adam;

/**
 * Fits an objective by {@link Adam} with new draws at each step; half the rate and averaged parameters in the last half of
 * the steps. Immutable.
 *
 * <p>Adam's steps do not shrink with the gradient, and those of the d entries of a row of a full covariance add up: the
 * doubly reparameterised gradient diverges at 0.05 in 10 dimensions and at 0.02 in 50, where 0.005 does not
 * (docs/quality/vi-baselines.md).
 */
public final class StochasticFit {
    private static final StochasticFit DEFAULT = new StochasticFit(3000, 16, 0.02, 1);
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final int steps;
    private final int draws;
    private final double rate;
    private final long seed;

    private StochasticFit(int steps, int draws, double rate, long seed) {
        this.steps = steps;
        this.draws = draws;
        this.rate = rate;
        this.seed = seed;
    }

    /** 3000 steps of 16 draws of each component, rate 0.02, seed 1. */
    public static StochasticFit withDefaults() {
        return DEFAULT;
    }

    /** The number of steps and of the draws of each component at each. */
    public StochasticFit withSteps(int count, int drawsEach) {
        return new StochasticFit(
                Arguments.positive("steps", count), Arguments.positive("draws", drawsEach), rate, seed);
    }

    /** The step in standard deviations of a component. */
    public StochasticFit withRate(double first) {
        return new StochasticFit(steps, draws, Arguments.positive("rate", first), seed);
    }

    /** The seed. */
    public StochasticFit withSeed(long value) {
        return new StochasticFit(steps, draws, rate, value);
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
        double[] sum = new double[theta.length];
        Adam adam = new Adam(theta.length, rate);
        int averaged = 0;
        for (int step = 0; step < steps; step++) {
            if (step > 0) {
                function.setDraws(BaseDraws.independent(start.family(), d, draws, seed + STEP * step));
            }
            if (step == steps / 2) {
                adam.slow();
            }
            function.value(theta, gradient);
            adam.step(theta, gradient, start.withParameters(theta).units());
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
        return result(
                bound, target, start, q, Double.NaN, false, steps, function.evaluations(), seed + STEP * steps, draws);
    }

    /** The result, with values at fresh draws whose number is an even multiple of that of a step or search. */
    static BoundFit result(
            Bound bound,
            LogDensity.Differentiable target,
            Mixture start,
            Mixture q,
            double value,
            boolean converged,
            int iterations,
            long evaluations,
            long seed,
            int draws) {
        int count = draws * 2 * Math.max(1, BoundFit.FRESH / (2 * draws));
        BaseDraws fresh = BaseDraws.independent(q.family(), q.dimension(), count, seed);
        BoundFunction function = BoundFunction.of(bound, q.family(), target, fresh);
        BoundFunction elbo = BoundFunction.of(Bound.elbo(), q.family(), target, fresh);
        double[] gradient = new double[q.parameterCount()];
        double freshValue = function.bound(q.parameters(), gradient);
        return new BoundFit(
                bound,
                q,
                Double.isNaN(value) ? freshValue : value,
                freshValue,
                elbo.bound(q.parameters(), gradient),
                function.bound(start.parameters(), gradient),
                elbo.bound(start.parameters(), gradient),
                converged,
                iterations,
                evaluations);
    }
}
