package org.localmass.vi.atom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.draws.Draws;

class ExactSpikeSlabTest {
    private static final RegressionCase CASE = RegressionCase.load();

    @Test
    void of_matchesEnumeration() {
        ExactSpikeSlab exact = CASE.exact;
        assertEquals(CASE.json.get("logZ").asDouble(), exact.logEvidence(), 1e-11);
        for (int j = 0; j < 6; j++) {
            assertEquals(CASE.vector("pip")[j], exact.inclusion(j), 1e-12);
            assertEquals(CASE.vector("logAtom")[j], exact.logAtomMass(j), 1e-11);
            assertEquals(CASE.vector("mean")[j], exact.mean(j), 1e-12);
            assertEquals(CASE.vector("sd")[j], Math.sqrt(exact.variance(j)), 1e-12);
        }
    }

    @Test
    void marginal_matchesMassesOfBalls() {
        for (JsonNode row : CASE.json.get("balls")) {
            double r = row.get("radius").asDouble();
            double mass = CASE.exact
                    .marginal(row.get("coefficient").asInt())
                    .ballMass(0, r)
                    .value();
            assertEquals(row.get("p").asDouble(), mass, 1e-12 * mass);
        }
    }

    @Test
    void logHalfSpaceMass_matchesEnumeration() {
        for (JsonNode row : CASE.json.get("halfSpaces")) {
            double[] normal = RegressionCase.vector(row.get("normal"));
            double expected = row.get("exact").asDouble();
            assertEquals(
                    expected,
                    CASE.exact.logHalfSpaceMass(normal, row.get("offset").asDouble()),
                    1e-11 * Math.abs(expected) + 1e-14);
        }
    }

    @Test
    void localLaw_atomsAndSubspaces() {
        double[] point = new double[6];
        assertEquals(0, CASE.exact.massIndex(point).kappa().estimate());
        assertEquals(
                CASE.exact.logProbability(new boolean[6]),
                CASE.exact.localLaw(point).logConstant(),
                1e-12);
        point[0] = 1.4;
        assertEquals(1, CASE.exact.massIndex(point).kappa().estimate());
        point[1] = -0.6;
        assertEquals(2, CASE.exact.massIndex(point).kappa().estimate());
        // one coefficient: C is twice the density of the slab, as of its marginal law
        SpikeSlabRegression one =
                SpikeSlabRegression.of(new double[][] {{1}, {2}, {-1}}, new double[] {0.5, 1, 0}, 1, 0.4, 2);
        ExactSpikeSlab posterior = ExactSpikeSlab.of(one);
        assertEquals(
                posterior.marginal(0).localLaw(0.3).logConstant(),
                posterior.localLaw(new double[] {0.3}).logConstant(),
                1e-13);
        assertEquals(
                Math.exp(posterior.logAtomMass(0)),
                posterior.massIndex(new double[1]).atomMass().estimate(),
                1e-15);
    }

    @Test
    void draws_haveTheMasses() {
        int n = 40_000;
        Draws draws = CASE.exact.draws(n, 3);
        for (int j = 0; j < 6; j++) {
            double[] column = draws.column(j);
            int off = 0;
            double sum = 0;
            for (double x : column) {
                off += x == 0 ? 1 : 0;
                sum += x;
            }
            double atom = Math.exp(CASE.exact.logAtomMass(j));
            assertEquals(atom, off / (double) n, 4 * Math.sqrt(atom * CASE.exact.inclusion(j) / n) + 1e-12);
            assertEquals(CASE.exact.mean(j), sum / n, 4 * Math.sqrt(CASE.exact.variance(j) / n));
        }
        double[] normal = {1, 0, 2, 0, -0.5, 0};
        double p = Math.exp(CASE.exact.logHalfSpaceMass(normal, 1.4));
        int inside = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < 6; j++) {
                sum += normal[j] * draws.chains().get(0).value(i, j);
            }
            inside += sum <= 1.4 ? 1 : 0;
        }
        assertEquals(p, inside / (double) n, 4 * Math.sqrt(p * (1 - p) / n));
    }

    @Test
    void draws_sameSeedSameBytes() {
        assertTrue(java.util.Arrays.equals(
                CASE.exact.draws(50, 9).column(2), CASE.exact.draws(50, 9).column(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.3, 1, noiseVariance must be positive",
        "1, 1, 1, inclusion must lie strictly between 0 and 1",
        "1, 0.3, -1, slabVariance must be positive"
    })
    void regression_rejects(double noise, double inclusion, double slab, String message) {
        double[][] x = {{1}, {2}};
        double[] y = {1, 2};
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> SpikeSlabRegression.of(x, y, noise, inclusion, slab));
        assertTrue(String.valueOf(e.getMessage()).startsWith(message), e.getMessage());
    }

    @Test
    void of_rejectsManyCoefficients() {
        SpikeSlabRegression wide = SpikeSlabRegression.of(new double[1][21], new double[1], 1, 0.5, 1);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ExactSpikeSlab.of(wide));
        assertEquals("number of coefficients must be at most 20, was 21", e.getMessage());
    }

    @Test
    void regression_rejectsShapes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SpikeSlabRegression.of(new double[][] {{1}}, new double[] {1, 2}, 1, 0.5, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> SpikeSlabRegression.of(new double[][] {{1}, {1, 2}}, new double[] {1, 2}, 1, 0.5, 1));
    }
}
