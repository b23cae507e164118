package org.localmass.io;

import java.util.List;

/**
 * What a pass over a file of draws found.
 *
 * @param name   the path as it was given
 * @param layout what the columns are
 * @param chains number of chains, at least 1
 * @param draws  number of draws over all chains, at least 1
 * @param sha256 hash of the bytes on disk, 64 hexadecimal digits
 * @param notes  what was left out and what looks odd, one line each; empty if nothing
 */
public record Scanned(String name, Layout layout, int chains, long draws, String sha256, List<String> notes) {
    /** Copies the list. */
    public Scanned {
        notes = List.copyOf(notes);
    }
}
