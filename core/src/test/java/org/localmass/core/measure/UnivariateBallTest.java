package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnivariateBallTest {
    @Test
    void logBallMass_standardNormal() {
        assertEquals(-27.856812468573274, Normal.STANDARD.logBallMass(0, 1e-12), 1e-14);
        assertEquals(Math.log(0.6826894921370859), Normal.STANDARD.logBallMass(0, 1), 1e-15);
        assertEquals(
                -690.7755278982137 + Math.log(2) + Normal.STANDARD.logDensity(6),
                Normal.STANDARD.logBallMass(6, 1e-300),
                1e-12);
    }
}
