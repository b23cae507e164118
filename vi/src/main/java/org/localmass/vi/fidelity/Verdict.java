package org.localmass.vi.fidelity;

/** What a fit's own checks say of it. */
public enum Verdict {
    /** The tracked masses are kept and independent checks agree. Of mass that no search met it says nothing. */
    OK,
    /** The family cannot keep a region, or only at a price: the fit without constraints is returned. */
    UNREPRESENTED,
    /** The checks disagree or are too weak: the masses are estimates. */
    UNVERIFIED
}
