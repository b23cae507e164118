package org.localmass.vi.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.internal.Arguments;

/** A response and the columns that explain it. Immutable. */
public final class RegressionTable {
    private final String response;
    private final List<String> columns;
    private final double[] y;
    private final double[][] x;

    private RegressionTable(String response, List<String> columns, double[] y, double[][] x) {
        this.response = response;
        this.columns = columns;
        this.y = y;
        this.x = x;
    }

    /**
     * A table.
     *
     * @param y the response, n finite values
     * @param x n rows, one finite value for each column
     * @throws IllegalArgumentException if the lengths differ, a value is not finite, or there is no row or column
     */
    public static RegressionTable of(String response, List<String> columns, double[] y, double[][] x) {
        Arguments.positive("number of columns", columns.size());
        Arguments.positive("number of rows", y.length);
        if (x.length != y.length) {
            throw new IllegalArgumentException("number of rows of x must be " + y.length + ", was " + x.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i].length != columns.size()) {
                throw new IllegalArgumentException(
                        "length of x[" + i + "] must be " + columns.size() + ", was " + x[i].length);
            }
            Arguments.finite("x[" + i + "]", x[i]);
        }
        return new RegressionTable(
                response,
                List.copyOf(columns),
                Arguments.finite("y", y.clone()),
                Arrays.stream(x).map(double[]::clone).toArray(double[][]::new));
    }

    /**
     * Reads a comma-separated file whose first line has the columns' names.
     *
     * @param response the response's column
     * @param columns  the columns to explain it by; all others if empty
     * @throws IOException if the file cannot be read, lacks a column, or has a field that is not a finite number:
     *     with file, line and reason
     */
    public static RegressionTable read(Path file, String response, List<String> columns) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty()) {
            throw new IOException(file + ": the file is empty, a header is expected");
        }
        List<String> header = fields(lines.get(0).replace("\uFEFF", ""));
        int place = place(file, header, response);
        List<String> chosen = new ArrayList<>(columns);
        if (columns.isEmpty()) {
            chosen.addAll(header);
            chosen.remove(place);
        }
        if (chosen.isEmpty()) {
            throw new IOException(file + ": line 1: there is no column beside " + response);
        }
        int[] places = new int[chosen.size()];
        for (int j = 0; j < places.length; j++) {
            places[j] = place(file, header, chosen.get(j));
        }
        List<double[]> rows = new ArrayList<>();
        List<Double> responses = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> fields = fields(lines.get(i));
            if (fields.size() != header.size()) {
                throw new IOException(
                        file + ": line " + (i + 1) + ": " + fields.size() + " fields, the header has " + header.size());
            }
            double[] row = new double[places.length];
            for (int j = 0; j < places.length; j++) {
                row[j] = number(file, i, header.get(places[j]), fields.get(places[j]));
            }
            rows.add(row);
            responses.add(number(file, i, response, fields.get(place)));
        }
        if (rows.isEmpty()) {
            throw new IOException(file + ": there is no row below the header");
        }
        return new RegressionTable(
                response,
                List.copyOf(chosen),
                responses.stream().mapToDouble(v -> v).toArray(),
                rows.toArray(new double[0][]));
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split(",", -1)) {
            String trimmed = field.trim();
            boolean quoted = trimmed.length() > 1 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
            fields.add(quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed);
        }
        return fields;
    }

    private static int place(Path file, List<String> header, String name) throws IOException {
        int place = header.indexOf(name);
        if (place < 0) {
            throw new IOException(
                    file + ": line 1: there is no column " + name + ", they are " + String.join(", ", header));
        }
        return place;
    }

    private static double number(Path file, int line, String column, String text) throws IOException {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + ": line " + (line + 1) + ": " + column + " is no number: " + text, e);
        }
        if (!Double.isFinite(value)) {
            throw new IOException(file + ": line " + (line + 1) + ": " + column + " is not finite: " + text);
        }
        return value;
    }

    /**
     * This table with each column less its mean and over its standard deviation; columns of one value become 0. The
     * response stays.
     */
    public RegressionTable standardised() {
        double[][] scaled = new double[y.length][columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            double mean = 0;
            for (double[] row : x) {
                mean += row[j] / x.length;
            }
            double square = 0;
            for (double[] row : x) {
                square += (row[j] - mean) * (row[j] - mean);
            }
            double sd = Math.sqrt(square / Math.max(1, x.length - 1));
            for (int i = 0; i < x.length; i++) {
                scaled[i][j] = sd > 0 ? (x[i][j] - mean) / sd : 0;
            }
        }
        return new RegressionTable(response, columns, y, scaled);
    }

    /** Name of the response. */
    public String response() {
        return response;
    }

    /** Names of the explaining columns. */
    public List<String> columns() {
        return columns;
    }

    /** Number of rows. */
    public int size() {
        return y.length;
    }

    /** The response. */
    public double[] y() {
        return y.clone();
    }

    /** The rows. */
    public double[][] x() {
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }
}
