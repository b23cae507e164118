package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

/** Inputs that are unlike four long chains of continuous parameters. */
class OddInputsTest {
    private static CheckReport check(Draws p, Draws q) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false))
                .run(SharedParameters.of(p, q), List.of(), List.of());
    }

    private static List<String> names(int d) {
        return IntStream.rangeClosed(1, d).mapToObj(j -> "x[" + j + "]").toList();
    }

    /** Chains of other lengths. */
    private static Draws cut(Draws draws, int... lengths) {
        List<Chain> chains = new ArrayList<>();
        for (int c = 0; c < lengths.length; c++) {
            chains.add(draws.chains().get(c).slice(0, lengths[c]));
        }
        return Draws.of(draws.names(), chains, Sampling.MARKOV_CHAIN);
    }

    /** A point on the simplex of three, from normals with a shift of the first. */
    private static UnaryOperator<double[]> simplex(double shift) {
        return z -> {
            double[] e = {Math.exp(z[0] + shift), Math.exp(z[1]), Math.exp(z[2])};
            double sum = e[0] + e[1] + e[2];
            return new double[] {e[0] / sum, e[1] / sum, e[2] / sum};
        };
    }

    /** A 2 x 2 correlation matrix by rows: constants, and one entry twice. */
    private static UnaryOperator<double[]> correlationMatrix(double shift) {
        return z -> {
            double r = Math.tanh(0.4 * z[0] + shift);
            return new double[] {1, r, r, 1, z[1]};
        };
    }

    /** What differs, or the empty string where nothing does, is the last argument. */
    static Stream<Arguments> inputs() {
        UnaryOperator<double[]> same = UnaryOperator.identity();
        UnaryOperator<double[]> narrow = z -> new double[] {0.5 * z[0], z[1]};
        UnaryOperator<double[]> counts = z -> new double[] {Math.rint(Math.abs(3 * z[0])), z[1]};
        UnaryOperator<double[]> fewer = z -> new double[] {Math.rint(Math.abs(1.5 * z[0])), z[1]};
        UnaryOperator<double[]> label = z -> new double[] {z[0] > 1 ? 3 : z[0] > 0 ? 2 : 1, z[1]};
        UnaryOperator<double[]> rarer = z -> new double[] {z[0] > 1.8 ? 3 : z[0] > 0 ? 2 : 1, z[1]};
        UnaryOperator<double[]> twice = z -> new double[] {z[0], z[0], z[1]};
        UnaryOperator<double[]> twiceNarrow = z -> new double[] {0.5 * z[0], 0.5 * z[0], z[1]};
        UnaryOperator<double[]> constant = z -> new double[] {7, z[0]};
        UnaryOperator<double[]> constantNarrow = z -> new double[] {7, 0.5 * z[0]};
        List<Arguments> rows = new ArrayList<>();
        for (boolean wrong : new boolean[] {false, true}) {
            String x1 = wrong ? "x[1]" : "";
            UnaryOperator<double[]> q = wrong ? narrow : same;
            rows.add(Arguments.of(
                    "one chain, unknown dependence",
                    SyntheticDraws.of(1, 1, 6000, 2, 0.5, names(2), same).withSampling(Sampling.UNKNOWN),
                    SyntheticDraws.approximation(2, 2, names(2), q),
                    x1));
            rows.add(Arguments.of(
                    "chains of unequal length",
                    cut(SyntheticDraws.reference(3, 2, names(2), same), 1000, 650, 900, 400),
                    SyntheticDraws.approximation(4, 2, names(2), q),
                    x1));
            rows.add(Arguments.of(
                    "two chains, one of them short",
                    cut(SyntheticDraws.of(5, 2, 3000, 2, 0.5, names(2), same), 3000, 1500),
                    SyntheticDraws.approximation(6, 2, names(2), q),
                    x1));
            rows.add(Arguments.of(
                    "counts",
                    SyntheticDraws.reference(7, 2, names(2), counts),
                    SyntheticDraws.approximation(8, 2, names(2), wrong ? fewer : counts),
                    x1));
            rows.add(Arguments.of(
                    "categories",
                    SyntheticDraws.reference(9, 2, names(2), label),
                    SyntheticDraws.approximation(10, 2, names(2), wrong ? rarer : label),
                    x1));
            rows.add(Arguments.of(
                    "simplex",
                    SyntheticDraws.reference(11, 3, names(3), simplex(0)),
                    SyntheticDraws.approximation(12, 3, names(3), simplex(wrong ? 0.7 : 0)),
                    x1));
            rows.add(Arguments.of(
                    "correlation matrix",
                    SyntheticDraws.reference(13, 2, names(5), correlationMatrix(0)),
                    SyntheticDraws.approximation(14, 2, names(5), correlationMatrix(wrong ? 0.4 : 0)),
                    wrong ? "x[2]" : ""));
            rows.add(Arguments.of(
                    "duplicated column",
                    SyntheticDraws.reference(15, 2, names(3), twice),
                    SyntheticDraws.approximation(16, 2, names(3), wrong ? twiceNarrow : twice),
                    x1));
            rows.add(Arguments.of(
                    "constant",
                    SyntheticDraws.reference(17, 2, names(2), constant),
                    SyntheticDraws.approximation(18, 2, names(2), wrong ? constantNarrow : constant),
                    wrong ? "x[2]" : ""));
            rows.add(Arguments.of(
                    "more parameters than draws",
                    SyntheticDraws.of(19, 4, 60, 300, 0, names(300), same),
                    SyntheticDraws.of(20, 1, 250, 300, 0, names(300), z -> {
                        z[0] = wrong ? z[0] + 3 : z[0];
                        return z;
                    }),
                    x1));
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}, {3}")
    @MethodSource("inputs")
    void run_findsWhatDiffers(String name, Draws p, Draws q, String differs) {
        CheckReport report = check(p, q);
        if (differs.isEmpty()) {
            assertEquals(
                    List.of(),
                    report.findings().stream().map(Finding::explanation).toList());
            assertEquals(
                    name.startsWith("more parameters") ? Verdict.INCONCLUSIVE : Verdict.NO_FINDING,
                    report.verdict(),
                    report.headline());
        } else {
            assertEquals(Verdict.FINDING, report.verdict(), report.headline());
            assertTrue(
                    report.findings().stream()
                            .anyMatch(f -> f.origin().strongest().contains(differs)),
                    report.findings().toString());
        }
        assertEquals(List.of(), report.evidence().modes());
    }

    @Test
    void run_duplicatedColumn_isReportedOnce() {
        CheckReport report = check(
                SyntheticDraws.reference(15, 2, names(3), z -> new double[] {z[0], z[0], z[1]}),
                SyntheticDraws.approximation(16, 2, names(3), z -> new double[] {0.5 * z[0], 0.5 * z[0], z[1]}));
        assertTrue(
                report.findings().stream().noneMatch(f -> f.regionText().startsWith("x[2] ")),
                report.findings()::toString);
    }

    @Test
    void run_thousandParameters_findsTheOne() {
        Draws p = SyntheticDraws.of(21, 4, 250, 1000, 0, names(1000), UnaryOperator.identity());
        Draws q = SyntheticDraws.of(22, 1, 1000, 1000, 0, names(1000), z -> {
            z[599] = 0.4 * z[599];
            return z;
        });
        CheckReport report = check(p, q);
        assertTrue(
                report.findings().stream().anyMatch(f -> f.origin().strongest().equals(List.of("x[600]"))),
                report.headline());
        assertEquals(List.of(), report.evidence().modes());
        assertTrue(
                report.notExamined().stream().anyMatch(s -> s.contains("that differ most")),
                report.notExamined()::toString);
    }

    @Test
    void run_modeOfOneChain_isSeenButNotConfirmed() {
        Draws plain = SyntheticDraws.reference(23, 2, names(2), UnaryOperator.identity());
        Draws far = SyntheticDraws.reference(24, 2, names(2), z -> new double[] {z[0] + 8, z[1]});
        List<Chain> chains = new ArrayList<>(plain.chains());
        chains.set(2, far.chains().get(2));
        Draws p = Draws.of(names(2), chains, Sampling.MARKOV_CHAIN);
        CheckReport report = check(p, SyntheticDraws.approximation(25, 2, names(2), UnaryOperator.identity()));
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        Finding seen = report.evidence().unconfirmed().get(0);
        assertEquals("U1", seen.id());
        assertTrue(report.evidence().unconfirmed().size() <= 5);
        assertTrue(seen.cautions().contains(Caution.ONE_CHAIN), seen.toString());
        assertTrue(seen.cautions().contains(Caution.CHAINS_DISAGREE), seen.toString());
        assertEquals(0.25, seen.referenceMass().estimate(), 0.01);
        assertEquals(2, report.evidence().modes().size());
        assertTrue(report.nextSteps().stream().anyMatch(s -> s.contains("not confirmed")));
    }

    @Test
    void run_fewDraws_saysHowManyWouldDo() {
        CheckReport report = check(
                SyntheticDraws.of(26, 4, 40, 2, 0.5, names(2), UnaryOperator.identity()),
                SyntheticDraws.approximation(27, 2, names(2), UnaryOperator.identity()));
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(
                report.headline().matches(".*; 2[0-9]0 effective draws of the reference, and many.*5.0 %\\."),
                report.headline());
    }

    /** Weighted draws whose weights undo a wider proposal, and draws of the target itself. */
    @Test
    void run_weightedReference_confirmsAndFindsNothing() {
        Draws wide = SyntheticDraws.of(28, 1, 12_000, 2, 0, names(2), z -> new double[] {1.5 * z[0], z[1]});
        double[] x = wide.column(0);
        double[] weights =
                Arrays.stream(x).map(v -> -0.5 * v * v + 0.5 * v * v / 2.25).toArray();
        Draws p = Draws.of(
                names(2),
                List.of(Chain.adopt(new double[][] {x, wide.column(1)}, weights, Map.of())),
                Sampling.INDEPENDENT);
        CheckReport right = check(p, SyntheticDraws.approximation(29, 2, names(2), UnaryOperator.identity()));
        assertEquals(List.of(), right.findings());
        assertTrue(right.reference().essMin() < 12_000, "Kish's effective sample size");
        CheckReport wrong =
                check(p, SyntheticDraws.approximation(30, 2, names(2), z -> new double[] {1.5 * z[0], z[1]}));
        assertTrue(
                wrong.findings().stream().anyMatch(f -> f.kind() == Kind.TAIL && f.direction() == Direction.OVER),
                wrong.findings()::toString);
    }

    private static UnaryOperator<double[]> above(double edge) {
        return z -> new double[] {z[0] > edge ? 1 : 0};
    }

    private static List<String> explanations(Draws p, Draws q, double materialRatio, double materialMass) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false).withMaterial(materialRatio, materialMass))
                .run(SharedParameters.of(p, q), List.of(), List.of())
                .findings()
                .stream()
                .map(Finding::explanation)
                .toList();
    }

    /** 2.00 % against 2.16 %: eight standard errors in a million draws, and nobody's concern. */
    @Test
    void run_millionDraws_trifleIsNoFinding() {
        Draws p = SyntheticDraws.of(31, 1, 1_000_000, 1, 0, names(1), above(2.0537));
        Draws q = SyntheticDraws.of(32, 1, 1_000_000, 1, 0, names(1), above(2.0221));
        CheckReport report = check(p, q);
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.NO_FINDING, report.verdict());
        assertTrue(report.notExamined().stream().anyMatch(s -> s.contains("20000")), report.notExamined()::toString);
    }

    /** 2.0 % against 2.6 %: a finding, unless the user says that a third more is no matter. */
    @Test
    void run_manyDraws_materialityIsTheUsers() {
        Draws p = SyntheticDraws.of(33, 1, 200_000, 1, 0, names(1), above(2.0537));
        Draws q = SyntheticDraws.of(34, 1, 200_000, 1, 0, names(1), above(1.9431));
        assertFalse(explanations(p, q, 1.1, 0.002).isEmpty());
        assertEquals(List.of(), explanations(p, q, 1.5, 0.01));
        assertFalse(explanations(p, q, 1.5, 0.002).isEmpty(), "the masses differ by more than 0.002");
    }
}
