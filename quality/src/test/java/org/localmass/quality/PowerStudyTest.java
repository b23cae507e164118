package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast part of the power study; the full table is docs/quality/power.md. */
class PowerStudyTest {
    static java.util.List<PowerStudy.Scenario> scenarios() {
        return PowerStudy.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plantedDifference_isFound(PowerStudy.Scenario scenario) {
        PowerStudy.Cell cell = PowerStudy.run(scenario, 3, 5);
        assertTrue(cell.found() >= 2, cell.toString());
        assertEquals(0, cell.wrongSigns(), cell.toString());
    }
}
