package org.localmass.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One experiment. */
interface Experiment {
    /** The name on the command line. */
    String name();

    /** What it is, in a few words. */
    String title();

    /**
     * Runs it.
     *
     * @throws IOException if a file of published numbers or of data cannot be read; the message names it
     */
    Result run(Request request) throws IOException;

    /**
     * What the user asked for.
     *
     * @param seed      of everything random
     * @param published folder with the published tables, where there is one
     * @param fromRaw   whether designs are made from the raw data rather than read
     * @param fitted    whether optima are sought by variational inference besides
     */
    record Request(long seed, Optional<Path> published, boolean fromRaw, boolean fitted) {}
}
