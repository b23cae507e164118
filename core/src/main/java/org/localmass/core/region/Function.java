package org.localmass.core.region;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The functions of the region language. */
enum Function {
    ABS,
    MIN,
    MAX,
    SUM,
    MEAN,
    NORM;

    /** How to name the functions that turn several elements into one number. */
    static final String USE = "use it in min(), max(), sum(), mean(), norm()";

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Function> named(String word) {
        return Arrays.stream(values())
                .filter(function -> function.word().equals(word))
                .findFirst();
    }
}
