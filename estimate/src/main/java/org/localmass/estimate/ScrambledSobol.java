package org.localmass.estimate;

import org.hipparchus.random.SobolSequenceGenerator;
import org.localmass.core.internal.Arguments;

/**
 * Sobol points in (0, 1)^d with Owen's nested uniform scrambling: every point is uniform, and the points of one
 * scrambling are as evenly spread as the unscrambled ones. Immutable; two seeds give independent scramblings.
 *
 * <p>Bit b of a coordinate is flipped by a fair coin that depends on the seed, the coordinate and the b bits before it;
 * the coins are a 64-bit hash. Directions by Joe and Kuo (2008), from Hipparchus.
 * <br>Source: Owen (1997), Monte Carlo variance of scrambled net quadrature, SIAM J. Numer. Anal. 34.
 */
public final class ScrambledSobol {
    /** Most points: 2^24. */
    public static final int MOST_POINTS = 1 << 24;

    private static final int LEVELS = 24;
    private static final double SCALE = 0x1p-52;

    private final int dimension;
    private final long seed;

    private ScrambledSobol(int dimension, long seed) {
        this.dimension = dimension;
        this.seed = seed;
    }

    /**
     * A scrambling of the sequence.
     *
     * @param dimension d, 1 to 21,201
     * @param seed      of the scrambling
     */
    public static ScrambledSobol of(int dimension, long seed) {
        return new ScrambledSobol(Arguments.positive("dimension", dimension), seed);
    }

    /**
     * Unscrambled points from the start of the sequence, to be passed to {@link #scramble}.
     *
     * @param dimension d
     * @param count     number of points, at most {@link #MOST_POINTS}
     * @return the first 24 bits of each coordinate, point after point
     */
    public static int[] sequence(int dimension, int count) {
        if (count < 1 || count > MOST_POINTS) {
            throw new IllegalArgumentException("count must be from 1 to " + MOST_POINTS + ", was " + count);
        }
        SobolSequenceGenerator generator = new SobolSequenceGenerator(dimension);
        int[] bits = new int[Math.multiplyExact(dimension, count)];
        int k = 0;
        for (int i = 0; i < count; i++) {
            for (double x : generator.nextVector()) {
                bits[k++] = (int) (x * MOST_POINTS);
            }
        }
        return bits;
    }

    /**
     * Scrambles a point.
     *
     * @param sequence points of {@link #sequence}
     * @param index    number of the point
     * @param point    d places, overwritten with values in (0, 1)
     */
    public void scramble(int[] sequence, int index, double[] point) {
        for (int j = 0; j < dimension; j++) {
            int bits = sequence[index * dimension + j];
            long base = mix(seed + 0x9e3779b97f4a7c15L * (j + 1));
            int flips = 0;
            for (int level = 0; level < LEVELS; level++) {
                // the leading one marks the level, so that prefixes of different levels differ
                long prefix = (1L << level) | (bits >>> (LEVELS - level));
                flips = (flips << 1) | (int) (mix(base ^ (prefix * 0xd1342543de82ef95L)) >>> 63);
            }
            long low = mix(base ^ (((1L << LEVELS) | bits) * 0xd1342543de82ef95L)) >>> 36;
            point[j] = ((((long) (bits ^ flips)) << 28 | low) + 0.5) * SCALE;
        }
    }

    /** Finaliser of SplitMix64 (Stafford's variant 13): a bijection that spreads every bit. */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
