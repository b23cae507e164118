package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.IndexEstimate.Model;

class DrawsIndexTest {
    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }

    private static double normal(UniformRandomProvider random) {
        return ZigguratSampler.NormalizedGaussian.of(random).sample();
    }

    private static Draws draws(int n, long seed, ToDoubleFunction<UniformRandomProvider> law) {
        UniformRandomProvider random = random(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = law.applyAsDouble(random);
        }
        return of(x);
    }

    private static Draws of(double... x) {
        return Draws.of(List.of("x"), List.of(Chain.adopt(x)), Sampling.UNKNOWN);
    }

    private static Ball at(Draws draws, double... centre) {
        return Ball.of(draws.names(), IntStream.range(0, centre.length).toArray(), centre, 1, Norm.l2());
    }

    private static IndexEstimate index(Draws draws, double centre) {
        return DrawsIndex.withDefaults().at(draws, at(draws, centre));
    }

    @Test
    void at_readsSlopeOfNormal() {
        IndexEstimate e = index(draws(10_000, 1, DrawsIndexTest::normal), 0);
        assertEquals(Model.POWER, e.model());
        assertEquals(AtomTest.Outcome.NONE, e.atom().outcome());
        assertEquals(1, e.index().kappa().estimate(), 0.12);
        assertTrue(e.index().kappa().lower() < 1 && 1 < e.index().kappa().upper());
        assertEquals(0, e.index().atomMass().upper());
        assertTrue(e.index().window().isPresent());
        assertEquals(10, e.plateau().get(0).draws(), 6);
        assertTrue(e.plateau().get(e.plateau().size() - 1).draws() == 2500);
    }

    /** A Gaussian in ten dimensions needs more draws than 1,000; a horseshoe about as many as it takes in the study. */
    @Test
    void at_namesTheDrawsThatWouldDo() {
        UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(7);
        double[][] x = new double[10][1000];
        for (double[] column : x) {
            Arrays.setAll(column, t -> normal(rng));
        }
        List<String> names = IntStream.range(0, 10).mapToObj(j -> "x" + j).toList();
        Draws ten = Draws.of(names, List.of(Chain.adopt(x)), Sampling.INDEPENDENT);
        Ball ball = Ball.of(names, IntStream.range(0, 10).toArray(), new double[10], 1, Norm.l2());
        IndexEstimate drifts = DrawsIndex.withDefaults().at(ten, ball);
        assertTrue(drifts.index().cautions().contains(Caution.WINDOW_BIAS));
        assertTrue(drifts.sufficientDraws() > 1000);
        IndexEstimate steady = index(draws(10_000, 8, DrawsIndexTest::normal), 0);
        assertTrue(Double.isNaN(steady.sufficientDraws()));
        IndexEstimate horseshoe =
                index(draws(10_000, 10, r -> normal(r) * Math.tan(0.5 * Math.PI * r.nextDouble())), 0);
        assertEquals(Model.POWER, horseshoe.model());
        assertEquals(70_000, horseshoe.logarithmDraws(), 40_000);
    }

    /** Slopes of 0.1 and 0.03 are small, and no atoms. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.03})
    void at_smallSlopeIsNoAtom(double kappa) {
        Draws draws = draws(4000, 2, r -> Math.pow(r.nextDouble(), 1 / kappa));
        IndexEstimate e = index(draws, 0);
        assertEquals(Model.POWER, e.model());
        assertEquals(kappa, e.index().kappa().estimate(), 0.2 * kappa);
    }

    @Test
    void at_findsAtomAndSlopeBesideIt() {
        Draws draws = draws(4000, 3, r -> r.nextDouble() < 0.1 ? 2.5 : 2.5 + normal(r));
        IndexEstimate e = index(draws, 2.5);
        assertEquals(Model.ATOM, e.model());
        assertEquals(0.1, e.index().atomMass().estimate(), 0.02);
        assertTrue(
                e.index().atomMass().lower() < 0.1 && 0.1 < e.index().atomMass().upper());
        assertEquals(Double.POSITIVE_INFINITY, e.index().power().estimate());
        assertEquals(1, e.power().orElseThrow().kappa().estimate(), 0.25);
    }

    /** Three runs of a rejected state are three states: no atom, whatever their length; independent draws each count. */
    @Test
    void at_countsRunsOnce() {
        double[] x = draws(2000, 4, DrawsIndexTest::normal).column(0);
        Arrays.fill(x, 100, 160, 0);
        Arrays.fill(x, 900, 950, 0);
        Arrays.fill(x, 1500, 1520, 0);
        assertEquals(AtomTest.Outcome.NONE, index(of(x), 0).atom().outcome());
        assertEquals(3, index(of(x), 0).atom().hits());
        assertEquals(
                Model.ATOM, index(of(x).withSampling(Sampling.INDEPENDENT), 0).model());
    }

    @Test
    void at_mostlyConstantColumnIsNotDecided() {
        double[] x = new double[1000];
        x[10] = 1;
        x[500] = 2;
        IndexEstimate e = index(of(x), 0);
        assertEquals(Model.UNDETERMINED, e.model());
        assertTrue(e.index().cautions().contains(Caution.FEW_CHANGES));
        assertEquals(0.998, e.index().atomMass().estimate(), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, e.index().kappa().upper());
    }

    @Test
    void at_roundingIsNoAtom() {
        Draws draws = draws(10_000, 5, r -> Math.rint(100 * normal(r)) / 100);
        IndexEstimate e = index(draws, 0);
        assertTrue(e.atom().draws() >= 20, "ties " + e.atom().draws());
        assertEquals(AtomTest.Outcome.ROUNDING, e.atom().outcome());
        assertEquals(0.01, e.atom().resolution(), 1e-9);
        assertEquals(Model.POWER, e.model());
        assertTrue(e.index().cautions().contains(Caution.ROUNDED));
        assertTrue(e.index().kappa().lower() < 1 && 1 < e.index().kappa().upper());
    }

    @Test
    void at_underflowOfLogCauchyIsNoAtom() {
        Draws draws = draws(
                4000, 6, r -> Math.min(Double.MAX_VALUE, Math.exp(15 * Math.tan(Math.PI * (r.nextDouble() - 0.5)))));
        IndexEstimate e = index(draws, 0);
        assertTrue(e.atom().hits() > 0.004 * 4000, "zeros " + e.atom().hits());
        assertEquals(AtomTest.Outcome.UNDERFLOW, e.atom().outcome());
        assertEquals(Model.POWER_LOG, e.model());
        assertTrue(e.index().cautions().contains(Caution.UNDERFLOW));
        assertTrue(e.index().beta().estimate() < 0);
        assertEquals(0, e.index().atomMass().estimate());
    }

    @Test
    void at_singlePrecisionUnderflowIsNoAtom() {
        Draws draws = draws(4000, 7, r -> (float) Math.pow(r.nextDouble(), 25));
        IndexEstimate e = index(draws, 0);
        assertTrue(e.atom().draws() > 20, "zeros " + e.atom().draws());
        assertFalse(e.model() == Model.ATOM);
        assertEquals(0.04, e.index().kappa().estimate(), 0.006);
    }

    @Test
    void at_choosesLogarithmOfHorseshoe() {
        Draws draws = draws(100_000, 8, r -> normal(r) * Math.tan(0.5 * Math.PI * r.nextDouble()));
        IndexEstimate e = index(draws.withSampling(Sampling.INDEPENDENT), 0);
        assertEquals(Model.POWER_LOG, e.model());
        assertTrue(e.index().kappa().lower() < 1 && 1 < e.index().kappa().upper());
        assertTrue(e.index().beta().lower() < 1 && 1 < e.index().beta().upper());
        assertTrue(e.logFits().size() >= 4, "windows and units " + e.logFits().size());
    }

    @Test
    void atInfinity_readsTailIndex() {
        Draws draws = draws(20_000, 9, r -> Math.tan(Math.PI * (r.nextDouble() - 0.5)));
        IndexEstimate e = DrawsIndex.withDefaults().atInfinity(draws, at(draws, 0));
        assertEquals(1, e.index().dimension());
        assertEquals(1, e.index().kappa().estimate(), 0.1);
    }

    @Test
    void at_groupAndCoordinates() {
        UniformRandomProvider random = random(10);
        double[][] columns = new double[2][10_000];
        for (int i = 0; i < columns[0].length; i++) {
            columns[0][i] = normal(random);
            columns[1][i] = random.nextDouble() < 0.2 ? 0 : normal(random);
        }
        Draws draws = Draws.of(List.of("a", "b"), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
        Ball both = at(draws, 0, 0);
        IndexEstimate joint = DrawsIndex.withDefaults().at(draws, both);
        assertEquals(Model.POWER, joint.model());
        assertEquals(1, joint.index().kappa().estimate(), 0.2, "on the axis a the mass is that of a density");
        List<IndexEstimate> each = DrawsIndex.withDefaults().coordinatewise(draws, both, false);
        assertEquals(Model.POWER, each.get(0).model());
        assertEquals(Model.ATOM, each.get(1).model());
        Ball cube = Ball.of(draws.names(), new int[] {0, 1}, new double[] {1, 1}, 1, Norm.linf());
        assertEquals(
                2, DrawsIndex.withDefaults().at(draws, cube).index().kappa().estimate(), 0.5);
        Ball robust = Ball.of(
                draws.names(), new int[] {0, 1}, new double[] {1, 1}, 1, RobustNorm.mahalanobis(draws, new int[] {0, 1
                }));
        assertEquals(
                2, DrawsIndex.withDefaults().at(draws, robust).index().kappa().estimate(), 0.5);
    }

    /** The unit of the draws plays no part. */
    @ParameterizedTest
    @ValueSource(doubles = {0x1p-40, 0x1p30})
    void at_isFreeOfUnits(double unit) {
        Draws draws = draws(5000, 11, r -> normal(r) * normal(r));
        Draws scaled = of(Arrays.stream(draws.column(0)).map(x -> unit * x).toArray());
        IndexEstimate a = index(draws, 0);
        IndexEstimate b = index(scaled, 0);
        assertEquals(a.index().kappa().estimate(), b.index().kappa().estimate(), 1e-9);
        assertEquals(a.index().beta().lower(), b.index().beta().lower(), 1e-6);
        assertEquals(a.model(), b.model());
    }

    /** Draws of a uniform, weighted to the density 2x, have the exponent 2 at 0. */
    @Test
    void at_usesWeights() {
        double[] x = draws(20_000, 12, UniformRandomProvider::nextDouble).column(0);
        double[] logWeights = Arrays.stream(x).map(Math::log).toArray();
        Draws draws = Draws.of(
                List.of("x"), List.of(Chain.adopt(new double[][] {x}, logWeights, Map.of())), Sampling.INDEPENDENT);
        IndexEstimate e = index(draws, 0);
        assertEquals(2, e.index().kappa().estimate(), 0.2);
        assertTrue(e.power().orElseThrow().effectiveDraws()
                < e.power().orElseThrow().draws());
    }

    @Test
    void at_fewOrEqualDrawsAreUndetermined() {
        for (double[] x : new double[][] {{1}, {1, 1, 1, 1, 1, 1}, {0, 0, 0}, {1, 2, 3}}) {
            IndexEstimate e = index(of(x), 0);
            assertTrue(e.model() == Model.UNDETERMINED, Arrays.toString(x) + " " + e.model());
            assertTrue(Double.isNaN(e.index().kappa().estimate()));
        }
    }

    @Test
    void at_hugeAndTinyValues() {
        Draws huge = draws(2000, 13, r -> 1e308 * (r.nextDouble() - 0.5));
        assertTrue(index(huge, 0).index().kappa().lower() < 1.2);
        Draws tiny = draws(2000, 14, r -> 1e-310 * r.nextDouble());
        assertTrue(Double.isFinite(index(tiny, 0).index().kappa().estimate()));
    }

    @Test
    void withLevel_widens() {
        Draws draws = draws(3000, 15, DrawsIndexTest::normal);
        IndexEstimate narrow = DrawsIndex.withDefaults().withLevel(0.8).at(draws, at(draws, 0));
        IndexEstimate wide = DrawsIndex.withDefaults().withLevel(0.99).at(draws, at(draws, 0));
        assertTrue(wide.index().kappa().lower() < narrow.index().kappa().lower());
        assertTrue(wide.index().kappa().upper() > narrow.index().kappa().upper());
        assertThrows(
                IllegalArgumentException.class, () -> DrawsIndex.withDefaults().withLevel(1));
    }

    @Test
    void curve_countsNestedBallsWithUpperLimits() {
        Draws draws = draws(4000, 16, DrawsIndexTest::normal);
        double[] radii = {1e-9, 0.01, 0.1, 1};
        DrawsCurve curve = DrawsCurve.about(draws, at(draws, 0), radii, 0.95);
        assertEquals(Double.NEGATIVE_INFINITY, curve.curve().logMass()[0]);
        assertTrue(curve.curve().upper()[0] < Math.log(0.01));
        assertTrue(curve.masses().get(0).cautions().contains(Caution.NO_HITS));
        assertEquals(0.6827, Math.exp(curve.curve().logMass()[3]), 0.03);
        assertEquals(1, curve.curve().slope()[2], 0.2);
        assertTrue(Double.isNaN(curve.curve().slope()[0]));
        DrawsCurve tail = DrawsCurve.atInfinity(draws, at(draws, 0), new double[] {0.5}, 0.95);
        assertEquals(0.0455, tail.masses().get(0).estimate(), 0.01);
        assertThrows(
                IllegalArgumentException.class, () -> DrawsCurve.about(draws, at(draws, 0), new double[] {0}, 0.95));
        assertEquals(12, DrawsCurve.radii(draws, at(draws, 0), false, 12).length);
        assertEquals(1, DrawsCurve.radii(of(0, 0), at(of(0, 0), 0), false, 12)[0]);
    }

    @Test
    void mismatch_comparesSlopes() {
        Draws smooth = draws(20_000, 17, DrawsIndexTest::normal);
        Draws other = draws(20_000, 18, DrawsIndexTest::normal);
        Draws cusp = draws(20_000, 19, r -> Math.pow(r.nextDouble(), 2));
        IndexMismatch same = IndexMismatch.of(smooth, other, at(smooth, 0), 0.2, 0.95);
        assertEquals(IndexMismatch.Outcome.SAME, same.outcome());
        IndexMismatch different = IndexMismatch.of(smooth, cusp, at(smooth, 0), 0.2, 0.95);
        assertEquals(IndexMismatch.Outcome.DIFFERENT, different.outcome());
        assertEquals(-0.5, different.difference().estimate(), 0.25);
        assertEquals(100, different.to() / different.from(), 1e-9);
        Draws few = draws(60, 20, DrawsIndexTest::normal);
        IndexMismatch open = IndexMismatch.of(smooth, few, at(smooth, 0), 0.2, 0.95);
        assertEquals(IndexMismatch.Outcome.INCONCLUSIVE, open.outcome());
        assertEquals(Double.POSITIVE_INFINITY, open.detectable());
        assertEquals(
                IndexMismatch.Outcome.INCONCLUSIVE,
                IndexMismatch.of(of(0, 0), of(0, 0), at(of(0, 0), 0), 0.2, 0.95).outcome());
    }

    @Test
    void robustNorm_refusesConstant() {
        Draws draws = of(3, 3, 3);
        assertEquals(
                "parameter x must vary for the norm mahalanobis, is 3.0 in all draws",
                assertThrows(IllegalArgumentException.class, () -> RobustNorm.mahalanobis(draws, new int[] {0}))
                        .getMessage());
    }

    @Test
    void fits_rejectArguments() {
        assertThrows(IllegalArgumentException.class, () -> HillFit.within(new double[] {0, 1}, 1, 0.95));
        assertThrows(IllegalArgumentException.class, () -> HillFit.nearest(new double[] {1, 2}, 2, 0.95));
        assertEquals(
                "radius must lie between 0 and the unit 1.0, was 1.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> PowerLogFit.of(new double[] {0.1, 0.2, 0.3}, 1, 1, 0.95))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> PowerLogFit.of(new double[] {0.1, 0.1}, 0.5, 1, 0.95));
    }
}
