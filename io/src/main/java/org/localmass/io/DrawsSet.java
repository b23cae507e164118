package org.localmass.io;

import java.util.List;
import org.localmass.core.draws.Draws;

/**
 * Several files joined into the draws of one measure.
 *
 * @param draws chains in the order of the files; parameters in the order of the first file
 * @param role  the side of a check that the files suggest; {@link Role#UNKNOWN} if none of them tells
 * @param files the files, at least one
 */
public record DrawsSet(Draws draws, Role role, List<DrawsFile> files) {
    /** Copies the list. */
    public DrawsSet {
        files = List.copyOf(files);
    }
}
