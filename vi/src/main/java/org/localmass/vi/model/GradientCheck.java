package org.localmass.vi.model;

import java.util.OptionalInt;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;

/**
 * Compares the gradient of a log density with differences of its values. Immutable.
 *
 * <p>Each coordinate takes Richardson's extrapolation of central differences, with the step that changes the result
 * least; points at which the density is {@code -inf} are refused.
 *
 * <p>Accuracy: about 1e-9 relative to the larger of the derivative and 1 where the density is smooth.
 */
public final class GradientCheck {
    private static final GradientCheck DEFAULT = new GradientCheck(1e-6);
    private static final double FIRST_STEP = 0.1;
    private static final int LEVELS = 9;
    private static final int POINTS = 5;
    private static final int TRIALS = 100;

    private final double tolerance;

    private GradientCheck(double tolerance) {
        this.tolerance = tolerance;
    }

    /** Tolerance 1e-6, relative to the larger of the derivative and 1. */
    public static GradientCheck withDefaults() {
        return DEFAULT;
    }

    /** This check with another tolerance. */
    public GradientCheck withTolerance(double value) {
        return new GradientCheck(Arguments.positive("tolerance", value));
    }

    /**
     * The gradients at a point.
     *
     * @param gradient    what the density says
     * @param differences what its values say
     * @param worst       coordinate, from 0, of the largest error above the tolerance; empty if there is none
     * @param error       largest \( |g_j - \hat g_j| / \max(1, |\hat g_j|) \)
     */
    public record Result(double[] gradient, double[] differences, OptionalInt worst, double error) {
        /** Whether all derivatives are within the tolerance. */
        public boolean isGood() {
            return worst.isEmpty();
        }

        /** {@code gradient mismatch at coordinate j: ...}, coordinates from 1; empty if all is well. */
        public String message() {
            if (worst.isEmpty()) {
                return "";
            }
            int j = worst.getAsInt();
            return "gradient mismatch at coordinate " + (j + 1) + ": the density says " + gradient[j]
                    + ", its differences " + differences[j];
        }
    }

    /**
     * Compares at a point.
     *
     * @throws IllegalArgumentException if the point's length is not the dimension, or the density is not finite there
     */
    public Result compare(LogDensity.Differentiable density, double[] point) {
        int d = density.dimension();
        Arguments.sameDimension(d, point.length);
        double[] gradient = new double[d];
        double[] differences = new double[d];
        double value = density.value(point, gradient);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("log density must be finite at the point, was " + value);
        }
        int worst = -1;
        double largest = 0;
        double[] moved = point.clone();
        for (int j = 0; j < d; j++) {
            differences[j] = difference(density, moved, j);
            double error = Math.abs(gradient[j] - differences[j]) / Math.max(1, Math.abs(differences[j]));
            if (!(error <= largest)) {
                largest = error;
                worst = j;
            }
        }
        boolean bad = !(largest <= tolerance);
        return new Result(gradient, differences, bad ? OptionalInt.of(worst) : OptionalInt.empty(), largest);
    }

    /**
     * Compares at a point.
     *
     * @throws IllegalArgumentException if they differ: {@code gradient mismatch at coordinate j: ...}
     */
    public void require(LogDensity.Differentiable density, double[] point) {
        Result result = compare(density, point);
        if (!result.isGood()) {
            throw new IllegalArgumentException(result.message());
        }
    }

    /**
     * Compares at random standard normal points, five of those at which the density is finite.
     *
     * @throws IllegalArgumentException if they differ: {@code gradient mismatch at coordinate j: ...}; or the density is
     *     finite at none of 100 points
     */
    public void require(Model model, long seed) {
        LogDensity.Differentiable density = model.evaluator();
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
        double[] point = new double[model.dimension()];
        int compared = 0;
        for (int i = 0; i < TRIALS && compared < POINTS; i++) {
            for (int j = 0; j < point.length; j++) {
                point[j] = gaussian.sample();
            }
            if (Double.isFinite(density.value(point))) {
                require(density, point);
                compared++;
            }
        }
        if (compared == 0) {
            throw new IllegalArgumentException("log density of " + model.name() + " must be finite near 0, was not at "
                    + TRIALS + " standard normal points");
        }
    }

    /** Ridders' table: the entry that differs least from its neighbours. */
    private static double difference(LogDensity density, double[] point, int j) {
        double at = point[j];
        double step = FIRST_STEP * Math.max(1, Math.abs(at) * 0.1);
        double[] last = new double[LEVELS];
        double[] row = new double[LEVELS];
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < LEVELS; i++, step *= 0.5) {
            point[j] = at + step;
            double up = density.value(point);
            double width = point[j];
            point[j] = at - step;
            double down = density.value(point);
            width -= point[j];
            point[j] = at;
            row[0] = (up - down) / width;
            double factor = 4;
            for (int k = 1; k <= i; k++, factor *= 4) {
                row[k] = row[k - 1] + (row[k - 1] - last[k - 1]) / (factor - 1);
                double change = Math.max(Math.abs(row[k] - row[k - 1]), Math.abs(row[k] - last[k - 1]));
                if (change < least) {
                    least = change;
                    best = row[k];
                }
            }
            double[] swap = last;
            last = row;
            row = swap;
        }
        return best;
    }
}
