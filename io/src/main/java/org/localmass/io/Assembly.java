package org.localmass.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.draws.Chain;

/** Makes chains of the columns that a pass has collected. */
final class Assembly {
    private final String file;
    private final Layout layout;
    private final List<double[][]> chains;
    private final List<Integer> parameters = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Assembly(String file, Layout layout, List<double[][]> chains) {
        this.file = file;
        this.layout = layout;
        this.chains = chains;
        for (int j = 0; j < layout.parameters().size(); j++) {
            parameters.add(j);
        }
    }

    DrawsFile file(Reading reading, Scanned scanned) throws DrawsFormatException {
        notes.addAll(scanned.notes());
        if (reading.ignoreNanColumns()) {
            ignoreNanColumns();
        }
        List<Chain> kept = new ArrayList<>();
        long burnt = 0;
        long nonfinite = 0;
        for (int c = 0; c < chains.size(); c++) {
            double[][] columns = chains.get(c);
            int size = columns[0].length;
            long begin = reading.burnIn().of(size);
            if (begin >= size) {
                throw DrawsFormatException.of(
                        file, "the burn-in takes " + begin + " draws, chain " + (c + 1) + " has only " + size);
            }
            burnt += begin;
            if (reading.keepsNonfinite()) {
                int rows = finite(columns, c, (int) begin, reading.dropNonfinite());
                nonfinite += size - begin - rows;
                if (rows > 0) {
                    kept.add(chain(cut(columns, rows), c));
                }
            } else {
                Chain whole = chain(columns, c);
                kept.add(begin == 0 ? whole : whole.slice((int) begin, size));
            }
        }
        if (kept.isEmpty()) {
            throw DrawsFormatException.of(file, "all " + nonfinite + " draws have a non-finite parameter");
        }
        if (burnt > 0) {
            notes.add(counted(burnt, "draw") + " of burn-in dropped");
        } else if (layout.format().equals(Format.TRACER_LOG)) {
            notes.add("burn-in is not dropped; --burn-in 10% does as Tracer does");
        }
        if (nonfinite > 0) {
            notes.add(counted(nonfinite, "draw") + " with a non-finite parameter dropped");
        }
        List<String> names = parameters.stream().map(layout.parameters()::get).toList();
        Map<String, String> labels = new LinkedHashMap<>(layout.labels());
        labels.values().retainAll(names);
        return new DrawsFile(scanned.name(), layout.format(), names, kept, scanned.sha256(), labels, notes);
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void ignoreNanColumns() throws DrawsFormatException {
        List<String> ignored = new ArrayList<>();
        parameters.removeIf(j -> {
            for (double[][] columns : chains) {
                for (double value : columns[j]) {
                    if (!Double.isNaN(value)) {
                        return false;
                    }
                }
            }
            ignored.add(layout.parameters().get(j));
            return true;
        });
        if (parameters.isEmpty()) {
            throw DrawsFormatException.of(file, "all parameters are NaN throughout");
        }
        if (!ignored.isEmpty()) {
            String names = ignored.size() <= 4
                    ? String.join(", ", ignored)
                    : String.join(", ", ignored.subList(0, 4)) + " and " + (ignored.size() - 4) + " more";
            notes.add("NaN throughout, left out: " + names);
        }
    }

    /** Moves the rows from {@code begin} on whose parameters are finite to the front; their number. */
    private int finite(double[][] columns, int chain, int begin, boolean drop) throws DrawsFormatException {
        int kept = 0;
        for (int i = begin; i < columns[0].length; i++) {
            int bad = -1;
            for (int j : parameters) {
                if (!Double.isFinite(columns[j][i])) {
                    bad = j;
                    break;
                }
            }
            if (bad >= 0 && !drop) {
                throw DrawsFormatException.of(
                        file,
                        layout.parameters().get(bad) + " is " + columns[bad][i] + " in chain " + (chain + 1) + ", draw "
                                + (i + 1) + "; use --drop-nonfinite to drop such draws and count them");
            }
            if (bad < 0) {
                for (double[] column : columns) {
                    column[kept] = column[i];
                }
                kept++;
            }
        }
        return kept;
    }

    private static double[][] cut(double[][] columns, int rows) {
        if (rows == columns[0].length) {
            return columns;
        }
        double[][] cut = new double[columns.length][];
        for (int j = 0; j < cut.length; j++) {
            cut[j] = java.util.Arrays.copyOf(columns[j], rows);
        }
        return cut;
    }

    private Chain chain(double[][] columns, int number) throws DrawsFormatException {
        double[][] chosen = new double[parameters.size()][];
        for (int k = 0; k < chosen.length; k++) {
            chosen[k] = columns[parameters.get(k)];
        }
        Map<String, double[]> statistics = new LinkedHashMap<>();
        int first = layout.parameters().size();
        for (int j = 0; j < layout.statistics().size(); j++) {
            statistics.put(layout.statistics().get(j), columns[first + j]);
        }
        if (!layout.weighted()) {
            return Chain.adopt(chosen, null, statistics);
        }
        double[] weights = columns[layout.width() - 1];
        for (double weight : weights) {
            if (weight > Double.NEGATIVE_INFINITY) {
                return Chain.adopt(chosen, weights, statistics);
            }
        }
        throw DrawsFormatException.of(file, "all weights of chain " + (number + 1) + " are zero");
    }
}
