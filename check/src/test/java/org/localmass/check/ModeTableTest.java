package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.estimate.DrawsMass;

class ModeTableTest {
    private static List<Mode> modes(Draws p, Draws q) {
        DrawsMass mass = DrawsMass.withDefaults();
        return ModeTable.of(
                p,
                q,
                new Masses(
                        (r, level) -> mass.withLevel(level).estimate(p, r),
                        (r, level) -> mass.withLevel(level).estimate(q, r),
                        0.95),
                new Workers(1));
    }

    private static List<String> names(int d) {
        return IntStream.rangeClosed(1, d).mapToObj(j -> "x[" + j + "]").toList();
    }

    /** A map that keeps z but moves a share of the draws, chosen by the last input, by a vector of the given length. */
    private static UnaryOperator<double[]> moved(int d, double threshold, double distance, boolean diagonal) {
        return z -> {
            double[] x = Arrays.copyOf(z, d);
            if (z[d] > threshold) {
                for (int j = 0; j < (diagonal ? d : 1); j++) {
                    x[j] += diagonal ? distance / Math.sqrt(d) : distance;
                }
            }
            return x;
        };
    }

    private static UnaryOperator<double[]> same(int d) {
        return z -> Arrays.copyOf(z, d);
    }

    private static UnaryOperator<double[]> each(int d, UnaryOperator<Double> f) {
        return z -> Arrays.stream(Arrays.copyOf(z, d)).map(f::apply).toArray();
    }

    static Stream<Arguments> unimodal() {
        return Stream.of(
                Arguments.of("normal", 2, same(2), same(2)),
                Arguments.of("normal in 50 dimensions", 50, same(50), same(50)),
                Arguments.of("narrow approximation in 50", 50, same(50), each(50, x -> 0.6 * x)),
                Arguments.of("heavy tails", 3, each(3, x -> Math.sinh(1.5 * x)), same(3)),
                Arguments.of("Cauchy", 2, each(2, x -> x / 0.3 / (0.2 + Math.abs(Math.sin(99 * x)))), same(2)),
                Arguments.of("skew", 3, each(3, Math::exp), each(3, x -> 1.2 + 0.5 * x)),
                Arguments.of(
                        "correlated",
                        2,
                        (UnaryOperator<double[]>) z -> new double[] {z[0], 0.95 * z[0] + 0.3 * z[1]},
                        same(2)),
                Arguments.of(
                        "banana", 2, (UnaryOperator<double[]>) z -> new double[] {z[0], z[1] + z[0] * z[0]}, same(2)),
                Arguments.of("integers", 2, each(2, x -> Math.rint(2 * x)), each(2, x -> Math.rint(2.2 * x))),
                Arguments.of("spike at 0", 2, each(2, x -> Math.max(0, x)), each(2, Math::abs)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unimodal")
    void of_unimodal_isEmpty(String name, int d, UnaryOperator<double[]> p, UnaryOperator<double[]> q) {
        for (long seed = 1; seed <= 6; seed++) {
            List<Mode> modes = modes(
                    SyntheticDraws.reference(seed, d + 1, names(d), p),
                    SyntheticDraws.approximation(seed + 100, d + 1, names(d), q));
            assertEquals(List.of(), modes.stream().map(Mode::explanation).toList(), "seed " + seed);
        }
    }

    static Stream<Arguments> bimodal() {
        return Stream.of(
                Arguments.of("along a parameter", 2, moved(2, 0.5, 6, false), 0.309),
                Arguments.of("along no parameter", 10, moved(10, 0.5, 7, true), 0.309),
                Arguments.of("small, in 10 dimensions", 10, moved(10, 1.645, 8, true), 0.05),
                Arguments.of("in 50 dimensions", 50, moved(50, 0.8, 10, true), 0.212));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bimodal")
    void of_twoModes_hasTheirMasses(String name, int d, UnaryOperator<double[]> p, double mass) {
        for (long seed = 1; seed <= 3; seed++) {
            Draws reference = SyntheticDraws.reference(seed, d + 1, names(d), p);
            List<Mode> modes = modes(reference, SyntheticDraws.approximation(seed + 50, d + 1, names(d), same(d)));
            assertEquals(2, modes.size(), "seed " + seed);
            Mode second = modes.stream()
                    .filter(m -> m.referenceMass().estimate() < 0.5)
                    .findFirst()
                    .orElseThrow();
            assertTrue(
                    second.referenceMass().lower() < mass
                            && second.referenceMass().upper() > mass,
                    second.referenceMass()::toString);
            assertTrue(second.approximationMass().estimate() < 0.01, second.approximationMass()::toString);
            assertTrue(second.explanation().startsWith("q misses the mode at x["), second.explanation());
        }
    }

    @Test
    void of_threeModes_splitsTwice() {
        UnaryOperator<double[]> three = z -> new double[] {z[0] + (z[2] > 0.43 ? 7 : 0), z[1] + (z[2] < -0.43 ? 7 : 0)};
        List<Mode> modes = modes(
                SyntheticDraws.reference(3, 3, names(2), three), SyntheticDraws.approximation(4, 3, names(2), three));
        assertEquals(3, modes.size());
        assertEquals(
                1, modes.stream().mapToDouble(m -> m.referenceMass().estimate()).sum(), 1e-12);
        for (Mode m : modes) {
            assertEquals(1 / 3.0, m.approximationMass().estimate(), 0.03);
            assertTrue(m.explanation().endsWith("no clear difference"), m.explanation());
        }
    }

    @Test
    void of_setsThatShareNothing_areTwoModes() {
        List<Mode> modes = modes(
                SyntheticDraws.reference(5, 2, names(2), same(2)),
                SyntheticDraws.approximation(6, 2, names(2), z -> new double[] {z[0] + 9, z[1]}));
        assertEquals(2, modes.size());
    }

    @Test
    void of_chainsThatKeepToTheirMode_showsBoth() {
        List<Chain> chains = new ArrayList<>();
        Draws plain = SyntheticDraws.reference(7, 2, names(2), same(2));
        Draws far = SyntheticDraws.reference(8, 2, names(2), z -> new double[] {z[0] + 8, z[1]});
        for (int c = 0; c < 4; c++) {
            chains.add((c == 2 ? far : plain).chains().get(c));
        }
        Draws p = Draws.of(names(2), chains, Sampling.MARKOV_CHAIN);
        List<Mode> modes = modes(p, SyntheticDraws.approximation(9, 2, names(2), same(2)));
        assertEquals(2, modes.size());
        Mode second = modes.get(1);
        assertTrue(second.referenceMass().cautions().contains(Caution.ONE_CHAIN), second.toString());
        assertTrue(second.referenceMass().upper() > 0.5, second.referenceMass()::toString);
    }

    @Test
    void of_differentThreads_isTheSame() {
        Draws p = SyntheticDraws.reference(11, 11, names(10), moved(10, 0.5, 7, true));
        Draws q = SyntheticDraws.approximation(12, 11, names(10), same(10));
        assertEquals(
                ModeSearch.basins(p, q, 2000, 8000, new Workers(1)).toString().replaceAll("@[0-9a-f]+", ""),
                ModeSearch.basins(p, q, 2000, 8000, new Workers(3)).toString().replaceAll("@[0-9a-f]+", ""));
    }
}
