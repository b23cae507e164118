package org.localmass.core.draws;

import org.localmass.core.internal.Arguments;

/**
 * Pareto smoothed importance sampling: the largest weights replaced by quantiles of a generalised Pareto distribution
 * fitted to them, none made larger than the largest was. Immutable.
 *
 * <p>Tail: the \(M = \lceil\min(0.2 S, 3\sqrt{S/r})\rceil\) largest of S weights, r the relative efficiency; with
 * fewer positive weights than M + 1, all but the smallest positive one. Shape and scale by Zhang and Stephens (2009),
 * the shape drawn to 0.5 as by 10 further observations.
 * <br>Units: log weights in nats, up to an additive constant, which cancels.
 * <br>Accuracy: k-hat agrees with {@code psis} of R package loo 2.5.1 to 1e-12. All is done in logs, so weights of any
 * range have a finite k-hat (loo gives {@code Inf} where they underflow).
 * <br>Source: Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling.
 */
public final class ParetoSmoothing {
    private static final int LEAST_TAIL = 5;
    private static final double FLAT = 1e-8;
    private static final int PRIOR_DRAWS = 10;
    private static final double PRIOR_SHAPE = 0.5;
    private static final double HIGHEST_THRESHOLD = 0.7;

    private final ParetoDiagnostic diagnostic;
    private final double[] logWeights;
    private final double logSum;

    private ParetoSmoothing(
            ParetoDiagnostic.Status status, double kHat, int tailLength, double[] logWeights, double logSum) {
        int size = logWeights.length;
        double squares = 0;
        for (double w : logWeights) {
            squares += Math.exp(2 * (w - logSum));
        }
        double threshold = Math.max(0, Math.min(1 - 1 / Math.log10(size), HIGHEST_THRESHOLD));
        this.diagnostic =
                new ParetoDiagnostic(status, kHat, threshold, size, tailLength, 1 / squares, 1 / squares / size);
        this.logWeights = logWeights;
        this.logSum = logSum;
    }

    /**
     * Smooths the weights of independent draws.
     *
     * @param logWeights S values such as log p - log q; {@code -inf} is a weight of zero; not modified
     * @throws IllegalArgumentException if there is none, one is NaN or {@code +inf}, or all are {@code -inf}
     */
    public static ParetoSmoothing of(double[] logWeights) {
        return of(logWeights, 1);
    }

