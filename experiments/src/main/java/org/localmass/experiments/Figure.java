package org.localmass.experiments;

import java.util.List;
import org.localmass.report.PaperFigure;

/**
 * A figure of one or two panels.
 *
 * @param name    of the files, without ending
 * @param caption what it shows, in a sentence or two
 * @param paper   the figure
 */
public record Figure(String name, String caption, PaperFigure paper) {
    Figure(String name, String caption, List<PaperFigure.Panel> panels) {
        this(name, caption, new PaperFigure(panels));
    }
}
