package org.localmass.experiments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV table of texts; cells may be quoted, but not broken over lines.
 *
 * @param columns names in the first line
 * @param rows    the other lines
 */
record CsvResource(String source, List<String> columns, List<String[]> rows) {
    /** A resource of this package. */
    static CsvResource of(String name) throws IOException {
        InputStream in = CsvResource.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + ": no such resource");
        }
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return read(name, reader);
        }
    }

    /** A file. */
    static CsvResource of(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        }
    }

    private static CsvResource read(String source, Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        String head = lines.readLine();
        if (head == null) {
            throw new IOException(source + ": the file is empty");
        }
        List<String> columns = List.of(cells(head));
        List<String[]> rows = new ArrayList<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String[] cells = cells(line);
            if (cells.length != columns.size()) {
                throw new IOException(source + ": line " + number + ": " + cells.length + " values, the header has "
                        + columns.size());
            }
            rows.add(cells);
        }
        return new CsvResource(source, columns, rows);
    }

    private static String[] cells(String line) {
        if (line.indexOf('"') < 0) {
            return line.split(",", -1);
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                // two quotes in quotes stand for one
                if (quoted && i > 0 && line.charAt(i - 1) == '"') {
                    cell.append('"');
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells.toArray(new String[0]);
    }

    /** Position of a column. */
    int column(String name) throws IOException {
        int j = columns.indexOf(name);
        if (j < 0) {
            throw new IOException(source + ": line 1: the column '" + name + "' is missing");
        }
        return j;
    }

    /** A column of numbers. */
    double[] numbers(String name) throws IOException {
        int j = column(name);
        double[] values = new double[rows.size()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = Double.parseDouble(rows.get(i)[j]);
            } catch (NumberFormatException e) {
                throw new IOException(
                        source + ": line " + (i + 2) + ": '" + rows.get(i)[j] + "' in '" + name + "' is no number", e);
            }
        }
        return values;
    }
}
