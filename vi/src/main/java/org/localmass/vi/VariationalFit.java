package org.localmass.vi;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.ScaleForm;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.objective.TrackedRegion;

/**
 * Options of a variational fit of a mixture family to a target on unconstrained space. Immutable.
 *
 * <p>A fit never stops because the ELBO changes little: that depends on the unknown constant in the target. It stops
 * where the gradient is small and neither gain nor masses of the tracked regions change with twice as many draws, or
 * where the iterates of a stochastic search have settled. Which of the two is decided by {@link OptimizerName}.
 */
public final class VariationalFit {
    private static final VariationalFit DEFAULT = new VariationalFit(new Settings(
            ObjectiveName.ELBO, OptimizerName.AUTO, 1.25, 1, 1, 0, 4096, 200, 6, 60, 0.05, 4000, true, 1, 1));

    /** The values; copied on change. */
    private record Settings(
            ObjectiveName objective,
            OptimizerName optimizer,
            double band,
            double massWeight,
            double referenceWeight,
            int draws,
            int mostDraws,
            int iterations,
            int outer,
            int inner,
            double rate,
            int mostSteps,
            boolean compare,
            int threads,
            long seed) {}

    private final Settings settings;

    private VariationalFit(Settings settings) {
        this.settings = settings;
    }

    /** The ELBO, optimiser {@code auto}, band 1.25, seed 1, one thread. */
    public static VariationalFit withDefaults() {
        return DEFAULT;
    }

