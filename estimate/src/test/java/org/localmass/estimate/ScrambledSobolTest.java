package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrambledSobolTest {
    @Test
    void scramble_keepsTheNet() {
        // every elementary interval of volume 1/64 in two dimensions holds one of the first 64 points
        int[] sequence = ScrambledSobol.sequence(2, 64);
        double[] x = new double[2];
        for (long seed = 0; seed < 20; seed++) {
            ScrambledSobol scrambling = ScrambledSobol.of(2, seed);
            for (int log = 0; log <= 6; log++) {
                boolean[] seen = new boolean[64];
                for (int i = 0; i < 64; i++) {
                    scrambling.scramble(sequence, i, x);
                    int cell = ((int) (x[0] * (1 << log))) * (1 << (6 - log)) + ((int) (x[1] * (1 << (6 - log))));
                    assertTrue(!seen[cell], "seed " + seed + ", cell " + cell);
                    seen[cell] = true;
                }
            }
        }
    }

    @Test
    void scramble_isUniformOverSeeds() {
        // mean and variance of one coordinate of one point; correlation of two points in one dimension is not positive
        int[] sequence = ScrambledSobol.sequence(3, 4);
        double[] x = new double[3];
        double[] y = new double[3];
        int n = 20_000;
        double sum = 0;
        double square = 0;
        double product = 0;
        for (long seed = 0; seed < n; seed++) {
            ScrambledSobol scrambling = ScrambledSobol.of(3, seed);
            scrambling.scramble(sequence, 0, x);
            scrambling.scramble(sequence, 1, y);
            sum += x[2];
            square += (x[2] - 0.5) * (x[2] - 0.5);
            product += (x[2] - 0.5) * (y[2] - 0.5);
        }
        assertEquals(0.5, sum / n, 4 / Math.sqrt(12.0 * n));
        assertEquals(1 / 12.0, square / n, 4 * Math.sqrt(1 / 180.0 / n));
        // points 0 and 1 fall into different halves: covariance -1/16, plus nothing within halves
        assertEquals(-1 / 16.0, product / n, 4 * 0.05 / Math.sqrt(n));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 21})
    void scramble_integratesFasterThanIndependentPoints(int d) {
        // product of (1 + (x - 1/2)/2): integral 1
        int count = 1024;
        int[] sequence = ScrambledSobol.sequence(d, count);
        double[] x = new double[d];
        double squares = 0;
        int runs = 40;
        for (long seed = 0; seed < runs; seed++) {
            ScrambledSobol scrambling = ScrambledSobol.of(d, seed);
            double sum = 0;
            for (int i = 0; i < count; i++) {
                scrambling.scramble(sequence, i, x);
                double f = 1;
                for (double v : x) {
                    f *= 1 + 0.5 * (v - 0.5);
                }
                sum += f;
            }
            squares += (sum / count - 1) * (sum / count - 1) / runs;
        }
        double independent = (Math.pow(1 + 1 / 48.0, d) - 1) / count;
        assertTrue(squares < independent / (d > 10 ? 5 : 100), "variance ratio " + independent / squares);
    }

    @Test
    void arguments_areChecked() {
        assertThrows(IllegalArgumentException.class, () -> ScrambledSobol.of(0, 1));
        var e = assertThrows(IllegalArgumentException.class, () -> ScrambledSobol.sequence(2, 0));
        assertEquals("count must be from 1 to 16777216, was 0", e.getMessage());
    }
}
