package org.localmass.estimate.explore;

import org.localmass.core.internal.LogSum;

/**
 * The ball of radius sqrt(d) Laplace deviations about an optimum and its unnormalised mass by importance draws from the
 * t_5 distribution of the same Laplace approximation: unbiased, since that is fixed before its draws.
 */
final class ModeBall {
    private static final int DRAWS = 2048;
    private static final double FREEDOM = 5;
    private static final double NEAR = 1.5;
    /** A ball whose mass is known less well says nothing. */
    private static final double WORST = 0.2;

    private final Optimum optimum;
    private final int dimension;
    private final double[] factor;
    private final double[] work;
    private final double logMass;
    private final double relative;

    private ModeBall(Optimum optimum, GuardedDensity density, Streams streams, int stage, int index) {
        this.optimum = optimum;
        this.dimension = optimum.point().length;
        this.factor = Triangular.factor(optimum.covariance(), dimension, 1e-10);
        this.work = new double[dimension];
        StudentProposal proposal = new StudentProposal(optimum.point(), optimum.covariance(), FREEDOM);
        double[] draws = proposal.draw(streams.of(stage, index), DRAWS);
        double[] logs = new double[DRAWS];
        double[] squares = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            int offset = i * dimension;
            logs[i] = within(draws, offset, 1)
                    ? density.value(draws, offset) - proposal.logDensity(draws, offset)
                    : Double.NEGATIVE_INFINITY;
            squares[i] = 2 * logs[i];
        }
        double sum = LogSum.of(logs, DRAWS);
        this.logMass = sum - Math.log(DRAWS);
        double effective = sum > Double.NEGATIVE_INFINITY ? Math.exp(2 * sum - LogSum.of(squares, DRAWS)) : 0;
        this.relative = effective > 0 ? Math.sqrt(Math.max(0, 1 / effective - 1.0 / DRAWS)) : Double.POSITIVE_INFINITY;
    }

    /** Makes the draws; {@code stage} and {@code index} name their random stream. */
    static ModeBall of(Optimum optimum, Evaluator evaluator, Streams streams, int stage, int index) {
        return evaluator
                .map(1, (density, i) -> new ModeBall(optimum, density, streams, stage, index))
                .get(0);
    }

    private boolean within(double[] points, int offset, double radius) {
        for (int j = 0; j < dimension; j++) {
            work[j] = points[offset + j] - optimum.point()[j];
        }
        Triangular.solve(factor, dimension, work);
        double sum = 0;
        for (double z : work) {
            sum += z * z;
        }
        return sum < radius * radius * dimension;
    }

    /** Log of the ball's unnormalised mass, nats. */
    double logMass() {
        return logMass;
    }

    /** Relative standard error of the ball's mass. */
    double relative() {
        return relative;
    }

    boolean usable() {
        return relative < WORST;
    }

    /** The ball's mass as a share of the Z of some runs. */
    double share(double logZ) {
        return Math.exp(logMass - logZ);
    }

    /** Compares with runs. */
    ModeCheck against(Ensemble runs, Ensemble explorers) {
        Share share = runs.share((points, offset) -> within(points, offset, 1), 0.95);
        return check(
                share.estimate(),
                share.error(),
                runs.effective(),
                runs.logZ(),
                runs.logError(),
                explorers.visited((points, offset) -> within(points, offset, NEAR)),
                runs.visited((points, offset) -> within(points, offset, NEAR)));
    }

    /** Compares with importance draws; visits are not counted. */
    ModeCheck against(ImportanceSample draws) {
        Share share = draws.share((points, offset) -> within(points, offset, 1));
        return check(share.estimate(), share.error(), draws.effective(), draws.logZ(), draws.logError(), 0, 0);
    }

    private ModeCheck check(
            double byRuns,
            double errorOfRuns,
            double effective,
            double logZ,
            double logError,
            int explorers,
            int visited) {
        double byDraws = share(logZ);
        double larger = Math.min(1, Math.max(byRuns, byDraws));
        double binomial = Math.sqrt((larger * (1 - larger) + 1 / effective) / effective);
        double error = Math.hypot(Math.max(errorOfRuns, binomial), Math.hypot(byDraws * relative, byDraws * logError));
        return new ModeCheck(Mode.boxed(optimum.point()), byRuns, byDraws, error, explorers, visited);
    }
}
