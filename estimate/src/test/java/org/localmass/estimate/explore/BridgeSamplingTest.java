package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.UnnormalisedMeasure;

class BridgeSamplingTest {
    private static final UnnormalisedMeasure STANDARD = measure(2, x -> -0.5 * (x[0] * x[0] + x[1] * x[1]));

    private static UnnormalisedMeasure measure(int d, java.util.function.ToDoubleFunction<double[]> log) {
        return new UnnormalisedMeasure(LogDensity.of(d, log));
    }

    @Test
    void fixedPointAndError_matchReference() throws IOException {
        JsonNode root = new ObjectMapper().readTree(BridgeSamplingTest.class.getResourceAsStream("bridge.json"));
        assertEquals(3, root.get("cases").size());
        for (JsonNode c : root.get("cases")) {
            double[] l1 = doubles(c.get("l1"));
            Bridge bridge = Bridge.of(
                    new double[][] {l1},
                    doubles(c.get("l2")),
                    c.get("effective").asDouble(),
                    1000,
                    1e-10);
            assertTrue(bridge.converged());
            double expected = c.get("logRatio").asDouble();
            assertEquals(expected, bridge.logRatio(), 1e-9 + 1e-13 * Math.abs(expected));
            // the draws' own autocorrelation enters the second part: at least its value for independent draws
            double least = Math.sqrt(
                    c.get("firstPart").asDouble() + c.get("secondPart").asDouble() / l1.length);
            double most = Math.sqrt(
                    c.get("firstPart").asDouble() + 3 * c.get("secondPart").asDouble() / l1.length);
            assertTrue(bridge.relativeError() >= least * (1 - 1e-9), bridge.toString());
            assertTrue(bridge.relativeError() <= most, bridge.toString());
        }
    }

