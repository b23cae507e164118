package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.localmass.core.region.ForestScore;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Region;

/**
 * Proposes level sets of boosted trees that tell reference draws from draws of q, and boxes that follow them.
 *
 * <p>Logistic boosting on 32 bins a column, both sets of equal total weight, in two folds: each half of the draws is scored
 * by the trees that did not see it, and the best upper and lower level of that score is proposed, for the mean of both
 * forests. At most 16 columns, drawn anew for each tree, so that the work does not grow with the dimension. The leaves of a
 * tree of depth four fitted to the level set are the boxes.
 */
final class TreeScan implements CandidateSource {
    private static final double PENALTY = 3;
    private static final int BINS = 32;
    private static final int ROUNDS = 60;
    private static final int LEAVES = 16;
    private static final int LEAST = 15;
    private static final int DEEPEST = 8;
    private static final double RATE = 0.1;
    private static final int COLUMNS = 16;
    private static final int MOST_P = 6000;
    private static final int MOST_Q = 12_000;
    private static final int BOXES = 3;

    @Override
    public View view() {
        return View.TREES;
    }

    @Override
    public int quota() {
        return 4;
    }

    /** The rows that are learnt from: reference first. */
    private static final class Table {
        final Half half;
        final int[] columns;
        final int[] feature;
        final double[][] values;
        final double[][] edges;
        final byte[][] codes;
        final int n;
        final int m;

        Table(Half half) {
            this.half = half;
            this.columns = half.screen().joint();
            this.feature = new int[half.dimension()];
            for (int i = 0; i < columns.length; i++) {
                feature[columns[i]] = i;
            }
            int strideP = (half.p().size() - 1) / MOST_P + 1;
            int rowsP = (half.p().size() - 1) / strideP + 1;
            int most = Math.min(MOST_Q, Math.max(4 * rowsP, 4000));
            int strideQ = (half.q().size() - 1) / most + 1;
            this.n = rowsP;
            this.m = (half.q().size() - 1) / strideQ + 1;
            this.values = half.workers()
                    .map(columns.length, i -> {
                        double[] all = new double[n + m];
                        for (int t = 0; t < n; t++) {
                            all[t] = half.p().column(columns[i])[t * strideP];
                        }
                        for (int t = 0; t < m; t++) {
                            all[n + t] = half.q().column(columns[i])[t * strideQ];
                        }
                        return all;
                    })
                    .toArray(new double[0][]);
            this.edges = half.workers()
                    .map(columns.length, i -> edges(half.sortedP(columns[i]), half.sortedQ(columns[i])))
                    .toArray(new double[0][]);
            this.codes = half.workers()
                    .map(columns.length, i -> {
                        byte[] code = new byte[n + m];
                        for (int t = 0; t < code.length; t++) {
                            code[t] = (byte) below(edges[i], values[i][t]);
                        }
                        return code;
                    })
                    .toArray(new byte[0][]);
        }

        /** Quantiles of both sets alike, without ties. */
        private static double[] edges(double[] p, double[] q) {
            double[] edges = new double[BINS - 2];
            for (int k = 0; k < edges.length; k++) {
                edges[k] = LineScan.quantile(k % 2 == 0 ? q : p, (k / 2 + 1) / (BINS / 2.0));
            }
            Arrays.sort(edges);
            return Arrays.stream(edges).distinct().toArray();
        }

        private static int below(double[] edges, double value) {
            int low = 0;
            int high = edges.length;
            while (low < high) {
                int mid = (low + high) >>> 1;
                if (edges[mid] < value) {
                    low = mid + 1;
                } else {
                    high = mid;
                }
            }
            return low;
        }

        /** Rows of a fold: the reference in four blocks, the approximation in turn. */
        int[] rows(int fold, boolean inside) {
            return java.util.stream.IntStream.range(0, n + m)
                    .filter(t -> ((t < n ? (int) (4L * t / n) % 2 : (t - n) % 2) == fold) == inside)
                    .toArray();
        }
    }

    private record Fold(List<ForestScore.Tree> trees, double[] gain, double[] scores, int[] scored) {}

