package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LogScaleTest {
    @TestFactory
    Stream<DynamicTest> logs_matchReference() {
        return LogScaleCases.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.quantity(), () -> assertTrue(row.holds(), row::toString)));
    }
}
