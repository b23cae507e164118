package org.localmass.vi.objective;

import org.localmass.vi.family.Mixture;

/** A term added to the negative evidence lower bound, in nats; it asks nothing of the target. */
public sealed interface LocalTerm permits AugmentedLagrangian, MassPenalty, ReferenceTerm {
    /**
     * The value, to be minimised.
     *
     * @param gradient as many places as there are parameters; the gradient is added
     */
    double value(Mixture q, double[] gradient);
}
