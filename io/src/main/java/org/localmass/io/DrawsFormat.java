package org.localmass.io;

import java.io.IOException;
import java.util.Optional;

/**
 * One way to store draws in a file. Implementations are public, have no state, and are listed in
 * {@code META-INF/services}: a new format is a new implementation and its line there.
 *
 * <p>An implementation names no class of a library in its own code, only the class that does: who reads CSV does not
 * load the classes of Parquet.
 */
interface DrawsFormat {
    /** Whether a file's first bytes, and what it is stored in, say that it is of this kind; exactly one kind accepts. */
    boolean accepts(Source source);

    /**
     * The kind of a file that is accepted, judged by its head; empty if it holds no draws.
     *
     * @throws DrawsFormatException if its head is damaged
     */
    Optional<Format> sniff(Source source) throws IOException;

    /** Passes the draws to a sink. */
    Pass scan(Source source, Reading reading, BlockSink sink) throws IOException;
}
