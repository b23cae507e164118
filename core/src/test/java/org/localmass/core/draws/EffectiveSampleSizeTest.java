package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveSampleSizeTest {
    private static double[][] uniform(long seed, int chains, int length) {
        var random = new SplittableRandom(seed);
        double[][] values = new double[chains][];
        for (int c = 0; c < chains; c++) {
            values[c] = random.doubles(length).toArray();
        }
        return values;
    }

    private static void assertAllUndefined(double[][] chains) {
        assertEquals(Double.NaN, EffectiveSampleSize.bulk(chains));
        assertEquals(Double.NaN, EffectiveSampleSize.tail(chains));
        assertEquals(Double.NaN, EffectiveSampleSize.mean(chains));
        assertEquals(Double.NaN, EffectiveSampleSize.standardDeviation(chains));
        assertEquals(Double.NaN, EffectiveSampleSize.quantile(chains, 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void all_undefinedWhereNotFinite(double value) {
        double[][] chains = uniform(1, 4, 100);
        chains[0][99] = value;
        assertAllUndefined(chains);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void all_undefinedForShortChains(int length) {
        assertAllUndefined(uniform(2, 4, length));
    }

    @Test
    void all_undefinedForConstants() {
        assertAllUndefined(new double[][] {{7, 7, 7, 7, 7, 7, 7, 7}, {7, 7, 7, 7, 7, 7, 7, 7}});
    }

    /** posterior calls a spread below 2.2e-16 constant; here the scale of a parameter does not matter. */
    @ParameterizedTest
    @ValueSource(doubles = {0x1p-60, 0x1p-400, 0x1p400})
    void mean_unchangedByScale(double scale) {
        double[][] chains = uniform(3, 4, 100);
        double expected = EffectiveSampleSize.mean(chains);
        for (double[] chain : chains) {
            for (int i = 0; i < chain.length; i++) {
                chain[i] *= scale;
            }
        }
        assertEquals(expected, EffectiveSampleSize.mean(chains), 1e-12 * expected);
    }

    @Test
    void mean_unchangedByOffset() {
        double[][] chains = uniform(4, 4, 100);
        for (double[] chain : chains) {
            for (int i = 0; i < chain.length; i++) {
                chain[i] = Math.rint(chain[i] * 0x1p20) * 0x1p-20; // so that the sum below is exact
            }
        }
        double expected = EffectiveSampleSize.mean(chains);
        for (double[] chain : chains) {
            for (int i = 0; i < chain.length; i++) {
                chain[i] += 0x1p30;
            }
        }
        assertEquals(expected, EffectiveSampleSize.mean(chains), 1e-12 * expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void quantile_rejectsProbability(double p) {
        var e = assertThrows(IllegalArgumentException.class, () -> EffectiveSampleSize.quantile(uniform(5, 1, 10), p));
        assertEquals("p must lie in [0, 1], was " + p, e.getMessage());
    }

    @Test
    void mean_rejectsEmptyChain() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> EffectiveSampleSize.mean(new double[][] {{1, 2}, {}}));
        assertEquals("chains must hold at least 1 draw, was 0", e.getMessage());
    }
}
