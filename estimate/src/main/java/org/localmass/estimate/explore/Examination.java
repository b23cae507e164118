package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;

/** One search of a {@link Referee}: its steps and what they leave behind. */
final class Examination {
    private static final int RUNS = 8;
    private static final int PARTICLES = 300;
    private static final int LONG_PARTICLES = 990;
    private static final int PLAIN_PARTICLES = 600;
    private static final int DRAWS = 8000;
    private static final int STAGES = 7;
    private static final int STAGES_PLAIN = 2;
    private static final int RESAMPLED = 2400;
    private static final double MOST_K = 0.7;
    private static final double LEAST_EFFECTIVE = 600;
    private static final double DEFENCE = 0.05;
    private static final double DEFENCE_SCALE = 2;
    private static final double MEMORY = 0.1;
    private static final int MOST_ADDED = 12;
    private static final int MANY_TEMPERATURES = 40;
    private static final double ROUGH = 0.2;
    // stages of the random streams; 0 to 2 belong to the exploration
    private static final int WEIGHTS = 10;
    private static final int STAGE = 30;
    private static final int FIT = 50;
    private static final int LONG = 70;
    private static final int ASCENTS = 90;
    private static final int BALLS = 110;
    // starts of further ascents
    private static final int UNCOVERED = 4;
    private static final int SPACED = 8;
    private static final int HEAVIEST = 8;

    private final Referee options;
    private final Evaluator evaluator;
    private final Draws approximation;
    private final Spread spread;
    private final Streams streams;
    private final int dimension;
    private final List<StageRecord> records = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private MultiStart.Found found = new MultiStart.Found(List.of(), 0);
    private List<ModeCheck> modeChecks = List.of();
    private @Nullable SlopeCheck slope;

    Examination(Referee options, Supplier<? extends LogDensity.Differentiable> target, Draws approximation) {
        this.options = options;
        this.approximation = approximation;
        this.spread = Spread.of(approximation);
        this.evaluator = new Evaluator(target, options.threads());
        this.streams = new Streams(options.seed());
        this.dimension = approximation.dimension();
    }

    /** What a stage leaves for the next one. */
    private record Stage(
            MapMixture mixture, Ensemble runs, ImportanceSample weights, Battery battery, StageRecord record) {}

    private long left() {
        return options.budget() - evaluator.counts().evaluations();
    }

    private boolean cancelled() {
        return options.cancelled().getAsBoolean();
    }

    DensityEvidence run() {
        Exploration exploration = Exploration.of(
                evaluator, spread, streams, options.effort(), options.anchors(), options.budget(), options.cancelled());
        options.progress().accept(0.2);
        List<Run> arrived = exploration.arrived();
        found = exploration.found();
        List<Stage> stages = new ArrayList<>();
        List<Run> longRuns = List.of();
        if (arrived.isEmpty()) {
            stopped();
            if (reasons.isEmpty()) {
                reasons.add(Reason.of(Doubt.NOTHING_FOUND, 0, 1));
            }
        } else {
            stages = stages(arrived);
            if (!stages.isEmpty()) {
                longRuns = produce(stages, arrived);
            }
        }
        options.progress().accept(1);
        return evidence(exploration, arrived, stages, longRuns);
    }

    private Reason ended(Doubt doubt) {
        return Reason.of(doubt, (double) evaluator.counts().evaluations(), (double) options.budget());
    }

    /** Notes why the search ended early, if it did. */
    private boolean stopped() {
        if (cancelled()) {
            reasons.add(ended(Doubt.CANCELLED));
            return true;
        }
        if (left() <= 0) {
            reasons.add(ended(Doubt.BUDGET));
            return true;
        }
        return false;
    }

