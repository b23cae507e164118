package org.localmass.vi.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.ObjectiveName;
import org.localmass.vi.family.Family;

/**
 * The whole loop of local-fidelity variational inference, from a log density alone. Immutable.
 *
 * <p>A mean-field fit says where to begin. Ascents and independent runs of sequential Monte Carlo look beyond it; their
 * points are the first reference. A mixture of normal or t_4 laws is grown on it: a component more wherever a ball has
 * lost half of its mass. Importance draws of the mixture replace the reference where their weights allow. The ELBO is then
 * maximised under the constraint that tails, modes, lost balls and the regions the user named keep their masses within the
 * band, and accepted only if fresh draws agree. Independent draws verify: up to three passes. Where the weights stay too
 * heavy, a {@link org.localmass.estimate.explore.Referee} measures the masses.
 *
 * <p>The verdict can be withheld by any check; it is no proof: what no search met is not in it.
 * <br>Randomness: the same seed gives the same result at any number of threads.
 * <br>Accuracy: docs/quality/vi.md.
 */
public final class LocalFidelity {
    private static final LocalFidelity DEFAULT = new LocalFidelity(new Settings(
            Aim.of(ObjectiveName.ELBO_CONSTRAINED),
            null,
            1.25,
            8,
            500,
            20_000,
            3,
            true,
            10_000_000,
            0.95,
            1,
            1,
            List.of(),
            LocalFidelity::tail,
            () -> false,
            p -> {}));

    record Settings(
            Aim objective,
            @Nullable Family family,
            double band,
            int mostComponents,
            int particles,
            int draws,
            int passes,
            boolean examines,
            long budget,
            double level,
            int threads,
            long seed,
            List<double[]> anchors,
            TailName tailName,
            BooleanSupplier cancelled,
            DoubleConsumer progress) {}

    private final Settings settings;

    private LocalFidelity(Settings settings) {
        this.settings = settings;
    }

    /** ELBO under constraints with band 1.25, a mixture of up to 8 components, seed 1, one thread. */
    public static LocalFidelity withDefaults() {
        return DEFAULT;
    }

    /** Names one end of a coordinate. */
    @FunctionalInterface
    public interface TailName {
        /**
         * The name.
         *
         * @param coordinate from 0
         * @param upper      which end
         * @param bound      of the unconstrained coordinate
         */
        String of(int coordinate, boolean upper, double bound);
    }

    private static String tail(int coordinate, boolean upper, double bound) {
        return "x" + (coordinate + 1) + (upper ? " > " : " <= ") + TwoDigits.number(bound);
    }

    /**
     * What is maximised; {@code elbo+al} keeps the masses, the others are there to be compared with it.
     *
     * @param text {@code elbo+al}, {@code elbo}, {@code elbo+mass}, {@code jeffreys}, {@code jeffreys+mass},
     *     {@code inclusive}, or a {@link org.localmass.vi.objective.baseline.Bound}
     * @throws IllegalArgumentException if there is no such objective
     */
    public LocalFidelity withObjective(String text) {
        Settings s = settings;
        return of(s, Aim.parse(text), s.family, s.band, s.passes, s.examines, s.budget, s.level, s.threads, s.seed);
    }

    /** A family that is kept as it is, instead of a mixture that grows. */
    public LocalFidelity withFamily(Family value) {
        Settings s = settings;
        return of(s, s.objective, value, s.band, s.passes, s.examines, s.budget, s.level, s.threads, s.seed);
    }

    /** The factor c by which masses may be off, above 1. */
    public LocalFidelity withBand(double value) {
        if (!(value > 1) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("band must be above 1, was " + value);
        }
        Settings s = settings;
        return of(s, s.objective, s.family, value, s.passes, s.examines, s.budget, s.level, s.threads, s.seed);
    }

    /** Whether a longer examination measures the masses where the fit's own weights are too heavy for that. */
    public LocalFidelity withExamination(boolean value) {
        Settings s = settings;
        return of(s, s.objective, s.family, s.band, s.passes, value, s.budget, s.level, s.threads, s.seed);
    }

