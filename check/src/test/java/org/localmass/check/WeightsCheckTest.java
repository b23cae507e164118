package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.Caution;
import org.localmass.core.region.Interval;
import org.localmass.core.region.RegionExpression;
import org.localmass.estimate.ImportanceWeights;

/** Check by importance weights, alone and beside a reference. */
class WeightsCheckTest {
    private static final List<String> XY = List.of("x", "y");

    /** Draws of the standard normal in two dimensions with the log density of a target beside them. */
    private static Draws withTarget(long seed, int n, ToDoubleFunction<double[]> logTarget) {
        Draws plain = SyntheticDraws.of(seed, 1, n, 2, 0, XY, UnaryOperator.identity());
        double[] x = plain.column(0);
        double[] y = plain.column(1);
        double[] p = new double[n];
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            p[i] = logTarget.applyAsDouble(new double[] {x[i], y[i]});
            q[i] = -0.5 * (x[i] * x[i] + y[i] * y[i]) - Math.log(2 * Math.PI);
        }
        return Draws.of(
                XY,
                List.of(Chain.adopt(new double[][] {x, y}, null, Map.of("log_target", p, "log_approx", q))),
                Sampling.INDEPENDENT);
    }

    private static double normal(double x, double mean, double sd) {
        double z = (x - mean) / sd;
        return -0.5 * z * z - Math.log(sd) - 0.5 * Math.log(2 * Math.PI);
    }

    private static List<NamedRegion> regions(String... texts) {
        return Arrays.stream(texts)
                .map(t -> new NamedRegion(t, RegionExpression.parse(t).bind(XY)))
                .toList();
    }

    private static CheckReport byWeights(Draws draws, String... regions) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false))
                .byWeights(draws, ImportanceWeights.of(draws).orElseThrow(), regions(regions), List.of());
    }

    private static double mass(Interval interval, double mean, double sd) {
        return 0.5
                * (Erfc.value((interval.lower() - mean) / sd / Math.sqrt(2))
                        - Erfc.value((interval.upper() - mean) / sd / Math.sqrt(2)));
    }

    /** Every finding about x has the right sign, and its interval holds the true mass. */
    @ParameterizedTest(name = "N({0}, {1})")
    @CsvSource({"0, 0.7", "0.6, 1", "0, 1.2"})
    void byWeights_findsRegionsWithTheirMasses(double mean, double sd) {
        Draws draws = withTarget(1, 8000, z -> 3 + normal(z[0], mean, sd) + normal(z[1], 0, 1));
        CheckReport report = byWeights(draws);
        assertEquals(Verdict.FINDING, report.verdict(), report.headline());
        assertEquals(Evidence.Source.WEIGHTS, report.evidence().source());
        int ofX = 0;
        for (Finding f : report.findings()) {
            if (f.region() instanceof Interval interval && interval.coordinate() == 0) {
                ofX++;
                double p = mass(interval, mean, sd);
                double q = mass(interval, 0, 1);
                assertEquals(p > q, f.direction() == Direction.UNDER, f.explanation());
                assertTrue(f.referenceMass().lower() < p && f.referenceMass().upper() > p, f.explanation() + p);
            }
        }
        assertTrue(ofX > 0, report.findings()::toString);
        assertTrue(Double.isNaN(report.minimumDetectableMass()));
        assertTrue(report.warnings().get(0).startsWith("There are no reference draws"));
        assertTrue(report.notExamined().stream().anyMatch(s -> s.contains("never visit cannot be seen")));
        // log Z = 3, KL(q to p) of two normals
        double kl = Math.log(sd) + (1 + mean * mean) / (2 * sd * sd) - 0.5;
        WeightsEvidence weights = report.evidence().weights().orElseThrow();
        assertEquals(3, weights.logZ().estimate(), 4 * weights.logZ().standardError());
        assertEquals(kl, weights.kl().estimate(), 4 * weights.kl().standardError());
        assertEquals(report.global().logZ(), weights.logZ().estimate());
        assertEquals(report.global().kl(), weights.kl().estimate());
        assertEquals(3 - kl, report.global().elbo(), 0.1);
    }

    @Test
    void byWeights_rightApproximation_isInconclusive() {
        CheckReport report = byWeights(withTarget(2, 2000, z -> normal(z[0], 0, 1) + normal(z[1], 0, 1)), "x > 1");
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(report.headline().contains("never visit"), report.headline());
        assertEquals(List.of(), report.findings());
        assertEquals(RequestedOutcome.AGREES, report.requested().get(0).outcome());
        assertTrue(report.evidence().weights().orElseThrow().statements().get(0).startsWith("All weights are equal"));
        assertTrue(Double.isNaN(report.global().khat()));
    }

    /** Half of p lies where q never goes: the weights are flat, and only the reference shows it. */
    @Test
    void weights_areBlindToAMissedMode_andTheReportSaysSo() {
        Draws q = withTarget(
                3,
                4000,
                z -> Math.log(Math.exp(normal(z[0], 0, 1.05)) + Math.exp(normal(z[0], 9, 1))) + normal(z[1], 0, 1));
        CheckReport alone = byWeights(q, "x > 5");
        assertEquals(Verdict.INCONCLUSIVE, alone.verdict());
        RequestedRegion unseen = alone.requested().get(0);
        assertEquals(RequestedOutcome.INCONCLUSIVE, unseen.outcome());
        assertTrue(unseen.finding().cautions().contains(Caution.UNSEEN));
        assertEquals(1, unseen.finding().referenceMass().upper());
        assertTrue(Double.isNaN(unseen.minimumDetectableMass()));

        Draws p = SyntheticDraws.reference(4, 3, XY, z -> new double[] {z[2] > 0 ? 9 + z[0] : 1.05 * z[0], z[1]});
        CheckReport both = LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(false))
                .run(SharedParameters.of(p, q), regions("x > 5", "x > 1 & x < 5"), List.of());
        assertEquals(Verdict.FINDING, both.verdict());
        assertTrue(both.global().khat() < 0.7, "k-hat looks fine");
        WeightsEvidence weights = both.evidence().weights().orElseThrow();
        assertEquals(Agreement.UNSEEN, agreement(weights, "R1"));
        assertEquals(Agreement.DISAGREES, agreement(weights, "R2"));
        assertTrue(
                weights.statements().stream()
                        .anyMatch(s -> s.endsWith("looks fine all the same: it judges the draws that"
                                + " were made, not those that are missing.")),
                weights.statements()::toString);
        assertEquals(2, both.evidence().modes().size());
        assertTrue(
                both.evidence().modes().stream().anyMatch(m -> m.explanation().startsWith("q misses the mode")));
    }

    private static Agreement agreement(WeightsEvidence weights, String id) {
        return weights.regions().stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow()
                .agreement();
    }

    @Test
    void byWeights_heavyWeights_confirmNothing() {
        CheckReport report = byWeights(withTarget(5, 4000, z -> normal(z[0], 0, 4) + normal(z[1], 0, 1)), "x > 2");
        assertTrue(report.global().khat() > 0.7);
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertTrue(report.headline().contains("too uneven (k-hat"), report.headline());
        assertFalse(report.evidence().unconfirmed().isEmpty());
        assertTrue(Double.isNaN(report.global().kl())
                && Double.isNaN(report.global().logZ()));
        assertEquals(RequestedOutcome.INCONCLUSIVE, report.requested().get(0).outcome());
    }

    @Test
    void byWeights_halfWithoutWeight_isRejected() {
        double[] x = new double[40];
        double[] p = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = i;
            p[i] = i < 20 ? -0.1 * i : Double.NEGATIVE_INFINITY;
        }
        Draws draws = Draws.of(
                List.of("x"),
                List.of(Chain.adopt(new double[][] {x}, null, Map.of("log_target", p, "log_approx", x))),
                Sampling.INDEPENDENT);
        assertEquals(
                "weights must be positive in both halves of the draws, one half has none",
                assertThrows(IllegalArgumentException.class, () -> byWeights(draws))
                        .getMessage());
    }

    @Test
    void byWeights_differentThreads_isTheSame() {
        Draws draws = withTarget(6, 3000, z -> normal(z[0], 0.5, 1) + normal(z[1], 0, 0.8));
        ImportanceWeights weights = ImportanceWeights.of(draws).orElseThrow();
        String[] seen = new String[2];
        for (int threads = 1; threads <= 2; threads++) {
            CheckReport report = LocalMassCheck.withDefaults()
                    .withOptions(CheckOptions.withDefaults().withThreads(threads))
                    .byWeights(draws, weights, regions("x > 1"), List.of());
            seen[threads - 1] = (report.findings()
                            + report.headline()
                            + report.evidence().weights().map(WeightsEvidence::regions))
                    .replaceAll("@[0-9a-f]+", "");
        }
        assertEquals(seen[0], seen[1]);
    }

    @Test
    void run_withoutLogDensities_hasNoWeights() {
        Draws p = SyntheticDraws.reference(7, 2, XY, UnaryOperator.identity());
        CheckReport report = LocalMassCheck.withDefaults()
                .run(
                        SharedParameters.of(p, SyntheticDraws.approximation(8, 2, XY, UnaryOperator.identity())),
                        List.of(),
                        List.of());
        assertEquals(Optional.empty(), report.evidence().weights());
        assertEquals(Evidence.Source.DRAWS, report.evidence().source());
    }
}
