package org.localmass.check;

import java.util.List;

/** Proposes regions from one half of the data; the other half decides about them. */
interface CandidateSource {
    /** The way of looking. */
    View view();

    /** Most regions of this source that are passed on before other sources have had theirs. */
    int quota();

    /** Proposes regions of a half, best first. The result does not depend on the number of threads. */
    List<Candidate> candidates(Half half);
}
