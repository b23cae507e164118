package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;

/** The tokens of one text, read from left to right, with what the region and the point language share. */
final class TokenStream {
    static final int LONGEST = 100_000;
    private static final int LONGEST_INDEX = 9;

    private final String language;
    private final String text;
    private final List<Token> tokens;
    private int next;

    /**
     * @param language {@code region} or {@code point}
     * @param example  what to write if the text is empty
     */
    TokenStream(String language, String text, String example) {
        this.language = language;
        this.text = text;
        if (text.length() > LONGEST) {
            throw RegionSyntaxException.of(
                    language, "the text must have at most " + LONGEST + " characters, was " + text.length());
        }
        this.tokens = Token.read(language, text);
        if (tokens.size() == 1) {
            throw RegionSyntaxException.of(language, "the text is empty, write for example " + example);
        }
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    boolean takeIf(String symbol) {
        boolean found = peek().is(symbol);
        if (found) {
            next++;
        }
        return found;
    }

    void takeEnd(String expected) {
        if (peek().kind() != Token.Kind.END) {
            throw expected(expected);
        }
    }

    void take(String symbol, String expected) {
        if (!takeIf(symbol)) {
            throw expected(expected);
        }
    }

    /** The error that something else is expected where the next token stands. */
    RegionSyntaxException expected(String what) {
        return expected(what, "");
    }

    RegionSyntaxException expected(String what, String hint) {
        return error(peek().start(), "expected " + what, hint);
    }

    RegionSyntaxException error(int index, String problem, String hint) {
        return RegionSyntaxException.at(language, text, index, problem, hint);
    }

    /** The value of a number token. */
    double number(Token token) {
        double value = Double.parseDouble(token.text());
        boolean zero = token.text().split("[eE]", 2)[0].chars().noneMatch(c -> c >= '1' && c <= '9');
        if (Double.isInfinite(value) || (value == 0 && !zero)) {
            throw error(
                    token.start(),
                    "the number " + token.text() + " is beyond double precision",
                    value == 0 ? "write 0" : language.equals("region") ? "write inf" : "");
        }
        return value;
    }

    boolean startsReference() {
        return switch (peek().kind()) {
            case NAME, DOTTED, QUOTED -> true;
            case NUMBER, SYMBOL, END -> false;
        };
    }

    /** Reads a name with its indices. */
    Reference reference() {
        Token token = take();
        int at = token.start();
        if (token.kind() == Token.Kind.DOTTED) {
            String[] parts = token.text().split("\\.", -1);
            List<Reference.Index> indices = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                indices.add(Reference.Index.one(Integer.toString(index(parts[i], at))));
            }
            return new Reference(parts[0], List.copyOf(indices), at);
        }
        if (!takeIf("[")) {
            return token.kind() == Token.Kind.QUOTED
                    ? Reference.ofLiteral(token.text(), at)
                    : new Reference(token.text(), null, at);
        }
        List<Reference.Index> indices = new ArrayList<>();
        do {
            indices.add(index());
        } while (takeIf(","));
        take("]", "',' or ']'");
        return new Reference(token.text(), List.copyOf(indices), at);
    }

    private Reference.Index index() {
        Token first = peek();
        if (first.is(",") || first.is("]")) {
            return Reference.Index.ALL;
        }
        if (first.kind() == Token.Kind.NAME) {
            take();
            return Reference.Index.one(first.text());
        }
        int from = Reference.Index.OPEN;
        if (first.kind() == Token.Kind.NUMBER) {
            take();
            from = index(first.text(), first.start());
            if (!peek().is(":")) {
                return Reference.Index.one(Integer.toString(from));
            }
        }
        take(":", "an index, ':' or ']'");
        int to = Reference.Index.OPEN;
        if (peek().kind() == Token.Kind.NUMBER) {
            Token last = take();
            to = index(last.text(), last.start());
            if (to < from) {
                throw error(first.start(), "the range " + from + ":" + to + " is empty", "");
            }
        }
        return new Reference.Index(null, from, to);
    }

    private int index(String digits, int at) {
        if (!digits.chars().allMatch(Token::isDigit) || digits.length() > LONGEST_INDEX) {
            throw error(at, "an index must be a whole number of at most " + LONGEST_INDEX + " digits", "was " + digits);
        }
        return Integer.parseInt(digits);
    }
}
