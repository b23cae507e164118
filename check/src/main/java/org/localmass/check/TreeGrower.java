package org.localmass.check;

import java.util.Arrays;
import org.localmass.core.region.ForestScore;

/**
 * Grows regression trees on binned columns, best leaf first, by the second-order gain of gradient boosting.
 *
 * <p>Gain of a split: \( G_L^2/(H_L+\lambda) + G_R^2/(H_R+\lambda) - G^2/(H+\lambda) \), leaf value \( -G/(H+\lambda) \), G
 * and H the sums of gradients and curvatures. One histogram per leaf; the larger child's is the difference of the parent's
 * and the smaller child's. Not thread-safe.
 * <br>Source: Chen and Guestrin (2016), eqs. (5) and (7).
 */
final class TreeGrower {
    private static final double LAMBDA = 1;

    private final byte[][] codes;
    private final double[][] edges;
    private final int[] columns;
    private final int leaves;
    private final int least;
    private final int deepest;
    private final int bins;

    private final double[] gain;
    private final int[] rows;
    private final int[] spare;
    private int[] features = new int[0];
    private double[] gradient = new double[0];
    private double[] curvature = new double[0];

    private final int[] column;
    private final double[] threshold;
    private final int[] low;
    private final double[] value;
    private int nodes;

    /**
     * A grower.
     *
     * @param codes   bins of every row, by feature: the number of its edges that are less than the value
     * @param edges   edges of each feature, ascending
     * @param columns column of each feature
     * @param leaves  most leaves
     * @param least   least rows of a leaf
     * @param deepest most splits above a leaf
     */
    TreeGrower(byte[][] codes, double[][] edges, int[] columns, int leaves, int least, int deepest) {
        this.codes = codes;
        this.edges = edges;
        this.columns = columns;
        this.leaves = leaves;
        this.least = least;
        this.deepest = deepest;
        this.bins = Arrays.stream(edges).mapToInt(e -> e.length + 1).max().orElse(1);
        this.gain = new double[columns.length];
        this.rows = new int[codes[0].length];
        this.spare = new int[codes[0].length];
        int most = 2 * leaves - 1;
        this.column = new int[most];
        this.threshold = new double[most];
        this.low = new int[most];
        this.value = new double[most];
    }

    /** Gain collected by each feature over all trees grown. */
    double[] gain() {
        return gain;
    }

    private final class Leaf {
        final int node;
        final int from;
        final int to;
        final int depth;
        final double[] histogram;
        double sumG;
        double sumH;
        double best;
        int feature = -1;
        int bin;

        Leaf(int node, int from, int to, int depth, double[] histogram) {
            this.node = node;
            this.from = from;
            this.to = to;
            this.depth = depth;
            this.histogram = histogram;
            for (int b = 0; b < bins; b++) {
                sumG += histogram[3 * b];
                sumH += histogram[3 * b + 1];
            }
            if (depth < deepest && to - from >= 2 * least) {
                search();
            }
        }

        private void search() {
            double parent = sumG * sumG / (sumH + LAMBDA);
            for (int f = 0; f < features.length; f++) {
                double g = 0;
                double h = 0;
                double count = 0;
                int last = edges[features[f]].length;
                for (int b = 0; b < last; b++) {
                    int at = 3 * (f * bins + b);
                    g += histogram[at];
                    h += histogram[at + 1];
                    count += histogram[at + 2];
                    if (count < least) {
                        continue;
                    }
                    if (to - from - count < least) {
                        break;
                    }
                    double right = sumG - g;
                    double improvement = g * g / (h + LAMBDA) + right * right / (sumH - h + LAMBDA) - parent;
                    if (improvement > best) {
                        best = improvement;
                        feature = f;
                        bin = b;
                    }
                }
            }
        }
    }

    /**
     * Grows one tree.
     *
     * @param training  rows that are learnt from
     * @param used      features that may be split
     * @param g         gradient of every row
     * @param h         curvature of every row
     * @param rate      factor of the leaf values
     */
    ForestScore.Tree grow(int[] training, int[] used, double[] g, double[] h, double rate) {
        features = used;
        gradient = g;
        curvature = h;
        System.arraycopy(training, 0, rows, 0, training.length);
        nodes = 1;
        Leaf[] open = new Leaf[leaves];
        open[0] = new Leaf(0, 0, training.length, 0, histogram(0, training.length));
        int count = 1;
        while (count < leaves) {
            int best = 0;
            for (int i = 1; i < count; i++) {
                if (open[i].best > open[best].best) {
                    best = i;
                }
            }
            Leaf parent = open[best];
            if (parent.feature < 0) {
                break;
            }
            int feature = features[parent.feature];
            gain[feature] += parent.best;
            int middle = partition(parent, feature);
            column[parent.node] = columns[feature];
            threshold[parent.node] = edges[feature][parent.bin];
            low[parent.node] = nodes;
            int first = nodes;
            nodes += 2;
            boolean firstIsSmall = middle - parent.from <= parent.to - middle;
            double[] small = firstIsSmall ? histogram(parent.from, middle) : histogram(middle, parent.to);
            double[] large = parent.histogram;
            for (int i = 0; i < large.length; i++) {
                large[i] -= small[i];
            }
            open[best] = new Leaf(first, parent.from, middle, parent.depth + 1, firstIsSmall ? small : large);
            open[count++] = new Leaf(first + 1, middle, parent.to, parent.depth + 1, firstIsSmall ? large : small);
        }
        for (int i = 0; i < count; i++) {
            column[open[i].node] = -1;
            threshold[open[i].node] = 0;
            low[open[i].node] = 0;
            value[open[i].node] = -rate * open[i].sumG / (open[i].sumH + LAMBDA);
        }
        for (int i = 0; i < nodes; i++) {
            if (column[i] >= 0) {
                value[i] = 0;
            }
        }
        return new ForestScore.Tree(
                Arrays.copyOf(column, nodes),
                Arrays.copyOf(threshold, nodes),
                Arrays.copyOf(low, nodes),
                Arrays.copyOf(value, nodes));
    }

    private double[] histogram(int from, int to) {
        double[] histogram = new double[3 * bins * features.length];
        for (int f = 0; f < features.length; f++) {
            byte[] code = codes[features[f]];
            int base = f * bins;
            for (int k = from; k < to; k++) {
                int row = rows[k];
                int at = 3 * (base + code[row]);
                histogram[at] += gradient[row];
                histogram[at + 1] += curvature[row];
                histogram[at + 2]++;
            }
        }
        return histogram;
    }

    /** Moves the rows of the low child to the front, keeping their order; the place where the other child begins. */
    private int partition(Leaf leaf, int feature) {
        byte[] code = codes[feature];
        int kept = leaf.from;
        int moved = 0;
        for (int k = leaf.from; k < leaf.to; k++) {
            int row = rows[k];
            if (code[row] <= leaf.bin) {
                rows[kept++] = row;
            } else {
                spare[moved++] = row;
            }
        }
        System.arraycopy(spare, 0, rows, kept, moved);
        return kept;
    }
}
