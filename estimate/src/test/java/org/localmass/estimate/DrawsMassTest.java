package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Interval;

class DrawsMassTest {
    private static final List<String> X = List.of("x");

    private static Draws draws(Sampling sampling, double[]... chains) {
        List<Chain> list = new ArrayList<>();
        for (double[] chain : chains) {
            list.add(Chain.adopt(chain));
        }
        return Draws.of(X, list, sampling);
    }

    private static Interval above(double edge) {
        return Interval.halfOpen(X, 0, edge, Double.POSITIVE_INFINITY);
    }

    private static double[] uniforms(long seed, int n) {
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        return rng.doubles(n).toArray();
    }

    @ParameterizedTest
    @CsvSource({"0.999", "0.9", "0.5", "0.1"})
    void independent_isClopperPearsonAtRawCounts(double edge) {
        double[] u = uniforms(7, 2000);
        int hits = (int) Arrays.stream(u).filter(v -> v > edge).count();
        MassEstimate mass = DrawsMass.withDefaults().estimate(draws(Sampling.INDEPENDENT, u), above(edge));
        assertEquals(hits / 2000.0, mass.estimate(), 1e-15);
        assertEquals(ClopperPearson.lower(hits, 2000, 0.025), mass.lower(), 1e-13);
        assertEquals(ClopperPearson.upper(hits, 2000, 0.025), mass.upper(), 1e-13);
        assertEquals(hits, mass.effectiveHits(), 1e-9);
        assertEquals(hits, mass.hits());
    }

    @Test
    void noHits_isAnUpperLimitAtTheCoordinatesTime() {
        double[] u = uniforms(8, 1000);
        MassEstimate mass = DrawsMass.withDefaults().estimate(draws(Sampling.MARKOV_CHAIN, u), above(2), 5);
        assertEquals(0, mass.estimate());
        assertEquals(0, mass.lower());
        assertEquals(-Math.expm1(Math.log(0.025) / 200), mass.upper(), 1e-15);
        assertEquals(List.of(Caution.NO_HITS), mass.cautions());
    }

    @Test
    void allHits_mirrorsNoHits() {
        double[] u = uniforms(8, 1000);
        MassEstimate mass = DrawsMass.withDefaults().estimate(draws(Sampling.MARKOV_CHAIN, u), above(-1), 5);
        assertEquals(1, mass.estimate());
        assertEquals(1, mass.upper());
        assertEquals(Math.exp(Math.log(0.025) / 200), mass.lower(), 1e-15);
        assertEquals(1000, mass.hits());
    }

    @Test
    void oneExcursion_countsAsOneVisit() {
        double[] chain = uniforms(9, 1000);
        Arrays.fill(chain, 400, 440, 9);
        MassEstimate mass = DrawsMass.withDefaults().estimate(draws(Sampling.MARKOV_CHAIN, chain), above(2), 2);
        assertEquals(1, mass.visits());
        assertEquals(40, mass.hits());
        assertTrue(mass.effectiveHits() <= 1, "effective hits " + mass.effectiveHits());
        assertTrue(mass.cautions().contains(Caution.FEW_VISITS));
    }

    @Test
    void fewHits_useTheRuleOfVisits() {
        double[] chain = uniforms(10, 2000);
        for (int t : new int[] {100, 101, 900, 1700}) {
            chain[t] = 9;
        }
        // 4 hits in 3 visits; the batches' dispersion and Geyer's sequence stay below the rule
        MassEstimate mass = DrawsMass.withDefaults().estimate(draws(Sampling.MARKOV_CHAIN, chain), above(2), 1);
        double indicator = DrawsMass.indicatorTime(
                draws(Sampling.MARKOV_CHAIN, chain), Membership.of(draws(Sampling.UNKNOWN, chain), above(2)), 1);
        double tau = Math.max(indicator, 4 / 3.0) * (1 + 2 / Math.sqrt(3));
        assertEquals(4 / tau, mass.effectiveHits(), 1e-12);
        assertEquals(3, mass.visits());
    }

