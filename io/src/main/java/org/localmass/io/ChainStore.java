package org.localmass.io;

import java.util.ArrayList;
import java.util.List;

/**
 * The growing columns of one chain.
 *
 * <p>Values are kept in blocks of rows, so growing copies nothing. The columns are assembled one by one and
 * each one's blocks are released at once: the peak is the finished chain, one more column and the unused end of the last
 * block.
 */
final class ChainStore {
    private static final int BLOCK_VALUES = 1 << 17;
    private static final int LEAST_ROWS = 64;
    private static final double[] RELEASED = {};

    private final int width;
    private final int mostRows;
    private final List<double[][]> blocks = new ArrayList<>();
    private int size;
    private int room;

    ChainStore(int width) {
        this.width = width;
        this.mostRows = Math.max(LEAST_ROWS, BLOCK_VALUES / width);
    }

    /** Copies the first {@code rows} values of each column. */
    void append(double[][] columns, int rows) {
        int from = 0;
        while (from < rows) {
            if (room == 0) {
                room = Math.min(mostRows, Math.max(LEAST_ROWS, size));
                blocks.add(new double[width][room]);
            }
            double[][] block = blocks.get(blocks.size() - 1);
            int used = block[0].length - room;
            int count = Math.min(room, rows - from);
            for (int j = 0; j < width; j++) {
                System.arraycopy(columns[j], from, block[j], used, count);
            }
            from += count;
            room -= count;
            size = Math.addExact(size, count);
        }
    }

    /** The columns; the store is empty afterwards. */
    double[][] toColumns() {
        double[][] columns = new double[width][];
        for (int j = 0; j < width; j++) {
            columns[j] = take(j);
        }
        blocks.clear();
        return columns;
    }

    private double[] take(int column) {
        double[] values = new double[size];
        int offset = 0;
        for (double[][] block : blocks) {
            int count = Math.min(block[column].length, size - offset);
            System.arraycopy(block[column], 0, values, offset, count);
            block[column] = RELEASED;
            offset += count;
        }
        return values;
    }
}
