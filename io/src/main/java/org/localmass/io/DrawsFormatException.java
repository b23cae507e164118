package org.localmass.io;

import java.io.IOException;
import java.util.OptionalLong;

/** A file that cannot be read as draws. The message is one line: {@code FILE:LINE: reason}, or {@code FILE: reason}. */
public final class DrawsFormatException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 300;

    private final String file;
    private final long line;
    private final String reason;

    private DrawsFormatException(String file, long line, String reason) {
        super(line > 0 ? file + ":" + line + ": " + reason : file + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    static DrawsFormatException of(String file, String reason) {
        return of(file, 0, reason);
    }

    static DrawsFormatException of(String file, long line, String reason) {
        return new DrawsFormatException(file, line, printable(reason));
    }

    /** One line of bounded length: a reason may quote what the file holds. */
    private static String printable(String reason) {
        StringBuilder shown = new StringBuilder();
        reason.codePoints()
                .limit(LONGEST)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || c == '\uFFFD' ? '?' : c));
        return reason.codePointCount(0, reason.length()) > LONGEST ? shown + "..." : shown.toString();
    }

    /** The path as it was given. */
    public String file() {
        return file;
    }

    /** The line, counted from 1; empty if the reason lies in no single line. */
    public OptionalLong line() {
        return line > 0 ? OptionalLong.of(line) : OptionalLong.empty();
    }

    /** The reason without file and line. */
    public String reason() {
        return reason;
    }
}
