package org.localmass.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arrays with named axes, as InferenceData of ArviZ has them: which are draws, and in which order their axes are.
 *
 * <p>An array belongs to the draws if an axis is called {@code draw}; {@code chain} may be missing.
 */
final class NamedAxes {
    private static final String CHAIN = "chain";
    private static final String DRAW = "draw";
    private static final Map<String, String> AS_STAN_SAYS = Map.of(
            "lp", "lp__",
            "acceptance_rate", "accept_stat__",
            "mean_tree_accept", "accept_stat__",
            "step_size", "stepsize__",
            "tree_depth", "treedepth__",
            "depth", "treedepth__",
            "n_steps", "n_leapfrog__",
            "diverging", "divergent__",
            "energy", "energy__");
    private static final Set<String> OF_SAMPLERS =
            Set.of("accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__");

    /** An array of a group. */
    interface Stored {
        String name();

        long[] shape();

        List<String> axes();

        /** The names of the positions of an axis, empty if it has none. */
        List<String> labels(int axis);

        /** The numbers in C order of their own axes. */
        Numbers open() throws java.io.IOException;

        /** All of them. */
        double[] all() throws java.io.IOException;
    }

    private final String file;
    private final Reading reading;
    private final List<Variable> variables = new ArrayList<>();
    private final Set<String> statistics = new LinkedHashSet<>();
    private long chains = -1;
    private long draws = -1;
    private String first = "";

    NamedAxes(String file, Reading reading) {
        this.file = file;
        this.reading = reading;
    }

    /** Whether an array belongs to the draws. */
    static boolean isDrawn(List<String> axes) {
        return axes.contains(DRAW);
    }

    /** Takes the arrays of the parameters. */
    void parameters(List<? extends Stored> arrays) throws DrawsFormatException {
        for (Stored array : arrays) {
            if (isDrawn(array.axes())) {
                add(array, array.name(), reading.role(array.name()));
            }
        }
    }

    /** Takes those arrays of the statistics that hold one number a draw, under the names that Stan has for them. */
    void statistics(List<? extends Stored> arrays) throws DrawsFormatException {
        for (Stored array : arrays) {
            List<String> axes = array.axes();
            boolean one = isDrawn(axes) && axes.size() == (axes.contains(CHAIN) ? 2 : 1);
            ColumnRole chosen = reading.role(array.name());
            if (one && chains(array) == chains && size(array, DRAW) == draws) {
                String name = AS_STAN_SAYS.getOrDefault(array.name(), array.name());
                boolean known = variables.stream().anyMatch(v -> v.name().equals(name));
                if (!known) {
                    add(array, name, chosen == ColumnRole.PARAMETER ? ColumnRole.STATISTIC : chosen);
                    statistics.add(name);
                }
            }
        }
    }

    private static long size(Stored array, String axis) {
        int at = array.axes().indexOf(axis);
        return at < 0 ? 1 : array.shape()[at];
    }

    private static long chains(Stored array) {
        return size(array, CHAIN);
    }

    private void add(Stored array, String name, ColumnRole role) throws DrawsFormatException {
        if (draws < 0) {
            chains = chains(array);
            draws = size(array, DRAW);
            first = array.name();
        } else if (chains(array) != chains || size(array, DRAW) != draws) {
            throw DrawsFormatException.of(
                    file,
                    array.name() + " has " + chains(array) + " chains of " + size(array, DRAW) + " draws, " + first
                            + " " + chains + " of " + draws);
        }
        List<String> axes = array.axes();
        int[] order = new int[axes.size()];
        int next = 0;
        if (axes.contains(CHAIN)) {
            order[next++] = axes.indexOf(CHAIN);
        }
        order[next++] = axes.indexOf(DRAW);
        int leading = next;
        for (int a = 0; a < order.length; a++) {
            if (!axes.get(a).equals(CHAIN) && !axes.get(a).equals(DRAW)) {
                order[next++] = a;
            }
        }
        if (next < order.length) {
            throw DrawsFormatException.of(file, array.name() + " has an axis twice: " + String.join(", ", axes));
        }
        long[] elements = new long[order.length - leading];
        List<List<String>> labels = new ArrayList<>();
        for (int e = 0; e < elements.length; e++) {
            elements[e] = array.shape()[order[leading + e]];
            labels.add(array.labels(order[leading + e]));
        }
        variables.add(new Variable(name, role, elements, labels, () -> {
            if (Numbers.isOrdered(order)) {
                return array.open();
            }
            double[] values = array.all();
            Memory.hold(file, 2L * values.length);
            return Numbers.of(Numbers.transposed(values, array.shape(), order));
        }));
    }

    boolean isEmpty() {
        return variables.isEmpty();
    }

    /** Whether the statistics are those of a sampler. */
    boolean isSample() {
        return statistics.stream().anyMatch(OF_SAMPLERS::contains);
    }

    ArrayScan scan(Format format) throws DrawsFormatException {
        return new ArrayScan(file, format, chains, draws, variables, reading);
    }

    /** The group of statistics that belongs to a group of draws. */
    static Optional<String> statisticsOf(String group) {
        int slash = group.lastIndexOf('/') + 1;
        String folder = group.substring(0, slash);
        String last = group.substring(slash);
        return switch (last) {
            case "posterior" -> Optional.of(folder + "sample_stats");
            case "prior" -> Optional.of(folder + "sample_stats_prior");
            case "warmup_posterior" -> Optional.of(folder + "warmup_sample_stats");
            default -> Optional.empty();
        };
    }

    /** The group that is read: the one asked for, or the posterior. */
    static String group(Source source, Reading reading) {
        @Nullable String wanted = source.key() != null ? source.key() : reading.group();
        return wanted == null ? "posterior" : wanted;
    }

    /** Names without what a map would lose. */
    static Map<String, long[]> shapes(List<? extends Stored> arrays) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (Stored array : arrays) {
            shapes.put(array.name(), array.shape());
        }
        return shapes;
    }
}
