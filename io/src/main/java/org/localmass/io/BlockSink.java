package org.localmass.io;

import java.io.IOException;

/** Receives the draws of a file block by block. */
public interface BlockSink {
    /**
     * Called once, before the first block.
     *
     * @throws IOException to stop reading
     */
    default void begin(Layout layout) throws IOException {}

    /**
     * Takes the next draws of one chain; blocks come in file order.
     *
     * <p>Shape: the parameters' columns, then the statistics' columns, in the order of the {@link Layout}, then the log
     * weights if there are any; each holds {@code rows} values and may be longer. The arrays are reused for the next block: copy what is to be kept.
     *
     * @param chain   chains count from 0 in order of appearance
     * @param columns values by column
     * @param rows    number of draws, at least 1
     * @throws IOException to stop reading
     */
    void accept(int chain, double[][] columns, int rows) throws IOException;
}
