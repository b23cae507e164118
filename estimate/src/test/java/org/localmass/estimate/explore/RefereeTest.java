package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;

class RefereeTest {
    /** .95 N(1.5, I) + .05 N(0, .1^2 I). */
    static LogDensity.Differentiable spike(int d) {
        double[][] centres = {Targets.constant(d, 1.5), new double[d]};
        return Targets.mixture(new double[] {0.95, 0.05}, centres, new double[] {1, 0.1});
    }

    private static Region region(int d, java.util.function.Predicate<double[]> inside) {
        return Predicate.of(d, IntStream.range(0, d).toArray(), "region", inside);
    }

    private static Draws standard(int d) {
        return Targets.draws(new double[d], Targets.constant(d, 0.8), 2000, 9);
    }

    private static boolean doubts(DensityEvidence evidence, Doubt doubt) {
        return evidence.reasons().stream().anyMatch(reason -> reason.doubt() == doubt);
    }

    @Test
    void examine_funnel_learnsTheNeck() {
        int d = 10;
        DensityEvidence evidence = Referee.withDefaults()
                .withSeed(2)
                .withVeto(false)
                .examine(Targets.funnel(d), Targets.funnelApproximation(d, 1));
        Region neck = region(d, x -> x[0] < -3);
        assertTrue(evidence.explored(neck) < 0.05, "explorers alone: " + evidence.explored(neck));
        RegionEvidence mass = evidence.evidence(neck);
        assertTrue(mass.lower() <= 0.15866 && 0.15866 <= mass.upper(), mass.toString());
        assertEquals(0.15866, mass.mass(), 0.12 * 0.15866);
        assertEquals(Targets.OFFSET, evidence.logZ().orElseThrow().logZ(), 0.05);
        assertTrue(evidence.funnelled());
        assertEquals(8, mass.ofRuns());
        assertEquals(8, mass.runs());
        assertTrue(
                evidence.counts().evaluations() < 2_400_000, evidence.counts().toString());
        assertTrue(evidence.modes().isEmpty());
        // the theorem's bound
        double least = evidence.leastLogMass(neck, 0.95).orElseThrow();
        assertTrue(least < Targets.OFFSET + Math.log(0.15866), "bound " + least);
        assertTrue(least > Targets.OFFSET + Math.log(0.15866) - 3.3, "bound " + least);
    }

    @Test
    void examine_gaussian_isTheSameAtAnyNumberOfThreads() {
        Referee referee = Referee.withDefaults().withSeed(4).withEffort(0.25);
        LogDensity.Differentiable target = Targets.normal(2);
        DensityEvidence one = referee.examine(target, standard(2));
        DensityEvidence two = referee.withThreads(2).examine(() -> Targets.normal(2), standard(2));
        assertEquals(one.counts(), two.counts());
        assertEquals(one.stages(), two.stages());
        assertEquals(one.reasons(), two.reasons());
        assertEquals(one.modes(), two.modes());
        assertEquals(one.search(), two.search());
        for (int j = 0; j < 2; j++) {
            assertArrayEquals(
                    one.draws().orElseThrow().column(j),
                    two.draws().orElseThrow().column(j));
        }
        assertEquals(Verdict.CONVERGED, one.verdict(), one.reasons().toString());
        Region tail = HalfSpace.of(List.of("x1", "x2"), new double[] {-1, 0}, -1.5);
        MassEstimate mass = one.mass(tail);
        assertTrue(mass.lower() <= 0.0668072 && 0.0668072 <= mass.upper(), mass.toString());
        assertTrue(mass.upper() - mass.lower() < 0.02, mass.toString());
        assertEquals(24, mass.visits());
        assertEquals(List.of(), mass.cautions());
        RatioEstimate ratio = one.ratio(tail, new MassEstimate(0.03, 0.02, 0.04, 300, 10000, 300, 300, List.of()));
        assertEquals(0.03 / mass.estimate(), ratio.estimate(), 1e-12);
        assertTrue(ratio.lower() < 0.3 && ratio.upper() > 0.6, ratio.toString());
        assertEquals(1, one.modes().size());
        assertEquals(6, one.modes().get(0).explorers());
        assertEquals(0, one.unseen());
        assertEquals(0.393, one.catchability(), 0.001);
        Draws weighted = one.weightedDraws().orElseThrow();
        assertEquals(8000, weighted.size());
        assertTrue(one.weights().orElseThrow().effectiveSize() > 4000);
        MassEstimate nothing = one.mass(region(2, x -> x[0] > 40));
        assertEquals(List.of(Caution.NO_HITS), nothing.cautions());
        assertTrue(nothing.upper() < 0.01, nothing.toString());
    }

    @Test
    void examine_oneDimension() {
        DensityEvidence evidence =
                Referee.withDefaults().withEffort(0.25).withVeto(false).examine(Targets.normal(1), standard(1));
        RegionEvidence mass = evidence.evidence(region(1, x -> x[0] > 1.5));
        assertTrue(mass.lower() <= 0.0668072 && 0.0668072 <= mass.upper(), mass.toString());
        assertEquals(Targets.OFFSET, evidence.logZ().orElseThrow().logZ(), 0.03);
    }

    @Test
    void examine_withAnAnchor_weighsTheSpike() {
        int d = 10;
        Draws about = Targets.draws(Targets.constant(d, 1.5), Targets.constant(d, 1), 2000, 1);
        DensityEvidence evidence = Referee.withDefaults()
                .withEffort(0.25)
                .withVeto(false)
                .withAnchors(List.of(new double[d]))
                .examine(spike(d), about);
        RegionEvidence mass = evidence.evidence(
                region(d, x -> Arrays.stream(x).map(v -> v * v).sum() < 1));
        assertEquals(0.05, mass.mass(), 0.01, mass.toString());
        assertTrue(mass.lower() <= 0.05 && 0.05 <= mass.upper(), mass.toString());
        assertEquals(1, evidence.search().anchors());
        Mode anchored =
                evidence.modes().stream().filter(Mode::anchored).findFirst().orElseThrow();
        assertEquals(0.05, anchored.share(), 0.01);
        assertEquals(0, anchored.explorers());
    }

