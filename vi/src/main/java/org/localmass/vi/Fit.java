package org.localmass.vi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.measure.LogDensity;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.ScaleForm;
import org.localmass.vi.objective.AugmentedLagrangian;
import org.localmass.vi.objective.Elbo;
import org.localmass.vi.objective.ElboEstimate;
import org.localmass.vi.objective.GuardedTarget;
import org.localmass.vi.objective.LocalObjective;
import org.localmass.vi.objective.LocalTerm;
import org.localmass.vi.objective.MassPenalty;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.objective.ReferenceTerm;
import org.localmass.vi.objective.TrackedRegion;
import org.localmass.vi.optimizer.Adam;
import org.localmass.vi.optimizer.IterateWindow;
import org.localmass.vi.optimizer.ScaledSearch;

/**
 * A fit under way: {@link #step} until it is done, {@link #result} at any time. Deterministic for its options, start and
 * regions, at any number of threads. Mutable; for one thread at a time.
 *
 * <p>By fixed draws a step is one quasi-Newton search: first on S draws, then from there on twice as many new ones, until
 * the gain on fresh draws is below 0.02 nats and no log q(B) with q(B) above 1e-4 moves by 0.1. Constraints follow as
 * rounds of the augmented Lagrangian on one set of draws, until they hold within 0.02; a fit that has learnt its draws by
 * heart (0.5 nats better on them than on fresh ones), or is worse than its start on fresh draws, is made once more on
 * four times as many.
 *
 * <p>By Adam a step is a hundred iterations; it is done when over the last half of at least 200 split R-hat is below 1.2,
 * the error of every mean below 0.1 of its unit, and the masses at the averaged iterate have moved by less than 0.05 in
 * two checks, and differ by less than 0.2 between the averages of its two parts: averages of windows that overlap move
 * little even where the masses drift. After every thousand iterations without that the step is halved, and the window
 * begins again if its iterates are stationary by R-hat; iterates that still move keep their window, whose first half is
 * left out as it grows.
 *
 * <p>{@code AUTO} searches by fixed draws, and goes on by Adam from where it is if the family is one normal or t with a full
 * covariance in ten or more dimensions, at least 16 d draws have not settled it, the ELBO is 0.3 nats better on them than on
 * fresh ones, and Pareto k-hat of the weights p/q at 1024 draws of q is above 0.7: such a search learns its draws by heart,
 * where a bad k-hat alone only says that the family does not hold the target.
 *
 * <p>A family cannot represent its regions where the constraints are violated by more than 0.1, cost more than 1 nat on
 * fresh draws, have a price above 1 nat per unit of log mass, or are met by a few importance points only (relative error
 * of q(B) above 0.3: a component has shrunk onto them): then the unconstrained fit is kept.
 */
public final class Fit {
    private static final double GAIN = 0.02;
    private static final double MASS_CHANGE = 0.1;
    private static final double LEAST_LOG_MASS = Math.log(1e-4);
    private static final double HELD = 0.02;
    private static final double MOST_VIOLATION = 0.1;
    private static final double MOST_COST = 1;
    private static final double MOST_PRICE = 1;
    private static final double MOST_DOUBT = 0.3;
    private static final double MOST_OPTIMISM = 0.5;
    private static final double POOR_START = 5;
    private static final int FRESH_DRAWS = 1024;
    private static final int CHECK = 100;
    private static final double MOST_RHAT = 1.2;
    private static final double MOST_ERROR = 0.1;
    private static final double SETTLED_MASS = 0.05;
    private static final double MASS_DRIFT = 0.2;
    private static final int PATIENCE = 1000;
    private static final int ROUND = 300;
    private static final int WIDE = 10;
    private static final int ASK_DRAWS = 16;
    private static final double MOST_K_HAT = 0.7;
    private static final double LEARNT = 0.3;
    private static final double FLAT = 1e-4;
    private static final int STOCHASTIC_DRAWS = 8;

    private enum Stage {
        SEARCH,
        CONSTRAIN,
        STOCHASTIC,
        DONE
    }

    private final VariationalFit options;
    private final GuardedTarget target;
    private final Mixture start;
    private final Family family;
    private final int dimension;
    private final List<TrackedRegion> regions;
    private final List<LocalTerm> terms = new ArrayList<>();
    private final BooleanSupplier cancelled;
    private final List<TracePoint> trace = new ArrayList<>();

