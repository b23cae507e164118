package org.localmass.vi.objective.baseline;

import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.optimizer.ScaledSearch;

/**
 * Fits an objective on balanced draws that are held fixed, by L-BFGS in standardised coordinates; each restart goes on
 * from the last fit with new draws. Immutable.
 *
 * <p>The ELBO of a normal target is exact on such draws. The other bounds are not: few draws flatter them, and upper
 * bounds have no minimum on any number of draws, only near a start that covers the target. Start those from a fit of the
 * ELBO, and look at {@link BoundFit#diverged}.
 */
public final class FixedDrawsFit {
    private static final FixedDrawsFit DEFAULT = new FixedDrawsFit(64, 1, 400, 1);
    private static final double FARTHEST = 1e100;
    private static final long RESTART = 0x9e3779b97f4a7c15L;

    private final int draws;
    private final int restarts;
    private final int maxIterations;
    private final long seed;

    private FixedDrawsFit(int draws, int restarts, int maxIterations, long seed) {
        this.draws = draws;
        this.restarts = restarts;
        this.maxIterations = maxIterations;
        this.seed = seed;
    }

    /** 64 draws of each component, one search of at most 400 iterations, seed 1. */
    public static FixedDrawsFit withDefaults() {
        return DEFAULT;
    }

    /** The draws S of each component. */
    public FixedDrawsFit withDraws(int count) {
        return new FixedDrawsFit(Arguments.positive("draws", count), restarts, maxIterations, seed);
    }

    /** The number of searches. */
    public FixedDrawsFit withRestarts(int count) {
        return new FixedDrawsFit(draws, Arguments.positive("restarts", count), maxIterations, seed);
    }

    /** The most iterations of a search. */
    public FixedDrawsFit withMaxIterations(int iterations) {
        return new FixedDrawsFit(draws, restarts, Arguments.positive("maxIterations", iterations), seed);
    }

    /** The seed. */
    public FixedDrawsFit withSeed(long value) {
        return new FixedDrawsFit(draws, restarts, maxIterations, value);
    }

    /**
     * Fits.
     *
     * @param start where the first search starts
     * @throws IllegalArgumentException if the objective is no function of fixed draws, or its draws are too few
     */
    public BoundFit fit(Bound bound, LogDensity.Differentiable target, Mixture start) {
        Arguments.sameDimension(target.dimension(), start.dimension());
        Mixture q = start;
        long evaluations = 0;
        int iterations = 0;
        double value = Double.NaN;
        boolean converged = false;
        for (int r = 0; r < restarts; r++) {
            BaseDraws base = BaseDraws.balanced(q.family(), q.dimension(), draws, seed + RESTART * r);
            BoundFunction function = BoundFunction.of(bound, q.family(), target, base);
            ScaledSearch.Solution solution =
                    ScaledSearch.withDefaults().withMaxIterations(maxIterations).minimise(function, q);
            q = solution.mixture();
            value = bound.isUpper() ? solution.value() : -solution.value();
            converged = solution.ending() == Lbfgs.Ending.GRADIENT || solution.ending() == Lbfgs.Ending.VALUE;
            iterations += solution.iterations();
            evaluations += function.evaluations();
            if (isLost(value, q.units())) {
                return new BoundFit(
                        bound,
                        q,
                        value,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        false,
                        iterations,
                        evaluations);
            }
        }
        return StochasticFit.result(
                bound, target, start, q, value, converged, iterations, evaluations, seed + RESTART * restarts, draws);
    }

    /** Whether there is nothing to go on from: scales beyond the range of doubles, or a value that only they give. */
    private static boolean isLost(double value, double[] units) {
        boolean lost = !(Math.abs(value) < FARTHEST);
        for (double unit : units) {
            lost |= !Double.isFinite(unit);
        }
        return lost;
    }
}
