package org.localmass.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream of bytes into lines, in place; a line ends with LF or CR LF. */
final class LineReader {
    private static final int LONGEST_LINE = 1 << 30;

    private final InputStream in;
    private final String file;
    private byte[] buffer = new byte[1 << 16];
    private int limit;
    private int following;
    private int start;
    private int end;
    private long line;
    private boolean terminated;

    LineReader(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /** Steps to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        start = following;
        int scanned = start;
        while (true) {
            byte[] bytes = buffer;
            int stop = limit;
            int i = scanned;
            while (i < stop && bytes[i] != '\n') {
                i++;
            }
            if (i < stop) {
                terminated = true;
                following = i + 1;
                return found(i);
            }
            scanned = stop - start;
            boolean more = fill();
            scanned += start;
            if (!more) {
                terminated = false;
                following = limit;
                return limit > start && found(limit);
            }
        }
    }

    private boolean found(int at) {
        end = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
        line++;
        return true;
    }

    /** Moves the unfinished line to the front and reads on; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            if (limit >= LONGEST_LINE) {
                throw DrawsFormatException.of(file, line + 1, "the line is longer than 1 GiB");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            return false;
        }
        limit += count;
        return true;
    }

    /** The bytes that hold the line, from {@link #start()} to {@link #end()}; valid until the next step. */
    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Number of the line, counted from 1. */
    long line() {
        return line;
    }

    /** Whether a line feed ended the line; only the last line of a file may lack it. */
    boolean terminated() {
        return terminated;
    }
}
