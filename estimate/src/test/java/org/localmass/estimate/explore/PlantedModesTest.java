package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.localmass.core.draws.Draws;
import org.localmass.core.measure.LogDensity;

class PlantedModesTest {
    @Test
    void density_hasItsGradient() {
        double[] factor = {2, 0, 0.5, 1};
        PlantedDensity density = new PlantedDensity(
                Targets.normal(2),
                List.of(
                        new PlantedDensity.Planted(new double[] {1, 2}, 0.5, 3),
                        new PlantedDensity.Planted(new double[] {-1, 0}, 1, 2)),
                factor);
        double[] gradient = new double[2];
        for (double[] x : new double[][] {{0, 0}, {1, 1.7}, {-2, 0.4}}) {
            density.value(x, gradient);
            for (int j = 0; j < 2; j++) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[j] += 1e-5;
                down[j] -= 1e-5;
                assertEquals((density.value(up) - density.value(down)) / 2e-5, gradient[j], 1e-8);
            }
        }
    }

    /** exp(3) (1/3 of the mass), planted beside nothing, integrates to itself. */
    @Test
    void density_hasItsMass() {
        LogDensity.Differentiable nothing = Targets.of(1, (x, g) -> Double.NEGATIVE_INFINITY);
        PlantedDensity density = new PlantedDensity(
                nothing, List.of(new PlantedDensity.Planted(new double[] {1}, 0.5, 3)), new double[] {2});
        double sum = 0;
        for (double x = -9; x < 11; x += 0.01) {
            sum += 0.01 * Math.exp(density.value(new double[] {x}));
        }
        assertEquals(3, Math.log(sum), 1e-9);
    }

    @Test
    void measure_findsWideModes() {
        int d = 4;
        Draws about = Targets.draws(new double[d], Targets.constant(d, 1), 2000, 1);
        LogDensity.Differentiable target = Targets.normal(d);
        DensityEvidence evidence =
                Referee.withDefaults().withEffort(0.25).withVeto(false).examine(target, about);
        PlantedModes.Result result =
                PlantedModes.withDefaults().withReplicates(2).measure(() -> target, about, evidence);
        assertEquals(4, result.powers().size());
        PlantedModes.Power wide = result.powers().get(0);
        assertEquals(1, wide.width());
        assertEquals(2, wide.planted());
        assertEquals(2, wide.found(), wide.toString());
        assertEquals(2, wide.explorers().size());
        PlantedModes.Power needle = result.powers().get(3);
        assertTrue(needle.found() <= wide.found());
        assertTrue(needle.byAscents() <= needle.found());
        assertTrue(result.counts().evaluations() > 10_000);
    }
}
