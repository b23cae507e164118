package org.localmass.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every block of a format without lines passes: weights become logs, draws with a non-finite parameter are refused
 * or dropped, chains that keep a draw are numbered.
 */
final class Gate {
    private final String file;
    private final Reading reading;
    private final Layout layout;
    private final BlockSink sink;
    private final boolean logWeights;
    private final int parameters;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();
    private int chains;
    private long draws;
    private long nonfinite;
    private int lastNonfinite;

    Gate(String file, Reading reading, Layout layout, boolean logWeights, BlockSink sink) {
        this.file = file;
        this.reading = reading;
        this.layout = layout;
        this.logWeights = logWeights;
        this.sink = sink;
        this.parameters = layout.parameters().size();
    }

    void begin() throws IOException {
        sink.begin(layout);
    }

    /** Passes on the draws of one chain; the columns are modified. */
    void pass(int chain, double[][] columns, int rows) throws IOException {
        while (seen.size() <= chain) {
            seen.add(0L);
            numbers.add(-1);
        }
        if (layout.weighted()) {
            weigh(columns[layout.width() - 1], chain, rows);
        }
        int kept = reading.keepsNonfinite() ? rows : keepFinite(columns, chain, rows);
        seen.set(chain, seen.get(chain) + rows);
        if (kept > 0) {
            if (numbers.get(chain) < 0) {
                numbers.set(chain, chains++);
            }
            draws += kept;
            sink.accept(numbers.get(chain), columns, kept);
        }
    }

    private void weigh(double[] weights, int chain, int rows) throws DrawsFormatException {
        for (int i = 0; i < rows; i++) {
            double value = weights[i];
            boolean sound = value < Double.POSITIVE_INFINITY && (logWeights || value >= 0);
            if (!sound) {
                throw DrawsFormatException.of(
                        file,
                        "the " + (logWeights ? "log weight" : "weight") + " of chain " + (chain + 1) + ", draw "
                                + (seen.get(chain) + i + 1) + " is " + value + "; it must be finite and not "
                                + (logWeights ? "NaN" : "negative"));
            }
            if (!logWeights) {
                weights[i] = Math.log(value);
            }
        }
    }

    private int keepFinite(double[][] columns, int chain, int rows) throws DrawsFormatException {
        boolean finite = true;
        for (int j = 0; j < parameters; j++) {
            finite &= isFinite(columns[j], rows);
        }
        if (finite) {
            return rows;
        }
        int kept = 0;
        for (int i = 0; i < rows; i++) {
            int bad = firstNonfinite(columns, i);
            if (bad < 0) {
                for (double[] column : columns) {
                    column[kept] = column[i];
                }
                kept++;
            } else if (reading.dropNonfinite()) {
                nonfinite++;
                lastNonfinite = bad;
            } else {
                throw DrawsFormatException.of(
                        file,
                        layout.parameters().get(bad) + " is " + columns[bad][i] + " in chain " + (chain + 1) + ", draw "
                                + (seen.get(chain) + i + 1)
                                + "; use --drop-nonfinite to drop such draws and count them");
            }
        }
        return kept;
    }

    private static boolean isFinite(double[] column, int rows) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            // 0 for finite values, NaN for the others
            sum += column[i] * 0;
        }
        return sum == 0;
    }

    private int firstNonfinite(double[][] columns, int row) {
        for (int j = 0; j < parameters; j++) {
            if (!Double.isFinite(columns[j][row])) {
                return j;
            }
        }
        return -1;
    }

    /** The pass, when all blocks have come through. */
    Pass finish(List<String> notes) throws DrawsFormatException {
        if (draws == 0) {
            throw DrawsFormatException.of(
                    file,
                    nonfinite == 0
                            ? "no draws"
                            : "all " + nonfinite + " draws have a non-finite parameter, the last one "
                                    + layout.parameters().get(lastNonfinite));
        }
        List<String> all = new ArrayList<>(notes);
        if (nonfinite > 0) {
            all.add(nonfinite + (nonfinite == 1 ? " draw" : " draws") + " with a non-finite parameter dropped");
        }
        return new Pass(layout, chains, draws, all);
    }

    static double[][] block(int width, int rows) {
        double[][] block = new double[width][];
        for (int j = 0; j < width; j++) {
            block[j] = new double[rows];
        }
        return block;
    }

    /** Rows of a block of so many columns. */
    static int rows(int width) {
        return Math.min(4096, Math.max(16, (1 << 16) / Math.max(1, width)));
    }

    static String shape(long[] shape) {
        String text = Arrays.toString(shape);
        return "(" + text.substring(1, text.length() - 1) + (shape.length == 1 ? ",)" : ")");
    }
}
