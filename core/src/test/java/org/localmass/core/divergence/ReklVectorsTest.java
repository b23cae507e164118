package org.localmass.core.divergence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.measure.Errors;

class ReklVectorsTest {
    static List<String> files() {
        return ReklCases.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void matchesReference(String name) {
        Errors errors = ReklCases.file(name);
        assertTrue(errors.holds(), errors::toString);
    }

    @Test
    void pairs_matchReference() {
        Errors errors = ReklCases.pairs();
        assertTrue(errors.holds(), errors::toString);
    }

    @Test
    void normalBalls_matchReference() {
        Errors errors = ReklCases.normalBalls();
        assertTrue(errors.holds(), errors::toString);
    }
}
