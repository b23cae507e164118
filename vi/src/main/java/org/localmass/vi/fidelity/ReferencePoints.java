package org.localmass.vi.fidelity;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.Region;
import org.localmass.vi.objective.Reference;

/**
 * Weighted points that stand for the target.
 *
 * @param points    n points of d coordinates; not copied, not modified
 * @param weights   of sum 1
 * @param logTarget log density of the points, up to the constant of logZ
 * @param logZ      log of the target's whole mass by these points
 * @param kHat      of the weights; {@code -inf} where they are equal, NaN where they are no importance weights
 */
record ReferencePoints(double[][] points, double[] weights, double[] logTarget, double logZ, double kHat) {
    int size() {
        return points.length;
    }

    int dimension() {
        return points[0].length;
    }

    Reference toReference() {
        return Reference.of(points, weights);
    }

    /** Kish's effective number of points. */
    double effective() {
        double squares = 0;
        for (double w : weights) {
            squares += w * w;
        }
        return 1 / squares;
    }

    double[] mean() {
        double[] mean = new double[dimension()];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += weights[i] * points[i][j];
            }
        }
        return mean;
    }

    double[] deviations() {
        double[] mean = mean();
        double[] deviations = new double[mean.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                double gap = points[i][j] - mean[j];
                deviations[j] += weights[i] * gap * gap;
            }
        }
        for (int j = 0; j < mean.length; j++) {
            deviations[j] = Math.max(Math.sqrt(deviations[j]), 1e-12);
        }
        return deviations;
    }

    double mass(Region region) {
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += region.contains(points[i]) ? weights[i] : 0;
        }
        return sum;
    }

    /** The points with their weights, as independent draws. */
    Draws toDraws() {
        int d = dimension();
        double[][] columns = new double[d][size()];
        double[] logs = new double[size()];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < d; j++) {
                columns[j][i] = points[i][j];
            }
            logs[i] = Math.log(weights[i]);
        }
        return Draws.of(names(d), List.of(Chain.adopt(columns, logs, Map.of())), Sampling.INDEPENDENT);
    }

    static List<String> names(int d) {
        return IntStream.rangeClosed(1, d).mapToObj(j -> "x" + j).toList();
    }
}
