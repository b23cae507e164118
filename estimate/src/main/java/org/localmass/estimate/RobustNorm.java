package org.localmass.estimate;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Norm;

/**
 * The Mahalanobis norm of draws by scales that outliers do not move: median absolute deviations times 1.4826, and
 * correlations of normal scores of the ranks, which are always positive semidefinite.
 *
 * <p>Where more than half of a column is one value, the deviations off it are used.
 */
public final class RobustNorm {
    private static final double NORMAL = 1.482602218505602;

    private RobustNorm() {}

    /**
     * The norm in the given coordinates.
     *
     * @throws IllegalArgumentException if a coordinate is constant, or two of them determine each other
     */
    public static Norm mahalanobis(Draws draws, int[] coordinates) {
        int m = coordinates.length;
        double[] scale = new double[m];
        double[][] scores = new double[m][];
        for (int i = 0; i < m; i++) {
            double[] column = draws.column(coordinates[i]);
            scale[i] = NORMAL * deviation(column);
            if (!(scale[i] > 0)) {
                throw new IllegalArgumentException("parameter " + draws.names().get(coordinates[i])
                        + " must vary for the norm mahalanobis, is " + column[0] + " in all draws");
            }
            scores[i] = scores(column);
        }
        double[][] scatter = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                double left = 0;
                double right = 0;
                for (int t = 0; t < scores[i].length; t++) {
                    dot += scores[i][t] * scores[j][t];
                    left += scores[i][t] * scores[i][t];
                    right += scores[j][t] * scores[j][t];
                }
                double correlation = i == j ? 1 : dot / Math.sqrt(left * right);
                scatter[i][j] = correlation * scale[i] * scale[j];
                scatter[j][i] = scatter[i][j];
            }
        }
        return Norm.mahalanobis(scatter);
    }

    /** Median absolute deviation from the median; of those that are not 0 where most are. */
    private static double deviation(double[] column) {
        double centre = median(column.clone());
        double[] away = Arrays.stream(column).map(x -> Math.abs(x - centre)).toArray();
        double deviation = median(away);
        return deviation > 0
                ? deviation
                : median(Arrays.stream(away).filter(x -> x > 0).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int n = values.length;
        return n == 0 ? 0 : 0.5 * values[(n - 1) / 2] + 0.5 * values[n / 2];
    }

    private static double[] scores(double[] column) {
        double[] sorted = column.clone();
        Arrays.sort(sorted);
        double[] scores = new double[column.length];
        for (int t = 0; t < scores.length; t++) {
            double rank = 0.5
                    * (Autocorrelation.below(sorted, column[t], false)
                            + Autocorrelation.below(sorted, column[t], true));
            scores[t] = -Math.sqrt(2) * InverseErfc.value(2 * rank / column.length);
        }
        return scores;
    }
}
