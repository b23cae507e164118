package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;

/** Draws against the law's own masses: Kolmogorov-Smirnov at level 1e-4. */
class SamplerTest {
    private static final int DRAWS = 20_000;
    /** The statistic is taken at every 40th order statistic, which can hide 40/20000 at most. */
    private static final int STEP = 40;
    /** sqrt(log(2/1e-4)/2). */
    private static final double LEVEL = 2.2252 / Math.sqrt(DRAWS);

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }

    private static double[] draws(Univariate law, long seed, int count) {
        UniformRandomProvider random = random(seed);
        double[] draws = new double[count];
        for (int i = 0; i < count; i++) {
            draws[i] = law.sample(random);
        }
        return draws;
    }

    /** The largest gap between the share of draws up to x, or below x, and the law's. */
    private static double statistic(Univariate law, double[] sorted, int step) {
        double n = sorted.length;
        double largest = 0;
        for (int i = step / 2; i < sorted.length; i += step) {
            double x = sorted[i];
            int below = i;
            while (below > 0 && sorted[below - 1] == x) {
                below--;
            }
            int upTo = i + 1;
            while (upTo < sorted.length && sorted[upTo] == x) {
                upTo++;
            }
            largest = Math.max(largest, Math.abs(law.lower(x).value() - upTo / n));
            largest = Math.max(largest, Math.abs(law.upper(x).value() - (n - below) / n));
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#lines")
    void lineDraws_followTheLaw(String text) {
        Univariate law = Laws.line(text);
        double[] draws = draws(law, 1, DRAWS);
        double[] first = Arrays.copyOf(draws, 50);
        assertArrayEquals(first, draws(law, 1, 50), "the same seed gives the same draws");
        assertTrue(!Arrays.equals(first, draws(law, 2, 50)), "another seed gives others");
        Arrays.sort(draws);
        assertTrue(statistic(law, draws, STEP) <= LEVEL, () -> "statistic " + statistic(law, draws, STEP));
        for (Atom atom : law.atoms()) {
            double share =
                    Arrays.stream(draws).filter(x -> x == atom.location()).count() / (double) DRAWS;
            double sd = Math.sqrt(atom.mass() * (1 - atom.mass()) / DRAWS);
            assertEquals(atom.mass(), share, 3.9 * sd, "draws at " + atom.location());
        }
    }

    /** The rare intervals are drawn by inversion, which evaluates 64 masses a draw. */
    @Test
    void truncatedDraws_inATail() {
        for (String text : new String[] {"truncate(normal(0, 1), 3, inf)", "truncate(exponential(1), 2, 2.5)"}) {
            Univariate law = Laws.line(text);
            double[] draws = draws(law, 5, 2000);
            Arrays.sort(draws);
            double largest = statistic(law, draws, 10);
            assertTrue(largest <= 2.2252 / Math.sqrt(2000), text + ": statistic " + largest);
        }
    }

    @Test
    void point_drawsItself() {
        assertArrayEquals(new double[] {3, 3, 3}, draws(Dirac.of(3), 1, 3));
    }

    private static double[][] draws(Distribution law, long seed, int count) {
        UniformRandomProvider random = random(seed);
        double[][] draws = new double[count][law.dimension()];
        for (double[] draw : draws) {
            law.sample(random, draw);
        }
        return draws;
    }

    /** Distances from a centre off the law's own, against the masses of balls about it. */
    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#spaces")
    void spaceDraws_followTheMassesOfBalls(String text) {
        Distribution law = Laws.of(text);
        int d = law.dimension();
        double[] centre = new double[d];
        Arrays.setAll(centre, j -> 0.3 - 0.2 * j);
        double[][] draws = draws(law, 3, DRAWS);
        assertArrayEquals(draws[0], draws(law, 3, 1)[0], "the same seed gives the same draws");
        assertTrue(!Arrays.equals(draws[0], draws(law, 4, 1)[0]), "another seed gives others");
        for (Norm norm : new Norm[] {Norm.l2(), Norm.linf()}) {
            double[] distances = new double[DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                double[] gap = new double[d];
                for (int j = 0; j < d; j++) {
                    gap[j] = draws[i][j] - centre[j];
                }
                distances[i] = length(gap, norm);
            }
            Arrays.sort(distances);
            for (int i = 1000; i < DRAWS; i += 6000) {
                if (norm.label().equals("linf") && isRefused(law, centre, norm)) {
                    break;
                }
                double r = distances[i];
                long inside = Arrays.stream(distances).filter(x -> x <= r).count();
                assertEquals(
                        inside / (double) DRAWS,
                        Math.exp(law.logBallMass(centre, r, norm)),
                        LEVEL,
                        () -> norm.label() + " ball of radius " + r);
            }
        }
    }

    private static boolean isRefused(Distribution law, double[] centre, Norm norm) {
        try {
            return Double.isNaN(law.logBallMass(centre, 1, norm));
        } catch (NoClosedFormException e) {
            return true;
        }
    }

    private static double length(double[] gap, Norm norm) {
        double size = 0;
        for (double x : gap) {
            size = norm.label().equals("l2") ? Math.hypot(size, x) : Math.max(size, Math.abs(x));
        }
        return size;
    }

    @Test
    void projections_followTheHalfSpaces() {
        double[] normal = {1, -2};
        for (String text : new String[] {
            "multi_normal([0, 1], [[2, 0.5], [0.5, 1]])",
            "multi_normal([0, 1], [1, 3])",
            "multi_student_t(2.5, [0, 1], [[2, 0.5], [0.5, 1]])",
        }) {
            assertProjection(Laws.of(text), normal);
        }
        assertProjection(Laws.of("dirichlet([0.5, 2, 3])"), new double[] {2, 2});
        assertProjection(Laws.of("dirichlet([0.5, 2, 3])"), new double[] {1, 0});
        assertProjection(Laws.of("dirichlet([0.5, 2, 3])"), new double[] {0, -1});
        assertProjection(Laws.of("neal_funnel(1)"), new double[] {1, 0});
    }

    private static void assertProjection(Distribution law, double[] normal) {
        double[][] draws = draws(law, 7, DRAWS);
        double[] values = Arrays.stream(draws)
                .mapToDouble(x -> normal[0] * x[0] + normal[1] * x[1])
                .sorted()
                .toArray();
        for (int i = 1000; i < DRAWS; i += 1000) {
            HalfSpace half = HalfSpace.of(java.util.List.of("a", "b"), normal, values[i]);
            assertEquals(
                    (i + 1) / (double) DRAWS, Math.exp(law.logMass(half)), LEVEL, () -> law + " " + half.description());
        }
    }
}
