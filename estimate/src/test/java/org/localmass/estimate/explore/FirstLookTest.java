package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.localmass.core.draws.Draws;
import org.localmass.core.measure.LogDensity;

class FirstLookTest {
    private static final FirstLook LOOK = FirstLook.withDefaults().withParticles(300);

    private static FirstLook.Outlook at(FirstLook look, LogDensity.Differentiable target) {
        int d = target.dimension();
        return look.look(() -> target, new double[d], Targets.constant(d, 1));
    }

    @Test
    void look_farMode_isSeenByRunsAndAscents() {
        FirstLook.Outlook seen = at(LOOK, Targets.far(3));
        assertEquals(2, seen.replicates().size());
        for (FirstLook.Replicate run : seen.replicates()) {
            // two thirds of nine rounds
            assertEquals(6 * 300, run.points().length);
            assertEquals(Targets.OFFSET, run.logZ(), 0.35);
            double far = 0;
            for (double[] x : run.points()) {
                far += x[0] + x[1] + x[2] > 5 * Math.sqrt(3) ? 1.0 / run.points().length : 0;
            }
            assertEquals(0.03, far, 0.03);
        }
        assertEquals(2, seen.peaks().size());
        double[] masses = seen.peaks().stream()
                .mapToDouble(peak -> Math.exp(peak.logZ() - Targets.OFFSET))
                .sorted()
                .toArray();
        assertArrayEquals(new double[] {0.03, 0.97}, masses, 0.02);
        assertEquals(32, seen.starts());
        assertEquals(List.of(2.0, 4.0, 8.0), seen.radii());
        assertTrue(seen.counts().evaluations() > 10_000);
    }

    @Test
    void look_anchor_findsTheNeedle() {
        double[][] centres = {new double[8], Targets.constant(8, 3)};
        LogDensity.Differentiable target = Targets.mixture(new double[] {0.95, 0.05}, centres, new double[] {1, 0.01});
        FirstLook quick = LOOK.withParticles(4).withStarts(4);
        assertEquals(1, at(quick, target).peaks().size());
        FirstLook.Outlook seen = at(quick.withAnchors(List.of(Targets.constant(8, 3.001))), target);
        FirstLook.Peak peak = seen.peaks().get(0);
        assertTrue(peak.anchored());
        assertArrayEquals(centres[1], peak.point(), 1e-6);
        assertEquals(Targets.OFFSET + Math.log(0.05), peak.logZ(), 0.05);
        assertEquals(0.01, peak.factor()[0][0], 1e-4);
    }

    @Test
    void look_threads_doNotMatter() {
        FirstLook.Outlook one = at(LOOK.withParticles(50), Targets.far(2));
        FirstLook.Outlook two = at(LOOK.withParticles(50).withThreads(2), Targets.far(2));
        assertEquals(one.counts(), two.counts());
        for (int r = 0; r < 2; r++) {
            assertEquals(one.replicates().get(r).logZ(), two.replicates().get(r).logZ());
            assertArrayEquals(
                    one.replicates().get(r).points(), two.replicates().get(r).points());
        }
    }

    @Test
    void look_smallBudget_doesNotArrive() {
        FirstLook.Outlook seen = at(LOOK.withBudget(100), Targets.far(5));
        for (FirstLook.Replicate run : seen.replicates()) {
            assertEquals(0, run.points().length);
            assertEquals(Double.NEGATIVE_INFINITY, run.logZ());
        }
    }

    @Test
    void look_badOptions_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> LOOK.withBudget(0));
        assertThrows(IllegalArgumentException.class, () -> LOOK.withParticles(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> LOOK.look(() -> Targets.normal(2), new double[3], Targets.constant(2, 1)));
        assertThrows(
                IllegalArgumentException.class, () -> at(LOOK.withAnchors(List.of(new double[3])), Targets.normal(2)));
    }

    /** 4000 particles that are exact draws stay so: moments within 4.5 standard errors of independent draws. */
    @Test
    void continuation_leavesANormalInvariant() {
        int d = 3;
        int n = 4000;
        Draws start = Targets.draws(new double[d], Targets.constant(d, 1), n, 11);
        double[] flat = new double[n * d];
        double[] row = new double[d];
        for (int i = 0; i < n; i++) {
            start.chains().get(0).read(i, row);
            System.arraycopy(row, 0, flat, i * d, d);
        }
        double[] before = flat.clone();
        Continuation.Sets sets =
                Continuation.of(flat, 6, new GuardedDensity(Targets.normal(d)), new Streams(5).of(1, 0), () -> false);
        assertArrayEquals(before, flat);
        assertEquals(4 * n, sets.logTarget().length);
        // the last set alone: n independent particles
        double error = 4.5 / Math.sqrt(n);
        int last = 3 * n;
        int moved = 0;
        for (int j = 0; j < d; j++) {
            double mean = 0;
            double square = 0;
            double fourth = 0;
            for (int i = 0; i < n; i++) {
                double x = sets.points()[(last + i) * d + j];
                mean += x / n;
                square += x * x / n;
                fourth += x * x * x * x / n;
                moved += x != before[i * d + j] ? 1 : 0;
            }
            assertEquals(0, mean, error);
            assertEquals(1, square, Math.sqrt(2) * error);
            assertEquals(3, fourth, Math.sqrt(96) * error);
        }
        assertTrue(moved > 0.9 * n * d, "moved " + moved);
    }

    @Test
    void plantedModes_ofAFirstLook_countWideOnes() {
        int d = 4;
        LogDensity.Differentiable target = Targets.normal(d);
        Draws about = Targets.draws(new double[d], Targets.constant(d, 1), 2000, 1);
        PlantedModes.Result result = PlantedModes.withDefaults()
                .withReplicates(2)
                .measure(LOOK, () -> target, new double[d], Targets.constant(d, 1), about, Targets.OFFSET);
        assertEquals(4, result.powers().size());
        PlantedModes.Power wide = result.powers().get(0);
        assertEquals(1, wide.width());
        assertEquals(2, wide.planted());
        assertEquals(2, wide.found(), wide.toString());
        for (PlantedModes.Power power : result.powers()) {
            assertTrue(power.found() <= power.planted());
            assertTrue(power.byAscents() <= power.found());
            assertEquals(2, power.explorers().size());
        }
        assertTrue(result.counts().evaluations() > 10_000);
    }
}
