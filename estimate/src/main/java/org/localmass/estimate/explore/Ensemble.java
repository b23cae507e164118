package org.localmass.estimate.explore;

import java.util.List;

/**
 * Independent runs as one weighted sample.
 *
 * <p>\[ \hat p(A) = \frac{\sum_r N_r Z_r p_r(A)}{\sum_r N_r Z_r}, \qquad \log\hat Z = \log\frac{\sum_r N_r Z_r}{\sum_r N_r}, \]
 * with delete-one-run jackknife errors, for p(A) joined by the binomial error at the effective number of particles
 * \( 1/\sum w_i^2 \), and t intervals on R - 1 degrees of freedom, on the logit scale for p(A).
 */
final class Ensemble {
    private final List<Run> runs;
    /** N_r Z_r over its sum. */
    private final double[] weights;

    private final double effective;
    private final double logZ;
    private final double logError;
    private final double logSpread;

    /** The runs, at least one; runs that did not arrive are left out by the caller. */
    Ensemble(List<Run> runs) {
        this.runs = runs;
        int n = runs.size();
        weights = new double[n];
        double most = Double.NEGATIVE_INFINITY;
        for (Run run : runs) {
            most = Math.max(most, run.logZ());
        }
        double total = 0;
        double size = 0;
        for (int r = 0; r < n; r++) {
            weights[r] = runs.get(r).size() * Math.exp(runs.get(r).logZ() - most);
            total += weights[r];
            size += runs.get(r).size();
        }
        double squares = 0;
        for (int r = 0; r < n; r++) {
            weights[r] /= total;
            squares += weights[r] * weights[r] / runs.get(r).size();
        }
        effective = Math.max(2, 1 / squares);
        logZ = most + Math.log(total / size);
        if (n == 1) {
            logError = Double.POSITIVE_INFINITY;
            logSpread = Double.POSITIVE_INFINITY;
            return;
        }
        double[] left = new double[n];
        double mean = 0;
        double middle = 0;
        for (int r = 0; r < n; r++) {
            left[r] = Math.log1p(-Math.min(weights[r], 1 - 1e-12))
                    - Math.log1p(-runs.get(r).size() / size);
            mean += left[r] / n;
            middle += runs.get(r).logZ() / n;
        }
        double sum = 0;
        double spread = 0;
        for (int r = 0; r < n; r++) {
            sum += (left[r] - mean) * (left[r] - mean);
            spread += (runs.get(r).logZ() - middle) * (runs.get(r).logZ() - middle);
        }
        logError = Math.sqrt((n - 1.0) / n * sum);
        logSpread = Math.sqrt(spread / (n - 1.0));
    }

    List<Run> runs() {
        return runs;
    }

    double logZ() {
        return logZ;
    }

    /** Standard error of log Z. */
    double logError() {
        return logError;
    }

    /** Standard deviation of the runs' log Z. */
    double logSpread() {
        return logSpread;
    }

    /** Effective number of particles. */
    double effective() {
        return effective;
    }

    /** Weight of a run in the whole. */
    double weight(int run) {
        return weights[run];
    }

    /** The runs that have a particle inside. */
    int visited(Inside region) {
        int count = 0;
        for (Run run : runs) {
            count += visits(run, region) > 0 ? 1 : 0;
        }
        return count;
    }

    /** Particles of a run that are inside. */
    static int visits(Run run, Inside region) {
        int hits = 0;
        for (int i = 0; i < run.size(); i++) {
            hits += region.test(run.points(), i * run.dimension()) ? 1 : 0;
        }
        return hits;
    }

    /** The share of a region, without an interval. */
    double estimate(Inside region) {
        double sum = 0;
        for (int r = 0; r < weights.length; r++) {
            sum += weights[r] * visits(runs.get(r), region) / runs.get(r).size();
        }
        return sum;
    }

    /** The share of a region. */
    Share share(Inside region, double level) {
        int n = weights.length;
        double[] part = new double[n];
        double sum = 0;
        for (int r = 0; r < n; r++) {
            part[r] = weights[r] * visits(runs.get(r), region) / runs.get(r).size();
            sum += part[r];
        }
        if (n < 2) {
            return new Share(sum, Double.POSITIVE_INFINITY, 0, 1);
        }
        double[] left = new double[n];
        double mean = 0;
        for (int r = 0; r < n; r++) {
            double rest = 1 - weights[r];
            left[r] = rest > 1e-12 ? (sum - part[r]) / rest : 0;
            mean += left[r] / n;
        }
        double squares = 0;
        for (double value : left) {
            squares += (value - mean) * (value - mean);
        }
        double centre = (sum * effective + 0.5) / (effective + 1);
        double error = Math.sqrt((n - 1.0) / n * squares + centre * (1 - centre) / effective);
        return Share.logit(Math.min(1, sum), error, centre, Share.quantile(level, n - 1.0));
    }
}
