package org.localmass.io;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the numbers of a line.
 *
 * <p>Accuracy: the double nearest to the decimal, ties to even, as {@link Double#parseDouble}. Decimals of up to 18
 * digits whose digits make an integer up to 2^53 and whose power of ten lies within [-22, 22] take one exactly rounded
 * operation on two exact doubles (Clinger 1990); the others go to FastDoubleParser.
 */
final class CellParser {
    private static final long EXACT = 1L << 53;
    private static final int MOST_DIGITS = 18;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final byte delimiter;
    private int next;

    CellParser(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** Position after the last cell read: that of its delimiter, or the end of the line. */
    int next() {
        return next;
    }

    /**
     * The number in the cell that begins at {@code from}; spaces around it, and quotes, do not count.
     *
     * <p>{@code NaN}, {@code NA} and an empty cell are NaN; {@code Inf} and {@code Infinity} are infinite; upper and
     * lower case alike, with or without a sign.
     *
     * @throws NumberFormatException if the cell holds anything else; {@link #next()} is set nevertheless
     */
    double parse(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] == ' ') {
            i++;
        }
        boolean negative = i < end && bytes[i] == '-';
        if (negative) {
            i++;
        }
        long digits = 0;
        int first = i;
        int digit;
        while (i < end && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
            digits = 10 * digits + digit;
            i++;
        }
        int count = i - first;
        int power = 0;
        if (i < end && bytes[i] == '.') {
            i++;
            int point = i;
            while (i < end && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                i++;
            }
            power = point - i;
            count -= power;
        }
        if (count == 0 || count > MOST_DIGITS) {
            return parseSlowly(bytes, from, end);
        }
        if (i < end && (bytes[i] | 0x20) == 'e') {
            i++;
            boolean down = i < end && bytes[i] == '-';
            if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
                i++;
            }
            int start = i;
            int exponent = 0;
            while (i < end && (digit = bytes[i] - '0') >= 0 && digit <= 9 && i - start < 4) {
                exponent = 10 * exponent + digit;
                i++;
            }
            if (i == start) {
                return parseSlowly(bytes, from, end);
            }
            power += down ? -exponent : exponent;
        }
        if ((i < end && bytes[i] != delimiter) || digits > EXACT || power < -22 || power > 22) {
            return parseSlowly(bytes, from, end);
        }
        next = i;
        double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
        return negative ? -value : value;
    }

    /** Steps over a cell. */
    void skip(byte[] bytes, int from, int end) {
        int stop = from;
        while (stop < end && bytes[stop] == ' ') {
            stop++;
        }
        if (stop < end && bytes[stop] == '"') {
            int closing = stop + 1;
            while (closing < end && bytes[closing] != '"') {
                closing++;
            }
            stop = closing < end ? closing : stop;
        }
        while (stop < end && bytes[stop] != delimiter) {
            stop++;
        }
        next = stop;
    }

    private double parseSlowly(byte[] bytes, int from, int end) {
        skip(bytes, from, end);
        int stop = next;
        int left = skipBlank(bytes, from, stop);
        int right = trimBlank(bytes, left, stop);
        if (right - left >= 2 && bytes[left] == '"' && bytes[right - 1] == '"') {
            left = skipBlank(bytes, left + 1, right - 1);
            right = trimBlank(bytes, left, right - 1);
        }
        if (left == right) {
            return Double.NaN;
        }
        for (int i = left; i < right; i++) {
            byte b = bytes[i];
            if ((b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
                return word(bytes, left, right);
            }
        }
        return JavaDoubleParser.parseDouble(bytes, left, right - left);
    }

    private static double word(byte[] bytes, int left, int right) {
        if (right - left <= 10) {
            String word = new String(bytes, left, right - left, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            switch (word) {
                case "inf", "+inf", "infinity", "+infinity" -> {
                    return Double.POSITIVE_INFINITY;
                }
                case "-inf", "-infinity" -> {
                    return Double.NEGATIVE_INFINITY;
                }
                case "nan", "+nan", "-nan", "na" -> {
                    return Double.NaN;
                }
                default -> {}
            }
        }
        throw new NumberFormatException("not a number");
    }

    private static int skipBlank(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    private static int trimBlank(byte[] bytes, int start, int from) {
        int i = from;
        while (i > start && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
            i--;
        }
        return i;
    }
}
