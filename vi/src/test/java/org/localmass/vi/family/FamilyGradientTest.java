package org.localmass.vi.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Box;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;

/** Gradients against central differences, masses against the exact ones of core. */
class FamilyGradientTest {
    static final List<String> NAMES = List.of("x1", "x2", "x3", "x4");
    private static final int D = 4;

    static Mixture random(String family, long seed) {
        Family f = Family.parse(family);
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
        double[] theta = new double[f.parameters(D)];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = 0.4 * gaussian.sample();
        }
        return Mixture.of(f, D, theta);
    }

    /** Largest error of a gradient over its largest component. */
    static double error(Mixture q, ToDoubleFunction<Mixture> value, double[] gradient) {
        double worst = 0;
        double most = 0;
        double h = 1e-5;
        double[] theta = q.parameters();
        for (int i = 0; i < theta.length; i++) {
            double[] differences = new double[2];
            for (int step = 1; step <= 2; step++) {
                double[] up = theta.clone();
                double[] down = theta.clone();
                up[i] += step * h;
                down[i] -= step * h;
                differences[step - 1] =
                        (value.applyAsDouble(q.withParameters(up)) - value.applyAsDouble(q.withParameters(down)))
                                / (2 * step * h);
            }
            double difference = (4 * differences[0] - differences[1]) / 3;
            worst = Math.max(worst, Math.abs(difference - gradient[i]));
            most = Math.max(most, Math.abs(gradient[i]));
        }
        return worst / most;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meanfield",
                "full",
                "lowrank:2",
                "t:4:meanfield",
                "t:4",
                "t:4:lowrank:1",
                "mixture:3",
                "mixture:3:meanfield",
                "mixture:3:lowrank:2",
                "mixture:3:t:5",
                "mixture:2:t:3:meanfield"
            })
    void direct_againstDifferences(String family) {
        Mixture q = random(family, 1);
        double[][] points = random("mixture:3", 2).sample(7, RandomSource.XO_SHI_RO_256_PP.create(3));
        double[] c = {0.3, -0.2, 1, 0.7, -1.5, 0.1, 2};
        double[] gradient = q.direct(points, c, new double[0]);
        below(
                1e-8,
                error(
                        q,
                        m -> {
                            double[] logs = m.logDensities(points);
                            double sum = 0;
                            for (int i = 0; i < c.length; i++) {
                                sum += c[i] * logs[i];
                            }
                            return sum;
                        },
                        gradient));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meanfield", "full", "lowrank:2", "mixture:3:t:5", "mixture:3:lowrank:2"})
    void pathAndScore_againstDifferences(String family) {
        Mixture q = random(family, 4);
        BaseDraws draws = BaseDraws.balanced(q.family(), D, 16, 5);
        int k = q.components() - 1;
        double[] g = {0.5, -1, 2, 0.25};
        double[] gradient = new double[q.parameterCount()];
        q.addPath(k, g, draws.shared(k), 3 * draws.width(), gradient);
        below(
                1e-8,
                error(
                        q,
                        m -> {
                            double[] x = new double[D];
                            m.transform(k, draws.shared(k), 3 * draws.width(), x);
                            double sum = 0;
                            for (int j = 0; j < D; j++) {
                                sum += g[j] * x[j];
                            }
                            return sum;
                        },
                        gradient));
        double[] x = {0.3, -0.4, 1, 0.2};
        double[] score = new double[D];
        q.value(x, score);
        for (int j = 0; j < D; j++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[j] += 1e-5;
            down[j] -= 1e-5;
            assertEquals(score[j], (q.value(up) - q.value(down)) / 2e-5, 1e-7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meanfield",
                "full",
                "lowrank:2",
                "t:4:meanfield",
                "t:4",
                "t:4:lowrank:1",
                "mixture:3",
                "mixture:3:meanfield",
                "mixture:3:lowrank:2",
                "mixture:3:t:5"
            })
    void masses_againstDifferencesAndCore(String family) {
        Mixture q = random(family, 6);
        List<Region> regions = List.of(
                HalfSpace.of(NAMES, new double[] {0, -1, 0, 0}, -1.3),
                HalfSpace.of(NAMES, new double[] {1, -2, 0.5, 0}, -30),
                new Complement(HalfSpace.of(NAMES, new double[] {1, 1, 0, 0}, 25)),
                Interval.halfOpen(NAMES, 2, 0.2, 0.9),
                Interval.halfOpen(NAMES, 2, 8, 8.001),
                Interval.halfOpen(NAMES, 1, -5, Double.POSITIVE_INFINITY));
        double[] gradient = new double[q.parameterCount()];
        for (Region region : regions) {
            FamilyMass mass = FamilyMass.closedForm(region, q.family()).orElseThrow();
            double log = mass.logMass(q, gradient);
            assertEquals(mass.logMass(q), log);
            below(1e-6, error(q, mass::logMass, gradient));
            double exact = exact(q, region);
            assertEquals(exact, log, 1e-9, region.description());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"meanfield", "mixture:3:meanfield"})
    void box_againstDifferencesAndCore(String family) {
        Mixture q = random(family, 7);
        Region region = Box.of(NAMES, new double[] {-1, Double.NEGATIVE_INFINITY, 0.1, 2}, new double[] {
            0.5, Double.POSITIVE_INFINITY, 3, Double.POSITIVE_INFINITY
        });
        FamilyMass mass = FamilyMass.closedForm(region, q.family()).orElseThrow();
        double[] gradient = new double[q.parameterCount()];
        assertEquals(q.toDistribution().logMass(region), mass.logMass(q, gradient), 1e-10);
        below(1e-8, error(q, mass::logMass, gradient));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "t:4", "mixture:3:lowrank:1"})
    void points_againstDifferencesAndCore(String family) {
        Mixture q = random(family, 8);
        double[][] s = {{1, 0.3, 0, 0}, {0.3, 2, 0, 0}, {0, 0, 1, 0.1}, {0, 0, 0.1, 0.5}};
        for (Norm norm : List.of(Norm.l2(), Norm.linf(), Norm.mahalanobis(s))) {
            Ball ball = Ball.of(NAMES, new int[] {0, 1, 2, 3}, new double[] {0.2, 0, 0.5, 0}, 1.2, norm);
            RegionPoints points = RegionPoints.ofBall(ball, 4096, 9);
            RegionEstimate estimate = points.estimate(q);
            FamilyMass mass = points.mass();
            double[] gradient = new double[q.parameterCount()];
            double log = mass.logMass(q, gradient);
            assertEquals(estimate.logMass(), log, 1e-12);
            below(1e-7, error(q, mass::logMass, gradient));
            assertTrue(estimate.usable());
            assertEquals(estimate.relativeError(), mass.relativeError(q), 1e-12);
            if (!norm.label().equals("linf")) {
                double exact = q.toDistribution().logMass(ball);
                below(4.5 * estimate.relativeError(), Math.abs(Math.expm1(log - exact)));
            }
        }
        Region predicate = Predicate.of(D, new int[] {0, 1}, "x1 * x2 > 0", x -> x[0] * x[1] > 0);
        RegionPoints points = RegionPoints.of(predicate, q.widened(1.3), 4096, 10);
        double[] gradient = new double[q.parameterCount()];
        points.mass().logMass(q, gradient);
        below(1e-7, error(q, points.mass()::logMass, gradient));
    }

    @Test
    void farMass_hasGradient() {
        Mixture q = Mixture.standard(Family.meanField(), 1);
        FamilyMass mass = FamilyMass.closedForm(HalfSpace.of(List.of("x"), new double[] {-1}, -40), q.family())
                .orElseThrow();
        double[] gradient = new double[q.parameterCount()];
        double log = mass.logMass(q, gradient);
        // mpmath 1.3, 25 digits: log(ncdf(-40)), npdf(40) / ncdf(-40)
        assertEquals(-804.6084420137538, log, 1e-12);
        assertEquals(40.02496884720726, gradient[1], 1e-11);
    }

    /** By component: core has no half-spaces of mixtures. */
    private static double exact(Mixture q, Region region) {
        double[] logs = new double[q.components()];
        for (int k = 0; k < logs.length; k++) {
            Distribution part = q.component(k).toDistribution();
            logs[k] = Math.log(q.weight(k))
                    + (region instanceof Complement c && c.region() instanceof HalfSpace half
                            ? part.logHalfSpaceMass(new double[] {-1, -1, 0, 0}, -half.offset())
                            : part.logMass(region));
        }
        return LogSum.of(logs, logs.length);
    }

    static void below(double bound, double value) {
        assertTrue(value < bound, () -> value + " must be below " + bound);
    }
}
