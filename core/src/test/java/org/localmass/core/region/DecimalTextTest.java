package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DecimalTextTest {
    @ParameterizedTest
    @CsvFileSource(resources = "decimal-text.csv", useHeadersInDisplayName = true)
    void of_matchesReference(long bits, String text) {
        double value = Double.longBitsToDouble(bits);
        assertEquals(text, DecimalText.of(value));
        assertEquals(bits, Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Test
    void textOf_infiniteAndNan() {
        assertEquals("inf", RegionExpression.textOf(Double.POSITIVE_INFINITY));
        assertEquals("-inf", RegionExpression.textOf(Double.NEGATIVE_INFINITY));
        var e = assertThrows(IllegalArgumentException.class, () -> RegionExpression.textOf(Double.NaN));
        assertEquals("value must be a number, was NaN", e.getMessage());
    }
}
