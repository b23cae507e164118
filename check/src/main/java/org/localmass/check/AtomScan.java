package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.Interval;
import org.localmass.estimate.AtomTest;

/**
 * Finds values of a parameter that carry probability in one of the measures.
 *
 * <p>A value is proposed under the rule of {@link AtomTest}: it holds at least 5 and at least 0.4 % of the positions of either
 * set, and more than three times the ties that rounding to the file's digits explains. A run of equal states counts once, except for
 * independent draws: rejected Metropolis proposals are not atoms.
 * <br>Source: docs/theory.md, E7.2.
 */
final class AtomScan extends ParameterSource {
    private static final int PER_PARAMETER = 3;
    /** States looked at before all of them are sorted. */
    private static final int SAMPLE = 25_000;

    @Override
    public View view() {
        return View.ATOMS;
    }

    @Override
    public int quota() {
        return 3;
    }

    @Override
    List<Candidate> scan(Half half, List<String> names, int j) {
        TreeSet<Double> values = new TreeSet<>();
        atoms(half.reference(), j).forEach(values::add);
        atoms(half.approximation(), j).forEach(values::add);
        List<Candidate> found = new ArrayList<>();
        double n = half.p().effectiveSize();
        double m = half.q().effectiveSize();
        for (double value : values) {
            double p = share(half.reference(), j, value);
            double q = share(half.approximation(), j, value);
            if (p == q) {
                continue;
            }
            found.add(new Candidate(
                    Interval.atom(names, j, value),
                    LogLikelihoodRatio.of(n * p, n, m * q, m),
                    Math.log(names.size() + 1.0),
                    p > q ? Direction.UNDER : Direction.OVER,
                    View.ATOMS));
        }
        return found;
    }

    private static double share(Draws draws, int j, double value) {
        SortedColumn column = SortedColumn.of(draws, j);
        return column.share(value) - column.share(Math.nextDown(value));
    }

    /** Values that repeat more often than rounding explains, most frequent first. */
    static List<Double> atoms(Draws draws, int j) {
        double[] states = states(draws, j);
        int n = states.length;
        if (n > 4 * SAMPLE && !repeats(states)) {
            return List.of();
        }
        Arrays.sort(states);
        double needed = Math.max(AtomTest.LEAST_HITS, AtomTest.LEAST_SHARE * n);
        double resolution = Double.POSITIVE_INFINITY;
        record Tie(double value, int count) {}
        List<Tie> ties = new ArrayList<>();
        for (int i = 0; i < n; ) {
            int k = i;
            while (k < n && states[k] == states[i]) {
                k++;
            }
            if (k < n) {
                resolution = Math.min(resolution, states[k] - states[i]);
            }
            if (k - i >= needed) {
                ties.add(new Tie(states[i], k - i));
            }
            i = k;
        }
        ties.sort(Comparator.comparingInt(Tie::count).reversed().thenComparingDouble(Tie::value));
        List<Double> atoms = new ArrayList<>();
        for (Tie tie : ties) {
            if (atoms.size() < PER_PARAMETER
                    && tie.count > AtomTest.MARGIN * predictedTies(states, tie.value, resolution)) {
                atoms.add(tie.value);
            }
        }
        return atoms;
    }

    /**
     * Whether a value holds 0.2 % of every n-th state: a value with the 0.4 % of an atom misses that with probability
     * about 1e-8.
     */
    private static boolean repeats(double[] states) {
        int stride = states.length / SAMPLE;
        double[] sample = new double[SAMPLE];
        for (int i = 0; i < SAMPLE; i++) {
            sample[i] = states[i * stride];
        }
        Arrays.sort(sample);
        int needed = SAMPLE / 500;
        for (int i = 0; i + needed <= SAMPLE; i++) {
            if (sample[i] == sample[i + needed - 1]) {
                return true;
            }
        }
        return false;
    }

    /** The values of a parameter, a run of equal states counted once unless the draws are independent. */
    private static double[] states(Draws draws, int j) {
        if (draws.sampling() == Sampling.INDEPENDENT) {
            return draws.column(j);
        }
        double[] kept = new double[draws.size()];
        int count = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                double x = chain.value(t, j);
                if (t == 0 || x != chain.value(t - 1, j)) {
                    kept[count++] = x;
                }
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Ties that rounding to the grid explains. */
    private static double predictedTies(double[] sorted, double value, double step) {
        if (!Double.isFinite(step)) {
            return 0;
        }
        int on = within(sorted, value, AtomTest.ON * step);
        return AtomTest.tiesByRounding(
                within(sorted, value, AtomTest.NEAR * step) - on, within(sorted, value, AtomTest.WIDE * step) - on);
    }

    private static int within(double[] sorted, double value, double distance) {
        return SortedColumn.upTo(sorted, value + distance) - SortedColumn.upTo(sorted, Math.nextDown(value - distance));
    }
}
