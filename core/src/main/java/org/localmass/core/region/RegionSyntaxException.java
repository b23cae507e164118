package org.localmass.core.region;

/**
 * A text in one of our small languages that cannot be read, or that names what is not there.
 *
 * <p>The message's first line states the problem; the expression follows with a caret under the character.
 */
public final class RegionSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int BEFORE = 48;
    private static final int AFTER = 24;

    private final String summary;
    private final String excerpt;
    private final int position;

    private RegionSyntaxException(String summary, String excerpt, int position) {
        super(summary);
        this.summary = summary;
        this.excerpt = excerpt;
        this.position = position;
    }

    /** The first line of the message: problem, character and, where there is one, the way out. */
    public String summary() {
        return summary;
    }

    /** The summary, and below it the expression and the caret. */
    @Override
    public String getMessage() {
        return summary + excerpt;
    }

    /** The character that the caret points at, from 1; one past the last where the text ends too soon. */
    public int position() {
        return position;
    }

    /**
     * An error at a character of a text.
     *
     * @param language what the text is, such as {@code region}
     * @param index    index into the text, from 0, at most its length
     * @param problem  words that "at character n" can follow
     * @param hint     the way out, or empty
     */
    public static RegionSyntaxException at(String language, String text, int index, String problem, String hint) {
        int before = text.codePointCount(0, index);
        String place = index == text.length() ? " at the end" : " at character " + (before + 1);
        String summary = language + ": " + problem + place + (hint.isEmpty() ? "" : ": " + hint);
        return new RegionSyntaxException(summary, excerpt(text, before), before + 1);
    }

    /**
     * An error that no single character bears.
     *
     * @param language what the text is, such as {@code region}
     * @param problem  what is wrong
     */
    public static RegionSyntaxException of(String language, String problem) {
        return new RegionSyntaxException(language + ": " + problem, "", 1);
    }

    private static String excerpt(String text, int before) {
        int[] points = text.codePoints().toArray();
        int from = before > BEFORE + 3 ? before - BEFORE : 0;
        int to = points.length - before > AFTER + 3 ? before + AFTER : points.length;
        StringBuilder line = new StringBuilder(from > 0 ? "..." : "");
        int caret = line.length() + before - from;
        for (int i = from; i < to; i++) {
            line.appendCodePoint(Character.isISOControl(points[i]) ? ' ' : points[i]);
        }
        line.append(to < points.length ? "..." : "");
        return "\n  " + line.toString().stripTrailing() + "\n  " + " ".repeat(caret) + "^";
    }
}
