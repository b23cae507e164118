package org.localmass.vi.fidelity;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.vi.objective.Blocks;

/**
 * Of balls about reference points that hold a given probability, the one of which the fit has the smallest share.
 *
 * <p>\( \rho = E_{p|B}[q/p] \), self-normalised over the points inside; probabilities 0.005 and 0.02; distances in units
 * of the reference's standard deviations.
 *
 * @param ratio   rho; {@code +inf} where there was no ball to look at
 * @param centre  index of the reference point at the centre, -1 where there is none
 * @param members indices of the points inside
 */
record WorstBall(double ratio, int centre, int[] members) {
    private static final double[] MASSES = {0.005, 0.02};
    private static final int MOST = 100;
    private static final int LEAST_MEMBERS = 8;
    private static final int LEAST_NEAR = 50;
    private static final WorstBall NONE = new WorstBall(Double.POSITIVE_INFINITY, -1, new int[0]);

    /**
     * Searches.
     *
     * @param logRatios  log q/p at the points
     * @param candidates indices of possible centres
     * @param units      standard deviations
     */
    static WorstBall of(
            double[][] points,
            double[] weights,
            double[] logRatios,
            int[] candidates,
            double[] units,
            int threads,
            UniformRandomProvider random) {
        int[] centres = candidates.clone();
        int tried = Math.min(MOST, centres.length);
        for (int i = 0; i < tried; i++) {
            int k = i + random.nextInt(centres.length - i);
            int swap = centres[i];
            centres[i] = centres[k];
            centres[k] = swap;
        }
        WorstBall[] found = new WorstBall[tried];
        Blocks.run(tried, threads, c -> found[c] = about(points, weights, logRatios, centres[c], units));
        WorstBall worst = NONE;
        for (WorstBall ball : found) {
            if (ball.ratio < worst.ratio) {
                worst = ball;
            }
        }
        return worst;
    }

    private static WorstBall about(
            double[][] points, double[] weights, double[] logRatios, int centreIndex, double[] units) {
        int n = points.length;
        double[] centre = points[centreIndex];
        long[] order = new long[n];
        for (int i = 0; i < n; i++) {
            float square = 0;
            for (int j = 0; j < centre.length; j++) {
                double gap = (points[i][j] - centre[j]) / units[j];
                square += (float) (gap * gap);
            }
            // positive floats are ordered as their bits are
            order[i] = (long) Float.floatToIntBits(square) << 32 | i;
        }
        int near = Math.min(n, Math.max((int) (4 * MASSES[MASSES.length - 1] * n), LEAST_NEAR));
        nearest(order, near);
        Arrays.sort(order, 0, near);
        WorstBall worst = NONE;
        double held = 0;
        double kept = 0;
        int next = 0;
        for (int i = 0; i < near && next < MASSES.length; i++) {
            int p = (int) order[i];
            held += weights[p];
            kept += weights[p] * Math.exp(Math.min(logRatios[p], 700));
            while (next < MASSES.length && held >= MASSES[next]) {
                if (i + 1 >= LEAST_MEMBERS && kept / held < worst.ratio) {
                    worst = new WorstBall(kept / held, centreIndex, members(order, i + 1));
                }
                next++;
            }
        }
        return worst;
    }

    private static int[] members(long[] order, int count) {
        int[] members = new int[count];
        for (int i = 0; i < count; i++) {
            members[i] = (int) order[i];
        }
        return members;
    }

    /** Brings the smallest {@code count} values to the front. */
    private static void nearest(long[] values, int count) {
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            long pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long swap = values[i];
                    values[i++] = values[j];
                    values[j--] = swap;
                }
            }
            if (count - 1 <= j) {
                high = j;
            } else if (count - 1 >= i) {
                low = i;
            } else {
                return;
            }
        }
    }
}
