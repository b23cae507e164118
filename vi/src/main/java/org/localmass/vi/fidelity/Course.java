package org.localmass.vi.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.LogSum;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.FirstLook;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.estimate.explore.Referee;
import org.localmass.vi.FitEnding;
import org.localmass.vi.FitResult;
import org.localmass.vi.ObjectiveName;
import org.localmass.vi.OptimizerName;
import org.localmass.vi.RegionOutcome;
import org.localmass.vi.TracePoint;
import org.localmass.vi.Unrepresented;
import org.localmass.vi.VariationalFit;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.RegionEstimate;
import org.localmass.vi.family.RegionPoints;
import org.localmass.vi.family.ScaleForm;
import org.localmass.vi.objective.Blocks;
import org.localmass.vi.objective.Elbo;
import org.localmass.vi.objective.ElboEstimate;
import org.localmass.vi.objective.GuardedTarget;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.objective.TrackedRegion;
import org.localmass.vi.objective.baseline.Bound;
import org.localmass.vi.objective.baseline.FixedDrawsFit;
import org.localmass.vi.objective.baseline.StochasticFit;
import org.localmass.vi.optimizer.WeightedEm;

/** One run of {@link LocalFidelity}. */
final class Course {
    private static final double MOST_K = 0.7;
    private static final double GOOD_K = 0.5;
    private static final double MOST_GAP = 0.3;
    private static final double MOST_OFF = Math.log(1.5);
    private static final double STEADY = Math.log(1.25);
    private static final double LEAST_BALL = 0.3;
    private static final double LEAST_EFFECTIVE = 0.15;
    private static final int MOST_PEAKS = 6;
    private static final int MOST_TAILS = 50;
    private static final int MOST_BALLS = 16;
    private static final int REGION_POINTS = 2048;
    private static final int NAMED_POINTS = 8192;
    private static final double LEAST_HITS = 50;
    private static final int FRESH = 256;
    private static final int PLAIN = 4000;
    private static final int DIAGONAL_FROM = 51;
    private static final int LEAST_STOCHASTIC = 10;
    private static final double STOCHASTIC_RATE = 0.02;
    private static final int STOCHASTIC_STEPS = 3000;
    private static final int MOST_REFERENCE = 4000;
    private static final double HEAVY_NU = 4;
    private static final double MARGIN = 0.02;
    private static final int STEPS = 3000;

    private final LocalFidelity.Settings settings;
    private final Supplier<? extends LogDensity.Differentiable> evaluators;
    private final GuardedTarget target;
    private final List<NamedRegion> named;
    private final Optional<double[][]> given;
    private final int d;
    private final List<TracePoint> trace = new ArrayList<>();
    private final List<Growth.LostBall> lost = new ArrayList<>();
    private List<String> traced = List.of();
    private long elsewhere;
    private long elsewhereFailed;
    private double runsGap;
    private int passes;

    /** A region with what is known of it. */
    private record Followed(
            String name, RegionOrigin origin, Region region, TrackedRegion tracked, @Nullable RegionEstimate direct) {}

    /** What the checks of one pass measured. */
    private record Verified(
            ReferencePoints sample, double worstBall, double mostOff, double moved, List<Check> checks) {
        boolean ok() {
            return checks.isEmpty();
        }
    }

    Course(
            LocalFidelity.Settings settings,
            Supplier<? extends LogDensity.Differentiable> evaluators,
            List<NamedRegion> named,
            Optional<double[][]> given) {
        this.settings = settings;
        this.evaluators = evaluators;
        this.target = GuardedTarget.of(new PerThread(evaluators));
        this.named = named;
        this.given = given;
        this.d = target.dimension();
    }

    private long seed(int purpose) {
        long x = settings.seed() * 0x9e3779b97f4a7c15L + purpose * 0xd1342543de82ef95L;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    private boolean cancelled() {
        return settings.cancelled().getAsBoolean();
    }

    private VariationalFit fitting(int purpose) {
        return VariationalFit.withDefaults()
                .withThreads(settings.threads())
                .withSeed(seed(purpose))
                .withBand(settings.band());
    }

    LocalFidelityResult run() {
        Mixture first = meanField();
        settings.progress().accept(0.05);
        FirstLook.Outlook look = look(first, settings.particles(), 1);
        List<Anchor> anchors = anchors(first, look);
        ReferencePoints reference = given.isPresent() ? fromDraws() : combine(look, anchors, first);
        runsGap = gap(look);
        if (given.isEmpty() && runsGap >= MOST_GAP && !cancelled()) {
            look = look(first, 2 * settings.particles(), 2);
            anchors = anchors(first, look);
            reference = combine(look, anchors, first);
            runsGap = gap(look);
        }
        settings.progress().accept(0.3);
        Mixture q = begin(first, reference, anchors);
        settings.progress().accept(0.4);
        Outcome outcome = passes(q, reference, anchors, 10, 0.4);
        DensityEvidence examination = null;
        if (worthExamining(outcome)) {
            examination = examine(outcome.q, anchors);
            Optional<ReferencePoints> better = points(examination);
            if (better.isPresent() && !cancelled()) {
                lost.clear();
                Mixture again = settings.family() == null
                                && settings.objective().bound().isEmpty()
                        ? begin(first, better.get(), anchors)
                        : outcome.q;
                outcome = passes(again, better.get(), anchors, 60, 0.8);
            }
        }
        settings.progress().accept(0.95);
        outcome = finished(outcome, reference, examination);
        settings.progress().accept(0.98);
        LocalFidelityResult result = result(first, outcome, look, anchors, examination);
        settings.progress().accept(1);
        return result;
    }

    private Mixture meanField() {
        Mixture start = Mixture.standard(Family.meanField(), d);
        FitResult fit = fitting(1)
                .withDraws(64, 64)
                .start(target, start, List.of(), Optional.empty(), settings.cancelled())
                .run();
        trace.addAll(fit.trace());
        return fit.mixture();
    }

    private FirstLook.Outlook look(Mixture first, int particles, int attempt) {
        FirstLook.Outlook look = FirstLook.withDefaults()
                .withSeed(seed(100 + attempt))
                .withThreads(settings.threads())
                .withParticles(given.isPresent() ? 4 : particles)
                .withAnchors(settings.anchors())
                .withCancellation(settings.cancelled())
                .look(evaluators, first.mean(0), first.deviations(0));
        elsewhere += look.counts().evaluations();
        elsewhereFailed +=
                look.counts().nan() + look.counts().infinite() + look.counts().thrown();
        return look;
    }

    private static double gap(FirstLook.Outlook look) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (FirstLook.Replicate r : look.replicates()) {
            least = Math.min(least, r.logZ());
            most = Math.max(most, r.logZ());
        }
        return most == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : most - least;
    }

