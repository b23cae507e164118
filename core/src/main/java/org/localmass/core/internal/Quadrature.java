package org.localmass.core.internal;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;

/**
 * Adaptive integration by the Gauss-Kronrod rule of 10 and 21 points. Not part of the public API.
 *
 * <p>The interval with the largest error is halved until the error sum meets the tolerance; panels are summed in the
 * order of their left ends. Tolerances are relative first: local masses may be 1e-300 (docs/theory.md N5).
 */
public final class Quadrature {
    private static final double[] NODES = {
        0.9956571630258081,
        0.9739065285171717,
        0.9301574913557082,
        0.8650633666889845,
        0.7808177265864169,
        0.6794095682990244,
        0.5627571346686047,
        0.4333953941292472,
        0.2943928627014602,
        0.14887433898163122
    };
    private static final double[] GAUSS = {
        0,
        0.06667134430868814,
        0,
        0.1494513491505806,
        0,
        0.21908636251598204,
        0,
        0.26926671930999635,
        0,
        0.29552422471475287
    };
    private static final double[] KRONROD = {
        0.011694638867371874,
        0.032558162307964725,
        0.054755896574351995,
        0.07503967481091996,
        0.0931254545836976,
        0.10938715880229764,
        0.12349197626206584,
        0.13470921731147334,
        0.14277593857706009,
        0.14773910490133849
    };
    private static final double CENTRE = 0.1494455540029169;
    /** Error below this many ulps of the integral of |f| is rounding: halving cannot reduce it. */
    private static final double ROUNDING = 50 * 0x1p-53;

    private static final int POINTS = 21;

    private Quadrature() {}

    /**
     * An integral.
     *
     * @param value       the integral
     * @param error       estimate of its absolute error
     * @param evaluations number of values of the integrand
     */
    public record Result(double value, double error, int evaluations) {}

    /** Thrown where the tolerance was not met. */
    public static final class NotConverged extends ArithmeticException {
        private static final long serialVersionUID = 1;
        private final double value;
        private final double error;

        NotConverged(double value, double error, int evaluations) {
            super("integral " + value + " has error " + error + " after " + evaluations + " evaluations");
            this.value = value;
            this.error = error;
        }

        /** The value reached. */
        public double value() {
            return value;
        }

        /** Its error estimate. */
        public double error() {
            return error;
        }
    }

    private record Panel(double a, double b, double value, double error, double magnitude) {}

    /**
     * The integral over {@code [cuts[0], cuts[last]]}.
     *
     * @param f              integrand, finite inside; the ends of panels are not evaluated
     * @param cuts           ascending points at which panels start and end, at least two
     * @param relative       tolerance as a share of the integral
     * @param absolute       tolerance in absolute terms; the larger of the two counts
     * @param maxEvaluations limit on the number of values
     * @throws NotConverged if the limit is reached, or a value is not finite
     */
    public static Result integrate(
            DoubleUnaryOperator f, double[] cuts, double relative, double absolute, int maxEvaluations) {
        PriorityQueue<Panel> open = new PriorityQueue<>(
                Comparator.comparingDouble(Panel::error).reversed().thenComparingDouble(Panel::a));
        double value = 0;
        double error = 0;
        double magnitude = 0;
        int evaluations = 0;
        for (int i = 0; i + 1 < cuts.length; i++) {
            if (cuts[i] < cuts[i + 1]) {
                Panel panel = panel(f, cuts[i], cuts[i + 1]);
                evaluations += POINTS;
                open.add(panel);
                value += panel.value;
                error += panel.error;
                magnitude += panel.magnitude;
            }
        }
        while (error > Math.max(absolute, Math.max(relative * Math.abs(value), ROUNDING * magnitude))) {
            Panel worst = open.poll();
            double middle = worst == null ? Double.NaN : 0.5 * (worst.a + worst.b);
            if (worst == null
                    || !(worst.a < middle && middle < worst.b)
                    || evaluations + 2 * POINTS > maxEvaluations
                    || Double.isNaN(value)) {
                throw new NotConverged(value, error, evaluations);
            }
            Panel left = panel(f, worst.a, middle);
            Panel right = panel(f, middle, worst.b);
            evaluations += 2 * POINTS;
            open.add(left);
            open.add(right);
            value = 0;
            error = 0;
            magnitude = 0;
            for (Panel panel : open) {
                value += panel.value;
                error += panel.error;
                magnitude += panel.magnitude;
            }
        }
        if (Double.isNaN(error) || Double.isNaN(value) || Double.isInfinite(value)) {
            throw new NotConverged(value, error, evaluations);
        }
        Panel[] panels = open.toArray(new Panel[0]);
        java.util.Arrays.sort(panels, Comparator.comparingDouble(Panel::a));
        double sum = 0;
        double lost = 0;
        for (Panel panel : panels) {
            double next = sum + panel.value;
            lost += Math.abs(sum) >= Math.abs(panel.value) ? (sum - next) + panel.value : (panel.value - next) + sum;
            sum = next;
        }
        return new Result(sum + lost, error, evaluations);
    }

    private static Panel panel(DoubleUnaryOperator f, double a, double b) {
        double middle = 0.5 * (a + b);
        double half = 0.5 * (b - a);
        double centre = f.applyAsDouble(middle);
        double kronrod = CENTRE * centre;
        double magnitude = CENTRE * Math.abs(centre);
        double gauss = 0;
        for (int i = 0; i < NODES.length; i++) {
            double low = f.applyAsDouble(middle - half * NODES[i]);
            double high = f.applyAsDouble(middle + half * NODES[i]);
            kronrod += KRONROD[i] * (low + high);
            magnitude += KRONROD[i] * (Math.abs(low) + Math.abs(high));
            gauss += GAUSS[i] * (low + high);
        }
        // QUADPACK's scaling: the Kronrod value is far better than the difference of the two
        double difference = Math.abs((kronrod - gauss) * half);
        magnitude *= half;
        double error = difference == 0 || magnitude == 0
                ? difference
                : magnitude * Math.min(1, Math.pow(200 * difference / magnitude, 1.5));
        return new Panel(a, b, kronrod * half, error, magnitude);
    }
}
