package org.localmass.estimate;

import org.jspecify.annotations.Nullable;

/**
 * Positive radii in ascending order with running sums, so that any window is judged in constant time. Immutable.
 *
 * <p>Weighted draws count by their weights, scaled so that they sum to Kish's effective number.
 */
final class SortedRadii {
    /** Exponents omega of the deviation 1 + b r^omega from a pure power law that are looked for. */
    static final double[] OMEGAS = {0.5, 1, 2};

    private final double[] radii;
    private final double[] weights;
    private final double[] logs;
    private final double[][] powers;
    private final double[] count;
    private final double[] squares;
    private final int below;
    private final double floor;
    private final double step;

    /**
     * Takes over ascending radii.
     *
     * @param radii   ascending, positive; those at the floor are only known to be at most as large
     * @param weights one per radius, or null
     * @param below   number of radii at the floor
     * @param step    grid step of rounded radii, 0 if they are exact
     */
    SortedRadii(double[] radii, double @Nullable [] weights, int below, double step) {
        this.step = step;
        int n = radii.length;
        this.radii = radii;
        this.below = below;
        this.floor = below > 0 ? radii[0] : 0;
        double sum = n;
        double sumSquares = n;
        if (weights != null) {
            sum = 0;
            sumSquares = 0;
            for (double w : weights) {
                sum += w;
                sumSquares += w * w;
            }
        }
        this.weights = new double[n];
        logs = new double[n + 1];
        powers = new double[OMEGAS.length][n + 1];
        count = new double[n + 1];
        squares = new double[n + 1];
        double scale = n == 0 ? 1 : radii[n - 1];
        for (int i = 0; i < n; i++) {
            double w = weights == null ? 1 : weights[i] * sum / sumSquares;
            this.weights[i] = w;
            double ratio = radii[i] / scale;
            logs[i + 1] = logs[i] + w * Math.log(radii[i]);
            count[i + 1] = count[i] + w;
            squares[i + 1] = squares[i] + w * w;
            for (int j = 0; j < OMEGAS.length; j++) {
                powers[j][i + 1] = powers[j][i]
                        + w * (OMEGAS[j] == 0.5 ? Math.sqrt(ratio) : OMEGAS[j] == 1 ? ratio : ratio * ratio);
            }
        }
    }

    int size() {
        return radii.length;
    }

    double radius(int i) {
        return radii[i];
    }

    /**
     * Number of radii in the widest window of at most k that ends between two different radii, beyond the floor if there
     * is one; rounding puts many on one.
     */
    int snapped(int k) {
        int i = Math.min(k, radii.length - 1);
        while (i > 0 && radii[i - 1] == radii[i]) {
            i--;
        }
        if (i > below) {
            return i;
        }
        i = Math.max(1, below + 1);
        while (i < radii.length - 1 && radii[i - 1] == radii[i]) {
            i++;
        }
        return i;
    }

    /** Outer radius R of the window of k radii: the next one, or half a grid step before it. */
    double edge(int k) {
        return radii[k] - 0.5 * step;
    }

    /** Number of radii at the floor. */
    int below() {
        return below;
    }

    double floor() {
        return floor;
    }

    double weight(int i) {
        return weights[i];
    }

    /** Number of radii strictly below a radius. */
    int countBelow(double radius) {
        int low = 0;
        int high = radii.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (radii[mid] < radius) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /** S: the weighted sum of log(R/radius) over the first k radii. */
    double logSum(int k, double radius) {
        return Math.max(0, count[k] * Math.log(radius) - logs[k]);
    }

    /** Weighted number of the first k radii. */
    double count(int k) {
        return count[k];
    }

    /** Effective number of the first k radii above the floor: (sum w)^2 / sum w^2. */
    double effective(int k) {
        double w = count[k] - count[below];
        return k <= below ? 0 : w * w / (squares[k] - squares[below]);
    }

    /** Weighted sum of (radius/R)^omega over the first k radii, omega = OMEGAS[j]. */
    double powerSum(int j, int k, double radius) {
        return powers[j][k] * Math.pow(radii[radii.length - 1] / radius, OMEGAS[j]);
    }
}
