package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final List<String> NAMES = List.of("mu", "tau", "my-param", "theta[1]", "theta[a b]");

    @ParameterizedTest
    @CsvSource({
        "1, 2, 1, false",
        "1, 2, 1.0000000000000002, true",
        "1, 2, 2, true",
        "1, 2, 2.0000000000000004, false",
        "1, 2, NaN, false",
        "-Infinity, 2, -Infinity, true",
        "-Infinity, 2, NaN, false",
        "1, Infinity, Infinity, true",
        "1, Infinity, 1, false",
        "-Infinity, Infinity, -Infinity, true",
        "-Infinity, Infinity, NaN, false"
    })
    void halfOpen_contains(double lower, double upper, double value, boolean expected) {
        Interval interval = Interval.halfOpen(NAMES, 1, lower, upper);
        assertEquals(expected, interval.contains(value));
        assertEquals(expected, interval.contains(new double[] {9, value, 9, 9, 9}));
    }

    @Test
    void atom_containsItsValueOnly() {
        Interval atom = Interval.atom(NAMES, 1, 0);
        assertEquals(true, atom.isAtom());
        assertEquals(true, atom.contains(0.0));
        assertEquals(true, atom.contains(-0.0));
        assertEquals(false, atom.contains(Double.MIN_VALUE));
        assertEquals(false, atom.contains(Double.NaN));
    }

    @ParameterizedTest
    @CsvSource({
        "1, -Infinity, 0.5, tau <= 0.5",
        "1, 20, Infinity, tau > 20",
        "1, 1e-5, 0.1, 1e-5 < tau <= 0.1",
        "1, -Infinity, Infinity, tau <= inf",
        "2, -3, 0, -3 < `my-param` <= 0",
        "3, 14.451591999999998, Infinity, theta[1] > 14.451591999999998",
        "4, 0, 1, 0 < `theta[a b]` <= 1"
    })
    void description_halfOpen(int coordinate, double lower, double upper, String expected) {
        assertEquals(
                expected, Interval.halfOpen(NAMES, coordinate, lower, upper).description());
    }

    @Test
    void description_readsBackAsTheSameSet() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            int j = random.nextInt(NAMES.size());
            double a = random.nextInt(5) == 0 ? -INF : Math.exp(random.nextDouble(-40, 40)) * (random.nextInt(3) - 1);
            double b = random.nextInt(5) == 0 ? INF : a + Math.abs(a) * Math.pow(2, -random.nextInt(53));
            Interval interval =
                    a < b ? Interval.halfOpen(NAMES, j, a, b) : Interval.atom(NAMES, j, Double.isInfinite(a) ? 0 : a);
            Region read = RegionExpression.parse(interval.description()).bind(NAMES);
            assertArrayEquals(interval.coordinates(), read.coordinates());
            assertEquals(interval.description(), read.description());
            for (double end : new double[] {interval.lower(), interval.upper(), 0, INF, -INF, Double.NaN}) {
                for (double value : new double[] {Math.nextDown(end), end, Math.nextUp(end)}) {
                    double[] point = new double[NAMES.size()];
                    point[j] = value;
                    assertEquals(
                            interval.contains(point), read.contains(point), interval.description() + " at " + value);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "NaN, 1", "0, NaN", "Infinity, Infinity"})
    void halfOpen_rejectsEmpty(double lower, double upper) {
        var e = assertThrows(IllegalArgumentException.class, () -> Interval.halfOpen(NAMES, 0, lower, upper));
        assertEquals("lower must be less than upper, was " + lower + " and " + upper, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5})
    void of_rejectsColumn(int coordinate) {
        var open = assertThrows(IllegalArgumentException.class, () -> Interval.halfOpen(NAMES, coordinate, 0, 1));
        assertEquals("coordinate must be from 0 to 4, was " + coordinate, open.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Interval.atom(NAMES, coordinate, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void atom_rejectsValue(double value) {
        var e = assertThrows(IllegalArgumentException.class, () -> Interval.atom(NAMES, 0, value));
        assertEquals("value must be finite, was " + value, e.getMessage());
    }
}
