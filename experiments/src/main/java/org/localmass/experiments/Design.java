package org.localmass.experiments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The training half of a two-class problem: a constant and four principal components.
 *
 * @param rows    n rows of 5 values, the first 1
 * @param outcome n classes, 0 or 1
 */
record Design(double[][] rows, int[] outcome) {
    private static final int COMPONENTS = 4;
    private static final double TRAINING_SHARE = 0.7;

    /** The design of the published experiment, as exported by the same calls of scikit-learn. */
    static Design exported(BayesUpdate.DataSet data, int seed) throws IOException {
        CsvResource table = CsvResource.of("uci/design/" + data.file() + "_seed" + seed + ".csv");
        int n = table.rows().size();
        double[][] rows = new double[n][COMPONENTS + 1];
        for (int j = 0; j <= COMPONENTS; j++) {
            double[] column = table.numbers("x" + j);
            for (int i = 0; i < n; i++) {
                rows[i][j] = column[i];
            }
        }
        double[] y = table.numbers("y");
        int[] outcome = new int[n];
        for (int i = 0; i < n; i++) {
            outcome[i] = (int) y[i];
        }
        return new Design(rows, outcome);
    }

    /**
     * A design made here from the raw data: classes 0 and 1, a stratified split with 70 % for training, standardised by
     * the training half's means and standard deviations, projected on its first four principal components, signs such
     * that the largest loading is positive.
     */
    static Design fromRaw(BayesUpdate.DataSet data, int seed) throws IOException {
        CsvResource table = CsvResource.of("uci/" + data.file() + ".csv");
        int d = table.columns().size() - 1;
        double[] target = table.numbers("target");
        double[][] columns = new double[d][];
        for (int j = 0; j < d; j++) {
            columns[j] = table.numbers(table.columns().get(j));
        }
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(1000L + seed);
        List<Integer> training = new ArrayList<>();
        for (int label = 0; label <= 1; label++) {
            List<Integer> members = new ArrayList<>();
            for (int i = 0; i < target.length; i++) {
                if (target[i] == label) {
                    members.add(i);
                }
            }
            ListSampler.shuffle(random, members);
            training.addAll(members.subList(0, (int) Math.round(TRAINING_SHARE * members.size())));
        }
        int n = training.size();
        double[][] standard = new double[d][n];
        for (int j = 0; j < d; j++) {
            double mean = 0;
            for (int i : training) {
                mean += columns[j][i] / n;
            }
            double variance = 0;
            for (int i : training) {
                variance += (columns[j][i] - mean) * (columns[j][i] - mean) / n;
            }
            for (int i = 0; i < n; i++) {
                standard[j][i] = (columns[j][training.get(i)] - mean) / Math.sqrt(variance);
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += standard[j][i] * standard[k][i] / n;
                }
                covariance.set(j, k, sum);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(covariance)) {
            throw new IOException(data.file() + ".csv: no principal components");
        }
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            order.add(j);
        }
        order.sort(java.util.Comparator.comparingDouble(
                (Integer j) -> -eigen.getEigenvalue(j).getReal()));
        double[][] rows = new double[n][COMPONENTS + 1];
        for (int c = 0; c < COMPONENTS; c++) {
            DMatrixRMaj loading = eigen.getEigenVector(order.get(c));
            double largest = 0;
            for (double v : loading.getData()) {
                largest = Math.abs(v) > Math.abs(largest) ? v : largest;
            }
            for (int i = 0; i < n; i++) {
                rows[i][0] = 1;
                double sum = 0;
                for (int j = 0; j < d; j++) {
                    sum += loading.get(j) * standard[j][i];
                }
                rows[i][c + 1] = Math.signum(largest) * sum;
            }
        }
        int[] outcome = new int[n];
        for (int i = 0; i < n; i++) {
            outcome[i] = (int) target[training.get(i)];
        }
        return new Design(rows, outcome);
    }
}
