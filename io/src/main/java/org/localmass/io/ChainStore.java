package org.localmass.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.draws.Chain;

/**
 * The growing columns of one chain.
 *
 * <p>Values are kept in blocks of rows, so growing copies nothing. The chain is assembled column by column and each
 * column's blocks are released at once: the peak is the finished chain, one more column and the unused end of the last
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

    /** The chain; the store is empty afterwards. */
    Chain toChain(Layout layout) {
        int parameters = layout.parameters().size();
        double[][] columns = new double[parameters][];
        for (int j = 0; j < parameters; j++) {
            columns[j] = take(j);
        }
        Map<String, double[]> statistics = new LinkedHashMap<>();
        for (int j = parameters; j < width; j++) {
            statistics.put(layout.statistics().get(j - parameters), take(j));
        }
        blocks.clear();
        return Chain.adopt(columns, null, statistics);
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
