package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Region;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.Membership;

/**
 * A set with enough draws round a region that has few or none: its autocorrelation time stands in for that of the region.
 *
 * <p>Every condition of the region (a coordinate or a score between two ends) is widened by the same share of the draws,
 * until a twentieth of them, or 20 if that is more, fulfil all conditions.
 * <br>Source: docs/theory.md, E7.1 and C10.2.
 */
final class Enclosure {
    private static final int LEAST_DRAWS = 20;
    private static final double SHARE = 0.05;

    private Enclosure() {}

    /**
     * Autocorrelation time of the set round a region.
     *
     * @param draws          dependent draws
     * @param coordinateTime tau_0, the answer where the region has no conditions of the known kinds
     */
    static double time(Draws draws, Region region, double coordinateTime) {
        if (draws.sampling() == Sampling.INDEPENDENT) {
            return 1;
        }
        Membership around = around(draws, region);
        return around == null ? coordinateTime : DrawsMass.indicatorTime(draws, around, coordinateTime);
    }

    private static @Nullable Membership around(Draws draws, Region region) {
        List<Region> conditions = new ArrayList<>();
        flatten(region, conditions);
        int n = draws.size();
        int wanted = (int) Math.max(LEAST_DRAWS, SHARE * n);
        if (wanted >= n / 2) {
            return null;
        }
        int[] distance = new int[n];
        for (Region condition : conditions) {
            double[] values;
            double lower;
            double upper;
            if (condition instanceof Interval interval) {
                values = draws.column(interval.coordinate());
                lower = interval.isAtom() ? Math.nextDown(interval.lower()) : interval.lower();
                upper = interval.upper();
            } else if (condition instanceof LevelSet set) {
                values = scores(draws, set);
                lower = set.lower();
                upper = set.upper();
            } else {
                return null;
            }
            widen(values, lower, upper, distance);
        }
        int[] sorted = distance.clone();
        Arrays.sort(sorted);
        int reach = sorted[wanted - 1];
        boolean[][] inside = new boolean[draws.chains().size()][];
        int i = 0;
        for (int c = 0; c < inside.length; c++) {
            inside[c] = new boolean[draws.chains().get(c).size()];
            for (int t = 0; t < inside[c].length; t++) {
                inside[c][t] = distance[i++] <= reach;
            }
        }
        return Membership.of(inside);
    }

    private static void flatten(Region region, List<Region> conditions) {
        if (region instanceof Intersection both) {
            both.regions().forEach(r -> flatten(r, conditions));
        } else {
            conditions.add(region);
        }
    }

    /** Raises the distances to the number of draws between each draw and the interval (lower, upper]. */
    private static void widen(double[] values, double lower, double upper, int[] distance) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int first = after(sorted, lower);
        int last = after(sorted, upper);
        for (int i = 0; i < values.length; i++) {
            int rank = after(sorted, values[i]);
            int steps =
                    values[i] > lower && values[i] <= upper ? 0 : values[i] > upper ? rank - last : first - rank + 1;
            distance[i] = Math.max(distance[i], steps);
        }
    }

    /** How many values are at most x. */
    private static int after(double[] sorted, double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] scores(Draws draws, LevelSet set) {
        int[] coordinates = set.coordinates();
        double[] point = new double[draws.dimension()];
        double[] values = new double[draws.size()];
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, coordinates, point);
                values[i++] = set.score().value(point);
            }
        }
        return values;
    }
}
