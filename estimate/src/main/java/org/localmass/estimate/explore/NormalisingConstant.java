package org.localmass.estimate.explore;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;

/**
 * The log of a normalising constant \( Z = \int e^{\log p(x)} dx \).
 *
 * @param logZ          estimate in nats
 * @param standardError its standard error in nats, which is the relative error of Z
 * @param lower         lower end of the interval
 * @param upper         upper end of the interval
 * @param evaluations   values of the log density that were needed
 * @param cautions      reasons to doubt the values; empty if none was found
 */
public record NormalisingConstant(
        double logZ, double standardError, double lower, double upper, long evaluations, List<Caution> cautions) {
    public NormalisingConstant {
        cautions = List.copyOf(cautions);
    }

    /** An estimate with the normal interval of its log. */
    static NormalisingConstant of(
            double logZ, double standardError, double level, long evaluations, List<Caution> cautions) {
        double half = standardError
                * NormalDistribution.of(0, 1)
                        .inverseSurvivalProbability(0.5 * (1 - Arguments.fraction("level", level)));
        return new NormalisingConstant(logZ, standardError, logZ - half, logZ + half, evaluations, cautions);
    }

    /**
     * From independent draws of a normalised approximation q: the mean of the Pareto smoothed weights.
     *
     * <p>\( \log\hat Z = \log\frac1S\sum_i w_i \), with the standard error of the mean of the weights. What q never
     * visits is missing from Z, and no diagnostic of the weights shows it.
     *
     * @param logWeights S values log p - log q with all constants of log q; not modified
     * @param level      of the interval
     * @throws IllegalArgumentException if there are fewer than two, one is NaN or {@code +inf}, or all are {@code -inf}
     */
    public static NormalisingConstant ofWeights(double[] logWeights, double level) {
        int size = logWeights.length;
        if (size < 2) {
            throw new IllegalArgumentException("logWeights must number at least 2, was " + size);
        }
        ParetoSmoothing smoothing = ParetoSmoothing.of(logWeights);
        ParetoDiagnostic diagnostic = smoothing.diagnostic();
        double relative = Math.sqrt(Math.max(0, 1 / diagnostic.effectiveSize() - 1.0 / size) * size / (size - 1.0));
        boolean heavy = diagnostic.status() == ParetoDiagnostic.Status.FITTED && !diagnostic.reliable();
        return of(smoothing.logMean(), relative, level, size, heavy ? List.of(Caution.HEAVY_WEIGHTS) : List.of());
    }
}
