package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Proposes rectangles of two parameters: for every pair the best of 441 (21 sides of either), from the 10 x 10 table of its
 * bins in both sets of draws, which is a block of the Gram matrix of the indicators of all bins.
 */
final class PairScan implements CandidateSource {
    private static final int KEPT = 60;
    private static final int BINS = Codes.BINS;

    @Override
    public View view() {
        return View.PAIRS;
    }

    @Override
    public int quota() {
        return 3;
    }

    /** The best rectangle of a pair of coded columns. */
    record Pair(double score, int first, int second, int firstSide, int secondSide, Direction direction) {}

    @Override
    public List<Candidate> candidates(Half half) {
        double d = half.codes().size();
        double penalty = Math.log(200 * d * d);
        List<Candidate> all = new ArrayList<>();
        for (Pair pair : half.pairs()) {
            all.add(new Candidate(
                    half.codes()
                            .region(List.of(
                                    half.codes().condition(pair.first, pair.firstSide),
                                    half.codes().condition(pair.second, pair.secondSide))),
                    pair.score,
                    penalty,
                    pair.direction,
                    View.PAIRS));
        }
        return all;
    }

    /** The best rectangles of the best pairs, best first. */
    static List<Pair> best(Codes codes) {
        int d = codes.size();
        List<Pair> all = new ArrayList<>();
        Comparator<Pair> order = Comparator.comparingDouble(Pair::score)
                .reversed()
                .thenComparingInt(Pair::first)
                .thenComparingInt(Pair::second);
        for (List<Pair> some : codes.half().workers().map(d, j -> {
            List<Pair> row = new ArrayList<>();
            int[] counts = new int[BINS * BINS];
            int[] p = new int[(BINS + 1) * (BINS + 1)];
            int[] q = new int[(BINS + 1) * (BINS + 1)];
            for (int k = j + 1; k < d; k++) {
                table(codes.p(j), codes.p(k), counts, p);
                table(codes.q(j), codes.q(k), counts, q);
                Pair pair = best(codes, j, k, p, q);
                if (pair.score > 0) {
                    row.add(pair);
                }
            }
            row.sort(order);
            return row.size() > KEPT ? new ArrayList<>(row.subList(0, KEPT)) : row;
        })) {
            all.addAll(some);
        }
        all.sort(order);
        return List.copyOf(all.size() > KEPT ? all.subList(0, KEPT) : all);
    }

    /** Numbers of draws with both bins below a corner. */
    private static void table(byte[] first, byte[] second, int[] counts, int[] sums) {
        java.util.Arrays.fill(counts, 0);
        for (int t = 0; t < first.length; t++) {
            counts[first[t] * BINS + second[t]]++;
        }
        for (int a = 1; a <= BINS; a++) {
            int row = 0;
            for (int b = 1; b <= BINS; b++) {
                row += counts[(a - 1) * BINS + b - 1];
                sums[a * (BINS + 1) + b] = sums[(a - 1) * (BINS + 1) + b] + row;
            }
        }
    }

    private static int hits(int[] sums, int firstSide, int secondSide) {
        int a = Codes.from(firstSide) * (BINS + 1);
        int b = Codes.to(firstSide) * (BINS + 1);
        int c = Codes.from(secondSide);
        int d = Codes.to(secondSide);
        return sums[b + d] - sums[a + d] - sums[b + c] + sums[a + c];
    }

    private static Pair best(Codes codes, int j, int k, int[] p, int[] q) {
        double timeP = codes.half().p().time();
        double timeQ = codes.half().q().time();
        double n = codes.half().p().effectiveSize();
        double m = codes.half().q().effectiveSize();
        double top = 0;
        int firstSide = 0;
        int secondSide = 0;
        boolean under = true;
        for (int a = 0; a < Codes.SIDES; a++) {
            for (int b = 0; b < Codes.SIDES; b++) {
                double x = hits(p, a, b) / timeP;
                double y = hits(q, a, b) / timeQ;
                if (LogLikelihoodRatio.bound(x, n, y, m) > top && codes.proper(j, a) && codes.proper(k, b)) {
                    double score = LogLikelihoodRatio.of(x, n, y, m);
                    if (score > top) {
                        top = score;
                        firstSide = a;
                        secondSide = b;
                        under = x / n > y / m;
                    }
                }
            }
        }
        return new Pair(top, j, k, firstSide, secondSide, under ? Direction.UNDER : Direction.OVER);
    }
}
