package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.localmass.core.region.Interval;

/**
 * Scans every parameter's marginal: all intervals between quantiles of both measures, tails and ranges included.
 *
 * <p>Edges: quantiles of the approximation from 0.1 % to 99.9 % in steps of 2.5 % in the body, quantiles of the
 * reference at both tails (0.2 %, 0.3 %, 1 %, 2 %, 3 %, 5 %, 10 %), and the ends of both ranges. Every interval between
 * two edges is scored, but for open sides that hold most of the mass: their complement is an open side too. The best two
 * that do not overlap are kept per parameter and direction.
 * <br>Source: docs/theory.md, C10.1.
 */
final class MarginalScan extends ParameterSource {
    private static final double[] APPROXIMATION_EDGES = approximationEdges();
    private static final double[] REFERENCE_EDGES = {
        0.002, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.9, 0.95, 0.97, 0.98, 0.99, 0.997, 0.998
    };

    private static double[] approximationEdges() {
        List<Double> edges = new ArrayList<>(List.of(0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.035));
        for (int i = 2; i <= 38; i++) {
            edges.add(i / 40.0);
        }
        edges.addAll(List.of(0.965, 0.98, 0.99, 0.995, 0.9975, 0.998, 0.999));
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public View view() {
        return View.INTERVALS;
    }

    @Override
    public int quota() {
        return 12;
    }

    @Override
    List<Candidate> scan(Half half, List<String> names, int j) {
        SortedColumn p = SortedColumn.of(half.reference(), j);
        SortedColumn q = SortedColumn.of(half.approximation(), j);
        double[] edges = edges(p, q);
        int cells = edges.length + 1;
        double n = half.referenceSize();
        double m = half.approximationSize();
        // cumulative shares up to each edge, with an open end on either side
        double[] below = new double[cells + 1];
        double[] belowQ = new double[cells + 1];
        for (int i = 0; i < edges.length; i++) {
            below[i + 1] = p.share(edges[i]);
            belowQ[i + 1] = q.share(edges[i]);
        }
        below[cells] = 1;
        belowQ[cells] = 1;
        // signed scores of all intervals, cells a..b-1: positive where the reference has more
        double[][] score = new double[cells][cells + 1];
        for (int a = 0; a < cells; a++) {
            for (int b = a + 1; b <= cells; b++) {
                double share = below[b] - below[a];
                double shareQ = belowQ[b] - belowQ[a];
                double value = LogLikelihoodRatio.of(n * share, n, m * shareQ, m);
                // an open side with most of the mass is better seen as its complement, an open side itself
                boolean mostOfAll = (a == 0 || b == cells) && share + shareQ > 1;
                score[a][b] = mostOfAll ? 0 : share > shareQ ? value : -value;
            }
        }
        List<Candidate> best = new ArrayList<>();
        double penalty = Math.log(1800.0 * names.size());
        for (Direction direction : Direction.values()) {
            double sign = direction == Direction.UNDER ? 1 : -1;
            int usedFrom = cells + 1;
            int usedTo = cells + 1;
            for (int round = 0; round < 2; round++) {
                double top = 0;
                int from = -1;
                int to = -1;
                for (int a = 0; a < cells; a++) {
                    for (int b = cells; b > a; b--) {
                        boolean overlaps = a < usedTo && b > usedFrom;
                        if (!overlaps && sign * score[a][b] > top) {
                            top = sign * score[a][b];
                            from = a;
                            to = b;
                        }
                    }
                }
                if (from < 0) {
                    break;
                }
                double lower = from == 0 ? Double.NEGATIVE_INFINITY : edges[from - 1];
                double upper = to == cells ? Double.POSITIVE_INFINITY : edges[to - 1];
                best.add(new Candidate(
                        Interval.halfOpen(names, j, lower, upper), top, penalty, direction, View.INTERVALS));
                usedFrom = from;
                usedTo = to;
            }
        }
        return best;
    }

    private static double[] edges(SortedColumn p, SortedColumn q) {
        TreeSet<Double> edges = new TreeSet<>();
        for (double u : APPROXIMATION_EDGES) {
            edges.add(q.quantile(u));
        }
        for (double u : REFERENCE_EDGES) {
            edges.add(p.quantile(u));
        }
        // half-open intervals: just below the smallest value, and the largest
        edges.add(Math.nextDown(q.min()));
        edges.add(q.max());
        edges.add(Math.nextDown(p.min()));
        edges.add(p.max());
        return edges.stream()
                .filter(Double::isFinite)
                .mapToDouble(e -> e == 0 ? 0.0 : e)
                .distinct()
                .toArray();
    }
}
