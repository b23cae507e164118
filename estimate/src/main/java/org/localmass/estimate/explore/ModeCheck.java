package org.localmass.estimate.explore;

import java.util.List;

/**
 * The mass next to a local maximum, measured twice: by the runs, which share what was learned, and by importance draws
 * from the t_5 distribution of the maximum's own Laplace approximation, which does not.
 *
 * <p>Next to: within \( \sqrt d \) Laplace deviations. Both are shares of the Z that the runs found, so that the second
 * can exceed 1 where they miss most of it.
 *
 * @param point     the maximum
 * @param byRuns    share of the ball by the runs
 * @param byDraws   the same by the draws of the maximum
 * @param error     joint standard error of their difference
 * @param explorers explorers with a particle within 1.5 sqrt(d) Laplace deviations
 * @param runs      runs used with one
 */
public record ModeCheck(List<Double> point, double byRuns, double byDraws, double error, int explorers, int runs) {
    /** In joint standard errors. */
    static final double LIMIT = 4;
    /** Smaller ratios are no disagreement, however certain. */
    static final double FACTOR = 1.3;
    /** A lost mode that has less is none. */
    private static final double LEAST_LOST = 1e-3;

    public ModeCheck {
        point = List.copyOf(point);
    }

    /** Difference in joint standard errors. */
    public double z() {
        return Math.abs(byRuns - byDraws) / error;
    }

    /** Whether the two masses differ by more than 4 standard errors and a factor 1.3. */
    public boolean disagrees() {
        return z() > LIMIT && (byDraws > FACTOR * byRuns || byRuns > FACTOR * byDraws);
    }

    /** Whether at least two explorers were here, no run is, and the draws give it a mass of at least 0.001. */
    public boolean lost() {
        return explorers >= 2 && runs == 0 && byDraws > LEAST_LOST;
    }
}
