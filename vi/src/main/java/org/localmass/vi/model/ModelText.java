package org.localmass.vi.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.region.RegionExpression;

/** A model's name and arguments, {@code spike(d=10, eps=0.05)}: values by name, or in order before the first name. */
final class ModelText {
    private final String name;
    private final Map<String, String> values;

    private ModelText(String name, Map<String, String> values) {
        this.name = name;
        this.values = values;
    }

    /** What is before the first parenthesis. */
    static String nameOf(String text) {
        int open = text.indexOf('(');
        return (open < 0 ? text : text.substring(0, open)).trim();
    }

    /**
     * Reads a text.
     *
     * @param allowed the arguments' names, in order
     * @throws IllegalArgumentException if the text has another argument, or one twice
     */
    static ModelText parse(String text, List<String> allowed) {
        String name = nameOf(text);
        Map<String, String> values = new LinkedHashMap<>();
        int open = text.indexOf('(');
        if (open >= 0) {
            String rest = text.substring(open + 1).trim();
            if (!rest.endsWith(")")) {
                throw new IllegalArgumentException("model must end with ')', was " + text);
            }
            List<String> fields = fields(rest.substring(0, rest.length() - 1));
            for (int i = 0; i < fields.size(); i++) {
                read(fields.get(i), i, name, allowed, values);
            }
        }
        return new ModelText(name, values);
    }

    private static List<String> fields(String inside) {
        List<String> fields = new ArrayList<>();
        if (!inside.isBlank()) {
            for (String field : inside.split(",", -1)) {
                fields.add(field.trim());
            }
        }
        return fields;
    }

    private static void read(String field, int index, String name, List<String> allowed, Map<String, String> values) {
        int equals = field.indexOf('=');
        if (equals < 0 && index >= allowed.size()) {
            throw new IllegalArgumentException(
                    "number of arguments of " + name + " must be at most " + allowed.size() + ", was " + (index + 1));
        }
        String key =
                equals < 0 ? allowed.get(index) : field.substring(0, equals).trim();
        String value = field.substring(equals + 1).trim();
        if (!allowed.contains(key)) {
            throw new IllegalArgumentException("argument of " + name + " must be "
                    + (allowed.isEmpty() ? "none" : "one of " + String.join(", ", allowed)) + ", was " + key);
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException(key + " of " + name + " must have a value, was empty");
        }
        if (values.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException(key + " of " + name + " must be given once, was given twice");
        }
    }

    String word(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    double number(String key, double otherwise) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " of " + name + " must be a number, was " + text, e);
        }
    }

    double positive(String key, double otherwise) {
        double value = number(key, otherwise);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(key + " of " + name + " must be positive and finite, was " + value);
        }
        return value;
    }

    double fraction(String key, double otherwise) {
        double value = number(key, otherwise);
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    key + " of " + name + " must lie strictly between 0 and 1, was " + value);
        }
        return value;
    }

    int integer(String key, int otherwise, int least) {
        double value = number(key, otherwise);
        if (!(value >= least) || value != Math.rint(value) || value > MOST) {
            throw new IllegalArgumentException(key + " of " + name + " must be an integer from " + least + " to " + MOST
                    + ", was " + RegionExpression.textOf(value));
        }
        return (int) value;
    }

    private static final int MOST = 100_000;

    boolean flag(String key) {
        String value = word(key, "no");
        if (!value.equals("yes") && !value.equals("no")) {
            throw new IllegalArgumentException(key + " of " + name + " must be yes or no, was " + value);
        }
        return value.equals("yes");
    }

    /** The text with the arguments that were given. */
    @Override
    public String toString() {
        if (values.isEmpty()) {
            return name;
        }
        List<String> parts = new ArrayList<>();
        values.forEach((key, value) -> parts.add(key + "=" + value));
        return name + "(" + String.join(", ", parts) + ")";
    }
}
