package org.localmass.core.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.localmass.core.measure.Compositions;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.RegionSyntaxException;

/**
 * Reads distributions from text, {@code mixture(0.9*normal(0, 1) + 0.1*normal(5, 0.1))}. A distribution's
 * {@code toString} is its text; reading that gives an equal distribution. The grammar is in docs/distributions.md.
 */
public final class DistributionText {
    static final String LANGUAGE = "distribution";

    private static final int MOST_NESTED = 100;
    private static final int MOST_EDITS = 3;
    private static final Set<String> MAPS = Set.of("exp", "log", "inv_logit", "power");
    private static final Map<String, Signature> BY_NAME = new LinkedHashMap<>();

    static {
        for (Signature signature : Signatures.ALL) {
            BY_NAME.put(signature.name(), signature);
            signature.aliases().forEach(alias -> BY_NAME.put(alias, signature));
        }
    }

    private final String text;
    private int at;
    private int depth;

    private DistributionText(String text) {
        this.text = text;
    }

    /**
     * Reads a distribution.
     *
     * @throws RegionSyntaxException if the text is not one: what is wrong, at which character, and what would help
     */
    public static Distribution parse(String text) {
        DistributionText reader = new DistributionText(text);
        reader.skip();
        if (reader.at == text.length()) {
            throw reader.error(reader.at, "a distribution is expected", "such as normal(0, 1)");
        }
        Value value = reader.value();
        if (!(value instanceof Value.Law law)) {
            throw reader.error(value.at(), "a distribution is expected", "such as normal(0, 1)");
        }
        if (reader.at < text.length()) {
            throw reader.error(reader.at, "the end is expected", "");
        }
        return law.law();
    }

    /** One line for each distribution: usage, other names, meaning. */
    public static List<String> help() {
        List<String> lines = new ArrayList<>();
        for (Signature signature : Signatures.ALL) {
            lines.add(signature.usage()
                    + (signature.aliases().isEmpty() ? "" : ", also " + String.join(", ", signature.aliases()))
                    + ": " + signature.description());
        }
        return List.copyOf(lines);
    }

    private RegionSyntaxException error(int index, String problem, String hint) {
        return RegionSyntaxException.at(LANGUAGE, text, Math.min(index, text.length()), problem, hint);
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean takeIf(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            skip();
            return true;
        }
        return false;
    }

    private void take(char c, String hint) {
        if (!takeIf(c)) {
            throw error(at, "'" + c + "' is expected", hint);
        }
    }

    private Value value() {
        if (++depth > MOST_NESTED) {
            throw error(at, "nested more than " + MOST_NESTED + " deep", "");
        }
        int start = at;
        Value value;
        if (takeIf('[')) {
            List<Value> items = new ArrayList<>();
            if (!takeIf(']')) {
                do {
                    items.add(value());
                } while (takeIf(','));
                take(']', "',' or ']'");
            }
            value = new Value.Items(items, start);
        } else if (at < text.length() && isNameStart(text.charAt(at)) && !startsInfinity()) {
            value = named();
        } else {
            value = new Value.Scalar(number(), start);
        }
        depth--;
        return value;
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }

    private boolean startsInfinity() {
        return text.startsWith("inf", at) && (at + 3 == text.length() || !isNamePart(text.charAt(at + 3)));
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        skip();
        return name;
    }

