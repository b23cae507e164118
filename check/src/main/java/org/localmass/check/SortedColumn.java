package org.localmass.check;

import java.util.Arrays;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/** The values of one parameter in ascending order with their cumulative weights. */
final class SortedColumn {
    private final double[] values;
    /** Weight of the values up to and including position i, scaled so that the total is 1; empty if all are equal. */
    private final double[] cumulative;

    private SortedColumn(double[] values, double[] cumulative) {
        this.values = values;
        this.cumulative = cumulative;
    }

    static SortedColumn of(Draws draws, int parameter) {
        double[] values = draws.column(parameter);
        if (!draws.weighted()) {
            Arrays.sort(values);
            return new SortedColumn(values, new double[0]);
        }
        double largest = Double.NEGATIVE_INFINITY;
        double[] weights = new double[values.length];
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                weights[i] = chain.logWeight(t);
                largest = Math.max(largest, weights[i++]);
            }
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.exp(weights[k] - largest);
        }
        return of(values, weights);
    }

    /**
     * Values with weights.
     *
     * @param values  taken over and sorted
     * @param weights not negative, not all zero; empty if all are equal
     */
    static SortedColumn of(double[] values, double[] weights) {
        if (weights.length == 0) {
            Arrays.sort(values);
            return new SortedColumn(values, weights);
        }
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double[] sorted = new double[values.length];
        double[] cumulative = new double[values.length];
        double sum = 0;
        for (int k = 0; k < order.length; k++) {
            sorted[k] = values[order[k]];
            sum += weights[order[k]];
            cumulative[k] = sum;
        }
        for (int k = 0; k < order.length; k++) {
            cumulative[k] /= sum;
        }
        return new SortedColumn(sorted, cumulative);
    }

    double min() {
        return values[0];
    }

    double max() {
        return values[values.length - 1];
    }

    boolean constant() {
        return min() == max();
    }

    /** Values in ascending order; not to be modified. */
    double[] values() {
        return values;
    }

    /** Variance of the values. */
    double variance() {
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += weight(i) * values[i];
        }
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            variance += weight(i) * (values[i] - mean) * (values[i] - mean);
        }
        return variance;
    }

    private double weight(int i) {
        return cumulative.length == 0
                ? 1.0 / values.length
                : i == 0 ? cumulative[0] : cumulative[i] - cumulative[i - 1];
    }

    /** Share of the values up to and including x. */
    double share(double x) {
        int count = upTo(values, x);
        if (cumulative.length == 0) {
            return (double) count / values.length;
        }
        return count == 0 ? 0 : cumulative[count - 1];
    }

    /** Number of ascending values up to and including x. */
    static int upTo(double[] ascending, double x) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (ascending[mid] <= x) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /** Quantile, linear between order statistics (unweighted) or the smallest value with at least that share. */
    double quantile(double probability) {
        if (cumulative.length == 0) {
            double position = probability * (values.length - 1);
            int i = (int) position;
            return i + 1 < values.length
                    ? values[i] + (position - i) * (values[i + 1] - values[i])
                    : values[values.length - 1];
        }
        int i = Arrays.binarySearch(cumulative, probability);
        return values[Math.min(values.length - 1, i < 0 ? -i - 1 : i)];
    }
}
