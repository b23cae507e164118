package org.localmass.vi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.RegionEstimate;
import org.localmass.vi.family.RegionPoints;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;
import org.localmass.vi.objective.Elbo;
import org.localmass.vi.objective.LocalObjective;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.objective.TrackedRegion;
import org.localmass.vi.optimizer.WeightedEm;

class FitTest {

    private static List<String> names(int d) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + j);
        }
        return names;
    }

    private static TrackedRegion below(int d, int j, double b, double p, Family family) {
        double[] normal = new double[d];
        normal[j] = 1;
        return TrackedRegion.of(
                "x" + j + "-",
                FamilyMass.closedForm(HalfSpace.of(names(d), normal, b), family).orElseThrow(),
                Math.log(p));
    }

    private static TrackedRegion above(int d, int j, double b, double p, Family family) {
        double[] normal = new double[d];
        normal[j] = 1;
        return TrackedRegion.of(
                "x" + j + "+",
                FamilyMass.closedForm(new Complement(HalfSpace.of(names(d), normal, b)), family)
                        .orElseThrow(),
                Math.log(p));
    }

    private static TrackedRegion ball(String name, LogDensity target, double[] centre, double radius) {
        int[] all = new int[centre.length];
        for (int j = 0; j < all.length; j++) {
            all[j] = j;
        }
        RegionPoints points = RegionPoints.ofBall(Ball.of(names(all.length), all, centre, radius, Norm.l2()), 2048, 1);
        RegionEstimate estimate = points.estimate(target);
        return new TrackedRegion(name, points.mass(), estimate.logMass(), estimate.relativeError());
    }

    /** The worst q(B)/p(B). */
    private static double worst(Mixture q, List<TrackedRegion> regions) {
        double least = Double.POSITIVE_INFINITY;
        for (TrackedRegion region : regions) {
            least = Math.min(least, region.mass().logMass(q) - region.logReference());
        }
        return Math.exp(least);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "lowrank:1"})
    void search_normalTarget_isExact(String text) {
        double[][] covariance = {{2.25, 0.6, -0.3}, {0.6, 1.16, -0.08}, {-0.3, -0.08, 1.04}};
        double[] mean = {3, -1, 0.5};
        // B = (1.5, 0.4, -0.2), D = (0, 1, 1) is on the boundary of the low-rank family: add to D
        covariance[0][0] += 0.5;
        Mixture target =
                Mixture.of(Family.full(), new double[] {1}, new double[][] {mean}, new double[][][] {covariance});
        FitResult result = VariationalFit.withDefaults()
                .start(target, Mixture.standard(Family.parse(text), 3), List.of())
                .run();
        assertEquals(FitEnding.SETTLED, result.ending());
        assertArrayEquals(mean, result.mixture().mean(0), 1e-4);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(covariance[i], result.mixture().scaleMatrix(0)[i], 5e-4);
        }
        assertEquals(0, result.elbo().value(), 1e-7);
    }

    @Test
    void constraints_offWhereKept() {
        LogDensity.Differentiable target =
                TestTargets.normals(2, new double[] {1}, new double[] {1}, new double[] {0.5});
        Family family = Family.meanField();
        List<TrackedRegion> regions = List.of(below(2, 0, 0.5, 0.15865525393145707, family));
        FitResult result = VariationalFit.withDefaults()
                .withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .start(target, Mixture.standard(family, 2), regions)
                .run();
        assertEquals(FitEnding.SETTLED, result.ending());
        assertEquals(0, result.regions().get(0).price());
        assertEquals(0, result.regions().get(0).logRatio(), 1e-4);
        assertEquals(0, result.elbo().value(), 1e-7);
    }

    @Test
    void oneNormalOnSpike_isUnrepresented() {
        LogDensity.Differentiable target =
                TestTargets.normals(10, new double[] {0.95, 0.05}, new double[] {1.5, 0}, new double[] {1, 0.1});
        List<TrackedRegion> regions = List.of(ball("spike", target, new double[10], 0.1 * Math.sqrt(10)));
        FitResult result = VariationalFit.withDefaults()
                .withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .start(target, Mixture.standard(Family.meanField(), 10), regions)
                .run();
        assertEquals(FitEnding.UNREPRESENTED, result.ending());
        Unrepresented found = result.unrepresented().orElseThrow();
        assertEquals("spike", found.region());
        assertTrue(found.cost() > 3, found::sentence);
        assertTrue(found.logRatio() < Math.log(1e-10), found::sentence);
        assertEquals(-0.0513, result.elbo().value(), 0.002);
    }

    @Test
    void banana_constraintsKeepTails() {
        LogDensity.Differentiable target = new TestTargets.Banana(1, 0.5);
        Reference reference = Reference.of(bananaDraws(4000, 11));
        Family family = Family.parse("mixture:4");
        // 1 % tails; those of b by scipy 1.16: quad of pdf(z) cdf(t - 2 (z^2 - 1)), brentq
        List<TrackedRegion> regions = List.of(
                below(2, 0, -4.652695748081682, 0.01, family),
                above(2, 0, 4.652695748081682, 0.01, family),
                below(2, 1, -3.8395416723303453, 0.01, family),
                above(2, 1, 11.413791500860102, 0.01, family));
        Mixture start = WeightedEm.withDefaults().fit(family, reference, 3);
        VariationalFit fit = VariationalFit.withDefaults();
        FitResult elbo = fit.start(target, start, regions).run();
        FitResult kept = fit.withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .withUnconstrainedFit(false)
                .start(target, start, regions)
                .run();
        assertTrue(worst(elbo.mixture(), regions) < 0.3);
        assertTrue(worst(kept.mixture(), regions) > 0.6);
        assertTrue(kept.elbo().value() > elbo.elbo().value() - 0.2);
    }

    private static double[][] bananaDraws(int n, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] points = new double[n][2];
        for (double[] x : points) {
            x[0] = 2 * gaussian.sample();
            x[1] = 0.5 * (x[0] * x[0] - 4) + gaussian.sample();
        }
        return points;
    }

    @Test
    void unequalModes_constraintsRepairWeights() {
        LogDensity.Differentiable target = new TestTargets.BananaAndNormal();
        Family family = Family.full().withComponents(2);
        double[][][] scales = new double[2][10][10];
        for (int j = 0; j < 10; j++) {
            scales[0][j][j] = j % 2 == 0 ? 4 : 3.88;
            scales[1][j][j] = 1;
        }
        Mixture start = Mixture.of(
                family,
                new double[] {0.97, 0.03},
                new double[][] {new double[10], TestTargets.BananaAndNormal.mode()},
                scales);
        List<TrackedRegion> regions = List.of(ball("mode", target, TestTargets.BananaAndNormal.mode(), Math.sqrt(10)));
        VariationalFit fit = VariationalFit.withDefaults().withDraws(512, 1024);
        FitResult elbo = fit.start(target, start, regions).run();
        FitResult kept = fit.withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .withUnconstrainedFit(false)
                .start(target, start, regions)
                .run();
        double free = worst(elbo.mixture(), regions);
        assertTrue(free > 4 && free < 7, () -> "ratio " + free);
        assertTrue(worst(kept.mixture(), regions) <= 1.3);
        assertTrue(kept.elbo().value() > elbo.elbo().value() - 0.1);
    }

    @Test
    void adam_settlesNearTheOptimum() {
        LogDensity.Differentiable target =
                TestTargets.normals(3, new double[] {1}, new double[] {2}, new double[] {0.3});
        Family family = Family.meanField();
        FitResult result = VariationalFit.withDefaults()
                .withOptimizer(OptimizerName.ADAM)
                .start(target, Mixture.standard(family, 3), List.of(below(3, 0, 1.7, 0.1586552539, family)))
                .run();
        assertEquals(FitEnding.SETTLED, result.ending());
        assertEquals(0, result.elbo().value(), 0.01);
    }

    @Test
    void auto_fullCovarianceThatFitsItsDraws_goesOnByAdam() {
        Model model = Models.of("horseshoe_logit");
        // log Z by bridge sampling on chains, see fit-targets.csv of the studies
        double logZ = -36.694498;
        FitResult result = VariationalFit.withDefaults()
                .withRate(0.05, 2000)
                .start(model.evaluator(), Mixture.standard(Family.full(), 14), List.of())
                .run();
        assertTrue(result.stochastic());
        List<String> stages =
                result.trace().stream().map(TracePoint::stage).distinct().toList();
        assertEquals(List.of("search", "stochastic"), stages);
        assertTrue(result.evaluations() < 60_000, () -> "evaluations " + result.evaluations());
        assertEquals(1.84, logZ - result.elbo().value(), 0.06);
    }

    @Test
    void auto_otherwise_isFixedDraws() {
        LogDensity.Differentiable normal =
                TestTargets.normals(12, new double[] {1}, new double[] {1}, new double[] {0.5});
        VariationalFit fit = VariationalFit.withDefaults();
        for (LogDensity.Differentiable target : List.of(normal, new TestTargets.Banana(1, 0.5))) {
            Mixture start = Mixture.standard(Family.full(), target.dimension());
            FitResult auto = fit.start(target, start, List.of()).run();
            FitResult fixed = fit.withOptimizer(OptimizerName.FIXED_DRAWS)
                    .start(target, start, List.of())
                    .run();
            assertFalse(auto.stochastic());
            assertArrayEquals(fixed.mixture().parameters(), auto.mixture().parameters());
        }
    }

    @Test
    void auto_constraintsAfterAdam_areKeptByAdam() {
        Model model = Models.of("horseshoe_logit");
        Family family = Family.full();
        // lower 1 % tail of the intercept, from the battery of the studies
        List<TrackedRegion> regions = List.of(below(14, 0, -0.5767671740055085, 0.01, family));
        VariationalFit fit = VariationalFit.withDefaults()
                .withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .withRate(0.05, 300);
        FitResult result = fit.start(model.evaluator(), Mixture.standard(family, 14), regions)
                .run();
        assertTrue(result.stochastic());
        assertTrue(result.violation() < 0.1, () -> "violation " + result.violation());
        assertTrue(Math.abs(result.regions().get(0).logRatio()) < Math.log(1.25) + 0.1);
    }

    @Test
    void componentBelowTheResolutionOfItsMean_isRefused() {
        LogDensity.Differentiable target =
                TestTargets.normals(1, new double[] {1}, new double[] {1}, new double[] {0.5});
        Family family = Family.full();
        Elbo elbo = Elbo.of(target, family, BaseDraws.balanced(family, 1, 16, 3));
        LocalObjective objective = new LocalObjective(elbo, family, 1, List.of(), () -> false);
        double[] gradient = new double[3];
        assertTrue(Double.isFinite(objective.value(new double[] {0, 1, Math.log(1e-8)}, gradient)));
        assertEquals(Double.POSITIVE_INFINITY, objective.value(new double[] {0, 1, -200}, gradient));
        assertTrue(Double.isFinite(objective.value(new double[] {0, 0, -200}, gradient)));
    }

    @Test
    void adam_keepsConstraints() {
        LogDensity.Differentiable target =
                TestTargets.normals(1, new double[] {0.8, 0.2}, new double[] {0, 0}, new double[] {1, 3});
        Family family = Family.full();
        // normal tails: 0.8 Q(4) + 0.2 Q(4/3), scipy 1.16
        List<TrackedRegion> regions = List.of(above(1, 0, 4, 0.018267579999, family));
        VariationalFit fit = VariationalFit.withDefaults()
                .withObjective(ObjectiveName.ELBO_CONSTRAINED)
                .withSeed(3);
        FitResult fixed =
                fit.start(target, Mixture.standard(family, 1), regions).run();
        FitResult adam = fit.withOptimizer(OptimizerName.ADAM)
                .withDraws(64, 64)
                .start(target, Mixture.standard(family, 1), regions)
                .run();
        assertEquals(FitEnding.SETTLED, fixed.ending());
        assertEquals(-Math.log(1.25), fixed.regions().get(0).logRatio(), 0.021);
        assertTrue(fixed.regions().get(0).price() > 0.01);
        assertTrue(adam.ending() == FitEnding.SETTLED || adam.ending() == FitEnding.BUDGET, adam::toString);
        assertEquals(fixed.elbo().value(), adam.elbo().value(), 0.02);
        assertEquals(fixed.regions().get(0).logRatio(), adam.regions().get(0).logRatio(), 0.1);
    }

    @Test
    void jeffreysAndPenalty_runAndReplay() {
        LogDensity.Differentiable target = new TestTargets.Banana(1, 0.5);
        Reference reference = Reference.of(bananaDraws(500, 12));
        Family family = Family.parse("mixture:2:meanfield");
        List<TrackedRegion> regions = List.of(above(2, 1, 11.413791500860102, 0.01, family));
        Mixture start = WeightedEm.withDefaults().fit(family, reference, 3);
        for (ObjectiveName name :
                List.of(ObjectiveName.ELBO_MASS, ObjectiveName.JEFFREYS, ObjectiveName.JEFFREYS_MASS)) {
            VariationalFit fit =
                    VariationalFit.withDefaults().withObjective(name).withDraws(16, 64);
            FitResult one = fit.start(target, start, regions, Optional.of(reference), () -> false)
                    .run();
            FitResult two = fit.withThreads(3)
                    .start(target, start, regions, Optional.of(reference), () -> false)
                    .run();
            assertArrayEquals(one.mixture().parameters(), two.mixture().parameters());
            assertEquals(one.trace(), two.trace());
            if (name == ObjectiveName.ELBO_MASS) {
                assertTrue(worst(one.mixture(), regions) > 0.5, name.label());
            }
        }
    }

    @Test
    void cancellation_keepsTheBestAndResumes() {
        LogDensity.Differentiable target = new TestTargets.Banana(1, 0.5);
        Family family = Family.full();
        List<TrackedRegion> regions = List.of(above(2, 1, 11.413791500860102, 0.01, family));
        AtomicInteger asked = new AtomicInteger();
        VariationalFit options = VariationalFit.withDefaults().withObjective(ObjectiveName.ELBO_CONSTRAINED);
        FitResult cancelled = options.start(
                        target,
                        Mixture.standard(family, 2),
                        regions,
                        Optional.empty(),
                        () -> asked.incrementAndGet() > 12)
                .run();
        assertEquals(FitEnding.CANCELLED, cancelled.ending());
        assertTrue(cancelled.elbo().value() > cancelled.startElbo().value() + 1);
        FitResult resumed = options.resume(target, cancelled, regions, Optional.empty(), () -> false)
                .run();
        assertTrue(resumed.ending() != FitEnding.CANCELLED);
        assertTrue(resumed.trace().size() > 0);
        assertTrue(resumed.constrained().isPresent());
        Fit none = options.start(target, Mixture.standard(family, 2), regions, Optional.empty(), () -> true);
        assertFalse(none.step());
        assertEquals(FitEnding.CANCELLED, none.result().ending());
        assertTrue(none.isDone());
    }

    @Test
    void brokenTarget_endsWithReason() {
        LogDensity.Differentiable target = new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public double value(double[] x) {
                throw new IllegalStateException("no");
            }

            @Override
            public double value(double[] x, double[] g) {
                throw new IllegalStateException("no");
            }
        };
        for (OptimizerName optimizer : OptimizerName.values()) {
            FitResult result = VariationalFit.withDefaults()
                    .withOptimizer(optimizer)
                    .start(target, Mixture.standard(Family.meanField(), 2), List.of())
                    .run();
            assertEquals(FitEnding.START_NOT_FINITE, result.ending());
            assertTrue(result.failures() > 0);
            assertEquals(Double.NEGATIVE_INFINITY, result.elbo().value());
        }
    }

    @Test
    void start_refuses() {
        LogDensity.Differentiable target = new TestTargets.Banana(1, 0.5);
        Mixture start = Mixture.standard(Family.full(), 2);
        VariationalFit fit = VariationalFit.withDefaults();
        assertThrows(IllegalArgumentException.class, () -> fit.withObjective(ObjectiveName.ELBO_MASS)
                .start(target, start, List.of()));
        assertThrows(IllegalArgumentException.class, () -> fit.withObjective(ObjectiveName.JEFFREYS)
                .start(target, start, List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> fit.start(target, Mixture.standard(Family.full(), 3), List.of()));
        assertThrows(IllegalArgumentException.class, () -> fit.withBand(1));
        assertThrows(IllegalArgumentException.class, () -> fit.withDraws(3, 64));
        assertThrows(IllegalArgumentException.class, () -> ObjectiveName.parse("elb"));
        assertThrows(IllegalArgumentException.class, () -> OptimizerName.parse("sgd"));
        assertEquals(ObjectiveName.ELBO_CONSTRAINED, ObjectiveName.parse("elbo+al"));
        assertEquals(OptimizerName.FIXED_DRAWS, OptimizerName.parse("saa"));
        assertEquals(OptimizerName.AUTO, OptimizerName.parse(fit.optimizer().label()));
        assertTrue(fit.withSeed(7).toString().endsWith("seed=7"));
    }
}
