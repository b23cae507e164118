package org.localmass.vi.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Norm;
import org.localmass.vi.TestTargets;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.RegionPoints;

class ObjectiveGradientTest {
    private static final List<String> NAMES = List.of("x1", "x2", "x3", "x4");
    private static final LogDensity.Differentiable TARGET = new TestTargets.Banana(2, 0.5);

    private static Mixture random(String text) {
        Family family = Family.parse(text);
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(1));
        double[] theta = new double[family.parameters(4)];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = 0.4 * gaussian.sample();
        }
        return Mixture.of(family, 4, theta);
    }

    private static double error(Mixture q, LocalObjective objective) {
        double[] gradient = new double[q.parameterCount()];
        double[] scratch = new double[q.parameterCount()];
        objective.value(q, gradient);
        double worst = 0;
        double most = 0;
        double[] theta = q.parameters();
        for (int i = 0; i < theta.length; i++) {
            double[] slopes = new double[2];
            for (int step = 1; step <= 2; step++) {
                double[] up = theta.clone();
                double[] down = theta.clone();
                up[i] += step * 1e-4;
                down[i] -= step * 1e-4;
                slopes[step - 1] = (objective.value(up, scratch) - objective.value(down, scratch)) / (step * 2e-4);
            }
            worst = Math.max(worst, Math.abs((4 * slopes[0] - slopes[1]) / 3 - gradient[i]));
            most = Math.max(most, Math.abs(gradient[i]));
        }
        return worst / most;
    }

    private static List<TrackedRegion> regions(Family family) {
        Ball ball = Ball.of(NAMES, new int[] {0, 1, 2, 3}, new double[4], 1, Norm.l2());
        return List.of(
                TrackedRegion.of(
                        "tail",
                        FamilyMass.closedForm(HalfSpace.of(NAMES, new double[] {0, 1, 0, 0}, 0.3), family)
                                .orElseThrow(),
                        Math.log(0.9)),
                TrackedRegion.of(
                        "interval",
                        FamilyMass.closedForm(Interval.halfOpen(NAMES, 2, -0.5, 1), family)
                                .orElseThrow(),
                        Math.log(0.01)),
                TrackedRegion.of("ball", RegionPoints.ofBall(ball, 200, 3).mass(), Math.log(0.2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meanfield",
                "full",
                "lowrank:2",
                "t:4:meanfield",
                "t:4",
                "mixture:3",
                "mixture:3:t:4",
                "mixture:2:meanfield",
                "mixture:2:lowrank:1"
            })
    void everyObjective_againstDifferences(String text) {
        Mixture q = random(text);
        Elbo elbo = Elbo.of(TARGET, q.family(), BaseDraws.balanced(q.family(), 4, 16, 2));
        List<TrackedRegion> regions = regions(q.family());
        AugmentedLagrangian constraints =
                new AugmentedLagrangian(regions, 1.25, new double[] {0.5, 0, 2}, new double[] {0, 1, 0}, 3);
        Reference reference = Reference.of(q.sample(9, RandomSource.XO_SHI_RO_256_PP.create(5)));
        for (List<LocalTerm> terms : List.of(
                List.<LocalTerm>of(),
                List.<LocalTerm>of(constraints),
                List.<LocalTerm>of(new MassPenalty(regions, 1), new ReferenceTerm(reference, 0.7, 1)))) {
            double error = error(q, new LocalObjective(elbo, q.family(), 4, terms, () -> false));
            assertTrue(error < 1e-8, () -> text + " " + terms + ": " + error);
        }
    }

    @Test
    void elbo_sameAtAnyThreads() {
        Mixture q = random("mixture:3");
        Elbo elbo = Elbo.of(TARGET, q.family(), BaseDraws.balanced(q.family(), 4, 128, 2));
        double[] one = new double[q.parameterCount()];
        double[] four = new double[q.parameterCount()];
        assertEquals(elbo.value(q, one), elbo.withThreads(4).value(q, four));
        assertArrayEquals(one, four);
        assertEquals(elbo.value(q), elbo.estimate(q).value(), 1e-12);
    }

    @Test
    void stickingTheLanding_onFreshDrawsOnly() {
        Mixture q = Mixture.standard(Family.meanField(), 4);
        Elbo fixed = Elbo.of(TARGET, q.family(), BaseDraws.balanced(q.family(), 4, 16, 2));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, fixed::withStickingTheLanding)
                .getMessage());
        assertTrue(message.contains("not the gradient of any function"), message);
        // at the target itself every draw's gradient is zero but for the logits
        LogDensity.Differentiable normal = TestTargets.normals(4, new double[] {1}, new double[] {0}, new double[] {1});
        double[] gradient = new double[q.parameterCount()];
        Elbo.of(normal, q.family(), BaseDraws.independent(q.family(), 4, 8, 1))
                .withStickingTheLanding()
                .value(q, gradient);
        assertArrayEquals(new double[gradient.length], gradient, 1e-15);
    }

    @Test
    void guardedTarget_countsFailures() {
        GuardedTarget target = GuardedTarget.of(new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double value(double[] x) {
                return value(x, new double[1]);
            }

            @Override
            public double value(double[] x, double[] g) {
                if (x[0] > 1) {
                    throw new IllegalStateException("outside");
                }
                g[0] = x[0] < 0 ? Double.NaN : 1;
                return x[0] == 0.5 ? Double.NaN : 0;
            }
        });
        double[] g = new double[1];
        assertEquals(0, target.value(new double[] {0.2}, g));
        assertEquals(Double.NEGATIVE_INFINITY, target.value(new double[] {2}, g));
        assertEquals(Double.NEGATIVE_INFINITY, target.value(new double[] {2}));
        assertEquals(Double.NEGATIVE_INFINITY, target.value(new double[] {0.5}, g));
        assertEquals(Double.NEGATIVE_INFINITY, target.value(new double[] {-1}, g));
        assertEquals(5, target.evaluations());
        assertEquals(4, target.failures());
    }
}
