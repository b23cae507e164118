package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MapFitTest {
    static UniformRandomProvider random(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }

    static double[] equal(int n) {
        double[] w = new double[n];
        Arrays.fill(w, 1);
        return w;
    }

    static double[] doubles(JsonNode node) {
        double[] values = new double[node.size()];
        Arrays.setAll(values, i -> node.get(i).asDouble());
        return values;
    }

    static double[][] matrix(JsonNode node) {
        double[][] values = new double[node.size()][];
        Arrays.setAll(values, i -> doubles(node.get(i)));
        return values;
    }

    static JsonNode reference() throws IOException {
        return new ObjectMapper().readTree(MapFitTest.class.getResourceAsStream("driver-map.json"));
    }

    @Test
    void fit_matchesReference() throws IOException {
        JsonNode root = reference();
        WeightedPoints points = WeightedPoints.of(matrix(root.get("points")), doubles(root.get("weights")));
        double[][] at = matrix(root.get("at"));
        MapScratch scratch = new MapScratch(5);
        assertEquals(7, root.get("fits").size());
        for (JsonNode c : root.get("fits")) {
            int[] drivers = new int[c.get("drivers").size()];
            Arrays.setAll(drivers, k -> c.get("drivers").get(k).asInt());
            FittedMap fit = MapFit.of(
                    points,
                    drivers,
                    c.get("level").asInt(),
                    c.get("rounds").asInt(),
                    c.get("rotate").asBoolean());
            String name = c.get("drivers") + " " + c.get("level");
            assertEquals(c.get("nu").asDouble(), fit.map().nu(), name);
            assertEquals(c.get("inflation").asDouble(), fit.map().inflation(), name);
            assertEquals(c.get("logLikelihood").asDouble(), fit.logLikelihood(), 1e-9, name);
            for (int i = 0; i < at.length; i++) {
                double expected = c.get("logDensity").get(i).asDouble();
                assertEquals(expected, fit.map().logDensity(at[i], scratch), 1e-8 * Math.abs(expected), name + " " + i);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // numpy's prototype on 2400 exact draws, mean of 8: .28; without rotation, hinges, drivers: 2.83, .51, 3.87
        "full, 1, true, 1, 0.20, 0.45",
        "no rotation, 1, false, 1, 2.6, 3.1",
        "no hinges, 0, true, 1, 0.40, 0.70",
        "no drivers, 0, false, 0, 3.6, 4.1"
    })
    void eightSchools_divergenceAsInAblation(
            String name, int level, boolean rotate, int drivers, double least, double most) {
        var target = new ExploreTargets.EightSchools();
        WeightedPoints points = WeightedPoints.of(target.draws(random(101), 2400), equal(2400));
        int[] which = drivers == 1 ? new int[] {1} : new int[0];
        DriverMap map = MapFit.of(points, which, level, 5, rotate).map();
        assertEquals(rotate, map.rotated());
        double divergence = divergence(target, map, 10_000);
        assertTrue(divergence > least && divergence < most, name + " " + divergence);
    }

    private static double divergence(ExploreTargets.Target target, DriverMap map, int n) {
        MapScratch scratch = new MapScratch(target.dimension());
        double sum = 0;
        for (double[] x : target.draws(random(5), n)) {
            sum += target.logDensity(x) - map.logDensity(x, scratch);
        }
        return sum / n;
    }

    @Test
    void search_findsDriverOfEightSchools() {
        var target = new ExploreTargets.EightSchools();
        FittedMap fit = DriverSearch.choose(WeightedPoints.of(target.draws(random(7), 1200), equal(1200)), 6);
        assertTrue(fit.map().drivers() >= 1);
        assertEquals(1, fit.map().driver(0), "log tau");
        assertTrue(fit.map().rotated());
        assertTrue(divergence(target, fit.map(), 10_000) < 0.7);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.03", "10, 0.08", "30, 0.3"})
    void search_findsFunnel(int d, double most) {
        var target = ExploreTargets.funnel(d);
        FittedMap fit = DriverSearch.choose(WeightedPoints.of(target.draws(random(7), 2400), equal(2400)), 6);
        assertEquals(1, fit.map().drivers());
        assertEquals(0, fit.map().driver(0));
        double divergence = divergence(target, fit.map(), 10_000);
        assertTrue(divergence < most, "" + divergence);
    }

    @Test
    void search_findsNoDriverInNormal() {
        double[][] points = normal(1200, 6, 3);
        FittedMap fit = DriverSearch.choose(WeightedPoints.of(points, equal(points.length)), 6);
        assertEquals(0, fit.map().drivers());
        assertEquals(
                MapFit.plain(WeightedPoints.of(points, equal(points.length))).score(), fit.score());
    }

    static double[][] normal(int n, int d, long seed) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random(seed));
        double[][] points = new double[n][d];
        for (double[] x : points) {
            Arrays.setAll(x, j -> gaussian.sample());
        }
        return points;
    }

    /** Inputs that have no ordinary covariance. */
    enum Degenerate {
        ONE_POINT(1, 3),
        TWO_POINTS(2, 4),
        FEWER_POINTS_THAN_DIMENSIONS(12, 40),
        CONSTANT_COORDINATE(300, 4),
        CONSTANT_AT_ZERO(300, 4),
        ALL_CONSTANT(50, 3),
        COLLINEAR(300, 4),
        DUPLICATES(200, 3),
        TINY_SCALE(300, 3),
        FAR_FROM_ZERO(300, 3),
        ONE_WEIGHT(100, 3),
        ONE_DIMENSION(300, 1),
        OUTLIER(300, 3);

        private final int n;
        private final int d;

        Degenerate(int n, int d) {
            this.n = n;
            this.d = d;
        }

        double[][] points() {
            double[][] points = normal(n, d, 17);
            for (int i = 0; i < n; i++) {
                double[] x = points[i];
                switch (this) {
                    case CONSTANT_COORDINATE -> x[2] = 5.1;
                    case CONSTANT_AT_ZERO -> x[0] = 0;
                    case ALL_CONSTANT -> Arrays.fill(x, -0.7);
                    case COLLINEAR -> x[3] = x[0] + 2 * x[1];
                    case DUPLICATES -> points[i] = points[i % 3].clone();
                    case TINY_SCALE -> x[1] *= 1e-150;
                    case FAR_FROM_ZERO -> x[1] = 1e8 + 1e-3 * x[1];
                    case OUTLIER -> x[1] = i == 7 ? 1e12 : x[1];
                    default -> {
                        // as it is
                    }
                }
            }
            return points;
        }

        double[] weights() {
            double[] w = equal(n);
            if (this == ONE_WEIGHT) {
                Arrays.fill(w, 1e-320);
                w[3] = 1e300;
            }
            return w;
        }
    }

    @ParameterizedTest
    @EnumSource
    void degenerateInput_givesFiniteDensity(Degenerate input) {
        double[][] points = input.points();
        WeightedPoints weighted = WeightedPoints.of(points, input.weights());
        int d = weighted.dimension();
        FittedMap[] fits = {
            MapFit.plain(weighted),
            MapFit.of(weighted, d > 1 ? new int[] {1} : new int[] {0}, 1, 4, true),
            DriverSearch.choose(weighted, 6)
        };
        MapScratch scratch = new MapScratch(d);
        double[] z = new double[d];
        double[] x = new double[d];
        for (FittedMap fit : fits) {
            assertTrue(Double.isFinite(fit.logLikelihood()), input + " " + fit.logLikelihood());
            for (double[] point : points) {
                assertTrue(Double.isFinite(fit.map().logDensity(point, scratch)), input.toString());
            }
            double log = fit.map().sample(random(3), z, x, scratch);
            assertTrue(Double.isFinite(log));
            for (double value : x) {
                assertTrue(Double.isFinite(value));
            }
        }
        MixtureFit.Result result = MixtureFit.withDefaults().fit(points, input.weights(), 5);
        double[] shares = new double[result.mixture().components()];
        for (double[] point : points) {
            double log = result.mixture().logDensity(point, shares, scratch);
            assertTrue(Double.isFinite(log), input + " " + log);
            assertEquals(1, Arrays.stream(shares).sum(), 1e-12);
        }
    }

    @Test
    void scoreIsLikelihoodLessPrice() {
        WeightedPoints points = WeightedPoints.of(normal(400, 3, 2), equal(400));
        FittedMap plain = MapFit.plain(points);
        assertEquals(plain.logLikelihood() - 9 * Math.log(400) / 800, plain.score(), 1e-12);
        FittedMap driven = MapFit.of(points, new int[] {2}, 1, 4, true);
        // 9 as before, 7 location and 6 scale features for each of two coordinates, one angle
        assertEquals(driven.logLikelihood() - (9 + 26 + 1) * Math.log(400) / 800, driven.score(), 1e-12);
        assertFalse(plain.map().rotated());
    }

    @Test
    void points_areRefused() {
        double[][] one = {{1, 2}, {3, 4}};
        assertMessage("weights must have length 2, was 1", one, 1);
        assertMessage("weights[1] must be finite and not negative, was -1.0", one, 1, -1);
        assertMessage("weights[0] must be finite and not negative, was NaN", one, Double.NaN, 1);
        assertMessage("largest weight must be positive and finite, was 0.0", one, 0, 0);
        assertMessage("dimension must be 2, was 1", new double[][] {{1, 2}, {3}}, 1, 1);
        assertMessage("points[1][0] must be finite, was NaN", new double[][] {{1, 2}, {Double.NaN, 3}}, 1, 1);
        assertMessage("points must be at least 1, was 0", new double[0][]);
    }

    private static void assertMessage(String message, double[][] points, double... weights) {
        var e = assertThrows(IllegalArgumentException.class, () -> WeightedPoints.of(points, weights));
        assertEquals(message, e.getMessage());
    }
}
