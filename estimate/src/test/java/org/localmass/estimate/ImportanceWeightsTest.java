package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.Sampling;

class ImportanceWeightsTest {
    private static Draws draws(Map<String, double[]> statistics) {
        int n = statistics.values().iterator().next().length;
        return Draws.of(
                List.of("x"),
                List.of(Chain.adopt(new double[][] {new double[n]}, null, statistics)),
                Sampling.INDEPENDENT);
    }

    @ParameterizedTest
    @CsvSource({"log_p__, log_g__", "log_p__, log_q__", "lp__, lp_approx__"})
    void of_knowsStansColumns(String target, String approximation) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put(target, new double[] {-1, -2, Double.NEGATIVE_INFINITY, Double.NaN, 5});
        columns.put(approximation, new double[] {-3, 0.5, 1, 1, Double.NEGATIVE_INFINITY});
        ImportanceWeights weights = ImportanceWeights.of(draws(columns)).orElseThrow();
        assertArrayEquals(new double[] {2, -2.5, Double.NEGATIVE_INFINITY}, weights.logWeights());
        assertEquals(target + " - " + approximation, weights.source());
    }

    @Test
    void of_zerosOrNoColumns_isEmpty() {
        Map<String, double[]> zeros = new LinkedHashMap<>();
        zeros.put("lp__", new double[30]);
        zeros.put("log_p__", new double[30]);
        zeros.put("log_g__", new double[30]);
        assertTrue(ImportanceWeights.of(draws(zeros)).isEmpty());
        assertTrue(
                ImportanceWeights.of(draws(Map.of("lp__", new double[] {1, 2}))).isEmpty());
    }

    @Test
    void diagnostic_ofFlatWeights_isNotAPass() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        double[] p = new double[500];
        double[] q = new double[500];
        for (int i = 0; i < 500; i++) {
            p[i] = -0.001 * i;
            q[i] = p[i] - 3;
        }
        columns.put("log_p__", p);
        columns.put("log_g__", q);
        ParetoDiagnostic diagnostic =
                ImportanceWeights.of(draws(columns)).orElseThrow().diagnostic();
        assertEquals(ParetoDiagnostic.Status.FLAT, diagnostic.status());
        assertTrue(Double.isNaN(diagnostic.kHat()) && !diagnostic.reliable());
    }

    @Test
    void diagnostic_ofZeroWeightsOnly_isUndefined() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("log_p__", new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN});
        columns.put("log_g__", new double[] {-1, -2, -3});
        ParetoDiagnostic diagnostic =
                ImportanceWeights.of(draws(columns)).orElseThrow().diagnostic();
        assertEquals(ParetoDiagnostic.Status.TOO_FEW, diagnostic.status());
    }

    @Test
    void weighted_movesTheMassToTheTarget() {
        // q uniform, p with density 2x: P(x > 1/2) = 3/4; one draw without a usable value
        int n = 4000;
        double[] x = new double[n];
        double[] p = new double[n];
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i + 0.5) / n;
            p[i] = Math.log(x[i]);
            q[i] = 1e-9 * i;
        }
        p[7] = Double.NaN;
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("log_p__", p);
        columns.put("log_g__", q);
        Draws draws =
                Draws.of(List.of("x"), List.of(Chain.adopt(new double[][] {x}, null, columns)), Sampling.INDEPENDENT);
        Draws weighted = ImportanceWeights.of(draws).orElseThrow().weighted(draws);
        assertEquals(Double.NEGATIVE_INFINITY, weighted.chains().get(0).logWeight(7));
        double mass = DrawsMass.withDefaults()
                .estimate(
                        weighted,
                        org.localmass.core.region.Interval.halfOpen(draws.names(), 0, 0.5, Double.POSITIVE_INFINITY))
                .estimate();
        assertEquals(0.75, mass, 1e-3);
    }
}
