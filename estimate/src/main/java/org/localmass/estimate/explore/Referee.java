package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;

/**
 * Finds and weighs the mass of a log density known up to a constant: what an approximation is judged by when there are
 * no draws of the target. Immutable.
 *
 * <p>Explore: sequential Monte Carlo (SMC) from broad densities about the approximation, plain and step-halving, and
 * quasi-Newton ascents, from random points and from what the runs saw. Transform: a mixture of location-scale maps is learned from what they saw. Sample: importance
 * draws and 8 SMC runs from the learned density. Repeat until both estimators and consecutive stages agree, and the mass
 * next to every local maximum agrees with draws made about it alone; a maximum that was given too little joins the learned
 * density. Weigh: longer runs. Verify: the verdict. The result keeps the runs, so that any region can be measured afterwards.
 *
 * <p>No method bounds the mass of a region that no run visited from evaluations of a density alone; {@link PlantedModes}
 * measures what would be found on the same target.
 * <br>Randomness: every run has a stream of its own, so that a seed gives the same bytes at any number of threads.
 * <br>Accuracy: docs/quality/explore.md. Necks (funnels) tend to be a few percent low.
 * <br>Source: docs/theory.md; Del Moral, Doucet and Jasra (2006) for SMC.
 */
public final class Referee {
    private static final Referee DEFAULT =
            new Referee(1, 1, 5_000_000, true, true, 1, 0.95, List.of(), () -> false, progress -> {});

    private final long seed;
    private final int threads;
    private final long budget;
    private final boolean transform;
    private final boolean veto;
    private final double effort;
    private final double level;
    private final List<double[]> anchors;
    private final BooleanSupplier cancelled;
    private final DoubleConsumer progress;

    private Referee(
            long seed,
            int threads,
            long budget,
            boolean transform,
            boolean veto,
            double effort,
            double level,
            List<double[]> anchors,
            BooleanSupplier cancelled,
            DoubleConsumer progress) {
        this.seed = seed;
        this.threads = threads;
        this.budget = budget;
        this.transform = transform;
        this.veto = veto;
        this.effort = effort;
        this.level = level;
        this.anchors = anchors;
        this.cancelled = cancelled;
        this.progress = progress;
    }

    /** Seed 1, one thread, 5 million evaluations, learned maps, veto, effort 1, 95 % intervals, no anchors. */
    public static Referee withDefaults() {
        return DEFAULT;
    }

    /** The seed of all randomness. */
    public Referee withSeed(long value) {
        return new Referee(value, threads, budget, transform, veto, effort, level, anchors, cancelled, progress);
    }

    /** The number of threads; with more than one the density is evaluated from all of them at once. */
    public Referee withThreads(int value) {
        return new Referee(
                seed,
                Arguments.positive("threads", value),
                budget,
                transform,
                veto,
                effort,
                level,
                anchors,
                cancelled,
                progress);
    }

    /** About the most evaluations of the density; a search that needs more ends inconclusive with what it has. */
    public Referee withBudget(long evaluations) {
        if (evaluations < 1) {
            throw new IllegalArgumentException("budget must be at least 1, was " + evaluations);
        }
        return new Referee(seed, threads, evaluations, transform, veto, effort, level, anchors, cancelled, progress);
    }

    /** Whether maps are learned; without them all runs start from the broad density. */
    public Referee withTransform(boolean value) {
        return new Referee(seed, threads, budget, value, veto, effort, level, anchors, cancelled, progress);
    }

    /** Whether the slope of the density along the drivers may withhold the verdict; it costs no evaluation. */
    public Referee withVeto(boolean value) {
        return new Referee(seed, threads, budget, transform, value, effort, level, anchors, cancelled, progress);
    }

    /** A factor on the particles of the explorers and on the starts of the ascents. */
    public Referee withEffort(double factor) {
        return new Referee(
                seed,
                threads,
                budget,
                transform,
                veto,
                Arguments.positive("effort", factor),
                level,
                anchors,
                cancelled,
                progress);
    }

    /** The level of the intervals. */
    public Referee withLevel(double value) {
        return new Referee(
                seed,
                threads,
                budget,
                transform,
                veto,
                effort,
                Arguments.fraction("level", value),
                anchors,
                cancelled,
                progress);
    }

    /**
     * Points near which there may be a mode too narrow to be found by a search, such as the spike of a prior.
     *
     * @throws IllegalArgumentException if a coordinate is not finite
     */
    public Referee withAnchors(List<double[]> points) {
        List<double[]> copies = new ArrayList<>();
        for (double[] point : points) {
            copies.add(Arguments.finite("anchor", point.clone()));
        }
        return new Referee(
                seed, threads, budget, transform, veto, effort, level, List.copyOf(copies), cancelled, progress);
    }

    /** Asked often, from all threads; the search ends soon after it says true. */
    public Referee withCancellation(BooleanSupplier value) {
        return new Referee(seed, threads, budget, transform, veto, effort, level, anchors, value, progress);
    }

    /** Told from time to time, by the calling thread, how much of the work is done at most: 0 to 1. */
    public Referee withProgress(DoubleConsumer value) {
        return new Referee(seed, threads, budget, transform, veto, effort, level, anchors, cancelled, value);
    }

    /**
     * Explores a density.
     *
     * @param target        log density up to a constant, with its gradient, on all of R^d; where it is NaN,
     *     {@code +inf} or throws, it counts as zero
     * @param approximation draws about which to search; only their mean and covariance are used
     * @throws IllegalArgumentException if the dimensions of target, draws and anchors differ, or a parameter of the draws
     *     does not vary
     */
    public DensityEvidence examine(LogDensity.Differentiable target, Draws approximation) {
        return examine(() -> target, approximation);
    }

    /**
     * Explores a density whose evaluators keep state: each piece of work makes one of its own.
     *
     * @param evaluators    makes evaluators of the same log density
     * @param approximation draws about which to search; only their mean and covariance are used
     * @throws IllegalArgumentException if the dimensions of target, draws and anchors differ, or a parameter of the draws
     *     does not vary
     */
    public DensityEvidence examine(Supplier<? extends LogDensity.Differentiable> evaluators, Draws approximation) {
        int dimension = evaluators.get().dimension();
        Arguments.sameDimension(dimension, approximation.dimension());
        for (double[] anchor : anchors) {
            Arguments.sameDimension(dimension, anchor.length);
        }
        return new Examination(this, evaluators, approximation).run();
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    long budget() {
        return budget;
    }

    boolean transform() {
        return transform;
    }

    boolean veto() {
        return veto;
    }

    double effort() {
        return effort;
    }

    double level() {
        return level;
    }

    List<double[]> anchors() {
        return anchors;
    }

    BooleanSupplier cancelled() {
        return cancelled;
    }

    DoubleConsumer progress() {
        return progress;
    }
}
