package org.localmass.core.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reference cases in src/test/resources: JSON numbers are doubles, strings are decimals of 34 digits. */
public final class Vectors {
    private Vectors() {}

    /** The cases of a file. */
    public static List<JsonNode> cases(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/org/localmass/core/vectors/" + file)) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(Objects.requireNonNull(in)).get("cases").forEach(cases::add);
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value as a double; NaN for null. */
    public static double number(JsonNode node) {
        if (node == null || node.isNull()) {
            return Double.NaN;
        }
        return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.asText());
    }

    public static double[] numbers(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(node.get(i));
        }
        return values;
    }

    /**
     * Relative error of a mass known by its log: the difference of the logs, taken against all digits of the
     * reference.
     */
    public static double massError(double logMass, JsonNode expected) {
        String text = expected.asText();
        if (text.contains("Infinity")) {
            return logMass == Double.parseDouble(text) ? 0 : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(logMass)
                .subtract(new BigDecimal(text), MathContext.DECIMAL128)
                .abs()
                .doubleValue();
    }

    /** Relative error of a value against all digits of the reference. */
    public static double relativeError(double actual, JsonNode expected) {
        BigDecimal reference = new BigDecimal(expected.asText());
        return new BigDecimal(actual)
                .subtract(reference, MathContext.DECIMAL128)
                .divide(reference, MathContext.DECIMAL128)
                .abs()
                .doubleValue();
    }
}
