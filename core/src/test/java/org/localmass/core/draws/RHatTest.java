package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RHatTest {
    private static double[][] uniform(long seed, int chains, int length) {
        var random = new SplittableRandom(seed);
        double[][] values = new double[chains][length];
        for (double[] chain : values) {
            for (int i = 0; i < length; i++) {
                chain[i] = random.nextDouble();
            }
        }
        return values;
    }

    @Test
    void rankNormalised_infiniteWhereStuckChainsDiffer() {
        double[][] stuck = {{0, 0, 0, 0}, {1, 1, 1, 1}};
        assertEquals(Double.POSITIVE_INFINITY, RHat.rankNormalised(stuck));
        assertEquals(Double.POSITIVE_INFINITY, RHat.basic(stuck));
    }

    @Test
    void rankNormalised_bulkAloneWhereDistancesFromMedianAreEqual() {
        double[][] halves = {{0, 1, 0, 1, 0, 1}, {1, 0, 1, 0, 1, 0}};
        assertEquals(RHat.basic(halves), RHat.rankNormalised(halves), 1e-15);
    }

    @Test
    void rankNormalised_oneChainThatDrifts() {
        double[][] drift = {new double[100]};
        for (int i = 0; i < 100; i++) {
            drift[0][i] = i;
        }
        assertTrue(RHat.rankNormalised(drift) > 1.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void both_undefinedWhereNotFinite(double value) {
        double[][] chains = uniform(1, 4, 100);
        chains[2][7] = value;
        assertEquals(Double.NaN, RHat.rankNormalised(chains));
        assertEquals(Double.NaN, RHat.basic(chains));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void both_undefinedForShortChains(int length) {
        double[][] chains = uniform(2, 4, length);
        assertEquals(Double.NaN, RHat.rankNormalised(chains));
        assertEquals(Double.NaN, RHat.basic(chains));
    }

    @Test
    void draws_cutToShortestChain() {
        double[][] chains = uniform(4, 3, 60);
        double[] longer = new double[75];
        System.arraycopy(chains[1], 0, longer, 0, 60);
        Draws draws = Draws.of(
                List.of("x"),
                List.of(Chain.adopt(chains[0]), Chain.adopt(longer), Chain.adopt(chains[2])),
                Sampling.MARKOV_CHAIN);
        assertEquals(RHat.rankNormalised(chains), RHat.rankNormalised(draws, 0));
        assertEquals(RHat.basic(chains), RHat.basic(new double[][] {chains[0], longer, chains[2]}));
        assertEquals(EffectiveSampleSize.tail(chains), EffectiveSampleSize.tail(draws, 0));
    }

    @Test
    void rankNormalised_rejectsNoChains() {
        var e = assertThrows(IllegalArgumentException.class, () -> RHat.rankNormalised(new double[0][]));
        assertEquals("chains must number at least 1, was 0", e.getMessage());
    }
}
