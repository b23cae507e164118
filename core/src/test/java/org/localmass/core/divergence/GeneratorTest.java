package org.localmass.core.divergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.Errors;

class GeneratorTest {
    @ParameterizedTest
    @MethodSource("org.localmass.core.divergence.GeneratorCases#values")
    void value_matchesReference(Errors errors) {
        assertTrue(errors.holds(), errors::toString);
    }

    @ParameterizedTest
    @MethodSource("org.localmass.core.divergence.GeneratorCases#inverses")
    void inverses_matchReference(Errors errors) {
        assertTrue(errors.holds(), errors::toString);
    }

    @ParameterizedTest
    @MethodSource("org.localmass.core.divergence.GeneratorCases#constants")
    void constants_matchReference(Errors errors) {
        assertTrue(errors.holds(), errors::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void of_rejectsOrder(double alpha) {
        assertThrows(IllegalArgumentException.class, () -> Generator.of(alpha));
    }

    /** The log solves the equation, also where neither the divergence nor its inverse is a double. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.1, 0.5, 0.99, 1, 1.5, 2, 5})
    void logUpper_inverts(double alpha) {
        Generator f = Generator.of(alpha);
        for (double logD : new double[] {-30, -1, 0, 5, 200, 689, 691, 5000, 1e9}) {
            double t = f.logUpper(logD);
            assertTrue(t > 0);
            double back = f.logPerspective(0, t);
            assertEquals(logD, back, 4e-16 * Math.abs(logD) * Math.max(1, t) + 1e-13, "log D = " + logD);
        }
        assertEquals(0, f.logUpper(Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, f.logUpper(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> f.logUpper(Double.NaN));
    }

    @Test
    void perspective_edges() {
        Generator half = Generator.of(0.5);
        assertEquals(0, half.perspective(0, 0));
        assertEquals(0.3, half.perspective(0.3, 0));
        assertEquals(0.3, half.perspective(0, 0.3));
        assertEquals(Double.POSITIVE_INFINITY, Generator.of(1).perspective(0, 0.3));
        assertEquals(0, Generator.of(1).perspective(0.3, 0.3));
        assertEquals(1e-300, half.perspective(4e-300, 1e-300), 1e-314);
        assertEquals(-10000, half.logPerspective(-10000 + Math.log(4), -10000), 1e-11);
        // docs/theory.md N4: the quotient f(x)/x is far from its limit even at 1e290
        assertEquals(98.87, Math.exp(Generator.of(0.99).logPerspective(0, Math.log(1e290)) - Math.log(1e290)), 0.01);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void properties_onRandomPairs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30_000; i++) {
            double alpha = Math.exp(random.nextDouble(Math.log(1e-6), Math.log(5)));
            double beta = Math.exp(random.nextDouble(Math.log(1e-6), Math.log(5)));
            double p = random.nextInt(10) == 0 ? 0 : Math.exp(random.nextDouble(-30, 0));
            double q = random.nextInt(10) == 0 ? 0 : p * Math.exp(random.nextGaussian() * 3);
            Generator f = Generator.of(Math.min(alpha, beta));
            Generator g = Generator.of(Math.max(alpha, beta));
            double low = f.perspective(p, q);
            double high = g.perspective(p, q);
            String label = f.alpha() + " " + g.alpha() + " " + p + " " + q;
            assertTrue(low >= 0, label);
            assertTrue(low <= high * (1 + 1e-12), label);
            if (g.alpha() < 1) {
                double a = (1 - f.alpha()) / f.alpha() * low;
                double b = (1 - g.alpha()) / g.alpha() * high;
                assertTrue(b <= a * (1 + 1e-12), label);
                // duality: D of order 1 - a with the roles exchanged
                double dual = Generator.of(1 - f.alpha()).perspective(q, p);
                assertEquals((1 - f.alpha()) / f.alpha() * low, dual, 1e-9 * dual + 1e-300, label);
            }
            double p2 = Math.exp(random.nextDouble(-30, 0));
            double q2 = Math.exp(random.nextDouble(-30, 0));
            double apart = low + f.perspective(p2, q2);
            assertTrue(f.perspective(p + p2, q + q2) <= apart * (1 + 1e-12), label);
            if (p > 0) {
                double ratio = q / p;
                double d = low / p;
                assertTrue(f.upper(d) >= ratio * (1 - 1e-9), label);
                assertTrue(f.lower(d) <= ratio * (1 + 1e-9), label);
            }
        }
    }
}
