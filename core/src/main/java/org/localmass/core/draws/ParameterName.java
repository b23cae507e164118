package org.localmass.core.draws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spelling of parameter names: {@code theta[1,2]}, as Stan writes them in models. */
public final class ParameterName {
    private static final Pattern DOTTED = Pattern.compile("(?<=[^.])((?:\\.(?:0|[1-9][0-9]*))+)(?=:|$)");
    private static final Pattern BRACKETED = Pattern.compile("\\[[^\\[\\]]*]");

    private ParameterName() {}

    /**
     * The name in the spelling of models; a name in that spelling is returned as it is.
     *
     * <p>Trailing numbers set off by dots become indices: {@code theta.1.2} is {@code theta[1,2]}, the spelling of
     * Stan's CSV files. Spaces around the name and within brackets go: {@code theta[1, 2]} is {@code theta[1,2]}. The
     * parts of a tuple, {@code a:1}, keep their colons; {@code a.2:1.3} is {@code a[2]:1[3]}. Other names, such as
     * {@code lp__}, {@code a.b} and {@code theta.01}, stay.
     */
    public static String normalise(String name) {
        String trimmed = name.strip();
        if (trimmed.indexOf('[') >= 0) {
            return BRACKETED
                    .matcher(trimmed)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            found.group().replace(" ", "").replace("\t", "")));
        }
        if (trimmed.indexOf('.') <= 0 || !letterFirst(trimmed)) {
            return trimmed;
        }
        return DOTTED.matcher(trimmed)
                .replaceAll(found -> "[" + found.group(1).substring(1).replace('.', ',') + "]");
    }

    private static boolean letterFirst(String name) {
        int first = name.codePointAt(0);
        return Character.isLetter(first) || first == '_';
    }
}
