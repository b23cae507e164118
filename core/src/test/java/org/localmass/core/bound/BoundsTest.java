package org.localmass.core.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.divergence.Generator;
import org.localmass.core.measure.Errors;

class BoundsTest {
    static Stream<Errors> cases() {
        return BoundsCases.section().rows().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bounds_matchReference(Errors errors) {
        assertTrue(errors.holds(), errors::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, NaN, EQUAL, T6.5(i)",
        "1, NaN, AT_MOST, T6.5(i')",
        "1, 5, EQUAL, 'T6.5(i''), T6.5(ii)'",
        "Infinity, 5, AT_LEAST, T6.5(ii)",
        "NaN, 5, AT_LEAST, T6.5(ii)",
        "NaN, 0.5, EQUAL, 'T6.5(i), roles exchanged'",
        "Infinity, Infinity, NOTHING, ''",
        "NaN, NaN, NOTHING, ''"
    })
    void massIndexTheorem(double forward, double backward, MassIndexTheorem.Conclusion expected, String hypotheses) {
        MassIndexTheorem.Result result = MassIndexTheorem.apply(forward, backward);
        assertEquals(expected, result.conclusion());
        assertEquals(hypotheses, result.hypotheses());
    }

    @Test
    void certificate_words() {
        Generator half = Generator.of(0.5);
        assertEquals(4, Certificate.of(half, 1).factor(), 1e-15);
        assertEquals(
                "q does not under-cover the region by more than a factor 4.0",
                Certificate.of(half, 1).sentence());
        assertEquals(
                "nothing is certified: the divergence is infinite",
                Certificate.of(Generator.of(1), Double.POSITIVE_INFINITY).sentence());
        assertEquals(
                0.5,
                Certificate.best(List.of(Certificate.of(Generator.of(2), 9.0), Certificate.of(half, 0.1)))
                        .alpha());
        assertThrows(IllegalArgumentException.class, () -> Certificate.best(List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void bounds_areNeverViolated(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            Generator f = Generator.of(Math.exp(random.nextDouble(Math.log(1e-6), Math.log(5))));
            int cells = 1 + random.nextInt(6);
            double forward = 0;
            double backward = 0;
            double p = 0;
            double q = 0;
            for (int j = 0; j < cells; j++) {
                double a = random.nextInt(6) == 0 ? 0 : Math.exp(random.nextDouble(-12, 0));
                double b = random.nextInt(6) == 0 ? 0 : Math.exp(random.nextDouble(-12, 0));
                forward += f.perspective(a, b);
                backward += f.perspective(b, a);
                p += a;
                q += b;
            }
            if (p == 0 || q == 0) {
                continue;
            }
            String label = f.alpha() + " " + p + " " + q + " " + forward + " " + backward;
            double r = q / p;
            double slack = 1e-9;
            MassBounds.Bounds ratio = MassBounds.ratio(f, forward / p);
            assertTrue(ratio.lower() <= r * (1 + slack) && ratio.upper() >= r * (1 - slack), label);
            MassBounds.Bounds reverse = MassBounds.ratioFromBackward(f, backward / q);
            assertTrue(reverse.lower() <= r * (1 + slack) && reverse.upper() >= r * (1 - slack), label);
            assertTrue(q >= p / Certificate.of(f, backward / q).factor() * (1 - slack), label);
            assertTrue(
                    Math.abs(Math.sqrt(q) - Math.sqrt(p)) <= MassBounds.rootDifference(f, forward) * (1 + slack),
                    label);
            assertTrue(Math.abs(q - p) <= MassBounds.difference(f, p, forward) * (1 + slack), label);
            if (f.alpha() <= 2) {
                assertTrue(Math.abs(q - p) <= MassBounds.explicitDifference(f, p, forward) * (1 + slack), label);
            }
        }
    }
}
