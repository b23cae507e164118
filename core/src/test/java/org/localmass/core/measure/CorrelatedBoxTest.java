package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.localmass.core.region.Box;
import org.localmass.core.region.Norm;

/** Boxes under correlated pairs: one integral. */
class CorrelatedBoxTest {
    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Of the log; the integral's tolerance is 1e-13. */
    @ParameterizedTest
    @CsvFileSource(resources = "normal-boxes.csv", numLinesToSkip = 1, useHeadersInDisplayName = true)
    void logMass_matchesReference(
            double nu, String mean, String covariance, String lower, String upper, int outside, double expected) {
        double[] c = numbers(covariance);
        Covariance matrix = Covariance.full(new double[][] {{c[0], c[1]}, {c[2], c[3]}});
        Distribution law = nu == 0
                ? MultivariateDistributions.multiNormal(numbers(mean), matrix)
                : MultivariateDistributions.multiStudentT(nu, numbers(mean), matrix);
        double actual = outside == 1
                ? law.logTailMass(numbers(upper)[0], Norm.linf())
                : law.logMass(Box.of(List.of("x1", "x2"), numbers(lower), numbers(upper)));
        assertEquals(expected, actual, 1e-13 + 2e-16 * Math.abs(expected));
    }

    @Test
    void logMass_squareIsTheBall() {
        Distribution law = MultivariateDistributions.multiNormal(
                new double[] {0.3, -1}, Covariance.full(new double[][] {{2, 0.9}, {0.9, 1}}));
        for (double r : new double[] {1e-6, 0.1, 1, 30}) {
            double ball = law.logBallMass(new double[] {1, 0.5}, r, Norm.linf());
            double box = law.logBoxMass(new double[] {1 - r, 0.5 - r}, new double[] {1 + r, 0.5 + r});
            assertEquals(ball, box, r < 1e-3 ? 1e-9 : 1e-13);
        }
    }

    @Test
    void logMass_ofTwoCoordinatesOfThree() {
        Distribution law = MultivariateDistributions.multiNormal(
                new double[3], Covariance.full(new double[][] {{1, 0.5, 0.2}, {0.5, 1, 0.1}, {0.2, 0.1, 1}}));
        double inf = Double.POSITIVE_INFINITY;
        List<String> names = List.of("x1", "x2", "x3");
        Box two = Box.of(names, new double[] {0, 0, -inf}, new double[] {inf, inf, inf});
        // the orthant: 1/4 + asin(rho)/(2 pi)
        assertEquals(Math.log(0.25 + Math.asin(0.5) / (2 * Math.PI)), law.logMass(two), 1e-14);
        Box three = Box.of(names, new double[3], new double[] {1, 1, 1});
        String message = String.valueOf(assertThrows(NoClosedFormException.class, () -> law.logMass(three))
                .getMessage());
        assertTrue(message.contains("by mass --draws"), message);
    }
}
