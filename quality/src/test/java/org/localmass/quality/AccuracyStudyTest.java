package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.localmass.core.measure.AccuracySection;
import org.localmass.core.measure.Errors;

/** The accuracy contract: every limit of every section. The page is docs/quality/accuracy.md. */
class AccuracyStudyTest {
    @TestFactory
    Stream<DynamicTest> sections_holdTheContract() {
        return AccuracyStudy.sections().stream()
                .map(section -> DynamicTest.dynamicTest(section.title(), () -> {
                    assertFalse(section.rows().isEmpty());
                    for (Errors row : section.rows()) {
                        assertTrue(row.holds(), row::toString);
                    }
                }));
    }

    @Test
    void page_showsARow() {
        Errors row = Errors.of("mass", 1e-14);
        row.add("first", 2e-16, 0.9);
        row.add("second", 4e-16, 1.8);
        row.add("third", 0, 0);
        List<String> page = AccuracyStudy.page(new AccuracySection("Masses", "Text.", List.of(row)));
        assertEquals("## Masses", page.get(0));
        assertEquals("| mass | 3 | 2.0e-16 | 4.0e-16 | 1e-14 | 1.2 | 1.8 | second |", page.get(page.size() - 1));
    }

    @Test
    void holds_failsBeyondItsLimit() {
        Errors row = Errors.of("mass", 1e-14);
        assertFalse(row.holds());
        row.add("first", 1e-14);
        assertTrue(row.holds());
        row.add("second", 1.1e-14);
        assertFalse(row.holds());
        Errors logs = Errors.ofLogs("log", 4);
        logs.add("first", 1e-10, 4);
        assertTrue(logs.holds());
        logs.add("second", 1e-12, Double.NaN);
        assertFalse(logs.holds());
    }
}
