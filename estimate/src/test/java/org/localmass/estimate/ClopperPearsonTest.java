package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ClopperPearsonTest {
    /** Largest relative error measured: 1.5e-14. */
    private static final double TOLERANCE = 5e-14;

    @ParameterizedTest(name = "{0} of {1}, delta {2}")
    @CsvFileSource(resources = "clopper-pearson.csv", useHeadersInDisplayName = false, numLinesToSkip = 2)
    void limits_matchReference(double hits, double size, double delta, double lower, double upper) {
        assertEquals(lower, ClopperPearson.lower(hits, size, delta), TOLERANCE * lower);
        assertEquals(upper, ClopperPearson.upper(hits, size, delta), TOLERANCE * upper);
    }

    @Test
    void limits_matchTheoryVectors() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(getClass().getResourceAsStream("estimation.json"))
                .get("cases");
        int seen = 0;
        for (JsonNode c : cases) {
            if (c.get("kind").asText().equals("clopper_pearson_95")) {
                double k = c.get("k").asDouble();
                double n = c.get("n").asDouble();
                double lower = c.at("/expected/lower").asDouble();
                double upper = c.at("/expected/upper").asDouble();
                assertEquals(lower, ClopperPearson.lower(k, n, 0.025), TOLERANCE * lower, "lower " + c);
                assertEquals(upper, ClopperPearson.upper(k, n, 0.025), TOLERANCE * upper, "upper " + c);
                seen++;
            }
        }
        assertTrue(seen >= 4, "cases seen: " + seen);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 10, 0.1, 'hits must lie in [0, 10.0], was -1.0'",
        "11, 10, 0.1, 'hits must lie in [0, 10.0], was 11.0'",
        "NaN, 10, 0.1, 'hits must lie in [0, 10.0], was NaN'",
        "1, 0, 0.1, 'size must be positive and finite, was 0.0'",
        "1, Infinity, 0.1, 'size must be positive and finite, was Infinity'",
        "1, 10, 0, 'delta must lie strictly between 0 and 1, was 0.0'"
    })
    void limits_rejectArguments(double hits, double size, double delta, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> ClopperPearson.lower(hits, size, delta))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> ClopperPearson.upper(hits, size, delta))
                        .getMessage());
    }
}