    /** Maxima from anchors, and those that the first fit does not cover. */
    private List<Anchor> anchors(Mixture first, FirstLook.Outlook look) {
        double[] mean = first.mean(0);
        double level = target.value(mean) - first.value(mean);
        List<Anchor> chosen = new ArrayList<>();
        int found = 0;
        for (FirstLook.Peak peak : look.peaks()) {
            boolean uncovered = peak.logDensity() - first.value(peak.point()) - level >= Math.log(3);
            if (peak.anchored()) {
                chosen.add(Anchor.of(peak));
            } else if (uncovered && found < MOST_PEAKS) {
                chosen.add(Anchor.of(peak));
                found++;
            }
        }
        return Anchor.apart(chosen);
    }

    /** Points of the runs, those about anchors replaced by importance points there. */
    private ReferencePoints combine(FirstLook.Outlook look, List<Anchor> anchors, Mixture first) {
        List<double[]> points = new ArrayList<>();
        List<Double> logs = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        List<RegionPoints> around = new ArrayList<>();
        List<Anchor> replaced = new ArrayList<>();
        for (int k = 0; k < anchors.size(); k++) {
            Ball ball = anchors.get(k).ball(2 * Math.sqrt(d));
            RegionPoints inside = RegionPoints.ofBall(ball, anchors.get(k).local(), REGION_POINTS, seed(200 + k));
            if (inside.inside() >= LEAST_HITS) {
                around.add(inside);
                replaced.add(anchors.get(k));
            }
        }
        long arrived =
                look.replicates().stream().filter(r -> r.points().length > 0).count();
        for (FirstLook.Replicate r : look.replicates()) {
            for (int i = 0; i < r.points().length; i++) {
                double[] point = r.points()[i];
                if (replaced.stream().noneMatch(a -> a.squaredDistance(point) <= 4 * d)) {
                    points.add(point);
                    logs.add(r.logTarget()[i]);
                    weights.add(r.logZ() - Math.log((double) arrived) - Math.log(r.points().length));
                }
            }
        }
        for (RegionPoints inside : around) {
            for (int i = 0; i < inside.inside(); i++) {
                double log = target.value(inside.points()[i]);
                points.add(inside.points()[i]);
                logs.add(log);
                weights.add(log - inside.logProposal()[i] - Math.log(inside.total()));
            }
        }
        if (arrived == 0) {
            // the runs used up their budget: draws about the first fit are better than nothing
            ReferencePoints rough = DefensiveSample.of(target, first.widened(2), settings.draws(), seed(3), 1);
            if (rough.logZ() > Double.NEGATIVE_INFINITY) {
                return rough;
            }
            if (points.isEmpty()) {
                throw new IllegalArgumentException(
                        "target must have a positive density somewhere near its first fit, had none at "
                                + target.evaluations() + " points");
            }
        }
        return of(points, logs, weights);
    }

    private static ReferencePoints of(List<double[]> points, List<Double> logs, List<Double> logWeights) {
        double[] log = logWeights.stream().mapToDouble(Double::doubleValue).toArray();
        double sum = LogSum.of(log, log.length);
        double[] weights = new double[log.length];
        Arrays.setAll(weights, i -> Math.exp(log[i] - sum));
        return new ReferencePoints(
                points.toArray(double[][]::new),
                weights,
                logs.stream().mapToDouble(Double::doubleValue).toArray(),
                sum,
                Double.NaN);
    }

    /** The user's draws; log Z by importance draws of a normal mixture that is fitted to them. */
    private ReferencePoints fromDraws() {
        double[][] points = given.orElseThrow();
        double[] logs = new double[points.length];
        double[] weights = new double[points.length];
        Arrays.fill(weights, 1.0 / points.length);
        Arrays.setAll(logs, i -> target.value(points[i]));
        Mixture rough =
                WeightedEm.withDefaults().fit(family(1, Double.POSITIVE_INFINITY), Reference.of(points), seed(4));
        double logZ = DefensiveSample.of(target, rough, settings.draws() / 2, seed(5), settings.threads())
                .logZ();
        return new ReferencePoints(points, weights, logs, logZ, Double.NaN);
    }

