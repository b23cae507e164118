package org.localmass.vi.atom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.Compositions;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.Univariate;

class AtomContrastTest {
    private static final RegressionCase CASE = RegressionCase.load();
    private static final double[] RADII = {1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};

    private static Univariate continuous(int j) {
        double pip = CASE.exact.inclusion(j);
        return Compositions.univariateMixture(
                List.of(Distributions.normal(0, 0.05), CASE.exact.gaussian(j)), new double[] {1 - pip, pip});
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void of_matchesReference(int j) {
        Univariate p = CASE.exact.marginal(j);
        AtomContrast gaussian = AtomContrast.of(p, CASE.exact.gaussian(j), 0, RADII, 0.5);
        AtomContrast gates = AtomContrast.of(
                p, GateAscent.withDefaults().fit(CASE.model).posterior().marginal(j), 0, RADII, 0.5);
        AtomContrast spikes = AtomContrast.of(p, continuous(j), 0, RADII, 0.5);
        for (JsonNode row : CASE.json.get("balls")) {
            if (row.get("coefficient").asInt() != j) {
                continue;
            }
            int i = (int) Math.round(-Math.log10(row.get("radius").asDouble()));
            AtomContrast.Row actual = gaussian.rows().get(i);
            assertEquals(RADII[i], actual.radius());
            assertEquals(Math.log(row.get("p").asDouble()), actual.logMassP(), 1e-11);
            assertEquals(Math.log(row.get("gaussian").asDouble()), actual.logMassQ(), 1e-11);
            assertEquals(row.get("forward").asDouble(), actual.forward(), 1e-11 * actual.forward());
            assertEquals(row.get("backward").asDouble(), actual.backward(), 1e-11 * actual.backward());
            assertEquals(
                    Math.log(row.get("gates").asDouble() / row.get("p").asDouble()),
                    gates.rows().get(i).logRatio(),
                    1e-9);
            assertEquals(
                    Math.log(row.get("continuous").asDouble()),
                    spikes.rows().get(i).logMassQ(),
                    1e-11);
        }
        assertEquals(0, gaussian.referenceSlope(), 1e-6);
        assertEquals(1, gaussian.approximateSlope(), 1e-6);
        assertEquals(0, gates.approximateSlope(), 1e-6);
        assertEquals(1, spikes.approximateSlope(), 1e-6);
        assertTrue(gaussian.indexMismatch());
        assertTrue(spikes.indexMismatch());
        assertFalse(gates.indexMismatch());
        assertEquals(100 * 1e-8, gaussian.window().to());
    }

    @Test
    void of_ordersFromOneOnAreInfinite() {
        AtomContrast contrast =
                AtomContrast.of(CASE.exact.marginal(2), CASE.exact.gaussian(2), 0, new double[] {1e-2, 1e-4}, 1);
        assertEquals(Double.POSITIVE_INFINITY, contrast.rows().get(1).backward());
        assertEquals(1, contrast.rows().get(1).forward(), 1e-2);
    }

    @Test
    void of_rejects() {
        Univariate law = Distributions.normal(0, 1);
        assertThrows(IllegalArgumentException.class, () -> AtomContrast.of(law, law, 0, new double[0], 0.5));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> AtomContrast.of(law, law, 0, new double[] {1, 2}, 0.5));
        assertEquals("radii must decrease, were 1.0 and 2.0", e.getMessage());
    }
}
