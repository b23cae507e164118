package org.localmass.estimate.explore;

import java.util.Arrays;
import org.localmass.core.draws.EffectiveSampleSize;

/**
 * The optimal bridge between draws of p and of g.
 *
 * @param logRatio      log of the ratio of their normalising constants, p over g
 * @param relativeError of the ratio
 * @param converged     whether the fixed point was reached
 */
record Bridge(double logRatio, double relativeError, boolean converged) {
    /**
     * Solves the fixed point.
     *
     * @param l1        log p - log g at the draws of p, by chain; finite
     * @param l2        log p - log g at the draws of g, finite or {@code -inf}
     * @param effective effective number of the draws of p
     */
    static Bridge of(double[][] l1, double[] l2, double effective, int most, double tolerance) {
        double[] flat = Arrays.stream(l1).flatMapToDouble(Arrays::stream).toArray();
        double[] sorted = flat.clone();
        Arrays.sort(sorted);
        double scale = sorted[sorted.length / 2];
        int n1 = flat.length;
        int n2 = l2.length;
        double s1 = effective / (effective + n2);
        double s2 = n2 / (effective + n2);
        double[] e1 = shifted(flat, scale);
        double[] e2 = shifted(l2, scale);
        // in log r: r may leave the doubles on the way
        double logR = 0;
        boolean converged = false;
        for (int k = 0; k < most && !converged; k++) {
            double next = step(e1, e2, s1, s2, logR);
            converged = Math.abs(next - logR) <= tolerance;
            logR = next;
        }
        double[][] f2 = new double[l1.length][];
        double mean1 = 0;
        double mean2 = 0;
        double square1 = 0;
        double square2 = 0;
        for (int c = 0; c < l1.length; c++) {
            f2[c] = new double[l1[c].length];
            for (int i = 0; i < f2[c].length; i++) {
                f2[c][i] = 1 / (s1 * Math.exp(l1[c][i] - scale - logR) + s2);
                mean2 += f2[c][i] / n1;
            }
        }
        for (double[] chain : f2) {
            for (double f : chain) {
                square2 += (f - mean2) * (f - mean2) / (n1 - 1.0);
            }
        }
        double[] f1 = new double[n2];
        for (int j = 0; j < n2; j++) {
            double e = e2[j] - logR;
            f1[j] = e > 0 ? 1 / (s1 + s2 * Math.exp(-e)) : Math.exp(e) / (s1 * Math.exp(e) + s2);
            mean1 += f1[j] / n2;
        }
        for (double f : f1) {
            square1 += (f - mean1) * (f - mean1) / (n2 - 1.0);
        }
        double ess = EffectiveSampleSize.mean(f2);
        double worth = Double.isNaN(ess) ? n1 : Math.min(n1, ess);
        double error = Math.sqrt(square1 / (mean1 * mean1) / n2 + square2 / (mean2 * mean2) / worth);
        return new Bridge(logR + scale, error, converged);
    }

    private static double[] shifted(double[] logs, double scale) {
        double[] result = logs.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] -= scale;
        }
        return result;
    }

    /** One step of the iteration, in log r. */
    private static double step(double[] e1, double[] e2, double s1, double s2, double logR) {
        double above = 0;
        for (double e : e2) {
            double x = e - logR;
            above += x > 0 ? 1 / (s1 + s2 * Math.exp(-x)) : Math.exp(x) / (s1 * Math.exp(x) + s2);
        }
        double below = 0;
        for (double e : e1) {
            below += 1 / (s1 * Math.exp(e - logR) + s2);
        }
        // the sum below lacks the factor 1/r
        return logR + Math.log(above / e2.length) - Math.log(below / e1.length);
    }
}
