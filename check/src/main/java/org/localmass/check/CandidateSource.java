package org.localmass.check;

import java.util.List;
import org.localmass.core.draws.Draws;

/** Proposes regions from one half of the data; the other half decides about them. */
interface CandidateSource {
    /** The way of looking. */
    View view();

    /** Most regions of this source that are passed on. */
    int quota();

    /**
     * Proposes regions.
     *
     * @param half    the proposing half
     * @param workers runs the coordinates in parallel; the result does not depend on it
     * @return candidates, best first
     */
    List<Candidate> candidates(Half half, Workers workers);

    /**
     * One half of the data.
     *
     * @param reference         reference draws
     * @param approximation     draws of the approximation, same parameters
     * @param referenceTime     typical autocorrelation time of the reference's coordinates
     * @param approximationTime the same of the approximation's
     */
    record Half(Draws reference, Draws approximation, double referenceTime, double approximationTime) {
        double referenceSize() {
            return reference.size() / referenceTime;
        }

        double approximationSize() {
            return approximation.size() / approximationTime;
        }
    }
}
