package org.localmass.report;

import java.util.Locale;

/** Formats of figures outside the page. */
public enum FigureFormat {
    /** Scalable Vector Graphics. */
    SVG,
    /** Pixels, twice the size for sharp screens. */
    PNG,
    /** Portable Document Format, fonts embedded. */
    PDF;

    /** Ending of the file name, without the dot. */
    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }
}
