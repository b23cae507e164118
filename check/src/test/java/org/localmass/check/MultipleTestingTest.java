package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class MultipleTestingTest {
    @Test
    void holm_matchesR() {
        // R 4.2: p.adjust(c(.01, .04, .03, .005, .9), "holm")
        assertArrayEquals(
                new double[] {0.04, 0.09, 0.09, 0.025, 0.9},
                MultipleTesting.holm(new double[] {0.01, 0.04, 0.03, 0.005, 0.9}),
                1e-15);
        assertArrayEquals(new double[0], MultipleTesting.holm(new double[0]));
        assertArrayEquals(new double[] {1, 1}, MultipleTesting.holm(new double[] {1, 0.7}));
    }

    @Test
    void eBenjaminiHochberg_rejectsTheLargestSet() {
        // family 4, alpha 0.05: one needs 80, two need 40 each, three need 26.7 each
        assertArrayEquals(
                new boolean[] {true, false, true},
                MultipleTesting.eBenjaminiHochberg(new double[] {45, 20, 60}, 4, 0.05));
        assertArrayEquals(
                new boolean[] {false, false, false},
                MultipleTesting.eBenjaminiHochberg(new double[] {79, 39, 26}, 4, 0.05));
        assertArrayEquals(
                new boolean[] {true, true, true},
                MultipleTesting.eBenjaminiHochberg(new double[] {27, 27, 27}, 4, 0.05));
        assertArrayEquals(
                new boolean[] {true, false},
                MultipleTesting.eBenjaminiHochberg(new double[] {Double.POSITIVE_INFINITY, 1}, 4, 0.05));
    }

    @Test
    void eBenjaminiHochberg_fixedFamily_countsAbsentHypotheses() {
        assertArrayEquals(new boolean[] {false}, MultipleTesting.eBenjaminiHochberg(new double[] {100}, 32, 0.05));
        assertArrayEquals(new boolean[] {true}, MultipleTesting.eBenjaminiHochberg(new double[] {641}, 32, 0.05));
    }
}
