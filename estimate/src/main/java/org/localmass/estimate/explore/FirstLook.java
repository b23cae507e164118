package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;

/**
 * A quick look at a density from a rough normal approximation: independent runs of sequential Monte Carlo from a broad
 * t_5 distribution, and quasi-Newton ascents. A tenth of the cost of a {@link Referee}, and no verdict. Immutable.
 *
 * <p>Randomness: every run has a stream of its own; a seed gives the same result at any number of threads.
 */
public final class FirstLook {
    private static final FirstLook DEFAULT = new FirstLook(1, 1, 2, 500, 5, 32, 400_000, List.of(), () -> false);
    /** Stages of the random streams, beside those of a referee. */
    private static final int RUNS = 90;

    private static final int ASCENTS = 91;
    private static final int MOVES = 93;
    /** Rounds of moves at the end of a run, of which two thirds are kept. */
    private static final int ROUNDS = 9;

    private final long seed;
    private final int threads;
    private final int replicates;
    private final int particles;
    private final double scale;
    private final int starts;
    private final long budget;
    private final List<double[]> anchors;
    private final BooleanSupplier cancelled;

    private FirstLook(
            long seed,
            int threads,
            int replicates,
            int particles,
            double scale,
            int starts,
            long budget,
            List<double[]> anchors,
            BooleanSupplier cancelled) {
        this.seed = seed;
        this.threads = threads;
        this.replicates = replicates;
        this.particles = particles;
        this.scale = scale;
        this.starts = starts;
        this.budget = budget;
        this.anchors = anchors;
        this.cancelled = cancelled;
    }

    /** Seed 1, one thread, 2 runs of 500 particles at 5 standard deviations, 32 ascents, 400,000 evaluations a run. */
    public static FirstLook withDefaults() {
        return DEFAULT;
    }

    /** The seed. */
    public FirstLook withSeed(long value) {
        return new FirstLook(value, threads, replicates, particles, scale, starts, budget, anchors, cancelled);
    }

    /** The number of threads. */
    public FirstLook withThreads(int value) {
        int checked = Arguments.positive("threads", value);
        return new FirstLook(seed, checked, replicates, particles, scale, starts, budget, anchors, cancelled);
    }

    /** Particles of each run. */
    public FirstLook withParticles(int value) {
        int checked = Arguments.positive("particles", value);
        return new FirstLook(seed, threads, replicates, checked, scale, starts, budget, anchors, cancelled);
    }

    /** Random starts of ascents. */
    public FirstLook withStarts(int value) {
        int checked = Arguments.positive("starts", value);
        return new FirstLook(seed, threads, replicates, particles, scale, checked, budget, anchors, cancelled);
    }

    /** The most evaluations of a run; a run that needs more does not arrive. */
    public FirstLook withBudget(long value) {
        if (value < 1) {
            throw new IllegalArgumentException("budget must be at least 1, was " + value);
        }
        return new FirstLook(seed, threads, replicates, particles, scale, starts, value, anchors, cancelled);
    }

    /** Points from which the density is climbed too. */
    public FirstLook withAnchors(List<double[]> points) {
        List<double[]> copies = new ArrayList<>();
        for (double[] point : points) {
            copies.add(Arguments.finite("anchor", point.clone()));
        }
        return new FirstLook(
                seed, threads, replicates, particles, scale, starts, budget, List.copyOf(copies), cancelled);
    }

    /** Asked often; the look ends soon after it says true. */
    public FirstLook withCancellation(BooleanSupplier value) {
        return new FirstLook(seed, threads, replicates, particles, scale, starts, budget, anchors, value);
    }

    /**
     * Particles of one run.
     *
     * @param points       of equal weight; empty where the run did not arrive
     * @param logTarget    log density of the points
     * @param logZ         log of the mass it found
     * @param temperatures that it took
     */
    public record Replicate(double[][] points, double[] logTarget, double logZ, int temperatures) {}

    /**
     * A local maximum.
     *
     * @param point      the maximum
     * @param factor     lower triangle with factor factor' the inverse of the negative Hessian
     * @param logDensity at the maximum
     * @param logZ       log of the mass about it by importance draws of its t_5 Laplace approximation
     * @param kHat       k-hat of these; {@code -inf} where their weights are equal
     * @param hits       ascents that ended here
     * @param anchored   whether one began at an anchor
     */
    public record Peak(
            double[] point,
            double[][] factor,
            double logDensity,
            double logZ,
            double kHat,
            int hits,
            boolean anchored) {}

    /**
     * What was seen.
     *
     * @param replicates the runs, in order
     * @param peaks      the maxima, those of anchors first
     * @param starts     random ascents
     * @param arrived    ascents, those from anchors included, that ended at a maximum
     * @param scale      of the broad distribution, in standard deviations of the approximation
     * @param radii      distances of the starts, in the same unit
     * @param counts     evaluations
     */
    public record Outlook(
            List<Replicate> replicates,
            List<Peak> peaks,
            int starts,
            int arrived,
            double scale,
            List<Double> radii,
            EvaluationCounts counts) {
        public Outlook {
            replicates = List.copyOf(replicates);
            peaks = List.copyOf(peaks);
            radii = List.copyOf(radii);
        }
    }

    /**
     * Looks about a point.
     *
     * @param target    makes log densities up to a constant, with gradient, on all of R^d: one for each thread
     * @param mean      d coordinates
     * @param deviation d positive standard deviations
     */
    public Outlook look(Supplier<? extends LogDensity.Differentiable> target, double[] mean, double[] deviation) {
        int d = target.get().dimension();
        Arguments.sameDimension(d, mean.length);
        Arguments.sameDimension(d, deviation.length);
        for (double[] anchor : anchors) {
            Arguments.sameDimension(d, anchor.length);
        }
        double[] covariance = new double[d * d];
        for (int j = 0; j < d; j++) {
            covariance[j * d + j] = Arguments.positive("deviation", deviation[j]) * deviation[j];
        }
        Spread spread = new Spread(mean.clone(), deviation.clone(), covariance);
        Streams streams = new Streams(seed);
        Evaluator evaluator = new Evaluator(target, threads);
        MapMixture base = MapMixture.of(Exploration.broad(spread, scale));
        List<Replicate> seen = evaluator.map(replicates, (density, r) -> {
            Run run = Tempering.explorer(particles).run(base, density, streams.of(RUNS, r), budget, cancelled);
            if (!run.reached()) {
                return new Replicate(new double[0][], new double[0], Double.NEGATIVE_INFINITY, run.betas().length);
            }
            Continuation.Sets sets = Continuation.of(run.points(), ROUNDS, density, streams.of(MOVES, r), cancelled);
            return new Replicate(
                    rows(sets.points(), sets.logTarget().length, d), sets.logTarget(), run.logZ(), run.betas().length);
        });
        MultiStart.Found found = new MultiStart(evaluator, spread, streams, ASCENTS).search(starts, anchors);
        List<Peak> peaks = new ArrayList<>();
        for (Optimum o : found.optima()) {
            double[] factor = Triangular.factor(o.covariance(), d, 1e-10);
            peaks.add(new Peak(
                    o.point().clone(), rows(factor, d, d), o.logDensity(), o.logZ(), o.kHat(), o.hits(), o.anchored()));
        }
        return new Outlook(
                seen,
                peaks,
                starts,
                found.converged(),
                scale,
                Arrays.stream(MultiStart.RADII).boxed().toList(),
                evaluator.counts());
    }

    private static double[][] rows(double[] flat, int n, int d) {
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
        }
        return rows;
    }
}
