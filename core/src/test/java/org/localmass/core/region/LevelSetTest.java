package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelSetTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final double INF = Double.POSITIVE_INFINITY;

    private static JsonNode reference() throws IOException {
        return new ObjectMapper().readTree(LevelSetTest.class.getResourceAsStream("level-sets.json"));
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        Arrays.setAll(numbers, i -> array.get(i).asDouble());
        return numbers;
    }

    private static double[][] rows(JsonNode array) {
        double[][] rows = new double[array.size()][];
        Arrays.setAll(rows, i -> numbers(array.get(i)));
        return rows;
    }

    private static NormalScoreMap map(JsonNode json) {
        return NormalScoreMap.of(new int[] {0, 1, 2, 3}, rows(json.get("knots")), rows(json.get("scores")));
    }

    @Test
    void scores_matchReference() throws IOException {
        JsonNode json = reference();
        NormalScoreMap map = map(json);
        Triangle triangle = Triangle.of(rows(json.get("triangle")));
        ProjectionScore projection = ProjectionScore.of(map, numbers(json.get("weights")));
        DistanceScore distance = DistanceScore.of(map, triangle, numbers(json.get("centre")));
        double[][] points = rows(json.get("points"));
        double[] z = new double[4];
        for (int i = 0; i < points.length; i++) {
            map.apply(points[i], z);
            // largest error measured: 3 ulps of the largest score
            assertArrayEquals(numbers(json.get("normalScores").get(i)), z, 8 * Math.ulp(8.0));
            assertEquals(json.get("projection").get(i).asDouble(), projection.value(points[i]), 32 * Math.ulp(8.0));
            assertEquals(json.get("distance").get(i).asDouble(), distance.value(points[i]), 64 * Math.ulp(8.0));
        }
        assertArrayEquals(numbers(json.get("transposed")), triangle.transposed(projection.weights()), 1e-14);
        assertArrayEquals(numbers(json.get("solved")), distance.influence(), 1e-13);
    }

    @Test
    void value_ofNan_isInNoLevelSet() throws IOException {
        LevelSet all = LevelSet.of(NAMES, ProjectionScore.of(map(reference()), new double[] {1, 1, 1, 1}), -INF, INF);
        assertTrue(all.contains(new double[] {-INF, INF, 0, 1e300}));
        assertFalse(all.contains(new double[] {Double.NaN, 0, 0, 0}));
    }

    @Test
    void contains_isHalfOpen() {
        LevelSet set = LevelSet.of(List.of("a"), identity(), -1, 2);
        assertFalse(set.contains(new double[] {-1}));
        assertTrue(set.contains(new double[] {-0.999}));
        assertTrue(set.contains(new double[] {2}));
        assertFalse(set.contains(new double[] {2.001}));
    }

    private static ProjectionScore identity() {
        return ProjectionScore.of(
                NormalScoreMap.of(new int[] {0}, new double[][] {{-7, 7}}, new double[][] {{-7, 7}}), new double[] {1});
    }

    @Test
    void strongest_namesThoseThatDecide() {
        double[][] knots = {{0, 1}, {0, 1}, {0, 1}, {0, 1}};
        NormalScoreMap map = NormalScoreMap.of(new int[] {0, 1, 2, 3}, knots, knots);
        LevelSet set = LevelSet.of(NAMES, ProjectionScore.of(map, new double[] {0.5, -3, 0, 1.2}), 1.5, INF);
        assertEquals(List.of(1, 3), set.strongest(3));
        assertEquals(List.of(1), set.strongest(1));
        assertEquals("projection(-b, +d, ...) > 1.5", set.description());
        assertEquals("projection(-b, +d, ...)", set.quantity());
        assertArrayEquals(new int[] {0, 1, 2, 3}, set.coordinates());
        LevelSet low = LevelSet.of(NAMES, set.score(), -INF, 2);
        assertEquals("projection(-b, +d, ...) <= 2", low.description());
        assertEquals(
                "1 < projection(-b, +d, ...) <= 2",
                LevelSet.of(NAMES, set.score(), 1, 2).description());
    }

    @Test
    void coordinates_inAnyOrder_areReadByTheirColumn() {
        double[][] knots = {{0, 1}, {0, 1}};
        ProjectionScore score =
                ProjectionScore.of(NormalScoreMap.of(new int[] {2, 0}, knots, knots), new double[] {1, 10});
        LevelSet set = LevelSet.of(NAMES, score, -INF, INF);
        assertEquals(0.5 + 10 * 0.25, score.value(new double[] {0.25, 9, 0.5, 9}));
        assertArrayEquals(new int[] {0, 2}, set.coordinates());
        assertEquals(List.of("c", "a"), set.coordinateNames());
        assertEquals(List.of(0), set.strongest(2));
    }

    @Test
    void of_rejects() {
        double[][] two = {{0, 1}};
        assertThrows(IllegalArgumentException.class, () -> LevelSet.of(List.of("a"), identity(), 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> LevelSet.of(
                        List.of("a"),
                        ProjectionScore.of(NormalScoreMap.of(new int[] {1}, two, two), new double[] {1}),
                        0,
                        1));
        assertThrows(IllegalArgumentException.class, () -> NormalScoreMap.of(new int[] {0, 0}, two, two));
        assertThrows(
                IllegalArgumentException.class, () -> NormalScoreMap.of(new int[] {0}, new double[][] {{1, 1}}, two));
        assertThrows(IllegalArgumentException.class, () -> NormalScoreMap.of(new int[] {0}, new double[][] {{1}}, two));
        assertThrows(IllegalArgumentException.class, () -> Triangle.of(new double[][] {{0}}));
        assertThrows(IllegalArgumentException.class, () -> Triangle.of(new double[][] {{1}, {1}}));
        assertThrows(
                IllegalArgumentException.class,
                () -> ForestScore.of(1, new int[] {0}, new double[] {1}, List.of(tree(new int[] {0, -1, -1}, 0, 0))));
    }

    private static ForestScore.Tree tree(int[] column, double threshold, int low) {
        double[] thresholds = new double[column.length];
        thresholds[0] = threshold;
        int[] lows = new int[column.length];
        lows[0] = low;
        return new ForestScore.Tree(column, thresholds, lows, new double[column.length]);
    }

    /** A random tree with at most some leaves. */
    private static ForestScore.Tree random(SplittableRandom random, int dimension, int leaves) {
        int nodes = 2 * leaves - 1;
        int[] column = new int[nodes];
        double[] threshold = new double[nodes];
        int[] low = new int[nodes];
        double[] value = new double[nodes];
        Arrays.fill(column, -1);
        List<Integer> open = new ArrayList<>(List.of(0));
        int next = 1;
        for (int k = 1; k < leaves; k++) {
            int node = open.remove(random.nextInt(open.size()));
            column[node] = random.nextInt(dimension);
            threshold[node] = random.nextInt(-3, 4) / 2.0;
            low[node] = next;
            open.add(next++);
            open.add(next++);
        }
        for (int node : open) {
            value[node] = random.nextInt(-1000, 1000) / 64.0;
        }
        return new ForestScore.Tree(column, threshold, low, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 17, 40})
    void forest_isTheSumOfItsTrees(int leaves) {
        SplittableRandom random = new SplittableRandom(leaves);
        List<ForestScore.Tree> trees = new ArrayList<>();
        for (int t = 0; t < 9; t++) {
            trees.add(random(random, 4, leaves));
        }
        ForestScore forest = ForestScore.of(4, new int[] {0, 1, 2, 3}, new double[4], trees);
        double[] point = new double[4];
        for (int i = 0; i < 500; i++) {
            for (int j = 0; j < 4; j++) {
                // values on thresholds, beyond them, and NaN
                int pick = random.nextInt(40);
                point[j] = pick == 0 ? Double.NaN : pick == 1 ? INF : random.nextInt(-9, 10) / 4.0;
            }
            double sum = 0;
            for (ForestScore.Tree tree : trees) {
                sum += tree.value(point);
            }
            assertEquals(sum, forest.value(point), Arrays.toString(point));
        }
    }

    @Test
    void batch_answersAsTheRegionsDo() throws IOException {
        JsonNode json = reference();
        NormalScoreMap map = map(json);
        Triangle triangle = Triangle.of(rows(json.get("triangle")));
        SplittableRandom random = new SplittableRandom(3);
        ForestScore forest = ForestScore.of(
                4, new int[] {0, 1, 2, 3}, new double[4], List.of(random(random, 4, 7), random(random, 4, 16)));
        List<Region> regions = List.of(
                LevelSet.of(NAMES, ProjectionScore.of(map, new double[] {1, 0, -1, 0.5}), 0, INF),
                LevelSet.of(NAMES, ProjectionScore.of(map, new double[] {0, 1, 1, 0}), -1, 1),
                LevelSet.of(NAMES, DistanceScore.of(map, triangle, new double[4]), -INF, 4),
                LevelSet.of(NAMES, DistanceScore.of(map, triangle, new double[] {1, 1, 0, 0}), 2, INF),
                LevelSet.of(NAMES, forest, 0, INF),
                LevelSet.of(NAMES, forest, -INF, -2),
                Interval.halfOpen(NAMES, 2, -1, 1),
                new Parity(List.of(Interval.halfOpen(NAMES, 0, 0, INF), Interval.halfOpen(NAMES, 1, 0, INF)), true));
        RegionBatch batch = new RegionBatch(regions);
        boolean[] inside = new boolean[regions.size()];
        double[] point = new double[4];
        int[] hits = new int[regions.size()];
        for (int i = 0; i < 2000; i++) {
            for (int j = 0; j < 4; j++) {
                point[j] = 6 * random.nextDouble() - 3;
            }
            batch.test(point, inside);
            for (int r = 0; r < inside.length; r++) {
                assertEquals(
                        regions.get(r).contains(point),
                        inside[r],
                        regions.get(r).description());
                hits[r] += inside[r] ? 1 : 0;
            }
        }
        for (int r = 0; r < hits.length; r++) {
            assertTrue(hits[r] > 20 && hits[r] < 1980, "a region that is tried on both sides: " + r + " " + hits[r]);
        }
        assertEquals(8, batch.size());
        assertArrayEquals(new int[] {0, 1, 2, 3}, batch.coordinates());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parity_readsBackFromItsDescription(boolean odd) {
        Parity parity = new Parity(
                List.of(
                        Interval.halfOpen(NAMES, 0, 0.25, INF),
                        Interval.halfOpen(NAMES, 2, -INF, 0),
                        Interval.halfOpen(NAMES, 3, -1, 1)),
                odd);
        Region read = RegionExpression.parse(parity.description()).bind(NAMES);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1000; i++) {
            double[] point = random.doubles(4, -2, 2).toArray();
            int holds = (point[0] > 0.25 ? 1 : 0) + (point[2] <= 0 ? 1 : 0) + (point[3] > -1 && point[3] <= 1 ? 1 : 0);
            assertEquals((holds % 2 == 1) == odd, parity.contains(point));
            assertEquals(parity.contains(point), read.contains(point));
        }
        assertArrayEquals(new int[] {0, 2, 3}, parity.coordinates());
        List<Region> many = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            many.add(Interval.halfOpen(NAMES, 0, i, INF));
        }
        assertThrows(IllegalArgumentException.class, () -> new Parity(many, odd));
    }
}
