package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Interval;

/** Scores and weighted masses: reference values by mpmath (tools/reference/weights.py), edge cases. */
class WeightedMassTest {
    private static final double ULPS = 64;

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (InputStream in = WeightedMassTest.class.getResourceAsStream("importance-weights.json")) {
            for (JsonNode node : new ObjectMapper().readTree(in).get("cases")) {
                cases.add(Arguments.of(node.get("name").asText(), node));
            }
        }
        assertEquals(3, cases.size());
        return cases.stream();
    }

    /** Draws with x = 1 inside and 0 outside, and the given log densities. */
    private static Draws draws(double[] x, double[] p, double[] q) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("log_target", p);
        columns.put("log_approx", q);
        return Draws.of(List.of("x"), List.of(Chain.adopt(new double[][] {x}, null, columns)), Sampling.INDEPENDENT);
    }

    private static Interval above(double edge) {
        return Interval.halfOpen(List.of("x"), 0, edge, Double.POSITIVE_INFINITY);
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).isBoolean()
                    ? (array.get(i).asBoolean() ? 1 : 0)
                    : array.get(i).asDouble();
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void scoresAndMass_matchReference(String name, JsonNode node) {
        Draws draws = draws(numbers(node.get("inside")), numbers(node.get("logP")), numbers(node.get("logQ")));
        ImportanceWeights weights = ImportanceWeights.of(draws).orElseThrow();
        close(node, "elbo", weights.elbo().estimate());
        close(node, "elboError", weights.elbo().standardError());
        close(node, "logZ", weights.logZ().estimate());
        close(node, "logZError", weights.logZ().standardError());
        close(node, "kl", weights.kl().estimate());
        close(node, "klError", weights.kl().standardError());
        MassEstimate mass = WeightedMass.of(draws, weights).estimate(above(0.5)).mass();
        close(node, "mass", mass.estimate());
        close(node, "effectiveSize", mass.effectiveSize());
        close(node, "lower", mass.lower());
        close(node, "upper", mass.upper());
        assertTrue(mass.cautions().contains(Caution.APPROXIMATE), mass.cautions()::toString);
        assertTrue(weights.complete());
    }

    /** Largest difference measured: 526 ulps, far from zero, where log p - log q itself is off by 2e-13. */
    private static void close(JsonNode node, String member, double actual) {
        double expected = Double.parseDouble(node.get(member).asText());
        double magnitude =
                node.get("name").asText().startsWith("far") && !member.matches("mass|lower|upper|effective.*")
                        ? 1500
                        : Math.abs(expected);
        assertEquals(expected, actual, ULPS * Math.ulp(magnitude) + 1e-13 * Math.abs(expected), member);
    }

    @Test
    void estimate_noDrawOrEveryDraw_isUnseen() {
        double[] x = new double[40];
        double[] p = new double[40];
        double[] q = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = i;
            p[i] = -0.1 * (i % 5);
            q[i] = -0.05 * (i % 3);
        }
        Draws draws = draws(x, p, q);
        WeightedMass mass = WeightedMass.of(draws, ImportanceWeights.of(draws).orElseThrow());
        for (double edge : new double[] {-1, 100}) {
            MassEstimate all = mass.estimate(above(edge)).mass();
            assertEquals(edge < 0 ? 1 : 0, all.estimate());
            assertEquals(0, all.lower());
            assertEquals(1, all.upper());
            assertEquals(List.of(Caution.UNSEEN), all.cautions());
        }
        assertFalse(mass.estimate(above(20)).mass().cautions().contains(Caution.UNSEEN));
    }

    @Test
    void estimate_heavyWeights_isDoubted() {
        var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(5));
        double[] x = new double[2000];
        double[] p = new double[2000];
        double[] q = new double[2000];
        for (int i = 0; i < 2000; i++) {
            x[i] = normal.sample();
            q[i] = -0.5 * x[i] * x[i];
            p[i] = q[i] / 25;
        }
        Draws draws = draws(x, p, q);
        ImportanceWeights weights = ImportanceWeights.of(draws).orElseThrow();
        WeightedMass.Estimate tail = WeightedMass.of(draws, weights).estimate(above(1));
        assertTrue(WeightedMass.tooHeavy(weights.diagnostic()), weights.diagnostic()::toString);
        assertTrue(tail.mass().cautions().contains(Caution.HEAVY_WEIGHTS));
        assertEquals(ParetoDiagnostic.Status.FITTED, tail.diagnostic().status());
    }

    @Test
    void estimate_complement_isTheRest() {
        var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(6));
        double[] x = new double[1000];
        double[] p = new double[1000];
        double[] q = new double[1000];
        for (int i = 0; i < 1000; i++) {
            x[i] = normal.sample();
            q[i] = -0.5 * x[i] * x[i];
            p[i] = -0.5 * (x[i] - 0.3) * (x[i] - 0.3);
        }
        Draws draws = draws(x, p, q);
        WeightedMass mass = WeightedMass.of(draws, ImportanceWeights.of(draws).orElseThrow());
        MassEstimate above = mass.estimate(above(0.7)).mass();
        MassEstimate below = mass.estimate(Interval.halfOpen(List.of("x"), 0, Double.NEGATIVE_INFINITY, 0.7))
                .mass();
        assertEquals(1, above.estimate() + below.estimate(), 1e-14);
        assertEquals(1, above.lower() + below.upper(), 1e-14);
        // Phi(-0.4)
        assertTrue(above.lower() < 0.34458 && above.upper() > 0.34458, above::toString);
    }

    @Test
    void of_namedColumns() {
        double[] x = {1, 2, 3};
        Draws draws = Draws.of(
                List.of("x", "lp"),
                List.of(Chain.adopt(
                        new double[][] {x, {-1, -2, -3}}, null, Map.of("guide", new double[] {-1, Double.NaN, -5}))),
                Sampling.INDEPENDENT);
        ImportanceWeights weights = ImportanceWeights.of(draws, "lp", "guide");
        assertEquals("lp - guide", weights.source());
        assertEquals(1, weights.unusable());
        assertEquals(List.of(0.0, 2.0), List.of(weights.logWeights()[0], weights.logWeights()[1]));
        assertEquals(
                "log approx must be a column of the approximation, 'none' is none; beside the parameters it has guide",
                assertThrows(IllegalArgumentException.class, () -> ImportanceWeights.of(draws, "lp", "none"))
                        .getMessage());
        Draws broken =
                draws(new double[] {1, 2}, new double[] {Double.NaN, 1}, new double[] {0, Double.NEGATIVE_INFINITY});
        assertEquals(
                "log_target - log_approx must be usable in at least one draw, was NaN or infinite in all 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ImportanceWeights.of(broken, "log_target", "log_approx"))
                        .getMessage());
    }

    @Test
    void scores_weightZero_isInfiniteKl() {
        Draws draws =
                draws(new double[] {1, 2, 3, 4}, new double[] {0, Double.NEGATIVE_INFINITY, -1, -2}, new double[] {
                    -1, -1, 0, 0
                });
        ImportanceWeights weights = ImportanceWeights.of(draws).orElseThrow();
        assertEquals(Double.POSITIVE_INFINITY, weights.kl().estimate());
        assertTrue(Double.isFinite(weights.logZ().estimate()));
        assertTrue(weights.positive());
    }
}
