package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GaussianBallTest {
    @TestFactory
    Stream<DynamicTest> logMass_matchesReference() {
        return GaussianBallCases.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.quantity(), () -> assertTrue(row.holds(), row::toString)));
    }
}
