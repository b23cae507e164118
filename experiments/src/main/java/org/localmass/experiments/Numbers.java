package org.localmass.experiments;

import java.util.Locale;

/** Numbers as the reports of experiments print them. */
final class Numbers {
    private Numbers() {}

    /** Three significant digits. */
    static String shortly(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int digits = size == 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** All digits, for CSV: the shortest text that reads back as the same double. */
    static String exactly(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
