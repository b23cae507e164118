package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Region;
import org.localmass.estimate.Membership;

/** The parts of the search against plain computations, and on inputs that could break them. */
class SearchPartsTest {
    private static final UnaryOperator<double[]> SAME = UnaryOperator.identity();

    private static List<String> names(int d) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + j);
        }
        return names;
    }

    private static Half half(long seed, int d, UnaryOperator<double[]> p, UnaryOperator<double[]> q) {
        return new Half(
                SyntheticDraws.of(seed, 2, 1000, d, 0.3, names(d), p),
                SyntheticDraws.of(seed + 1, 1, 4000, d, 0, names(d), q),
                1.8,
                1,
                new Workers(1));
    }

    @Test
    void bound_isNeverBelowTheRatio() {
        for (double x : new double[] {0, 0.5, 3, 40, 99.5, 100}) {
            for (double y : new double[] {0, 1, 7, 300, 1999, 2000}) {
                assertTrue(LogLikelihoodRatio.bound(x, 100, y, 2000) * (1 + 1e-12)
                        >= LogLikelihoodRatio.of(x, 100, y, 2000));
            }
        }
    }

    @Test
    void line_findsWhatTryingEveryIntervalFinds() {
        Half half = half(1, 2, SAME, z -> new double[] {z[0] * 0.7, z[1]});
        double[] p = half.sortedP(0);
        double[] q = half.sortedQ(0);
        double[] edges = LineScan.edges(p, q);
        double n = half.p().effectiveSize();
        double m = half.q().effectiveSize();
        for (Direction direction : Direction.values()) {
            double best = 0;
            for (int a = -1; a < edges.length; a++) {
                for (int b = a + 1; b <= edges.length; b++) {
                    double lower = a < 0 ? Double.NEGATIVE_INFINITY : edges[a];
                    double upper = b == edges.length ? Double.POSITIVE_INFINITY : edges[b];
                    double x = Arrays.stream(p)
                                    .filter(v -> v > lower && v <= upper)
                                    .count()
                            / half.p().time();
                    double y = Arrays.stream(q)
                                    .filter(v -> v > lower && v <= upper)
                                    .count()
                            / half.q().time();
                    boolean open = a < 0 || b == edges.length;
                    boolean said = (x / n > y / m) == (direction == Direction.UNDER) && x / n != y / m;
                    if (said && !(open && x / n + y / m > 1)) {
                        best = Math.max(best, LogLikelihoodRatio.of(x, n, y, m));
                    }
                }
            }
            double expected = best;
            LineScan.Span found = LineScan.best(p, q, edges, half.p(), half.q(), 2).stream()
                    .filter(s -> s.direction() == direction)
                    .findFirst()
                    .orElseThrow();
            assertEquals(expected, found.score(), 1e-9 * expected);
        }
    }

    @Test
    void pair_findsWhatTryingEveryRectangleFinds() {
        Half half = half(3, 2, z -> new double[] {z[0], 0.8 * z[0] + 0.6 * z[1]}, SAME);
        Codes codes = half.codes();
        double n = half.p().effectiveSize();
        double m = half.q().effectiveSize();
        double best = 0;
        for (int a = 0; a < Codes.SIDES; a++) {
            for (int b = 0; b < Codes.SIDES; b++) {
                Region r = codes.region(List.of(codes.condition(0, a), codes.condition(1, b)));
                double x = count(half.members(r, true)) / half.p().time();
                double y = count(half.members(r, false)) / half.q().time();
                best = Math.max(best, LogLikelihoodRatio.of(x, n, y, m));
            }
        }
        List<PairScan.Pair> pairs = half.pairs();
        assertEquals(1, pairs.size());
        assertEquals(best, pairs.get(0).score(), 1e-9 * best);
        // the first candidate's own region has the score that it claims
        for (CandidateSource source : List.of(new PairScan(), new ConjunctionScan())) {
            Candidate c = source.candidates(half).get(0);
            double x = count(half.members(c.region(), true)) / half.p().time();
            double y = count(half.members(c.region(), false)) / half.q().time();
            assertEquals(c.score(), LogLikelihoodRatio.of(x, n, y, m), 1e-9 * c.score(), c.toString());
        }
    }

    private static int count(boolean[] member) {
        int count = 0;
        for (boolean b : member) {
            count += b ? 1 : 0;
        }
        return count;
    }

    @Test
    void algebra_agreesWithDefinitions() {
        double[][] columns = {{1, 2, 4, 7, 11}, {2, -1, 0, 3, 1}, {0, 1, 1, 2, 0}};
        double[] means = Columns.means(columns);
        assertArrayEquals(new double[] {5, 1, 0.8}, means, 1e-15);
        double[][] covariance = Columns.covariance(columns, means, new Workers(2));
        assertEquals((16 + 9 + 1 + 4 + 36) / 5.0, covariance[0][0], 1e-14);
        assertEquals((-4 + 6 + 1 + 4 + 0) / 5.0, covariance[1][0], 1e-14);
        assertEquals(covariance[1][0], covariance[0][1]);
        double[][] factor = Columns.cholesky(covariance);
        double[][] inverse = Columns.inverse(factor);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = j; k <= i; k++) {
                    sum += inverse[i][k] * factor[k][j];
                }
                assertEquals(i == j ? 1 : 0, sum, 1e-14);
            }
        }
        double[] w = Columns.solve(covariance, new double[] {1, 2, 3});
        for (int i = 0; i < 3; i++) {
            assertEquals(i + 1, Columns.dot(covariance[i], w), 1e-12);
        }
        assertArrayEquals(new double[] {3, 1, 4, 10, 12}, Columns.combination(columns, new double[] {1, 1, 0}), 1e-15);
        assertEquals(5, Columns.distances(new double[][] {{3}, {4}}, new double[] {0, 0})[0], 1e-15);
        double[][] product = Columns.product(new double[][] {{2}, {1, 1}, {0, 0, 1}}, columns, new Workers(2));
        assertArrayEquals(new double[] {3, 1, 4, 10, 12}, product[1], 1e-15);
    }

    @Test
    void whitened_approximationHasUnitVariance() {
        Half half = half(5, 4, SAME, z -> new double[] {Math.exp(z[0]), z[0] + z[1], z[2] - z[1], z[3]});
        WhitenedScores scores = half.whitened().orElseThrow();
        double[][] covariance = Columns.covariance(scores.q(), scores.meanQ(), new Workers(1));
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                // 2 % of the covariance are shrunk away, which correlations of 0.7 magnify
                assertEquals(i == j ? 1 : 0, covariance[i][j], 0.1);
            }
        }
        LevelSet slab = scores.slab(new double[] {0.6, 0, 0.8, 0}, 0.5, 2);
        LevelSet shell = scores.shell(new double[] {1, 0, 0, 0}, 0, 1.5);
        for (LevelSet set : List.of(slab, shell)) {
            boolean[] fast = half.members(set, true);
            Membership exact = Membership.of(half.reference(), set);
            assertEquals(exact.hits(), count(fast));
            assertTrue(exact.hits() > 0);
        }
    }

    @Test
    void parity_findsTheExclusiveOr() {
        UnaryOperator<double[]> xor = z -> z[0] * z[1] * z[2] < 0 ? new double[] {z[0], z[1], -z[2], z[3], z[4]} : z;
        Half half = half(7, 5, xor, SAME);
        Candidate best = new ParityScan().candidates(half).get(0);
        assertArrayEquals(new int[] {0, 1, 2}, best.region().coordinates());
        assertTrue(best.score() > 100, best.toString());
        assertTrue(new MarginalScan().candidates(half).get(0).score() < 15);
        assertTrue(new PairScan().candidates(half).get(0).score() < 15);
    }

    @Test
    void trees_seeAnInteractionOfFour() {
        UnaryOperator<double[]> four = z -> {
            double product = z[0] * z[1] * z[2] * z[3];
            return product < 0 ? new double[] {z[0], z[1], z[2], -z[3]} : z;
        };
        Half half = half(9, 4, four, SAME);
        List<Candidate> found = new TreeScan().candidates(half);
        assertTrue(found.stream().anyMatch(c -> c.region() instanceof LevelSet && c.score() > 20), found::toString);
    }

    @Test
    void screen_keepsWhatDiffers() {
        int d = 450;
        UnaryOperator<double[]> p = z -> {
            double[] x = z.clone();
            x[420] = 0.9 * z[7] + Math.sqrt(0.19) * z[420];
            x[333] = 3 * z[333];
            return x;
        };
        Half half = new Half(
                SyntheticDraws.of(11, 2, 500, d, 0, names(d), p),
                SyntheticDraws.of(12, 1, 1000, d, 0, names(d), SAME),
                1,
                1,
                new Workers(2));
        Screen screen = half.screen();
        assertEquals(Screen.MOST_PAIRED, screen.paired().length);
        assertEquals(Screen.MOST_JOINT, screen.joint().length);
        for (int j : new int[] {7, 333, 420}) {
            assertTrue(Arrays.binarySearch(screen.joint(), j) >= 0, "column " + j);
        }
    }

    static Stream<Arguments> oddInputs() {
        UnaryOperator<double[]> constant = z -> new double[] {1, z[1], z[2]};
        UnaryOperator<double[]> constants = z -> new double[] {1, 2, z[2]};
        UnaryOperator<double[]> duplicated = z -> new double[] {z[0], z[0], z[2]};
        UnaryOperator<double[]> binary = z -> new double[] {z[0] > 0 ? 1 : 0, z[1] > 1 ? 1 : 0, Math.rint(z[2])};
        UnaryOperator<double[]> simplex = z -> {
            double a = Math.exp(z[0]);
            double b = Math.exp(z[1]);
            double c = Math.exp(z[2]);
            return new double[] {a / (a + b + c), b / (a + b + c), c / (a + b + c)};
        };
        UnaryOperator<double[]> huge = z -> new double[] {1e300 * z[0], 1e-300 * z[1], z[2] > 2 ? 1e308 : z[2]};
        UnaryOperator<double[]> nothing = z -> new double[] {1, 2, 3};
        return Stream.of(
                Arguments.of("constant", constant, constant),
                Arguments.of("constants", constants, constants),
                Arguments.of("all constant", nothing, nothing),
                Arguments.of("duplicated", duplicated, duplicated),
                Arguments.of("binary", binary, binary),
                Arguments.of("simplex", simplex, simplex),
                Arguments.of("huge and tiny", huge, huge));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddInputs")
    void search_survivesAndFindsNothing(String name, UnaryOperator<double[]> p, UnaryOperator<double[]> q) {
        Draws reference = SyntheticDraws.of(13, 4, 500, 3, 0.5, names(3), p);
        Draws approximation = SyntheticDraws.of(14, 1, 3000, 3, 0, names(3), q);
        List<TestedRegion> tested = LocalMassCheck.withDefaults().tested(SharedParameters.of(reference, approximation));
        assertTrue(tested.stream().noneMatch(TestedRegion::confirmed), tested::toString);
    }

    @Test
    void search_constantAgainstVarying_isFound() {
        Draws reference = SyntheticDraws.of(15, 4, 500, 3, 0.5, names(3), SAME);
        Draws approximation = SyntheticDraws.of(16, 1, 3000, 3, 0, names(3), z -> new double[] {0.3, z[1], z[2]});
        assertTrue(LocalMassCheck.withDefaults().tested(SharedParameters.of(reference, approximation)).stream()
                .anyMatch(TestedRegion::confirmed));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 130})
    void search_moreParametersThanDraws_works(int d) {
        Draws reference = SyntheticDraws.of(17, 4, 25, d, 0, names(d), SAME);
        Draws approximation = SyntheticDraws.of(18, 1, 100, d, 0, names(d), SAME);
        List<TestedRegion> tested = LocalMassCheck.withDefaults().tested(SharedParameters.of(reference, approximation));
        assertTrue(tested.stream().noneMatch(TestedRegion::confirmed), tested::toString);
    }

    @Test
    void search_differentThreads_givesTheSameRegions() {
        UnaryOperator<double[]> p = z -> {
            double[] x = z.clone();
            x[3] = 0.8 * z[1] + 0.6 * z[3];
            return x;
        };
        SharedParameters shared = SharedParameters.of(
                SyntheticDraws.of(19, 4, 600, 12, 0.5, names(12), p),
                SyntheticDraws.of(20, 1, 5000, 12, 0, names(12), SAME));
        List<String> one = words(shared, 1);
        assertEquals(one, words(shared, 3));
        assertTrue(one.size() > 10, one.toString());
    }

    private static List<String> words(SharedParameters shared, int threads) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withThreads(threads))
                .tested(shared)
                .stream()
                .map(r -> r.region().description() + r.view() + r.reference() + r.approximation() + r.eValue())
                .toList();
    }

    @Test
    void weighted_areResampledByWeight() {
        double[] x = new double[1000];
        double[] logWeights = new double[1000];
        for (int i = 0; i < 1000; i++) {
            x[i] = i;
            logWeights[i] = i < 500 ? 0 : Math.log(3);
        }
        Draws draws = Draws.of(
                List.of("x"),
                List.of(Chain.adopt(new double[][] {x}, logWeights, java.util.Map.of())),
                Sampling.INDEPENDENT);
        SampledDraws sample = SampledDraws.of(draws, 1, 20_000, new Workers(1));
        // Kish: (500 + 1500)^2 / (500 + 4500)
        assertEquals(800, sample.size());
        assertEquals(
                600.0,
                (double) Arrays.stream(sample.column(0)).filter(v -> v >= 500).count(),
                1);
        assertEquals(100, SampledDraws.of(draws, 1, 100, new Workers(1)).size());
    }

    @Test
    void strided_draws_shareTheAutocorrelation() {
        Draws draws = SyntheticDraws.of(21, 4, 500, 1, 0.9, names(1), SAME);
        SampledDraws sample = SampledDraws.of(draws, 19, 500, new Workers(1));
        assertEquals(500, sample.size());
        assertEquals(19 / 4.0, sample.time());
        assertEquals(draws.chains().get(1).value(0, 0), sample.column(0)[125]);
    }

    @Test
    void explanation_dropsWhatIntervalsExplain() {
        // only x0 is too narrow: a box of x0 and x1 adds nothing, a shift of the pair's dependence would
        Draws reference = SyntheticDraws.of(23, 4, 1000, 2, 0, names(2), SAME);
        Draws approximation = SyntheticDraws.of(24, 1, 4000, 2, 0, names(2), z -> new double[] {0.6 * z[0], z[1]});
        Draws dependent =
                SyntheticDraws.of(25, 1, 4000, 2, 0, names(2), z -> new double[] {0.6 * z[0], 0.8 * z[0] + 0.6 * z[1]});
        Region tail =
                org.localmass.core.region.RegionExpression.parse("abs(x0) > 1").bind(names(2));
        Region box = org.localmass.core.region.RegionExpression.parse("x0 > 1 & x1 > 0")
                .bind(names(2));
        List<Explanation.Item> items = List.of(new Explanation.Item(box, 2, 0.1), new Explanation.Item(tail, 1, 0.05));
        assertArrayEquals(new boolean[] {false, true}, Explanation.kept(items, reference, approximation));
        assertArrayEquals(new boolean[] {true, true}, Explanation.kept(items, reference, dependent));
        assertArrayEquals(new boolean[0], Explanation.kept(List.of(), reference, approximation));
    }
}
