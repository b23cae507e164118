package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;

/**
 * What the search of a {@link Referee} would find: modes of known width are added to the user's own density, and the search
 * is made again. Immutable.
 *
 * <p>A replicate adds one normal mode of each width s in {1, 0.5, 0.25, 0.1}, with covariance \( s^2 \) times that of the
 * mass found and 5 % of it, in a random direction 5 to 9 standard deviations away (times \( \sqrt{d/10} \) from d = 10
 * on). Found: 3 particles of an explorer, or an optimum, within 1.5 sqrt(d) widths. The modes compete with each other,
 * so that the counts are a little too low.
 * <br>Cost: a replicate takes as many evaluations as the exploration did.
 */
public final class PlantedModes {
    private static final PlantedModes DEFAULT = new PlantedModes(1, 1, 1, 1);
    private static final double[] WIDTHS = {1, 0.5, 0.25, 0.1};
    private static final double MASS = 0.05;
    private static final double NEAREST = 5;
    private static final double FARTHEST = 9;
    private static final double NEAR = 1.5;
    private static final int ENOUGH = 3;
    private static final int PLACES = 90;
    private static final int SEARCH = 100;

    private final long seed;
    private final int threads;
    private final int replicates;
    private final double effort;

    private PlantedModes(long seed, int threads, int replicates, double effort) {
        this.seed = seed;
        this.threads = threads;
        this.replicates = replicates;
        this.effort = effort;
    }

    /** Seed 1, one thread, one replicate, effort 1. */
    public static PlantedModes withDefaults() {
        return DEFAULT;
    }

    /** The seed of places and searches. */
    public PlantedModes withSeed(long value) {
        return new PlantedModes(value, threads, replicates, effort);
    }

    /** The number of threads. */
    public PlantedModes withThreads(int value) {
        return new PlantedModes(seed, Arguments.positive("threads", value), replicates, effort);
    }

    /** How often a mode of each width is planted and searched. */
    public PlantedModes withReplicates(int value) {
        return new PlantedModes(seed, threads, Arguments.positive("replicates", value), effort);
    }

    /** The effort of the search whose power is measured, as {@link Referee#withEffort}. */
    public PlantedModes withEffort(double value) {
        return new PlantedModes(seed, threads, replicates, Arguments.positive("effort", value));
    }

    /**
     * How often modes of a width were found.
     *
     * @param width     in standard deviations of the mass found
     * @param planted   modes
     * @param found     of these by a particle or an ascent
     * @param byAscents of these by an ascent
     * @param explorers of these by explorers: for each mode, how many of the six
     */
    public record Power(double width, int planted, int found, int byAscents, List<Integer> explorers) {
        public Power {
            explorers = List.copyOf(explorers);
        }
    }

    /**
     * The counts, from wide to narrow.
     *
     * @param powers of each width
     * @param counts evaluations
     */
    public record Result(List<Power> powers, EvaluationCounts counts) {
        public Result {
            powers = List.copyOf(powers);
        }
    }

    /**
     * Plants and searches.
     *
     * @param evaluators    makes evaluators of the log density
     * @param approximation the draws about which the referee searched
     * @param evidence      what it found
     * @throws IllegalArgumentException if the referee found no mass
     */
    public Result measure(
            Supplier<? extends LogDensity.Differentiable> evaluators, Draws approximation, DensityEvidence evidence) {
        Draws found =
                evidence.draws().orElseThrow(() -> new IllegalArgumentException("evidence must hold draws, had none"));
        double logZ = evidence.logZ()
                .map(NormalisingConstant::logZ)
                .orElseThrow(() -> new IllegalArgumentException("evidence must hold log Z, had none"));
        Spread whole = Spread.of(found);
        Spread about = Spread.of(approximation);
        int d = whole.dimension();
        double[] factor = Triangular.factor(whole.covariance(), d, 1e-10);
        int[] hits = new int[WIDTHS.length];
        int[] ascents = new int[WIDTHS.length];
        List<List<Integer>> explorers = new ArrayList<>();
        for (int k = 0; k < WIDTHS.length; k++) {
            explorers.add(new ArrayList<>());
        }
        EvaluationCounts counts = EvaluationCounts.NONE;
        for (int replicate = 0; replicate < replicates; replicate++) {
            List<PlantedDensity.Planted> modes =
                    plant(new Streams(seed).of(PLACES, replicate), whole.mean(), factor, logZ + Math.log(MASS));
            Evaluator evaluator = new Evaluator(() -> new PlantedDensity(evaluators.get(), modes, factor), threads);
            Exploration exploration = Exploration.of(
                    evaluator,
                    about,
                    new Streams(new Streams(seed).of(SEARCH, replicate).nextLong()),
                    effort,
                    List.of(),
                    Long.MAX_VALUE,
                    () -> false);
            counts = counts.plus(evaluator.counts());
            for (int k = 0; k < WIDTHS.length; k++) {
                PlantedDensity.Planted mode = modes.get(k);
                Inside near = (points, offset) ->
                        PlantedDensity.squaredDistance(mode, factor, points, offset) < NEAR * NEAR * d;
                int seen = 0;
                for (Run run : exploration.runs()) {
                    seen += Ensemble.visits(run, near) >= ENOUGH ? 1 : 0;
                }
                boolean climbed =
                        exploration.found().optima().stream().anyMatch(optimum -> near.test(optimum.point(), 0));
                explorers.get(k).add(seen);
                ascents[k] += climbed ? 1 : 0;
                hits[k] += seen > 0 || climbed ? 1 : 0;
            }
        }
        List<Power> powers = new ArrayList<>();
        for (int k = 0; k < WIDTHS.length; k++) {
            powers.add(new Power(WIDTHS[k], replicates, hits[k], ascents[k], explorers.get(k)));
        }
        return new Result(powers, counts);
    }

