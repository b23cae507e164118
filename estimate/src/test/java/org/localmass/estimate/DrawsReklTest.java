package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

class DrawsReklTest {
    private static final Distribution NORMAL = DistributionText.parse("normal(0,1)");
    private static final Distribution WIDE = DistributionText.parse("normal(0.5,1.2)");

    private static Draws draws(Distribution law, int size, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int d = law.dimension();
        double[][] columns = new double[d][size];
        double[] point = new double[d];
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + j);
        }
        for (int t = 0; t < size; t++) {
            law.sample(random, point);
            for (int j = 0; j < d; j++) {
                columns[j][t] = point[j];
            }
        }
        return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    private static LocalSide side(Draws draws) {
        int[] all = new int[draws.dimension()];
        Arrays.setAll(all, j -> j);
        return LocalSide.about(draws, Ball.of(draws.names(), all, new double[all.length], 1, Norm.linf()), 1);
    }

    private static LocalSide side(Distribution law, int size, long seed) {
        return side(draws(law, size, seed)).withDensity(law::logDensity);
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, s -> s + 1).limit(20);
    }

    private static void assertOrdered(Bracket b) {
        assertTrue(b.lower() <= b.estimate() && b.estimate() <= b.upper() && b.lower() >= 0, b.toString());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothEstimates_boundTheExactDivergence(long seed) {
        double alpha = new double[] {0.25, 0.5, 0.75, 1, 2}[(int) (seed % 5)];
        LocalSide q = side(WIDE, 20_000, seed);
        LocalSide p = side(NORMAL, 20_000, seed + 1000);
        LocalComparison alone = DrawsRekl.of(alpha).withLevel(0.999).compare(q, p, 2);
        LocalComparison known = DensityRekl.of(alpha)
                .withLevel(0.999)
                .compare(q, p, new double[] {2})
                .get(0);
        LocalRekl rekl = LocalRekl.of(alpha);
        Rekl forward = rekl.onBall(WIDE, NORMAL, new double[1], 2, Norm.l2());
        Rekl backward = rekl.onBall(NORMAL, WIDE, new double[1], 2, Norm.l2());
        for (LocalComparison c : List.of(alone, known)) {
            assertHolds(c.forward(), forward);
            assertHolds(c.backward(), backward);
            assertTrue(c.ratio().lower() <= forward.ratio()
                    && forward.ratio() <= c.ratio().upper());
            double difference = forward.massQ().value() - forward.massP().value();
            assertTrue(c.difference().lower() <= difference
                    && difference <= c.difference().upper());
            assertTrue(c.certificate() * forward.ratio() >= 1);
        }
        // the lower bound is worth having, and densities give much more
        assertTrue(alone.forward().divergence().lower() > 0.2 * forward.value().value());
        assertTrue(alone.forward().cells() > 1);
        assertEquals(
                forward.value().value(),
                known.forward().divergence().estimate(),
                0.05 * forward.value().value());
        assertEquals(0, known.forward().cells());
    }

    private static void assertHolds(ReklEstimate estimate, Rekl exact) {
        for (Bracket b :
                List.of(estimate.divergence(), estimate.normalised(), estimate.massTerm(), estimate.shapeTerm())) {
            assertOrdered(b);
        }
        double tolerance = 1e-12;
        assertTrue(estimate.divergence().lower() <= exact.value().value() + tolerance);
        assertTrue(estimate.divergence().upper() >= exact.value().value() - tolerance);
        assertTrue(estimate.normalised().lower() <= exact.normalised() + tolerance);
        assertTrue(estimate.normalised().upper() >= exact.normalised() - tolerance);
        assertTrue(estimate.massTerm().lower() <= exact.massTerm() + tolerance);
        assertTrue(estimate.massTerm().upper() >= exact.massTerm() - tolerance);
        assertTrue(estimate.shapeTerm().lower() <= exact.shapeTerm() + tolerance);
        assertTrue(estimate.shapeTerm().upper() >= exact.shapeTerm() - tolerance);
    }

    /** Same mass, different shapes: only the cells can tell. */
    @Test
    void shapesOfEqualMass_areTold() {
        Distribution left = DistributionText.parse("beta(2,5)");
        Distribution right = DistributionText.parse("beta(5,2)");
        LocalComparison c = DrawsRekl.of(0.5).compare(side(left, 4000, 1), side(right, 4000, 2), 1);
        assertTrue(c.forward().massTerm().lower() == 0 && c.forward().massTerm().upper() < 0.01);
        assertTrue(c.forward().shapeTerm().lower() > 0.2, c.forward().toString());
        double exact = LocalRekl.of(0.5)
                .onBall(left, right, new double[1], 1, Norm.l2())
                .value()
                .value();
        assertTrue(c.forward().divergence().lower() < exact);
    }

    /** A spike on one side is cut out by the distance, ties and all. */
    @Test
    void atom_isItsOwnCell() {
        Distribution spike = DistributionText.parse("spike_slab(0.6, normal(0,1))");
        LocalComparison c = DrawsRekl.of(0.5).compare(side(NORMAL, 4000, 3), side(spike, 4000, 4), 5);
        assertTrue(c.forward().divergence().lower() > 0.3, c.forward().toString());
        assertEquals(2 - 2 * Math.sqrt(0.6), c.forward().divergence().estimate(), 0.05);
    }

    @ParameterizedTest
    @CsvSource({"0.5", "1"})
    void noDrawInTheBall_certifiesNothing(double alpha) {
        LocalSide far = side(DistributionText.parse("uniform(5,6)"), 500, 5);
        LocalSide near = side(NORMAL, 500, 6);
        LocalComparison none = DrawsRekl.of(alpha).compare(far, near, 1);
        assertEquals(Double.POSITIVE_INFINITY, none.certificate());
        assertTrue(none.forward().normalised().lower() > 0.7);
        assertTrue(none.cautions().contains(ReklCaution.LOWER_BOUND));
        LocalComparison empty = DrawsRekl.of(alpha).compare(far, far, 1);
        assertEquals(0, empty.forward().divergence().lower());
        assertEquals(0, empty.forward().divergence().estimate());
        assertEquals(1, empty.forward().cells());
        LocalComparison known =
                DensityRekl.of(alpha).compare(far, near, new double[] {1}).get(0);
        // singular there: D(q||p) = P, D(p||q) = alpha/(1-alpha) P
        assertEquals(0.683, known.forward().divergence().estimate(), 0.06);
        assertEquals(
                alpha < 1 ? known.forward().divergence().estimate() : Double.POSITIVE_INFINITY,
                known.backward().divergence().estimate());
        assertEquals(Double.POSITIVE_INFINITY, known.certificate());
    }

    @Test
    void knownMasses_areUsed() {
        LocalSide p = side(NORMAL, 2000, 7).withMasses(r -> NORMAL.logBallMass(new double[1], r, Norm.l2()));
        LocalComparison c = DrawsRekl.of(0.5).compare(side(WIDE, 2000, 8), p, 1);
        double exact = Math.exp(NORMAL.logBallMass(new double[1], 1, Norm.l2()));
        assertEquals(exact, c.massP().lower());
        assertEquals(exact, c.massP().upper());
        assertTrue(c.massQ().lower() < c.massQ().upper());
    }

    @Test
    void atInfinity_isTheOutsideOfABall() {
        Draws draws = draws(NORMAL, 5000, 9);
        Ball ball = Ball.of(draws.names(), new int[] {0}, new double[1], 1, Norm.l2());
        LocalSide tail = LocalSide.atInfinity(draws, ball, 1);
        long outside =
                Arrays.stream(draws.column(0)).filter(x -> Math.abs(x) >= 2).count();
        assertEquals(outside, tail.hits(0.5));
    }

    /** Chains of one draw cannot be halved; weights of zero in a half neither. */
    @Test
    void halves_leaveOutWhatCannotBeHalved() {
        Draws single = Draws.of(
                List.of("x0"),
                List.of(Chain.adopt(new double[] {0.1}), Chain.adopt(new double[] {0.2})),
                Sampling.MARKOV_CHAIN);
        LocalComparison c = DrawsRekl.of(0.5).compare(side(single), side(NORMAL, 100, 10), 1);
        assertEquals(1, c.forward().cells());
        double[] weights = {0, Double.NEGATIVE_INFINITY};
        Draws weighted = Draws.of(
                List.of("x0"),
                List.of(Chain.adopt(new double[][] {{0.1, 0.2}}, weights, Map.of())),
                Sampling.INDEPENDENT);
        assertEquals(
                1,
                DrawsRekl.of(0.5)
                        .compare(side(weighted), side(NORMAL, 100, 11), 1)
                        .forward()
                        .cells());
    }

    @Test
    void sameInput_givesTheSameEstimate() {
        LocalSide q = side(WIDE, 3000, 12);
        LocalSide p = side(NORMAL, 3000, 13);
        assertEquals(DrawsRekl.of(0.5).compare(q, p, 1), DrawsRekl.of(0.5).compare(q, p, 1));
    }

    @Test
    void badArguments_areNamed() {
        LocalSide q = side(draws(NORMAL, 50, 14));
        assertEquals(
                "both sides must have a log density",
                assertThrows(IllegalArgumentException.class, () -> DensityRekl.of(0.5)
                                .compare(q, q, new double[] {1}))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> DrawsRekl.of(0));
        assertThrows(IllegalArgumentException.class, () -> DrawsRekl.of(0.5).withLevel(1));
        assertThrows(IllegalArgumentException.class, () -> DrawsRekl.of(0.5).compare(q, q, Double.NaN));
        LocalSide plane = side(DistributionText.parse("mvnormal([0,0],1)"), 50, 15);
        assertThrows(IllegalArgumentException.class, () -> DrawsRekl.of(0.5).compare(q, plane, 1));
    }
}