    private List<Stage> stages(List<Run> arrived) {
        Ensemble explorers = new Ensemble(arrived);
        Pool explored = Pool.of(arrived, 0.5);
        Pool pool = explored;
        DriverMap defence = Exploration.broad(spread, DEFENCE_SCALE);
        MapMixture learned = options.transform() ? learn(explored, 0) : MapMixture.of(defence);
        climb(starts(arrived, learned), 0);
        double logZ = explorers.logZ();
        List<Stage> stages = new ArrayList<>();
        int most = options.transform() ? STAGES : STAGES_PLAIN;
        for (int s = 0; s < most; s++) {
            MapMixture base = options.transform() ? learned.forSampling(defence, DEFENCE) : learned;
            int added = 0;
            List<DriverMap> maps = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (Candidate candidate : candidates) {
                if (added < MOST_ADDED && candidate.needed(pool, learned, logZ)) {
                    added++;
                    maps.add(candidate.map);
                    double share = s == 0 || candidate.missed
                            ? Math.exp(candidate.optimum.logZ() - LogSum.of(logZ, candidate.optimum.logZ()))
                            : candidate.share;
                    shares.add(Math.max(0.02, Math.min(0.4, share)));
                }
            }
            MapMixture mixture = joined(base, maps, shares);
            Stage stage = sample(s, mixture, added, stages);
            if (stage == null) {
                break;
            }
            stages.add(stage);
            options.progress().accept(0.2 + 0.5 * (s + 1) / most);
            logZ = stage.runs.logZ();
            climb(heaviest(stage.weights), s + 1);
            boolean agreeing = weigh(stage, explorers);
            StageRecord now = stage.record;
            boolean before = s >= 1
                    && stages.get(s - 1).record.good()
                    && (stages.get(s - 1).record.stable() || !withDrivers(mixture));
            if (s >= 1 && agreeing && now.agreed() && now.stable() && now.logSpread() < 0.5 && now.good() && before) {
                break;
            }
            if (s == most - 1 || stopped()) {
                break;
            }
            if (options.transform()) {
                Pool particles = Pool.of(stage.runs.runs(), 0);
                if (stage.weights.effective() > 500) {
                    int[] chosen = stage.weights.resampled(streams.of(FIT + s, 1), RESAMPLED);
                    particles = particles.plus(Pool.of(stage.weights, chosen, dimension), 1);
                }
                if (s < 2) {
                    particles = particles.plus(explored, MEMORY);
                } else {
                    pool = particles;
                }
                learned = learn(particles, s + 1);
            }
        }
        return stages;
    }

    /** Ascends from points and keeps the optima that were not known. */
    private void climb(List<double[]> from, int s) {
        if (left() > 0 && !cancelled()) {
            found = new MultiStart(evaluator, spread, streams, ASCENTS + 2 * s).further(found, from);
        }
        // known optima keep their places
        for (int k = candidates.size(); k < found.optima().size() && left() > 0 && !cancelled(); k++) {
            Optimum optimum = found.optima().get(k);
            candidates.add(new Candidate(
                    optimum,
                    Exploration.student(optimum.point(), optimum.covariance()),
                    ModeBall.of(optimum, evaluator, streams, BALLS, k)));
        }
    }

    /**
     * Particles of explorers to ascend from: of each, those that the learned density covers least and some others; and the
     * highest of each component.
     */
    private List<double[]> starts(List<Run> arrived, MapMixture learned) {
        List<double[]> starts = new ArrayList<>();
        MapScratch scratch = new MapScratch(dimension);
        double[] shares = new double[learned.components()];
        double[] x = new double[dimension];
        double[] highest = new double[learned.components()];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        double[][] tops = new double[learned.components()][];
        for (Run run : arrived) {
            double[] ratios = new double[run.size()];
            for (int i = 0; i < run.size(); i++) {
                System.arraycopy(run.points(), i * dimension, x, 0, dimension);
                ratios[i] = run.logTarget()[i] - learned.logDensity(x, shares, scratch);
                int nearest = 0;
                for (int k = 1; k < shares.length; k++) {
                    nearest = shares[k] > shares[nearest] ? k : nearest;
                }
                if (run.logTarget()[i] > highest[nearest]) {
                    highest[nearest] = run.logTarget()[i];
                    tops[nearest] = x.clone();
                }
            }
            for (int i : largest(ratios, UNCOVERED)) {
                starts.add(point(run.points(), i));
            }
            for (int k = 0; k < SPACED; k++) {
                starts.add(point(run.points(), (2 * k + 1) * run.size() / (2 * SPACED)));
            }
        }
        for (double[] top : tops) {
            if (top != null) {
                starts.add(top);
            }
        }
        return starts;
    }

