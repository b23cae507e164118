package org.localmass.io;

import java.io.IOException;
import java.util.OptionalLong;

/** A file that cannot be read as draws. The message is one line: {@code FILE:LINE: reason}, or {@code FILE: reason}. */
public final class DrawsFormatException extends IOException {
    private static final long serialVersionUID = 1;

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
        return new DrawsFormatException(file, 0, reason);
    }

    static DrawsFormatException of(String file, long line, String reason) {
        return new DrawsFormatException(file, line, reason);
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
