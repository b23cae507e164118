package org.localmass.estimate.density;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussJacobiTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "3, -0.5", "5, 0", "8, 0.5", "20, 4", "32, 9", "64, 0"})
    void of_integratesMonomialsUpToItsDegree(int n, double b) {
        GaussJacobi rule = GaussJacobi.of(n, b);
        for (int k = 0; k < 2 * n; k++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += rule.weights()[i] * Math.pow(rule.nodes()[i], k);
            }
            double expected = (b + 1) / (b + 1 + k);
            assertEquals(expected, sum, 2e-14, "degree " + k);
        }
    }
}
