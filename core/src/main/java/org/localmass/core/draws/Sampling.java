package org.localmass.core.draws;

/** How the draws of one set depend on each other. */
public enum Sampling {
    /** Independent draws (variational families, Laplace, Pathfinder, exact samplers): no autocorrelation to estimate. */
    INDEPENDENT,
    /** Markov chains: the autocorrelation of every quantity is estimated. */
    MARKOV_CHAIN,
    /** Not known: treated as Markov chains, which costs little where the draws are independent. */
    UNKNOWN
}
