package org.localmass.estimate.explore;

import java.util.List;

/**
 * Weighted points that a density is learned from.
 *
 * @param dimension d
 * @param points    row-major
 * @param weights   of the points; their sum is any positive number
 */
record Pool(int dimension, double[] points, double[] weights) {
    int size() {
        return weights.length;
    }

    /** The particles of some runs: a share of the weight by the runs' Z, the rest equal, so that what only one saw stays. */
    static Pool of(List<Run> runs, double equal) {
        Ensemble ensemble = new Ensemble(runs);
        int d = runs.get(0).dimension();
        int size = runs.stream().mapToInt(Run::size).sum();
        double[] points = new double[size * d];
        double[] weights = new double[size];
        int place = 0;
        for (int r = 0; r < runs.size(); r++) {
            Run run = runs.get(r);
            System.arraycopy(run.points(), 0, points, place * d, run.size() * d);
            for (int i = 0; i < run.size(); i++) {
                weights[place++] = (1 - equal) * ensemble.weight(r) / run.size() + equal / size;
            }
        }
        return new Pool(d, points, weights);
    }

    /** This pool with weight 1 and another with weight {@code factor}. */
    Pool plus(Pool other, double factor) {
        double[] all = new double[points.length + other.points.length];
        System.arraycopy(points, 0, all, 0, points.length);
        System.arraycopy(other.points, 0, all, points.length, other.points.length);
        double[] both = new double[weights.length + other.weights.length];
        double own = total();
        double others = other.total();
        for (int i = 0; i < weights.length; i++) {
            both[i] = weights[i] / own;
        }
        for (int i = 0; i < other.weights.length; i++) {
            both[weights.length + i] = factor * other.weights[i] / others;
        }
        return new Pool(dimension, all, both);
    }

    double total() {
        double sum = 0;
        for (double w : weights) {
            sum += w;
        }
        return sum;
    }

    /** Some draws of an importance sample, all of one weight. */
    static Pool of(ImportanceSample sample, int[] chosen, int d) {
        double[] points = new double[chosen.length * d];
        double[] weights = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(sample.points(), chosen[i] * d, points, i * d, d);
            weights[i] = 1;
        }
        return new Pool(d, points, weights);
    }
}
