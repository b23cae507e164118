package org.localmass.core.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Evaluates a forest of small trees without walking them.
 *
 * <p>Each tree has a word of 16 bits, one per leaf from low to high. A test that a point fails rules out the leaves below its
 * low child. What all tests of one coordinate rule out depends only on where the point lies among their thresholds: the words
 * are tabulated for each such place and intersected over the coordinates; the lowest bit left is the leaf.
 * <br>Source: Lucchese et al. (2015), QuickScorer.
 */
final class LeafMasks {
    /** Most leaves of a tree. */
    static final int LEAVES = 16;

    private static final int PER_LONG = Long.SIZE / LEAVES;

    private final int[] coordinates;
    private final double[][] thresholds;
    private final long[][][] masks;
    private final double[] values;
    private final int trees;

    private LeafMasks(int[] coordinates, double[][] thresholds, long[][][] masks, double[] values, int trees) {
        this.coordinates = coordinates;
        this.thresholds = thresholds;
        this.masks = masks;
        this.values = values;
        this.trees = trees;
    }

    /** Whether every tree is small enough. */
    static boolean fits(List<ForestScore.Tree> trees) {
        return trees.stream().allMatch(t -> t.column().length <= 2 * LEAVES - 1);
    }

    static LeafMasks of(List<ForestScore.Tree> trees) {
        TreeSet<Integer> used = new TreeSet<>();
        for (ForestScore.Tree tree : trees) {
            for (int column : tree.column()) {
                if (column >= 0) {
                    used.add(column);
                }
            }
        }
        int[] coordinates = used.stream().mapToInt(Integer::intValue).toArray();
        double[][] thresholds = new double[coordinates.length][];
        long[][][] masks = new long[coordinates.length][][];
        int words = (trees.size() + PER_LONG - 1) / PER_LONG;
        for (int i = 0; i < coordinates.length; i++) {
            TreeSet<Double> cuts = new TreeSet<>();
            for (ForestScore.Tree tree : trees) {
                for (int node = 0; node < tree.column().length; node++) {
                    if (tree.column()[node] == coordinates[i]) {
                        cuts.add(tree.threshold()[node] + 0.0);
                    }
                }
            }
            thresholds[i] = cuts.stream().mapToDouble(Double::doubleValue).toArray();
            masks[i] = new long[cuts.size() + 1][words];
            for (long[] row : masks[i]) {
                Arrays.fill(row, -1L);
            }
        }
        double[] values = new double[LEAVES * trees.size()];
        for (int t = 0; t < trees.size(); t++) {
            int tree = t;
            List<Double> leaves = new ArrayList<>();
            int[][] spans = new int[trees.get(t).column().length][2];
            spans(trees.get(t), 0, leaves, spans);
            for (int k = 0; k < leaves.size(); k++) {
                values[LEAVES * t + k] = leaves.get(k);
            }
            int shift = LEAVES * (tree % PER_LONG);
            for (int node = 0; node < spans.length; node++) {
                int column = trees.get(t).column()[node];
                if (column < 0) {
                    continue;
                }
                int[] low = spans[trees.get(t).low()[node]];
                long lost = 0;
                for (int k = low[0]; k < low[1]; k++) {
                    lost |= 1L << (shift + k);
                }
                int i = Arrays.binarySearch(coordinates, column);
                int place = Arrays.binarySearch(thresholds[i], trees.get(t).threshold()[node] + 0.0);
                // points beyond this threshold fail the test
                for (int above = place + 1; above < masks[i].length; above++) {
                    masks[i][above][tree / PER_LONG] &= ~lost;
                }
            }
        }
        return new LeafMasks(coordinates, thresholds, masks, values, trees.size());
    }

    /** Numbers the leaves from low to high and notes which of them lie below each node. */
    private static void spans(ForestScore.Tree tree, int node, List<Double> leaves, int[][] spans) {
        spans[node][0] = leaves.size();
        if (tree.column()[node] < 0) {
            leaves.add(tree.value()[node]);
        } else {
            spans(tree, tree.low()[node], leaves, spans);
            spans(tree, tree.low()[node] + 1, leaves, spans);
        }
        spans[node][1] = leaves.size();
    }

    /** Length of the buffer that {@link #value} needs. */
    int words() {
        return (trees + PER_LONG - 1) / PER_LONG;
    }

    /** Sum of the leaves' values, in the order of the trees; the buffer is modified. */
    double value(double[] point, long[] buffer) {
        Arrays.fill(buffer, -1L);
        for (int i = 0; i < coordinates.length; i++) {
            and(buffer, masks[i][below(thresholds[i], point[coordinates[i]])]);
        }
        double sum = 0;
        for (int t = 0; t < trees; t++) {
            long word = buffer[t / PER_LONG] >>> (LEAVES * (t % PER_LONG));
            sum += values[LEAVES * t + Long.numberOfTrailingZeros(word)];
        }
        return sum;
    }

    private static void and(long[] buffer, long[] mask) {
        for (int w = 0; w < buffer.length; w++) {
            buffer[w] &= mask[w];
        }
    }

    /** Number of thresholds that a value is beyond; NaN is beyond all. */
    private static int below(double[] thresholds, double x) {
        int low = 0;
        int high = thresholds.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (x <= thresholds[mid]) {
                high = mid;
            } else {
                low = mid + 1;
            }
        }
        return low;
    }
}
