package org.localmass.io;

import java.util.List;

/** What a pass over the draws of a file found. */
record Pass(Layout layout, int chains, long draws, List<String> notes) {
    Pass {
        notes = List.copyOf(notes);
    }
}
