package org.localmass.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of text of a limited width. What comes in may hold any characters; control characters do not come out. */
final class Lines {
    /** Columns of a line. */
    static final int WIDTH = 80;

    private static final String GLUE = "\u00a0";

    private final StringBuilder text = new StringBuilder();

    /** A line as it is, which may hold colours; trailing blanks are cut. */
    Lines line(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    Lines blank() {
        text.append('\n');
        return this;
    }

    /** A paragraph: the first line starts with {@code first}, the others are indented as far. */
    Lines paragraph(String first, String content) {
        return paragraph(first, content, UnaryOperator.identity());
    }

    /** A paragraph whose lines are painted after they are broken. */
    Lines paragraph(String first, String content, UnaryOperator<String> paint) {
        String rest = " ".repeat(length(first));
        boolean start = true;
        for (String line : wrap(content, WIDTH - length(first))) {
            line((start ? first : rest) + paint.apply(line));
            start = false;
        }
        return this;
    }

    /** Breaks text at blanks, but not before a percent sign, and words that are too long anywhere. */
    static List<String> wrap(String content, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : Words.safe(content).replace(" %", GLUE + "%").split(" +", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            String word = part.replace(GLUE, " ");
            if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (length(word) > width) {
                int cut = word.offsetByCodePoints(0, width);
                lines.add(word.substring(0, cut));
                word = word.substring(cut);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The text in a column: cut with an ellipsis or filled with blanks. */
    static String column(String content, int width) {
        String cut = shorten(content, width);
        return cut + " ".repeat(width - length(cut));
    }

    /** The text in a column, to the right. */
    static String right(String content, int width) {
        String cut = shorten(content, width);
        return " ".repeat(width - length(cut)) + cut;
    }

    /** The text, cut with an ellipsis where it is too long. */
    static String shorten(String content, int width) {
        String clean = Words.safe(content);
        return length(clean) <= width ? clean : clean.substring(0, clean.offsetByCodePoints(0, width - 3)) + "...";
    }

    static int length(CharSequence s) {
        return Character.codePointCount(s, 0, s.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
