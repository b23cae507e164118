package org.localmass.check;

import java.util.Arrays;
import java.util.Comparator;

/** Error control over many regions (docs/theory.md, C10.3). */
final class MultipleTesting {
    private MultipleTesting() {}

    /**
     * Holm's adjusted p-values: rejecting those at most alpha keeps the family-wise error below alpha.
     *
     * @param pValues not modified
     */
    static double[] holm(double[] pValues) {
        Integer[] order = order(pValues);
        double[] adjusted = new double[pValues.length];
        double running = 0;
        for (int i = 0; i < order.length; i++) {
            running = Math.max(running, Math.min(1, (order.length - i) * pValues[order[i]]));
            adjusted[order[i]] = running;
        }
        return adjusted;
    }

    /**
     * The e-BH procedure: the largest k such that k e-values reach family/(alpha k); false discovery rate at most alpha
     * under any dependence.
     *
     * @param eValues not modified
     * @param family  number of hypotheses, fixed in advance, at least the number of e-values
     */
    static boolean[] eBenjaminiHochberg(double[] eValues, int family, double alpha) {
        double[] descending = eValues.clone();
        Arrays.sort(descending);
        double threshold = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= descending.length; k++) {
            double e = descending[descending.length - k];
            if (e >= family / (alpha * k)) {
                threshold = e;
            }
        }
        boolean[] rejected = new boolean[eValues.length];
        for (int i = 0; i < rejected.length; i++) {
            rejected[i] = threshold < Double.POSITIVE_INFINITY ? eValues[i] >= threshold : eValues[i] == threshold;
        }
        return rejected;
    }

    private static Integer[] order(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        return order;
    }
}
