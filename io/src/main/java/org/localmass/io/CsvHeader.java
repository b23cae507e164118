package org.localmass.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.ParameterName;

/** The header line of a CSV: what each column is, and where its values go. */
final class CsvHeader {
    /** Place of a column that is left out. */
    static final int LEFT_OUT = -1;

    /** Place of the column that numbers the chains. */
    static final int CHAIN = -2;

    private static final Set<String> CHAIN_NAMES = Set.of("chain", "chain__", ".chain");
    private static final Set<String> COUNTER_NAMES =
            Set.of("draw", "iteration", ".draw", ".iteration", "log_p", "log_q", "log_g");

    private final byte[] line;
    private final List<String> raw;
    private final Layout layout;
    private final int[] places;

    private CsvHeader(byte[] line, List<String> raw, Layout layout, int[] places) {
        this.line = line;
        this.raw = raw;
        this.layout = layout;
        this.places = places;
    }

    static CsvHeader parse(LineReader lines, StanComments comments, String file) throws DrawsFormatException {
        byte[] line = Arrays.copyOfRange(lines.bytes(), lines.start(), lines.end());
        String text = new String(line, StandardCharsets.UTF_8);
        List<String> raw = split(text);
        check(raw, text, file, lines.line());
        Format format = format(raw, comments, file);
        List<String> parameters = new ArrayList<>();
        List<String> statistics = new ArrayList<>();
        int[] places = new int[raw.size()];
        boolean chained = false;
        for (int j = 0; j < places.length; j++) {
            String name = raw.get(j);
            if (name.isEmpty()) {
                places[j] = LEFT_OUT;
            } else if (format == Format.CSV && CHAIN_NAMES.contains(name)) {
                if (chained) {
                    throw DrawsFormatException.of(file, lines.line(), "more than one column numbers the chains");
                }
                chained = true;
                places[j] = CHAIN;
            } else if (isStatistic(name, format)) {
                places[j] = statistics.size();
                statistics.add(name);
            } else {
                places[j] = parameters.size();
                parameters.add(ParameterName.normalise(name));
            }
        }
        for (int j = 0; j < places.length; j++) {
            if (places[j] >= 0 && isStatistic(raw.get(j), format)) {
                places[j] += parameters.size();
            }
        }
        refuseTwice(parameters, file, lines.line());
        refuseTwice(statistics, file, lines.line());
        if (parameters.isEmpty()) {
            throw DrawsFormatException.of(file, lines.line(), "no parameter columns, only " + String.join(", ", raw));
        }
        return new CsvHeader(line, raw, new Layout(format, parameters, statistics), places);
    }

    private static boolean isStatistic(String name, Format format) {
        return name.endsWith("__") || (format == Format.CSV && COUNTER_NAMES.contains(name));
    }

    private static void check(List<String> raw, String text, String file, long line) throws DrawsFormatException {
        boolean numbers = true;
        for (int j = 0; j < raw.size(); j++) {
            String name = raw.get(j);
            if (name.isEmpty() && (j > 0 || raw.size() == 1)) {
                throw DrawsFormatException.of(file, line, "column " + (j + 1) + " of the header has no name");
            }
            if (name.indexOf('\uFFFD') >= 0) {
                throw DrawsFormatException.of(file, line, "not a text file in UTF-8");
            }
            for (int i = 0; i < name.length(); i++) {
                if (Character.isISOControl(name.charAt(i)) && name.charAt(i) != '\t') {
                    throw DrawsFormatException.of(
                            file, line, "column " + (j + 1) + " of the header holds a control character");
                }
            }
            numbers &= name.isEmpty() || isNumber(name);
        }
        if (numbers) {
            throw DrawsFormatException.of(file, line, "no header line: the first line holds numbers only");
        }
        if (raw.size() == 1 && (text.indexOf(';') >= 0 || text.indexOf('\t') >= 0)) {
            throw DrawsFormatException.of(file, line, "columns must be separated by commas, not by semicolons or tabs");
        }
    }

    private static boolean isNumber(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return word.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[-+]?[0-9]+)?|[-+]?(inf|infinity|nan)|na");
    }

    private static void refuseTwice(List<String> names, String file, long line) throws DrawsFormatException {
        Map<String, Integer> seen = new HashMap<>();
        for (String name : names) {
            if (seen.putIfAbsent(name, 1) != null) {
                throw DrawsFormatException.of(file, line, "column " + name + " occurs twice");
            }
        }
    }

    private static Format format(List<String> raw, StanComments comments, String file) throws DrawsFormatException {
        Format said = said(comments, file);
        if (said != null) {
            return said;
        }
        if (raw.contains("accept_stat__")) {
            return Format.STAN_SAMPLE;
        }
        if (raw.contains("lp_approx__")) {
            return Format.STAN_PATHFINDER;
        }
        if (raw.contains("log_p__") && (raw.contains("log_q__") || raw.contains("log_g__"))) {
            return raw.contains("lp__") && raw.contains("log_g__") ? Format.STAN_VARIATIONAL : Format.STAN_LAPLACE;
        }
        return Format.CSV;
    }

    /** The format that the comments name, null if they name none. */
    static @Nullable Format said(StanComments comments, String file) throws DrawsFormatException {
        String method = comments.method();
        if (method == null) {
            return null;
        }
        return switch (method) {
            case "sample" -> Format.STAN_SAMPLE;
            case "variational" -> Format.STAN_VARIATIONAL;
            case "laplace" -> Format.STAN_LAPLACE;
            case "pathfinder" -> Format.STAN_PATHFINDER;
            case "generate_quantities" -> Format.STAN_GENERATED_QUANTITIES;
            case "optimize" -> throw DrawsFormatException.of(file, "Stan's optimize output: a point, not draws");
            case "diagnose" ->
                throw DrawsFormatException.of(file, "Stan's diagnose output: a test of gradients, not draws");
            case "log_prob" ->
                throw DrawsFormatException.of(file, "Stan's log_prob output: densities and gradients, not draws");
            default -> throw DrawsFormatException.of(file, "Stan's output of an unknown method: " + method);
        };
    }

    /** Splits at commas outside quotes and brackets. */
    private static List<String> split(String text) {
        List<String> cells = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']') {
                depth = Math.max(0, depth - 1);
            } else if (c == ',' && !quoted && depth == 0) {
                cells.add(unquote(text.substring(from, i)));
                from = i + 1;
            }
        }
        cells.add(unquote(text.substring(from)));
        return cells;
    }

    private static String unquote(String cell) {
        String name = cell.strip();
        if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1).replace("\"\"", "\"").strip();
        }
        return name;
    }

    Layout layout() {
        return layout;
    }

    /** Number of columns in the file. */
    int width() {
        return places.length;
    }

    /** Where each column's values go: a place in the block, {@link #CHAIN} or {@link #LEFT_OUT}. */
    int[] places() {
        return places;
    }

    /** Name of a column of the file, as users know it. */
    String name(int column) {
        int place = places[column];
        int parameters = layout.parameters().size();
        return place >= 0 && place < parameters ? layout.parameters().get(place) : raw.get(column);
    }

    /** Whether a line repeats the header. */
    boolean isRepeated(byte[] bytes, int start, int end) {
        return end - start == line.length
                && bytes[start] == line[0]
                && Arrays.equals(bytes, start, end, line, 0, line.length);
    }
}
