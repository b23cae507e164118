package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;
import org.localmass.core.internal.Arguments;

/**
 * The fit of a {@link MapMixture} to weighted points. Immutable.
 *
 * <p>For K = 1, 2, 3, 4, 6, 8, 12, 16, 20, 24 components: {@link KMeans}, twelve steps of soft EM with maps without drivers, drivers
 * chosen for each component that has more than 150 effective points (at most six for K = 1, else two), two more steps.
 * Fitted to two thirds of the points; K is raised as long as the mean log density of the other third rises by more than
 * .02 nats (one failure ends it, two in up to three dimensions). The mixture chosen is fitted once more to all.
 *
 * <p>Work: at most 2400 points are used, drawn by weight if there are more, and a component needs at least 25 points and
 * half as many as there are dimensions, so that K is small where d is large. The same result at any number of threads.
 */
final class MixtureFit {
    private static final MixtureFit DEFAULT = new MixtureFit(24, 2400);
    private static final int[] COMPONENTS = {1, 2, 3, 4, 6, 8, 12, 16, 20, 24};
    private static final int LEAST_POINTS = 25;
    private static final int PLAIN_STEPS = 12;
    private static final int DRIVER_STEPS = 2;
    private static final double LEAST_FOR_DRIVERS = 150;
    private static final double GAIN = 0.02;

    private final int maxComponents;
    private final int maxPoints;

    private MixtureFit(int maxComponents, int maxPoints) {
        this.maxComponents = maxComponents;
        this.maxPoints = maxPoints;
    }

    /** Up to 24 components, 2400 points. */
    static MixtureFit withDefaults() {
        return DEFAULT;
    }

    MixtureFit withMaxComponents(int components) {
        return new MixtureFit(Arguments.positive("maxComponents", components), maxPoints);
    }

    MixtureFit withMaxPoints(int points) {
        return new MixtureFit(maxComponents, Arguments.positive("maxPoints", points));
    }

    /** One number of components that was tried: how many asked for, how many left, mean log density of the third held out. */
    record Trial(int asked, int components, double heldOut) {}

    /** The mixture chosen and what was tried. */
    record Result(MapMixture mixture, List<Trial> trials) {
        Result {
            trials = List.copyOf(trials);
        }
    }

    /**
     * Fits a mixture.
     *
     * @param points  n rows of d finite values, not modified
     * @param weights n values, finite and not negative, of positive sum, in any unit
     * @param seed    of the resampling, the split and k-means
     */
    Result fit(double[][] points, double[] weights, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        WeightedPoints all = resampled(WeightedPoints.of(points, weights), random);
        int n = all.size();
        int[] order = shuffled(n, random);
        WeightedPoints train = part(all, order, 0, 2 * n / 3);
        WeightedPoints held = part(all, order, 2 * n / 3, n);
        if (train == null || held == null) {
            return new Result(MapMixture.of(MapFit.plain(all).map()), List.of());
        }
        double[][] reduced = KMeans.coordinates(train);
        int d = all.dimension();
        List<Trial> trials = new ArrayList<>();
        MapMixture best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        int failures = 0;
        for (int k : COMPONENTS) {
            if (k > 1 && (k > maxComponents || train.size() / k < LEAST_POINTS)) {
                break;
            }
            MapMixture mixture = trial(train, held, k, reduced, random);
            if (mixture == null) {
                break;
            }
            double score = mean(held, mixture);
            trials.add(new Trial(k, mixture.components(), score));
            if (best == null || score > bestScore + GAIN) {
                best = mixture;
                bestScore = score;
                failures = 0;
            } else if (++failures >= (d <= 3 ? 2 : 1)) {
                break;
            }
        }
        if (best == null) {
            best = MapMixture.of(MapFit.plain(train).map());
        }
        MapMixture again = refit(all, responsibilities(all, best), like(best));
        return new Result(again != null && again.components() == best.components() ? again : best, trials);
    }

    private WeightedPoints resampled(WeightedPoints points, UniformRandomProvider random) {
        if (points.size() <= maxPoints) {
            return points;
        }
        int[] chosen = new int[maxPoints];
        double start = random.nextDouble();
        double[] w = points.weights();
        double sum = w[0];
        int i = 0;
        for (int k = 0; k < maxPoints; k++) {
            while (sum < (start + k) / maxPoints && i < w.length - 1) {
                sum += w[++i];
            }
            chosen[k] = i;
        }
        double[] equal = new double[maxPoints];
        Arrays.fill(equal, 1);
        return points.chosen(chosen, equal);
    }

