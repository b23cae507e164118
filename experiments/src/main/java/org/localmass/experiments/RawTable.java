package org.localmass.experiments;

import java.util.ArrayList;
import java.util.List;

/**
 * Raw results, one CSV file.
 *
 * @param name    of the file, without ending
 * @param columns their names
 * @param rows    cells, texts or numbers in full precision
 */
public record RawTable(String name, List<String> columns, List<List<String>> rows) {
    public RawTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Collects rows. */
    static final class Builder {
        private final String name;
        private final List<String> columns;
        private final List<List<String>> rows = new ArrayList<>();

        Builder(String name, String... columns) {
            this.name = name;
            this.columns = List.of(columns);
        }

        /** Adds a row of texts, numbers and truth values. */
        void row(Object... cells) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException("cells must number " + columns.size() + ", was " + cells.length);
            }
            List<String> row = new ArrayList<>();
            for (Object cell : cells) {
                row.add(cell instanceof Double number ? Numbers.exactly(number) : String.valueOf(cell));
            }
            rows.add(List.copyOf(row));
        }

        RawTable table() {
            return new RawTable(name, columns, rows);
        }
    }

    /** The table as CSV: a header line, commas, quotes where a cell needs them. */
    public String toCsv() {
        StringBuilder text = new StringBuilder();
        line(text, columns);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        for (int j = 0; j < cells.size(); j++) {
            String cell = cells.get(j);
            boolean quoted = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
            text.append(j == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        text.append('\n');
    }
}
