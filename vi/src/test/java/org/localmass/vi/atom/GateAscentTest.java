package org.localmass.vi.atom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.localmass.core.draws.Draws;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.region.Ball;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Norm;

class GateAscentTest {
    private static final RegressionCase CASE = RegressionCase.load();
    private static final GateFit FIT =
            GateAscent.withDefaults().withTolerance(1e-14).fit(CASE.model);

    @Test
    void fit_matchesReference() {
        JsonNode gates = CASE.json.get("gates");
        GatePosterior q = FIT.posterior();
        assertTrue(FIT.converged());
        for (int j = 0; j < 6; j++) {
            assertEquals(gates.get("alpha").get(j).asDouble(), q.inclusion(j), 1e-12);
            assertEquals(gates.get("logOdds").get(j).asDouble(), q.logOdds(j), 1e-10);
            assertEquals(gates.get("mean").get(j).asDouble(), q.slabMean(j), 1e-12);
            assertEquals(gates.get("variance").get(j).asDouble(), q.slabVariance(j), 1e-14);
        }
        assertEquals(gates.get("elbo").asDouble(), FIT.elbo(), 1e-10);
        assertEquals(0, FIT.elboError());
    }

    @Test
    void fit_closeToTheExactPosterior() {
        double gap = CASE.exact.logEvidence() - FIT.elbo();
        assertTrue(gap > 0, "a lower bound");
        assertEquals(0.034, gap, 5e-4);
        double worst = 0;
        for (int j = 0; j < 6; j++) {
            worst = Math.max(worst, Math.abs(FIT.posterior().inclusion(j) - CASE.exact.inclusion(j)));
        }
        assertEquals(0.0134, worst, 5e-5);
    }

    @Test
    void fit_neverFalls() {
        double last = Double.NEGATIVE_INFINITY;
        for (int sweeps = 1; sweeps < 8; sweeps++) {
            GateFit fit = GateAscent.withDefaults().withMaxSweeps(sweeps).fit(CASE.model);
            assertTrue(fit.elbo() >= last - 1e-11);
            last = fit.elbo();
            assertFalse(sweeps < 5 && fit.converged(), "sweep " + sweeps);
        }
        assertTrue(GateAscent.withDefaults().fit(CASE.model).iterations() < 15);
    }

    @Test
    void logMass_ballsAndAtoms() {
        for (JsonNode row : CASE.json.get("balls")) {
            int j = row.get("coefficient").asInt();
            Ball ball = Ball.of(
                    GatePosterior.names(6),
                    new int[] {j},
                    new double[1],
                    row.get("radius").asDouble(),
                    Norm.l2());
            assertEquals(Math.log(row.get("gates").asDouble()), FIT.posterior().logMass(ball), 1e-12);
        }
        assertEquals(
                FIT.posterior().logAtomMass(2),
                FIT.posterior().logMass(Interval.atom(GatePosterior.names(6), 2, 0)),
                1e-14);
    }

    @Test
    void logMass_halfSpaces() {
        for (JsonNode row : CASE.json.get("halfSpaces")) {
            HalfSpace half = HalfSpace.of(
                    GatePosterior.names(6),
                    RegressionCase.vector(row.get("normal")),
                    row.get("offset").asDouble());
            double expected = row.get("gates").asDouble();
            assertEquals(expected, FIT.posterior().logMass(half), 1e-10 * Math.abs(expected) + 1e-14);
        }
        // one coordinate: 0 is inside
        HalfSpace one = HalfSpace.of(GatePosterior.names(6), new double[] {0, 0, 1, 0, 0, 0}, 0);
        double off = Math.exp(FIT.posterior().logAtomMass(2));
        assertTrue(FIT.posterior().logMass(one) > Math.log(off));
    }

    @Test
    void logMass_halfSpaceOfManyCoordinatesIsRefused() {
        double[] ones = new double[21];
        Arrays.fill(ones, 1);
        GatePosterior wide = GatePosterior.of(new double[21], new double[21], ones);
        assertThrows(NoClosedFormException.class, () -> wide.logMass(HalfSpace.of(GatePosterior.names(21), ones, 1)));
    }

    @Test
    void massIndex_atomsAndDensities() {
        GatePosterior q = FIT.posterior();
        assertEquals(0, q.massIndex(2, 0).kappa().estimate());
        assertEquals(Math.exp(q.logAtomMass(2)), q.massIndex(2, 0).atomMass().estimate(), 1e-15);
        assertEquals(1, q.massIndex(2, 0.3).kappa().estimate());
        assertEquals(0, q.massIndex(2, 0.3).atomMass().estimate());
        assertEquals(
                2, q.massIndex(new double[] {1.4, -0.6, 0, 0, 0, 0}).kappa().estimate());
        double[] all = {-40, 0, 3};
        GatePosterior far = GatePosterior.of(all, new double[3], new double[] {1, 1, 1});
        assertEquals(0, far.massIndex(new double[3]).kappa().estimate());
    }

    @Test
    void draws_haveTheMasses() {
        int n = 40_000;
        Draws draws = FIT.posterior().draws(n, 5);
        for (int j = 0; j < 6; j++) {
            long off = Arrays.stream(draws.column(j)).filter(x -> x == 0).count();
            double alpha = FIT.posterior().inclusion(j);
            assertEquals(1 - alpha, off / (double) n, 4 * Math.sqrt(alpha * (1 - alpha) / n) + 1e-12);
            double mean = Arrays.stream(draws.column(j)).average().orElseThrow();
            assertEquals(
                    FIT.posterior().mean(j), mean, 4 * Math.sqrt(FIT.posterior().variance(j) / n));
        }
    }

    @Test
    void of_keepsGatesThatAreAllButShutOrOpen() {
        GatePosterior q = GatePosterior.of(new double[] {-800, 800, -400}, new double[3], new double[] {1, 1, 1});
        assertEquals(0, q.inclusion(0));
        assertEquals(-800, q.logAtomMass(1));
        assertEquals(Math.exp(-400), q.inclusion(2), 1e-185);
        assertEquals(1, q.massIndex(1, 0).kappa().estimate());
        assertFalse(Double.isNaN(q.klToPrior(0.5, 1)));
    }

    @Test
    void of_rejects() {
        double[] one = {1};
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> GatePosterior.of(new double[] {Double.NaN}, one, one));
        assertEquals("logOdds[0] must be a number, was NaN", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> GatePosterior.of(one, one, new double[1]));
        assertThrows(IllegalArgumentException.class, () -> GatePosterior.of(one, new double[2], one));
    }
}