    private static int[] shuffled(int n, UniformRandomProvider random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    /** Null if there are no points of positive weight. */
    private static @Nullable WeightedPoints part(WeightedPoints all, int[] order, int from, int to) {
        int[] chosen = Arrays.copyOfRange(order, from, to);
        Arrays.sort(chosen);
        double[] w = new double[chosen.length];
        double total = 0;
        for (int i = 0; i < w.length; i++) {
            w[i] = all.weights()[chosen[i]];
            total += w[i];
        }
        return total > 0 ? all.chosen(chosen, w) : null;
    }

    private static @Nullable MapMixture trial(
            WeightedPoints train, WeightedPoints held, int k, double[][] reduced, UniformRandomProvider random) {
        BiFunction<Integer, WeightedPoints, DriverMap> plain =
                (c, points) -> MapFit.plain(points).map();
        int mostDrivers = k == 1 ? DriverFeatures.MOST_DRIVERS : 2;
        BiFunction<Integer, WeightedPoints, DriverMap> choose = (c, points) -> points.effective() > LEAST_FOR_DRIVERS
                ? DriverSearch.choose(points, mostDrivers).map()
                : MapFit.plain(points).map();
        if (k == 1) {
            double[][] one = new double[1][train.size()];
            Arrays.fill(one[0], 1);
            return refit(train, one, choose);
        }
        MapMixture mixture = refit(train, KMeans.memberships(reduced, train.weights(), k, random), plain);
        for (int step = 0; step < PLAIN_STEPS && mixture != null; step++) {
            mixture = refit(train, responsibilities(train, mixture), plain);
        }
        if (mixture == null) {
            return null;
        }
        MapMixture driven = refit(train, responsibilities(train, mixture), choose);
        if (driven == null) {
            return mixture;
        }
        if (driven.components() == mixture.components() && driven.hasDrivers()) {
            for (int step = 0; step < DRIVER_STEPS; step++) {
                MapMixture next = refit(train, responsibilities(train, driven), like(driven));
                if (next == null || next.components() != driven.components()) {
                    break;
                }
                driven = next;
            }
        }
        return mean(held, driven) > mean(held, mixture) ? driven : mixture;
    }

    /** Maps with the drivers that the components of a mixture have. */
    private static BiFunction<Integer, WeightedPoints, DriverMap> like(MapMixture mixture) {
        return (k, points) -> {
            DriverMap map = mixture.map(k);
            int[] drivers = new int[map.drivers()];
            Arrays.setAll(drivers, map::driver);
            return MapFit.of(points, drivers, map.level(), 4, map.rotated()).map();
        };
    }

    /** By component, then by point. */
    private static double[][] responsibilities(WeightedPoints points, MapMixture mixture) {
        int count = mixture.components();
        double[][] shares = new double[count][points.size()];
        double[] one = new double[count];
        double[] x = new double[points.dimension()];
        MapScratch scratch = new MapScratch(points.dimension());
        for (int i = 0; i < points.size(); i++) {
            points.read(i, x);
            mixture.logDensity(x, one, scratch);
            for (int k = 0; k < count; k++) {
                shares[k][i] = one[k];
            }
        }
        return shares;
    }

    /** A map for each component that has enough points; null if none has. */
    private static @Nullable MapMixture refit(
            WeightedPoints points, double[][] shares, BiFunction<Integer, WeightedPoints, DriverMap> fit) {
        double least = Math.max(8, 0.5 * points.dimension());
        double[] masses = new double[shares.length];
        DriverMap[] maps = IntStream.range(0, shares.length)
                .parallel()
                .mapToObj(k -> {
                    WeightedPoints own = own(points, shares[k]);
                    if (own == null || (shares.length > 1 && own.effective() < least)) {
                        return null;
                    }
                    masses[k] = mass(points, shares[k]);
                    return fit.apply(k, own);
                })
                .toArray(DriverMap[]::new);
        List<DriverMap> kept = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int k = 0; k < maps.length; k++) {
            if (maps[k] != null) {
                kept.add(maps[k]);
                weights.add(masses[k]);
            }
        }
        return kept.isEmpty()
                ? null
                : MapMixture.of(
                        kept, weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double mass(WeightedPoints points, double[] share) {
        double sum = 0;
        for (int i = 0; i < share.length; i++) {
            sum += share[i] * points.weights()[i];
        }
        return sum;
    }

    /** The points of a component, without those whose weight does not count. */
    private static @Nullable WeightedPoints own(WeightedPoints points, double[] share) {
        double[] w = new double[share.length];
        double most = 0;
        for (int i = 0; i < w.length; i++) {
            w[i] = points.weights()[i] * share[i];
            most = Math.max(most, w[i]);
        }
        if (!(most > 1e-200)) {
            return null;
        }
        double floor = 1e-9 * most;
        int[] chosen = IntStream.range(0, w.length).filter(i -> w[i] > floor).toArray();
        double[] some = new double[chosen.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = w[chosen[i]] / most;
        }
        return points.chosen(chosen, some);
    }

    private static double mean(WeightedPoints points, MapMixture mixture) {
        double[] shares = new double[mixture.components()];
        double[] x = new double[points.dimension()];
        MapScratch scratch = new MapScratch(points.dimension());
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            points.read(i, x);
            if (points.weights()[i] > 0) {
                sum += points.weights()[i] * mixture.logDensity(x, shares, scratch);
            }
        }
        return sum;
    }
}
