package org.localmass.io;

/** What the first axes of arrays without named axes are. */
public enum Arrangement {
    /** Judged by the shapes of all arrays; see docs/formats.md. */
    AUTO,
    /** The first axis is the draw. */
    DRAW,
    /** The first axis is the chain, the second the draw. */
    CHAIN_DRAW
}