    private Stage stage = Stage.SEARCH;
    private FitEnding ending = FitEnding.RUNNING;
    private Mixture mixture;
    private long iterations;
    private int draws;
    private int round;
    private double[] masses;

    private @Nullable Mixture unconstrained;
    private @Nullable Mixture constrained;
    private @Nullable AugmentedLagrangian constraints;
    private @Nullable Unrepresented unrepresented;
    private Mixture constrainedStart;
    private int attempts;
    private double violation = Double.NaN;
    private double inSample = Double.NaN;

    private @Nullable Adam adam;
    private double[] theta = new double[0];
    private double[] units = new double[0];
    private @Nullable IterateWindow window;
    private int calm;
    private int sinceRestart;
    private long stochasticFrom;
    private boolean byAdam;
    private boolean asked;

    Fit(
            VariationalFit options,
            LogDensity.Differentiable target,
            Mixture start,
            List<TrackedRegion> regions,
            Optional<Reference> reference,
            BooleanSupplier cancelled) {
        this.options = options;
        this.target = GuardedTarget.of(target);
        this.start = start;
        this.family = start.family();
        this.dimension = start.dimension();
        this.regions = regions;
        this.cancelled = cancelled;
        this.mixture = start;
        this.constrainedStart = start;
        this.masses = logMasses(start);
        this.draws = options.firstDraws(family, dimension);
        if (options.objective().penalisesMass()) {
            terms.add(new MassPenalty(regions, options.massWeight()));
        }
        if (options.objective().usesReference()) {
            terms.add(new ReferenceTerm(reference.orElseThrow(), options.referenceWeight(), options.threads()));
        }
        boolean compare = options.objective() != ObjectiveName.ELBO_CONSTRAINED || options.compares();
        byAdam = options.optimizer() == OptimizerName.ADAM;
        if (byAdam) {
            if (!compare) {
                constraints = new AugmentedLagrangian(regions, options.band());
            }
            beginStochastic(start);
        } else if (!compare) {
            beginConstrain(start);
        }
    }

    /** Continues the constraints of an earlier result. */
    Fit resumedFrom(FitResult result) {
        if (options.objective() == ObjectiveName.ELBO_CONSTRAINED
                && result.constrained().isPresent()) {
            unconstrained = result.unconstrained().orElse(null);
            double[] low =
                    result.regions().stream().mapToDouble(RegionOutcome::low).toArray();
            double[] high =
                    result.regions().stream().mapToDouble(RegionOutcome::high).toArray();
            constraints = new AugmentedLagrangian(regions, options.band(), low, high, result.penalty());
            constrainedStart = result.start();
            constrained = result.constrained().orElseThrow();
            mixture = constrained;
            round = 0;
            attempts = 1;
            if (byAdam || result.stochastic()) {
                useAdam();
                beginStochastic(constrained);
            } else {
                stage = Stage.CONSTRAIN;
                draws = result.trace().isEmpty()
                        ? draws
                        : result.trace().get(result.trace().size() - 1).draws();
            }
        }
        return this;
    }

    private long seed(int purpose, long index) {
        long x = options.seed() * 0x9e3779b97f4a7c15L + purpose * 0xd1342543de82ef95L + index;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    private double[] logMasses(Mixture q) {
        double[] logs = new double[regions.size()];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = regions.get(k).mass().logMass(q);
        }
        return logs;
    }

    private static double change(double[] before, double[] after) {
        double most = 0;
        for (int k = 0; k < before.length; k++) {
            if (after[k] > LEAST_LOG_MASS) {
                most = Math.max(most, Math.abs(after[k] - before[k]));
            }
        }
        return most;
    }

    private Elbo balanced(int count, int purpose, long index) {
        return Elbo.of(target, family, BaseDraws.balanced(family, dimension, count, seed(purpose, index)))
                .withThreads(options.threads());
    }

    private LocalObjective objective(Elbo elbo, List<? extends LocalTerm> with) {
        return new LocalObjective(elbo, family, dimension, with, cancelled);
    }

    /** Whether there is nothing more to do. */
    public boolean isDone() {
        return stage == Stage.DONE;
    }

    /** Makes a step; returns whether there is more to do. */
    public boolean step() {
        if (stage == Stage.DONE) {
            return false;
        }
        if (cancelled.getAsBoolean()) {
            cancel();
            return false;
        }
        switch (stage) {
            case SEARCH -> search();
            case CONSTRAIN -> constrain();
            case STOCHASTIC -> stochastic();
            case DONE -> {}
        }
        if (stage != Stage.DONE && cancelled.getAsBoolean()) {
            cancel();
        }
        return stage != Stage.DONE;
    }

