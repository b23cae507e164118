package org.localmass.report;

/**
 * How text for a terminal looks. The caller knows the terminal; the default is safe everywhere.
 *
 * @param colour  whether ANSI colours are used
 * @param unicode whether bars may use characters outside ASCII
 */
public record TextStyle(boolean colour, boolean unicode) {
    /** No colours, ASCII bars. */
    public static TextStyle plain() {
        return new TextStyle(false, false);
    }

    /** ANSI colours, Unicode bars. */
    public static TextStyle ansi() {
        return new TextStyle(true, true);
    }

    public TextStyle withColour(boolean value) {
        return new TextStyle(value, unicode);
    }

    public TextStyle withUnicode(boolean value) {
        return new TextStyle(colour, value);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String red(String text) {
        return paint("1;31", text);
    }

    String green(String text) {
        return paint("1;32", text);
    }

    String yellow(String text) {
        return paint("1;33", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
