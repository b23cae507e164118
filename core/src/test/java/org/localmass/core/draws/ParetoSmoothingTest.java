package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.ParetoDiagnostic.Status;

class ParetoSmoothingTest {
    private static final double TOLERANCE = 1e-12;

    /** An offset of 1e5 leaves log weights 11 digits. */
    private static final double WEIGHT_TOLERANCE = 1e-11;

    /** The Stan runs' files hold 12 digits of log p and log q. */
    private static final double FILE_TOLERANCE = 1e-8;

    static List<Arguments> references() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ParetoSmoothingTest.class.getResourceAsStream("psis.json"))) {
            for (JsonNode node : new ObjectMapper().readTree(in).get("cases")) {
                cases.add(Arguments.of(Named.of(node.get("name").asText(), node)));
            }
        }
        return cases;
    }

    private static double[] values(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("references")
    void of_matchesLoo(JsonNode expected) {
        double[] given = values(expected.get("log_ratios"));
        double[] before = given.clone();
        ParetoSmoothing smoothing =
                ParetoSmoothing.of(given, expected.get("r_eff").asDouble());
        ParetoDiagnostic actual = smoothing.diagnostic();
        double k = expected.get("k").asDouble();
        double kish = expected.get("kish").asDouble();
        assertEquals(Status.FITTED, actual.status());
        assertEquals(k, actual.kHat(), TOLERANCE * Math.max(1, Math.abs(k)));
        assertEquals(expected.get("tail").asInt(), actual.tailLength());
        assertEquals(kish, actual.effectiveSize(), WEIGHT_TOLERANCE * kish);
        assertEquals(kish / given.length, actual.effectiveFraction(), WEIGHT_TOLERANCE);
        double[] weights = values(expected.get("log_weights"));
        double[] smoothed = smoothing.logWeights();
        for (int i = 0; i < weights.length; i++) {
            assertEquals(weights[i], smoothed[i], TOLERANCE * Math.max(1, Math.abs(weights[i])));
        }
        assertArrayEquals(before, given);
    }

    private static double[] normal(long seed, int count, double sd) {
        var random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            values[i] = sd * radius * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return values;
    }

    private static double[] with(double[] values, int from, double value) {
        double[] changed = values.clone();
        Arrays.fill(changed, from, changed.length, value);
        return changed;
    }

    static Stream<Arguments> undefined() {
        double[] base = normal(5, 200, 1);
        double[] noise = normal(6, 200, 1e-10);
        double[] clipped = base.clone();
        double[] rounded = base.clone();
        for (int i = 0; i < 200; i++) {
            clipped[i] = Math.min(clipped[i], 0);
            rounded[i] = Math.rint(rounded[i] * 2) / 2;
        }
        return Stream.of(
                Arguments.of("equal weights", new double[100], Status.FLAT),
                Arguments.of("equal weights of 1e-300", with(new double[100], 0, -690.8), Status.FLAT),
                Arguments.of("equal up to rounding", noise, Status.FLAT),
                Arguments.of(
                        "equal positive weights among zeros", with(new double[100], 60, minusInfinity()), Status.FLAT),
                Arguments.of("one value clipped at the top", clipped, Status.TIED),
                Arguments.of("a quarter of the tail tied with the next", rounded, Status.TIED),
                Arguments.of("S = 1", new double[] {0.3}, Status.TOO_FEW),
                Arguments.of("S = 20", normal(7, 20, 1), Status.TOO_FEW),
                Arguments.of("five positive weights", with(normal(8, 100, 1), 5, minusInfinity()), Status.TOO_FEW),
                Arguments.of("one positive weight", with(normal(9, 100, 1), 1, minusInfinity()), Status.TOO_FEW));
    }

    private static double minusInfinity() {
        return Double.NEGATIVE_INFINITY;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("undefined")
    void of_undefinedIsNeverAPass(String name, double[] logWeights, Status status) {
        ParetoSmoothing smoothing = ParetoSmoothing.of(logWeights);
        ParetoDiagnostic diagnostic = smoothing.diagnostic();
        assertEquals(status, diagnostic.status());
        assertEquals(Double.NaN, diagnostic.kHat());
        assertFalse(diagnostic.reliable());
        assertEquals(0, diagnostic.tailLength());
        assertArrayEquals(logWeights, smoothing.logWeights());
        assertTrue(diagnostic.effectiveSize() > 0.999999 && diagnostic.effectiveSize() <= logWeights.length + 1e-9);
    }

    /** loo gives Inf here, as the other weights underflow. */
    @ParameterizedTest
    @ValueSource(doubles = {800, 1e4, 1e8})
    void of_dominatingWeightHasFiniteShape(double largest) {
        double[] logWeights = normal(10, 400, 1);
        logWeights[17] = largest;
        ParetoSmoothing smoothing = ParetoSmoothing.of(logWeights);
        ParetoDiagnostic diagnostic = smoothing.diagnostic();
        assertEquals(Status.FITTED, diagnostic.status());
        assertTrue(diagnostic.kHat() > 1 && Double.isFinite(diagnostic.kHat()));
        assertFalse(diagnostic.reliable());
        for (double w : smoothing.logWeights()) {
            assertTrue(w <= largest);
        }
    }

    @Test
    void of_wideRangeOfWeights() {
        ParetoDiagnostic diagnostic = ParetoSmoothing.of(normal(11, 400, 1e4)).diagnostic();
        assertEquals(Status.FITTED, diagnostic.status());
        assertTrue(diagnostic.kHat() > 100 && Double.isFinite(diagnostic.kHat()));
    }

    @Test
    void of_zeroWeightsBelowTheTailChangeNothingButTheSize() {
        double[] logWeights = normal(12, 400, 1);
        double[] sorted = logWeights.clone();
        Arrays.sort(sorted);
        ParetoSmoothing full = ParetoSmoothing.of(logWeights);
        double[] cut = logWeights.clone();
        for (int i = 0; i < cut.length; i++) {
            if (cut[i] < sorted[300]) {
                cut[i] = Double.NEGATIVE_INFINITY;
            }
        }
        ParetoSmoothing zeros = ParetoSmoothing.of(cut);
        assertEquals(full.diagnostic().kHat(), zeros.diagnostic().kHat());
        assertEquals(full.diagnostic().tailLength(), zeros.diagnostic().tailLength());
        assertTrue(zeros.diagnostic().effectiveSize() < 100);
    }

    @Test
    void of_shortensTailToPositiveWeights() {
        double[] logWeights = with(normal(13, 1000, 1), 31, Double.NEGATIVE_INFINITY);
        ParetoDiagnostic diagnostic = ParetoSmoothing.of(logWeights).diagnostic();
        assertEquals(Status.FITTED, diagnostic.status());
        assertEquals(30, diagnostic.tailLength());
    }

    @Test
    void normalisedLogWeights_sumToOne() {
        ParetoSmoothing smoothing = ParetoSmoothing.of(normal(14, 500, 2));
        double sum = 0;
        for (double w : smoothing.normalisedLogWeights()) {
            sum += Math.exp(w);
        }
        assertEquals(1, sum, 1e-13);
        double mean = 0;
        for (double w : smoothing.logWeights()) {
            mean += Math.exp(w) / 500;
        }
        assertEquals(Math.log(mean), smoothing.logMean(), 1e-13);
    }

    @Test
    void of_drawsWithWeights() {
        double[] logWeights = normal(15, 300, 1);
        Chain first = Chain.adopt(new double[][] {new double[100]}, Arrays.copyOfRange(logWeights, 0, 100), Map.of());
        Chain second =
                Chain.adopt(new double[][] {new double[200]}, Arrays.copyOfRange(logWeights, 100, 300), Map.of());
        Draws draws = Draws.of(List.of("x"), List.of(first, second), Sampling.INDEPENDENT);
        assertEquals(
                ParetoSmoothing.of(logWeights).diagnostic(),
                ParetoSmoothing.of(draws).diagnostic());
        Draws unweighted = Draws.of(List.of("x"), List.of(Chain.adopt(logWeights)), Sampling.INDEPENDENT);
        var e = assertThrows(IllegalArgumentException.class, () -> ParetoSmoothing.of(unweighted));
        assertEquals("draws must carry weights, was none", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "10, 0", "100, 0.5", "2000, 0.697", "2200, 0.7", "1000000, 0.7"})
    void threshold_growsWithDraws(int size, double expected) {
        assertEquals(expected, ParetoSmoothing.of(new double[size]).diagnostic().threshold(), 1e-3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void of_rejectsWeight(double value) {
        var e = assertThrows(IllegalArgumentException.class, () -> ParetoSmoothing.of(new double[] {0, value}));
        assertEquals("logWeights[1] must be finite or -Infinity, was " + value, e.getMessage());
    }

    @Test
    void of_rejectsEmptyZeroAndEfficiency() {
        assertThrows(IllegalArgumentException.class, () -> ParetoSmoothing.of(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> ParetoSmoothing.of(with(new double[9], 0, minusInfinity())));
        assertThrows(IllegalArgumentException.class, () -> ParetoSmoothing.of(new double[9], 0));
    }

    /** k-hat that loo::psis(log p - log q over finite values, r_eff = 1) gave when the runs were made. */
    @Test
    void of_matchesStanRuns() throws IOException {
        String testdata = System.getProperty("localmass.testdata", "");
        assumeFalse(testdata.isEmpty(), "needs -Dlocalmass.testdata=DIR with data/stan/out");
        List<Path> runs;
        try (Stream<Path> folders = Files.list(Path.of(testdata, "data", "stan", "out"))) {
            runs = folders.sorted().toList();
        }
        int compared = 0;
        for (Path run : runs) {
            JsonNode status =
                    new ObjectMapper().readTree(run.resolve("status.json").toFile());
            for (String[] method : new String[][] {
                {"meanfield", "advi_meanfield"},
                {"fullrank", "advi_fullrank"},
                {"laplace", "laplace"},
                {"optimizing", "optimizing_laplace"}
            }) {
                JsonNode k = status.path(method[0]).path("pareto_k");
                if (k.isNumber()) {
                    double[] ratios = logRatios(run.resolve(method[1] + "_unconstrained.csv.gz"));
                    ParetoDiagnostic actual = ParetoSmoothing.of(ratios).diagnostic();
                    assertEquals(
                            k.asDouble(),
                            actual.kHat(),
                            FILE_TOLERANCE * Math.max(1, Math.abs(k.asDouble())),
                            run.getFileName() + " " + method[0]);
                    compared++;
                }
            }
        }
        assertEquals(21, compared);
    }

    private static double[] logRatios(Path file) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> rows = in.lines().filter(line -> !line.startsWith("#")).toList();
            List<String> header = List.of(rows.get(0).split(",", -1));
            int p = header.indexOf("log_p");
            int q = header.indexOf("log_q");
            return rows.stream()
                    .skip(1)
                    .map(row -> row.split(",", -1))
                    .filter(cells -> !cells[p].contains("N") && !cells[p].contains("Inf"))
                    .mapToDouble(cells -> Double.parseDouble(cells[p]) - Double.parseDouble(cells[q]))
                    .toArray();
        }
    }
}
