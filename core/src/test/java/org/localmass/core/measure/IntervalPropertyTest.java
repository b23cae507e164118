package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.Norm;

/** Masses of intervals against the density, and against each other. */
class IntervalPropertyTest {
    /** Relative: two masses of 5e-14 each, and their sum. */
    private static final double ADDITIVE = 2e-13;
    /** Near the end of an inner map's range the outer one's rounding counts by 1 over the distance to the end. */
    private static final double ADDITIVE_COMPOSED = 1e-10;

    private static double[] sortedDraws(Univariate law, long seed, int count) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        double[] draws = new double[count];
        for (int i = 0; i < count; i++) {
            draws[i] = law.sample(random);
        }
        Arrays.sort(draws);
        return draws;
    }

    private static double atoms(Univariate law, double from, double to) {
        return law.atoms().stream()
                .filter(atom -> atom.location() >= from && atom.location() <= to)
                .mapToDouble(Atom::mass)
                .sum();
    }

    /** From the 55 % to the 80 % draw: off the centre of every law, and of moderate mass. */
    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#lines")
    void density_integratesToTheMassOfAnInterval(String text) {
        Univariate law = Laws.line(text);
        double[] draws = sortedDraws(law, 11, 200);
        double from = draws[110];
        double to = draws[160];
        if (from == to) {
            to = from + 0.25 * (law.atoms().get(law.atoms().size() - 1).location() - draws[0]);
        }
        double end = to;
        double[] cuts = DoubleStream.concat(DoubleStream.of(from, to), DoubleStream.of(law.breakpoints()))
                .filter(x -> x >= from && x <= end)
                .sorted()
                .distinct()
                .toArray();
        double integral = Quadrature.integrate(x -> Math.exp(law.logDensity(x)), cuts, 1e-13, 0, 100_000)
                .value();
        double mass = law.mass(from, to).value();
        assertTrue(mass > 0.01 && mass < 1, "mass " + mass);
        assertEquals(mass, integral + atoms(law, from, to), 1e-12 * mass);
    }

    private static void assertAdditive(String text, Univariate law, double a, double b, double c, double tolerance) {
        double whole = law.mass(a, c).value();
        double parts = law.mass(a, b).value() + law.mass(b, c).value() - atoms(law, b, b);
        assertEquals(whole, parts, tolerance * whole, () -> text + " on " + a + ", " + b + ", " + c);
        double all = law.lower(a).value() + whole + law.upper(c).value() - atoms(law, a, a) - atoms(law, c, c);
        assertEquals(1, all, tolerance, () -> text + " outside of " + a + ", " + c);
    }

    private static void assertNested(String text, Univariate law, double a, double b, double c, double d) {
        Mass inner = law.mass(b, c);
        Mass outer = law.mass(a, d);
        assertTrue(inner.compareTo(outer.times(1 + 1e-13)) <= 0, () -> text + " on " + b + ", " + c + ": " + inner);
        assertTrue(law.lower(a).compareTo(law.lower(b).times(1 + 1e-13)) <= 0, () -> text + " below " + b);
        assertTrue(law.upper(d).compareTo(law.upper(c).times(1 + 1e-13)) <= 0, () -> text + " above " + c);
    }

    private static void assertMeasure(String text, Univariate law, long seed, double tolerance) {
        double[] x = sortedDraws(law, seed, 9);
        for (int i = 0; i + 3 < x.length; i += 2) {
            if (x[i] < x[i + 1] && x[i + 1] < x[i + 2]) {
                assertAdditive(text, law, x[i], x[i + 1], x[i + 2], tolerance);
            }
            assertNested(text, law, x[i], x[i + 1], x[i + 2], x[i + 3]);
        }
        double centre = x[4];
        Mass previous = Mass.ZERO;
        for (double r = 1e-12; r < 1e3; r *= 37) {
            Mass ball = law.ballMass(centre, r);
            Mass before = previous;
            double radius = r;
            assertTrue(
                    before.compareTo(ball.times(1 + 1e-13)) <= 0, () -> text + " at " + centre + " radius " + radius);
            previous = ball;
        }
    }

    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#lines")
    void intervals_addUpAndNest(String text) {
        assertMeasure(text, Laws.line(text), 13, ADDITIVE);
    }

    @Test
    void intervals_addUpAndNestForRandomCompositions() {
        for (Univariate law : RandomLaws.lines(31, 120, 3)) {
            assertMeasure(law.toString(), law, 17, ADDITIVE_COMPOSED);
        }
    }

    /** The balls of a law on R^d nest, and the smallest are the density times the volume. */
    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#spaces")
    void balls_nestAndFollowTheDensity(String text) {
        Distribution law = Laws.of(text);
        double[] centre = new double[law.dimension()];
        Arrays.setAll(centre, j -> 0.3 + 0.1 * j);
        double previous = Double.NEGATIVE_INFINITY;
        for (double r : new double[] {1e-100, 1e-5, 0.01, 0.5, 0.9, 3, 50}) {
            double mass = law.logBallMass(centre, r, Norm.l2());
            assertTrue(mass >= previous && mass <= 0, "radius " + r + ": " + previous + ", " + mass);
            previous = mass;
        }
        LocalLaw local = law.localLaw(centre, Norm.l2());
        double log = law.logBallMass(centre, 1e-5, Norm.l2());
        if (local.isVanishing()) {
            assertEquals(Double.NEGATIVE_INFINITY, log);
        } else {
            double volume = MultivariateNormal.logUnitVolume(law.dimension(), Norm.l2());
            if (local.kappa() == law.dimension()) {
                assertEquals(law.logDensity(centre) + volume, local.logConstant(), 1e-12);
            }
            assertEquals(local.logConstant() + local.kappa() * Math.log(1e-5), log, 1e-8);
        }
    }
}
