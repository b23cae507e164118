package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;

class NestedBallsTest {
    private static final List<String> XYZ = List.of("x", "y", "z");

    private static Ball ball(List<String> names, int[] coordinates, double[] centre, Norm norm) {
        return Ball.of(names, coordinates, centre, 1, norm);
    }

    @ParameterizedTest(name = "{1}, scale {0}, r={3}")
    @CsvFileSource(resources = "nested-balls.csv", numLinesToSkip = 2)
    void count_matchesExactArithmetic(double scale, String norm, String centre, double radius, int hits) {
        double[][] x = new double[3][3000];
        for (int j = 0; j < 3; j++) {
            for (long i = 0; i < 3000; i++) {
                x[j][(int) i] = ((i * (7919 + 104729L * j) + 17L * j) % 2001 - 1000) * scale;
            }
        }
        Draws draws = Draws.of(XYZ, List.of(Chain.adopt(x)), Sampling.INDEPENDENT);
        double[] t = Arrays.stream(centre.split(";"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Norm n =
                switch (norm) {
                    case "l2" -> Norm.l2();
                    case "linf" -> Norm.linf();
                    default -> Norm.mahalanobis(new double[][] {{4, 0, 0}, {0, 16, 0}, {0, 0, 1}});
                };
        NestedBalls balls = NestedBalls.of(ball(XYZ, new int[] {0, 1, 2}, t, n), new double[] {radius});
        assertEquals(hits, balls.count(draws).hits(0, 0));
    }

    private static Norm norm(int kind, int m, UniformRandomProvider rng) {
        if (kind < 2) {
            return kind == 0 ? Norm.l2() : Norm.linf();
        }
        double[][] s = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] = i == j ? 1 + rng.nextDouble() : 0.3 * rng.nextDouble() / m;
                s[j][i] = s[i][j];
            }
        }
        return Norm.mahalanobis(s);
    }

    /** Chains of several lengths with ties, coincidences, tiny, huge and non-finite values; weights of one in two. */
    private static Draws random(UniformRandomProvider rng, int d, boolean weighted) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("v" + j);
        }
        List<Chain> chains = new ArrayList<>();
        for (int size : new int[] {1, 300, 17_000, 63}) {
            double[][] x = new double[d][size];
            for (int t = 0; t < size; t++) {
                double scale = Math.pow(10, rng.nextInt(50) == 0 ? 20 * rng.nextDouble(-16, 15) : rng.nextInt(-6, 1));
                int special = rng.nextInt(40);
                for (int j = 0; j < d; j++) {
                    x[j][t] = special == 0 ? 0 : scale * Math.rint(64 * rng.nextDouble(-1, 1)) / 64;
                }
                if (special == 1) {
                    x[rng.nextInt(d)][t] = new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0}[rng.nextInt(3)];
                }
            }
            double[] weights = new double[size];
            for (int t = 0; t < size; t++) {
                weights[t] = rng.nextInt(9) == 0 && t > 0 ? Double.NEGATIVE_INFINITY : 800 + 30 * rng.nextDouble();
            }
            chains.add(weighted ? Chain.adopt(x, weights, Map.of()) : Chain.adopt(x));
        }
        return Draws.of(names, chains, Sampling.UNKNOWN);
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, s -> s + 1).limit(12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void count_agreesWithTheRegionDrawByDraw(long seed) {
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int d = 1 + rng.nextInt(9);
        boolean weighted = rng.nextBoolean();
        Draws draws = random(rng, d, weighted);
        int m = 1 + rng.nextInt(d);
        int[] coordinates = new int[m];
        for (int i = 0; i < m; i++) {
            coordinates[i] = i + d - m;
        }
        Norm norm = norm((int) (seed % 3), m, rng);
        List<Ball> centres = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            double[] centre = new double[m];
            for (int j = 0; j < m && i > 0; j++) {
                centre[j] = Math.rint(16 * rng.nextDouble(-1, 1)) / 64;
            }
            centres.add(ball(draws.names(), coordinates, centre, norm));
        }
        double[] radii = {
            0, 1e-310, 1e-170, 1e-140, 1e-9, 0.015625, 0.1, 0.25, Math.nextUp(0.25), 0.5, 1, 3, 1e160, 1e300
        };
        NestedBalls balls = NestedBalls.of(centres, radii);
        BallCounts counts = balls.count(draws);
        BallCounts threaded = balls.withThreads(3).count(draws);
        double[] point = new double[d];
        double largest = largest(draws);
        for (int i = 0; i < centres.size(); i++) {
            for (int k = 0; k < radii.length; k++) {
                int all = 0;
                for (int c = 0; c < draws.chains().size(); c++) {
                    Chain chain = draws.chains().get(c);
                    int hits = 0;
                    double weight = 0;
                    double squared = 0;
                    for (int t = 0; t < chain.size(); t++) {
                        chain.read(t, point);
                        if (centres.get(i).distance(point) <= radii[k]) {
                            hits++;
                            double w = weighted ? Math.exp(chain.logWeight(t) - largest) : 1;
                            weight += w;
                            squared += w * w;
                        }
                    }
                    all += hits;
                    assertEquals(hits, counts.hits(i, k, c), "centre " + i + ", radius " + radii[k] + ", chain " + c);
                    assertEquals(weight, counts.weight(i, k, c), 1e-12 * weight);
                    assertEquals(squared, counts.squaredWeight(i, k, c), 1e-12 * squared);
                    assertEquals(counts.weight(i, k, c), threaded.weight(i, k, c));
                    assertEquals(hits, threaded.hits(i, k, c));
                }
                assertEquals(all, counts.hits(i, k));
            }
        }
        double[][] distances = NestedBalls.distances(draws, centres.get(1));
        for (int c = 0; c < distances.length; c++) {
            Chain chain = draws.chains().get(c);
            double[] expected = new double[chain.size()];
            for (int t = 0; t < expected.length; t++) {
                chain.read(t, point);
                expected[t] = centres.get(1).distance(point);
            }
            assertArrayEquals(expected, distances[c]);
        }
    }

    /**
     * Many centres and coordinates, where single precision goes ahead: values on a grid, so that many draws lie exactly
     * on a radius or next to it; far from the origin; with far, tiny and coinciding draws.
     */
    @ParameterizedTest
    @CsvSource({
        "8, 0, 1, 0",
        "9, 0, 1, 0.02",
        "11, 1e3, 1, 0",
        "22, 0, 1e-4, 0.3",
        "50, -1e6, 1, 0.001",
        "13, 0, 1e-14, 0",
        "10, 0, 1e17, 0"
    })
    void count_aboutManyCentres_isThatOfTheRegion(int d, double shift, double scale, double far) {
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(d);
        List<String> names = IntStream.range(0, d).mapToObj(j -> "v" + j).toList();
        double[][] x = new double[d][3000];
        for (int t = 0; t < x[0].length; t++) {
            double size = rng.nextDouble() < far ? 1e4 : t % 100 == 0 ? 0 : 1;
            for (int j = 0; j < d; j++) {
                x[j][t] = shift + scale * size * Math.rint(16 * rng.nextDouble(-1, 1)) / 16;
            }
        }
        Draws draws = Draws.of(names, List.of(Chain.adopt(x)), Sampling.UNKNOWN);
        List<Ball> centres = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            double[] centre = new double[d];
            for (int j = 0; j < d; j++) {
                centre[j] = shift + (i == 0 ? 0 : scale * Math.rint(4 * rng.nextDouble(-1, 1)) / 16);
            }
            centres.add(ball(names, IntStream.range(0, d).toArray(), centre, Norm.l2()));
        }
        double[] radii = IntStream.range(0, 60)
                .mapToDouble(k -> k == 0 ? 0 : scale * Math.sqrt(d / 3.0 * (0.5 + k / 60.0) * (k > 55 ? 100 : 1)))
                .map(r -> r == 0 ? 0 : scale * Math.sqrt(Math.rint(256 * r * r / scale / scale) / 256))
                .distinct()
                .toArray();
        BallCounts counts = NestedBalls.of(centres, radii).withThreads(2).count(draws);
        double[] point = new double[d];
        for (int i = 0; i < centres.size(); i++) {
            int[] hits = new int[radii.length];
            for (int t = 0; t < x[0].length; t++) {
                draws.chains().get(0).read(t, point);
                double distance = centres.get(i).distance(point);
                for (int k = 0; k < radii.length; k++) {
                    hits[k] += distance <= radii[k] ? 1 : 0;
                }
            }
            for (int k = 0; k < radii.length; k++) {
                assertEquals(hits[k], counts.hits(i, k), "centre " + i + ", radius " + radii[k]);
            }
        }
    }

    private static double largest(Draws draws) {
        double largest = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                largest = Math.max(largest, chain.logWeight(t));
            }
        }
        return largest;
    }

    @Test
    void share_isTheWeightedFraction() {
        double[] weights = {Math.log(3), Math.log(1), Double.NEGATIVE_INFINITY, Math.log(4)};
        Draws draws = Draws.of(
                List.of("x"),
                List.of(Chain.adopt(new double[][] {{0.1, 0.2, 0.3, 5}}, weights, Map.of())),
                Sampling.INDEPENDENT);
        Ball centre = ball(List.of("x"), new int[] {0}, new double[] {0}, Norm.l2());
        BallCounts counts = NestedBalls.of(centre, new double[] {0.15, 1, 10}).count(draws);
        assertEquals(3 / 8.0, counts.share(0, 0), 1e-15);
        assertEquals(4 / 8.0, counts.share(0, 1), 1e-15);
        assertEquals(1, counts.share(0, 2), 1e-15);
        assertEquals(3, counts.hits(0, 1));
        assertEquals(2, counts.totalWeight(0), 1e-15); // relative to the largest weight
        assertEquals((9 + 1 + 16) / 16.0, counts.totalSquaredWeight(0), 1e-15);
        assertEquals(1, counts.chains());
        assertEquals(4, counts.size(0));
    }

    @Test
    void of_rejects() {
        Ball centre = ball(XYZ, new int[] {0, 1}, new double[] {0, 0}, Norm.l2());
        Ball other = ball(XYZ, new int[] {0, 2}, new double[] {0, 0}, Norm.l2());
        Ball cube = ball(XYZ, new int[] {0, 1}, new double[] {0, 0}, Norm.linf());
        assertMessage("number of radii must be at least 1, was 0", () -> NestedBalls.of(centre, new double[0]));
        assertMessage("radii must ascend, were 1.0, 1.0", () -> NestedBalls.of(centre, new double[] {1, 1}));
        assertMessage(
                "radii[0] must be finite and not negative, was NaN",
                () -> NestedBalls.of(centre, new double[] {Double.NaN}));
        assertMessage("number of centres must be at least 1, was 0", () -> NestedBalls.of(List.of(), new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> NestedBalls.of(List.of(centre, other), new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> NestedBalls.of(List.of(centre, cube), new double[] {1}));
        Draws draws = Draws.of(List.of("x"), List.of(Chain.adopt(new double[] {1})), Sampling.UNKNOWN);
        assertMessage("dimension must be 1, was 3", () -> NestedBalls.of(centre, new double[] {1})
                .count(draws));
    }

    private static void assertMessage(String expected, Runnable action) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
