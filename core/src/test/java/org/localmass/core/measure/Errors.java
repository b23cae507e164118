package org.localmass.core.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Errors of one quantity over its reference cases: a row of docs/quality/accuracy.md.
 *
 * <p>Each case adds its relative error and the distance to the reference in units in the last place of the reference.
 */
public final class Errors {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private final String quantity;
    private final double limit;
    private final double ulpsLimit;
    private final List<Double> relative = new ArrayList<>();
    private final List<Double> ulps = new ArrayList<>();
    private double largest = -1;
    private String where = "";

    public Errors() {
        this("", NONE, NONE);
    }

    private Errors(String quantity, double limit, double ulpsLimit) {
        this.quantity = quantity;
        this.limit = limit;
        this.ulpsLimit = ulpsLimit;
    }

    /**
     * A row of the table.
     *
     * @param limit the largest relative error that the accuracy contract allows
     */
    public static Errors of(String quantity, double limit) {
        return new Errors(quantity, limit, NONE);
    }

    /**
     * A row of logs that may be large: what a double can hold of them is a number of units in the last place.
     *
     * @param ulps the largest error that the accuracy contract allows, in units in the last place of the log
     */
    public static Errors ofLogs(String quantity, double ulps) {
        return new Errors(quantity, NONE, ulps);
    }

    /** Adds the relative error of one case, where units in the last place say nothing. */
    public void add(String label, double error) {
        relative.add(error);
        if (ulpsLimit == NONE) {
            compare(label, error);
        }
    }

    /** Adds one case. */
    public void add(String label, double error, double inUlps) {
        add(label, error);
        ulps.add(inUlps);
        if (ulpsLimit < NONE) {
            compare(label, inUlps);
        }
    }

    private void compare(String label, double size) {
        if (!(size <= largest)) {
            largest = size;
            where = label;
        }
    }

    /** Adds a value against all digits of its reference. */
    public void addValue(String label, double actual, JsonNode expected) {
        double value = Vectors.number(expected);
        if (Double.isInfinite(value) || value == 0) {
            addExact(label, actual == value);
        } else if (!Double.isFinite(actual)) {
            addExact(label, false);
        } else {
            add(label, Vectors.relativeError(actual, expected), inUlps(actual, expected, value));
        }
    }

    /** Adds the log of a mass: its absolute error is the relative error of the mass. */
    public void addLog(String label, double actual, JsonNode expected) {
        double value = Vectors.number(expected);
        if (Double.isInfinite(value) || !Double.isFinite(actual)) {
            addExact(label, actual == value);
        } else if (value == 0) {
            double error = Vectors.massError(actual, expected);
            add(label, error, error / Math.ulp(1.0));
        } else {
            add(label, Vectors.massError(actual, expected), inUlps(actual, expected, value));
        }
    }

    private void addExact(String label, boolean same) {
        double error = same ? 0 : Double.POSITIVE_INFINITY;
        add(label, error, error);
    }

    private static double inUlps(double actual, JsonNode expected, double value) {
        return new BigDecimal(actual)
                .subtract(new BigDecimal(expected.asText()), MathContext.DECIMAL128)
                .abs()
                .divide(new BigDecimal(Math.ulp(value)), MathContext.DECIMAL128)
                .doubleValue();
    }

    /** Adds all cases of another row with a limit of the same kind. */
    public void addAll(Errors other) {
        relative.addAll(other.relative);
        ulps.addAll(other.ulps);
        compare(other.where, other.largest);
    }

    public String quantity() {
        return quantity;
    }

    public int count() {
        return relative.size();
    }

    /** The largest relative error. */
    public double max() {
        return relative.stream().mapToDouble(e -> e).max().orElse(Double.NaN);
    }

    /** Whether there are cases, and none is outside the accuracy contract. */
    public boolean holds() {
        return max() <= limit && (ulpsLimit == NONE || maxUlps() <= ulpsLimit);
    }

    /** Whether only units in the last place are of interest. */
    public boolean isOfLogs() {
        return ulpsLimit < NONE;
    }

    /** What the contract allows, in words. */
    public String allowed() {
        if (ulpsLimit < NONE) {
            return String.format(Locale.ROOT, "%.0f ulps", ulpsLimit);
        }
        return limit < NONE ? String.format(Locale.ROOT, "%.0e", limit).replace("e-0", "e-") : "";
    }

    /** The case with the largest error. */
    public String where() {
        return where;
    }

    /** Root mean square of the relative errors. */
    public double rms() {
        return rms(relative);
    }

    /** Root mean square of the errors in units in the last place; NaN where none has them. */
    public double rmsUlps() {
        return ulps.isEmpty() ? Double.NaN : rms(ulps);
    }

    /** The largest error in units in the last place; NaN where none has them. */
    public double maxUlps() {
        return ulps.stream().mapToDouble(e -> e).max().orElse(Double.NaN);
    }

    public double median() {
        double[] sorted = relative.stream().mapToDouble(e -> e).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static double rms(List<Double> errors) {
        return Math.sqrt(errors.stream().mapToDouble(e -> e * e).average().orElse(0));
    }

    @Override
    public String toString() {
        return quantity + ": " + count() + " cases, median " + median() + ", RMS " + rms() + ", max " + max() + " ("
                + maxUlps() + " ulps), largest at " + where;
    }
}
