package org.localmass.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.ParameterName;

/** One pass over several arrays that share their chains and draws, block by block. */
final class ArrayScan {
    private static final long MOST_COLUMNS = 1_000_000;

    private final String file;
    private final Reading reading;
    private final long chains;
    private final long draws;
    private final List<Variable> parameters = new ArrayList<>();
    private final List<Variable> statistics = new ArrayList<>();
    private final Layout layout;
    private @Nullable Variable weight;
    private @Nullable Variable chain;

    /** @throws DrawsFormatException if there is no parameter, a name occurs twice, or there are too many columns */
    ArrayScan(String file, Format format, long chains, long draws, List<Variable> variables, Reading reading)
            throws DrawsFormatException {
        this.file = file;
        this.reading = reading;
        this.chains = chains;
        this.draws = draws;
        for (Variable v : variables) {
            add(v);
        }
        if (parameters.isEmpty()) {
            throw DrawsFormatException.of(
                    file,
                    "no parameters" + (variables.isEmpty() ? "" : ", only " + String.join(", ", names(variables))));
        }
        if (chains <= 0 || draws <= 0) {
            throw DrawsFormatException.of(
                    file,
                    "no draws: " + parameters.get(0).name() + " has " + chains
                            + (chains == 1 ? " chain of " : " chains of ") + draws + " draws");
        }
        this.layout = layout(format);
    }

    private static List<String> names(List<Variable> variables) {
        return variables.stream().map(Variable::name).toList();
    }

    private void add(Variable v) throws DrawsFormatException {
        ColumnRole role = v.role();
        if (role == ColumnRole.IGNORE) {
            return;
        }
        if (role == ColumnRole.PARAMETER) {
            parameters.add(v);
            return;
        }
        if (!v.isScalar()) {
            if (role != ColumnRole.STATISTIC) {
                throw DrawsFormatException.of(
                        file,
                        v.name() + " must hold one number a draw, as a " + role.word() + " does; it holds an array of "
                                + Gate.shape(v.shape()) + "; if it is a parameter, say --column " + v.name()
                                + "=parameter");
            }
            return;
        }
        if (role.isStatistic()) {
            statistics.add(v);
        } else if (role == ColumnRole.CHAIN) {
            if (chain != null) {
                throw DrawsFormatException.of(file, "more than one array numbers the chains");
            }
            chain = v;
        } else {
            if (weight != null) {
                throw DrawsFormatException.of(
                        file, "more than one array of weights: " + weight.name() + ", " + v.name());
            }
            weight = v;
        }
    }

    private Layout layout(Format format) throws DrawsFormatException {
        List<String> names = new ArrayList<>();
        Map<String, String> labels = new LinkedHashMap<>();
        long columns = 0;
        for (Variable v : parameters) {
            long size = 1;
            for (long s : v.shape()) {
                size = s > 0 && size > MOST_COLUMNS / s ? MOST_COLUMNS + 1 : size * s;
            }
            columns += size;
            if (columns > MOST_COLUMNS) {
                throw DrawsFormatException.of(
                        file,
                        v.name() + " of " + Gate.shape(v.shape()) + " elements makes more than " + MOST_COLUMNS
                                + " parameters");
            }
            elements(v, (int) size, names, labels);
        }
        if (names.isEmpty()) {
            throw DrawsFormatException.of(file, "no parameters: all arrays are empty");
        }
        refuseTwice(names);
        List<String> others = names(statistics);
        refuseTwice(others);
        labels.keySet().removeAll(new HashSet<>(names));
        return new Layout(format, names, others, weight != null, labels);
    }

    private static void elements(Variable v, int size, List<String> names, Map<String, String> labels) {
        if (v.isScalar()) {
            names.add(ParameterName.normalise(v.name()));
            return;
        }
        int[] at = new int[v.shape().length];
        boolean labelled = v.labels().stream().anyMatch(axis -> !axis.isEmpty());
        for (int e = 0; e < size; e++) {
            StringBuilder index = new StringBuilder();
            StringBuilder label = new StringBuilder();
            for (int a = 0; a < at.length; a++) {
                String comma = a > 0 ? "," : "";
                index.append(comma).append(at[a] + 1);
                List<String> axis = labelled ? v.labels().get(a) : List.of();
                label.append(comma).append(at[a] < axis.size() ? axis.get(at[a]) : String.valueOf(at[a] + 1));
            }
            String name = v.name() + "[" + index + "]";
            names.add(name);
            if (labelled) {
                labels.putIfAbsent(v.name() + "[" + label + "]", name);
            }
            for (int a = at.length - 1; a >= 0 && ++at[a] == v.shape()[a]; a--) {
                at[a] = 0;
            }
        }
    }

