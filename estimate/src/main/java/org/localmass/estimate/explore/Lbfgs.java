package org.localmass.estimate.explore;

import org.localmass.core.internal.Arguments;

/**
 * Limited-memory quasi-Newton minimisation of a differentiable function. Immutable.
 *
 * <p>Two-loop recursion over the last m pairs of steps and changes of gradient, a line search for the strong Wolfe
 * conditions (1e-4, 0.9) with cubic interpolation. A trial point whose value or gradient is not finite counts as too far
 * and shortens the step; an exception of the function is not caught. The point returned is the best finite one that was
 * seen, never a worse one than the start.
 * <br>Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 7.5, 3.5 and 3.6.
 */
public final class Lbfgs {
    private static final Lbfgs DEFAULT = new Lbfgs(20, 400, Integer.MAX_VALUE, 1e-5, 1e-10);
    private static final double SUFFICIENT = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MOST_TRIALS = 30;

    private final int memory;
    private final int maxIterations;
    private final int maxEvaluations;
    private final double gradientTolerance;
    private final double valueTolerance;

    private Lbfgs(int memory, int maxIterations, int maxEvaluations, double gradientTolerance, double valueTolerance) {
        this.memory = memory;
        this.maxIterations = maxIterations;
        this.maxEvaluations = maxEvaluations;
        this.gradientTolerance = gradientTolerance;
        this.valueTolerance = valueTolerance;
    }

    /** 20 pairs, 400 iterations, gradient 1e-5, relative decrease 1e-10. */
    public static Lbfgs withDefaults() {
        return DEFAULT;
    }

    /** The number of pairs kept. */
    public Lbfgs withMemory(int pairs) {
        return new Lbfgs(
                Arguments.positive("memory", pairs), maxIterations, maxEvaluations, gradientTolerance, valueTolerance);
    }

    /** The most iterations. */
    public Lbfgs withMaxIterations(int iterations) {
        return new Lbfgs(
                memory,
                Arguments.positive("maxIterations", iterations),
                maxEvaluations,
                gradientTolerance,
                valueTolerance);
    }

    /** The most values of the function; a line search that is under way when they are used up ends there. */
    public Lbfgs withMaxEvaluations(int evaluations) {
        return new Lbfgs(
                memory,
                maxIterations,
                Arguments.positive("maxEvaluations", evaluations),
                gradientTolerance,
                valueTolerance);
    }

    /** The largest component of the gradient, in absolute value, at which the search ends; 0 to switch it off. */
    public Lbfgs withGradientTolerance(double tolerance) {
        return new Lbfgs(memory, maxIterations, maxEvaluations, tolerance, valueTolerance);
    }

    /** The decrease in an iteration, relative to max(|old|, |new|, 1), at which the search ends; 0 to switch it off. */
    public Lbfgs withValueTolerance(double tolerance) {
        return new Lbfgs(memory, maxIterations, maxEvaluations, gradientTolerance, tolerance);
    }

    /** A function to be minimised. */
    @FunctionalInterface
    public interface Objective {
        /**
         * Value and gradient.
         *
         * @param point    d coordinates, not to be modified
         * @param gradient d places, to be overwritten
         */
        double value(double[] point, double[] gradient);
    }

    /** Why a search ended. */
    public enum Ending {
        /** The gradient is below its tolerance. */
        GRADIENT,
        /** The decrease is below its tolerance. */
        VALUE,
        /** No lower value could be found along the direction. */
        LINE_SEARCH,
        /** Iterations or evaluations are used up. */
        BUDGET,
        /** The function is not finite at the start. */
        START
    }

    /**
     * The best point that was found.
     *
     * @param point       d coordinates
     * @param value       of the function there
     * @param gradient    of the function there
     * @param iterations  line searches
     * @param evaluations of the function
     * @param ending      why the search ended
     */
    public record Minimum(
            double[] point, double value, double[] gradient, int iterations, int evaluations, Ending ending) {
        /** Whether the search ended because it had arrived. */
        public boolean converged() {
            return ending == Ending.GRADIENT || ending == Ending.VALUE;
        }

        /** The largest component of the gradient in absolute value. */
        public double gradientNorm() {
            return largest(gradient);
        }
    }

