package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The fast part of the study of divergences; the full table is docs/quality/divergence.md. */
class DivergenceStudyTest {
    @Test
    void properties_holdOnRandomPairs() {
        DivergenceStudy.Outcome outcome = DivergenceStudy.run(50_000, 7);
        assertEquals(50_000, outcome.pairs());
        outcome.violations().forEach((property, count) -> assertEquals(0, count, property.name()));
    }

    @Test
    void run_isTheSameForTheSameSeed() {
        assertEquals(DivergenceStudy.run(12_000, 3), DivergenceStudy.run(12_000, 3));
    }
}
