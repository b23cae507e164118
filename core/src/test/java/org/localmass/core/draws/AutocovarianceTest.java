package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.internal.Fft;

class AutocovarianceTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 3", "3, 5", "4, 64", "5, 127", "8, 500", "7, 1025"})
    void transform_matchesDirectSums(int segments, int length) {
        var random = new SplittableRandom(segments * 10_000L + length);
        double[] values = new double[segments * length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % length == 0 ? 0 : 0.9 * values[i - 1]) + random.nextDouble();
        }
        Autocovariance covariance = new Autocovariance(values, segments);
        double[] transformed = covariance.transform();
        double[] direct = new double[length];
        for (int t = 0; t < length; t++) {
            direct[t] = covariance.direct(t);
        }
        assertArrayEquals(direct, transformed, 1e-13 * (1 + direct[0]));
    }

    @Test
    void at_handComputed() {
        // 1 2 4 has mean 7/3 and deviations -4/3 -1/3 5/3
        Autocovariance covariance = new Autocovariance(new double[] {1, 2, 4}, 1);
        assertEquals(42 / 27.0, covariance.at(0), 1e-15);
        assertEquals(-1 / 27.0, covariance.at(1), 1e-15);
        assertEquals(-20 / 27.0, covariance.at(2), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "8, 8", "9, 16", "1000, 1024"})
    void fft_inverseUndoesForward(int length, int size) {
        Fft fft = Fft.ofAtLeast(length);
        assertEquals(size, fft.size());
        var random = new SplittableRandom(length);
        double[] re = random.doubles(size).toArray();
        double[] im = random.doubles(size).toArray();
        double[] re0 = re.clone();
        double[] im0 = im.clone();
        fft.forward(re, im);
        fft.inverse(re, im);
        for (int i = 0; i < size; i++) {
            assertEquals(re0[i], re[i] / size, 1e-15);
            assertEquals(im0[i], im[i] / size, 1e-15);
        }
    }
}
