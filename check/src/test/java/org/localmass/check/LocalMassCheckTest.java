package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.region.Interval;
import org.localmass.core.region.PointExpression;
import org.localmass.core.region.RegionExpression;

class LocalMassCheckTest {
    private static final List<String> XY = List.of("x", "y");
    private static final UnaryOperator<double[]> SAME = UnaryOperator.identity();

    private static CheckReport check(Draws p, Draws q, String... regions) {
        SharedParameters shared = SharedParameters.of(p, q);
        List<NamedRegion> named = Arrays.stream(regions)
                .map(r -> new NamedRegion(
                        r, RegionExpression.parse(r).bind(shared.reference().names())))
                .toList();
        return LocalMassCheck.withDefaults().run(shared, named, List.of());
    }

    static Stream<Arguments> failures() {
        UnaryOperator<double[]> scale = z -> new double[] {Math.abs(z[0]), z[1]};
        return Stream.of(
                Arguments.of(
                        "narrow",
                        SAME,
                        (UnaryOperator<double[]>) z -> new double[] {z[0], 0.6 * z[1]},
                        "y",
                        Kind.TAIL,
                        Direction.UNDER,
                        2.5),
                Arguments.of(
                        "heavy upper tail",
                        SAME,
                        (UnaryOperator<double[]>) z -> new double[] {z[0] > 1 ? 1 + 3 * (z[0] - 1) : z[0], z[1]},
                        "x",
                        Kind.TAIL,
                        Direction.OVER,
                        3),
                Arguments.of(
                        "missing mode",
                        (UnaryOperator<double[]>) z -> new double[] {z[2] > 1 ? 8 + z[0] : z[0], z[1]},
                        SAME,
                        "x",
                        Kind.MODE,
                        Direction.UNDER,
                        8),
                Arguments.of(
                        "wrong weight",
                        (UnaryOperator<double[]>) z -> new double[] {z[2] > 0 ? 8 + z[0] : z[0], z[1]},
                        (UnaryOperator<double[]>) z -> new double[] {z[2] > 0.6 ? 8 + z[0] : z[0], z[1]},
                        "x",
                        Kind.WEIGHT,
                        Direction.UNDER,
                        8),
                Arguments.of(
                        "invented mode",
                        SAME,
                        (UnaryOperator<double[]>) z -> new double[] {z[2] > 1 ? 8 + z[0] : z[0], z[1]},
                        "x",
                        Kind.MODE,
                        Direction.OVER,
                        8),
                Arguments.of(
                        "boundary",
                        scale,
                        (UnaryOperator<double[]>) z -> new double[] {Math.exp(0.6 * z[0] - 0.5), z[1]},
                        "x",
                        Kind.BOUNDARY,
                        Direction.UNDER,
                        0.05),
                Arguments.of(
                        "missing atom",
                        (UnaryOperator<double[]>) z -> new double[] {z[2] > 1 ? 0 : z[0], z[1]},
                        SAME,
                        "x",
                        Kind.ATOM,
                        Direction.UNDER,
                        0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void run_findsAndTypes(
            String name,
            UnaryOperator<double[]> p,
            UnaryOperator<double[]> q,
            String parameter,
            Kind kind,
            Direction direction,
            double inside) {
        CheckReport report = check(SyntheticDraws.reference(1, 3, XY, p), SyntheticDraws.approximation(2, 3, XY, q));
        assertEquals(Verdict.FINDING, report.verdict());
        Optional<Finding> match = report.findings().stream()
                .filter(f -> f.kind() == kind && f.direction() == direction)
                .filter(f -> ((Interval) f.region()).coordinate() == XY.indexOf(parameter))
                .filter(f -> ((Interval) f.region()).contains(inside) || ((Interval) f.region()).contains(-inside))
                .findFirst();
        assertTrue(match.isPresent(), () -> name + ": " + report.findings());
        for (Finding f : report.findings()) {
            assertEquals(
                    f.direction() == Direction.UNDER,
                    f.referenceMass().estimate() > f.approximationMass().estimate(),
                    f.explanation());
            assertTrue(
                    f.direction() == Direction.UNDER
                            ? f.ratio().upper() < 1
                            : f.ratio().lower() > 1,
                    f.explanation());
        }
    }

    @Test
    void run_sameDistribution_findsNothing() {
        CheckReport report =
                check(SyntheticDraws.reference(3, 2, XY, SAME), SyntheticDraws.approximation(4, 2, XY, SAME));
        assertEquals(Verdict.NO_FINDING, report.verdict());
        assertEquals(List.of(), report.findings());
        assertTrue(report.minimumDetectableMass() > 0.003 && report.minimumDetectableMass() < 0.02);
        assertFalse(report.notExamined().isEmpty());
    }

    @Test
    void run_sameDraws_findsNothing() {
        Draws p = SyntheticDraws.reference(5, 2, XY, SAME);
        assertEquals(List.of(), check(p, p).findings());
    }

    @Test
    void run_metropolisRepeats_areNoAtoms() {
        // every state is held for 12 iterations, as a sampler with low acceptance does
        double[][] columns = new double[2][4000];
        Draws fresh = SyntheticDraws.reference(6, 2, XY, SAME);
        for (int t = 0; t < 4000; t++) {
            for (int j = 0; j < 2; j++) {
                columns[j][t] = fresh.chains().get(t / 1000).value(t % 1000 / 12 * 12, j);
            }
        }
        Draws p = Draws.of(XY, List.of(Chain.adopt(columns)), Sampling.MARKOV_CHAIN);
        assertEquals(List.of(), AtomScan.atoms(p, 0));
        assertEquals(
                List.of(),
                check(p, SyntheticDraws.approximation(7, 2, XY, SAME)).findings());
    }

    @Test
    void run_roundedValues_areNoAtoms() {
        UnaryOperator<double[]> rounded = z -> new double[] {Math.rint(z[0] * 100) / 100, z[1]};
        Draws p = SyntheticDraws.of(8, 1, 20_000, 2, 0, XY, rounded);
        assertEquals(List.of(), AtomScan.atoms(p, 0));
    }

    @Test
    void run_integerParameter_comparesValues() {
        UnaryOperator<double[]> few = z -> new double[] {z[0] > 0.5 ? 1 : 0, z[1]};
        UnaryOperator<double[]> fewer = z -> new double[] {z[0] > 1.2 ? 1 : 0, z[1]};
        CheckReport report =
                check(SyntheticDraws.reference(9, 2, XY, few), SyntheticDraws.approximation(10, 2, XY, fewer));
        assertEquals(Verdict.FINDING, report.verdict());
        assertTrue(report.findings().stream().anyMatch(f -> f.kind() == Kind.ATOM), report.findings()::toString);
    }

    @Test
    void run_differentThreads_givesTheSameReport() {
        Draws p = SyntheticDraws.reference(11, 3, XY, z -> new double[] {z[2] > 1 ? 8 + z[0] : z[0], z[1]});
        Draws q = SyntheticDraws.approximation(12, 3, XY, SAME);
        SharedParameters shared = SharedParameters.of(p, q);
        CheckReport one = LocalMassCheck.withDefaults().run(shared, List.of(), List.of());
        CheckReport three = LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withThreads(3))
                .run(shared, List.of(), List.of());
        assertEquals(
                one.findings().toString().replaceAll("@[0-9a-f]+", ""),
                three.findings().toString().replaceAll("@[0-9a-f]+", ""));
        assertEquals(one.headline(), three.headline());
    }

    @Test
    void requested_outcomes() {
        UnaryOperator<double[]> shifted = z -> new double[] {z[0] + 0.5, z[1]};
        CheckReport report = check(
                SyntheticDraws.reference(13, 2, XY, SAME),
                SyntheticDraws.approximation(14, 2, XY, shifted),
                "x > 1",
                "y > 1",
                "y > 3.6 & x > 1");
        List<RequestedRegion> r = report.requested();
        assertEquals(RequestedOutcome.FINDING, r.get(0).outcome());
        assertEquals(RequestedOutcome.AGREES, r.get(1).outcome());
        assertEquals(RequestedOutcome.INCONCLUSIVE, r.get(2).outcome());
        assertEquals("R1", r.get(0).finding().id());
        assertEquals(0, r.get(1).sufficientDraws());
        assertTrue(r.get(2).sufficientDraws() >= 16);
        // Phi(-0.5)/Phi(-1)
        double truth = 0.30854 / 0.15866;
        assertTrue(r.get(0).finding().ratio().lower() < truth
                && r.get(0).finding().ratio().upper() > truth);
        assertTrue(report.findings().stream().anyMatch(f -> f.kind() == Kind.REQUESTED && f.id().equals("R1")));
    }

    @Test
    void requested_inconclusive_makesTheCheckInconclusive() {
        CheckReport report = check(
                SyntheticDraws.reference(15, 2, XY, SAME), SyntheticDraws.approximation(16, 2, XY, SAME), "x > 3.7");
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(report.headline().startsWith("Inconclusive: "), report.headline());
    }

    @Test
    void run_fewDraws_isInconclusive() {
        Draws p = SyntheticDraws.of(17, 4, 30, 2, 0.5, XY, SAME);
        CheckReport report = check(p, SyntheticDraws.approximation(18, 2, XY, SAME));
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(
                report.warnings().stream().anyMatch(w -> w.contains("effective draws")), report.warnings()::toString);
    }

    @Test
    void run_chainsThatDisagree_areSaidFirst() {
        Draws a = SyntheticDraws.reference(19, 2, XY, SAME);
        Draws b = SyntheticDraws.reference(20, 2, XY, z -> new double[] {z[0] + 3, z[1]});
        Draws p = a.withChains(List.of(
                a.chains().get(0),
                a.chains().get(1),
                a.chains().get(2),
                b.chains().get(0)));
        CheckReport report = check(p, SyntheticDraws.approximation(21, 2, XY, SAME));
        assertTrue(report.warnings().get(0).contains("R-hat of x is"), report.warnings()::toString);
        assertTrue(report.findings().isEmpty(), "one chain only confirms nothing" + report.findings());
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
    }

    @Test
    void run_constantParameter_isNamed() {
        Draws p = SyntheticDraws.reference(22, 2, XY, z -> new double[] {1, z[1]});
        CheckReport report = check(p, SyntheticDraws.approximation(23, 2, XY, SAME));
        assertEquals(List.of("x"), report.reference().constants());
        assertTrue(report.warnings().stream().anyMatch(w -> w.contains("Never changes in the reference: x")));
        assertEquals(Verdict.FINDING, report.verdict());
    }

    @Test
    void run_divergences_areSaidFirst() {
        double[] divergent = new double[1000];
        divergent[3] = 1;
        Draws plain = SyntheticDraws.reference(24, 2, XY, SAME);
        Chain first = Chain.adopt(
                new double[][] {
                    plain.chains().get(0).column(0), plain.chains().get(0).column(1)
                },
                null,
                java.util.Map.of("divergent__", divergent));
        Draws p = plain.withChains(List.of(
                first,
                plain.chains().get(1),
                plain.chains().get(2),
                plain.chains().get(3)));
        CheckReport report = check(p, SyntheticDraws.approximation(25, 2, XY, SAME));
        assertEquals(1, report.reference().divergences());
        assertTrue(report.warnings().get(0).contains("1 divergent transition"), report.warnings()::toString);
    }

    @Test
    void run_weightedReference_isRespected() {
        // uniform draws weighted to density 2x against independent draws of that density
        double[] u = new double[4000];
        double[] weights = new double[4000];
        double[] square = new double[4000];
        for (int i = 0; i < 4000; i++) {
            u[i] = (i * 0.6180339887498949 + 0.25) % 1;
            weights[i] = Math.log(u[i]);
            square[i] = Math.sqrt((i * 0.7548776662466927 + 0.5) % 1);
        }
        List<String> x = List.of("x");
        Draws p = Draws.of(
                x, List.of(Chain.adopt(new double[][] {u}, weights, java.util.Map.of())), Sampling.INDEPENDENT);
        Draws q = Draws.of(x, List.of(Chain.adopt(square)), Sampling.INDEPENDENT);
        Draws wrong = Draws.of(x, List.of(Chain.adopt(u)), Sampling.INDEPENDENT);
        assertEquals(List.of(), check(p, q, "x > 0.5").findings());
        assertEquals(
                0.75,
                check(p, q, "x > 0.5")
                        .requested()
                        .get(0)
                        .finding()
                        .referenceMass()
                        .estimate(),
                0.01);
        assertFalse(check(p, wrong).findings().isEmpty());
    }

    @Test
    void balls_growWithTheRadius() {
        Draws p = SyntheticDraws.reference(26, 2, XY, SAME);
        Draws q = SyntheticDraws.approximation(27, 2, XY, SAME);
        for (RequestedBall.NormKind norm : RequestedBall.NormKind.values()) {
            BallCurve curve = LocalMassCheck.withDefaults()
                    .run(
                            SharedParameters.of(p, q),
                            List.of(),
                            List.of(new RequestedBall(PointExpression.parse("0").bind(XY), norm)))
                    .balls()
                    .get(0);
            assertTrue(curve.radii().size() >= 5, curve.radii().toString());
            for (int i = 1; i < curve.radii().size(); i++) {
                assertTrue(curve.radii().get(i - 1) < curve.radii().get(i));
                assertTrue(curve.reference().get(i - 1).estimate()
                        <= curve.reference().get(i).estimate());
            }
            int at = curve.radii().indexOf(1.0);
            // P(|z| <= 1) in two dimensions; the square has Phi(1) - Phi(-1) squared
            double expected = norm == RequestedBall.NormKind.LINF ? 0.46606 : 0.39347;
            assertEquals(expected, curve.approximation().get(at).estimate(), 0.03);
            assertTrue(
                    curve.ratio().get(at).lower() < 1 && curve.ratio().get(at).upper() > 1);
        }
    }

    @Test
    void run_tooFewDraws_isRejected() {
        Draws few = Draws.of(List.of("x"), List.of(Chain.adopt(new double[] {1})), Sampling.UNKNOWN);
        Draws many = Draws.of(List.of("x"), List.of(Chain.adopt(new double[50])), Sampling.UNKNOWN);
        assertEquals(
                "reference must have at least 20 draws, was 1",
                assertThrows(IllegalArgumentException.class, () -> check(few, many))
                        .getMessage());
        assertEquals(
                "approximation must have at least 20 draws, was 1",
                assertThrows(IllegalArgumentException.class, () -> check(many, few))
                        .getMessage());
    }

    @Test
    void shared_namesWhatIsLeftOut() {
        Draws p = Draws.of(
                List.of("a", "b", "c"), List.of(Chain.adopt(new double[][] {{1}, {2}, {3}})), Sampling.UNKNOWN);
        Draws q = Draws.of(
                List.of("d", "c", "b"), List.of(Chain.adopt(new double[][] {{4}, {5}, {6}})), Sampling.UNKNOWN);
        SharedParameters shared = SharedParameters.of(p, q);
        assertEquals(List.of("b", "c"), shared.reference().names());
        assertEquals(6, shared.approximation().chains().get(0).value(0, 0));
        assertEquals(List.of("a"), shared.onlyInReference());
        assertEquals(List.of("d"), shared.onlyInApproximation());
        Draws other = Draws.of(List.of("z"), List.of(Chain.adopt(new double[] {1})), Sampling.UNKNOWN);
        assertEquals(
                "reference and approximation must share a parameter; the reference has a, b, c, the approximation z",
                assertThrows(IllegalArgumentException.class, () -> SharedParameters.of(p, other))
                        .getMessage());
    }

    @Test
    void caution_seenByOneChain() {
        double[] visit = SyntheticDraws.reference(28, 1, List.of("x"), SAME).column(0);
        List<Chain> chains = new java.util.ArrayList<>();
        for (int c = 0; c < 4; c++) {
            double[] part = Arrays.copyOfRange(visit, c * 1000, c * 1000 + 1000);
            if (c == 2) {
                for (int t = 100; t < 900; t += 100) {
                    part[t] = 20;
                }
            }
            chains.add(Chain.adopt(part));
        }
        Draws p = Draws.of(List.of("x"), chains, Sampling.MARKOV_CHAIN);
        CheckReport report = check(p, SyntheticDraws.approximation(29, 1, List.of("x"), SAME), "x > 15");
        assertTrue(report.requested().get(0).finding().cautions().contains(Caution.ONE_CHAIN));
    }
}
