package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest {
    @ParameterizedTest
    @CsvSource({"1, 1e9", "2, 1e9", "1000, 1e9", "1000, 5", "999, 2"})
    void of_matchesSort(int count, double levels) {
        var random = new SplittableRandom(count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.floor((random.nextDouble() - 0.5) * levels) * Math.pow(10, random.nextInt(-3, 4));
        }
        Order order = Order.of(values);
        double[] sorted = values.clone();
        for (int i = 0; i < count; i++) {
            sorted[i] += 0.0; // -0 and 0 are equal here and differ in Arrays.sort
        }
        Arrays.sort(sorted);
        double[] distances = new double[count];
        double centre = order.median();
        for (int i = 0; i < count; i++) {
            assertEquals(sorted[i], order.sorted[i] + 0.0);
            assertEquals(order.sorted[i], values[order.places[i]] + 0.0);
            distances[i] = Math.abs(values[i] - centre);
        }
        Order folded = order.folded(centre);
        for (int i = 0; i < count; i++) {
            assertEquals(folded.sorted[i], distances[folded.places[i]]);
        }
        Arrays.sort(distances);
        assertArrayEquals(distances, folded.sorted);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1e6, 1e-3", "1, 1e-12", "-1e300, 1e290"})
    void of_sortsWhereLeadingBitsAgree(double offset, double spread) {
        double[] values = new SplittableRandom(9)
                .doubles(5000)
                .map(u -> offset + spread * u)
                .toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        Order order = Order.of(values);
        assertArrayEquals(sorted, order.sorted);
        for (int i = 1; i < sorted.length; i++) {
            assertEquals(sorted[i], values[order.places[i]]);
            boolean stable = sorted[i] > sorted[i - 1] || order.places[i] > order.places[i - 1];
            assertTrue(stable);
        }
    }

    @Test
    void of_ordersExtremes() {
        double[] values = {
            0,
            Double.MAX_VALUE,
            -Double.MIN_VALUE,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            1,
            Double.POSITIVE_INFINITY,
            -1
        };
        assertArrayEquals(new int[] {3, 8, 2, 0, 4, 5, 6, 1, 7}, Order.of(values).places);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 9", "0.5, 3.5", "0.25, 2.25", "0.05, 1.25"})
    void quantile_isLinearBetweenOrderStatistics(double p, double expected) {
        assertEquals(expected, Order.of(new double[] {9, 1, 4, 2, 5, 3}).quantile(p), 1e-15);
    }
}
