package org.localmass.estimate.explore;

/**
 * A learned density and what sampling from it gave.
 *
 * @param components   of the mixture
 * @param drivers      most drivers of a component
 * @param optima       components that stand for optima of the search
 * @param kHat         of the importance weights; -inf where all are equal
 * @param effective    effective number of importance draws
 * @param logZ         by the runs, nats
 * @param logError     its standard error
 * @param weightedLogZ by importance sampling, nats
 * @param weightedError its standard error
 * @param logSpread    standard deviation of the runs' log Z
 * @param againstWeights largest contrast of runs and importance sample over the half-spaces, in joint errors
 * @param againstBefore  the same of the runs with those of the stage before; NaN at the first
 * @param weightsBefore  the same of the importance sample with the one before; NaN at the first
 * @param temperatures   of the runs, the most of any
 * @param evaluations    so far
 * @param agreed         whether both estimators agree
 * @param stable         whether this stage agrees with the one before
 * @param good           whether the weights are good
 */
public record StageRecord(
        int components,
        int drivers,
        int optima,
        double kHat,
        double effective,
        double logZ,
        double logError,
        double weightedLogZ,
        double weightedError,
        double logSpread,
        double againstWeights,
        double againstBefore,
        double weightsBefore,
        int temperatures,
        long evaluations,
        boolean agreed,
        boolean stable,
        boolean good) {}