    /** Steps to the end. */
    public FitResult run() {
        boolean more = true;
        while (more) {
            more = step();
        }
        return result();
    }

    private void cancel() {
        if (constrained != null && !(violation <= MOST_VIOLATION) && unconstrained != null) {
            mixture = unconstrained;
        }
        end(FitEnding.CANCELLED);
    }

    private void end(FitEnding why) {
        stage = Stage.DONE;
        ending = why;
    }

    private void record(String name, double elbo) {
        List<Double> logs = new ArrayList<>();
        for (double log : masses) {
            logs.add(log);
        }
        trace.add(
                new TracePoint(trace.size() + 1, name, iterations, target.evaluations(), draws, elbo, logs, violation));
    }

    private void search() {
        Elbo elbo = balanced(draws, 1, round);
        ScaledSearch.Solution solution = ScaledSearch.withDefaults()
                .withMaxIterations(options.iterations())
                .minimise(objective(elbo, terms), mixture);
        iterations += solution.iterations();
        if (solution.ending() == Lbfgs.Ending.START) {
            if (!cancelled.getAsBoolean()) {
                end(FitEnding.START_NOT_FINITE);
            }
            return;
        }
        Mixture before = mixture;
        mixture = solution.mixture();
        double[] next = logMasses(mixture);
        double moved = change(masses, next);
        masses = next;
        double bound = elbo.value(mixture);
        record("search", bound);
        if (round > 0) {
            LocalObjective fresh = objective(balanced(draws, 2, round), terms);
            double[] scratch = new double[mixture.parameterCount()];
            double gain = fresh.value(before, scratch) - fresh.value(mixture, scratch);
            if (gain < GAIN && moved < MASS_CHANGE && solution.ending() != Lbfgs.Ending.BUDGET) {
                endSearch(FitEnding.SETTLED);
                return;
            }
        }
        round++;
        if (wantsAdam(bound)) {
            useAdam();
            beginStochastic(mixture);
        } else if (2 * draws > options.mostDraws()) {
            endSearch(FitEnding.BUDGET);
        } else {
            draws *= 2;
        }
    }

    /** Whether a search with the bound on its draws has fitted them rather than the target; asked once. */
    private boolean wantsAdam(double bound) {
        if (options.optimizer() != OptimizerName.AUTO
                || asked
                || family.form() != ScaleForm.FULL
                || family.components() != 1
                || dimension < WIDE
                || draws < ASK_DRAWS * dimension) {
            return false;
        }
        asked = true;
        double[][] points = mixture.sample(FRESH_DRAWS, RandomSource.XO_SHI_RO_256_PP.create(seed(6, round)));
        double[] logs = mixture.logDensities(points);
        double mean = 0;
        for (int i = 0; i < logs.length; i++) {
            logs[i] = target.value(points[i]) - logs[i];
            mean += logs[i] / logs.length;
        }
        double square = 0;
        for (double log : logs) {
            square += (log - mean) * (log - mean) / logs.length;
        }
        // exact fits have weights of rounding errors; a mean of -inf says that q leaves the support
        if (!Double.isFinite(square)) {
            return mean == Double.NEGATIVE_INFINITY;
        }
        return bound - fresh().value(mixture) > LEARNT
                && Math.sqrt(square) > FLAT
                && ParetoSmoothing.of(logs).diagnostic().kHat() > MOST_K_HAT;
    }

    private void useAdam() {
        if (!byAdam) {
            byAdam = true;
            draws = STOCHASTIC_DRAWS;
        }
    }

    private void endSearch(FitEnding why) {
        if (options.objective() != ObjectiveName.ELBO_CONSTRAINED) {
            end(why);
            return;
        }
        unconstrained = mixture;
        Mixture from = start;
        if (family.components() == 1 || poorStart()) {
            from = mixture;
        } else {
            draws = options.firstDraws(family, dimension);
        }
        beginConstrain(from);
    }

    private boolean poorStart() {
        Elbo fresh = fresh();
        return !(fresh.value(start) > fresh.value(mixture) - POOR_START);
    }

    private Elbo fresh() {
        return balanced(FRESH_DRAWS, 3, 0);
    }

