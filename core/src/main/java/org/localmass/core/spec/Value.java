package org.localmass.core.spec;

import java.util.List;
import org.localmass.core.measure.Distribution;

/** An argument as it was read, with the index of its first character. */
sealed interface Value {
    int at();

    /** A number. */
    record Scalar(double value, int at) implements Value {}

    /** {@code [..]}. */
    record Items(List<Value> items, int at) implements Value {}

    /** A distribution. */
    record Law(Distribution law, int at) implements Value {}

    /** A map of the line, such as {@code exp} or {@code power(2)}. */
    record Map(String name, List<Value> arguments, int at) implements Value {}
}
