package org.localmass.estimate.explore;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Independent random streams, one for each seed, stage and run: results do not depend on who runs when. */
final class Streams {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;

    Streams(long seed) {
        this.seed = seed;
    }

    /** The stream of a run of a stage. */
    UniformRandomProvider of(int stage, int run) {
        return RandomSource.XO_SHI_RO_256_PP.create(mix(mix(mix(seed) + GOLDEN * stage) + GOLDEN * run));
    }

    /** Finaliser of SplitMix64. */
    private static long mix(long x) {
        long z = x + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
