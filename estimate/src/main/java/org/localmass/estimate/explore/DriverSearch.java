package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The greedy choice of a map's drivers.
 *
 * <p>One coordinate after the other becomes a driver, as long as the score of {@link FittedMap} rises by more than .01.
 * All coordinates are tried, in more than eight dimensions those with the largest squared correlations with the log
 * squares of the base coordinates, and of their squares with the base coordinates. The first driver is tried with and
 * without rotation. About 800 points rank the trials; the three best are fitted to all points, with and without hinges
 * and hyperbolic tangents (these only if their number suits the number of points). The same result at any number of
 * threads.
 */
final class DriverSearch {
    private static final double GAIN = 0.01;
    private static final int LEAST_EFFECTIVE = 40;
    private static final int SCREENED_FROM = 8;
    /** The first ranking is done with about so many points; so many fits are then done with all. */
    private static final int ROUGH_POINTS = 800;

    private static final int FINALISTS = 3;
    /** Effective points for each location feature of level 1, and its most operations in a fit, features squared. */
    private static final double POINTS_PER_FEATURE = 20;

    private static final double MOST_WORK = 6e8;

    private DriverSearch() {}

    /** The best map with at most so many drivers. */
    static FittedMap choose(WeightedPoints points, int mostDrivers) {
        FittedMap best = MapFit.plain(points);
        int d = points.dimension();
        if (d == 1 || points.effective() < LEAST_EFFECTIVE) {
            return best;
        }
        int[] candidates = candidates(points, best.map(), mostDrivers);
        WeightedPoints some = points.thinned((int) Math.max(1, points.effective() / ROUGH_POINTS));
        int most = Math.min(Math.min(mostDrivers, DriverFeatures.MOST_DRIVERS), d - 1);
        for (int m = 1; m <= most; m++) {
            FittedMap next = best(points, some, best.map(), candidates);
            if (next == null || !(next.score() > best.score() + GAIN)) {
                break;
            }
            best = next;
        }
        return best;
    }

    /** The best map with one driver more; null if there is no candidate. */
    private static @Nullable FittedMap best(
            WeightedPoints points, WeightedPoints some, DriverMap current, int[] candidates) {
        int m = current.drivers();
        int[] drivers = new int[m];
        for (int k = 0; k < m; k++) {
            drivers[k] = current.driver(k);
        }
        List<Trial> trials = new ArrayList<>();
        for (int candidate : candidates) {
            if (Arrays.stream(drivers).allMatch(k -> k != candidate)) {
                int[] more = Arrays.copyOf(drivers, m + 1);
                more[m] = candidate;
                trials.add(new Trial(more, m > 0 && current.rotated()));
                if (m == 0) {
                    trials.add(new Trial(more, true));
                }
            }
        }
        double price = price(points);
        double[] rough = trials.parallelStream()
                .map(trial -> MapFit.of(some, trial.drivers, 0, 3, trial.rotate))
                .mapToDouble(fit -> fit.logLikelihood() - price * fit.map().parameters())
                .toArray();
        double features = new DriverFeatures(m + 1, 1).location();
        double work = features * features * (points.dimension() - m - 1) * points.size();
        boolean bend = features * POINTS_PER_FEATURE <= points.effective() && work <= MOST_WORK;
        return IntStream.range(0, rough.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -rough[i]))
                .limit(FINALISTS)
                .map(trials::get)
                .toList()
                .parallelStream()
                .map(trial -> finalist(points, trial, bend))
                // the order of the stream decides between equals, so that the number of threads does not
                .reduce((a, b) -> b.score() > a.score() ? b : a)
                .orElse(null);
    }

    private static FittedMap finalist(WeightedPoints points, Trial trial, boolean bend) {
        FittedMap straight = MapFit.of(points, trial.drivers, 0, 3, trial.rotate);
        if (!bend) {
            return straight;
        }
        FittedMap bent = MapFit.of(points, trial.drivers, 1, 5, trial.rotate);
        return bent.score() > straight.score() ? bent : straight;
    }

    private static double price(WeightedPoints points) {
        return Math.log(points.effective()) / (2 * points.effective());
    }

    private static final class Trial {
        private final int[] drivers;
        private final boolean rotate;

        Trial(int[] drivers, boolean rotate) {
            this.drivers = drivers;
            this.rotate = rotate;
        }
    }

    private static int[] candidates(WeightedPoints points, DriverMap plain, int mostDrivers) {
        int d = points.dimension();
        int[] moving = new int[d];
        int count = 0;
        for (int j = 0; j < d; j++) {
            if (!points.constant(j)) {
                moving[count++] = j;
            }
        }
        moving = Arrays.copyOf(moving, count);
        if (count <= SCREENED_FROM) {
            return moving;
        }
        double[] strength = strengths(points, plain);
        Integer[] order = new Integer[count];
        for (int k = 0; k < count; k++) {
            order[k] = moving[k];
        }
        Arrays.sort(order, Comparator.comparingDouble((Integer j) -> -strength[j]));
        int[] best = new int[Math.min(count, Math.max(5, mostDrivers))];
        Arrays.setAll(best, k -> order[k]);
        return best;
    }

    private static double[] strengths(WeightedPoints points, DriverMap plain) {
        int d = points.dimension();
        int n = points.size();
        double[] w = points.weights();
        double[][] base = new double[d][n];
        double[][] logs = new double[d][n];
        MapScratch scratch = new MapScratch(d);
        double[] x = new double[d];
        double[] z = new double[d];
        for (int i = 0; i < n; i++) {
            points.read(i, x);
            plain.toBase(x, z, scratch);
            for (int j = 0; j < d; j++) {
                base[j][i] = Math.max(-4, Math.min(4, z[j]));
                logs[j][i] = Math.log(z[j] * z[j] + 1e-3);
            }
        }
        for (double[] log : logs) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < n; i++) {
                mean += w[i] * log[i];
                square += w[i] * log[i] * log[i];
            }
            double sd = Math.sqrt(Math.max(0, square - mean * mean)) + 1e-9;
            for (int i = 0; i < n; i++) {
                log[i] = (log[i] - mean) / sd;
            }
        }
        double[] strength = new double[d];
        double[] linear = new double[n];
        double[] quadratic = new double[n];
        for (int k = 0; k < d; k++) {
            double[] column = points.column(k);
            double mean = 0;
            for (int i = 0; i < n; i++) {
                double xs = (column[i] - points.mean(k)) / points.spread(k);
                mean += w[i] * xs * xs;
            }
            for (int i = 0; i < n; i++) {
                double xs = Math.max(-3, Math.min(3, (column[i] - points.mean(k)) / points.spread(k)));
                linear[i] = w[i] * xs;
                quadratic[i] = w[i] * (xs * xs - mean);
            }
            for (int j = 0; j < d; j++) {
                double a = 0;
                double b = 0;
                for (int i = 0; i < n && j != k; i++) {
                    a += linear[i] * logs[j][i];
                    b += quadratic[i] * base[j][i];
                }
                strength[k] += a * a + b * b;
            }
        }
        return strength;
    }
}
