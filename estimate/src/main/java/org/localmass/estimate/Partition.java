package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;

/**
 * A partition of a ball into boxes and shells that tells two measures apart, built from one half of their draws.
 *
 * <p>Cells are split one at a time, along a coordinate or the distance from the centre, where the parts differ most; then
 * the number of cells is chosen that promises the largest lower bound on the other half.
 * <br>Source: docs/theory.md T6.7.
 */
final class Partition {
    private static final int MOST_CELLS = 8;
    private static final int MOST_POINTS = 4000;
    private static final int MOST_FEATURES = 12;
    private static final int CUTS = 8;
    /** Fewer draws of either side, in effect, promise nothing. */
    private static final double LEAST_POINTS = 10;

    private final Node root;
    private final int cells;

    private Partition(Node root, int cells) {
        this.root = root;
        this.cells = cells;
    }

    /** A cell, or two parts of one. */
    private static final class Node {
        private int order = Integer.MAX_VALUE;
        private int feature;
        private double cut;
        private @Nullable Node left;
        private @Nullable Node right;
    }

    /** Points of one side in the ball: coordinates, distance, and the share of mass that each stands for. */
    private static final class Points {
        private final double[][] features;
        private final double[] mass;
        private final double effective;

        private Points(double[][] features, double[] mass, double effective) {
            this.features = features;
            this.mass = mass;
            this.effective = effective;
        }

        static Points of(LocalSide side, double radius) {
            int d = side.draws().dimension();
            int stride = 1 + side.hits(radius) / MOST_POINTS;
            int size = (side.hits(radius) + stride - 1) / stride;
            double[][] features = new double[d + 1][size];
            double[] mass = new double[size];
            double largest = Double.NEGATIVE_INFINITY;
            for (Chain chain : side.draws().chains()) {
                for (int t = 0; t < chain.size(); t++) {
                    largest = Math.max(largest, chain.logWeight(t));
                }
            }
            double all = 0;
            int seen = 0;
            int next = 0;
            for (int c = 0; c < side.distances().length; c++) {
                Chain chain = side.draws().chains().get(c);
                for (int t = 0; t < chain.size(); t++) {
                    double weight = Math.exp(chain.logWeight(t) - largest);
                    all += weight;
                    if (side.distances()[c][t] <= radius && seen++ % stride == 0) {
                        for (int j = 0; j < d; j++) {
                            features[j][next] = chain.value(t, j);
                        }
                        features[d][next] = side.distances()[c][t];
                        mass[next++] = weight * stride;
                    }
                }
            }
            for (int i = 0; i < size; i++) {
                mass[i] /= all;
            }
            return new Points(features, mass, side.draws().size() / side.time());
        }
    }

    /** A leaf with its points and the best split of it. */
    private static final class Leaf {
        private final Node node;
        private final int[] p;
        private final int[] q;
        private final double massP;
        private final double massQ;
        private double gain = Double.NEGATIVE_INFINITY;
        private int feature = -1;
        private double cut;

        Leaf(Node node, int[] p, int[] q, Points pointsP, Points pointsQ) {
            this.node = node;
            this.p = p;
            this.q = q;
            this.massP = sum(p, pointsP);
            this.massQ = sum(q, pointsQ);
        }

        private static double sum(int[] indices, Points points) {
            double sum = 0;
            for (int i : indices) {
                sum += points.mass[i];
            }
            return sum;
        }
    }

