package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A piece of an expression's text.
 *
 * @param text  a number's digits, a name, a symbol in its canonical form; empty at the end
 * @param start index of its first character
 * @param end   index behind its last character
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        NUMBER,
        /** A Stan identifier. */
        NAME,
        /** An identifier with indices in CSV spelling, {@code theta.1.2}. */
        DOTTED,
        /** What stands between backquotes. */
        QUOTED,
        SYMBOL,
        END
    }

    /** Words that stand for a symbol. */
    static final Set<String> WORDS = Set.of("and", "or", "not");

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    static boolean startsName(int c) {
        return Character.isLetter(c) || c == '_';
    }

    static boolean continuesName(int c) {
        return startsName(c) || isDigit(c);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The pieces of a text; the last is of kind END. */
    static List<Token> read(String language, String text) {
        return new Reader(language, text).read();
    }

    private static final class Reader {
        private final String language;
        private final String text;
        private int at;

        Reader(String language, String text) {
            this.language = language;
            this.text = text;
        }

        List<Token> read() {
            List<Token> tokens = new ArrayList<>();
            while (true) {
                while (at < text.length() && isBlank(text.charAt(at))) {
                    at++;
                }
                if (at == text.length()) {
                    tokens.add(new Token(Kind.END, "", at, at));
                    return tokens;
                }
                tokens.add(next());
            }
        }

        private Token next() {
            int start = at;
            int c = text.codePointAt(at);
            if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
                return number(start);
            }
            if (startsName(c)) {
                return name(start);
            }
            if (c == '`') {
                return quoted(start);
            }
            String pair = text.substring(at, Math.min(text.length(), at + 2));
            String symbol =
                    switch (pair) {
                        case "<=", ">=", "==", "!=" -> pair;
                        case "&&" -> "&";
                        case "||" -> "|";
                        default -> "";
                    };
            if (!symbol.isEmpty()) {
                at += 2;
            } else if ("<>+-*/&|!()[],:=".indexOf(c) >= 0) {
                symbol = Character.toString(c);
                at++;
            } else {
                throw unexpected(c);
            }
            return new Token(Kind.SYMBOL, symbol, start, at);
        }

        private Token number(int start) {
            digits();
            if (peek(0) == '.') {
                at++;
                digits();
            }
            if (peek(0) == 'e' || peek(0) == 'E') {
                int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
                if (isDigit(peek(1 + sign))) {
                    at += 1 + sign;
                    digits();
                }
            }
            return token(Kind.NUMBER, start);
        }

        private Token name(int start) {
            identifier();
            boolean dotted = false;
            while (peek(0) == '.' && isDigit(peek(1))) {
                dotted = true;
                at++;
                digits();
            }
            boolean odd = (peek(0) == '.' && continuesName(peek(1))) || (dotted && continuesName(peek(0)));
            if (odd) {
                while (peek(0) == '.' || continuesName(peek(0))) {
                    at += Character.charCount(text.codePointAt(at));
                }
                String whole = text.substring(start, at);
                throw error(
                        start, "the name " + whole + " is not a Stan name", "write it in backquotes, `" + whole + "`");
            }
            String word = text.substring(start, at);
            return switch (word) {
                case "and" -> new Token(Kind.SYMBOL, "&", start, at);
                case "or" -> new Token(Kind.SYMBOL, "|", start, at);
                case "not" -> new Token(Kind.SYMBOL, "!", start, at);
                default -> new Token(dotted ? Kind.DOTTED : Kind.NAME, word, start, at);
            };
        }

        private Token quoted(int start) {
            StringBuilder name = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c != '`') {
                    name.append(c);
                    at++;
                } else if (peek(1) == '`') {
                    name.append(c);
                    at += 2;
                } else {
                    at++;
                    if (name.isEmpty()) {
                        throw error(start, "a name is missing between the backquotes", "");
                    }
                    return new Token(Kind.QUOTED, name.toString(), start, at);
                }
            }
            throw error(start, "the name in backquotes has no end", "the closing ` is missing");
        }

        private void digits() {
            while (isDigit(peek(0))) {
                at++;
            }
        }

        private void identifier() {
            while (at < text.length() && continuesName(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
            }
        }

        /** The character at an offset from here, or 0 behind the end. */
        private int peek(int offset) {
            return at + offset < text.length() ? text.codePointAt(at + offset) : 0;
        }

        private Token token(Kind kind, int start) {
            return new Token(kind, text.substring(start, at), start, at);
        }

        private RegionSyntaxException unexpected(int c) {
            String shown = Character.isISOControl(c) || !Character.isDefined(c)
                    ? String.format(java.util.Locale.ROOT, "U+%04X", c)
                    : "'" + Character.toString(c) + "'";
            String hint =
                    switch (c) {
                        case '^' -> "there are no powers, write x * x";
                        case '\u2264' -> "write <=";
                        case '\u2265' -> "write >=";
                        case '\u2260' -> "write !=";
                        case '\u2212' -> "write -";
                        case '{', '}' -> "write ( and )";
                        case '\'', '"', '.' -> "write odd names in backquotes";
                        default -> "";
                    };
            return error(at, "unexpected " + shown, hint);
        }

        private RegionSyntaxException error(int index, String problem, String hint) {
            return RegionSyntaxException.at(language, text, index, problem, hint);
        }

        private static boolean isBlank(char c) {
            return Character.isWhitespace(c) || Character.isSpaceChar(c);
        }
    }
}
