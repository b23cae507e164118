package org.localmass.check;

import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/**
 * What the search sees of one side: all draws, or every k-th, by column.
 *
 * <p>Weighted draws are resampled systematically to as many as their weights are worth (Kish), so that the search itself
 * knows no weights.
 */
final class SampledDraws {
    private final double[][] columns;
    private final double time;

    private SampledDraws(double[][] columns, double time) {
        this.columns = columns;
        this.time = time;
    }

    /**
     * Samples draws.
     *
     * @param time    autocorrelation time of the draws, at least 1
     * @param most    most draws kept
     * @param workers copies the columns in parallel
     */
    static SampledDraws of(Draws draws, double time, int most, Workers workers) {
        int[] rows;
        double left;
        if (draws.weighted()) {
            rows = resample(draws, most);
            left = time;
        } else {
            int stride = (draws.size() - 1) / most + 1;
            rows = new int[(draws.size() - 1) / stride + 1];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = i * stride;
            }
            left = Math.max(1, time / stride);
        }
        double[][] columns =
                workers.map(draws.dimension(), j -> column(draws, j, rows)).toArray(new double[0][]);
        return new SampledDraws(columns, left);
    }

    /** Some of the columns, not copied. */
    SampledDraws select(int[] chosen) {
        double[][] some = new double[chosen.length][];
        for (int i = 0; i < some.length; i++) {
            some[i] = columns[chosen[i]];
        }
        return new SampledDraws(some, time);
    }

    private static double[] column(Draws draws, int j, int[] rows) {
        double[] values = new double[rows.length];
        int at = 0;
        int offset = 0;
        for (Chain chain : draws.chains()) {
            while (at < rows.length && rows[at] < offset + chain.size()) {
                values[at] = chain.value(rows[at] - offset, j) + 0.0;
                at++;
            }
            offset += chain.size();
        }
        return values;
    }

    private static int[] resample(Draws draws, int most) {
        double largest = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                largest = Math.max(largest, chain.logWeight(t));
            }
        }
        double[] weights = new double[draws.size()];
        double sum = 0;
        double squares = 0;
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                double w = Math.exp(chain.logWeight(t) - largest);
                weights[i++] = w;
                sum += w;
                squares += w * w;
            }
        }
        int kept = (int) Math.max(1, Math.min(most, Math.ceil(sum * sum / squares)));
        int[] rows = new int[kept];
        double reached = 0;
        int row = -1;
        for (int k = 0; k < kept; k++) {
            double position = (k + 0.5) / kept * sum;
            while (row < 0 || (reached < position && row + 1 < weights.length)) {
                reached += weights[++row];
            }
            rows[k] = row;
        }
        return rows;
    }

    int size() {
        return columns[0].length;
    }

    int dimension() {
        return columns.length;
    }

    /** Values of a column; not to be modified. */
    double[] column(int j) {
        return columns[j];
    }

    /** Autocorrelation time of these draws. */
    double time() {
        return time;
    }

    /** Number of draws that would say as much if they were independent. */
    double effectiveSize() {
        return size() / time;
    }
}