    /**
     * Smooths the weights that independent draws carry, chains one after the other.
     *
     * @throws IllegalArgumentException if the draws carry no weights
     */
    public static ParetoSmoothing of(Draws draws) {
        if (!draws.weighted()) {
            throw new IllegalArgumentException("draws must carry weights, was none");
        }
        double[] logWeights = new double[draws.size()];
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int draw = 0; draw < chain.size(); draw++) {
                logWeights[i++] = chain.logWeight(draw);
            }
        }
        return of(logWeights);
    }

    /**
     * Smooths the weights of draws of a known relative efficiency.
     *
     * @param logWeights         S values such as log p - log q; {@code -inf} is a weight of zero; not modified
     * @param relativeEfficiency r, effective sample size over S of the weights as draws of a Markov chain; 1 for
     *     independent draws
     * @throws IllegalArgumentException if there is no weight, one is NaN or {@code +inf}, all are {@code -inf}, or the
     *     efficiency is not positive and finite
     */
    public static ParetoSmoothing of(double[] logWeights, double relativeEfficiency) {
        Arguments.positive("relativeEfficiency", relativeEfficiency);
        int size = logWeights.length;
        if (size == 0) {
            throw new IllegalArgumentException("logWeights must number at least 1, was 0");
        }
        int positive = 0;
        for (int i = 0; i < size; i++) {
            double w = logWeights[i];
            if (Double.isNaN(w) || w == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("logWeights[" + i + "] must be finite or -Infinity, was " + w);
            }
            positive += w > Double.NEGATIVE_INFINITY ? 1 : 0;
        }
        if (positive == 0) {
            throw new IllegalArgumentException("logWeights must hold a positive weight, all " + size + " are zero");
        }
        Order order = Order.of(logWeights);
        double[] sorted = order.sorted;
        double max = sorted[size - 1];
        int tail =
                (int) Math.min(Math.ceil(Math.min(0.2 * size, 3 * Math.sqrt(size / relativeEfficiency))), positive - 1);
        int first = size - tail;
        double[] weights = logWeights.clone();
        ParetoDiagnostic.Status status = ParetoDiagnostic.Status.FITTED;
        double kHat = Double.NaN;
        if (tail < LEAST_TAIL) {
            status = ParetoDiagnostic.Status.TOO_FEW;
        } else if (max - sorted[size - positive] <= FLAT) {
            status = ParetoDiagnostic.Status.FLAT;
        } else if (max - sorted[first] <= FLAT || sorted[first + quartile(tail)] == sorted[first - 1]) {
            status = ParetoDiagnostic.Status.TIED;
        } else {
            double cutoff = sorted[first - 1];
            double[] logExcess = new double[tail];
            for (int i = 0; i < tail; i++) {
                logExcess[i] = logExpm1(sorted[first + i] - cutoff);
            }
            Fit fit = Fit.of(logExcess);
            kHat = fit.shape;
            for (int i = 0; i < tail; i++) {
                double excess = fit.logQuantile((i + 0.5) / tail);
                // log(exp(cutoff) + exp(cutoff + excess)), at most the largest raw weight
                double smooth = cutoff + Math.max(excess, 0) + Math.log1p(Math.exp(-Math.abs(excess)));
                weights[order.places[first + i]] = Math.min(smooth, max);
            }
        }
        return new ParetoSmoothing(
                status, kHat, status == ParetoDiagnostic.Status.FITTED ? tail : 0, weights, logSum(weights));
    }

    /** Place of the lower quartile in a tail, which sets the scale of the fit. */
    private static int quartile(int tail) {
        return (int) (tail / 4.0 + 0.5) - 1;
    }

    private static double logSum(double[] logWeights) {
        double max = Double.NEGATIVE_INFINITY;
        for (double w : logWeights) {
            max = Math.max(max, w);
        }
        double sum = 0;
        for (double w : logWeights) {
            sum += Math.exp(w - max);
        }
        return max + Math.log(sum);
    }

    /** log(exp(x) - 1) for x at least 0. */
    private static double logExpm1(double x) {
        return x > 37 ? x : Math.log(Math.expm1(x));
    }

    /** k-hat, its threshold and the effective sample size. */
    public ParetoDiagnostic diagnostic() {
        return diagnostic;
    }

    /** A copy of the smoothed log weights in the order and on the scale of the given ones; unchanged unless fitted. */
    public double[] logWeights() {
        return logWeights.clone();
    }

    /** A copy of the smoothed log weights, scaled so that the weights sum to 1. */
    public double[] normalisedLogWeights() {
        double[] normalised = logWeights.clone();
        for (int i = 0; i < normalised.length; i++) {
            normalised[i] -= logSum;
        }
        return normalised;
    }

    /** Log of the mean of the smoothed weights, on the scale of the given ones: log Z when they are log p - log q. */
    public double logMean() {
        return logSum - Math.log(logWeights.length);
    }

    /** Generalised Pareto distribution fitted to values above zero, given by their logs. */
    private record Fit(double shape, double logScale) {
        /**
         * Posterior mean of the shape over a grid (Zhang and Stephens 2009), in units of the lower quartile.
         *
         * @param logValues increasing; the lower quartile is above {@code -inf}
         */
        static Fit of(double[] logValues) {
            int n = logValues.length;
            double unit = logValues[quartile(n)];
            double largest = logValues[n - 1] - unit;
            int points = 30 + (int) Math.sqrt(n);
            double[] theta = new double[points];
            double[] logLikelihood = new double[points];
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < points; j++) {
                theta[j] = Math.exp(-largest) + (1 - Math.sqrt(points / (j + 0.5))) / 3;
                double k = shape(theta[j], logValues, unit);
                logLikelihood[j] = k == 0 ? Double.NEGATIVE_INFINITY : n * (Math.log(-theta[j] / k) - k - 1);
                best = Math.max(best, logLikelihood[j]);
            }
            double total = 0;
            double mean = 0;
            for (int j = 0; j < points; j++) {
                double weight = Math.exp(logLikelihood[j] - best);
                total += weight;
                mean += weight * theta[j];
            }
            mean /= total;
            double k = shape(mean, logValues, unit);
            double drawn = (n * k + PRIOR_DRAWS * PRIOR_SHAPE) / (n + PRIOR_DRAWS);
            return new Fit(drawn, unit + Math.log(-k / mean));
        }

        /** Mean of log(1 - theta x), x in the given unit. */
        private static double shape(double theta, double[] logValues, double unit) {
            double sum = 0;
            for (double logValue : logValues) {
                double x = logValue - unit;
                sum += x < 700 ? Math.log1p(-theta * Math.exp(x)) : Math.log(-theta) + x;
            }
            return sum / logValues.length;
        }

        /** Log of the quantile. */
        double logQuantile(double p) {
            double exponential = -Math.log1p(-p);
            if (shape == 0) {
                return logScale + Math.log(exponential);
            }
            double y = shape * exponential;
            return y > 37 ? logScale + y - Math.log(shape) : logScale + Math.log(Math.expm1(y) / shape);
        }
    }
}