    private Family family(int components, double nu) {
        Family form = d >= DIAGONAL_FROM ? Family.meanField() : Family.full();
        return form.withComponents(components).withNu(nu);
    }

    /** The start of the passes: a fit of the family, or a mixture grown on the reference. */
    private Mixture begin(Mixture first, ReferencePoints reference, List<Anchor> anchors) {
        Family fixed = settings.family();
        Optional<Bound> bound = settings.objective().bound();
        if (bound.isPresent()) {
            return other(bound.get(), fixed == null ? family(1, Double.POSITIVE_INFINITY) : fixed);
        }
        if (fixed != null) {
            if (fixed.components() == 1 && settings.objective().name().isPresent()) {
                return fixed.equals(first.family()) ? first : single(fixed);
            }
            return WeightedEm.withDefaults()
                    .withThreads(settings.threads())
                    .fit(fixed, reference.toReference(), seed(6));
        }
        Growth best = null;
        double score = Double.NEGATIVE_INFINITY;
        for (double nu : new double[] {Double.POSITIVE_INFINITY, HEAVY_NU}) {
            Growth grown = Growth.of(
                    start(reference, anchors, nu),
                    reference,
                    settings.mostComponents(),
                    true,
                    settings.threads(),
                    seed(7));
            double value = grown.heldOut() + elbo(grown.mixture(), FRESH, 8).value();
            if (best == null || value > score + MARGIN) {
                best = grown;
                score = value;
            }
        }
        Growth chosen = java.util.Objects.requireNonNull(best);
        lost.addAll(chosen.lost());
        return chosen.mixture();
    }

    /** A fit that maximises another bound, from where such fits start. */
    private Mixture other(Bound bound, Family family) {
        Mixture start = family.components() == 1
                ? Mixture.standard(family, d)
                : Mixture.scattered(family, d, 3, RandomSource.XO_SHI_RO_256_PP.create(seed(17)));
        int multiple = bound.multiple();
        return bound.isFunction()
                ? FixedDrawsFit.withDefaults()
                        .withSeed(seed(18))
                        .withDraws(above(Math.max(128, 8 * family.drawDimension(d)), multiple))
                        .fit(bound, target, start)
                        .q()
                : StochasticFit.withDefaults()
                        .withSeed(seed(18))
                        .withSteps(STEPS, above(16, multiple))
                        .fit(bound, target, start)
                        .q();
    }

    private static int above(int least, int multiple) {
        return (least + multiple - 1) / multiple * multiple;
    }

    private Mixture single(Family fixed) {
        FitResult fit = fitting(9)
                .start(target, Mixture.standard(fixed, d), List.of(), Optional.empty(), settings.cancelled())
                .run();
        trace.addAll(fit.trace());
        return fit.mixture();
    }

