package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

class MassComparisonTest {
    private static MassEstimate mass(double hits, double size) {
        return new MassEstimate(
                hits / size,
                ClopperPearson.lower(hits, size, 0.025),
                ClopperPearson.upper(hits, size, 0.025),
                hits,
                size,
                (int) hits,
                (int) hits,
                List.of());
    }

    @ParameterizedTest(name = "{0} of {1} against {2} of {3}")
    @CsvFileSource(resources = "mass-comparison.csv", numLinesToSkip = 2)
    void tests_matchReference(double x, double n, double y, double m, double pValue, double eValue) {
        assertEquals(pValue, MassComparison.pValue(mass(x, n), mass(y, m)), 1e-11 * pValue);
        assertEquals(eValue, MassComparison.eValue(mass(x, n), mass(y, m)), 1e-11 * eValue);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 30, false", "30, 0, false", "30, 30, true", "3, 60, false", "1999, 2000, true"})
    void ratio_holdsOneWhereMassesAgree(double x, double y, boolean agrees) {
        RatioEstimate ratio = MassComparison.ratio(mass(x, 2000), mass(y, 2000));
        assertEquals(agrees, ratio.lower() <= 1 && ratio.upper() >= 1, ratio.toString());
        assertTrue((x == 0 && y == 0) || (ratio.lower() <= ratio.estimate() && ratio.estimate() <= ratio.upper()));
    }

    @Test
    void ratio_withoutHits_hasOneFiniteEnd() {
        RatioEstimate missed = MassComparison.ratio(mass(100, 2000), mass(0, 2000));
        assertEquals(0, missed.estimate());
        assertEquals(0, missed.lower());
        assertEquals(mass(0, 2000).upper() / mass(100, 2000).lower(), missed.upper());
        RatioEstimate invented = MassComparison.ratio(mass(0, 2000), mass(100, 2000));
        assertEquals(Double.POSITIVE_INFINITY, invented.estimate());
        assertEquals(mass(100, 2000).lower() / mass(0, 2000).upper(), invented.lower());
        assertEquals(Double.POSITIVE_INFINITY, invented.upper());
        RatioEstimate unknown = MassComparison.ratio(mass(0, 2000), mass(0, 2000));
        assertTrue(Double.isNaN(unknown.estimate()));
        assertEquals(0, unknown.lower());
        assertEquals(Double.POSITIVE_INFINITY, unknown.upper());
    }

    @Test
    void ratio_isMirroredByExchange() {
        RatioEstimate one = MassComparison.ratio(mass(40, 1000), mass(90, 3000));
        RatioEstimate other = MassComparison.ratio(mass(90, 3000), mass(40, 1000));
        assertEquals(1 / one.lower(), other.upper(), 1e-14 * other.upper());
        assertEquals(1 / one.upper(), other.lower(), 1e-14 * other.lower());
    }

    @Test
    void divergences_areZeroAtEqualMasses_andBoundedByTheEstimate() {
        assertEquals(0, MassComparison.localDivergence(mass(50, 1000), mass(100, 2000)));
        assertEquals(0, MassComparison.leastLocalDivergence(mass(50, 1000), mass(100, 2000)));
        double least = MassComparison.leastLocalDivergence(mass(500, 1000), mass(20, 2000));
        assertTrue(least > 0 && least < MassComparison.localDivergence(mass(500, 1000), mass(20, 2000)));
        double difference = MassComparison.leastDifference(mass(500, 1000), mass(20, 2000));
        assertEquals(difference, MassComparison.leastDifference(mass(20, 2000), mass(500, 1000)));
        assertTrue(difference > 0.4 && difference < 0.49);
    }
}
