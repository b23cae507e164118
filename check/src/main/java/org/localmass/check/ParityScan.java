package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Parity;
import org.localmass.core.region.Region;

/**
 * Proposes triples of parameters of which an odd, or even, number exceeds its median of q: the interaction of three
 * parameters that leaves no trace in any pair.
 */
final class ParityScan implements CandidateSource {
    private static final int KEPT = 10;

    @Override
    public View view() {
        return View.PARITIES;
    }

    @Override
    public int quota() {
        return 2;
    }

    private record Triple(double score, int a, int b, int c, boolean odd, Direction direction) {}

    @Override
    public List<Candidate> candidates(Half half) {
        int[] columns = half.screen().joint();
        int d = columns.length;
        if (d < 3) {
            return List.of();
        }
        double[] medians = new double[d];
        for (int i = 0; i < d; i++) {
            medians[i] = LineScan.quantile(half.sortedQ(columns[i]), 0.5);
        }
        long[][] p = bits(half, half.p(), columns, medians);
        long[][] q = bits(half, half.q(), columns, medians);
        Comparator<Triple> order = Comparator.comparingDouble(Triple::score)
                .reversed()
                .thenComparingInt(Triple::a)
                .thenComparingInt(Triple::b)
                .thenComparingInt(Triple::c);
        List<Triple> all = new ArrayList<>();
        half.workers().map(d, a -> best(half, p, q, a, order)).forEach(all::addAll);
        all.sort(order);
        double penalty = Math.log((double) d * (d - 1) * (d - 2) / 6) + 2;
        List<Candidate> candidates = new ArrayList<>();
        for (Triple t : all.subList(0, Math.min(KEPT, all.size()))) {
            List<Region> above = new ArrayList<>();
            for (int i : new int[] {t.a, t.b, t.c}) {
                above.add(Interval.halfOpen(half.names(), columns[i], medians[i], Double.POSITIVE_INFINITY));
            }
            candidates.add(new Candidate(new Parity(above, t.odd), t.score, penalty, t.direction, View.PARITIES));
        }
        return candidates;
    }

    private static List<Triple> best(Half half, long[][] p, long[][] q, int a, Comparator<Triple> order) {
        double timeP = half.p().time();
        double timeQ = half.q().time();
        double n = half.p().effectiveSize();
        double m = half.q().effectiveSize();
        List<Triple> best = new ArrayList<>();
        double least = 0;
        long[] pairP = new long[p[a].length];
        long[] pairQ = new long[q[a].length];
        for (int b = a + 1; b < p.length; b++) {
            xor(p[a], p[b], pairP);
            xor(q[a], q[b], pairQ);
            for (int c = b + 1; c < p.length; c++) {
                double x = odd(pairP, p[c]) / timeP;
                double y = odd(pairQ, q[c]) / timeQ;
                if (LogLikelihoodRatio.bound(x, n, y, m) <= least) {
                    continue;
                }
                double score = LogLikelihoodRatio.of(x, n, y, m);
                if (score > least) {
                    // of the two complements the one with less mass
                    boolean odd = x / n + y / m <= 1;
                    boolean under = (x / n > y / m) == odd;
                    best.add(new Triple(score, a, b, c, odd, under ? Direction.UNDER : Direction.OVER));
                    if (best.size() > 4 * KEPT) {
                        best.sort(order);
                        best.subList(KEPT, best.size()).clear();
                        least = best.get(KEPT - 1).score;
                    }
                }
            }
        }
        best.sort(order);
        return best.size() > KEPT ? best.subList(0, KEPT) : best;
    }

    private static void xor(long[] a, long[] b, long[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = a[i] ^ b[i];
        }
    }

    private static int odd(long[] pair, long[] third) {
        int count = 0;
        for (int i = 0; i < pair.length; i++) {
            count += Long.bitCount(pair[i] ^ third[i]);
        }
        return count;
    }

    private static long[][] bits(Half half, SampledDraws draws, int[] columns, double[] medians) {
        return half.workers()
                .map(columns.length, i -> {
                    double[] values = draws.column(columns[i]);
                    long[] bits = new long[(values.length + 63) / 64];
                    for (int t = 0; t < values.length; t++) {
                        if (values[t] > medians[i]) {
                            bits[t >> 6] |= 1L << t;
                        }
                    }
                    return bits;
                })
                .toArray(new long[0][]);
    }
}
