package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.localmass.core.region.RegionSyntaxException;

/** Reads {@code name(number, ...) name(number, ...) ...}. */
final class FactorParser {
    private static final int LONGEST = 100_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern EXP = Pattern.compile("exp\\s*\\(");
    private static final String EXAMPLE = "power(2) log(1)";

    /** A number as written, and where. */
    private record Argument(double value, boolean isLog, int start) {}

    private final String text;
    private int at;

    FactorParser(String text) {
        this.text = text;
        if (text.length() > LONGEST) {
            throw RegionSyntaxException.of(
                    "factor", "the text must have at most " + LONGEST + " characters, was " + text.length());
        }
    }

    LikelihoodFactor parse() {
        skipBlanks();
        if (at == text.length()) {
            throw RegionSyntaxException.of("factor", "the text is empty, write for example " + EXAMPLE);
        }
        List<Element> elements = new ArrayList<>();
        do {
            elements.addAll(Element.of(element()));
            skipBlanks();
            if (takeIf('*')) {
                skipBlanks();
                if (at == text.length()) {
                    throw error(at, "expected a factor", "");
                }
            }
        } while (at < text.length());
        return FactorProduct.of(elements);
    }

    private LikelihoodFactor element() {
        int start = at;
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            throw error(at, "expected a factor", "write for example " + EXAMPLE);
        }
        at = name.end();
        return switch (name.group()) {
            case "regular" -> regular(start);
            case "power" -> LikelihoodFactor.powerLog(one(start, "g").value(), 0);
            case "log" -> LikelihoodFactor.powerLog(0, one(start, "h").value());
            case "coordinate_powers" -> coordinatePowers(start);
            case "group_power" -> groupPower(start);
            case "hinge" -> checked(one(start, "g"), LikelihoodFactor::hinge);
            case "flat" -> flat(start);
            case "soft" -> checked(one(start, "v"), LikelihoodFactor::soft);
            case "inside" -> none(LikelihoodFactor.inside());
            case "half" -> none(LikelihoodFactor.half());
            case "cone" -> checked(one(start, "w"), LikelihoodFactor::cone);
            case "graph" -> checked(one(start, "s"), LikelihoodFactor::graph);
            case "cusp" -> checked(one(start, "s"), LikelihoodFactor::cusp);
            case "log_cusp" -> checked(one(start, "c"), LikelihoodFactor::logCusp);
            case "exponential_cusp" -> none(LikelihoodFactor.exponentialCusp());
            case "outside" -> none(LikelihoodFactor.outside());
            default -> throw error(start, "there is no factor " + name.group(), hint(name.group()));
        };
    }

    private static String hint(String name) {
        String known =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "exp" -> "exp() stands inside of regular()";
                    case "coordinate_power", "powers" -> "did you mean coordinate_powers?";
                    case "group_powers" -> "did you mean group_power?";
                    case "logcusp" -> "did you mean log_cusp?";
                    case "expcusp", "exp_cusp" -> "did you mean exponential_cusp?";
                    default -> "";
                };
        return known.isEmpty()
                ? "there are regular, power, log, coordinate_powers, group_power, hinge, flat, soft, inside, half, cone,"
                        + " graph, cusp, log_cusp, exponential_cusp, outside"
                : known;
    }

    private LikelihoodFactor none(LikelihoodFactor factor) {
        open();
        skipBlanks();
        if (!takeIf(')')) {
            throw error(at, "expected ')'", "this factor takes no number");
        }
        return factor;
    }

    private LikelihoodFactor regular(int start) {
        Argument argument = arguments(start, true, "v").get(0);
        return argument.isLog()
                ? LikelihoodFactor.regularOfLog(argument.value())
                : checked(argument, LikelihoodFactor::regular);
    }

    private LikelihoodFactor coordinatePowers(int start) {
        List<Argument> arguments = arguments(start, false);
        return LikelihoodFactor.coordinatePowers(
                arguments.stream().mapToDouble(Argument::value).toArray());
    }

    private LikelihoodFactor groupPower(int start) {
        List<Argument> arguments = arguments(start, false, "g", "m");
        Argument size = arguments.get(1);
        if (size.value() != Math.rint(size.value()) || !(size.value() >= 1 && size.value() <= Integer.MAX_VALUE)) {
            throw error(size.start(), "m must be a whole number of at least 1", "");
        }
        return LikelihoodFactor.groupPower(arguments.get(0).value(), (int) size.value());
    }

    private LikelihoodFactor flat(int start) {
        List<Argument> arguments = arguments(start, false, "c", "s");
        for (int i = 0; i < 2; i++) {
            if (!(arguments.get(i).value() > 0)) {
                throw error(arguments.get(i).start(), (i == 0 ? "c" : "s") + " must be positive", "");
            }
        }
        return LikelihoodFactor.flat(arguments.get(0).value(), arguments.get(1).value());
    }

    /** Builds a factor of one number; what the factor refuses is an error at that number. */
    private LikelihoodFactor checked(Argument argument, DoubleFunction<LikelihoodFactor> factor) {
        try {
            return factor.apply(argument.value());
        } catch (IllegalArgumentException e) {
            String message = e.getMessage() == null ? "the number is out of range" : e.getMessage();
            throw error(argument.start(), message.replaceFirst(", was .*", ""), "");
        }
    }

    private Argument one(int start, String name) {
        return arguments(start, false, name).get(0);
    }

    /**
     * The numbers in parentheses.
     *
     * @param names one for each number; any number of them, at least one, where there are no names
     */
    private List<Argument> arguments(int start, boolean mayBeLog, String... names) {
        open();
        List<Argument> arguments = new ArrayList<>();
        do {
            arguments.add(number(mayBeLog));
            skipBlanks();
        } while (takeIf(','));
        if (!takeIf(')')) {
            throw error(at, "expected ',' or ')'", "");
        }
        if (names.length > 0 && arguments.size() != names.length) {
            throw error(
                    start,
                    "expected " + names.length + (names.length == 1 ? " number" : " numbers") + " in this factor",
                    String.join(", ", names));
        }
        return arguments;
    }

    private void open() {
        skipBlanks();
        if (!takeIf('(')) {
            throw error(at, "expected '('", "");
        }
    }

    private Argument number(boolean mayBeLog) {
        skipBlanks();
        int start = at;
        Matcher exp = EXP.matcher(text).region(at, text.length());
        if (mayBeLog && exp.lookingAt()) {
            at = exp.end();
            Argument inner = number(false);
            skipBlanks();
            if (!takeIf(')')) {
                throw error(at, "expected ')'", "");
            }
            return new Argument(inner.value(), true, start);
        }
        Matcher digits = NUMBER.matcher(text).region(at, text.length());
        if (!digits.lookingAt()) {
            throw error(at, "expected a number", at < text.length() && text.charAt(at) == '\u2212' ? "write -" : "");
        }
        at = digits.end();
        double value = Double.parseDouble(digits.group());
        boolean zero = digits.group().split("[eE]", 2)[0].chars().noneMatch(c -> c >= '1' && c <= '9');
        if (Double.isInfinite(value) || (value == 0 && !zero)) {
            throw error(start, "the number " + digits.group() + " is beyond double precision", "");
        }
        return new Argument(value, false, start);
    }

    private boolean takeIf(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        if (found) {
            at++;
        }
        return found;
    }

    private void skipBlanks() {
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at)))) {
            at++;
        }
    }

    private RegionSyntaxException error(int index, String problem, String hint) {
        return RegionSyntaxException.at("factor", text, index, problem, hint);
    }
}