    private double number() {
        int start = at;
        double sign = 1;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            sign = text.charAt(at++) == '-' ? -1 : 1;
            skip();
        }
        if (startsInfinity()) {
            at += 3;
            skip();
            return sign * Double.POSITIVE_INFINITY;
        }
        int digits = at;
        while (at < text.length() && isNumberPart(digits)) {
            at++;
        }
        String written = text.substring(digits, at);
        try {
            double value = Double.parseDouble(written);
            if (Double.isInfinite(value)) {
                throw error(start, "the number " + written + " is too large", "");
            }
            skip();
            return sign * value;
        } catch (NumberFormatException e) {
            throw error(
                    start,
                    at < text.length() || digits < at ? "a number or a name is expected" : "more is expected",
                    "");
        }
    }

    private boolean isNumberPart(int digits) {
        char c = text.charAt(at);
        boolean signed =
                (c == '-' || c == '+') && at > digits && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
        return (c >= '0' && c <= '9') || c == '.' || ((c == 'e' || c == 'E') && at > digits) || signed;
    }

    private Value named() {
        int start = at;
        String name = name();
        if (MAPS.contains(name)) {
            return map(name, start);
        }
        boolean known = BY_NAME.containsKey(name) || name.equals("mixture") || name.equals("product");
        if (!known) {
            throw error(start, "there is no distribution " + name, suggestion(name));
        }
        if (name.equals("mixture")) {
            return mixture(start);
        }
        take('(', "write " + name + "(...)");
        if (name.equals("product")) {
            return product(start);
        }
        Signature signature = BY_NAME.get(name);
        if (signature == null) {
            throw new IllegalStateException(name);
        }
        return called(signature, start);
    }

    private Value map(String name, int start) {
        List<Value> arguments = new ArrayList<>();
        if (name.equals("power")) {
            take('(', "write power(s)");
            int place = at;
            arguments.add(new Value.Scalar(number(), place));
            take(')', "write power(s)");
        }
        return new Value.Map(name, arguments, start);
    }

    private Value called(Signature signature, int start) {
        List<Signature.Parameter> parameters = signature.parameters();
        @Nullable Value[] values = new @Nullable Value[parameters.size()];
        int next = 0;
        if (!takeIf(')')) {
            boolean byName = false;
            do {
                int place = at;
                int index = parameterNamed(parameters);
                if (index < 0) {
                    if (byName) {
                        throw error(place, "an argument without a name follows one with a name", signature.usage());
                    }
                    index = next++;
                } else {
                    byName = true;
                }
                if (index >= values.length) {
                    throw error(place, signature.name() + " takes " + count(values.length), "use " + signature.usage());
                }
                if (values[index] != null) {
                    throw error(place, parameters.get(index).name() + " is given twice", "use " + signature.usage());
                }
                values[index] = value();
            } while (takeIf(','));
            take(')', "',' or ')'");
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !parameters.get(i).isOptional()) {
                throw error(
                        start, signature.name() + " lacks " + parameters.get(i).name(), "use " + signature.usage());
            }
        }
        return built(start, signature.name(), () -> signature
                .build()
                .apply(new Arguments(text, signature, Arrays.asList(values))));
    }

    private static String count(int n) {
        return n == 0 ? "no argument" : n == 1 ? "1 argument" : n + " arguments";
    }

    /** The index of the parameter that {@code name =} at this place names, or -1. */
    private int parameterNamed(List<Signature.Parameter> parameters) {
        int start = at;
        if (at < text.length() && isNameStart(text.charAt(at))) {
            String name = name();
            if (takeIf('=')) {
                for (int i = 0; i < parameters.size(); i++) {
                    if (parameters.get(i).name().equals(name)) {
                        return i;
                    }
                }
                throw error(
                        start,
                        "there is no parameter " + name,
                        "they are "
                                + String.join(
                                        ", ",
                                        parameters.stream()
                                                .map(Signature.Parameter::name)
                                                .toList()));
            }
            at = start;
        }
        return -1;
    }

    private Value mixture(int start) {
        take('(', "write mixture(0.9*normal(0, 1) + 0.1*normal(5, 0.1))");
        List<Distribution> parts = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        do {
            int place = at;
            double weight = number();
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw error(place, "a weight must be positive and finite", "");
            }
            weights.add(weight);
            take('*', "write 0.9*normal(0, 1)");
            parts.add(law());
        } while (takeIf('+'));
        take(')', "'+' or ')'");
        return built(
                start,
                "mixture",
                () -> Compositions.mixture(
                        parts, weights.stream().mapToDouble(w -> w).toArray()));
    }

    private Distribution law() {
        int place = at;
        if (value() instanceof Value.Law law) {
            return law.law();
        }
        throw error(place, "a distribution is expected", "such as normal(0, 1)");
    }

    private Value product(int start) {
        List<Distribution> blocks = new ArrayList<>();
        do {
            blocks.add(law());
        } while (takeIf(','));
        take(')', "',' or ')'");
        return built(start, "product", () -> Compositions.product(blocks));
    }

    /** Makes a distribution; what it does not take is an error at the start of its text. */
    private Value built(int start, String name, java.util.function.Supplier<Distribution> build) {
        try {
            return new Value.Law(build.get(), start);
        } catch (RegionSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw error(start, name + ": " + e.getMessage(), "");
        } catch (ArithmeticException e) {
            throw error(start, name + " cannot be computed with these arguments", String.valueOf(e.getMessage()));
        }
    }

    private static String suggestion(String name) {
        List<String> names = new ArrayList<>(BY_NAME.keySet());
        names.add("mixture");
        names.add("product");
        String nearest = names.stream()
                .min(Comparator.comparingInt(other -> edits(name, other)))
                .orElseThrow();
        return edits(name, nearest) <= Math.min(MOST_EDITS, name.length() / 2)
                ? "did you mean " + nearest + "?"
                : "the names are in docs/distributions.md";
    }

    /** Number of single characters to change, insert or delete. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