    /** What is maximised. */
    public VariationalFit withObjective(ObjectiveName objective) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                s.seed));
    }

    /** How it is searched. */
    public VariationalFit withOptimizer(OptimizerName optimizer) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                s.seed));
    }

    /** The factor c by which masses may be off, above 1. */
    public VariationalFit withBand(double band) {
        if (!(band > 1) || band == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("band must be above 1, was " + band);
        }
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                s.seed));
    }

    /** The weights of the mass penalty and of the reference term, positive. */
    public VariationalFit withWeights(double mass, double reference) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                Arguments.positive("mass weight", mass),
                Arguments.positive("reference weight", reference),
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                s.seed));
    }

    /**
     * Draws per component: the first number and the largest. The optimiser {@code adam} uses the first at each step,
     * {@code auto} 8 where it goes on by Adam.
     *
     * @param first even and at least 4, or 0 for the family's own: 64 (mean field), max(128, 8 d), 4 d above d = 20; 8 for
     *     {@code adam}
     */
    public VariationalFit withDraws(int first, int most) {
        if (first < 0 || first % 2 != 0 || first == 2) {
            throw new IllegalArgumentException("draws must be even and at least 4, or 0, was " + first);
        }
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                first,
                Arguments.positive("most draws", most),
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                s.seed));
    }

    /** Iterations of a search on one set of draws; rounds of the constraints, and iterations of each. */
    public VariationalFit withIterations(int search, int outer, int inner) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                Arguments.positive("iterations", search),
                Arguments.positive("outer", outer),
                Arguments.positive("inner", inner),
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                s.seed));
    }

    /** The step of {@code adam} in standardised coordinates, and its most iterations; {@code auto} has them where it goes on by Adam. */
    public VariationalFit withRate(double rate, int mostSteps) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                Arguments.positive("rate", rate),
                Arguments.positive("most steps", mostSteps),
                s.compare,
                s.threads,
                s.seed));
    }

    /**
     * Whether {@code elbo+al} first fits without the constraints, to tell what they cost; without that fit no region can
     * be found unrepresented by its cost.
     */
    public VariationalFit withUnconstrainedFit(boolean compare) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                compare,
                s.threads,
                s.seed));
    }

    /** Threads for the draws; the target must be safe to use from several if there are more than one. */
    public VariationalFit withThreads(int threads) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                Arguments.positive("threads", threads),
                s.seed));
    }

    /** The seed of all draws. */
    public VariationalFit withSeed(long seed) {
        Settings s = settings;
        return new VariationalFit(new Settings(
                s.objective,
                s.optimizer,
                s.band,
                s.massWeight,
                s.referenceWeight,
                s.draws,
                s.mostDraws,
                s.iterations,
                s.outer,
                s.inner,
                s.rate,
                s.mostSteps,
                s.compare,
                s.threads,
                seed));
    }

    /** The objective. */
    public ObjectiveName objective() {
        return settings.objective;
    }

    /** The optimiser. */
    public OptimizerName optimizer() {
        return settings.optimizer;
    }

    /** The band c. */
    public double band() {
        return settings.band;
    }

    /** The seed. */
    public long seed() {
        return settings.seed;
    }

    /** Threads for the draws. */
    public int threads() {
        return settings.threads;
    }

    double massWeight() {
        return settings.massWeight;
    }

    double referenceWeight() {
        return settings.referenceWeight;
    }

    int mostDraws() {
        return settings.mostDraws;
    }

    int iterations() {
        return settings.iterations;
    }

    int outer() {
        return settings.outer;
    }

    int inner() {
        return settings.inner;
    }

    double rate() {
        return settings.rate;
    }

    int mostSteps() {
        return settings.mostSteps;
    }

    boolean compares() {
        return settings.compare;
    }

    int firstDraws(Family family, int dimension) {
        if (settings.draws > 0) {
            return settings.draws;
        }
        if (settings.optimizer == OptimizerName.ADAM) {
            return 8;
        }
        if (family.form() == ScaleForm.MEAN_FIELD) {
            return 64;
        }
        int width = family.drawDimension(dimension);
        return dimension > 20 ? 4 * width : Math.max(128, 8 * width);
    }

    /**
     * Begins a fit.
     *
     * @param target  on all of R^d
     * @param start   a member of the family, never the target's mode: {@link Mixture#standard}, or a fit to draws
     * @param regions whose masses are traced, and kept by the objectives that do so
     * @throws IllegalArgumentException if dimensions differ, or the objective needs regions or a reference and there is
     *     none
     */
    public Fit start(LogDensity.Differentiable target, Mixture start, List<TrackedRegion> regions) {
        return start(target, start, regions, Optional.empty(), () -> false);
    }

    /** Begins a fit with a reference for {@code jeffreys}, and a question that ends it when its answer is true. */
    public Fit start(
            LogDensity.Differentiable target,
            Mixture start,
            List<TrackedRegion> regions,
            Optional<Reference> reference,
            BooleanSupplier cancelled) {
        Arguments.sameDimension(target.dimension(), start.dimension());
        for (TrackedRegion region : regions) {
            Arguments.sameDimension(target.dimension(), region.mass().dimension());
        }
        if (settings.objective.usesRegions() && regions.isEmpty()) {
            throw new IllegalArgumentException(
                    "regions must number at least 1 for " + settings.objective.label() + ", was 0");
        }
        if (settings.objective.usesReference() && reference.isEmpty()) {
            throw new IllegalArgumentException("reference must be given for " + settings.objective.label());
        }
        return new Fit(this, target, start, List.copyOf(regions), reference, cancelled);
    }

    /**
     * Continues a fit that was cancelled or used up its rounds, from its mixture and, where it had constraints, with their
     * multipliers.
     *
     * @param result  of a fit of the same target
     * @param regions the regions of that fit, in the same order
     */
    public Fit resume(
            LogDensity.Differentiable target,
            FitResult result,
            List<TrackedRegion> regions,
            Optional<Reference> reference,
            BooleanSupplier cancelled) {
        if (result.regions().size() != regions.size()) {
            throw new IllegalArgumentException(
                    "regions must number " + result.regions().size() + ", was " + regions.size());
        }
        return start(target, result.mixture(), regions, reference, cancelled).resumedFrom(result);
    }

    /** The options in words, enough to replay the fit from the same start. */
    @Override
    public String toString() {
        Settings s = settings;
        return "objective=" + s.objective.label() + " optimizer=" + s.optimizer.label() + " band=" + s.band
                + " mass-weight=" + s.massWeight + " reference-weight=" + s.referenceWeight + " draws=" + s.draws + ".."
                + s.mostDraws + " iterations=" + s.iterations + " outer=" + s.outer + "x" + s.inner + " rate=" + s.rate
                + " steps=" + s.mostSteps + " unconstrained=" + s.compare + " seed=" + s.seed;
    }
}
