package org.localmass.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a file of draws are.
 *
 * @param format     kind of file
 * @param parameters names of the parameters in file order, as Stan writes them in models; at least one
 * @param statistics names of the sample statistics in file order, as the file writes them
 * @param weighted   whether a last column holds log weights
 * @param labels     other names of parameters, from labelled dimensions: {@code theta[Choate]} to {@code theta[1]}
 */
public record Layout(
        Format format, List<String> parameters, List<String> statistics, boolean weighted, Map<String, String> labels) {
    /** Copies the lists. */
    public Layout {
        parameters = List.copyOf(parameters);
        statistics = List.copyOf(statistics);
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** A layout without weights and labels. */
    static Layout of(Format format, List<String> parameters, List<String> statistics) {
        return new Layout(format, parameters, statistics, false, Map.of());
    }

    /** Number of columns of a block. */
    int width() {
        return parameters.size() + statistics.size() + (weighted ? 1 : 0);
    }
}