    /** The draws of the largest weights. */
    private List<double[]> heaviest(ImportanceSample sample) {
        List<double[]> starts = new ArrayList<>();
        for (int i : largest(sample.logWeights(), HEAVIEST)) {
            starts.add(point(sample.points(), i));
        }
        return starts;
    }

    private static int[] largest(double[] values, int count) {
        return IntStream.range(0, values.length)
                .filter(i -> values[i] > Double.NEGATIVE_INFINITY)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private double[] point(double[] points, int i) {
        return Arrays.copyOfRange(points, i * dimension, (i + 1) * dimension);
    }

    /** Whether the masses next to the optima agree with draws of their own; marks the optima where they do not. */
    private boolean weigh(Stage stage, Ensemble explorers) {
        boolean agreeing = true;
        for (Candidate candidate : candidates) {
            if (!candidate.ball.usable()) {
                continue;
            }
            ModeCheck runs = candidate.ball.against(stage.runs, explorers);
            boolean differs = runs.disagrees() || runs.lost();
            if (stage.record.good()) {
                differs |= candidate.ball.against(stage.weights).disagrees();
            }
            candidate.missed |= differs;
            agreeing &= !differs;
        }
        return agreeing;
    }

    /** The same of the runs that the result is made of: what is left is a doubt. */
    private void weigh(Ensemble used, Ensemble explorers) {
        List<ModeCheck> checks = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.ball.usable()) {
                checks.add(candidate.ball.against(used, explorers));
            }
        }
        modeChecks = List.copyOf(checks);
        checks.stream()
                .filter(ModeCheck::disagrees)
                .max(Comparator.comparingDouble(ModeCheck::z))
                .ifPresent(worst -> reasons.add(Reason.of(Doubt.MODE_DISAGREES, worst.z(), ModeCheck.LIMIT)));
        long lost = checks.stream().filter(ModeCheck::lost).count();
        if (lost > 0) {
            reasons.add(Reason.of(Doubt.MODE_LOST, (double) lost, 0));
        }
    }

    /** Whether the map has drivers that its neck could hide behind. */
    private boolean withDrivers(MapMixture mixture) {
        return dimension > 2 && mixture.hasDrivers();
    }

    private MapMixture learn(Pool pool, int stage) {
        double[][] points = new double[pool.size()][dimension];
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(pool.points(), i * dimension, points[i], 0, dimension);
        }
        return MixtureFit.withDefaults()
                .fit(points, pool.weights(), streams.of(FIT + stage, 0).nextLong())
                .mixture();
    }

    /** An optimum as a component of the mixture. */
    private static final class Candidate {
        final Optimum optimum;
        final DriverMap map;
        final ModeBall ball;
        double share;
        /** Whether a stage gave it another mass than its own draws; its component then stays. */
        boolean missed;

        Candidate(Optimum optimum, DriverMap map, ModeBall ball) {
            this.optimum = optimum;
            this.map = map;
            this.ball = ball;
        }

        /** Whether the mixture gives too little to the optimum, or few points describe it; updates its share. */
        boolean needed(Pool pool, MapMixture mixture, double logZ) {
            int d = pool.dimension();
            MapScratch scratch = new MapScratch(d);
            double[] x = new double[d];
            double[] z = new double[d];
            int count = 0;
            double inside = 0;
            for (int i = 0; i < pool.size(); i++) {
                System.arraycopy(pool.points(), i * d, x, 0, d);
                map.toBase(x, z, scratch);
                double square = 0;
                for (double value : z) {
                    square += value * value;
                }
                if (square < 2 * d) {
                    count++;
                    inside += pool.weights()[i];
                }
            }
            share = inside / pool.total();
            double covered = mixture.logDensity(optimum.point(), new double[mixture.components()], scratch);
            return missed || optimum.logDensity() - logZ - covered > Math.log(3) || (d > 4 && count < 10 * d);
        }
    }

    private static MapMixture joined(MapMixture base, List<DriverMap> more, List<Double> shares) {
        if (more.isEmpty()) {
            return base;
        }
        double rest = Math.max(
                0.3, 1 - shares.stream().mapToDouble(Double::doubleValue).sum());
        List<DriverMap> maps = new ArrayList<>();
        double[] weights = new double[base.components() + more.size()];
        for (int k = 0; k < base.components(); k++) {
            maps.add(base.map(k));
            weights[k] = rest * base.weight(k);
        }
        for (int k = 0; k < more.size(); k++) {
            maps.add(more.get(k));
            weights[base.components() + k] = shares.get(k);
        }
        return MapMixture.of(maps, weights);
    }

    /** Draws, runs and compares; null where no run arrived. */
    private @Nullable Stage sample(int s, MapMixture mixture, int added, List<Stage> stages) {
        ImportanceSample weights = ImportanceSample.of(mixture, evaluator, streams, WEIGHTS + s, DRAWS);
        List<Run> runs = runs(Tempering.stage(PARTICLES), mixture, STAGE + s);
        if (runs.size() < 2) {
            if (!stopped()) {
                reasons.add(Reason.of(Doubt.NOTHING_FOUND, runs.size(), 2));
            }
            return null;
        }
        Ensemble ensemble = new Ensemble(runs);
        Battery battery = new Battery(ensemble, dimension);
        double limit = battery.limit();
        Battery.Worst cross = battery.between(ensemble, weights);
        boolean good = weights.kHat() < MOST_K && weights.effective() > LEAST_EFFECTIVE;
        double gap = ensemble.logZ() - weights.logZ();
        boolean agreed = cross.z() < limit + 0.8
                && (Math.abs(gap) < 0.05 || Math.abs(gap) < 3.5 * Math.hypot(ensemble.logError(), weights.logError()));
        double moved = Double.NaN;
        double drawsMoved = Double.NaN;
        boolean stable = false;
        if (!stages.isEmpty()) {
            Stage before = stages.get(stages.size() - 1);
            moved = battery.between(ensemble, before.runs).z();
            drawsMoved = battery.between(weights, before.weights).z();
            stable = moved < limit + 0.3
                    && (drawsMoved < limit + 0.8 || !good)
                    && Math.abs(ensemble.logZ() - before.runs.logZ())
                            < Math.max(0.1, 3.5 * Math.hypot(ensemble.logError(), before.runs.logError()));
        }
        int drivers = 0;
        for (int k = 0; k < mixture.components(); k++) {
            drivers = Math.max(drivers, mixture.map(k).drivers());
        }
        StageRecord record = new StageRecord(
                mixture.components(),
                drivers,
                added,
                weights.kHat(),
                weights.effective(),
                ensemble.logZ(),
                ensemble.logError(),
                weights.logZ(),
                weights.logError(),
                ensemble.logSpread(),
                cross.z(),
                moved,
                drawsMoved,
                temperatures(runs),
                evaluator.counts().evaluations(),
                agreed,
                stable,
                good);
        records.add(record);
        return new Stage(mixture, ensemble, weights, battery, record);
    }

    private static int temperatures(List<Run> runs) {
        return runs.stream().mapToInt(run -> run.betas().length).max().orElse(0);
    }

    /** Runs from a mixture; those that arrived. */
    private List<Run> runs(Tempering tempering, MapMixture mixture, int stage) {
        long cap = Math.max(0, left()) / RUNS;
        List<Run> runs = evaluator.map(
                RUNS, (density, r) -> tempering.run(mixture, density, streams.of(stage, r), cap, options.cancelled()));
        return runs.stream().filter(Run::reached).toList();
    }

    /** The longer runs, and all the doubts. */
    private List<Run> produce(List<Stage> stages, List<Run> arrived) {
        Stage last = stages.get(stages.size() - 1);
        List<Run> made = List.of();
        if (reasons.isEmpty()) {
            int particles = withDrivers(last.mixture) ? LONG_PARTICLES : PLAIN_PARTICLES;
            made = runs(Tempering.production(particles), last.mixture, LONG);
            if (made.size() < RUNS) {
                if (!stopped()) {
                    reasons.add(ended(Doubt.BUDGET));
                }
                made = made.size() < 3 ? List.of() : made;
            }
        }
        doubt(stages, last, made);
        if (options.veto() && !made.isEmpty() && withDrivers(last.mixture)) {
            balance(last.mixture, made, arrived);
        }
        return made;
    }

    /** Compares the marginals of the drivers with what the slope of the density says of them. */
    private void balance(MapMixture mixture, List<Run> made, List<Run> arrived) {
        DriverBalance.Marginal worst = DriverBalance.worst(mixture, new Ensemble(made));
        if (worst == null) {
            return;
        }
        DriverBalance.Marginal control =
                arrived.size() < 3 ? null : DriverBalance.worst(mixture, new Ensemble(arrived));
        Reason.Contrast where = new Reason.Contrast(worst.parameter(), worst.bound(), worst.byRuns(), worst.bySlope());
        slope = new SlopeCheck(worst.z(), DriverBalance.LIMIT, where, control == null ? Double.NaN : control.z());
        if (worst.z() > DriverBalance.LIMIT) {
            reasons.add(new Reason(Doubt.SLOPE_DISAGREES, worst.z(), DriverBalance.LIMIT, Optional.of(where)));
        }
    }

    private void doubt(List<Stage> stages, Stage last, List<Run> made) {
        double limit = last.battery.limit();
        StageRecord now = last.record;
        Battery.Worst cross = last.battery.between(last.runs, last.weights);
        if (cross.z() >= limit + 0.8) {
            reasons.add(
                    new Reason(Doubt.ESTIMATORS_DISAGREE, cross.z(), limit + 0.8, Optional.ofNullable(cross.where())));
        } else if (!now.agreed()) {
            reasons.add(Reason.of(
                    Doubt.CONSTANTS_DISAGREE,
                    Math.abs(now.logZ() - now.weightedLogZ()) / Math.hypot(now.logError(), now.weightedError()),
                    3.5));
        }
        if (stages.size() < 2) {
            reasons.add(Reason.of(Doubt.STILL_MOVING, Double.POSITIVE_INFINITY, limit + 0.3));
        } else {
            Stage before = stages.get(stages.size() - 2);
            if (!now.stable()) {
                Battery.Worst moved = last.battery.between(last.runs, before.runs);
                Battery.Worst drawsMoved = last.battery.between(last.weights, before.weights);
                if (moved.z() >= limit + 0.3) {
                    reasons.add(
                            new Reason(Doubt.STILL_MOVING, moved.z(), limit + 0.3, Optional.ofNullable(moved.where())));
                } else if (now.good() && drawsMoved.z() >= limit + 0.8) {
                    reasons.add(new Reason(
                            Doubt.STILL_MOVING, drawsMoved.z(), limit + 0.8, Optional.ofNullable(drawsMoved.where())));
                } else {
                    reasons.add(Reason.of(Doubt.CONSTANT_MOVING, Math.abs(now.logZ() - before.record.logZ()), 0.1));
                }
            }
            weak(before.record);
        }
        weak(now);
        double spreadOfRuns = now.logSpread();
        double limitOfRuns = 0.5;
        if (!made.isEmpty()) {
            Ensemble ensemble = new Ensemble(made);
            Battery.Worst contrast = last.battery.between(ensemble, last.runs);
            if (contrast.z() >= limit + 0.8) {
                reasons.add(new Reason(
                        Doubt.LONG_RUNS_DISAGREE, contrast.z(), limit + 0.8, Optional.ofNullable(contrast.where())));
            }
            if (spreadOfRuns < limitOfRuns) {
                spreadOfRuns = ensemble.logSpread();
                limitOfRuns = 0.3;
            }
            int most = temperatures(made);
            if (most > MANY_TEMPERATURES) {
                reasons.add(Reason.of(Doubt.MANY_TEMPERATURES, most, MANY_TEMPERATURES));
            }
            double least = made.stream().mapToDouble(Run::acceptance).min().orElse(1);
            if (least < ROUGH) {
                reasons.add(Reason.of(Doubt.ROUGH_PATH, least, ROUGH));
            }
        }
        if (spreadOfRuns >= limitOfRuns) {
            reasons.add(Reason.of(Doubt.RUNS_DISAGREE, spreadOfRuns, limitOfRuns));
        }
    }

    private void weak(StageRecord record) {
        if (reasons.stream().anyMatch(r -> r.doubt() == Doubt.HEAVY_WEIGHTS || r.doubt() == Doubt.FEW_EFFECTIVE)) {
            return;
        }
        if (!(record.kHat() < MOST_K)) {
            reasons.add(Reason.of(Doubt.HEAVY_WEIGHTS, record.kHat(), MOST_K));
        } else if (!(record.effective() > LEAST_EFFECTIVE)) {
            reasons.add(Reason.of(Doubt.FEW_EFFECTIVE, record.effective(), LEAST_EFFECTIVE));
        }
    }

    private DensityEvidence evidence(
            Exploration exploration, List<Run> arrived, List<Stage> stages, List<Run> longRuns) {
        List<Run> used = new ArrayList<>(longRuns);
        boolean drivers = false;
        List<List<Run>> sequence = new ArrayList<>();
        List<ImportanceSample> samples = new ArrayList<>();
        if (!stages.isEmpty()) {
            int last = stages.size() - 1;
            drivers = withDrivers(stages.get(last).mixture);
            for (int s = Math.max(0, last - 1); s <= last; s++) {
                sequence.add(stages.get(s).runs.runs());
            }
            for (int s = Math.max(0, last - 2); s <= last; s++) {
                samples.add(stages.get(s).weights);
            }
            if (!longRuns.isEmpty()) {
                sequence.add(longRuns);
            }
            if (longRuns.isEmpty() || !drivers) {
                used.addAll(stages.get(last).runs.runs());
                if (last > 0 && stages.get(last - 1).record.good()) {
                    used.addAll(stages.get(last - 1).runs.runs());
                }
            }
        } else {
            used.addAll(arrived);
        }
        List<Mode> modes = List.of();
        if (used.size() > 1) {
            Ensemble ensemble = new Ensemble(used);
            modes = ModeShares.of(found.optima(), exploration, ensemble, options.level());
            weigh(ensemble, new Ensemble(arrived));
            double once = modes.stream().filter(mode -> mode.explorers() == 1).count();
            if (once > 0) {
                reasons.add(Reason.of(Doubt.FOUND_ONCE, once, 0));
            }
        }
        EvaluationCounts counts = evaluator.counts();
        long failed = counts.nan() + counts.infinite() + counts.thrown();
        if (failed > 0) {
            reasons.add(Reason.of(Doubt.DENSITY_FAILED, (double) failed, 0));
        }
        Search search = new Search(
                exploration.explorers(),
                options.anchors().size(),
                exploration.starts(),
                exploration.found().converged(),
                Mode.boxed(MultiStart.RADII),
                stages.size(),
                RUNS,
                DRAWS,
                temperatures(longRuns.isEmpty() ? used : longRuns),
                options.transform());
        Verdict verdict =
                reasons.stream().anyMatch(r -> r.doubt().withholds()) ? Verdict.INCONCLUSIVE : Verdict.CONVERGED;
        return new DensityEvidence(
                approximation.names(),
                options.level(),
                verdict,
                reasons,
                counts,
                search,
                records,
                slope,
                modeChecks,
                modes,
                exploration.runs(),
                used,
                sequence,
                samples,
                drivers);
    }
}
