package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;

/** Kinds and words of regions of several parameters. */
class JointTypingTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static List<String> names(int d) {
        return IntStream.rangeClosed(1, d).mapToObj(j -> "b[" + j + "]").toList();
    }

    private static CheckReport check(int d, UnaryOperator<double[]> p, UnaryOperator<double[]> q) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false))
                .run(
                        SharedParameters.of(
                                SyntheticDraws.reference(1, d + 1, names(d), p),
                                SyntheticDraws.approximation(2, d + 1, names(d), q)),
                        List.of(),
                        List.of());
    }

    private static UnaryOperator<double[]> correlated(int d, double r) {
        return z -> {
            double[] x = Arrays.copyOf(z, d);
            x[1] = r * x[0] + Math.sqrt(1 - r * r) * x[1];
            return x;
        };
    }

    private static UnaryOperator<double[]> mixture(int d, double threshold) {
        return z -> {
            double[] x = Arrays.copyOf(z, d);
            for (int j = 0; j < d && z[d] > threshold; j++) {
                x[j] += 8 / Math.sqrt(d);
            }
            return x;
        };
    }

    /** One in twelve draws has three parameters large at once; the marginals of q have as much. */
    private static double[] threeLarge(double[] z, boolean together) {
        double[] x = Arrays.copyOf(z, 4);
        for (int j = 0; j < 3; j++) {
            x[j] = (together ? z[4] : z[j + 4]) > 1.38 ? 0.9 + Math.abs(0.8 * z[j]) : z[j];
        }
        return x;
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("lost correlation", 3, correlated(3, 0.8), correlated(3, 0), Kind.CORRELATION, "b[1]"),
                Arguments.of(
                        "invented correlation", 3, correlated(3, 0), correlated(3, -0.7), Kind.CORRELATION, "b[2]"),
                Arguments.of("missing mode", 8, mixture(8, 0.5), mixture(8, 99), Kind.MODE, "missing mode at b["),
                Arguments.of("invented mode", 8, mixture(8, 99), mixture(8, 0.5), Kind.MODE, "invented mode at b["),
                Arguments.of(
                        "wrong weight", 8, mixture(8, 0), mixture(8, 0.8), Kind.WEIGHT, "mode with too little weight"),
                Arguments.of(
                        "joint event",
                        4,
                        (UnaryOperator<double[]>) z -> threeLarge(Arrays.copyOf(z, 7), true),
                        (UnaryOperator<double[]>) z -> threeLarge(Arrays.copyOf(z, 7), false),
                        Kind.JOINT,
                        "go together too rarely"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void run_typesAndSays(
            String name, int d, UnaryOperator<double[]> p, UnaryOperator<double[]> q, Kind kind, String said) {
        int inputs = Math.max(d, 7);
        Draws reference = SyntheticDraws.reference(1, inputs + 1, names(d), p);
        Draws approximation = SyntheticDraws.approximation(2, inputs + 1, names(d), q);
        CheckReport report = LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false))
                .run(SharedParameters.of(reference, approximation), List.of(), List.of());
        assertTrue(
                report.findings().stream()
                        .anyMatch(f -> f.kind() == kind && f.explanation().contains(said)),
                () -> name + ": "
                        + String.join(
                                "\n",
                                report.findings().stream()
                                        .map(f -> f.kind() + " " + f.regionText() + ": " + f.explanation())
                                        .toList()));
    }

    @Test
    void type_cornerAgainstTheChange_isNoCorrelation() {
        List<String> names = names(2);
        Draws p = SyntheticDraws.reference(1, 2, names, correlated(2, 0.8));
        Draws q = SyntheticDraws.approximation(2, 2, names, correlated(2, 0));
        JointTyping typing = new JointTyping(p, q, List.of(), 2000, 8000);
        Region same = new Intersection(
                List.of(Interval.halfOpen(names, 0, 1, INFINITE), Interval.halfOpen(names, 1, 1, INFINITE)));
        Region opposite = new Intersection(
                List.of(Interval.halfOpen(names, 0, 1, INFINITE), Interval.halfOpen(names, 1, -INFINITE, -1)));
        List<Integer> both = List.of(0, 1);
        assertEquals(Kind.CORRELATION, typing.type(same, Direction.UNDER, both).kind());
        assertEquals(
                Kind.CORRELATION, typing.type(opposite, Direction.OVER, both).kind());
        assertEquals(Kind.JOINT, typing.type(same, Direction.OVER, both).kind());
        assertTrue(
                typing.type(same, Direction.UNDER, both)
                        .what()
                        .matches("correlation of b\\[1\\] and b\\[2\\] -?0\\.0\\d+ instead of 0\\.[78]\\d"),
                typing.type(same, Direction.UNDER, both).what());
    }

    @Test
    void plain_projection_saysLargeAndSmall() {
        CheckReport report = check(6, z -> Arrays.copyOf(z, 6), z -> {
            double[] x = Arrays.copyOf(z, 6);
            for (int j = 0; j < 6; j++) {
                x[j] += (j % 2 == 0 ? 0.25 : -0.25);
            }
            return x;
        });
        assertTrue(
                report.findings().stream().anyMatch(f -> f.explanation()
                        .matches("(?s).*b\\[\\d\\] (large|small), b\\[\\d\\] (large|small) and b\\[\\d\\]"
                                + " (large|small) together \\(and 3 others\\).*")),
                () -> report.findings().stream()
                        .map(Finding::explanation)
                        .toList()
                        .toString());
    }
}