    /**
     * Searches from a point.
     *
     * @param objective to be minimised
     * @param start     d finite coordinates, not modified
     * @throws IllegalArgumentException if a coordinate of the start is not finite
     */
    public Minimum minimise(Objective objective, double[] start) {
        return new Search(objective, Arguments.finite("start", start.clone())).run();
    }

    private static double largest(double[] vector) {
        double most = 0;
        for (double x : vector) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /** One search; allocates its arrays once. */
    private final class Search {
        private final Objective objective;
        private final int dimension;
        private final double[][] steps;
        private final double[][] changes;
        private final double[] curvatures;
        private final double[] shares;
        private final double[] direction;
        private double[] point;
        private double[] gradient;
        private double[] trial;
        private double[] trialGradient;
        private double value;
        private double trialValue;
        private double trialSlope;
        private int kept;
        private int newest = -1;
        private int evaluations;

        Search(Objective objective, double[] start) {
            this.objective = objective;
            this.point = start;
            this.dimension = start.length;
            int pairs = Math.min(memory, Math.max(maxIterations, 1));
            this.steps = new double[pairs][dimension];
            this.changes = new double[pairs][dimension];
            this.curvatures = new double[pairs];
            this.shares = new double[pairs];
            this.direction = new double[dimension];
            this.gradient = new double[dimension];
            this.trial = new double[dimension];
            this.trialGradient = new double[dimension];
        }

        Minimum run() {
            value = objective.value(point, gradient);
            evaluations = 1;
            if (!finite(value, gradient)) {
                return result(0, Ending.START);
            }
            if (largest(gradient) <= gradientTolerance) {
                return result(0, Ending.GRADIENT);
            }
            int iteration = 0;
            while (iteration < maxIterations && evaluations < maxEvaluations) {
                double slope = descend();
                double before = value;
                double first = kept == 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
                iteration++;
                if (!lineSearch(slope, first)) {
                    if (kept == 0) {
                        return result(iteration, evaluations >= maxEvaluations ? Ending.BUDGET : Ending.LINE_SEARCH);
                    }
                    // the memory may mislead: once more along the gradient
                    kept = 0;
                    continue;
                }
                remember();
                if (largest(gradient) <= gradientTolerance) {
                    return result(iteration, Ending.GRADIENT);
                }
                if (before - value <= valueTolerance * Math.max(Math.max(Math.abs(before), Math.abs(value)), 1)) {
                    return result(iteration, Ending.VALUE);
                }
            }
            return result(iteration, Ending.BUDGET);
        }

        private Minimum result(int iterations, Ending ending) {
            return new Minimum(point, value, gradient, iterations, evaluations, ending);
        }

        /** Sets the direction and returns its slope, which is negative. */
        private double descend() {
            System.arraycopy(gradient, 0, direction, 0, dimension);
            int pairs = steps.length;
            for (int k = 0; k < kept; k++) {
                int i = (newest - k + pairs) % pairs;
                shares[i] = dot(steps[i], direction) * curvatures[i];
                add(-shares[i], changes[i]);
            }
            if (kept > 0) {
                double scale = 1 / (curvatures[newest] * dot(changes[newest], changes[newest]));
                for (int j = 0; j < dimension; j++) {
                    direction[j] *= scale;
                }
            }
            for (int k = kept - 1; k >= 0; k--) {
                int i = (newest - k + pairs) % pairs;
                add(shares[i] - curvatures[i] * dot(changes[i], direction), steps[i]);
            }
            for (int j = 0; j < dimension; j++) {
                direction[j] = -direction[j];
            }
            double slope = dot(direction, gradient);
            if (!(slope < 0) || !Double.isFinite(slope)) {
                kept = 0;
                for (int j = 0; j < dimension; j++) {
                    direction[j] = -gradient[j];
                }
                slope = -dot(gradient, gradient);
            }
            return slope;
        }

        private void add(double factor, double[] vector) {
            for (int j = 0; j < dimension; j++) {
                direction[j] += factor * vector[j];
            }
        }

        /** Evaluates a trial; false where it is not finite, and its value is then +inf. */
        private boolean tryStep(double step) {
            for (int j = 0; j < dimension; j++) {
                trial[j] = point[j] + step * direction[j];
            }
            trialValue = objective.value(trial, trialGradient);
            evaluations++;
            if (!finite(trialValue, trialGradient)) {
                trialValue = Double.POSITIVE_INFINITY;
                return false;
            }
            trialSlope = dot(trialGradient, direction);
            return true;
        }

        /** Leaves the accepted point in {@code trial} and its value and gradient beside it. */
        private boolean lineSearch(double slope, double first) {
            double[] best = null;
            double[] bestGradient = null;
            double bestValue = value;
            double low = 0;
            double lowValue = value;
            double lowSlope = slope;
            double high = Double.POSITIVE_INFINITY;
            double highValue = Double.NaN;
            double highSlope = Double.NaN;
            double step = first;
            for (int k = 0; k < MOST_TRIALS && evaluations < maxEvaluations; k++) {
                boolean usable = tryStep(step);
                if (usable && trialValue < bestValue) {
                    if (best == null) {
                        best = new double[dimension];
                        bestGradient = new double[dimension];
                    }
                    System.arraycopy(trial, 0, best, 0, dimension);
                    System.arraycopy(trialGradient, 0, bestGradient, 0, dimension);
                    bestValue = trialValue;
                }
                if (!usable || trialValue > value + SUFFICIENT * step * slope || (low > 0 && trialValue >= lowValue)) {
                    high = step;
                    highValue = trialValue;
                    highSlope = usable ? trialSlope : Double.NaN;
                } else if (Math.abs(trialSlope) <= -CURVATURE * slope) {
                    accept();
                    return true;
                } else {
                    if (Double.isInfinite(high) ? trialSlope >= 0 : trialSlope * (high - low) >= 0) {
                        high = low;
                        highValue = lowValue;
                        highSlope = lowSlope;
                    }
                    low = step;
                    lowValue = trialValue;
                    lowSlope = trialSlope;
                }
                if (Double.isInfinite(high)) {
                    step *= 4;
                } else {
                    double width = high - low;
                    if (Math.abs(width) <= 1e-16 * Math.max(Math.abs(high), Math.abs(low))) {
                        break;
                    }
                    double next = cubic(low, lowValue, lowSlope, high, highValue, highSlope);
                    double margin = 0.1 * Math.abs(width);
                    double from = Math.min(low, high) + margin;
                    double to = Math.max(low, high) - margin;
                    step = Double.isNaN(next) ? low + 0.5 * width : Math.min(Math.max(next, from), to);
                }
            }
            if (best == null || bestGradient == null) {
                return false;
            }
            System.arraycopy(best, 0, trial, 0, dimension);
            System.arraycopy(bestGradient, 0, trialGradient, 0, dimension);
            trialValue = bestValue;
            accept();
            return true;
        }

        private double cubic(double a, double fa, double da, double b, double fb, double db) {
            if (!Double.isFinite(fb) || Double.isNaN(db)) {
                return Double.NaN;
            }
            double d1 = da + db - 3 * (fa - fb) / (a - b);
            double square = d1 * d1 - da * db;
            if (!(square >= 0)) {
                return Double.NaN;
            }
            double d2 = Math.copySign(Math.sqrt(square), b - a);
            return b - (b - a) * (db + d2 - d1) / (db - da + 2 * d2);
        }

        private void accept() {
            double[] oldPoint = point;
            double[] oldGradient = gradient;
            point = trial;
            gradient = trialGradient;
            value = trialValue;
            // the old ones are read by remember, then reused
            trial = oldPoint;
            trialGradient = oldGradient;
        }

        private void remember() {
            int pairs = steps.length;
            int next = (newest + 1) % pairs;
            double product = 0;
            double square = 0;
            for (int j = 0; j < dimension; j++) {
                double s = point[j] - trial[j];
                double y = gradient[j] - trialGradient[j];
                steps[next][j] = s;
                changes[next][j] = y;
                product += s * y;
                square += y * y;
            }
            if (product > 1e-14 * square && Double.isFinite(product)) {
                curvatures[next] = 1 / product;
                newest = next;
                kept = Math.min(kept + 1, pairs);
            }
        }

        private boolean finite(double f, double[] vector) {
            if (!Double.isFinite(f)) {
                return false;
            }
            for (double x : vector) {
                if (!Double.isFinite(x)) {
                    return false;
                }
            }
            return true;
        }
    }
}