    @Override
    public List<Candidate> candidates(Half half) {
        if (half.screen().joint().length < 2
                || half.p().size() < 8 * LEAST
                || half.q().size() < 8 * LEAST) {
            return List.of();
        }
        Table table = new Table(half);
        List<Fold> folds = half.workers().map(2, f -> boosted(table, f));
        double[] score = new double[table.n + table.m];
        List<ForestScore.Tree> trees = new ArrayList<>();
        double[] gain = new double[table.columns.length];
        for (Fold fold : folds) {
            for (int k = 0; k < fold.scored.length; k++) {
                score[fold.scored[k]] = fold.scores[k];
            }
            trees.addAll(fold.trees);
            for (int i = 0; i < gain.length; i++) {
                gain[i] += fold.gain[i];
            }
        }
        double[] x = Arrays.copyOf(score, table.n);
        double[] y = Arrays.copyOfRange(score, table.n, score.length);
        Arrays.sort(x);
        Arrays.sort(y);
        double scaleP = half.p().effectiveSize() / table.n;
        double scaleQ = half.q().effectiveSize() / table.m;
        List<Candidate> all = new ArrayList<>();
        ForestScore forest = ForestScore.of(half.dimension(), table.columns, gain, trees);
        double[] edges = LineScan.edges(x, y);
        for (Direction direction : Direction.values()) {
            boolean under = direction == Direction.UNDER;
            double top = 0;
            double level = Double.NaN;
            for (double edge : edges) {
                double in = SortedColumn.upTo(x, edge);
                double inQ = SortedColumn.upTo(y, edge);
                double hits = under ? table.n - in : in;
                double hitsQ = under ? table.m - inQ : inQ;
                if ((hits / table.n > hitsQ / table.m) == under) {
                    double value =
                            LogLikelihoodRatio.of(hits * scaleP, table.n * scaleP, hitsQ * scaleQ, table.m * scaleQ);
                    if (value > top) {
                        top = value;
                        level = edge;
                    }
                }
            }
            if (top > 0) {
                all.add(new Candidate(
                        LevelSet.of(
                                half.names(),
                                forest,
                                under ? level : Double.NEGATIVE_INFINITY,
                                under ? Double.POSITIVE_INFINITY : level),
                        top,
                        PENALTY,
                        direction,
                        View.TREES));
                all.addAll(boxes(table, score, level, direction));
            }
        }
        all.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return all;
    }