    /**
     * Plants modes and looks again: what a {@link FirstLook} finds, its runs as explorers.
     *
     * @param look          the look whose power is measured
     * @param evaluators    makes evaluators of the log density
     * @param mean          of the approximation about which it looks
     * @param deviation     its standard deviations
     * @param approximation draws of a fit: their covariance sets the widths and distances of the modes
     * @param logZ          of the target
     */
    public Result measure(
            FirstLook look,
            Supplier<? extends LogDensity.Differentiable> evaluators,
            double[] mean,
            double[] deviation,
            Draws approximation,
            double logZ) {
        Spread whole = Spread.of(approximation);
        int d = whole.dimension();
        double[] factor = Triangular.factor(whole.covariance(), d, 1e-10);
        int[] hits = new int[WIDTHS.length];
        int[] ascents = new int[WIDTHS.length];
        List<List<Integer>> runs = new ArrayList<>();
        for (int k = 0; k < WIDTHS.length; k++) {
            runs.add(new ArrayList<>());
        }
        EvaluationCounts counts = EvaluationCounts.NONE;
        for (int replicate = 0; replicate < replicates; replicate++) {
            List<PlantedDensity.Planted> modes =
                    plant(new Streams(seed).of(PLACES, replicate), whole.mean(), factor, logZ + Math.log(MASS));
            FirstLook.Outlook outlook = look.withSeed(
                            new Streams(seed).of(SEARCH, replicate).nextLong())
                    .withThreads(threads)
                    .withAnchors(List.of())
                    .look(() -> new PlantedDensity(evaluators.get(), modes, factor), mean, deviation);
            counts = counts.plus(outlook.counts());
            for (int k = 0; k < WIDTHS.length; k++) {
                PlantedDensity.Planted mode = modes.get(k);
                Inside near = (points, offset) ->
                        PlantedDensity.squaredDistance(mode, factor, points, offset) < NEAR * NEAR * d;
                int seen = 0;
                for (FirstLook.Replicate run : outlook.replicates()) {
                    int inside = 0;
                    for (double[] point : run.points()) {
                        inside += near.test(point, 0) ? 1 : 0;
                    }
                    seen += inside >= ENOUGH ? 1 : 0;
                }
                boolean climbed = outlook.peaks().stream().anyMatch(peak -> near.test(peak.point(), 0));
                runs.get(k).add(seen);
                ascents[k] += climbed ? 1 : 0;
                hits[k] += seen > 0 || climbed ? 1 : 0;
            }
        }
        List<Power> powers = new ArrayList<>();
        for (int k = 0; k < WIDTHS.length; k++) {
            powers.add(new Power(WIDTHS[k], replicates, hits[k], ascents[k], runs.get(k)));
        }
        return new Result(powers, counts);
    }

    private static List<PlantedDensity.Planted> plant(
            UniformRandomProvider random, double[] mean, double[] factor, double logMass) {
        int d = mean.length;
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        List<PlantedDensity.Planted> modes = new ArrayList<>();
        for (double width : WIDTHS) {
            double[] u = new double[d];
            double square = 0;
            for (int j = 0; j < d; j++) {
                u[j] = gaussian.sample();
                square += u[j] * u[j];
            }
            double distance = (NEAREST + (FARTHEST - NEAREST) * random.nextDouble())
                    * Math.max(1, Math.sqrt(d / 10.0))
                    / Math.sqrt(square);
            double[] centre = new double[d];
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += factor[i * d + j] * u[j];
                }
                centre[i] = mean[i] + distance * sum;
            }
            modes.add(new PlantedDensity.Planted(centre, width, logMass));
        }
        return modes;
    }
}
