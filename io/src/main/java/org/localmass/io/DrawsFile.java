package org.localmass.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/**
 * The draws of one file.
 *
 * @param name       the path as it was given
 * @param format     kind of file
 * @param parameters names of the parameters in file order, as Stan writes them in models
 * @param chains     the chains, at least one, with the sample statistics under the names that the file uses
 * @param sha256     hash of the bytes on disk (of a compressed file: compressed), 64 hexadecimal digits
 * @param labels     other names of parameters, from labelled dimensions: {@code theta[Choate]} to {@code theta[1]}
 * @param notes      what was left out and what looks odd, one line each, such as {@code 1000 warmup draws dropped}
 */
public record DrawsFile(
        String name,
        Format format,
        List<String> parameters,
        List<Chain> chains,
        String sha256,
        Map<String, String> labels,
        List<String> notes) {
    /** Copies the lists and the map. */
    public DrawsFile {
        parameters = List.copyOf(parameters);
        chains = List.copyOf(chains);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        notes = List.copyOf(notes);
    }

    /** The side of a check that the file's kind belongs to. */
    public Role role() {
        return format.role();
    }

    /** How the draws depend on each other, by the file's kind. */
    public Sampling sampling() {
        return format.sampling();
    }

    /** The draws. */
    public Draws draws() {
        return Draws.of(parameters, chains, sampling());
    }
}
