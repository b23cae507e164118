package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

class DigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0.0965, 9.7 %",
        "0.0203, 2.0 %",
        "0.0002, 0.020 %",
        "0.0000099, < 0.001 %",
        "0.00001, 0.0010 %",
        "0, 0 %",
        "1, 100 %",
        "0.51, 51 %",
        "0.9, 90 %",
        "0.0996, 10 %",
        "0.989, 99 %",
        "0.99, 99 %",
        "0.9963, 99.6 %",
        "0.99988, 99.99 %",
        "0.999999, > 99.999 %",
        "1e-300, < 0.001 %",
        "NaN, unknown"
    })
    void percent_hasTwoDigits(double mass, String expected) {
        assertEquals(expected, Digits.percent(mass));
    }

    @ParameterizedTest
    @CsvSource({
        "0.2103626943, 0.21",
        "1, 1.0",
        "0.996, 1.0",
        "12.4, 12",
        "161.9, 160",
        "99600, 1.0e5",
        "1234567, 1.2e6",
        "0.000123, 0.00012",
        "0.0000213, 2.1e-5",
        "-0.5, -0.50",
        "0, 0",
        "-0.0, 0",
        "Infinity, infinite",
        "-Infinity, -infinite",
        "1e-320, 1.0e-320",
        "NaN, unknown"
    })
    void number_hasTwoDigits(double x, String expected) {
        assertEquals(expected, Digits.number(x));
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "12.4, 12", "400, 400", "3.42, 3.4", "0, 0", "1, 1", "312.4, 310", "NaN, unknown"})
    void count_hasTwoDigits(double x, String expected) {
        assertEquals(expected, Digits.count(x));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0.2104; 0.1488; 0.294; 0.21 (0.15 to 0.29)",
                "0; 0; 0.12; 0 (at most 0.12)",
                "Infinity; 3.1; Infinity; infinite (at least 3.1, no upper limit)",
                "NaN; 0; Infinity; unknown (no limits)",
                "NaN; NaN; NaN; unknown (interval unknown)"
            })
    void ratio_says(double estimate, double lower, double upper, String expected) {
        assertEquals(expected, Digits.ratio(new RatioEstimate(estimate, lower, upper)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0.0965; 0.0841; 0.1102; 9.7 % (8.4 % to 11 %)",
                "0; 0; 0.003; 0 % (at most 0.30 %)",
                "NaN; NaN; NaN; unknown (interval unknown)"
            })
    void mass_says(double estimate, double lower, double upper, String expected) {
        assertEquals(expected, Digits.mass(new MassEstimate(estimate, lower, upper, 1, 1, 1, 1, List.of())));
    }

    @ParameterizedTest
    @CsvSource({"0.95, 95 %", "0.9, 90 %", "0.999, 99.9 %"})
    void level_says(double level, String expected) {
        assertEquals(expected, Digits.level(level));
    }
}