    private void beginConstrain(Mixture from) {
        stage = Stage.CONSTRAIN;
        round = 0;
        constraints = new AugmentedLagrangian(regions, options.band());
        constrainedStart = from;
        constrained = from;
        mixture = from;
        masses = logMasses(from);
        violation = constraints.violation(from);
    }

    private void constrain() {
        AugmentedLagrangian now = Objects.requireNonNull(constraints);
        Elbo elbo = balanced(draws, 4, attempts);
        ScaledSearch.Solution solution = ScaledSearch.withDefaults()
                .withMaxIterations(options.inner())
                .minimise(objective(elbo, List.of(now)), mixture);
        iterations += solution.iterations();
        if (solution.ending() == Lbfgs.Ending.START) {
            if (!cancelled.getAsBoolean()) {
                end(FitEnding.START_NOT_FINITE);
            }
            return;
        }
        mixture = solution.mixture();
        constrained = mixture;
        masses = logMasses(mixture);
        if (cancelled.getAsBoolean()) {
            violation = now.violation(mixture);
            return;
        }
        violation = Math.max(0, now.update(mixture));
        inSample = elbo.value(mixture);
        record("constrain", inSample);
        round++;
        if (violation < HELD || round >= options.outer()) {
            judge(now);
        }
    }

    /** Decides what becomes of the constrained fit. */
    private void judge(AugmentedLagrangian now) {
        Elbo fresh = fresh();
        Mixture held = mixture;
        double elbo = fresh.value(held);
        double startElbo = fresh.value(start);
        double fell = now.violation(start) - violation;
        boolean accepted = elbo > startElbo - 0.01 || (fell > 0.1 && elbo > startElbo - 1);
        boolean overfitted = !byAdam && inSample - elbo > MOST_OPTIMISM;
        if ((overfitted || !accepted) && attempts == 0 && !byAdam && 4 * draws <= options.mostDraws()) {
            attempts++;
            draws *= 4;
            beginConstrain(constrainedStart);
            return;
        }
        double price = 0;
        for (double p : now.prices()) {
            price = Math.max(price, p);
        }
        double cost = unconstrained == null ? Double.NaN : fresh.value(unconstrained) - elbo;
        // without the comparison the caller measures the masses again, by points that had no part in the fit
        double doubt = 0;
        for (TrackedRegion region : options.compares() ? regions : List.<TrackedRegion>of()) {
            doubt = Math.max(doubt, region.mass().relativeError(held));
        }
        if (violation > MOST_VIOLATION || cost > MOST_COST || price > MOST_PRICE || doubt > MOST_DOUBT) {
            Mixture kept = unconstrained == null ? start : unconstrained;
            double[] free = now.logRatios(kept);
            double[] enforced = now.logRatios(held);
            int worst = 0;
            for (int k = 1; k < free.length; k++) {
                if (Math.abs(free[k]) > Math.abs(free[worst])) {
                    worst = k;
                }
            }
            unrepresented = new Unrepresented(
                    regions.get(worst).name(),
                    free[worst],
                    cost,
                    violation,
                    price,
                    enforced[worst],
                    remedies(free[worst]));
            mixture = kept;
            masses = logMasses(kept);
            end(FitEnding.UNREPRESENTED);
        } else if (!accepted) {
            mixture = start;
            masses = logMasses(start);
            end(FitEnding.KEPT_START);
        } else {
            end(violation < HELD ? FitEnding.SETTLED : FitEnding.BUDGET);
        }
    }

    private List<Remedy> remedies(double logRatio) {
        List<Remedy> remedies = new ArrayList<>();
        remedies.add(Remedy.MIXTURE);
        boolean normal = false;
        for (int k = 0; k < family.components(); k++) {
            normal |= family.isNormal(k);
        }
        if (normal && logRatio < 0) {
            remedies.add(Remedy.STUDENT);
        }
        remedies.add(Remedy.REPARAMETERISE);
        if (logRatio < 0) {
            remedies.add(Remedy.ATOMS);
        }
        return remedies;
    }

    private void beginStochastic(Mixture from) {
        stage = Stage.STOCHASTIC;
        theta = from.parameters();
        units = from.units();
        adam = new Adam(theta.length, options.rate());
        window = new IterateWindow(theta.length);
        calm = 0;
        sinceRestart = 0;
        stochasticFrom = iterations;
    }

