package org.localmass.experiments;

import java.util.List;

/**
 * A figure of one or two panels side by side.
 *
 * @param name    of the files, without ending
 * @param caption what it shows, in a sentence or two
 * @param panels  from left to right
 */
public record Figure(String name, String caption, List<Plot> panels) {
    public Figure {
        panels = List.copyOf(panels);
    }
}
