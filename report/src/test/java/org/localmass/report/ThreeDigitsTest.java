package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeDigitsTest {
    /** pillar drops zeros where nothing was rounded away, so the numbers are compared, not their texts. */
    @ParameterizedTest
    @CsvFileSource(resources = "three-digits.csv", numLinesToSkip = 2)
    void number_printsAsPillar(double value, String printed) {
        String actual = ThreeDigits.number(value);
        assertEquals(0, new BigDecimal(printed).compareTo(new BigDecimal(actual)), () -> printed + " was " + actual);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1.00",
        "-3, -3.00",
        "0.1, 0.100",
        "12, 12.0",
        "99.97, 100",
        "9.996, 10.0",
        "999.6, 1000",
        "4468.04, 4468",
        "1234567.4, 1234567",
        "9999999, 9999999",
        "10000000, 1.00e7",
        "0.0001, 0.000100",
        "0.00009999, 1.00e-4",
        "0.00009994, 9.99e-5",
        "-1.2345e-9, -1.23e-9",
        "1.7976931348623157e308, 1.80e308",
        "4.9e-324, 4.90e-324",
        "NaN, -",
        "Infinity, Inf",
        "-Infinity, -Inf"
    })
    void number_hasThreeDigits(double value, String expected) {
        assertEquals(expected, ThreeDigits.number(value));
    }
}
