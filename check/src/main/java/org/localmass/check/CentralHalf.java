package org.localmass.check;

import java.util.Arrays;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;

/**
 * The box of central quantile intervals, of one level for all parameters, that holds half of a set of draws.
 *
 * <p>A draw's depth is the least distance of its ranks from either end; the box holds the draws of at least the median
 * depth. It does not change where a parameter is transformed monotonically. Weights are left aside.
 */
final class CentralHalf {
    private CentralHalf() {}

    static Region of(Draws draws) {
        int n = draws.size();
        int d = draws.dimension();
        double[][] columns = new double[d][];
        double[] depth = new double[n];
        Arrays.fill(depth, 1);
        for (int j = 0; j < d; j++) {
            columns[j] = draws.column(j).clone();
            Arrays.sort(columns[j]);
        }
        double[] point = new double[d];
        int row = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++, row++) {
                chain.read(t, point);
                for (int j = 0; j < d; j++) {
                    int below = first(columns[j], point[j], false);
                    int above = n - first(columns[j], point[j], true);
                    depth[row] = Math.min(depth[row], (0.5 * (n - below - above) + Math.min(below, above)) / n);
                }
            }
        }
        double[] ordered = depth.clone();
        Arrays.sort(ordered);
        double median = ordered[n / 2];
        double[] low = new double[d];
        double[] high = new double[d];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        row = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++, row++) {
                if (depth[row] >= median) {
                    for (int j = 0; j < d; j++) {
                        low[j] = Math.min(low[j], chain.value(t, j));
                        high[j] = Math.max(high[j], chain.value(t, j));
                    }
                }
            }
        }
        int[] all = new int[d];
        Arrays.setAll(all, j -> j);
        return Predicate.of(d, all, "q's central half", x -> {
            for (int j = 0; j < d; j++) {
                if (!(x[j] >= low[j] && x[j] <= high[j])) {
                    return false;
                }
            }
            return true;
        });
    }

    /** First index of an ascending array whose value is at least x, or above x. */
    private static int first(double[] ascending, double x, boolean above) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < x || (above && ascending[middle] == x)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