    /** One component for the bulk, one for each anchor. */
    private Mixture start(ReferencePoints reference, List<Anchor> anchors, double nu) {
        int k = anchors.size();
        double[] weights = new double[k + 1];
        double[][] means = new double[k + 1][];
        double[][][] scales = new double[k + 1][d][d];
        boolean[] bulk = new boolean[reference.size()];
        Arrays.fill(bulk, true);
        for (int a = 0; a < k; a++) {
            double mass = 0;
            for (int i = 0; i < bulk.length; i++) {
                if (anchors.get(a).squaredDistance(reference.points()[i]) <= d) {
                    bulk[i] = false;
                    mass += reference.weights()[i];
                }
            }
            weights[a + 1] = Math.max(mass, 1e-3);
            weights[0] += mass;
            means[a + 1] = anchors.get(a).point();
            scales[a + 1] = anchors.get(a).covariance();
        }
        weights[0] = Math.max(1 - weights[0], 0.01);
        double total = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / total);
        double mass = 0;
        means[0] = new double[d];
        for (int i = 0; i < bulk.length; i++) {
            double w = bulk[i] ? reference.weights()[i] : 0;
            mass += w;
            for (int j = 0; j < d; j++) {
                means[0][j] += w * reference.points()[i][j];
            }
        }
        if (!(mass > 0)) {
            means[0] = reference.mean();
            double[] sd = reference.deviations();
            for (int j = 0; j < d; j++) {
                scales[0][j][j] = sd[j] * sd[j];
            }
            return Mixture.of(family(k + 1, nu), weights, means, scales);
        }
        for (int j = 0; j < d; j++) {
            means[0][j] /= mass;
        }
        for (int i = 0; i < bulk.length; i++) {
            double w = bulk[i] ? reference.weights()[i] / mass : 0;
            for (int j = 0; j < d; j++) {
                double gap = reference.points()[i][j] - means[0][j];
                scales[0][j][j] += w * gap * gap;
            }
        }
        for (int j = 0; j < d; j++) {
            scales[0][j][j] = Math.max(scales[0][j][j], 1e-20);
        }
        return Mixture.of(family(k + 1, nu), weights, means, scales);
    }

    private ElboEstimate elbo(Mixture q, int draws, int purpose) {
        return Elbo.of(target, q.family(), BaseDraws.balanced(q.family(), d, draws, seed(purpose)))
                .withThreads(settings.threads())
                .estimate(q);
    }

    /** Where the passes ended. */
    private record Outcome(
            Mixture q,
            ReferencePoints reference,
            List<Followed> followed,
            List<String> unmeasured,
            @Nullable FitResult fit,
            Verified verified) {}

    private Outcome passes(
            Mixture start, ReferencePoints reference, List<Anchor> anchors, int purpose, double progress) {
        Mixture q = start;
        FitResult fit = null;
        Verified verified = null;
        List<Followed> followed = List.of();
        List<String> unmeasured = new ArrayList<>();
        ReferencePoints used = reference;
        for (int pass = 0; pass < settings.passes(); pass++) {
            passes++;
            ReferencePoints sample =
                    DefensiveSample.of(target, q, settings.draws(), seed(purpose + 10 * pass), settings.threads());
            boolean light = sample.kHat() < MOST_K;
            used = light ? sample : reference;
            if (light
                    && pass == 0
                    && settings.family() == null
                    && settings.objective().bound().isEmpty()) {
                Growth again =
                        Growth.of(q, sample, settings.mostComponents(), true, settings.threads(), seed(purpose + 1));
                lost.addAll(again.lost());
                q = again.mixture();
            }
            unmeasured = new ArrayList<>();
            followed = follow(q, used, light, anchors, unmeasured);
            List<TrackedRegion> tracked =
                    followed.stream().map(Followed::tracked).toList();
            if (settings.objective().name().isPresent()) {
                fit = fit(q, tracked, used, purpose + 2 + 10 * pass);
                q = fit.mixture();
            }
            verified = verify(q, reference, followed, purpose + 3 + 10 * pass);
            settings.progress().accept(progress + 0.15 * (pass + 1) / settings.passes());
            boolean steady = pass >= 1 || verified.moved < STEADY;
            if ((verified.ok() && steady) || fit == null || cancelled() || spent() > settings.budget()) {
                break;
            }
        }
        return new Outcome(q, used, followed, unmeasured, fit, java.util.Objects.requireNonNull(verified));
    }

    /**
     * Where a full covariance overfits its fixed draws: on from there by fresh draws, with sticking the landing. Kept if
     * fresh draws have a larger ELBO, or the masses are closer, and the worst ball is no worse.
     */
    private Outcome finished(Outcome outcome, ReferencePoints first, @Nullable DensityEvidence examination) {
        boolean full = outcome.q.family().form() == ScaleForm.FULL;
        if (outcome.verified.ok()
                || outcome.fit == null
                || !full
                || d < LEAST_STOCHASTIC
                || !settings.objective().constrains()
                || cancelled()
                || spent() > settings.budget()) {
            return outcome;
        }
        List<TrackedRegion> tracked =
                outcome.followed.stream().map(Followed::tracked).toList();
        if (tracked.isEmpty()) {
            return outcome;
        }
        FitResult fit = fitting(90)
                .withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .withUnconstrainedFit(false)
                .withOptimizer(OptimizerName.ADAM)
                .withRate(STOCHASTIC_RATE, STOCHASTIC_STEPS)
                .start(target, outcome.q, tracked, Optional.empty(), settings.cancelled())
                .run();
        trace.addAll(fit.trace());
        ReferencePoints judges =
                examination == null ? first : points(examination).orElse(first);
        Verified verified = verify(fit.mixture(), judges, outcome.followed, 91);
        boolean better = verified.checks.size() < outcome.verified.checks.size()
                || (verified.checks.size() == outcome.verified.checks.size()
                        && fit.elbo().value() > fit.startElbo().value()
                        && verified.worstBall >= outcome.verified.worstBall);
        return better
                ? new Outcome(fit.mixture(), outcome.reference, outcome.followed, outcome.unmeasured, fit, verified)
                : outcome;
    }

    private long spent() {
        return target.evaluations() + elsewhere;
    }

    private FitResult fit(Mixture q, List<TrackedRegion> tracked, ReferencePoints reference, int purpose) {
        ObjectiveName objective = settings.objective().name().orElseThrow();
        if (tracked.isEmpty() && objective != ObjectiveName.JEFFREYS) {
            objective = ObjectiveName.ELBO;
        }
        VariationalFit options = fitting(purpose).withObjective(objective).withUnconstrainedFit(q.components() == 1);
        Optional<Reference> toward =
                settings.objective().usesReference() ? Optional.of(thinned(reference)) : Optional.empty();
        FitResult fit =
                options.start(target, q, tracked, toward, settings.cancelled()).run();
        trace.addAll(fit.trace());
        traced = tracked.stream().map(TrackedRegion::name).toList();
        return fit;
    }

    private Reference thinned(ReferencePoints reference) {
        int n = reference.size();
        if (n <= MOST_REFERENCE) {
            return reference.toReference();
        }
        double[][] points = new double[MOST_REFERENCE][];
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed(11));
        double sum = 0;
        int i = 0;
        double u = random.nextDouble();
        for (int k = 0; k < MOST_REFERENCE; k++) {
            double wanted = (k + u) / MOST_REFERENCE;
            while (i < n - 1 && sum + reference.weights()[i] < wanted) {
                sum += reference.weights()[i++];
            }
            points[k] = reference.points()[i];
        }
        return Reference.of(points);
    }

    /** The regions whose masses are held. */
    private List<Followed> follow(
            Mixture q, ReferencePoints used, boolean light, List<Anchor> anchors, List<String> unmeasured) {
        List<Followed> followed = new ArrayList<>();
        for (int k = 0; k < named.size(); k++) {
            Optional<Followed> region = follow(named.get(k), q, used, anchors, k);
            if (region.isPresent()) {
                followed.add(region.get());
            } else {
                unmeasured.add(named.get(k).name());
            }
        }
        tails(used, light ? 0.01 : 0.025, followed);
        int count = 0;
        for (int k = 0; k < anchors.size(); k++) {
            Anchor anchor = anchors.get(k);
            Ball ball = anchor.ball(Math.sqrt(d));
            RegionPoints points = RegionPoints.ofBall(ball, anchor.local(), REGION_POINTS, seed(300 + k));
            count += ball(followed, "mode " + (k + 1), RegionOrigin.MODE, ball, points, used.logZ());
        }
        for (int k = 0; k < lost.size() && count < MOST_BALLS; k++) {
            Growth.LostBall one = lost.get(k);
            double[][] scale = new double[d][d];
            for (int j = 0; j < d; j++) {
                scale[j][j] = one.deviation()[j] * one.deviation()[j];
            }
            Ball ball = Anchor.ball(one.centre(), one.units(), one.radius());
            Mixture local = Mixture.of(
                    Family.full().withNu(5), new double[] {1}, new double[][] {one.mean()}, new double[][][] {scale});
            RegionPoints points = RegionPoints.ofBall(ball, local, REGION_POINTS, seed(400 + k));
            count += ball(followed, "lost ball " + (k + 1), RegionOrigin.LOST, ball, points, used.logZ());
        }
        return followed;
    }

    private int ball(
            List<Followed> followed, String name, RegionOrigin origin, Ball ball, RegionPoints points, double logZ) {
        RegionEstimate estimate = points.estimate(target);
        if (!estimate.usable()) {
            return 0;
        }
        double log = Math.min(0, estimate.logMass() - logZ);
        followed.add(new Followed(
                name, origin, ball, new TrackedRegion(name, points.mass(), log, estimate.relativeError()), estimate));
        return 1;
    }

    private Optional<Followed> follow(
            NamedRegion region, Mixture q, ReferencePoints used, List<Anchor> anchors, int k) {
        double mass = 0;
        double squares = 0;
        for (int i = 0; i < used.size(); i++) {
            if (region.region().contains(used.points()[i])) {
                mass += used.weights()[i];
                squares += used.weights()[i] * used.weights()[i];
            }
        }
        Optional<FamilyMass> closed = FamilyMass.closedForm(region.region(), q.family());
        if (closed.isPresent()) {
            if (!(mass * mass >= LEAST_HITS * squares) || mass == 0) {
                return Optional.empty();
            }
            double error = Math.sqrt(squares) / mass;
            return Optional.of(new Followed(
                    region.name(),
                    RegionOrigin.REQUESTED,
                    region.region(),
                    new TrackedRegion(region.name(), closed.get(), Math.min(0, Math.log(mass)), error),
                    null));
        }
        RegionPoints points = RegionPoints.of(
                region.region(), around(region.region(), q, used, anchors), NAMED_POINTS, seed(500 + k));
        RegionEstimate estimate = points.estimate(target);
        if (!estimate.usable()) {
            return Optional.empty();
        }
        return Optional.of(new Followed(
                region.name(),
                RegionOrigin.REQUESTED,
                region.region(),
                new TrackedRegion(
                        region.name(),
                        points.mass(),
                        Math.min(0, estimate.logMass() - used.logZ()),
                        estimate.relativeError()),
                estimate));
    }

    /** The defensive fit and, where the reference has points in the region or an anchor lies there, a t_5 about them. */
    private Mixture around(Region region, Mixture q, ReferencePoints used, List<Anchor> anchors) {
        Mixture proposal = about(region, q, used);
        Family one = q.family().withComponents(1).withNu(5);
        for (Anchor anchor : anchors) {
            if (region.contains(anchor.point())) {
                proposal = proposal.with(
                        Mixture.of(one, new double[] {1}, new double[][] {anchor.point()}, new double[][][] {
                            anchor.covariance()
                        }),
                        0.5);
            }
        }
        return proposal;
    }

    private Mixture about(Region region, Mixture q, ReferencePoints used) {
        double mass = 0;
        int inside = 0;
        double[] mean = new double[d];
        double[][] scale = new double[d][d];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < used.size(); i++) {
                double[] x = used.points()[i];
                double w = used.weights()[i];
                if (w > 0 && region.contains(x)) {
                    inside += 1 - pass;
                    mass += pass == 0 ? w : 0;
                    for (int j = 0; j < d; j++) {
                        if (pass == 0) {
                            mean[j] += w * x[j];
                        } else {
                            scale[j][j] += w / mass * (x[j] - mean[j]) * (x[j] - mean[j]);
                        }
                    }
                }
            }
            if (inside < 10) {
                return DefensiveSample.proposal(q);
            }
            for (int j = 0; j < d && pass == 0; j++) {
                mean[j] /= mass;
            }
        }
        double[] units = used.deviations();
        for (int j = 0; j < d; j++) {
            scale[j][j] += 0.0025 * units[j] * units[j];
        }
        Family one = q.family().withComponents(1).withNu(5);
        return DefensiveSample.proposal(q)
                .with(Mixture.of(one, new double[] {1}, new double[][] {mean}, new double[][][] {scale}), 0.5);
    }

    private void tails(ReferencePoints used, double share, List<Followed> followed) {
        int n = used.size();
        int tailed = Math.min(d, MOST_TAILS);
        double[][] ends = new double[tailed][];
        Blocks.run(tailed, settings.threads(), j -> {
            int[] order = IntStream.range(0, n)
                    .boxed()
                    .sorted((a, b) -> Double.compare(used.points()[a][j], used.points()[b][j]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            ends[j] = new double[] {quantile(used, order, j, share), quantile(used, order, j, 1 - share)};
        });
        List<String> names = ReferencePoints.names(d);
        for (int j = 0; j < tailed; j++) {
            for (int side = 0; side < 2; side++) {
                double end = ends[j][side];
                Interval tail = side == 0
                        ? Interval.halfOpen(names, j, Double.NEGATIVE_INFINITY, end)
                        : Interval.halfOpen(names, j, end, Double.POSITIVE_INFINITY);
                double mass = used.mass(tail);
                if (mass > 0) {
                    String name = settings.tailName().of(j, side == 1, end);
                    followed.add(new Followed(
                            name,
                            RegionOrigin.TAIL,
                            tail,
                            TrackedRegion.of(
                                    name,
                                    FamilyMass.closedForm(tail, Family.meanField())
                                            .orElseThrow(),
                                    Math.log(mass)),
                            null));
                }
            }
        }
    }

    private static double quantile(ReferencePoints used, int[] order, int j, double share) {
        double sum = 0;
        for (int i : order) {
            sum += used.weights()[i];
            if (sum >= share) {
                return used.points()[i][j];
            }
        }
        return used.points()[order[order.length - 1]][j];
    }

    private Verified verify(Mixture q, ReferencePoints first, List<Followed> followed, int purpose) {
        ReferencePoints sample = DefensiveSample.of(target, q, settings.draws() / 2, seed(purpose), settings.threads());
        List<Check> checks = new ArrayList<>();
        boolean light = sample.kHat() < MOST_K;
        double worst = Double.POSITIVE_INFINITY;
        if (sample.logZ() > Double.NEGATIVE_INFINITY) {
            worst = worst(q, sample, sample.logZ(), chosen(sample, purpose + 1), purpose + 4);
        }
        int[] all = IntStream.range(0, first.size()).toArray();
        worst = Math.min(worst, worst(q, first, light ? sample.logZ() : first.logZ(), all, purpose + 5));
        double off = 0;
        double moved = 0;
        for (Followed f : followed) {
            double logMass = f.tracked.mass().logMass(q);
            off = Math.max(off, Math.abs(logMass - f.tracked.logReference()));
            if (f.direct == null) {
                double again = Math.log(Math.max(sample.mass(f.region), 1e-12));
                moved = Math.max(moved, Math.abs(again - f.tracked.logReference()));
            }
        }
        double effective = sample.logZ() > Double.NEGATIVE_INFINITY ? sample.effective() / sample.size() : 0;
        if (given.isEmpty()) {
            exceeds(checks, Check.Kind.RUNS_DISAGREE, runsGap, MOST_GAP);
        }
        if (!(sample.kHat() < GOOD_K)) {
            exceeds(checks, Check.Kind.EXPLORERS_MISSED_MASS, sample.logZ() - first.logZ(), MOST_GAP);
        }
        exceeds(checks, Check.Kind.HEAVY_WEIGHTS, sample.kHat(), MOST_K);
        below(checks, Check.Kind.FEW_EFFECTIVE, effective, LEAST_EFFECTIVE);
        exceeds(checks, Check.Kind.REGION_OFF, off, MOST_OFF);
        below(checks, Check.Kind.BALL_LOST, worst, LEAST_BALL);
        exceeds(checks, Check.Kind.MASSES_MOVE, moved, MOST_OFF);
        return new Verified(sample, worst, off, moved, checks);
    }

    private static void exceeds(List<Check> checks, Check.Kind kind, double value, double limit) {
        if (!(value < limit)) {
            checks.add(new Check(kind, value, limit));
        }
    }

    private static void below(List<Check> checks, Check.Kind kind, double value, double limit) {
        if (!(value > limit)) {
            checks.add(new Check(kind, value, limit));
        }
    }

    private int[] chosen(ReferencePoints sample, int purpose) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed(purpose));
        double[] cumulated = new double[sample.size()];
        double sum = 0;
        for (int i = 0; i < cumulated.length; i++) {
            sum += sample.weights()[i];
            cumulated[i] = sum;
        }
        int[] chosen = new int[300];
        for (int k = 0; k < chosen.length; k++) {
            int i = Arrays.binarySearch(cumulated, random.nextDouble() * sum);
            chosen[k] = Math.min(cumulated.length - 1, i < 0 ? -i - 1 : i);
        }
        return chosen;
    }

    private double worst(Mixture q, ReferencePoints points, double logZ, int[] candidates, int purpose) {
        double[] ratios = DefensiveSample.logDensities(q, points.points(), settings.threads());
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] -= points.logTarget()[i] - logZ;
        }
        return WorstBall.of(
                        points.points(),
                        points.weights(),
                        ratios,
                        candidates,
                        points.deviations(),
                        settings.threads(),
                        RandomSource.XO_SHI_RO_256_PP.create(seed(purpose)))
                .ratio();
    }

    private boolean worthExamining(Outcome outcome) {
        return settings.examines()
                && !cancelled()
                && spent() < settings.budget()
                && (outcome.fit == null || outcome.fit.ending() != FitEnding.UNREPRESENTED)
                && outcome.verified.checks.stream()
                        .anyMatch(c -> c.kind() == Check.Kind.HEAVY_WEIGHTS
                                || c.kind() == Check.Kind.FEW_EFFECTIVE
                                || c.kind() == Check.Kind.RUNS_DISAGREE
                                || c.kind() == Check.Kind.EXPLORERS_MISSED_MASS
                                || c.kind() == Check.Kind.MASSES_MOVE);
    }

    private DensityEvidence examine(Mixture q, List<Anchor> anchors) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed(12));
        double[][] points = q.sample(1000, random);
        double[][] columns = new double[d][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < d; j++) {
                columns[j][i] = points[i][j];
            }
        }
        DensityEvidence evidence = Referee.withDefaults()
                .withSeed(seed(13))
                .withThreads(settings.threads())
                .withBudget(Math.max(1, settings.budget() - spent()))
                .withLevel(settings.level())
                .withAnchors(anchors.stream().map(Anchor::point).toList())
                .withCancellation(settings.cancelled())
                .withProgress(p -> settings.progress().accept(0.55 + 0.25 * p))
                .examine(
                        evaluators,
                        Draws.of(ReferencePoints.names(d), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT));
        elsewhere += evidence.counts().evaluations();
        elsewhereFailed += evidence.counts().nan()
                + evidence.counts().infinite()
                + evidence.counts().thrown();
        return evidence;
    }

    private Optional<ReferencePoints> points(DensityEvidence evidence) {
        Optional<Draws> draws = evidence.draws();
        Optional<NormalisingConstant> logZ = evidence.logZ();
        if (draws.isEmpty() || logZ.isEmpty()) {
            return Optional.empty();
        }
        List<double[]> points = new ArrayList<>();
        List<Double> logs = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Chain chain : draws.get().chains()) {
            double[] target = chain.statistic("lp__").orElseThrow();
            for (int t = 0; t < chain.size(); t++) {
                double[] point = new double[d];
                chain.read(t, point);
                points.add(point);
                logs.add(target[t]);
                weights.add(chain.logWeight(t));
            }
        }
        ReferencePoints all = of(points, logs, weights);
        return Optional.of(new ReferencePoints(
                all.points(), all.weights(), all.logTarget(), logZ.get().logZ(), Double.NaN));
    }

    private LocalFidelityResult result(
            Mixture first,
            Outcome outcome,
            FirstLook.Outlook look,
            List<Anchor> anchors,
            @Nullable DensityEvidence examination) {
        Mixture q = outcome.q;
        Verified verified = outcome.verified;
        List<Check> checks = new ArrayList<>(verified.checks);
        long arrived =
                look.replicates().stream().filter(r -> r.points().length > 0).count();
        if (given.isEmpty() && arrived == 0) {
            checks.add(new Check(Check.Kind.NOTHING_FOUND, 0, 1));
        }
        if (!outcome.unmeasured.isEmpty()) {
            checks.add(new Check(Check.Kind.NOT_MEASURED, outcome.unmeasured.size(), 0));
        }
        if (examination != null && examination.verdict() != org.localmass.estimate.explore.Verdict.CONVERGED) {
            long doubts = examination.reasons().stream()
                    .filter(r -> r.doubt().withholds())
                    .count();
            checks.add(new Check(Check.Kind.NOT_CONVERGED, doubts, 0));
        }
        if (cancelled()) {
            checks.add(new Check(Check.Kind.CANCELLED, 1, 0));
        }
        FitResult fit = outcome.fit;
        Optional<Unrepresented> unrepresented = fit == null ? Optional.empty() : fit.unrepresented();
        boolean full = settings.family() != null || q.components() >= settings.mostComponents();
        Verdict verdict = unrepresented.isPresent() && full
                ? Verdict.UNREPRESENTED
                : checks.isEmpty() ? Verdict.OK : Verdict.UNVERIFIED;
        ReferencePoints sample = verified.sample;
        Optional<NormalisingConstant> long0 = examination == null ? Optional.empty() : examination.logZ();
        NormalisingConstant logZ = long0.orElseGet(() -> constant(sample));
        return new LocalFidelityResult(
                verdict,
                checks,
                q,
                settings.objective().label(),
                elbo(q, 1024, 14),
                logZ,
                plainK(q),
                sample.kHat(),
                sample.logZ() > Double.NEGATIVE_INFINITY ? sample.effective() / sample.size() : 0,
                verified.worstBall,
                regions(outcome, examination),
                unrepresented,
                trace,
                traced,
                passes,
                spent(),
                target.failures() + elsewhereFailed,
                new LocalFidelityResult.Searched(
                        look.starts(),
                        look.arrived(),
                        look.radii(),
                        (int) arrived,
                        look.replicates().size(),
                        settings.particles(),
                        look.scale(),
                        look.replicates().stream()
                                .mapToInt(FirstLook.Replicate::temperatures)
                                .max()
                                .orElse(0),
                        settings.anchors().size(),
                        look.peaks().size(),
                        anchors.size(),
                        first.mean(0),
                        first.deviations(0),
                        given.isPresent()),
                Optional.ofNullable(examination),
                settings.seed());
    }

    private NormalisingConstant constant(ReferencePoints sample) {
        if (sample.logZ() == Double.NEGATIVE_INFINITY) {
            return new NormalisingConstant(
                    Double.NaN, Double.NaN, Double.NaN, Double.NaN, target.evaluations(), List.of());
        }
        double error = Math.sqrt(Math.max(0, 1 / sample.effective() - 1.0 / sample.size()));
        double half = z() * error;
        return new NormalisingConstant(
                sample.logZ(),
                error,
                sample.logZ() - half,
                sample.logZ() + half,
                sample.size(),
                sample.kHat() < MOST_K ? List.of() : List.of(Caution.HEAVY_WEIGHTS));
    }

    private double z() {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability(0.5 * (1 - settings.level()));
    }

    private double plainK(Mixture q) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed(15));
        double[][] points = q.sample(PLAIN, random);
        double[] logs = q.logDensities(points);
        for (int i = 0; i < PLAIN; i++) {
            logs[i] = target.value(points[i]) - logs[i];
        }
        if (LogSum.of(logs, PLAIN) == Double.NEGATIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        ParetoDiagnostic diagnostic = ParetoSmoothing.of(logs).diagnostic();
        return switch (diagnostic.status()) {
            case FITTED -> diagnostic.kHat();
            case FLAT, TIED -> Double.NEGATIVE_INFINITY;
            case TOO_FEW -> Double.POSITIVE_INFINITY;
        };
    }

    private List<FittedRegion> regions(Outcome outcome, @Nullable DensityEvidence examination) {
        List<FittedRegion> regions = new ArrayList<>();
        ReferencePoints sample = outcome.verified.sample;
        boolean light = sample.kHat() < MOST_K;
        Draws draws = (light ? sample : outcome.reference).toDraws();
        DrawsMass masses = DrawsMass.withDefaults().withLevel(settings.level());
        FitResult fit = outcome.fit;
        boolean held = fit != null
                && settings.objective().constrains()
                && fit.unrepresented().isEmpty()
                && fit.ending() != FitEnding.KEPT_START;
        for (int k = 0; k < outcome.followed.size(); k++) {
            Followed f = outcome.followed.get(k);
            MassEstimate p = examination != null && !light
                    ? examination.mass(f.region)
                    : f.direct != null ? direct(f) : masses.estimate(draws, f.region, 1);
            double mass = Math.exp(Math.min(0, f.tracked.mass().logMass(outcome.q)));
            RegionOutcome price = fit == null ? null : fit.regions().get(k);
            regions.add(new FittedRegion(
                    f.name,
                    f.origin,
                    f.region,
                    p,
                    mass,
                    ratio(mass, p),
                    price == null ? Double.NaN : price.price(),
                    held));
        }
        for (NamedRegion region : named) {
            if (outcome.unmeasured.contains(region.name())) {
                MassEstimate p = examination != null
                        ? examination.mass(region.region())
                        : masses.estimate(draws, region.region(), 1);
                double mass = plainMass(outcome.q, region.region());
                regions.add(new FittedRegion(
                        region.name(),
                        RegionOrigin.REQUESTED,
                        region.region(),
                        p,
                        mass,
                        ratio(mass, p),
                        Double.NaN,
                        false));
            }
        }
        return regions;
    }

    private double plainMass(Mixture q, Region region) {
        Optional<FamilyMass> closed = FamilyMass.closedForm(region, q.family());
        if (closed.isPresent()) {
            return Math.exp(closed.get().logMass(q));
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed(16));
        double[] point = new double[d];
        int hits = 0;
        for (int i = 0; i < 100_000; i++) {
            q.sample(random, point);
            hits += region.contains(point) ? 1 : 0;
        }
        return hits / 100_000.0;
    }

    private MassEstimate direct(Followed f) {
        double log = f.tracked.logReference();
        double error = f.tracked.relativeError();
        double half = z() * error;
        double effective = error > 0 ? 1 / (error * error) : Double.POSITIVE_INFINITY;
        int inside = java.util.Objects.requireNonNull(f.direct).inside();
        return new MassEstimate(
                Math.exp(log),
                Math.exp(log - half),
                Math.min(1, Math.exp(log + half)),
                Math.min(effective, inside),
                Math.min(effective, inside) / Math.exp(log),
                inside,
                inside,
                List.of());
    }

    private static RatioEstimate ratio(double mass, MassEstimate p) {
        return new RatioEstimate(
                mass / p.estimate(),
                p.upper() > 0 ? mass / p.upper() : 0,
                p.lower() > 0 ? mass / p.lower() : Double.POSITIVE_INFINITY);
    }
}
