package org.localmass.estimate.explore;

import java.util.Arrays;

/**
 * The fit of one coordinate's location and log scale, both linear in features of the drivers.
 *
 * <p>In turns: location coefficients by least squares with weights \( w e^{-2s} \) (ridge 3/n on nonlinear features), log
 * scale coefficients by at most five steps of Fisher scoring of \( \sum w\,[-s - \tfrac12\min(r^2e^{-2s}, 9)] \) (ridge
 * 10/n on hinges, steps of at most 1.5). n is the effective number of points. The information matrix of the scales is the
 * same in every step of every coordinate, that of the first location in every coordinate: both are factored once. Without
 * drivers one turn of one step. Holds the last fit; not for several threads.
 */
final class ConditionalFit {
    private static final int SCORING_STEPS = 5;
    private static final double MOST_STEP = 1.5;
    private static final double SMALL_STEP = 1e-4;
    private static final double MOST_SQUARE = 9;
    private static final double MOST_LOG_SCALE = 300;

    private final double[] placeRows;
    private final int places;
    private final double[] scaleRows;
    private final int scales;
    private final double[] weights;
    private final int n;
    private final double effective;
    private final int drivers;
    /** Cholesky factors: of the first least squares, and of half the information of the log scale. */
    private final double[] first;

    private final double[] information;
    private final boolean solvable;
    private final double[] gram;
    private final double[] location;
    private final double[] scale;
    private final double[] step;
    private final double[] residual;
    private final double[] logScale;
    private final double[] precisions;

    /**
     * Prepares for fits to the same points.
     *
     * @param placeRows location features by point, n by places, the constant and the drivers first
     * @param scaleRows scale features by point, n by scales, likewise
     * @param weights   n, sum 1
     * @param effective number of points
     */
    ConditionalFit(
            double[] placeRows,
            int places,
            double[] scaleRows,
            int scales,
            double[] weights,
            double effective,
            int drivers) {
        this.placeRows = placeRows;
        this.places = places;
        this.scaleRows = scaleRows;
        this.scales = scales;
        this.weights = weights;
        this.n = weights.length;
        this.effective = effective;
        this.drivers = drivers;
        first = new double[places * places];
        Cholesky.gram(placeRows, places, weights, n, first);
        ridge(first, places, 1, 1e-9, 1e-6, 3 / effective);
        information = new double[scales * scales];
        Cholesky.gram(scaleRows, scales, weights, n, information);
        ridge(information, scales, 1, 1e-6, 1e-3, 10 / effective);
        solvable = Cholesky.factor(first, places) && Cholesky.factor(information, scales);
        gram = new double[places * places];
        location = new double[places];
        scale = new double[scales];
        step = new double[scales];
        residual = new double[n];
        logScale = new double[n];
        precisions = new double[n];
    }

    /** The coefficient of a location feature. */
    double location(int feature) {
        return location[feature];
    }

    /** The coefficient of a scale feature. */
    double scale(int feature) {
        return scale[feature];
    }

    /** A point's residual, in units of its scale. */
    double residual(int i) {
        return residual[i];
    }

    /** Fits n values. */
    void fit(double[] y, int rounds) {
        double centre = 0;
        for (int i = 0; i < n; i++) {
            centre += weights[i] * y[i];
        }
        double variance = 0;
        for (int i = 0; i < n; i++) {
            variance += weights[i] * (y[i] - centre) * (y[i] - centre);
        }
        Arrays.fill(location, 0);
        Arrays.fill(scale, 0);
        if (solvable && variance > 1e-26 * centre * centre) {
            scale[0] = 0.5 * Math.log(variance);
            int turns = drivers > 0 ? rounds : 1;
            for (int turn = 0; turn < turns; turn++) {
                if (!place(y, centre, turn == 0)) {
                    break;
                }
                spread(y, 1e-12 * variance);
            }
        } else {
            // rounding errors of a constant
            location[0] = centre;
            double least = 1e-8 * (centre == 0 ? 1 : Math.abs(centre));
            scale[0] = Math.log(Math.max(least, Math.sqrt(variance)));
        }
        residuals(y);
        dot(scaleRows, scales, scale, logScale);
        for (int i = 0; i < n; i++) {
            residual[i] *= Math.exp(-Math.max(-MOST_LOG_SCALE, Math.min(MOST_LOG_SCALE, logScale[i])));
        }
    }

