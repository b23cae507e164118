package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.Fft;

/**
 * Integrated autocorrelation times: how many draws are worth one independent draw.
 *
 * <p>Geyer's initial monotone positive sequence, chains pooled around their grand mean (so that chains that disagree
 * count as long memory), and the dispersion of hits over batches (so that one excursion counts as one visit).
 * <br>Source: Geyer (1992); docs/theory.md, E7.1 and C10.2.
 */
public final class Autocorrelation {
    private static final int HEAD = 50_000;

    private Autocorrelation() {}

    /**
     * Integrated autocorrelation time of a series in chains, at least 1; 1 for a constant series.
     *
     * <p>Sums of autocorrelations of neighbouring lags are added while they are positive, each capped by the one
     * before; at most a sixth of the longest chain is looked at.
     *
     * @param chains one series per chain; not modified; may differ in length
     */
    public static double time(double[][] chains) {
        long size = 0;
        double sum = 0;
        int longest = 0;
        for (double[] chain : chains) {
            size += chain.length;
            longest = Math.max(longest, chain.length);
            for (double v : chain) {
                sum += v;
            }
        }
        double mean = sum / size;
        double[][] centred = new double[chains.length][];
        double variance = 0;
        for (int c = 0; c < chains.length; c++) {
            centred[c] = new double[chains[c].length];
            for (int t = 0; t < chains[c].length; t++) {
                double gap = chains[c][t] - mean;
                centred[c][t] = gap;
                variance += gap * gap;
            }
        }
        variance /= size;
        if (!(variance > 0)) {
            return 1;
        }
        double total = 0;
        double previous = Double.POSITIVE_INFINITY;
        int pairs = Math.max(1, longest / 6);
        LagProducts products = new LagProducts(centred);
        for (int i = 0; i < pairs; i++) {
            double gamma = Math.min(previous, (products.mean(2 * i) + products.mean(2 * i + 1)) / variance);
            if (!(gamma > 0)) {
                break;
            }
            total += gamma;
            previous = gamma;
        }
        return Math.max(1, 2 * total - 1);
    }

    /** Mean products of a centred series with itself at a lag, over all chains: summed directly, then by FFT. */
    private static final class LagProducts {
        private static final int DIRECT = 64;

        private final double[][] centred;
        private double @Nullable [] all;

        LagProducts(double[][] centred) {
            this.centred = centred;
        }

        double mean(int lag) {
            long count = 0;
            for (double[] s : centred) {
                count += Math.max(0, s.length - lag);
            }
            if (count == 0) {
                return 0;
            }
            return (lag < DIRECT ? direct(lag) : transformed(lag)) / count;
        }

        private double direct(int lag) {
            double sum = 0;
            for (double[] s : centred) {
                double part = 0;
                for (int t = 0; t + lag < s.length; t++) {
                    part += s[t] * s[t + lag];
                }
                sum += part;
            }
            return sum;
        }

        private double transformed(int lag) {
            double[] products = all;
            if (products == null) {
                products = Fft.selfProducts(centred);
                all = products;
            }
            return lag < products.length ? products[lag] : 0;
        }
    }

    /**
     * Dispersion of the hits of an indicator over batches: their variance divided by what independent draws would give.
     *
     * <p>\[ \phi = \frac{\sum_b c_b^2 - x^2/B}{x (1 - 1/B) (1 - x/N)} \]
     *
     * @param chains one indicator series per chain
     * @param length smallest batch length
     * @return phi, 1 where there are fewer than 4 batches or the indicator is constant
     */
    static double dispersion(boolean[][] chains, int length) {
        int batch = Integer.MAX_VALUE;
        for (boolean[] chain : chains) {
            if (chain.length >= length) {
                batch = Math.min(batch, chain.length / (chain.length / length));
            }
        }
        if (batch == Integer.MAX_VALUE) {
            return 1;
        }
        long batches = 0;
        double hits = 0;
        double squares = 0;
        for (boolean[] chain : chains) {
            for (int b = 0; b < chain.length / batch; b++) {
                int count = 0;
                for (int t = b * batch; t < (b + 1) * batch; t++) {
                    if (chain[t]) {
                        count++;
                    }
                }
                batches++;
                hits += count;
                squares += (double) count * count;
            }
        }
        double size = (double) batches * batch;
        if (batches < 4 || hits == 0 || hits == size) {
            return 1;
        }
        return (squares - hits * hits / batches) / (hits * (1 - 1.0 / batches)) / (1 - hits / size);
    }

    /**
     * Dispersion of the hits of an indicator over whole chains, \( \sum_c n_c (s_c - s)^2 / ((C - 1) s (1 - s)) \) with s_c
     * the share of chain c.
     *
     * @return 1 for a single chain or a constant indicator
     */
    static double dispersionBetween(boolean[][] chains) {
        double size = 0;
        double hits = 0;
        double[] inside = new double[chains.length];
        for (int c = 0; c < chains.length; c++) {
            for (boolean hit : chains[c]) {
                inside[c] += hit ? 1 : 0;
            }
            size += chains[c].length;
            hits += inside[c];
        }
        if (chains.length < 2 || hits == 0 || hits == size) {
            return 1;
        }
        double share = hits / size;
        double sum = 0;
        for (int c = 0; c < chains.length; c++) {
            double gap = inside[c] / chains[c].length - share;
            sum += chains[c].length * gap * gap;
        }
        return sum / ((chains.length - 1) * share * (1 - share));
    }

    /** Number of separate runs of hits over all chains. */
    static int visits(boolean[][] chains) {
        int visits = 0;
        for (boolean[] chain : chains) {
            boolean before = false;
            for (boolean hit : chain) {
                if (hit && !before) {
                    visits++;
                }
                before = hit;
            }
        }
        return visits;
    }

    /**
     * Autocorrelation times of the ranks of coordinates, ascending.
     *
     * <p>At most {@code limit} coordinates are looked at, spread evenly, and of each chain at most the first 50,000 draws:
     * enough for a time that matters at all.
     *
     * @return one time per coordinate looked at, ascending; constant coordinates count 1
     */
    public static double[] coordinateTimes(Draws draws, int limit) {
        List<Chain> heads = new ArrayList<>();
        for (Chain chain : draws.chains()) {
            heads.add(chain.size() > HEAD ? chain.slice(0, HEAD) : chain);
        }
        Draws head = draws.withChains(heads);
        int d = draws.dimension();
        int looked = Math.min(d, limit);
        double[] times = new double[looked];
        for (int i = 0; i < looked; i++) {
            times[i] = time(ranks(head, (int) ((long) i * d / looked)));
        }
        Arrays.sort(times);
        return times;
    }

    /** Average ranks of a coordinate over all chains, in the shape of the chains. */
    static double[][] ranks(Draws draws, int coordinate) {
        double[] all = draws.column(coordinate);
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        List<Chain> chains = draws.chains();
        double[][] ranks = new double[chains.size()][];
        for (int c = 0, i = 0; c < ranks.length; c++) {
            ranks[c] = new double[chains.get(c).size()];
            for (int t = 0; t < ranks[c].length; t++, i++) {
                ranks[c][t] = 0.5 * (below(sorted, all[i], false) + below(sorted, all[i], true));
            }
        }
        return ranks;
    }

    /** Number of sorted values below a value, or up to and including it. */
    static int below(double[] sorted, double value, boolean inclusive) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (sorted[mid] < value || (inclusive && sorted[mid] == value)) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }
}
