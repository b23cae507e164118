package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonteCarloErrorTest {
    private static double[][] uniform(double scale) {
        var random = new SplittableRandom(11);
        double[][] chains = new double[4][];
        for (int c = 0; c < 4; c++) {
            chains[c] = random.doubles(100).map(x -> x * scale).toArray();
        }
        return chains;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-400, 0x1p-60, 0x1p400})
    void all_followScale(double scale) {
        double[][] one = uniform(1);
        double[][] scaled = uniform(scale);
        assertEquals(MonteCarloError.mean(one), MonteCarloError.mean(scaled) / scale, 1e-12);
        assertEquals(MonteCarloError.standardDeviation(one), MonteCarloError.standardDeviation(scaled) / scale, 1e-12);
        assertEquals(MonteCarloError.quantile(one, 0.9), MonteCarloError.quantile(scaled, 0.9) / scale, 1e-12);
    }

    @Test
    void all_undefinedForConstants() {
        double[][] constant = {{2, 2, 2, 2, 2, 2, 2, 2}};
        assertEquals(Double.NaN, MonteCarloError.mean(constant));
        assertEquals(Double.NaN, MonteCarloError.standardDeviation(constant));
        assertEquals(Double.NaN, MonteCarloError.quantile(constant, 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void all_undefinedWhereNotFinite(double value) {
        double[][] chains = uniform(1);
        chains[3][50] = value;
        assertEquals(Double.NaN, MonteCarloError.mean(chains));
        assertEquals(Double.NaN, MonteCarloError.standardDeviation(chains));
        assertEquals(Double.NaN, MonteCarloError.quantile(chains, 0.5));
    }
}
