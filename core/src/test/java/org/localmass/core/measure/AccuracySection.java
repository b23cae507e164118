package org.localmass.core.measure;

import java.util.List;

/**
 * A section of docs/quality/accuracy.md.
 *
 * @param title heading
 * @param text  what was compared, and which cases are hardest and why
 * @param rows  one for each quantity, each with at least one case
 */
public record AccuracySection(String title, String text, List<Errors> rows) {
    public AccuracySection {
        rows = List.copyOf(rows);
    }
}
