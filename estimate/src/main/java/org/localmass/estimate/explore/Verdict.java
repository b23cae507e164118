package org.localmass.estimate.explore;

/** What the checks of a {@link Referee} say of the masses it found. */
public enum Verdict {
    /** Independent runs, two estimators and consecutive stages agree. Of mass that no run visited it says nothing. */
    CONVERGED,
    /** A check failed, or the search was stopped: the reasons say which and by how much. */
    INCONCLUSIVE
}