    /** Trees learnt from the rows outside a fold, and their scores of the rows inside. */
    private static Fold boosted(Table table, int fold) {
        int[] training = table.rows(fold, false);
        int[] scored = table.rows(fold, true);
        int size = table.n + table.m;
        double weightP = 0.5 * size / table.n;
        double weightQ = 0.5 * size / table.m;
        TreeGrower grower = new TreeGrower(table.codes, table.edges, table.columns, LEAVES, LEAST, DEEPEST);
        double[] margin = new double[size];
        double[] g = new double[size];
        double[] h = new double[size];
        List<ForestScore.Tree> trees = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(fold);
        for (int round = 0; round < ROUNDS; round++) {
            for (int t : training) {
                double share = 1 / (1 + Math.exp(-margin[t]));
                double w = t < table.n ? weightP : weightQ;
                g[t] = w * (share - (t < table.n ? 1 : 0));
                h[t] = w * share * (1 - share);
            }
            ForestScore.Tree tree = grower.grow(training, some(table.columns.length, random), g, h, RATE);
            trees.add(halved(tree));
            for (int t = 0; t < size; t++) {
                margin[t] += value(table, tree, t);
            }
        }
        double[] scores = new double[scored.length];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = margin[scored[k]];
        }
        return new Fold(trees, grower.gain(), scores, scored);
    }

    private static double value(Table table, ForestScore.Tree tree, int row) {
        int node = 0;
        while (tree.column()[node] >= 0) {
            double x = table.values[table.feature[tree.column()[node]]][row];
            node = x <= tree.threshold()[node] ? tree.low()[node] : tree.low()[node] + 1;
        }
        return tree.value()[node];
    }

    /** The tree with half its values: the forest is the mean of both folds. */
    private static ForestScore.Tree halved(ForestScore.Tree tree) {
        double[] value = tree.value().clone();
        for (int i = 0; i < value.length; i++) {
            value[i] *= 0.5;
        }
        return new ForestScore.Tree(tree.column(), tree.threshold(), tree.low(), value);
    }

    /** Some of the features, in ascending order. */
    private static int[] some(int count, SplittableRandom random) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        if (count <= COLUMNS) {
            return all;
        }
        for (int i = 0; i < COLUMNS; i++) {
            int j = i + random.nextInt(count - i);
            int swap = all[i];
            all[i] = all[j];
            all[j] = swap;
        }
        int[] chosen = Arrays.copyOf(all, COLUMNS);
        Arrays.sort(chosen);
        return chosen;
    }

    /** The best leaves of a shallow tree fitted to the level set, as boxes. */
    private static List<Candidate> boxes(Table table, double[] score, double level, Direction direction) {
        int size = table.n + table.m;
        boolean under = direction == Direction.UNDER;
        double weightP = 0.5 * size / table.n;
        double weightQ = 0.5 * size / table.m;
        double[] g = new double[size];
        double[] h = new double[size];
        double mean = 0;
        for (int t = 0; t < size; t++) {
            h[t] = t < table.n ? weightP : weightQ;
            mean += (score[t] > level) == under ? h[t] / size : 0;
        }
        for (int t = 0; t < size; t++) {
            g[t] = h[t] * (mean - ((score[t] > level) == under ? 1 : 0));
        }
        int[] every = new int[size];
        Arrays.setAll(every, t -> t);
        int[] features = new int[table.columns.length];
        Arrays.setAll(features, i -> i);
        ForestScore.Tree tree =
                new TreeGrower(table.codes, table.edges, table.columns, 16, LEAST, 4).grow(every, features, g, h, 1);
        List<Candidate> found = new ArrayList<>();
        leaves(table, tree, 0, new double[0][], direction, found);
        found.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return found.size() > BOXES ? found.subList(0, BOXES) : found;
    }

    /** Walks the tree; {@code box} holds column, lower, upper of each condition. */
    private static void leaves(
            Table table, ForestScore.Tree tree, int node, double[][] box, Direction direction, List<Candidate> found) {
        if (tree.column()[node] >= 0) {
            int column = tree.column()[node];
            double cut = tree.threshold()[node];
            leaves(
                    table,
                    tree,
                    tree.low()[node],
                    narrowed(box, column, Double.NEGATIVE_INFINITY, cut),
                    direction,
                    found);
            leaves(
                    table,
                    tree,
                    tree.low()[node] + 1,
                    narrowed(box, column, cut, Double.POSITIVE_INFINITY),
                    direction,
                    found);
            return;
        }
        if (box.length == 0 || tree.value()[node] <= 0) {
            return;
        }
        List<Region> intervals = new ArrayList<>();
        for (double[] c : box) {
            intervals.add(Interval.halfOpen(table.half.names(), (int) c[0], c[1], c[2]));
        }
        Region region = intervals.size() == 1 ? intervals.get(0) : new Intersection(intervals);
        double x = count(table.half.members(region, true)) / table.half.p().time();
        double y = count(table.half.members(region, false)) / table.half.q().time();
        double n = table.half.p().effectiveSize();
        double m = table.half.q().effectiveSize();
        if ((x / n > y / m) == (direction == Direction.UNDER)) {
            double ratio = LogLikelihoodRatio.of(x, n, y, m);
            found.add(new Candidate(
                    region,
                    ratio,
                    PENALTY + 0.5 * Math.log(20.0 * table.half.dimension()) * box.length,
                    direction,
                    View.TREES));
        }
    }

    private static double[][] narrowed(double[][] box, int column, double lower, double upper) {
        List<double[]> narrowed = new ArrayList<>();
        boolean known = false;
        for (double[] c : box) {
            boolean same = c[0] == column;
            known |= same;
            narrowed.add(same ? new double[] {column, Math.max(c[1], lower), Math.min(c[2], upper)} : c);
        }
        if (!known) {
            narrowed.add(new double[] {column, lower, upper});
        }
        narrowed.sort(Comparator.comparingDouble(c -> c[0]));
        return narrowed.toArray(new double[0][]);
    }

    private static int count(boolean[] member) {
        int count = 0;
        for (boolean m : member) {
            count += m ? 1 : 0;
        }
        return count;
    }
}
