package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

/** The text of a distribution reads back as the same distribution: same text, and the same masses bit for bit. */
class TextRoundTripTest {
    private static final double[] PLACES = {-3, -0.7, 0, 0.4, 1, 2.5};
    private static final double[] RADII = {1e-9, 0.3, 2};

    private static void assertSame(Distribution law) {
        String text = law.toString();
        Distribution back = DistributionText.parse(text);
        assertEquals(text, back.toString());
        assertEquals(law.dimension(), back.dimension(), text);
        if (law instanceof Univariate line) {
            assertSameLine(text, line, (Univariate) back);
            return;
        }
        for (double x : PLACES) {
            double[] point = new double[law.dimension()];
            for (int j = 0; j < point.length; j++) {
                point[j] = x + 0.1 * j;
            }
            assertEquals(law.logDensity(point), back.logDensity(point), text);
            assertEquals(ball(law, point, 0.8), ball(back, point, 0.8), text);
        }
    }

    /** The mass of a cube, or why it is not known. */
    private static String ball(Distribution law, double[] point, double radius) {
        try {
            return Double.toString(law.logBallMass(point, radius, Norm.linf()));
        } catch (NoClosedFormException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void assertSameLine(String text, Univariate line, Univariate back) {
        for (double x : PLACES) {
            assertEquals(line.logDensity(x), back.logDensity(x), text);
            assertEquals(line.logLower(x), back.logLower(x), text);
            assertEquals(line.logUpper(x), back.logUpper(x), text);
            for (double r : RADII) {
                assertEquals(line.logBallMass(x, r), back.logBallMass(x, r), text);
            }
        }
        assertEquals(line.atoms(), back.atoms(), text);
    }

    @Test
    void catalogue_readsBack() {
        for (JsonNode c : Vectors.cases("catalogue.json")) {
            assertSame(CatalogueCases.law(c));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void randomLineLaws_readBack(int depth) {
        RandomLaws laws = RandomLaws.of(20 + depth);
        for (int i = 0; i < 120; i++) {
            assertSame(laws.line(depth));
        }
    }

    @Test
    void randomDistributions_readBack() {
        RandomLaws laws = RandomLaws.of(9);
        int several = 0;
        for (int i = 0; i < 60; i++) {
            Distribution law = laws.any(2);
            several += law.dimension() > 1 ? 1 : 0;
            assertSame(law);
        }
        assertTrue(several > 20, "dimensions above 1: " + several);
    }

    @ParameterizedTest
    @CsvSource({"-3, -0.9", "0.1, 0.7", "-0.3, 0.1", "1e-5, 1.1", "-1e16, 1"})
    void uniform_keepsItsEnds(double alpha, double beta) {
        Univariate law = Distributions.uniform(alpha, beta);
        assertSame(law);
        assertEquals(beta, law.breakpoints()[1]);
        LocalLaw atEnd = law.localLaw(beta);
        assertEquals(-Math.log(beta - alpha), atEnd.logConstant(), 1e-15, "half of the ball about the end");
        assertEquals(Math.log(0.5), law.logBallMass(beta, 0.5 * (beta - alpha)), 1e-15);
    }

    @Test
    void spikeAndSlab_keepsItsWeights() {
        Univariate law = Compositions.univariateMixture(
                java.util.List.of(Compositions.point(0), Distributions.normal(0, 1)), new double[] {0.1, 0.9});
        assertEquals("mixture(0.1*point(0) + 0.9*normal(0, 1))", law.toString());
        assertEquals(
                0.1,
                ((Univariate) DistributionText.parse(law.toString()))
                        .atoms()
                        .get(0)
                        .mass());
        assertEquals(
                "spike_slab(0.9, normal(0, 1))",
                Compositions.spikeSlab(0.9, Distributions.normal(0, 1)).toString());
    }
}
