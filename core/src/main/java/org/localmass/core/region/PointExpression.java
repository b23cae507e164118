package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A point as the command line takes it: {@code 0} (every coordinate), {@code [0,0,1]} (all coordinates in order) or
 * {@code tau=0, beta[3]=0} (the named coordinates only; {@code theta[]=0} names all elements).
 *
 * <p>Immutable; two expressions are equal if their canonical texts are.
 */
public final class PointExpression {
    private static final String LANGUAGE = "point";
    private static final String VALUE = "a number";

    /** A value, and the quantity it is for; null in a list without names. */
    private record Entry(@Nullable Reference reference, double value) {}

    private final String source;
    private final boolean listed;
    private final List<Entry> entries;

    private PointExpression(String source, boolean listed, List<Entry> entries) {
        this.source = source;
        this.listed = listed;
        this.entries = entries;
    }

    /**
     * Reads a point.
     *
     * @throws RegionSyntaxException if the text is not a point: message, character and excerpt; also if a value is not
     *     finite
     */
    public static PointExpression parse(String text) {
        TokenStream tokens = new TokenStream(LANGUAGE, text, "0 or tau=0");
        List<Entry> entries = new ArrayList<>();
        boolean listed = tokens.takeIf("[");
        if (listed) {
            do {
                entries.add(new Entry(null, value(tokens)));
            } while (tokens.takeIf(","));
            tokens.take("]", "',' or ']'");
            tokens.takeEnd("the end");
        } else if (tokens.startsReference() && !startsInfinity(tokens)) {
            do {
                if (!tokens.startsReference()) {
                    throw tokens.expected("a name");
                }
                Reference reference = tokens.reference();
                tokens.take("=", "'='");
                entries.add(new Entry(reference, value(tokens)));
            } while (tokens.takeIf(","));
            tokens.takeEnd("',' or the end");
        } else {
            Token first = tokens.peek();
            if (first.kind() != Token.Kind.NUMBER && !first.is("-") && !first.is("+") && !startsInfinity(tokens)) {
                throw tokens.expected("a number, a name or '['");
            }
            entries.add(new Entry(null, value(tokens)));
            tokens.takeEnd("the end");
        }
        return new PointExpression(text, listed, List.copyOf(entries));
    }

    private static boolean startsInfinity(TokenStream tokens) {
        return tokens.peek().kind() == Token.Kind.NAME
                && tokens.peek().text().equals("inf")
                && !tokens.peekSecond().is("=");
    }

    private static double value(TokenStream tokens) {
        Token sign = tokens.peek();
        boolean negative = tokens.takeIf("-");
        if (!negative) {
            tokens.takeIf("+");
        }
        if (startsInfinity(tokens)) {
            throw tokens.error(sign.start(), "a finite number is expected", "");
        }
        if (tokens.peek().kind() != Token.Kind.NUMBER) {
            throw tokens.expected(VALUE);
        }
        double value = tokens.number(tokens.take());
        return negative ? -value : value;
    }

    /**
     * The point in a space whose coordinates have the given names.
     *
     * @param columns parameter names in column order, at least one
     * @throws RegionSyntaxException if a list has another number of values than there are names, a name is unknown, or
     *     a coordinate gets two values
     */
    public BoundPoint bind(List<String> columns) {
        return bind(columns, Map.of());
    }

    /**
     * The point in a space whose coordinates have the given names and, some of them, others besides.
     *
     * @param columns parameter names in column order, at least one
     * @param labels  other names of parameters, such as {@code theta[Choate]} for {@code theta[1]}
     * @throws RegionSyntaxException as {@link #bind(List)}
     */
    public BoundPoint bind(List<String> columns, Map<String, String> labels) {
        List<String> names = List.copyOf(columns);
        int d = names.size();
        if (d == 0) {
            throw new IllegalArgumentException("names must number at least 1, was 0");
        }
        if (entries.get(0).reference() != null) {
            return bindNamed(names, labels);
        }
        if (listed && entries.size() != d) {
            throw RegionSyntaxException.of(
                    LANGUAGE,
                    "the list has " + entries.size() + (entries.size() == 1 ? " value" : " values") + ", there "
                            + (d == 1 ? "is 1 parameter" : "are " + d + " parameters"));
        }
        int[] coordinates = new int[d];
        double[] centre = new double[d];
        for (int j = 0; j < d; j++) {
            coordinates[j] = j;
            centre[j] = entries.get(listed ? j : 0).value();
        }
        return new BoundPoint(names, coordinates, centre);
    }

    private BoundPoint bindNamed(List<String> names, Map<String, String> labels) {
        Vocabulary vocabulary = new Vocabulary(LANGUAGE, source, names, labels);
        TreeMap<Integer, Double> values = new TreeMap<>();
        for (Entry entry : entries) {
            Reference reference = entry.reference();
            if (reference == null) {
                continue;
            }
            for (int column : vocabulary.resolve(reference).columns()) {
                if (values.put(column, entry.value()) != null) {
                    throw RegionSyntaxException.at(
                            LANGUAGE,
                            source,
                            reference.at(),
                            RegionExpression.textOf(names.get(column)) + " has a second value",
                            "");
                }
            }
        }
        return new BoundPoint(
                names,
                values.keySet().stream().mapToInt(Integer::intValue).toArray(),
                values.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The canonical text, {@code 0}, {@code [0,0,1]} or {@code tau=0, beta[3]=0}. */
    public String text() {
        StringBuilder text = new StringBuilder(listed ? "[" : "");
        for (int i = 0; i < entries.size(); i++) {
            Reference reference = entries.get(i).reference();
            text.append(i == 0 ? "" : listed ? "," : ", ");
            if (reference != null) {
                text.append(reference.text()).append('=');
            }
            text.append(RegionExpression.textOf(entries.get(i).value()));
        }
        return text.append(listed ? "]" : "").toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointExpression point && text().equals(point.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return text();
    }
}
