package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;

class TemperingTest {
    private static DriverMap student(int d, double centre, double scale) {
        double[] matrix = new double[d * d];
        for (int j = 0; j < d; j++) {
            matrix[j * d + j] = scale * scale;
        }
        return Exploration.student(Targets.constant(d, centre), matrix);
    }

    private static List<Run> runs(Tempering tempering, LogDensity.Differentiable target, MapMixture from, int count) {
        Streams streams = new Streams(3);
        return IntStream.range(0, count)
                .mapToObj(r ->
                        tempering.run(from, new GuardedDensity(target), streams.of(0, r), Long.MAX_VALUE, () -> false))
                .toList();
    }

    static Stream<Arguments> targets() {
        double[][] centres = {{0, 0}, {5, 0}};
        return Stream.of(
                Arguments.of("normal", Targets.normal(5)),
                Arguments.of("one dimension", Targets.normal(1)),
                Arguments.of("student", Targets.student(3, 3)),
                Arguments.of("mixture", Targets.mixture(new double[] {0.7, 0.3}, centres, new double[] {1, 0.5})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void logZ_isThatOfTheTarget(String name, LogDensity.Differentiable target) {
        int d = target.dimension();
        for (Tempering tempering :
                List.of(Tempering.explorer(300), Tempering.halvingExplorer(200), Tempering.stage(300))) {
            // two components, so that labels matter
            MapMixture from = MapMixture.of(List.of(student(d, 0, 2.5), student(d, 1, 3)), new double[] {0.6, 0.4});
            Ensemble ensemble = new Ensemble(runs(tempering, target, from, 8));
            assertEquals(Targets.OFFSET, ensemble.logZ(), 4 * ensemble.logError(), name + " " + tempering);
            assertTrue(ensemble.logError() < 0.06, name + " " + ensemble.logError());
            Share negative = ensemble.share((points, offset) -> points[offset] < 0, 0.9999);
            assertTrue(negative.holds(name.equals("mixture") ? 0.35 : 0.5), name + " " + negative);
        }
    }

    /** Exact draws of the funnel stay draws of the funnel. */
    @ParameterizedTest(name = "halving {0}")
    @ValueSource(booleans = {false, true})
    void move_leavesTheTargetInvariant(boolean halving) {
        int d = 4;
        int n = 3000;
        UniformRandomProvider random = new Streams(5).of(0, halving ? 1 : 0);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        MapMixture mixture = MapMixture.of(List.of(student(d, 0, 2), student(d, 1, 1)), new double[] {0.6, 0.4});
        GuardedDensity density = new GuardedDensity(Targets.funnel(d));
        HamiltonianMove kernel = new HamiltonianMove(mixture, density, random);
        Particles particles = new Particles(n, d, 2);
        double[] shares = new double[2];
        double[] x = new double[d];
        double[] g = new double[d];
        for (int i = 0; i < n; i++) {
            x[0] = 3 * gaussian.sample();
            for (int j = 1; j < d; j++) {
                x[j] = Math.exp(0.5 * x[0]) * gaussian.sample();
            }
            System.arraycopy(x, 0, particles.points, i * d, d);
            particles.logBase[i] = mixture.logDensity(x, shares, kernel.scratch());
            particles.logTarget[i] = density.value(x, 0, g);
            System.arraycopy(g, 0, particles.gradients, i * d, d);
            System.arraycopy(shares, 0, particles.shares, i * 2, 2);
        }
        double accepted = 0;
        for (int sweep = 0; sweep < 15; sweep++) {
            for (int i = 0; i < n; i++) {
                accepted += kernel.move(particles, i, 1, 1.2, 3, halving) / (15.0 * n);
            }
        }
        assertTrue(accepted > 0.2 && accepted < 0.99, "accepted " + accepted);
        double neck = 0;
        double mouth = 0;
        double inside = 0;
        for (int i = 0; i < n; i++) {
            double v = particles.points[i * d];
            double r = particles.points[i * d + 1] * Math.exp(-0.5 * v);
            neck += v < -3 ? 1.0 / n : 0;
            mouth += v > 3 ? 1.0 / n : 0;
            inside += Math.abs(r) < 1 ? 1.0 / n : 0;
        }
        double error = Math.sqrt(0.1587 * 0.8413 / n);
        assertEquals(0.1587, neck, 4 * error);
        assertEquals(0.1587, mouth, 4 * error);
        assertEquals(0.6827, inside, 4 * Math.sqrt(0.6827 * 0.3173 / n));
    }

    /** Between two normals every temperature has a normal. */
    @ParameterizedTest(name = "beta {0}")
    @ValueSource(doubles = {0.25, 0.7})
    void move_leavesTheTemperedInvariant(double beta) {
        int d = 2;
        int n = 4000;
        UniformRandomProvider random = new Streams(6).of(0, (int) (100 * beta));
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        MapMixture mixture = MapMixture.of(DriverMap.student(new double[d], new double[][] {{3, 0}, {0, 3}}, 1e7));
        GuardedDensity density = new GuardedDensity(Targets.normal(d));
        HamiltonianMove kernel = new HamiltonianMove(mixture, density, random);
        Particles particles = new Particles(n, d, 1);
        double variance = 1 / (beta + (1 - beta) / 9);
        double[] x = new double[d];
        double[] g = new double[d];
        double[] shares = new double[1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                x[j] = Math.sqrt(variance) * gaussian.sample();
            }
            System.arraycopy(x, 0, particles.points, i * d, d);
            particles.logBase[i] = mixture.logDensity(x, shares, kernel.scratch());
            particles.shares[i] = 1;
            particles.logTarget[i] = density.value(x, 0, g);
            System.arraycopy(g, 0, particles.gradients, i * d, d);
        }
        for (int sweep = 0; sweep < 10; sweep++) {
            for (int i = 0; i < n; i++) {
                kernel.move(particles, i, beta, 0.5, 4, sweep % 2 == 0);
            }
        }
        double squares = 0;
        for (int i = 0; i < n * d; i++) {
            squares += particles.points[i] * particles.points[i] / (n * d);
        }
        assertEquals(variance, squares, 4 * variance * Math.sqrt(2.0 / (n * d)));
    }

    @Test
    void run_stopsAtItsCap() {
        MapMixture from = MapMixture.of(student(3, 0, 4));
        Run run = Tempering.explorer(200)
                .run(from, new GuardedDensity(Targets.normal(3)), new Streams(1).of(0, 0), 1000, () -> false);
        assertFalse(run.reached());
        assertTrue(run.evaluations() < 3000, "evaluations " + run.evaluations());
    }

    @Test
    void run_withoutMass_doesNotArrive() {
        LogDensity.Differentiable nothing = Targets.of(2, (x, g) -> Double.NEGATIVE_INFINITY);
        Run run = Tempering.explorer(50)
                .run(
                        MapMixture.of(student(2, 0, 1)),
                        new GuardedDensity(nothing),
                        new Streams(1).of(0, 0),
                        Long.MAX_VALUE,
                        () -> false);
        assertFalse(run.reached());
        assertEquals(Double.NEGATIVE_INFINITY, run.logZ());
    }
}
