package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void logBallMass_centreOutsideOfTheRangeOfAMap() {
        Univariate lognormal = Compositions.exp(Distributions.normal(0, 1));
        assertEquals(Normal.logCdf(Math.log(2)), lognormal.logBallMass(-3, 5), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, lognormal.logBallMass(-3, 3));
        Univariate share = Compositions.inverseLogit(Distributions.logistic(0, 1));
        assertEquals(Math.log(0.5), share.logBallMass(4, 3.5), 1e-15);
        assertEquals(Math.log(0.25), share.logBallMass(-2, 2.25), 1e-15);
        assertEquals(0, share.logBallMass(-2, 4), 0);
        assertEquals(Double.NEGATIVE_INFINITY, share.logDensityAt(-2, 1));
        assertEquals(share.logDensity(0.25), share.logDensityAt(-2, 2.25), 1e-15);
    }

    @Test
    void logLower_powerLogAtItsPole() {
        assertEquals(Math.log(0.5), ShrinkagePriors.powerLog(1, 1).logLower(0), 1e-15);
    }

    /** The density is steep: e^13.4 ulps of its argument are more than the integral's tolerance. */
    @Test
    void logBallMass_inTheSteepTailOfGumbel() {
        Univariate law = Distributions.gumbel(0, 1);
        double expected = law.logDensity(-13.4) + Math.log(2e-9);
        assertEquals(expected, law.logBallMass(-13.4, 1e-9), 1e-6);
    }

    /** Where the bits of x^2 that a double drops are more than 1. */
    @ParameterizedTest
    @ValueSource(doubles = {1e7, 1e12, 3e20, 1e150, 1e200})
    void logUpper_normalFarOut(double x) {
        double log = Math.max(-0.5 * x * x, -Double.MAX_VALUE);
        assertEquals(log, Math.max(Normal.STANDARD.logUpper(x), -Double.MAX_VALUE), 1e-12 * -log);
        assertEquals(Normal.STANDARD.logUpper(x), Normal.STANDARD.logLower(-x));
    }
}
