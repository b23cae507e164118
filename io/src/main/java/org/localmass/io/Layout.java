package org.localmass.io;

import java.util.List;

/**
 * What the columns of a file of draws are.
 *
 * @param format     kind of file
 * @param parameters names of the parameters in file order, as Stan writes them in models; at least one
 * @param statistics names of the sample statistics in file order, as the file writes them
 */
public record Layout(Format format, List<String> parameters, List<String> statistics) {
    /** Copies the lists. */
    public Layout {
        parameters = List.copyOf(parameters);
        statistics = List.copyOf(statistics);
    }
}