    /** Location by least squares given the log scales; false if that is singular. */
    private boolean place(double[] y, double centre, boolean equal) {
        if (equal) {
            leastSquares(first, y, centre, weights, location);
            return true;
        }
        precisions(logScale, precisions);
        Cholesky.gram(placeRows, places, precisions, n, gram);
        ridge(gram, places, trace(gram, places) / places, 1e-9, 1e-6, 3 / effective);
        if (!Cholesky.factor(gram, places)) {
            return false;
        }
        leastSquares(gram, y, centre, precisions, location);
        return true;
    }

    /** Log scale by Fisher scoring given the location. */
    private void spread(double[] y, double least) {
        residuals(y);
        for (int k = 0; k < (drivers > 0 ? SCORING_STEPS : 1); k++) {
            dot(scaleRows, scales, scale, logScale);
            score(residual, least, logScale, scale, step);
            Cholesky.solve(information, scales, step);
            // the information is twice the factored matrix
            double largest = 0;
            for (int f = 0; f < scales; f++) {
                double by = Math.max(-MOST_STEP, Math.min(MOST_STEP, 0.5 * step[f]));
                scale[f] += by;
                largest = Math.max(largest, Math.abs(by));
            }
            if (largest < SMALL_STEP) {
                break;
            }
        }
        dot(scaleRows, scales, scale, logScale);
    }

    private void residuals(double[] y) {
        dot(placeRows, places, location, residual);
        for (int i = 0; i < n; i++) {
            residual[i] = y[i] - residual[i];
        }
    }

    /** Adds a ridge: to the constant, to the linear features, and to the others. */
    private void ridge(double[] a, int count, double size, double constant, double linear, double others) {
        for (int f = 0; f < count; f++) {
            double by = f == 0 ? constant : f <= drivers ? linear : others;
            a[f * count + f] += size * by;
        }
    }

    private static double trace(double[] a, int count) {
        double sum = 0;
        for (int f = 0; f < count; f++) {
            sum += a[f * count + f];
        }
        return sum;
    }

    /** Coefficients of y; the constant is taken out first, so that the ridge does not move it. */
    private void leastSquares(double[] factor, double[] y, double centre, double[] w, double[] c) {
        int places = c.length;
        Arrays.fill(c, 0);
        for (int i = 0; i < n; i++) {
            double value = w[i] * (y[i] - centre);
            for (int f = 0; f < places; f++) {
                c[f] += value * placeRows[i * places + f];
            }
        }
        Cholesky.solve(factor, places, c);
        c[0] += centre;
    }

    /** Weights times e^{-2s}, sum 1. */
    private void precisions(double[] logScale, double[] w) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            least = weights[i] > 0 ? Math.min(least, logScale[i]) : least;
        }
        double total = 0;
        for (int i = 0; i < n; i++) {
            w[i] = weights[i] > 0 ? weights[i] * Math.exp(-2 * (logScale[i] - least)) : 0;
            total += w[i];
        }
        for (int i = 0; i < n; i++) {
            w[i] /= total;
        }
    }

    private void dot(double[] rows, int count, double[] coefficients, double[] values) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int f = 0; f < count; f++) {
                sum += rows[i * count + f] * coefficients[f];
            }
            values[i] = sum;
        }
    }

    private void score(double[] residual, double least, double[] logScale, double[] s, double[] step) {
        int scales = s.length;
        Arrays.fill(step, 0);
        for (int i = 0; i < n; i++) {
            double square = (residual[i] * residual[i] + least) * Math.exp(-2 * logScale[i]);
            double value = weights[i] * (Math.min(square, MOST_SQUARE) - 1);
            for (int f = 0; f < scales; f++) {
                step[f] += value * scaleRows[i * scales + f];
            }
        }
        for (int f = drivers + 1; f < scales; f++) {
            step[f] -= 20 / effective * s[f];
        }
    }
}
