package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The greedy choice of a map's drivers.
 *
 * <p>One coordinate after the other becomes a driver, as long as the score of {@link FittedMap} rises by more than .01.
 * All coordinates are tried, in more than eight dimensions those with the largest squared correlations with the log
 * squares of the base coordinates, and of their squares with the base coordinates. The first driver is tried with and
 * without rotation, the three best also with hinges and hyperbolic tangents, if their number suits the number of points.
 */
final class DriverSearch {
    private static final double GAIN = 0.01;
    private static final int LEAST_EFFECTIVE = 40;
    private static final int SCREENED_FROM = 8;
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
        int most = Math.min(Math.min(mostDrivers, DriverFeatures.MOST_DRIVERS), d - 1);
        for (int m = 1; m <= most; m++) {
            FittedMap next = best(points, best.map(), candidates);
            if (next == null || !(next.score() > best.score() + GAIN)) {
                break;
            }
            best = next;
        }
        return best;
    }

    private static @Nullable FittedMap best(
            WeightedPoints points, DriverMap current, int[] candidates) {
        int m = current.drivers();
        int[] drivers = new int[m + 1];
        boolean[] used = new boolean[points.dimension()];
        for (int k = 0; k < m; k++) {
            drivers[k] = current.driver(k);
            used[drivers[k]] = true;
        }
        List<FittedMap> tried = new ArrayList<>();
        for (int candidate : candidates) {
            if (used[candidate]) {
                continue;
            }
            drivers[m] = candidate;
            if (m == 0) {
                tried.add(MapFit.of(points, drivers, 0, 3, false));
                tried.add(MapFit.of(points, drivers, 0, 3, true));
            } else {
                tried.add(MapFit.of(points, drivers, 0, 3, current.rotated()));
            }
        }
        if (tried.isEmpty()) {
            return null;
        }
        tried.sort(Comparator.comparingDouble(FittedMap::score).reversed());
        FittedMap best = tried.get(0);
        double features = new DriverFeatures(m + 1, 1).location();
        double work = features * features * (points.dimension() - m - 1) * points.size();
        if (features * POINTS_PER_FEATURE > points.effective() || work > MOST_WORK) {
            return best;
        }
        for (FittedMap fit : tried.subList(0, Math.min(3, tried.size()))) {
            drivers[m] = fit.map().driver(m);
            FittedMap bent = MapFit.of(points, drivers, 1, 5, fit.map().rotated());
            if (bent.score() > best.score()) {
                best = bent;
            }
        }
        return best;
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
