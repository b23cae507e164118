package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores every interval between edges of one quantity, tails and ranges included.
 *
 * <p>Edges: quantiles of the approximation from 0.1 % to 99.9 %, in steps of 2.5 % in the body, quantiles of the
 * reference at both tails (0.2 %, 0.3 %, 1 %, 2 %, 3 %, 5 %, 10 %), and the ends of both ranges. An open side that holds
 * most of the mass is left to its complement, an open side too.
 * <br>Source: docs/theory.md, C10.1.
 */
final class LineScan {
    private static final double[] APPROXIMATION_EDGES = approximationEdges();
    private static final double[] REFERENCE_EDGES = {
        0.002, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.9, 0.95, 0.97, 0.98, 0.99, 0.997, 0.998
    };

    private LineScan() {}

    /**
     * An interval {@code lower < x <= upper}.
     *
     * @param score log likelihood ratio, positive
     */
    record Span(double score, double lower, double upper, Direction direction) {}

    private static double[] approximationEdges() {
        List<Double> edges = new ArrayList<>(List.of(0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.035));
        for (int i = 2; i <= 38; i++) {
            edges.add(i / 40.0);
        }
        edges.addAll(List.of(0.965, 0.98, 0.99, 0.995, 0.9975, 0.998, 0.999));
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Edges for two sets of values.
     *
     * @param p ascending, at least one
     * @param q ascending, at least one
     * @return finite, strictly increasing
     */
    static double[] edges(double[] p, double[] q) {
        double[] edges = new double[APPROXIMATION_EDGES.length + REFERENCE_EDGES.length + 4];
        int k = 0;
        for (double u : APPROXIMATION_EDGES) {
            edges[k++] = quantile(q, u);
        }
        for (double u : REFERENCE_EDGES) {
            edges[k++] = quantile(p, u);
        }
        // half-open intervals: just below the smallest value, and the largest
        edges[k++] = Math.nextDown(q[0]);
        edges[k++] = q[q.length - 1];
        edges[k++] = Math.nextDown(p[0]);
        edges[k++] = p[p.length - 1];
        Arrays.sort(edges);
        int kept = 0;
        for (double e : edges) {
            double edge = e == 0 ? 0.0 : e;
            if (Double.isFinite(edge) && (kept == 0 || edge > edges[kept - 1])) {
                edges[kept++] = edge;
            }
        }
        return Arrays.copyOf(edges, kept);
    }

    /** Quantile of ascending values, linear between them. */
    static double quantile(double[] ascending, double probability) {
        double position = probability * (ascending.length - 1);
        int i = (int) position;
        return i + 1 < ascending.length
                ? ascending[i] + (position - i) * (ascending[i + 1] - ascending[i])
                : ascending[ascending.length - 1];
    }

    /**
     * The best intervals of either direction that do not overlap.
     *
     * @param sortedP values of the reference's draws, or of some of them, ascending
     * @param sortedQ the same of the approximation
     * @param edges   strictly increasing
     * @param p       all draws of the reference
     * @param q       all draws of the approximation
     * @param most    most intervals of one direction
     */
    static List<Span> best(
            double[] sortedP, double[] sortedQ, double[] edges, SampledDraws p, SampledDraws q, int most) {
        int cells = edges.length + 1;
        double[] x = cumulative(sortedP, edges, p.time());
        double[] y = cumulative(sortedQ, edges, q.time());
        double n = p.effectiveSize();
        double m = q.effectiveSize();
        List<Span> best = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            double sign = direction == Direction.UNDER ? 1 : -1;
            int usedFrom = cells + 1;
            int usedTo = cells + 1;
            for (int round = 0; round < most; round++) {
                double top = 0;
                int from = -1;
                int to = -1;
                for (int a = 0; a < cells; a++) {
                    for (int b = cells; b > a; b--) {
                        if (a < usedTo && b > usedFrom) {
                            continue;
                        }
                        double hits = x[b] - x[a];
                        double hitsQ = y[b] - y[a];
                        double share = hits / n;
                        double shareQ = hitsQ / m;
                        if (sign * (share - shareQ) <= 0 || ((a == 0 || b == cells) && share + shareQ > 1)) {
                            continue;
                        }
                        if (LogLikelihoodRatio.bound(hits, n, hitsQ, m) <= top) {
                            continue;
                        }
                        double score = LogLikelihoodRatio.of(hits, n, hitsQ, m);
                        if (score > top) {
                            top = score;
                            from = a;
                            to = b;
                        }
                    }
                }
                if (from < 0) {
                    break;
                }
                best.add(new Span(
                        top,
                        from == 0 ? Double.NEGATIVE_INFINITY : edges[from - 1],
                        to == cells ? Double.POSITIVE_INFINITY : edges[to - 1],
                        direction));
                usedFrom = from;
                usedTo = to;
            }
        }
        return best;
    }

    /** Effective numbers of values up to each edge, between 0 and all of them. */
    private static double[] cumulative(double[] ascending, double[] edges, double time) {
        double[] counts = new double[edges.length + 2];
        for (int i = 0; i < edges.length; i++) {
            counts[i + 1] = SortedColumn.upTo(ascending, edges[i]) / time;
        }
        counts[edges.length + 1] = ascending.length / time;
        return counts;
    }
}
