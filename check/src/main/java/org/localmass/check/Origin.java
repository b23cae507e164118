package org.localmass.check;

import java.util.List;
import java.util.Optional;

/**
 * Where a finding comes from.
 *
 * @param view      the view that proposed the region; empty for a region that the user named
 * @param strongest the parameters that decide most, strongest first: all of an interval or box, at most three of a region
 *     of all parameters
 * @param also      other confirmed regions that hold mostly the same draws, in words
 */
public record Origin(Optional<View> view, List<String> strongest, List<String> also) {
    /** Of a region that the user named. */
    public static final Origin NAMED = new Origin(Optional.empty(), List.of(), List.of());

    public Origin {
        strongest = List.copyOf(strongest);
        also = List.copyOf(also);
    }
}
