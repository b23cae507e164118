package org.localmass.core.internal;

/** Argument checks whose messages give name, rule and value. Not part of the public API. */
public final class Arguments {
    private Arguments() {}

    /** Returns the values, which must all be finite. The array is not modified. */
    public static double[] finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] must be finite, was " + values[i]);
            }
        }
        return values;
    }

    /** Returns the value, which must be finite. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, was " + value);
        }
        return value;
    }

    /** Returns the value, which must be positive and finite. */
    public static double positive(String name, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(name + " must be positive and finite, was " + value);
        }
        return value;
    }

    /** Returns the value, which must be at least 1. */
    public static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
        return value;
    }

    /** Returns the value, which must lie strictly between 0 and 1. */
    public static double fraction(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must lie strictly between 0 and 1, was " + value);
        }
        return value;
    }

    /** Checks that two dimensions agree. */
    public static void sameDimension(int expected, int actual) {
        if (expected != actual) {
            throw new IllegalArgumentException("dimension must be " + expected + ", was " + actual);
        }
    }
}
