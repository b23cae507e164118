package org.localmass.core.measure;

import java.util.StringJoiner;
import org.localmass.core.region.RegionExpression;

/** How a law writes {@code loc + scale Z} in the command line's text form. */
interface TextForm {
    /** The text, or null where this scale and location have no text of their own. */
    @org.jspecify.annotations.Nullable
    String of(double loc, double scale);

    /** {@code name(arguments)}. */
    static String call(String name, double... arguments) {
        StringJoiner text = new StringJoiner(", ", name + "(", ")");
        for (double argument : arguments) {
            text.add(RegionExpression.textOf(argument));
        }
        return text.toString();
    }

    /** {@code name(mu, sigma)}. */
    static TextForm locationScale(String name) {
        return (loc, scale) -> call(name, loc, scale);
    }

    /** {@code name(sigma)}, for location 0. */
    static TextForm scale(String name) {
        return (loc, scale) -> loc == 0 ? call(name, scale) : null;
    }

    /** {@code name(parameters)}, for location 0 and scale 1. */
    static TextForm fixed(String name, double... parameters) {
        return (loc, scale) -> loc == 0 && scale == 1 ? call(name, parameters) : null;
    }
}
