package org.localmass.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The modes of one parameter's marginal, by a kernel density estimate on a grid.
 *
 * <p>Gaussian kernel, bandwidth 0.9 min(sd, IQR/1.34) n^(-1/5) (Silverman 1986, eq. 3.31) on 256 cells between the
 * 0.1 % and 99.9 % quantiles. A dip between two peaks separates them if it falls below 70 % of the lower peak, by more
 * than three standard errors (of the root of the density, which has variance 1/(8 sqrt(pi) n h)), and each side holds at
 * least 1 % of the draws.
 *
 * @param centres the peaks, ascending
 * @param dips    what separates neighbouring peaks: one fewer
 */
record Modes(List<Double> centres, List<Dip> dips) {
    private static final int CELLS = 256;
    private static final double DIP = 0.7;
    private static final double LEAST_SHARE = 0.01;

    /**
     * What separates two peaks.
     *
     * @param at   place of the lowest density between them
     * @param drop how far the root of the density falls from the lower peak, in standard errors
     */
    record Dip(double at, double drop) {}

    static Modes of(SortedColumn column, double effectiveSize) {
        double low = column.quantile(0.001);
        double high = column.quantile(0.999);
        if (!(high > low)) {
            return new Modes(List.of(low), List.of());
        }
        double variance = column.variance();
        double quartiles = column.quantile(0.75) - column.quantile(0.25);
        double spread = quartiles > 0 ? Math.min(Math.sqrt(variance), quartiles / 1.34) : Math.sqrt(variance);
        double cell = (high - low) / CELLS;
        double bandwidth = Math.max(cell, 0.9 * spread * Math.pow(Math.max(2, effectiveSize), -0.2));
        double[] share = new double[CELLS];
        double before = column.share(low);
        for (int i = 0; i < CELLS; i++) {
            double up = column.share(low + (i + 1) * cell);
            share[i] = up - before;
            before = up;
        }
        int reach = (int) Math.min(CELLS, Math.ceil(4 * bandwidth / cell));
        double[] kernel = new double[reach + 1];
        for (int k = 0; k <= reach; k++) {
            double z = k * cell / bandwidth;
            kernel[k] = Math.exp(-0.5 * z * z);
        }
        double[] density = new double[CELLS];
        for (int i = 0; i < CELLS; i++) {
            for (int k = Math.max(0, i - reach); k <= Math.min(CELLS - 1, i + reach); k++) {
                density[i] += share[k] * kernel[Math.abs(i - k)];
            }
        }
        List<Double> centres = new ArrayList<>();
        // the kernel sums to sqrt(2 pi) h/cell, so density/(that * cell) integrates to 1
        double unit = Math.sqrt(2 * Math.PI) * bandwidth;
        double rootError = Math.sqrt(unit / (8 * Math.sqrt(Math.PI) * effectiveSize * bandwidth));
        List<Dip> dips = new ArrayList<>();
        double error = Math.sqrt(2) * rootError;
        int last = -1;
        for (int peak : peaks(density, share, 3 * error)) {
            centres.add(low + (peak + 0.5) * cell);
            if (last >= 0) {
                int dip = lowest(density, last, peak);
                double lower = Math.min(density[last], density[peak]);
                int end = dip;
                while (end < peak && density[end + 1] == density[dip]) {
                    end++;
                }
                dips.add(new Dip(
                        low + (0.5 * (dip + end) + 0.5) * cell, (Math.sqrt(lower) - Math.sqrt(density[dip])) / error));
            }
            last = peak;
        }
        return new Modes(List.copyOf(centres), List.copyOf(dips));
    }

    /** Cells of the peaks that dips separate, ascending; {@code least} is the drop of the root density that counts. */
    private static List<Integer> peaks(double[] density, double[] share, double least) {
        List<Integer> peaks = new ArrayList<>();
        List<Integer> dips = new ArrayList<>();
        for (int i = 0; i < density.length; i++) {
            boolean rises = i == 0 || density[i] > density[i - 1];
            boolean falls = i == density.length - 1 || density[i] >= density[i + 1];
            if (rises && falls) {
                if (!peaks.isEmpty()) {
                    dips.add(lowest(density, peaks.get(peaks.size() - 1), i));
                }
                peaks.add(i);
            }
        }
        while (peaks.size() > 1) {
            int weakest = -1;
            double worst = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < dips.size(); k++) {
                double lower = Math.min(density[peaks.get(k)], density[peaks.get(k + 1)]);
                double depth = lower > 0 ? density[dips.get(k)] / lower : 1;
                int start = k == 0 ? 0 : dips.get(k - 1);
                int end = k + 1 == dips.size() ? share.length : dips.get(k + 1);
                boolean small =
                        sum(share, start, dips.get(k)) < LEAST_SHARE || sum(share, dips.get(k), end) < LEAST_SHARE;
                boolean chance = Math.sqrt(lower) - Math.sqrt(density[dips.get(k)]) < least;
                double badness = small || chance ? 1 + depth : depth;
                if (badness > worst) {
                    worst = badness;
                    weakest = k;
                }
            }
            if (worst < DIP) {
                break;
            }
            peaks.remove(density[peaks.get(weakest)] < density[peaks.get(weakest + 1)] ? weakest : weakest + 1);
            dips.remove(weakest);
        }
        return peaks;
    }

    private static int lowest(double[] density, int from, int to) {
        int at = from;
        for (int i = from; i <= to; i++) {
            if (density[i] < density[at]) {
                at = i;
            }
        }
        return at;
    }

    private static double sum(double[] share, int from, int to) {
        double total = 0;
        for (int i = from; i < to; i++) {
            total += share[i];
        }
        return total;
    }

    boolean any(org.localmass.core.region.Interval interval) {
        return centres.stream().anyMatch(interval::contains);
    }
}
