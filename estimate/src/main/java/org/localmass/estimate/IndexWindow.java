package org.localmass.estimate;

/**
 * Chooses the window of radii on which a power law is read.
 *
 * <p>From the quarter of the draws nearest to the point inwards: a deviation \(1 + b r^\omega\) from the power law,
 * omega 1/2, 1 or 2, is fitted to the radii in the window (by its score; omega is 2 unless another explains clearly
 * more). It biases kappa by the factor \(1 + b\omega R^\omega/(\kappa+\omega)\). The window shrinks until that bias, plus
 * one standard error of it, is at most 0.35 standard errors of kappa there; if the slope still drifts inside (score
 * beyond 2.5), the search starts again from that window. At least 10 effective draws stay, as far as the quarter holds them.
 * <br>Source: docs/theory.md, E7.2; docs/mass-index.md.
 *
 * @param draws   k, number of radii in the window, at and above the floor
 * @param radius  R, the next radius
 * @param omega   exponent of the deviation
 * @param bias    relative bias of kappa that the deviation causes at R, signed
 * @param widest  largest relative bias at R under any omega that fits about as well, upwards
 * @param lowest  the same downwards, negative or 0
 * @param drift   score of the deviation in the last window it was fitted to, in standard errors
 * @param slow    whether a slow deviation (omega 1/2) with a score beyond 3 was met, or the search began again twice:
 *     a logarithm, a law without a limiting slope, or more than one scale
 * @param settled whether the bias is within its bound; false where even the smallest window drifts
 * @param excess bias and one standard error of it over that bound, at most 1 where it is settled
 */
record IndexWindow(
        int draws,
        double radius,
        double omega,
        double bias,
        double widest,
        double lowest,
        double drift,
        boolean slow,
        boolean settled,
        double excess) {
    /** Least number of effective draws in a window, beyond those at the floor. */
    static final int LEAST = 10;

    private static final double START = 0.25;
    /** Bias, and one standard error of it, that a window may leave, in standard errors of kappa. */
    static final double RATIO = 0.35;

    private static final double DRIFTS = 2.5;
    private static final double SLOW = 3;
    /** Gain in squared score that speaks for another exponent than 2. */
    private static final double CLEARLY = 2;
    /** Loss in squared score up to which an exponent fits about as well. */
    private static final double ABOUT = 4;

    private static final double STEP = 1.1;

    /**
     * The window of sorted radii; at least 4 of them differ.
     *
     * @param time autocorrelation time
     */
    static IndexWindow of(SortedRadii radii, double time) {
        int least = radii.snapped(
                radii.below() + (int) Math.max(LEAST, Math.min(LEAST * time, START * (radii.size() - radii.below()))));
        int k = Math.max(least, radii.snapped((int) (START * radii.size())));
        int restarts = 0;
        boolean slow = false;
        while (true) {
            Drift drift = Drift.in(radii, k, time);
            slow |= SortedRadii.OMEGAS[drift.best] < 1 && Math.abs(drift.score[drift.best]) > SLOW;
            int inner = k;
            while (inner > least && drift.bound(radii.edge(inner)) > RATIO / Math.sqrt(radii.effective(inner) / time)) {
                inner = Math.max(least, radii.snapped((int) (inner / STEP)));
            }
            double radius = radii.edge(inner);
            double excess = drift.bound(radius) * Math.sqrt(radii.effective(inner) / time) / RATIO;
            if (inner == k || inner == least || Drift.in(radii, inner, time).worst() <= DRIFTS) {
                double[] range = drift.range(radius);
                return new IndexWindow(
                        inner,
                        radius,
                        SortedRadii.OMEGAS[drift.best],
                        drift.bias[drift.best] * drift.shrunk(drift.best, radius),
                        range[1],
                        range[0],
                        drift.score[drift.best],
                        slow || restarts > 1,
                        excess <= 1,
                        excess);
            }
            k = Math.max(least, radii.snapped(Math.min(inner, (int) (0.8 * k))));
            restarts++;
        }
    }

    /**
     * Of how many times as many draws the least window would hold a bias within its bound: the bias falls like
     * \(R^\omega\) and R like \(n^{-1/\kappa}\).
     */
    double enlargement(double kappa) {
        return Math.pow(Math.max(1, excess), kappa / omega);
    }

    /** Deviations from the power law in a window, one for each omega. */
    private static final class Drift {
        private final double radius;
        private final double[] score = new double[SortedRadii.OMEGAS.length];
        private final double[] bias = new double[SortedRadii.OMEGAS.length];
        private final double[] error = new double[SortedRadii.OMEGAS.length];
        private final int best;

        private Drift(SortedRadii radii, int k, double time) {
            radius = radii.edge(k);
            double all = radii.count(k);
            double sum = radii.logSum(k, radius);
            double effective = radii.effective(k) / time;
            double above = all - radii.count(radii.below());
            double kappa = above / sum;
            int chosen = SortedRadii.OMEGAS.length - 1;
            for (int j = 0; j < score.length; j++) {
                double w = SortedRadii.OMEGAS[j];
                double away = kappa + w;
                // variance of exp(-w u), u exponential with rate kappa, and what is left of it beside the slope
                double variance = kappa * w * w / ((kappa + 2 * w) * away * away) * (w * w / (away * away));
                double mean = radii.powerSum(j, k, radius) / all - kappa / away;
                double influence = kappa * w / (away * away) / variance;
                score[j] = mean * Math.sqrt(effective / variance);
                bias[j] = mean * influence;
                error[j] = influence * Math.sqrt(variance / effective);
            }
            for (int j = score.length - 2; j >= 0; j--) {
                if (score[j] * score[j] > score[chosen] * score[chosen] + (chosen == score.length - 1 ? CLEARLY : 0)) {
                    chosen = j;
                }
            }
            best = chosen;
        }

        static Drift in(SortedRadii radii, int k, double time) {
            return new Drift(radii, k, time);
        }

        double worst() {
            double worst = 0;
            for (double s : score) {
                worst = Math.max(worst, Math.abs(s));
            }
            return worst;
        }

        double shrunk(int j, double inner) {
            return Math.pow(inner / radius, SortedRadii.OMEGAS[j]);
        }

        double bound(double inner) {
            return (Math.abs(bias[best]) + error[best]) * shrunk(best, inner);
        }

        /** Smallest and largest bias at a radius under omega 1 and 2, where they fit about as well as the best. */
        double[] range(double inner) {
            double own = bias[best] * shrunk(best, inner);
            double[] range = {Math.min(0, own), Math.max(0, own)};
            for (int j = 1; j < bias.length; j++) {
                if (score[j] * score[j] >= score[best] * score[best] - ABOUT) {
                    double b = bias[j] * shrunk(j, inner);
                    range[0] = Math.min(range[0], b);
                    range[1] = Math.max(range[1], b);
                }
            }
            return range;
        }
    }
}