    private static double[] doubles(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    private static Draws committed(String name) throws IOException {
        Map<String, List<double[]>> rows = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(BridgeSamplingTest.class.getResourceAsStream("bridge-draws.csv")),
                StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                if (cells[0].equals(name)) {
                    rows.computeIfAbsent(cells[1], k -> new ArrayList<>()).add(new double[] {
                        Double.parseDouble(cells[2]), Double.parseDouble(cells[3]), Double.parseDouble(cells[4])
                    });
                }
            }
        }
        List<Chain> chains = new ArrayList<>();
        for (List<double[]> chain : rows.values()) {
            double[][] columns = new double[3][chain.size()];
            for (int i = 0; i < chain.size(); i++) {
                for (int j = 0; j < 3; j++) {
                    columns[j][i] = chain.get(i)[j];
                }
            }
            chains.add(Chain.adopt(columns));
        }
        return Draws.of(List.of("x1", "x2", "x3"), chains, Sampling.MARKOV_CHAIN);
    }

    private static UnnormalisedMeasure kernel(String name) {
        return switch (name) {
            case "normal" ->
                measure(3, x -> -0.5 * (x[0] - 1) * (x[0] - 1) - (x[1] + 1) * (x[1] + 1) / 8 - x[2] * x[2] / 0.5);
            case "skew" -> measure(3, x -> x[0] + x[1] + x[2] - Math.exp(x[0]) - Math.exp(x[1]) - Math.exp(x[2]));
            case "student" -> measure(3, x -> -4 * Math.log1p((x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) / 5));
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "bridge-r.csv", numLinesToSkip = 2)
    void estimate_agreesWithBridgesampling(String name, double logZ, double error, double exact) throws IOException {
        NormalisingConstant z = BridgeSampling.withDefaults().estimate(kernel(name), committed(name));
        assertEquals(List.of(), z.cautions());
        assertEquals(exact, z.logZ(), 4 * z.standardError());
        assertEquals(logZ, z.logZ(), 4 * Math.hypot(z.standardError(), error));
        // of the same size as R's, which measures the autocorrelation in another way
        assertTrue(z.standardError() > error / 1.5 && z.standardError() < error * 1.5, z + " against " + error);
        assertTrue(z.lower() < z.logZ() && z.logZ() < z.upper());
        assertEquals(800, z.evaluations());
    }

    @Test
    void estimate_ofTheSeed_isTheSame() throws IOException {
        Draws draws = committed("skew");
        NormalisingConstant z = BridgeSampling.withDefaults().estimate(kernel("skew"), draws);
        assertEquals(z, BridgeSampling.withDefaults().withSeed(1).estimate(kernel("skew"), draws));
        assertTrue(z.logZ()
                != BridgeSampling.withDefaults()
                        .withSeed(2)
                        .estimate(kernel("skew"), draws)
                        .logZ());
    }

    @Test
    void estimate_isShiftedWithTheDensity() throws IOException {
        UnnormalisedMeasure kernel = kernel("student");
        UnnormalisedMeasure far = measure(3, x -> kernel.logDensity().value(x) - 5000);
        Draws draws = committed("student");
        assertEquals(
                BridgeSampling.withDefaults().estimate(kernel, draws).logZ() - 5000,
                BridgeSampling.withDefaults().estimate(far, draws).logZ(),
                1e-9);
    }

    @Test
    void estimate_withHardlyAnyOverlap_isCautioned() {
        // a thin ring in the plane: the normal proposal hardly meets it
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3L);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] columns = new double[2][60];
        for (int i = 0; i < 60; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = 1 + 1e-4 * gaussian.sample();
            columns[0][i] = radius * Math.cos(angle);
            columns[1][i] = radius * Math.sin(angle);
        }
        Draws draws = Draws.of(List.of("x", "y"), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
        NormalisingConstant z = BridgeSampling.withDefaults()
                .estimate(measure(2, x -> -0.5 * Math.pow((Math.hypot(x[0], x[1]) - 1) / 1e-4, 2)), draws);
        assertTrue(z.cautions().contains(Caution.POOR_OVERLAP), z.toString());
    }

    private static Draws plane(int n, double second) {
        double[][] columns = new double[2][n];
        for (int i = 0; i < n; i++) {
            columns[0][i] = Math.sin(1.7 * i);
            columns[1][i] = second * Math.cos(2.3 * i);
        }
        return Draws.of(List.of("x", "y"), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    private static String refusal(UnnormalisedMeasure target, Draws draws) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> BridgeSampling.withDefaults()
                        .estimate(target, draws))
                .getMessage());
    }

    @Test
    void estimate_refusesWhatItCannotUse() {
        assertEquals("draws must number at least 24 in dimension 2, was 10", refusal(STANDARD, plane(10, 1)));
        assertEquals(
                "draws must have a covariance of full rank, 'y' is constant or determined by the parameters before it",
                refusal(STANDARD, plane(100, 0)));
        assertEquals("dimension must be 3, was 2", refusal(kernel("skew"), plane(100, 1)));
        assertTrue(refusal(measure(2, x -> Double.NaN), plane(100, 1))
                .startsWith("log density must be finite at its draws, was NaN at ["));
        assertTrue(refusal(measure(2, x -> Double.NEGATIVE_INFINITY), plane(100, 1))
                .startsWith("log density must be finite at its draws, was -Infinity at ["));
    }

    @Test
    void ofWeights_isTheMeanWeightWithItsError() {
        // 20 weights or fewer are not smoothed
        double[] logs = {0, -1, 2, 0.5, -3, 1};
        NormalisingConstant z = NormalisingConstant.ofWeights(logs, 0.95);
        // NumPy: w = exp(logs); log(w.mean()), w.std(ddof=1)/sqrt(6)/w.mean(), half-width with 1.959963984540054
        assertEquals(0.7864649000380859, z.logZ(), 1e-14);
        assertEquals(0.5052493438887691, z.standardError(), 1e-13);
        assertEquals(0.7864649000380859 - 1.959963984540054 * 0.5052493438887691, z.lower(), 1e-12);
        assertEquals(List.of(), z.cautions());
    }

    @Test
    void ofWeights_withAHeavyTail_isCautioned() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(4L);
        double[] logs = new double[1000];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = -1.5 * Math.log(random.nextDouble());
        }
        assertEquals(
                List.of(Caution.HEAVY_WEIGHTS),
                NormalisingConstant.ofWeights(logs, 0.95).cautions());
    }

    @Test
    void ofWeights_ofAnExactApproximation_hasNoError() {
        double[] logs = new double[100];
        java.util.Arrays.fill(logs, 3.5);
        NormalisingConstant z = NormalisingConstant.ofWeights(logs, 0.95);
        assertEquals(3.5, z.logZ(), 1e-14);
        assertEquals(0, z.standardError(), 1e-8);
    }
}