    @Test
    void examine_failingDensity_countsAndGoesOn() {
        LogDensity.Differentiable half = Targets.of(2, (x, g) -> {
            if (x[0] < 0) {
                if (x[1] < -1) {
                    throw new IllegalStateException("below");
                }
                return x[1] < 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
            }
            g[0] = -x[0];
            g[1] = x[1] > 2 ? Double.NaN : -x[1];
            return -0.5 * (x[0] * x[0] + x[1] * x[1]);
        });
        DensityEvidence evidence =
                Referee.withDefaults().withEffort(0.25).withVeto(false).examine(half, standard(2));
        EvaluationCounts counts = evidence.counts();
        assertTrue(counts.nan() > 0 && counts.zero() > 0 && counts.badGradients() > 0, counts.toString());
        assertEquals(counts.thrown(), counts.exceptions().get("IllegalStateException"));
        assertTrue(doubts(evidence, Doubt.DENSITY_FAILED));
        assertEquals(Math.log(Math.PI), evidence.logZ().orElseThrow().logZ(), 0.05);
        RegionEvidence mass = evidence.evidence(region(2, x -> x[0] > 1.5));
        assertTrue(mass.lower() <= 0.1336144 && 0.1336144 <= mass.upper(), mass.toString());
    }

    @Test
    void examine_nothing_isInconclusive() {
        LogDensity.Differentiable nothing = Targets.of(2, (x, g) -> Double.NEGATIVE_INFINITY);
        DensityEvidence evidence = Referee.withDefaults().withEffort(0.1).examine(nothing, standard(2));
        assertEquals(Verdict.INCONCLUSIVE, evidence.verdict());
        assertTrue(doubts(evidence, Doubt.NOTHING_FOUND));
        assertTrue(evidence.draws().isEmpty());
        assertTrue(evidence.logZ().isEmpty());
        assertTrue(evidence.weightedDraws().isEmpty());
        MassEstimate mass = evidence.mass(region(2, x -> true));
        assertEquals(0, mass.lower());
        assertEquals(1, mass.upper());
        assertTrue(Double.isNaN(evidence.explored(region(2, x -> true))));
    }

    @Test
    void examine_beyondItsBudget_keepsTheBestSoFar() {
        Referee referee = Referee.withDefaults().withEffort(0.25);
        DensityEvidence little = referee.withBudget(20_000).examine(Targets.normal(3), standard(3));
        assertEquals(Verdict.INCONCLUSIVE, little.verdict());
        assertTrue(doubts(little, Doubt.BUDGET), little.reasons().toString());
        assertTrue(little.counts().evaluations() < 40_000, little.counts().toString());
        DensityEvidence more = referee.withBudget(180_000).examine(Targets.normal(3), standard(3));
        assertTrue(doubts(more, Doubt.BUDGET), more.reasons().toString());
        assertTrue(more.counts().evaluations() < 230_000, more.counts().toString());
        assertTrue(more.evidence(region(3, x -> x[0] < 0)).mass() > 0.4);
    }

    @Test
    void examine_cancelled_endsInconclusive() {
        AtomicLong asked = new AtomicLong();
        double[] progress = {0};
        DensityEvidence evidence = Referee.withDefaults()
                .withCancellation(() -> asked.incrementAndGet() > 100)
                .withProgress(done -> progress[0] = Math.max(progress[0], done))
                .examine(Targets.normal(3), standard(3));
        assertEquals(Verdict.INCONCLUSIVE, evidence.verdict());
        assertTrue(doubts(evidence, Doubt.CANCELLED));
        assertEquals(1, progress[0]);
    }

    @Test
    void examine_withoutTransform_doesNotReassure() {
        int d = 6;
        DensityEvidence evidence = Referee.withDefaults()
                .withTransform(false)
                .withEffort(0.25)
                .withVeto(false)
                .examine(Targets.funnel(d), Targets.funnelApproximation(d, 1));
        RegionEvidence mass = evidence.evidence(region(d, x -> x[0] < -3));
        assertTrue(
                evidence.verdict() == Verdict.INCONCLUSIVE || (mass.lower() <= 0.15866 && 0.15866 <= mass.upper()),
                String.format(Locale.ROOT, "%s %s", evidence.verdict(), mass));
    }

    @Test
    void examine_rejectsArguments() {
        Referee referee = Referee.withDefaults();
        assertEquals(
                "dimension must be 2, was 3",
                assertThrows(IllegalArgumentException.class, () -> referee.examine(Targets.normal(2), standard(3)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> referee.withAnchors(List.of(new double[] {Double.NaN})));
        assertThrows(IllegalArgumentException.class, () -> referee.withAnchors(List.of(new double[3]))
                .examine(Targets.normal(2), standard(2)));
        assertEquals(
                "budget must be at least 1, was 0",
                assertThrows(IllegalArgumentException.class, () -> referee.withBudget(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> referee.withThreads(0));
        assertThrows(IllegalArgumentException.class, () -> referee.withLevel(1));
        assertThrows(IllegalArgumentException.class, () -> referee.withEffort(0));
        Draws constant = Targets.draws(new double[2], new double[] {1, 0}, 10, 1);
        assertEquals(
                "draws must vary in every parameter, 'x2' has standard deviation 0.0",
                assertThrows(IllegalArgumentException.class, () -> referee.examine(Targets.normal(2), constant))
                        .getMessage());
    }
}
