package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.draws.Draws;

class ModesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"normal, 1", "exponential, 1", "heavy, 1", "two far, 2", "two near, 1", "small second, 2", "constant, 1"
    })
    void of_countsModes(String shape, int expected) {
        UnaryOperator<double[]> map = z -> new double[] {
            switch (shape) {
                case "normal" -> z[0];
                case "exponential" -> Math.exp(z[0]);
                case "heavy" -> Math.sinh(2 * z[0]);
                case "two far" -> z[1] > 0 ? z[0] + 6 : z[0];
                case "two near" -> z[1] > 0 ? z[0] + 1.5 : z[0];
                case "small second" -> z[1] > 1.8 ? 0.5 * z[0] + 7 : z[0];
                default -> 3;
            }
        };
        for (long seed = 1; seed <= 20; seed++) {
            Draws draws = SyntheticDraws.of(seed, 1, 2000, 2, 0, List.of("x"), map);
            assertEquals(
                    expected,
                    Modes.of(SortedColumn.of(draws, 0), 2000).centres().size(),
                    "seed " + seed);
        }
    }
}
