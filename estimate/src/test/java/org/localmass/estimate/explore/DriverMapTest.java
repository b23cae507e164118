package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriverMapTest {
    private record Case(String name, DriverMap map) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> MAPS = fitted();

    static List<Case> maps() {
        return MAPS;
    }

    private static List<Case> fitted() {
        var eight = new ExploreTargets.EightSchools();
        WeightedPoints points = WeightedPoints.of(eight.draws(MapFitTest.random(1), 1500), MapFitTest.equal(1500));
        WeightedPoints funnel =
                WeightedPoints.of(ExploreTargets.funnel(4).draws(MapFitTest.random(2), 800), MapFitTest.equal(800));
        WeightedPoints line = WeightedPoints.of(MapFitTest.normal(100, 1, 3), MapFitTest.equal(100));
        return Stream.of(
                        new Case("no drivers", MapFit.plain(points).map()),
                        new Case(
                                "level 0",
                                MapFit.of(points, new int[] {1}, 0, 3, false).map()),
                        new Case(
                                "level 0, rotated",
                                MapFit.of(points, new int[] {1}, 0, 3, true).map()),
                        new Case(
                                "level 1, rotated",
                                MapFit.of(points, new int[] {1}, 1, 5, true).map()),
                        new Case(
                                "two drivers",
                                MapFit.of(points, new int[] {1, 0}, 1, 5, true).map()),
                        new Case(
                                "six drivers",
                                MapFit.of(points, new int[] {1, 0, 2, 3, 9, 4}, 1, 4, true)
                                        .map()),
                        new Case(
                                "all but one",
                                MapFit.of(funnel, new int[] {0, 2, 1}, 1, 4, false)
                                        .map()),
                        new Case(
                                "all",
                                MapFit.of(funnel, new int[] {3, 0, 1, 2}, 1, 4, false)
                                        .map()),
                        new Case("one dimension", MapFit.plain(line).map()),
                        new Case(
                                "stretched",
                                MapFit.of(points, new int[] {1}, 1, 5, true)
                                        .map()
                                        .withDriversStretched(2.2)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void roundTrip_returns(Case c) {
        int d = c.map.dimension();
        MapScratch scratch = new MapScratch(d);
        double[] z = new double[d];
        double[] x = new double[d];
        double[] back = new double[d];
        UniformRandomProvider random = MapFitTest.random(11);
        // a far driver makes the rest so narrow that the point, in doubles, does not hold more digits
        double tolerance = c.name.equals("stretched") ? 1e-9 : 1e-12;
        for (int i = 0; i < 200; i++) {
            double log = c.map.sample(random, z, x, scratch);
            assertEquals(log, c.map.toBase(x, back, scratch), 1e-11 * Math.max(1, Math.abs(log)));
            for (int j = 0; j < d; j++) {
                assertEquals(z[j], back[j], tolerance * (1 + Math.abs(z[j])));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void pullBack_isGradient(Case c) {
        int d = c.map.dimension();
        MapScratch scratch = new MapScratch(d);
        double[] z = new double[d];
        double[] x = new double[d];
        double[] g = new double[d];
        double[] pulled = new double[d];
        UniformRandomProvider random = MapFitTest.random(12);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < d; j++) {
                z[j] = 3 * random.nextDouble() - 1.5;
            }
            c.map.toPoint(z, x, scratch);
            double[] place = x.clone();
            quartic(x, g);
            c.map.pullBack(g, pulled, scratch);
            double size = Arrays.stream(pulled).map(Math::abs).max().orElse(0);
            for (int j = 0; j < d; j++) {
                double slope = 0;
                // fourth order differences: error h^4
                double[] at = {-2, -1, 1, 2};
                double[] weight = {1 / 12.0, -8 / 12.0, 8 / 12.0, -1 / 12.0};
                double h = 1e-3;
                for (int k = 0; k < 4; k++) {
                    double[] moved = z.clone();
                    moved[j] += at[k] * h;
                    double log = c.map.toPoint(moved, x, scratch);
                    slope += weight[k] * (quartic(x, g) + log) / h;
                }
                assertEquals(slope, pulled[j], 1e-7 * (1 + size), c + " " + Arrays.toString(place));
            }
        }
    }

    private static double quartic(double[] x, double[] gradient) {
        double log = 0;
        for (int j = 0; j < x.length; j++) {
            double next = x[(j + 1) % x.length];
            log += Math.sin(0.3 * x[j]) - 0.02 * x[j] * x[j] + 0.01 * x[j] * next;
            gradient[j] = 0.3 * Math.cos(0.3 * x[j]) - 0.04 * x[j];
        }
        for (int j = 0; j < x.length; j++) {
            int next = (j + 1) % x.length;
            gradient[j] += 0.01 * x[next];
            gradient[next] += 0.01 * x[j];
        }
        return log;
    }

    @ParameterizedTest
    @MethodSource("maps")
    void logJacobian_isDeterminant(Case c) {
        int d = c.map.dimension();
        MapScratch scratch = new MapScratch(d);
        double[] z = new double[d];
        Arrays.setAll(z, j -> 0.3 - 0.1 * j);
        double[] x = new double[d];
        double log = c.map.toPoint(z, x, scratch);
        double[] above = new double[d];
        double[] below = new double[d];
        double[][] slopes = new double[d][d];
        for (int j = 0; j < d; j++) {
            double h = 1e-4;
            double[] moved = z.clone();
            moved[j] = z[j] + h;
            c.map.toPoint(moved, above, scratch);
            moved[j] = z[j] - h;
            c.map.toPoint(moved, below, scratch);
            for (int i = 0; i < d; i++) {
                slopes[i][j] = (above[i] - below[i]) / (2 * h);
            }
        }
        assertEquals(logDeterminant(slopes), log, 1e-6);
    }

    private static double logDeterminant(double[][] a) {
        double log = 0;
        for (int k = 0; k < a.length; k++) {
            int pivot = k;
            for (int i = k; i < a.length; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] swap = a[k];
            a[k] = a[pivot];
            a[pivot] = swap;
            log += Math.log(Math.abs(a[k][k]));
            for (int i = k + 1; i < a.length; i++) {
                double f = a[i][k] / a[k][k];
                for (int j = k; j < a.length; j++) {
                    a[i][j] -= f * a[k][j];
                }
            }
        }
        return log;
    }

    @Test
    void student_matchesReference() throws IOException {
        JsonNode c = MapFitTest.reference().get("student");
        double[][] at = MapFitTest.matrix(c.get("at"));
        MapScratch scratch = new MapScratch(3);
        assertEquals(3, c.get("cases").size());
        for (JsonNode t : c.get("cases")) {
            DriverMap map = DriverMap.student(
                    MapFitTest.doubles(c.get("mean")),
                    MapFitTest.matrix(c.get("factor")),
                    t.get("nu").asDouble());
            for (int i = 0; i < at.length; i++) {
                double expected = t.get("logDensity").get(i).asDouble();
                assertEquals(expected, map.logDensity(at[i], scratch), 1e-12 * Math.abs(expected));
            }
        }
    }

    @Test
    void logBase_gradient() {
        DriverMap map = DriverMap.student(new double[] {0, 0}, new double[][] {{1}, {0.2, 1}}, 5)
                .withBase(4, 0.7);
        double[] z = {0.4, -1.1};
        double[] g = new double[2];
        double log = map.logBase(z, g);
        assertEquals(map.logBase(z), log, 1e-15 * Math.abs(log));
        for (int j = 0; j < 2; j++) {
            double[] up = z.clone();
            double[] down = z.clone();
            up[j] += 1e-5;
            down[j] -= 1e-5;
            assertEquals((map.logBase(up) - map.logBase(down)) / 2e-5, g[j], 1e-9);
        }
    }

    @Test
    void sample_hasTheDensity() {
        // E_q[p/q] = 1 for a normalised p of lighter tails, and the mean of p
        DriverMap map = maps().get(6).map;
        MapScratch scratch = new MapScratch(4);
        double[] mean = {0.5, 0, 0.2, -0.1};
        double[] z = new double[4];
        double[] x = new double[4];
        UniformRandomProvider random = MapFitTest.random(9);
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double jacobian = map.sample(random, z, x, scratch);
            double q = map.logBase(z) - jacobian;
            if (i < 10) {
                assertEquals(map.logDensity(x, scratch), q, 1e-10);
            }
            double p = -2 * Math.log(2 * Math.PI) - 4 * Math.log(0.7);
            for (int j = 0; j < 4; j++) {
                p -= 0.5 * (x[j] - mean[j]) * (x[j] - mean[j]) / 0.49;
            }
            double w = Math.exp(p - q);
            sum += w / n;
            squares += w * w / n;
        }
        double error = Math.sqrt((squares - sum * sum) / n);
        assertTrue(error < 0.03, "" + error);
        assertEquals(1, sum, 4 * error);
    }

    @Test
    void farPoints_stayFinite() {
        for (Case c : maps()) {
            int d = c.map.dimension();
            MapScratch scratch = new MapScratch(d);
            double[] x = new double[d];
            for (double far : new double[] {1e6, -1e6, 1e100, -1e100}) {
                Arrays.fill(x, far);
                assertTrue(c.map.logDensity(x, scratch) < -20, c.name);
                Arrays.fill(x, 0);
                x[0] = far;
                assertTrue(c.map.logDensity(x, scratch) < -20, c.name);
            }
        }
    }

    @Test
    void copies_changeWhatTheySay() {
        DriverMap map = maps().get(3).map;
        DriverMap wider = map.withBase(60, 0.9).inflated();
        assertEquals(10, wider.nu());
        assertEquals(0.9 * (1 + 0.4 / Math.sqrt(10)), wider.inflation(), 1e-15);
        assertEquals(4, map.withBase(4, 1).inflated().nu());
        DriverMap stretched = map.withDriversStretched(2.2);
        MapScratch scratch = new MapScratch(10);
        double[] z = new double[10];
        double[] x = new double[10];
        z[0] = 1;
        map.toPoint(z, x, scratch);
        double near = x[1];
        z[0] = 0;
        map.toPoint(z, x, scratch);
        double centre = x[1];
        z[0] = 1;
        double log = stretched.toPoint(z, x, scratch);
        assertEquals(2.2 * (near - centre), x[1] - centre, 1e-12);
        z[0] = 2.2;
        double[] same = new double[10];
        assertEquals(Math.log(2.2), log - map.toPoint(z, same, scratch), 1e-12);
        assertArrayEquals(same, x, 1e-12);
    }

    @Test
    void arguments_areRefused() {
        double[][] unit = {{1}, {0, 1}};
        assertEquals(
                "nu must be positive and finite, was 0.0", message(() -> DriverMap.student(new double[2], unit, 0)));
        assertEquals("dimension must be 3, was 2", message(() -> DriverMap.student(new double[3], unit, 5)));
        assertEquals(
                "factor[1][1] must be positive and finite, was 0.0",
                message(() -> DriverMap.student(new double[2], new double[][] {{1}, {1, 0}}, 5)));
        assertEquals(
                "mean[0] must be finite, was NaN",
                message(() -> DriverMap.student(new double[] {Double.NaN, 0}, unit, 5)));
        DriverMap map = DriverMap.student(new double[2], unit, 5);
        assertEquals("inflation must be positive and finite, was -1.0", message(() -> map.withBase(4, -1)));
        assertEquals("by must be positive and finite, was 0.0", message(() -> map.withDriversStretched(0)));
    }

    private static String message(Executable call) {
        return Objects.requireNonNull(
                assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
