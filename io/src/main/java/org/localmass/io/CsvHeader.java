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

    private static final String DELIMITERS = ",\t;|";
    private static final Set<String> STATES = Set.of("state", "sample", "gen", "generation", "iteration");
    private static final Set<String> DENSITIES =
            Set.of("posterior", "joint", "prior", "likelihood", "lnl", "lnpr", "treelikelihood");

    private final byte[] line;
    private final char delimiter;
    private final List<String> raw;
    private final Layout layout;
    private final int[] places;

    private final boolean logWeights;

    private CsvHeader(byte[] line, char delimiter, List<String> raw, Layout layout, int[] places, boolean logWeights) {
        this.line = line;
        this.delimiter = delimiter;
        this.logWeights = logWeights;
        this.raw = raw;
        this.layout = layout;
        this.places = places;
    }

    static CsvHeader parse(LineReader lines, StanComments comments, String file, Reading reading)
            throws DrawsFormatException {
        byte[] line = Arrays.copyOfRange(lines.bytes(), lines.start(), lines.end());
        String text = new String(line, StandardCharsets.UTF_8);
        char delimiter = delimiter(text);
        List<String> raw = split(text, delimiter);
        check(raw, file, lines.line());
        Format format = format(raw, comments, file, delimiter);
        List<ColumnRole> roles = roles(raw, format, reading);
        List<String> parameters = new ArrayList<>();
        List<String> statistics = new ArrayList<>();
        int[] places = new int[raw.size()];
        int chain = -1;
        int weight = -1;
        for (int j = 0; j < places.length; j++) {
            String name = raw.get(j);
            ColumnRole role = roles.get(j);
            if (role == ColumnRole.IGNORE) {
                places[j] = LEFT_OUT;
            } else if (role == ColumnRole.CHAIN) {
                if (chain >= 0) {
                    throw DrawsFormatException.of(file, lines.line(), "more than one column numbers the chains");
                }
                chain = j;
                places[j] = CHAIN;
            } else if (role.isWeight()) {
                if (weight >= 0) {
                    throw DrawsFormatException.of(
                            file,
                            lines.line(),
                            "more than one column of weights: " + raw.get(weight) + ", " + name
                                    + "; leave one out with --column " + name + "=ignore");
                }
                weight = j;
            } else if (role.isStatistic()) {
                places[j] = statistics.size();
                statistics.add(name);
            } else {
                places[j] = parameters.size();
                parameters.add(ParameterName.normalise(name));
            }
        }
        for (int j = 0; j < places.length; j++) {
            if (roles.get(j).isStatistic()) {
                places[j] += parameters.size();
            } else if (j == weight) {
                places[j] = parameters.size() + statistics.size();
            }
        }
        refuseTwice(parameters, file, lines.line());
        refuseTwice(statistics, file, lines.line());
        if (parameters.isEmpty()) {
            throw DrawsFormatException.of(file, lines.line(), "no parameter columns, only " + String.join(", ", raw));
        }
        Layout layout = new Layout(format, parameters, statistics, weight >= 0, Map.of());
        boolean logs = weight >= 0 && roles.get(weight) == ColumnRole.LOG_WEIGHT;
        return new CsvHeader(line, delimiter, raw, layout, places, logs);
    }

    private static List<ColumnRole> roles(List<String> raw, Format format, Reading reading) {
        List<ColumnRole> roles = new ArrayList<>();
        for (int j = 0; j < raw.size(); j++) {
            String name = raw.get(j);
            ColumnRole chosen = reading.columns().get(name);
            if (chosen != null) {
                roles.add(chosen);
            } else if (name.isEmpty()) {
                roles.add(ColumnRole.IGNORE);
            } else if (format.equals(Format.TRACER_LOG)) {
                boolean density = DENSITIES.contains(name.toLowerCase(Locale.ROOT));
                roles.add(j == 0 ? ColumnRole.ITERATION : density ? ColumnRole.STATISTIC : ColumnRole.PARAMETER);
            } else if (format.equals(Format.CSV)) {
                roles.add(ColumnRole.of(name));
            } else if (name.equals("chain__") || name.equals(".chain")) {
                roles.add(ColumnRole.CHAIN);
            } else {
                roles.add(name.endsWith("__") ? ColumnRole.STATISTIC : ColumnRole.PARAMETER);
            }
        }
        return roles;
    }

    /** The most frequent of the usual delimiters outside quotes and brackets; a space if there is none of them. */
    private static char delimiter(String text) {
        int[] counts = new int[DELIMITERS.length()];
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']') {
                depth = Math.max(0, depth - 1);
            } else if (!quoted && depth == 0 && DELIMITERS.indexOf(c) >= 0) {
                counts[DELIMITERS.indexOf(c)]++;
            }
        }
        int best = 0;
        for (int k = 1; k < counts.length; k++) {
            if (counts[k] > counts[best]) {
                best = k;
            }
        }
        if (counts[best] == 0) {
            return text.strip().indexOf(' ') > 0 ? ' ' : ',';
        }
        return DELIMITERS.charAt(best);
    }

    private static void check(List<String> raw, String file, long line) throws DrawsFormatException {
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

    private static Format format(List<String> raw, StanComments comments, String file, char delimiter)
            throws DrawsFormatException {
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
        if (delimiter == '\t' && raw.size() > 1 && STATES.contains(raw.get(0).toLowerCase(Locale.ROOT))) {
            return Format.TRACER_LOG;
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

    /** Splits at delimiters outside quotes and brackets; spaces count once, and tabs at the end not at all. */
    private static List<String> split(String text, char delimiter) {
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
            } else if (c == delimiter && !quoted && depth == 0) {
                cells.add(unquote(text.substring(from, i)));
                from = i + 1;
            }
        }
        cells.add(unquote(text.substring(from)));
        if (delimiter == ' ') {
            cells.removeIf(String::isEmpty);
        } else if (delimiter == '\t'
                && cells.size() > 2
                && cells.get(cells.size() - 1).isEmpty()) {
            cells.remove(cells.size() - 1);
        }
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

    /** What separates the cells; a space stands for any number of them. */
    char delimiter() {
        return delimiter;
    }

    /** Whether the weights are logs already. */
    boolean logWeights() {
        return logWeights;
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
