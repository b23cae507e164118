package org.localmass.vi.objective.baseline;

import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.optimizer.ScaledSearch;

/**
 * Fits Renyi bounds of orders below 1, CUBO among them, on draws of a fixed proposal. Immutable.
 *
 * <p>Where q's own draws let an upper bound fall without end (docs/quality/vi-baselines.md), draws of a proposal that is
 * wider than the target, such as a defensive mixture {@code q.with(q.widened(2).withNus(3), 0.1)}, hold it: a q that
 * leaves out a point pays for it. The target is evaluated once at each draw. What the proposal does not reach stays
 * unknown.
 */
public final class ProposalFit {
    private static final ProposalFit DEFAULT = new ProposalFit(4096, 400, 1);
    private static final int FRESH_SEARCH_DRAWS = 64;
    private static final long FRESH = 0x9e3779b97f4a7c15L;

    private final int draws;
    private final int maxIterations;
    private final long seed;

    private ProposalFit(int draws, int maxIterations, long seed) {
        this.draws = draws;
        this.maxIterations = maxIterations;
        this.seed = seed;
    }

    /** 4096 draws of the proposal, at most 400 iterations, seed 1. */
    public static ProposalFit withDefaults() {
        return DEFAULT;
    }

    /** The draws of the proposal. */
    public ProposalFit withDraws(int count) {
        return new ProposalFit(Arguments.positive("draws", count), maxIterations, seed);
    }

    /** The most iterations. */
    public ProposalFit withMaxIterations(int iterations) {
        return new ProposalFit(draws, Arguments.positive("maxIterations", iterations), seed);
    }

    /** The seed. */
    public ProposalFit withSeed(long value) {
        return new ProposalFit(draws, maxIterations, value);
    }

    /**
     * Fits the bound of {@link Bound#renyi}.
     *
     * @param alpha    order, below 1 and not 0; 1 - n for CUBO of order n
     * @param target   log density with its gradient, which only the values at fresh draws need
     * @param proposal of the target's dimension
     * @param start    where the search starts
     * @throws IllegalArgumentException if alpha is 1 or more, where the draws of a proposal no longer hold the fit, or 0,
     *     where every q has the same value; or if no draw of the proposal has mass
     */
    public BoundFit fit(double alpha, LogDensity.Differentiable target, Mixture proposal, Mixture start) {
        if (!(alpha < 1) || alpha == 0 || alpha == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("alpha must be below 1 and not 0, was " + alpha);
        }
        Arguments.sameDimension(target.dimension(), start.dimension());
        Arguments.sameDimension(target.dimension(), proposal.dimension());
        Bound bound = Bound.renyi(alpha);
        ProposalFunction function = new ProposalFunction(alpha, start.family(), target, proposal, draws, seed);
        ScaledSearch.Solution solution =
                ScaledSearch.withDefaults().withMaxIterations(maxIterations).minimise(function, start);
        double value = function.bound(solution.mixture());
        boolean converged = solution.ending() == Lbfgs.Ending.GRADIENT || solution.ending() == Lbfgs.Ending.VALUE;
        return StochasticFit.result(
                bound,
                target,
                start,
                solution.mixture(),
                value,
                converged,
                solution.iterations(),
                draws,
                seed + FRESH,
                FRESH_SEARCH_DRAWS);
    }
}