    private void refuseTwice(List<String> names) throws DrawsFormatException {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw DrawsFormatException.of(file, name + " occurs twice");
            }
        }
    }

    Layout layout() {
        return layout;
    }

    /** One array being read: its numbers and the columns they go to. */
    private record Column(String name, Numbers numbers, int first, int size) {}

    Pass run(BlockSink sink, List<String> notes) throws IOException {
        boolean logWeights = weight != null && weight.role() == ColumnRole.LOG_WEIGHT;
        Gate gate = new Gate(file, reading, layout, logWeights, sink);
        List<Column> open = new ArrayList<>();
        try {
            int first = 0;
            for (Variable v : ordered()) {
                int size = 1;
                for (long s : v.shape()) {
                    size *= (int) s;
                }
                open.add(new Column(v.name(), v.opener().open(), first, size));
                first += size;
            }
            gate.begin();
            if (chain == null) {
                blocks(open, gate);
            } else {
                try (Numbers ids = chain.opener().open()) {
                    numbered(open, ids, gate);
                }
            }
        } finally {
            for (Column column : open) {
                column.numbers.close();
            }
        }
        return gate.finish(notes);
    }

    private List<Variable> ordered() {
        List<Variable> ordered = new ArrayList<>(parameters);
        ordered.addAll(statistics);
        if (weight != null) {
            ordered.add(weight);
        }
        return ordered;
    }

    private void blocks(List<Column> open, Gate gate) throws IOException {
        int capacity = (int) Math.min(draws, Gate.rows(layout.width()));
        double[][] block = Gate.block(layout.width(), capacity);
        double[] buffer = buffer(open, capacity);
        for (int c = 0; c < chains; c++) {
            for (long from = 0; from < draws; from += capacity) {
                int rows = (int) Math.min(capacity, draws - from);
                fill(open, block, buffer, rows);
                gate.pass(c, block, rows);
            }
        }
    }

    /** Draws whose chain is told by a number beside them. */
    private void numbered(List<Column> open, Numbers ids, Gate gate) throws IOException {
        int capacity = (int) Math.min(draws, Gate.rows(layout.width()));
        double[][] block = Gate.block(layout.width(), capacity);
        double[][] part = Gate.block(layout.width(), capacity);
        double[] buffer = buffer(open, capacity);
        double[] id = new double[capacity];
        Map<Long, Integer> found = new HashMap<>();
        for (long from = 0; from < draws; from += capacity) {
            int rows = (int) Math.min(capacity, draws - from);
            ids.read(id, 0, rows);
            fill(open, block, buffer, rows);
            int begin = 0;
            for (int i = 1; i <= rows; i++) {
                if (i == rows || id[i] != id[begin]) {
                    if (id[begin] != Math.rint(id[begin]) || Math.abs(id[begin]) > 1L << 53) {
                        throw DrawsFormatException.of(
                                file,
                                "the chain of draw " + (from + begin + 1) + " is " + id[begin]
                                        + ", not a whole number");
                    }
                    for (int j = 0; j < part.length; j++) {
                        System.arraycopy(block[j], begin, part[j], 0, i - begin);
                    }
                    gate.pass(found.computeIfAbsent((long) id[begin], unseen -> found.size()), part, i - begin);
                    begin = i;
                }
            }
        }
    }

    private static double[] buffer(List<Column> open, int capacity) {
        int most = 0;
        for (Column column : open) {
            most = Math.max(most, column.size);
        }
        return new double[most > 1 ? Math.multiplyExact(most, capacity) : 0];
    }

    private static void fill(List<Column> open, double[][] block, double[] buffer, int rows) throws IOException {
        for (Column column : open) {
            int size = column.size;
            if (size == 1) {
                column.numbers.read(block[column.first], 0, rows);
                continue;
            }
            column.numbers.read(buffer, 0, rows * size);
            for (int k = 0; k < size; k++) {
                double[] target = block[column.first + k];
                for (int i = 0, at = k; i < rows; i++, at += size) {
                    target[i] = buffer[at];
                }
            }
        }
    }
}
