package org.localmass.check;

import java.util.Arrays;
import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/**
 * Rows of both sets of draws in one table, thinned evenly to a limit; weights of either set add up to 1.
 *
 * @param columns   one array per parameter that was kept
 * @param parameter the parameters that were kept
 * @param weight    weight of each row within its set
 * @param reference whether a row is of the reference
 * @param first     whether a row is of the first half of its chain
 */
record PooledRows(double[][] columns, int[] parameter, double[] weight, boolean[] reference, boolean[] first) {
    /** Cells of the table at most. */
    private static final int MOST_CELLS = 4_000_000;
    /** Rows of one set at most. */
    private static final int MOST_ROWS = 4000;
    /** A parameter with fewer different values is a label or a count: no mode is looked for along it. */
    private static final int LEAST_VALUES = 60;

    static PooledRows of(Draws p, Draws q) {
        int most = Math.max(400, Math.min(MOST_ROWS, MOST_CELLS / 2 / p.dimension()));
        int[][] rowsP = thinned(p, most);
        int[][] rowsQ = thinned(q, most);
        int n = rowsP.length + rowsQ.length;
        boolean[] reference = new boolean[n];
        Arrays.fill(reference, 0, rowsP.length, true);
        boolean[] first = new boolean[n];
        double[] weight = new double[n];
        fill(p, rowsP, 0, weight, first);
        fill(q, rowsQ, rowsP.length, weight, first);
        double[][] columns = new double[p.dimension()][];
        int[] parameter = new int[p.dimension()];
        int kept = 0;
        for (int j = 0; j < p.dimension(); j++) {
            double[] column = new double[n];
            for (int i = 0; i < n; i++) {
                Draws side = reference[i] ? p : q;
                int[] row = reference[i] ? rowsP[i] : rowsQ[i - rowsP.length];
                column[i] = side.chains().get(row[0]).value(row[1], j);
            }
            if (continuous(column)) {
                columns[kept] = column;
                parameter[kept++] = j;
            }
        }
        return new PooledRows(Arrays.copyOf(columns, kept), Arrays.copyOf(parameter, kept), weight, reference, first);
    }

    private static int[][] thinned(Draws draws, int most) {
        int step = Math.max(1, (int) Math.ceil((double) draws.size() / most));
        int[][] rows = new int[(draws.size() + step - 1) / step][];
        int next = 0;
        int offset = 0;
        List<Chain> chains = draws.chains();
        for (int c = 0; c < chains.size(); c++) {
            for (int t = (step - offset % step) % step; t < chains.get(c).size(); t += step) {
                rows[next++] = new int[] {c, t};
            }
            offset += chains.get(c).size();
        }
        return Arrays.copyOf(rows, next);
    }

    private static void fill(Draws draws, int[][] rows, int at, double[] weight, boolean[] first) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int[] row : rows) {
            largest = Math.max(largest, draws.chains().get(row[0]).logWeight(row[1]));
        }
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            Chain chain = draws.chains().get(rows[i][0]);
            weight[at + i] = Math.exp(chain.logWeight(rows[i][1]) - largest);
            sum += weight[at + i];
            first[at + i] = rows[i][1] < chain.size() / 2;
        }
        for (int i = 0; i < rows.length; i++) {
            weight[at + i] = sum > 0 ? weight[at + i] / sum : 0;
        }
    }

    private static boolean continuous(double[] column) {
        double[] sorted = column.clone();
        Arrays.sort(sorted);
        int values = 1;
        boolean whole = sorted[0] == Math.rint(sorted[0]);
        for (int i = 1; i < sorted.length; i++) {
            values += sorted[i] == sorted[i - 1] ? 0 : 1;
            whole &= sorted[i] == Math.rint(sorted[i]);
        }
        return Double.isFinite(sorted[0])
                && Double.isFinite(sorted[sorted.length - 1])
                && !whole
                && values >= Math.min(LEAST_VALUES, column.length / 2);
    }

    int size() {
        return weight.length;
    }
}