    @Test
    void chainsThatDisagree_areNamed() {
        double[] inside = uniforms(11, 500);
        double[] outside = uniforms(12, 500);
        for (int t = 0; t < 500; t++) {
            inside[t] += 5;
        }
        MassEstimate mass = DrawsMass.withDefaults()
                .estimate(draws(Sampling.MARKOV_CHAIN, inside, outside, uniforms(13, 500)), above(2));
        assertTrue(mass.cautions().contains(Caution.ONE_CHAIN));
        assertTrue(mass.cautions().contains(Caution.CHAINS_DISAGREE));
        assertTrue(mass.effectiveHits() < 20, "effective hits " + mass.effectiveHits());
    }

    @Test
    void equalWeights_changeNothing() {
        double[] u = uniforms(14, 800);
        double[] weights = new double[800];
        Arrays.fill(weights, -700);
        Draws weighted = Draws.of(
                X, List.of(Chain.adopt(new double[][] {u.clone()}, weights, java.util.Map.of())), Sampling.INDEPENDENT);
        MassEstimate expected = DrawsMass.withDefaults().estimate(draws(Sampling.INDEPENDENT, u), above(0.9));
        MassEstimate actual = DrawsMass.withDefaults().estimate(weighted, above(0.9));
        assertEquals(expected.estimate(), actual.estimate(), 1e-14);
        assertEquals(expected.lower(), actual.lower(), 1e-12);
        assertEquals(expected.upper(), actual.upper(), 1e-12);
    }

    @Test
    void weights_shiftTheMassAndItsError() {
        // density 2x by weighting uniform draws: P(x > 1/2) = 3/4
        double[] u = uniforms(15, 20_000);
        double[] weights = Arrays.stream(u).map(Math::log).toArray();
        Draws weighted = Draws.of(
                X, List.of(Chain.adopt(new double[][] {u}, weights, java.util.Map.of())), Sampling.INDEPENDENT);
        MassEstimate mass = DrawsMass.withDefaults().estimate(weighted, above(0.5));
        // delta method: variance of the ratio estimate is E[w^2 (1-p)^2; in] + E[w^2 p^2; out], w = 2u
        double variance = (4 * (1 - 0.125) / 3 / 16 + 4 * 0.125 / 3 * 9 / 16) / 20_000;
        assertEquals(0.75, mass.estimate(), 4 * Math.sqrt(variance));
        assertEquals(0.75 * 0.25 / variance, mass.effectiveSize(), 0.05 * 0.75 * 0.25 / variance);
        assertTrue(mass.lower() < 0.75 && mass.upper() > 0.75);
    }

    @Test
    void zeroWeights_doNotCount() {
        double[] weights = {0, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY};
        Draws weighted = Draws.of(
                X,
                List.of(Chain.adopt(new double[][] {{1, 2, 3, 4}}, weights, java.util.Map.of())),
                Sampling.INDEPENDENT);
        assertEquals(
                0.5, DrawsMass.withDefaults().estimate(weighted, above(1.5)).estimate());
    }

    @Test
    void otherDimension_isRejected() {
        Interval two = Interval.halfOpen(List.of("a", "b"), 1, 0, 1);
        Draws one = draws(Sampling.UNKNOWN, new double[] {1, 2});
        assertEquals(
                "dimension must be 1, was 2",
                assertThrows(IllegalArgumentException.class, () -> DrawsMass.withDefaults()
                                .estimate(one, two))
                        .getMessage());
    }

    @Test
    void level_widensTheInterval() {
        Draws u = draws(Sampling.INDEPENDENT, uniforms(16, 500));
        MassEstimate wide = DrawsMass.withDefaults().withLevel(0.999).estimate(u, above(0.8));
        MassEstimate narrow = DrawsMass.withDefaults().withLevel(0.5).estimate(u, above(0.8));
        assertTrue(wide.lower() < narrow.lower() && wide.upper() > narrow.upper());
        assertThrows(
                IllegalArgumentException.class, () -> DrawsMass.withDefaults().withLevel(1));
    }
}