    /**
     * Builds a partition.
     *
     * @param p     the half of p's draws that is spent on it
     * @param q     the half of q's draws
     * @param delta error probability of the bound it is for
     */
    static Partition build(LocalSide p, LocalSide q, double radius, double delta) {
        Points pointsP = Points.of(p, radius);
        Points pointsQ = Points.of(q, radius);
        Leaf all = new Leaf(new Node(), indices(pointsP), indices(pointsQ), pointsP, pointsQ);
        if (Math.max(all.massP * pointsP.effective, all.massQ * pointsQ.effective) < LEAST_POINTS) {
            return new Partition(all.node, 1);
        }
        int[] features = features(all, pointsP, pointsQ);
        List<Leaf> leaves = new ArrayList<>(List.of(all));
        best(all, features, pointsP, pointsQ);
        int chosen = 1;
        double most = promise(leaves, pointsP, pointsQ, delta);
        while (leaves.size() < MOST_CELLS) {
            Leaf widest = null;
            for (Leaf leaf : leaves) {
                if (leaf.feature >= 0 && (widest == null || leaf.gain > widest.gain)) {
                    widest = leaf;
                }
            }
            if (widest == null) {
                break;
            }
            split(widest, leaves, features, pointsP, pointsQ);
            double promised = promise(leaves, pointsP, pointsQ, delta);
            if (promised > most) {
                most = promised;
                chosen = leaves.size();
            }
        }
        return new Partition(all.node, chosen);
    }

    /** Number of cells. */
    int cells() {
        return cells;
    }

    /** Which draws of a side lie in which cell of the ball. */
    Membership[] members(LocalSide side, double radius) {
        double[][] distances = side.distances();
        boolean[][][] inside = new boolean[cells][distances.length][];
        int d = side.draws().dimension();
        double[] point = new double[d + 1];
        for (int c = 0; c < distances.length; c++) {
            Chain chain = side.draws().chains().get(c);
            for (boolean[][] cell : inside) {
                cell[c] = new boolean[distances[c].length];
            }
            for (int t = 0; t < distances[c].length; t++) {
                if (distances[c][t] <= radius) {
                    chain.read(t, point);
                    point[d] = distances[c][t];
                    inside[cell(point)][c][t] = true;
                }
            }
        }
        return Arrays.stream(inside).map(Membership::adopt).toArray(Membership[]::new);
    }

    /** The number of a point's cell: the split that made it, right parts by their split, the leftmost cell 0. */
    private int cell(double[] point) {
        Node node = root;
        int cell = 0;
        while (node.order < cells - 1) {
            Node left = node.left;
            Node right = node.right;
            if (left == null || right == null) {
                break;
            }
            if (point[node.feature] <= node.cut) {
                node = left;
            } else {
                cell = node.order + 1;
                node = right;
            }
        }
        return cell;
    }

    private static int[] indices(Points points) {
        int[] indices = new int[points.mass.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = i;
        }
        return indices;
    }

