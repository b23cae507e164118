package org.localmass.core.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.localmass.core.internal.Arguments;

/** A sum of regression trees. */
public final class ForestScore implements Score {
    private final int[] coordinates;
    private final List<Tree> trees;
    private final double[] influence;
    /** Null where a tree has too many leaves. */
    private final @Nullable LeafMasks masks;

    /**
     * A binary tree in arrays. Node 0 is the root; node i is a leaf if {@code column[i]} is -1, else points with
     * {@code x[column[i]] <= threshold[i]} go to node {@code low[i]}, others to {@code low[i] + 1}.
     *
     * @param column    column tested at each node, -1 at a leaf
     * @param threshold threshold at each node
     * @param low       first child of each node, larger than the node itself
     * @param value     value of each leaf
     */
    @SuppressWarnings("ArrayRecordComponent") // an internal carrier: copied by ForestScore
    public record Tree(int[] column, double[] threshold, int[] low, double[] value) {
        Tree copy() {
            return new Tree(column.clone(), threshold.clone(), low.clone(), value.clone());
        }

        /** Value of the leaf that a point falls into. */
        public double value(double[] point) {
            int node = 0;
            while (column[node] >= 0) {
                node = point[column[node]] <= threshold[node] ? low[node] : low[node] + 1;
            }
            return value[node];
        }

        void check(int dimension) {
            int n = column.length;
            Arguments.positive("number of nodes", n);
            Arguments.sameDimension(n, threshold.length);
            Arguments.sameDimension(n, low.length);
            Arguments.sameDimension(n, value.length);
            Arguments.finite("value", value);
            for (int i = 0; i < n; i++) {
                if (column[i] >= dimension) {
                    throw new IllegalArgumentException(
                            "column must be from -1 to " + (dimension - 1) + ", was " + column[i]);
                }
                if (column[i] >= 0 && (low[i] <= i || low[i] + 1 >= n || Double.isNaN(threshold[i]))) {
                    throw new IllegalArgumentException("node " + i + " must have two later nodes as children");
                }
            }
        }
    }

    private ForestScore(int[] coordinates, List<Tree> trees, double[] influence) {
        this.coordinates = coordinates;
        this.trees = trees;
        this.influence = influence;
        this.masks = LeafMasks.fits(trees) ? LeafMasks.of(trees) : null;
    }

    /**
     * A forest.
     *
     * @param dimension   number of columns
     * @param coordinates the columns that the trees may test, each once
     * @param influence   how much each of them decides
     * @throws IllegalArgumentException if a tree is no tree or tests another column
     */
    public static ForestScore of(int dimension, int[] coordinates, double[] influence, List<Tree> trees) {
        Arguments.positive("number of trees", trees.size());
        Arguments.sameDimension(coordinates.length, influence.length);
        NormalScoreMap.distinct(coordinates);
        int[] sorted = coordinates.clone();
        Arrays.sort(sorted);
        List<Tree> own = new ArrayList<>();
        for (Tree tree : trees) {
            tree.check(dimension);
            for (int column : tree.column) {
                if (column >= 0 && Arrays.binarySearch(sorted, column) < 0) {
                    throw new IllegalArgumentException("trees must test the coordinates only, was column " + column);
                }
            }
            own.add(tree.copy());
        }
        return new ForestScore(coordinates.clone(), List.copyOf(own), Arguments.finite("influence", influence.clone()));
    }

    /** The trees; their arrays must not be modified. */
    public List<Tree> trees() {
        return trees;
    }

    @Override
    public int[] coordinates() {
        return coordinates.clone();
    }

    @Override
    public double value(double[] point) {
        return value(point, new long[words()]);
    }

    /** Length of the buffer that {@link #value(double[], long[])} needs. */
    int words() {
        return masks == null ? 0 : masks.words();
    }

    double value(double[] point, long[] buffer) {
        if (masks != null) {
            return masks.value(point, buffer);
        }
        double sum = 0;
        for (Tree tree : trees) {
            sum += tree.value(point);
        }
        return sum;
    }

    @Override
    public double[] influence() {
        return influence.clone();
    }

    @Override
    public String label() {
        return "trees";
    }
}
