package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.localmass.core.region.DistanceScore;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.NormalScoreMap;
import org.localmass.core.region.ProjectionScore;
import org.localmass.core.region.Score;
import org.localmass.core.region.Triangle;

/**
 * Draws of both sides as normal scores under q, whitened by q's covariance.
 *
 * <p>Normal scores: piecewise linear through 43 quantiles of q. Whitening: the inverse Cholesky factor of q's covariance of
 * the scores, 2 % shrunk to its diagonal, so that duplicated columns and d &gt; n do no harm. Columns with fewer than two
 * different knots are left out.
 */
final class WhitenedScores {
    private static final double SHRINK = 0.02;
    private static final double RIDGE = 1e-9;

    private final Half half;
    private final NormalScoreMap map;
    private final Triangle triangle;
    private final double[][] zp;
    private final double[][] zq;
    private final double[][] p;
    private final double[][] q;
    private final double[] meanP;
    private final double[] meanQ;

    private WhitenedScores(Half half, NormalScoreMap map, double[][] whitening, double[][] zp, double[][] zq) {
        this.half = half;
        this.map = map;
        this.triangle = Triangle.of(whitening);
        this.zp = zp;
        this.zq = zq;
        this.p = Columns.product(whitening, zp, half.workers());
        this.q = Columns.product(whitening, zq, half.workers());
        this.meanP = Columns.means(p);
        this.meanQ = Columns.means(q);
    }

    /** The scores, empty if fewer than two parameters vary. */
    static Optional<WhitenedScores> of(Half half) {
        int[] joint = half.screen().joint();
        List<Integer> columns = new ArrayList<>();
        List<double[]> knots = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        for (int j : joint) {
            double[][] pair = knots(half.sortedQ(j));
            if (pair[0].length >= 2) {
                columns.add(j);
                knots.add(pair[0]);
                scores.add(pair[1]);
            }
        }
        if (columns.size() < 2) {
            return Optional.empty();
        }
        NormalScoreMap map = NormalScoreMap.of(
                columns.stream().mapToInt(Integer::intValue).toArray(),
                knots.toArray(new double[0][]),
                scores.toArray(new double[0][]));
        double[][] zp = scores(half.p(), map, half.workers());
        double[][] zq = scores(half.q(), map, half.workers());
        double[][] covariance = Columns.covariance(zq, Columns.means(zq), half.workers());
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < i; j++) {
                covariance[i][j] *= 1 - SHRINK;
            }
            covariance[i][i] += RIDGE;
        }
        double[][] whitening = Columns.inverse(Columns.cholesky(covariance));
        return Optional.of(new WhitenedScores(half, map, whitening, zp, zq));
    }

    /** Different quantiles of ascending values with their normal scores; tied quantiles share their mean score. */
    static double[][] knots(double[] ascending) {
        double m = ascending.length;
        List<Double> levels = new ArrayList<>(List.of(2 / m, 0.005, 0.02));
        for (int i = 2; i <= 38; i++) {
            levels.add(i / 40.0);
        }
        levels.addAll(List.of(0.98, 0.995, 1 - 2 / m));
        List<Double> used = levels.stream()
                .filter(u -> u > 1 / m && u < 1 - 1 / m)
                .sorted()
                .distinct()
                .toList();
        double[] knots = new double[used.size()];
        double[] scores = new double[used.size()];
        int count = 0;
        for (int i = 0; i < used.size(); ) {
            double value = LineScan.quantile(ascending, used.get(i));
            double sum = 0;
            int tied = 0;
            while (i < used.size() && LineScan.quantile(ascending, used.get(i)) == value) {
                sum += -Math.sqrt(2) * InverseErfc.value(2 * used.get(i));
                tied++;
                i++;
            }
            double score = sum / tied;
            boolean rises = count == 0 || (value > knots[count - 1] && score > scores[count - 1]);
            if (rises && Double.isFinite(value)) {
                knots[count] = value;
                scores[count++] = score;
            }
        }
        return new double[][] {java.util.Arrays.copyOf(knots, count), java.util.Arrays.copyOf(scores, count)};
    }

    private static double[][] scores(SampledDraws draws, NormalScoreMap map, Workers workers) {
        int[] columns = map.coordinates();
        return workers.map(columns.length, i -> {
                    double[] z = draws.column(columns[i]).clone();
                    for (int t = 0; t < z.length; t++) {
                        z[t] = map.value(i, z[t]);
                    }
                    return z;
                })
                .toArray(new double[0][]);
    }

    int dimension() {
        return p.length;
    }

    /** Whitened scores of the reference by column; not to be modified. */
    double[][] p() {
        return p;
    }

    /** Whitened scores of the approximation by column; not to be modified. */
    double[][] q() {
        return q;
    }

    double[] meanP() {
        return meanP;
    }

    double[] meanQ() {
        return meanQ;
    }

    /** The direction of whitened space along which every normal score counts the same. */
    double[] equalWeights() {
        double[] ones = new double[dimension()];
        java.util.Arrays.fill(ones, 1 / Math.sqrt(ones.length));
        // T' w = 1 by back substitution: w_i = (1 - sum over later rows) / T_ii
        double[] w = new double[ones.length];
        double[] left = ones.clone();
        for (int i = w.length - 1; i >= 0; i--) {
            double[] row = triangle.row(i);
            w[i] = left[i] / row[i];
            for (int j = 0; j < i; j++) {
                left[j] -= row[j] * w[i];
            }
        }
        return w;
    }

    /** The level set of a direction of whitened space. */
    LevelSet slab(double[] direction, double lower, double upper) {
        return LevelSet.of(half.names(), ProjectionScore.of(map, triangle.transposed(direction)), lower, upper);
    }

    /** The level set of the distance from a centre in whitened space. */
    LevelSet shell(double[] centre, double lower, double upper) {
        return LevelSet.of(half.names(), DistanceScore.of(map, triangle, centre), lower, upper);
    }

    /** Values of a projection or distance of these scores at the draws that are looked at. */
    double[] values(Score score, boolean reference) {
        if (score instanceof ProjectionScore projection) {
            return Columns.combination(reference ? zp : zq, projection.weights());
        }
        if (score instanceof DistanceScore distance) {
            return Columns.distances(reference ? p : q, distance.centre());
        }
        throw new IllegalArgumentException("score must be a projection or a distance, was " + score.label());
    }

    /** Best intervals of the values of a quantity. */
    List<LineScan.Span> scan(double[] valuesP, double[] valuesQ, int most) {
        double[] sortedP = valuesP.clone();
        double[] sortedQ = valuesQ.clone();
        java.util.Arrays.sort(sortedP);
        java.util.Arrays.sort(sortedQ);
        return LineScan.best(sortedP, sortedQ, LineScan.edges(sortedP, sortedQ), half.p(), half.q(), most);
    }
}
