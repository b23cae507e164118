package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.localmass.core.draws.Draws;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Region;

class ModeBallTest {
    private static final int D = 10;
    /** P(chi^2 with 10 degrees of freedom < 10), by scipy 1.16.2: {@code chi2.cdf(10, 10)}. */
    private static final double WITHIN = 0.5595067149347879;

    /** .9 N(0, I) + .1 N(6 u, .5^2 I), u the diagonal. */
    private static LogDensity.Differentiable narrow() {
        double[][] centres = {new double[D], Targets.constant(D, 6 / Math.sqrt(D))};
        return Targets.mixture(new double[] {0.9, 0.1}, centres, new double[] {1, 0.5});
    }

    private static Optimum mode(double centre, double deviation, double logZ) {
        double[] covariance = new double[D * D];
        for (int j = 0; j < D; j++) {
            covariance[j * D + j] = deviation * deviation;
        }
        double[] point = Targets.constant(D, centre);
        return new Optimum(point, covariance, narrow().value(point), logZ, 0, 1, false);
    }

    private static final Optimum NARROW = mode(6 / Math.sqrt(D), 0.5, Targets.OFFSET + Math.log(0.1));

    private static ModeBall ball(Optimum optimum, long seed) {
        return ModeBall.of(optimum, new Evaluator(ModeBallTest::narrow, 1), new Streams(seed), 0, 0);
    }

