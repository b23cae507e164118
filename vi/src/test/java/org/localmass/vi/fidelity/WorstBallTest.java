package org.localmass.vi.fidelity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorstBallTest {
    private static final double[] MASSES = {0.005, 0.02};

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    /** All balls about all candidates by sorting all distances. */
    private static double byBruteForce(double[][] points, double[] weights, double[] logRatios, double[] units) {
        double worst = Double.POSITIVE_INFINITY;
        for (double[] centre : points) {
            Integer[] order = IntStream.range(0, points.length).boxed().toArray(Integer[]::new);
            double[] distance = new double[points.length];
            for (int i = 0; i < points.length; i++) {
                for (int j = 0; j < centre.length; j++) {
                    double gap = (points[i][j] - centre[j]) / units[j];
                    distance[i] += gap * gap;
                }
            }
            Arrays.sort(order, (a, b) -> Double.compare(distance[a], distance[b]));
            for (double mass : MASSES) {
                double held = 0;
                double kept = 0;
                int i = 0;
                while (i < order.length && held < mass) {
                    held += weights[order[i]];
                    kept += weights[order[i]] * Math.exp(logRatios[order[i]]);
                    i++;
                }
                if (held >= mass && i >= 8) {
                    worst = Math.min(worst, kept / held);
                }
            }
        }
        return worst;
    }

    @ParameterizedTest(name = "{0} dimensions, equal weights {1}")
    @CsvSource({"1, true", "2, true", "3, false", "10, true"})
    void of_everyCandidate_isTheWorstOfAll(int d, boolean equal) {
        int n = 2000;
        UniformRandomProvider random = random(5);
        double[][] points = new double[n][d];
        double[] weights = new double[n];
        double[] logRatios = new double[n];
        double[] units = new double[d];
        Arrays.setAll(units, j -> 1 + j);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                points[i][j] = random.nextDouble(-3, 3);
            }
            // nearly equal weights: the balls of 2 % stay within the points that are looked at
            weights[i] = equal ? 1 : 0.8 + 0.4 * random.nextDouble();
            sum += weights[i];
            logRatios[i] = Math.sin(points[i][0]) + (d > 1 ? points[i][1] : 0) - 0.5 * random.nextDouble();
        }
        for (int i = 0; i < n; i++) {
            weights[i] /= sum;
        }
        double worst = Double.POSITIVE_INFINITY;
        // a call looks at 100 candidates
        for (int block = 0; block < n; block += 100) {
            int[] candidates = IntStream.range(block, block + 100).toArray();
            WorstBall ball = WorstBall.of(points, weights, logRatios, candidates, units, 1, random(7));
            worst = Math.min(worst, ball.ratio());
        }
        assertEquals(byBruteForce(points, weights, logRatios, units), worst, 1e-9);
    }

    @Test
    void of_aHole_findsIt() {
        int n = 4000;
        double[][] points = new double[n][1];
        double[] weights = new double[n];
        double[] logRatios = new double[n];
        for (int i = 0; i < n; i++) {
            points[i][0] = (i + 0.5) / n;
            weights[i] = 1.0 / n;
            logRatios[i] = points[i][0] > 0.3 && points[i][0] < 0.34 ? Math.log(0.01) : 0;
        }
        int[] near = IntStream.range(1270, 1290).toArray();
        WorstBall ball = WorstBall.of(points, weights, logRatios, near, new double[] {1}, 1, random(1));
        assertEquals(0.01, ball.ratio(), 1e-12);
        for (int i : ball.members()) {
            assertEquals(0.32, points[i][0], 0.02);
        }
    }

    @Test
    void of_noCandidate_isNone() {
        WorstBall none = WorstBall.of(
                new double[][] {{0}, {1}},
                new double[] {0.5, 0.5},
                new double[2],
                new int[0],
                new double[] {1},
                1,
                random(1));
        assertEquals(Double.POSITIVE_INFINITY, none.ratio());
        assertEquals(-1, none.centre());
        assertArrayEquals(new int[0], none.members());
    }

    @Test
    void of_fewPoints_isNone() {
        double[][] points = {{0}, {1}, {2}};
        double[] thirds = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        WorstBall none =
                WorstBall.of(points, thirds, new double[3], new int[] {0, 1, 2}, new double[] {1}, 1, random(1));
        assertEquals(-1, none.centre());
    }
}