    /** All features, or of many those along which one cut tells most. */
    private static int[] features(Leaf all, Points p, Points q) {
        int count = p.features.length;
        double[] gains = new double[count];
        Integer[] order = new Integer[count];
        for (int j = 0; j < count; j++) {
            order[j] = j;
            if (count > MOST_FEATURES) {
                Leaf copy = new Leaf(all.node, all.p, all.q, p, q);
                best(copy, new int[] {j}, p, q);
                gains[j] = copy.gain;
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(gains[b], gains[a]));
        return Arrays.stream(order)
                .limit(MOST_FEATURES)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static void split(Leaf leaf, List<Leaf> leaves, int[] features, Points p, Points q) {
        Node left = new Node();
        Node right = new Node();
        leaf.node.order = leaves.size() - 1;
        leaf.node.feature = leaf.feature;
        leaf.node.cut = leaf.cut;
        leaf.node.left = left;
        leaf.node.right = right;
        double[] valuesP = p.features[leaf.feature];
        double[] valuesQ = q.features[leaf.feature];
        double cut = leaf.cut;
        Leaf low = new Leaf(
                left,
                Arrays.stream(leaf.p).filter(i -> valuesP[i] <= cut).toArray(),
                Arrays.stream(leaf.q).filter(i -> valuesQ[i] <= cut).toArray(),
                p,
                q);
        Leaf high = new Leaf(
                right,
                Arrays.stream(leaf.p).filter(i -> !(valuesP[i] <= cut)).toArray(),
                Arrays.stream(leaf.q).filter(i -> !(valuesQ[i] <= cut)).toArray(),
                p,
                q);
        leaves.remove(leaf);
        leaves.add(low);
        leaves.add(high);
        best(low, features, p, q);
        best(high, features, p, q);
    }

    /** Finds the best cut of a leaf among quantiles of its points. */
    private static void best(Leaf leaf, int[] features, Points p, Points q) {
        double whole = gap(leaf.massP, leaf.massQ, p.effective, q.effective, 1);
        for (int feature : features) {
            double[] cuts = cuts(leaf, p.features[feature], q.features[feature]);
            double[] lowP = below(leaf.p, p, feature, cuts);
            double[] lowQ = below(leaf.q, q, feature, cuts);
            for (int k = 0; k < cuts.length; k++) {
                double gain = gap(lowP[k], lowQ[k], p.effective, q.effective, 1)
                        + gap(
                                Math.max(0, leaf.massP - lowP[k]),
                                Math.max(0, leaf.massQ - lowQ[k]),
                                p.effective,
                                q.effective,
                                1)
                        - whole;
                boolean proper = lowP[k] + lowQ[k] > 0 && lowP[k] + lowQ[k] < leaf.massP + leaf.massQ;
                if (proper && gain > leaf.gain) {
                    leaf.gain = gain;
                    leaf.feature = feature;
                    leaf.cut = cuts[k];
                }
            }
        }
    }

    /** Quantiles of the points of either side; beside a value that repeats also the place just below it. */
    private static double[] cuts(Leaf leaf, double[] valuesP, double[] valuesQ) {
        double[] cuts = new double[4 * (CUTS - 1)];
        int next = 0;
        for (int side = 0; side < 2; side++) {
            double[] values = side == 0 ? valuesP : valuesQ;
            double[] sorted = Arrays.stream(side == 0 ? leaf.p : leaf.q)
                    .mapToDouble(i -> values[i])
                    .sorted()
                    .toArray();
            for (int k = 1; k < CUTS && sorted.length > 0; k++) {
                int i = k * (sorted.length - 1) / CUTS;
                cuts[next++] = sorted[i];
                if (i > 0 && sorted[i] == sorted[i - 1]) {
                    cuts[next++] = Math.nextDown(sorted[i]);
                }
            }
        }
        return Arrays.stream(cuts, 0, next).sorted().distinct().toArray();
    }

    /** Mass of the points at or below each cut. */
    private static double[] below(int[] indices, Points points, int feature, double[] cuts) {
        double[] sums = new double[cuts.length + 1];
        for (int i : indices) {
            int k = Arrays.binarySearch(cuts, points.features[feature][i]);
            sums[k >= 0 ? k : -k - 1] += points.mass[i];
        }
        for (int k = 1; k < cuts.length; k++) {
            sums[k] += sums[k - 1];
        }
        return sums;
    }

    /** What a bound on the other half may come to with these cells. */
    private static double promise(List<Leaf> leaves, Points p, Points q, double delta) {
        double z = quantile(delta / (4 * leaves.size()));
        double sum = 0;
        for (Leaf leaf : leaves) {
            sum += gap(leaf.massP, leaf.massQ, p.effective, q.effective, z);
        }
        return sum;
    }

    /** \( (\sqrt{p_-} - \sqrt{q_+})^2 \) at the near ends of intervals of z standard errors, 0 where they overlap. */
    private static double gap(double p, double q, double sizeP, double sizeQ, double z) {
        double high = Math.max(p, q);
        double low = Math.min(p, q);
        double sizeHigh = p > q ? sizeP : sizeQ;
        double sizeLow = p > q ? sizeQ : sizeP;
        double least = high - z * Math.sqrt(Math.max(0, high * (1 - high)) / sizeHigh);
        double most = low + z * Math.sqrt(Math.max(0, low * (1 - low)) / sizeLow) + z * z / (2 * sizeLow);
        double root = Math.sqrt(Math.max(0, least)) - Math.sqrt(most);
        return root > 0 ? root * root : 0;
    }

    /** Upper quantile of the standard normal, to two digits: it only orders partitions. */
    private static double quantile(double tail) {
        double t = Math.sqrt(-2 * Math.log(tail));
        return t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
    }
}