    /** Eight runs of exact draws; a share of them in the narrow mode. */
    private static Ensemble runs(double share, double logZ) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        List<Run> runs = new ArrayList<>();
        for (int r = 0; r < 8; r++) {
            int n = 1000;
            double[] points = new double[n * D];
            for (int i = 0; i < n; i++) {
                boolean in = random.nextDouble() < share;
                for (int j = 0; j < D; j++) {
                    points[i * D + j] = in ? NARROW.point()[j] + 0.5 * gaussian.sample() : gaussian.sample();
                }
            }
            double[] none = new double[n];
            runs.add(new Run(
                    D, points, new double[n * D], none, none, logZ + 0.01 * gaussian.sample(), none, 1, 0, true));
        }
        return new Ensemble(runs);
    }

    @Test
    void of_normalModes_isTheirMass() {
        for (long seed = 0; seed < 5; seed++) {
            ModeBall ball = ball(NARROW, seed);
            assertTrue(ball.usable());
            assertTrue(ball.relative() < 0.05, "error " + ball.relative());
            assertEquals(Targets.OFFSET + Math.log(0.1 * WITHIN), ball.logMass(), 4 * ball.relative(), "seed " + seed);
        }
        ModeBall wide = ball(mode(0, 1, 0), 1);
        assertEquals(Targets.OFFSET + Math.log(0.9 * WITHIN), wide.logMass(), 4 * wide.relative());
    }

    @Test
    void against_runsWithTheMode_agrees() {
        ModeCheck check = ball(NARROW, 1).against(runs(0.1, Targets.OFFSET), runs(0.1, Targets.OFFSET));
        assertFalse(check.disagrees(), check.toString());
        assertFalse(check.lost());
        assertEquals(8, check.runs());
        assertEquals(8, check.explorers());
        assertEquals(0.1 * WITHIN, check.byDraws(), 0.01);
        assertEquals(0.1 * WITHIN, check.byRuns(), 0.01);
    }

    @Test
    void against_runsThatMissMostOfTheMode_disagrees() {
        double logZ = Targets.OFFSET + Math.log(0.9);
        ModeCheck check = ball(NARROW, 1).against(runs(0.003, logZ), runs(0.1, Targets.OFFSET));
        assertTrue(check.disagrees(), check.toString());
        assertFalse(check.lost());
        assertEquals(0.1 / 0.9 * WITHIN, check.byDraws(), 0.01);
        ModeCheck without = ball(NARROW, 1).against(runs(0, logZ), runs(0.1, Targets.OFFSET));
        assertTrue(without.disagrees() && without.lost(), without.toString());
        // too much is a disagreement as well
        assertTrue(ball(NARROW, 1)
                .against(runs(0.2, Targets.OFFSET), runs(0.2, Targets.OFFSET))
                .disagrees());
        // nobody was there: nothing was lost, the masses disagree
        assertFalse(ball(NARROW, 1).against(runs(0, logZ), runs(0, logZ)).lost());
    }

    @Test
    void against_aSmallDifference_isNone() {
        // certain, but below the factor
        ModeCheck check = new ModeCheck(List.of(0.0), 0.5, 0.55, 0.001, 6, 8);
        assertTrue(check.z() > ModeCheck.LIMIT);
        assertFalse(check.disagrees());
        // above the factor, but uncertain
        assertFalse(new ModeCheck(List.of(0.0), 0.01, 0.02, 0.004, 6, 8).disagrees());
        assertFalse(new ModeCheck(List.of(0.0), 0, 0.0009, 0.001, 6, 0).lost());
        assertFalse(new ModeCheck(List.of(0.0), 0, 0.01, 0.01, 1, 0).lost());
        assertTrue(new ModeCheck(List.of(0.0), 0, 0.01, 0.01, 2, 0).lost());
    }

    @Test
    void further_startsNearAMode_addsIt() {
        Draws approximation = Targets.draws(new double[D], Targets.constant(D, 1), 2000, 1);
        Evaluator evaluator = new Evaluator(ModeBallTest::narrow, 1);
        MultiStart search = new MultiStart(evaluator, Spread.of(approximation), new Streams(2), 0);
        MultiStart.Found none = new MultiStart.Found(List.of(), 7);
        assertEquals(none, search.further(none, List.of()));
        MultiStart.Found both =
                search.further(none, List.of(new double[D], Targets.constant(D, 2), Targets.constant(D, 2.1)));
        assertEquals(7, both.converged());
        assertEquals(2, both.optima().size());
        assertEquals(2, both.optima().get(1).hits());
        assertEquals(NARROW.logZ(), both.optima().get(1).logZ(), 0.2);
        // what is known keeps its place
        MultiStart.Found again = search.further(both, List.of(Targets.constant(D, 1.8), new double[D]));
        assertEquals(2, again.optima().size());
        assertEquals(3, again.optima().get(1).hits());
    }

    @Test
    void examine_narrowMode_isNotLost() {
        Region mode = HalfSpace.of(
                List.of("x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10"),
                Targets.constant(D, -1),
                -3 * Math.sqrt(D));
        Draws approximation = Targets.draws(new double[D], Targets.constant(D, 1), 5000, 7_000_026);
        for (long seed : new long[] {7, 8}) {
            DensityEvidence evidence =
                    Referee.withDefaults().withSeed(seed).withVeto(false).examine(narrow(), approximation);
            RegionEvidence mass = evidence.evidence(mode);
            assertTrue(
                    evidence.verdict() == Verdict.INCONCLUSIVE || (mass.lower() < 0.1012 && 0.1012 < mass.upper()),
                    seed + ": " + evidence.verdict() + " " + mass);
            assertTrue(mass.mass() > 0.08, mass.toString());
            assertTrue(
                    evidence.modeChecks().stream().noneMatch(ModeCheck::disagrees),
                    evidence.modeChecks().toString());
        }
    }

    @Test
    void examine_heavyTails_isNoDisagreement() {
        Draws approximation = Targets.draws(new double[5], Targets.constant(5, 1.2), 5000, 11);
        DensityEvidence evidence = Referee.withDefaults()
                .withSeed(3)
                .withEffort(0.5)
                .withVeto(false)
                .examine(Targets.student(5, 3), approximation);
        assertEquals(1, evidence.modeChecks().size());
        assertFalse(
                evidence.modeChecks().get(0).disagrees(), evidence.modeChecks().toString());
    }
}
