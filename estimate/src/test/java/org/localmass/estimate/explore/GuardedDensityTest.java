package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardedDensityTest {
    private static double value(GuardedDensity density, double x, double[] gradient) {
        return density.value(new double[] {7, x}, 1, gradient);
    }

    @Test
    void value_countsEachKindOfFailure() {
        GuardedDensity density = new GuardedDensity(Targets.of(1, (x, g) -> {
            g[0] = x[0] == 6 ? Double.NaN : x[0];
            x[0] = -x[0];
            return switch ((int) -x[0]) {
                case 1 -> Double.NaN;
                case 2 -> Double.POSITIVE_INFINITY;
                case 3 -> Double.NEGATIVE_INFINITY;
                case 4 -> throw new IllegalStateException("four");
                case 5 -> throw new ArithmeticException("five");
                default -> 8;
            };
        }));
        double[] gradient = {1};
        for (int x = 1; x <= 5; x++) {
            assertEquals(Double.NEGATIVE_INFINITY, value(density, x, gradient));
            assertArrayEquals(new double[1], gradient);
        }
        assertEquals(Double.NEGATIVE_INFINITY, density.value(new double[] {4}, 0));
        assertEquals(8, value(density, 6, gradient));
        assertArrayEquals(new double[1], gradient);
        assertEquals(8, value(density, 7, gradient));
        assertArrayEquals(new double[] {7}, gradient);
        EvaluationCounts counts = density.counts();
        assertEquals(
                new EvaluationCounts(8, 1, 1, 1, 1, Map.of("IllegalStateException", 2L, "ArithmeticException", 1L)),
                counts);
        assertEquals(3, counts.thrown());
        assertEquals(16, counts.plus(counts).evaluations());
        assertEquals(4, counts.plus(counts).exceptions().get("IllegalStateException"));
    }
}