    /** About the most evaluations of the target. */
    public LocalFidelity withBudget(long evaluations) {
        if (evaluations < 1) {
            throw new IllegalArgumentException("budget must be at least 1, was " + evaluations);
        }
        Settings s = settings;
        return of(s, s.objective, s.family, s.band, s.passes, s.examines, evaluations, s.level, s.threads, s.seed);
    }

    /** The level of the intervals. */
    public LocalFidelity withLevel(double value) {
        Settings s = settings;
        double level = Arguments.fraction("level", value);
        return of(s, s.objective, s.family, s.band, s.passes, s.examines, s.budget, level, s.threads, s.seed);
    }

    /** The number of threads. */
    public LocalFidelity withThreads(int value) {
        Settings s = settings;
        int threads = Arguments.positive("threads", value);
        return of(s, s.objective, s.family, s.band, s.passes, s.examines, s.budget, s.level, threads, s.seed);
    }

    /** The seed of everything random. */
    public LocalFidelity withSeed(long value) {
        Settings s = settings;
        return of(s, s.objective, s.family, s.band, s.passes, s.examines, s.budget, s.level, s.threads, value);
    }

    private static LocalFidelity of(
            Settings s,
            Aim objective,
            @Nullable Family family,
            double band,
            int passes,
            boolean examines,
            long budget,
            double level,
            int threads,
            long seed) {
        return new LocalFidelity(new Settings(
                objective,
                family,
                band,
                s.mostComponents,
                s.particles,
                s.draws,
                passes,
                examines,
                budget,
                level,
                threads,
                seed,
                s.anchors,
                s.tailName,
                s.cancelled,
                s.progress));
    }

    /**
     * Points near which there may be a mode too narrow to be found, such as the spike of a prior.
     *
     * @throws IllegalArgumentException if a coordinate is not finite
     */
    public LocalFidelity withAnchors(List<double[]> points) {
        List<double[]> copies = new ArrayList<>();
        for (double[] point : points) {
            copies.add(Arguments.finite("anchor", point.clone()));
        }
        Settings s = settings;
        return new LocalFidelity(new Settings(
                s.objective,
                s.family,
                s.band,
                s.mostComponents,
                s.particles,
                s.draws,
                s.passes,
                s.examines,
                s.budget,
                s.level,
                s.threads,
                s.seed,
                List.copyOf(copies),
                s.tailName,
                s.cancelled,
                s.progress));
    }

    /** How tails are called. */
    public LocalFidelity withTailNames(TailName names) {
        Settings s = settings;
        return new LocalFidelity(new Settings(
                s.objective,
                s.family,
                s.band,
                s.mostComponents,
                s.particles,
                s.draws,
                s.passes,
                s.examines,
                s.budget,
                s.level,
                s.threads,
                s.seed,
                s.anchors,
                names,
                s.cancelled,
                s.progress));
    }

    /** A question that ends the fit when its answer is true, and a listener that is told how much is done, 0 to 1. */
    public LocalFidelity withHooks(BooleanSupplier cancelled, DoubleConsumer progress) {
        Settings s = settings;
        return new LocalFidelity(new Settings(
                s.objective,
                s.family,
                s.band,
                s.mostComponents,
                s.particles,
                s.draws,
                s.passes,
                s.examines,
                s.budget,
                s.level,
                s.threads,
                s.seed,
                s.anchors,
                s.tailName,
                cancelled,
                progress));
    }

    /**
     * Fits.
     *
     * @param target    makes log densities up to a constant, with gradient, on all of R^d: one for each thread
     * @param regions   that the user named, in unconstrained coordinates
     * @param reference draws of the target in unconstrained coordinates, row by row, that stand for the exploring runs
     * @throws IllegalArgumentException if dimensions differ
     */
    public LocalFidelityResult fit(
            Supplier<? extends LogDensity.Differentiable> target,
            List<NamedRegion> regions,
            Optional<double[][]> reference) {
        int d = target.get().dimension();
        for (NamedRegion region : regions) {
            Arguments.sameDimension(d, region.region().dimension());
        }
        for (double[] anchor : settings.anchors) {
            Arguments.sameDimension(d, anchor.length);
        }
        return new Course(settings, target, regions, reference).run();
    }
}
