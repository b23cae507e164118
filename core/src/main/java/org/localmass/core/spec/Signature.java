package org.localmass.core.spec;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.RegionExpression;

/**
 * A distribution that the text form knows.
 *
 * @param name        its name
 * @param aliases     other names
 * @param parameters  its parameters in order
 * @param description density or meaning, in one line
 * @param build       makes it from the arguments
 */
record Signature(
        String name,
        List<String> aliases,
        List<Parameter> parameters,
        String description,
        Function<Arguments, Distribution> build) {

    /** What an argument may be. */
    enum Kind {
        NUMBER("a number"),
        INTEGER("a whole number"),
        VECTOR("a list of numbers"),
        COVARIANCE("a variance, a list of variances or a matrix"),
        LAW("a distribution on the line"),
        MAP("exp, log, inv_logit or power(s)");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A parameter.
     *
     * @param otherwise value where it is left out; NaN where it must be given
     */
    record Parameter(String name, Kind kind, double otherwise) {
        boolean isOptional() {
            return !Double.isNaN(otherwise);
        }
    }

    /** How the distribution is called, {@code gamma(shape, rate)}. */
    String usage() {
        return parameters.stream()
                .map(p -> p.isOptional() ? p.name() + " = " + RegionExpression.textOf(p.otherwise()) : p.name())
                .collect(Collectors.joining(", ", name + "(", ")"));
    }
}
