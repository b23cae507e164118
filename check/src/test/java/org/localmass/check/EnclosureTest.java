package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;

class EnclosureTest {
    private static final List<String> NAMES = List.of("a", "b");

    private static Draws draws(double rho) {
        return SyntheticDraws.of(3, 4, 50_000, 2, rho, NAMES, x -> x);
    }

    private static Region above(int coordinate, double bound) {
        return Interval.halfOpen(NAMES, coordinate, bound, Double.POSITIVE_INFINITY);
    }

    /** tools/reference/exceedance_time.py: autocorrelation time of the draws above the 95 % point. */
    @ParameterizedTest
    @CsvSource({"0.5, 1.686439533073671", "0.9, 8.568891277058297"})
    void time_emptyTail_isThatOfTheUpperTwentieth(double rho, double expected) {
        assertEquals(expected, Enclosure.time(draws(rho), above(0, 9), 3), 0.06 * expected);
    }

    /** A tail below is found from the other side, and beside both ends of a gap without draws. */
    @Test
    void time_otherSides() {
        Draws x = draws(0.5);
        Region below = Interval.halfOpen(NAMES, 0, Double.NEGATIVE_INFINITY, -9);
        assertEquals(1.686, Enclosure.time(x, below, 3), 0.1);
        Region gap = Interval.atom(NAMES, 0, 0.123456789);
        double time = Enclosure.time(x, gap, 3);
        // narrow bands are left within a step
        assertTrue(time >= 1 && time < 1.3, () -> "time " + time);
    }

    /** Two conditions widen together. */
    @Test
    void time_conjunction() {
        double time = Enclosure.time(draws(0.9), new Intersection(List.of(above(0, 9), above(1, 9))), 3);
        assertTrue(time > 3 && time < 8.5, () -> "time " + time);
    }

    @Test
    void time_unknownKind_isThatOfTheCoordinates() {
        Region strange = Predicate.of(2, new int[] {0}, "strange", p -> p[0] > 9);
        assertEquals(3.25, Enclosure.time(draws(0.5), strange, 3.25));
    }

    @Test
    void time_independentDraws() {
        Draws x = SyntheticDraws.approximation(1, 2, NAMES, p -> p);
        assertEquals(1, Enclosure.time(x, above(0, 9), 3));
    }

    @Test
    void time_tooFewDrawsForATwentieth() {
        Draws x = SyntheticDraws.of(1, 2, 15, 2, 0.5, NAMES, p -> p);
        assertEquals(2.5, Enclosure.time(x, above(0, 9), 2.5));
    }
}
