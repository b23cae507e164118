package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.estimate.explore.PlantedModes;
import org.localmass.estimate.explore.Referee;

/** Check by a search of the target's density, alone and beside a reference; on the plane, where constrained is free. */
class DensityCheckTest {
    private static final List<String> XY = List.of("x", "y");
    /** Weight of the mode at (7, 7) beside a standard normal. */
    private static final double FAR = 0.05;

    /** log Z = 0. */
    private static LogDensity.Differentiable twoModes() {
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public double value(double[] p) {
                return value(p, new double[2]);
            }

            @Override
            public double value(double[] p, double[] gradient) {
                double near = Math.log1p(-FAR) - 0.5 * (p[0] * p[0] + p[1] * p[1]);
                double far = Math.log(FAR) - 0.5 * ((p[0] - 7) * (p[0] - 7) + (p[1] - 7) * (p[1] - 7));
                double most = Math.max(near, far);
                double sum = Math.exp(near - most) + Math.exp(far - most);
                double share = Math.exp(far - most) / sum;
                gradient[0] = 7 * share - p[0];
                gradient[1] = 7 * share - p[1];
                return most + Math.log(sum) - Math.log(2 * Math.PI);
            }
        };
    }

    /** Answers that are no numbers, and exceptions, in places; or everywhere. */
    private static LogDensity.Differentiable failing(boolean everywhere) {
        LogDensity.Differentiable inner = twoModes();
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public double value(double[] p) {
                return value(p, new double[2]);
            }

            @Override
            public double value(double[] p, double[] gradient) {
                if (everywhere || p[0] > 10) {
                    throw new IllegalStateException("no density here");
                }
                return p[1] > 10 ? Double.NaN : inner.value(p, gradient);
            }
        };
    }

    /** Draws of q with log q beside them: the near mode alone, or both. */
    private static Draws approximation(boolean both, long seed) {
        int n = 3000;
        Draws plain = SyntheticDraws.of(seed, 1, n, 3, 0, List.of("x", "y", "u"), UnaryOperator.identity());
        double[] x = plain.column(0);
        double[] y = plain.column(1);
        double[] u = plain.column(2);
        double[] p = new double[n];
        double[] q = new double[n];
        LogDensity.Differentiable target = twoModes();
        for (int i = 0; i < n; i++) {
            // P(u > 1.6449) = 0.05
            double shift = both && u[i] > 1.6448536269514722 ? 7 : 0;
            x[i] += shift;
            y[i] += shift;
            p[i] = target.value(new double[] {x[i], y[i]});
            q[i] = both ? p[i] : -0.5 * (x[i] * x[i] + y[i] * y[i]) - Math.log(2 * Math.PI);
        }
        return Draws.of(
                XY,
                List.of(Chain.adopt(new double[][] {x, y}, null, Map.of("log_target", p, "log_approx", q))),
                Sampling.INDEPENDENT);
    }

    private static ExaminedDensity examined(LogDensity.Differentiable target, Draws q, long budget, boolean planted) {
        var evidence = Referee.withDefaults().withBudget(budget).withEffort(0.3).examine(target, q);
        return new ExaminedDensity(
                "two modes",
                evidence,
                evidence.draws(),
                region -> Arrays.stream(region.coordinates()).allMatch(c -> c < 2)
                        ? Optional.of(Predicate.of(
                                2,
                                new int[] {0, 1},
                                region.description(),
                                u -> region.contains(Arrays.copyOf(u, region.dimension()))))
                        : Optional.empty(),
                planted
                        ? Optional.of(
                                PlantedModes.withDefaults().withEffort(0.1).measure(() -> target, q, evidence))
                        : Optional.empty(),
                planted ? "" : "it was switched off");
    }

    private static List<NamedRegion> regions(List<String> names, String... texts) {
        return Arrays.stream(texts)
                .map(t -> new NamedRegion(t, RegionExpression.parse(t).bind(names)))
                .toList();
    }

    private static LocalMassCheck check(int threads) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false).withThreads(threads));
    }

    private static SearchEvidence search(CheckReport report) {
        return report.evidence().search().orElseThrow();
    }

    @Test
    void byDensity_missedMode_isFoundWithItsMass() {
        Draws q = approximation(false, 1);
        ExaminedDensity density = examined(twoModes(), q, 2_000_000, true);
        CheckReport report =
                check(1).byDensity(q, density, ImportanceWeights.of(q), List.of("z"), regions(XY, "x > 4"), List.of());
        assertEquals(Verdict.FINDING, report.verdict());
        assertEquals(Evidence.Source.DENSITY, report.evidence().source());
        Finding named = report.requested().get(0).finding();
        assertTrue(
                named.referenceMass().lower() < FAR
                        && FAR < named.referenceMass().upper(),
                named::toString);
        assertEquals(0, named.approximationMass().estimate());
        assertTrue(report.findings().stream().anyMatch(f -> f.kind() == Kind.MODE && f.direction() == Direction.UNDER));
        assertEquals(2, report.evidence().modes().size());
        assertEquals(List.of("z"), report.onlyInApproximation());
        SearchEvidence search = search(report);
        assertTrue(search.regions().stream().allMatch(r -> r.agreement() == Agreement.ALONE));
        assertEquals(4, search.planted().size());
        assertTrue(search.plantedEvaluations() > 0);
        // log Z is 0, and KL(q to p) about -log 0.95
        assertEquals(0, report.global().logZ(), 0.05);
        assertEquals(-Math.log1p(-FAR), report.global().kl(), 0.05);
        assertTrue(report.notExamined().stream().anyMatch(s -> s.startsWith("Planted modes")), report::toString);
        assertTrue(Double.isNaN(report.reference().rhatMax()));
    }

    @Test
    void byDensity_rightApproximation_hasNoFinding() {
        Draws q = approximation(true, 2);
        ExaminedDensity density = examined(twoModes(), q, 2_000_000, false);
        CheckReport report =
                check(1).byDensity(q, density, Optional.empty(), List.of(), regions(XY, "x > 4"), List.of());
        assertEquals(List.of(), report.findings());
        boolean settled = search(report).converged();
        assertEquals(settled ? Verdict.NO_FINDING : Verdict.INCONCLUSIVE, report.verdict());
        assertEquals(
                settled ? RequestedOutcome.AGREES : RequestedOutcome.INCONCLUSIVE,
                report.requested().get(0).outcome());
        assertTrue(Double.isNaN(report.global().elbo()));
        assertTrue(report.global().why().contains("log_approx"), report.global()::why);
    }

    /** What is not settled is said: verdict, first warning, masses relative to q's central half. */
    @Test
    void byDensity_unsettled_isInconclusiveWithRelativeMasses() {
        Draws q = approximation(true, 3);
        ExaminedDensity density = examined(twoModes(), q, 150_000, false);
        CheckReport report =
                check(1).byDensity(q, density, Optional.empty(), List.of(), regions(XY, "x > 4"), List.of());
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(report.headline().contains("did not pass its own checks: the evaluations"), report::headline);
        assertTrue(report.warnings().get(0).contains("absolute masses are not settled"), report.warnings()::toString);
        RequestedRegion named = report.requested().get(0);
        assertEquals(RequestedOutcome.INCONCLUSIVE, named.outcome());
        assertTrue(named.finding().explanation().contains("relative to q's central half"), named::toString);
        var ratio = search(report).regions().get(0).againstBulk().orElseThrow();
        assertTrue(ratio.lower() < 1 && 1 < ratio.upper(), ratio::toString);
        assertTrue(report.nextSteps().get(0).contains("--budget"), report.nextSteps()::toString);
    }

    @Test
    void byDensity_isTheSameAtAnyThreadCount() {
        Draws q = approximation(false, 4);
        CheckReport[] reports = new CheckReport[2];
        for (int i = 0; i < 2; i++) {
            ExaminedDensity density = examined(twoModes(), q, 150_000, false);
            CheckReport report = check(i + 1)
                    .byDensity(q, density, ImportanceWeights.of(q), List.of(), regions(XY, "x > 4"), List.of());
            reports[i] = report;
        }
        assertEquals(
                reports[0].evidence().search().toString(),
                reports[1].evidence().search().toString());
        assertEquals(reports[0].headline(), reports[1].headline());
        assertEquals(reports[0].findings().size(), reports[1].findings().size());
    }

    @Test
    void byDensity_failuresAreCountedAndSaid() {
        Draws q = approximation(false, 5);
        CheckReport report = check(1).byDensity(
                        q,
                        examined(failing(false), q, 150_000, false),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of());
        String said = report.warnings().stream()
                .filter(w -> w.startsWith("The density failed"))
                .findFirst()
                .orElseThrow();
        assertTrue(said.contains("NaN ") && said.contains("IllegalStateException"), said);
        assertEquals(Verdict.FINDING, report.verdict());
    }

    @Test
    void byDensity_nothingFound_isInconclusive() {
        Draws q = approximation(false, 6);
        ExaminedDensity density = examined(failing(true), q, 100_000, false);
        CheckReport report =
                check(1).byDensity(q, density, Optional.empty(), List.of(), regions(XY, "x > 4"), List.of());
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(report.headline().contains("no run arrived"), report::headline);
        assertEquals(0, report.reference().draws());
        assertTrue(report.global().why().contains("no log Z"), report.global()::why);
    }

    /** The reference decides; the search stands beside it, and says what is not the target's. */
    @Test
    void run_withDensity_putsItBesideTheReference() {
        List<String> xyz = List.of("x", "y", "z");
        UnaryOperator<double[]> near = v -> new double[] {v[0], v[1], v[2]};
        Draws reference = SyntheticDraws.of(7, 4, 500, 3, 0, xyz, near);
        Draws q = approximation(false, 8);
        Draws wide = SyntheticDraws.approximation(9, 3, xyz, near);
        ExaminedDensity density = examined(twoModes(), q, 150_000, false);
        CheckReport report = check(1).run(
                        SharedParameters.of(reference, wide),
                        Optional.empty(),
                        Optional.of(density),
                        regions(xyz, "x > 4", "z > 0", "x < 0"),
                        List.of());
        assertEquals(Evidence.Source.DRAWS, report.evidence().source());
        List<SearchEvidence.RegionBySearch> rows = search(report).regions();
        assertEquals(List.of("R1", "R3"), rows.stream().map(r -> r.id()).toList());
        assertEquals(Agreement.DISAGREES, rows.get(0).agreement());
        assertEquals(Agreement.AGREES, rows.get(1).agreement());
        String all = String.join(" ", search(report).statements());
        assertTrue(all.contains("disagree about R1") && all.contains("not measured by the search: R2"), all);
        assertFalse(report.requested().get(0).finding().explanation().contains("central half"));
        assertTrue(report.reference().rhatMax() < 1.1);
    }

    @Test
    void byDensity_refusesFewDraws() {
        Draws few = SyntheticDraws.of(1, 1, 19, 2, 0, XY, UnaryOperator.identity());
        ExaminedDensity density = examined(failing(true), few, 1000, false);
        var e = assertThrows(IllegalArgumentException.class, () -> check(1).byDensity(
                        few, density, Optional.empty(), List.of(), List.of(), List.of()));
        assertEquals("approximation must have at least 20 draws, was 19", e.getMessage());
    }

    /** Half of the draws lie inside; a monotone map of a parameter moves the box with it. */
    @Test
    void centralHalf_holdsHalfOfTheDraws() {
        UnaryOperator<double[]> skewed = v -> new double[] {Math.exp(3 * v[0]), v[1]};
        Draws plain = SyntheticDraws.of(10, 1, 2001, 2, 0, XY, UnaryOperator.identity());
        Draws mapped = SyntheticDraws.of(10, 1, 2001, 2, 0, XY, skewed);
        Region box = CentralHalf.of(plain);
        Region image = CentralHalf.of(mapped);
        Chain chain = plain.chains().get(0);
        int inside = 0;
        double[] point = new double[2];
        for (int t = 0; t < chain.size(); t++) {
            chain.read(t, point);
            inside += box.contains(point) ? 1 : 0;
            assertEquals(box.contains(point), image.contains(skewed.apply(point)));
        }
        assertEquals(1001, inside, 4);
    }
}
