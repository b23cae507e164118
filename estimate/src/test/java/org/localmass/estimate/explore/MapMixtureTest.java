package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MapMixtureTest {
    private static DriverMap at(double a, double b) {
        return DriverMap.student(new double[] {a, b}, new double[][] {{1}, {0, 1}}, 5);
    }

    private static double[][] two(int n, int d, double distance, long seed) {
        double[][] points = MapFitTest.normal(n, d, seed);
        UniformRandomProvider random = MapFitTest.random(seed + 1);
        for (double[] x : points) {
            if (random.nextDouble() < 0.3) {
                for (int j = 0; j < d; j++) {
                    x[j] += distance;
                }
            }
        }
        return points;
    }

    @Test
    void density_andShares() {
        MapMixture mixture = MapMixture.of(List.of(at(0, 0), at(3, 0)), new double[] {3, 1});
        assertEquals(2, mixture.components());
        assertEquals(2, mixture.dimension());
        assertEquals(0.75, mixture.weight(0), 1e-16);
        assertEquals(Math.log(0.25), mixture.logWeight(1), 1e-15);
        MapScratch scratch = new MapScratch(2);
        double[] shares = new double[2];
        // half way both have the same density
        double log = mixture.logDensity(new double[] {1.5, 0.2}, shares, scratch);
        assertEquals(at(0, 0).logDensity(new double[] {1.5, 0.2}, scratch), log, 1e-14);
        assertEquals(0.75, shares[0], 1e-14);
        assertEquals(0.25, shares[1], 1e-14);
        mixture.logDensity(new double[] {Double.POSITIVE_INFINITY, 0}, shares, scratch);
        assertEquals(0.75, shares[0], 1e-15, "where nothing is known the weights");
    }

    @Test
    void sample_followsWeights() {
        MapMixture mixture = MapMixture.of(List.of(at(0, 0), at(50, 0), at(0, 50)), new double[] {0.5, 0.2, 0.3});
        MapScratch scratch = new MapScratch(2);
        double[] z = new double[2];
        double[] x = new double[2];
        double[] back = new double[2];
        int[] counts = new int[3];
        UniformRandomProvider random = MapFitTest.random(4);
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            int k = mixture.sample(random, z, x, scratch);
            counts[k]++;
            mixture.map(k).toBase(x, back, scratch);
            assertEquals(z[0], back[0], 1e-11);
        }
        for (int k = 0; k < 3; k++) {
            double w = mixture.weight(k);
            assertEquals(w, counts[k] / (double) n, 4 * Math.sqrt(w * (1 - w) / n));
        }
    }

    @Test
    void forSampling_addsScoutsAndDefence() {
        WeightedPoints points =
                WeightedPoints.of(ExploreTargets.funnel(3).draws(MapFitTest.random(2), 600), MapFitTest.equal(600));
        DriverMap driven = MapFit.of(points, new int[] {0}, 0, 3, false).map();
        DriverMap plain = MapFit.plain(points).map();
        MapMixture mixture = MapMixture.of(List.of(driven, plain), new double[] {0.6, 0.4});
        assertTrue(mixture.hasDrivers());
        assertFalse(MapMixture.of(plain).hasDrivers());
        DriverMap broad = DriverMap.student(new double[3], new double[][] {{9}, {0, 9}, {0, 0, 9}}, 5);
        MapMixture base = mixture.forSampling(broad, 0.05);
        assertEquals(4, base.components());
        double[] expected = {0.95 * 0.6 * 0.85, 0.95 * 0.4, 0.95 * 0.6 * 0.15, 0.05};
        for (int k = 0; k < 4; k++) {
            assertEquals(expected[k], base.weight(k), 1e-15);
        }
        assertTrue(base.map(0).inflation() > driven.inflation());
        assertTrue(base.map(0).nu() <= 10);
        assertEquals(base.map(0).inflation(), base.map(2).inflation());
        assertEquals(1, base.map(3).inflation(), "the defence stays as it was given");
        double[] z = {2, 0, 0};
        double[] x = new double[3];
        double[] y = new double[3];
        MapScratch scratch = new MapScratch(3);
        base.map(2).toPoint(z, x, scratch);
        z[0] = 4.4;
        base.map(0).toPoint(z, y, scratch);
        assertEquals(y[0], x[0], 1e-12);
    }

    @Test
    void fit_findsTwoNormals() {
        double[][] points = two(1500, 5, 5, 21);
        MixtureFit.Result result = MixtureFit.withDefaults().fit(points, MapFitTest.equal(points.length), 1);
        assertEquals(2, result.mixture().components());
        double small = Math.min(result.mixture().weight(0), result.mixture().weight(1));
        assertEquals(0.3, small, 0.05);
        assertFalse(result.mixture().hasDrivers());
        assertEquals(3, result.trials().size(), "one more is tried and refused");
        double gain = result.trials().get(1).heldOut() - result.trials().get(0).heldOut();
        assertTrue(gain > 0.5, "" + gain);
    }

    @Test
    void fit_usesWeights() {
        // points of the far group count a quarter
        double[][] points = two(4000, 2, 8, 22);
        double[] weights = MapFitTest.equal(points.length);
        for (int i = 0; i < points.length; i++) {
            weights[i] = points[i][0] > 4 ? 0.25 : 1;
        }
        MapMixture mixture = MixtureFit.withDefaults().fit(points, weights, 1).mixture();
        assertEquals(2, mixture.components());
        double expected = 0.3 * 0.25 / (0.3 * 0.25 + 0.7);
        assertEquals(expected, Math.min(mixture.weight(0), mixture.weight(1)), 0.02);
    }

    @Test
    void fit_describesFunnel() {
        var target = ExploreTargets.funnel(10);
        MapMixture mixture = MixtureFit.withDefaults()
                .fit(target.draws(MapFitTest.random(5), 2400), MapFitTest.equal(2400), 3)
                .mixture();
        double[] shares = new double[mixture.components()];
        MapScratch scratch = new MapScratch(10);
        double divergence = 0;
        double[][] fresh = target.draws(MapFitTest.random(6), 10_000);
        for (double[] x : fresh) {
            divergence += (target.logDensity(x) - mixture.logDensity(x, shares, scratch)) / fresh.length;
        }
        assertTrue(divergence < 0.1, "" + divergence);
        assertTrue(mixture.hasDrivers());
    }

    @Test
    void fit_describesRing() {
        UniformRandomProvider random = MapFitTest.random(8);
        double[][] points = MapFitTest.normal(1500, 2, 9);
        for (double[] x : points) {
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = 5 + 0.25 * x[0];
            x[0] = radius * Math.cos(angle);
            x[1] = radius * Math.sin(angle);
        }
        MixtureFit.Result result = MixtureFit.withDefaults().fit(points, MapFitTest.equal(1500), 3);
        // entropy: log(2 pi 5) + log(.25) + 1.42
        double entropy = Math.log(10 * Math.PI) + Math.log(0.25) + 0.5 * Math.log(2 * Math.PI * Math.E);
        double best = result.trials().stream()
                .mapToDouble(MixtureFit.Trial::heldOut)
                .max()
                .orElse(Double.NaN);
        assertTrue(best > -entropy - 0.25, best + " " + entropy);
        assertTrue(result.mixture().components() >= 3);
    }

    @Test
    void fit_isTheSameAtAnyNumberOfThreads() throws Exception {
        double[][] points = two(900, 3, 4, 31);
        for (double[] x : points) {
            x[2] *= Math.exp(0.6 * x[0]);
        }
        double[] one = fingerprint(points, 1, 7);
        double[] many = fingerprint(points, 4, 7);
        double[] again = fingerprint(points, 4, 7);
        for (int i = 0; i < one.length; i++) {
            assertEquals(one[i], many[i], 0.0);
            assertEquals(one[i], again[i], 0.0);
        }
        assertNotEquals(one[0], fingerprint(points, 1, 8)[0]);
    }

    private static double[] fingerprint(double[][] points, int threads, long seed) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            MapMixture mixture = pool.submit(() -> MixtureFit.withDefaults()
                            .withMaxPoints(600)
                            .fit(points, MapFitTest.equal(points.length), seed)
                            .mixture())
                    .get();
            double[] logs = new double[20];
            double[] shares = new double[mixture.components()];
            MapScratch scratch = new MapScratch(3);
            for (int i = 0; i < logs.length; i++) {
                logs[i] = mixture.logDensity(points[i], shares, scratch);
            }
            return logs;
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void fit_inOneAndInHundredDimensions() {
        double[][] line = two(600, 1, 8, 41);
        MapMixture narrow = MixtureFit.withDefaults()
                .fit(line, MapFitTest.equal(line.length), 1)
                .mixture();
        assertEquals(2, narrow.components());
        double[][] wide = two(400, 100, 1, 42);
        MixtureFit.Result result = MixtureFit.withDefaults().fit(wide, MapFitTest.equal(wide.length), 1);
        assertEquals(100, result.mixture().dimension());
        assertTrue(result.trials().size() <= 4);
        double held = result.trials().stream()
                .mapToDouble(MixtureFit.Trial::heldOut)
                .max()
                .orElse(Double.NaN);
        // a standard normal has -142
        assertTrue(held > -170, "" + held);
        assertEquals(
                1,
                MixtureFit.withDefaults()
                        .withMaxComponents(1)
                        .fit(line, MapFitTest.equal(line.length), 1)
                        .mixture()
                        .components());
    }

    @Test
    void arguments_areRefused() {
        assertEquals("components must be at least 1, was 0", message(() -> MapMixture.of(List.of(), new double[0])));
        assertEquals(
                "weights must have length 1, was 2",
                message(() -> MapMixture.of(List.of(at(0, 0)), new double[] {1, 1})));
        assertEquals(
                "weights[0] must be positive and finite, was 0.0",
                message(() -> MapMixture.of(List.of(at(0, 0)), new double[] {0})));
        DriverMap line = DriverMap.student(new double[1], new double[][] {{1}}, 5);
        assertEquals(
                "dimension must be 2, was 1",
                message(() -> MapMixture.of(List.of(at(0, 0), line), new double[] {1, 1})));
        assertEquals("share must lie strictly between 0 and 1, was 1.0", message(() -> MapMixture.of(at(0, 0))
                .with(at(1, 1), 1)));
        assertEquals("maxComponents must be at least 1, was 0", message(() -> MixtureFit.withDefaults()
                .withMaxComponents(0)));
    }

    private static String message(Executable call) {
        return Objects.requireNonNull(
                assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
