package org.localmass.estimate;

import java.util.Arrays;
import org.localmass.core.draws.Draws;

/** The covariance matrix of some coordinates of unweighted draws. */
public final class SampleCovariance {
    private SampleCovariance() {}

    /**
     * The unbiased covariance matrix.
     *
     * @param coordinates m columns
     * @return m by m
     */
    public static double[][] of(Draws draws, int[] coordinates) {
        int m = coordinates.length;
        double[][] columns = new double[m][];
        for (int i = 0; i < m; i++) {
            columns[i] = draws.column(coordinates[i]);
            double mean = Arrays.stream(columns[i]).average().orElse(0);
            for (int t = 0; t < columns[i].length; t++) {
                columns[i][t] -= mean;
            }
        }
        double[][] covariance = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int t = 0; t < columns[i].length; t++) {
                    sum += columns[i][t] * columns[j][t];
                }
                covariance[i][j] = sum / (draws.size() - 1);
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }
}