    private void stochastic() {
        Adam search = Objects.requireNonNull(adam);
        IterateWindow iterates = Objects.requireNonNull(window);
        List<LocalTerm> with = new ArrayList<>(terms);
        if (constraints != null) {
            with.add(constraints);
        }
        int count = constraints == null ? CHECK : ROUND;
        double[] gradient = new double[theta.length];
        double sum = 0;
        int finite = 0;
        for (int i = 0; i < count && !cancelled.getAsBoolean(); i++) {
            BaseDraws z = BaseDraws.independent(family, dimension, draws, seed(5, iterations++));
            Elbo elbo =
                    Elbo.of(target, family, z).withThreads(options.threads()).withStickingTheLanding();
            Mixture q = Mixture.of(family, dimension, theta);
            double value = -objective(elbo, with).value(q, gradient);
            if (Double.isFinite(value)) {
                sum += value;
                finite++;
                search.step(theta, gradient, units);
            }
            iterates.add(theta);
        }
        sinceRestart += count;
        if (finite == 0 && trace.isEmpty()) {
            if (!cancelled.getAsBoolean()) {
                end(FitEnding.START_NOT_FINITE);
            }
            return;
        }
        if (iterates.size() == 0) {
            return;
        }
        mixture = Mixture.of(family, dimension, iterates.average());
        double[] next = logMasses(mixture);
        double moved = change(masses, next);
        masses = next;
        if (constraints != null) {
            constrained = mixture;
            violation = Math.max(0, constraints.update(mixture));
            record("stochastic", sum / finite);
            round++;
            iterates.restart();
            if (violation < HELD || round >= 2 * options.outer()) {
                inSample = Double.NaN;
                judge(constraints);
            }
            return;
        }
        record("stochastic", sum / finite);
        calm = moved < SETTLED_MASS ? calm + 1 : 0;
        units = mixture.units();
        boolean stationary = iterates.isFull() && iterates.splitRHat() < MOST_RHAT;
        if (stationary && calm >= 2 && iterates.error(units) < MOST_ERROR && drift(iterates) < MASS_DRIFT) {
            endStochastic(FitEnding.SETTLED);
        } else if (iterations - stochasticFrom >= options.mostSteps()) {
            endStochastic(FitEnding.BUDGET);
        } else if (sinceRestart >= PATIENCE) {
            search.slow();
            if (stationary) {
                iterates.restart();
            }
            sinceRestart = 0;
        }
    }

    /** How far the masses at the averages of the two parts of the window are apart. */
    private double drift(IterateWindow iterates) {
        double[][] parts = iterates.parts();
        return change(
                logMasses(Mixture.of(family, dimension, parts[0])), logMasses(Mixture.of(family, dimension, parts[1])));
    }

    private void endStochastic(FitEnding why) {
        if (options.objective() != ObjectiveName.ELBO_CONSTRAINED) {
            end(why);
            return;
        }
        unconstrained = mixture;
        constraints = new AugmentedLagrangian(regions, options.band());
        violation = constraints.violation(mixture);
        round = 0;
        beginStochastic(mixture);
    }

    /** The fit as it stands; it costs 2048 draws of each component. */
    public FitResult result() {
        Elbo fresh = fresh();
        double[] low = constraints == null ? new double[regions.size()] : constraints.lowMultipliers();
        double[] high = constraints == null ? new double[regions.size()] : constraints.highMultipliers();
        double[] logs = logMasses(mixture);
        List<RegionOutcome> outcomes = new ArrayList<>();
        for (int k = 0; k < logs.length; k++) {
            TrackedRegion region = regions.get(k);
            outcomes.add(new RegionOutcome(
                    region.name(),
                    logs[k],
                    region.mass().relativeError(mixture),
                    region.logReference(),
                    region.relativeError(),
                    low[k],
                    high[k]));
        }
        ElboEstimate elbo = fresh.estimate(mixture);
        ElboEstimate startElbo = mixture == start ? elbo : fresh.estimate(start);
        return new FitResult(
                mixture,
                ending,
                elbo,
                start,
                startElbo,
                Optional.ofNullable(unconstrained),
                Optional.ofNullable(constrained),
                outcomes,
                violation,
                constraints == null ? Double.NaN : constraints.penalty(),
                byAdam,
                Optional.ofNullable(unrepresented),
                trace,
                target.evaluations(),
                target.failures(),
                options);
    }
}
