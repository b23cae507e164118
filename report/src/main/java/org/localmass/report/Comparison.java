package org.localmass.report;

import org.localmass.check.CheckReport;

/**
 * One approximation among several that were checked against the same reference.
 *
 * @param approximationName name of the approximation, such as its file's name without the ending; not empty
 * @param report            its report
 */
public record Comparison(String approximationName, CheckReport report) {
    public Comparison {
        if (approximationName.isBlank()) {
            throw new IllegalArgumentException(
                    "approximationName must not be blank, was \"" + approximationName + "\"");
        }
    }

    /**
     * Name of the folder that holds the approximation's own report: its name with every character but letters, digits,
     * {@code . _ + -} replaced by {@code _}, and so a leading dot. Only ASCII, safe in a path and in a link.
     */
    public String folder() {
        return approximationName.replaceAll("[^A-Za-z0-9._+-]", "_").replaceFirst("^\\.", "_");
    }
}
