package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class GaussianBallTest {
    @TestFactory
    Stream<DynamicTest> logMass_matchesReference() {
        return GaussianBallCases.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.quantity(), () -> assertTrue(row.holds(), row::toString)));
    }

    /** A mean that is off along the smaller variance: the saddle point lies between two singularities. */
    @ParameterizedTest
    @CsvFileSource(resources = "normal-outside.csv", numLinesToSkip = 2)
    void logComplement_betweenSingularities(double f, double expected) {
        double[] variances = {2 * f, f};
        double[] shifts = {0, 1};
        double tolerance = 2e-14 + 4e-16 * Math.abs(expected);
        assertEquals(expected, GaussianBall.logComplement(variances, shifts, 2.5), tolerance);
        double inside = Math.log1p(-Math.exp(expected));
        assertEquals(inside, GaussianBall.logMass(variances, shifts, 2.5), -1e-12 * inside);
    }
}
