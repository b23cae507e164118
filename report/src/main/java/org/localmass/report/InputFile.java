package org.localmass.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One input file of a check.
 *
 * @param name   the file as the user named it
 * @param format the format it was read as
 * @param sha256 SHA-256 of its bytes, 64 lower-case hexadecimal digits; empty where the input is no file
 * @param chains chains read from it
 * @param draws  draws read from it, over all its chains
 * @param notes  what the reader changed, skipped or assumed; empty if nothing
 */
public record InputFile(String name, String format, String sha256, int chains, int draws, List<String> notes) {
    private static final Pattern HASH = Pattern.compile("([0-9a-f]{64})?");

    public InputFile {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be empty or 64 lower-case hex digits, was " + sha256);
        }
        notes = List.copyOf(notes);
    }
}
