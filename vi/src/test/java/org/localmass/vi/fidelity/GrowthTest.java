package org.localmass.vi.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

class GrowthTest {
    /** Equal draws of .9 N(0, 1) + .1 N((6, 6), 0.25). */
    private static ReferencePoints twoModes() {
        Mixture target = Mixture.of(
                Family.full().withComponents(2),
                new double[] {0.9, 0.1},
                new double[][] {{0, 0}, {6, 6}},
                new double[][][] {{{1, 0}, {0, 1}}, {{0.25, 0}, {0, 0.25}}});
        return draws(target);
    }

    private static ReferencePoints draws(Mixture target) {
        double[][] points = target.sample(3000, RandomSource.XO_SHI_RO_256_PP.create(4));
        double[] weights = new double[points.length];
        Arrays.fill(weights, 1.0 / points.length);
        return new ReferencePoints(points, weights, target.logDensities(points), 0, Double.NaN);
    }

    @Test
    void of_twoModes_growsAComponentThere() {
        ReferencePoints reference = twoModes();
        Mixture start = Mixture.standard(Family.full(), 2);
        Growth grown = Growth.of(start, reference, 4, true, 1, 1);
        Mixture q = grown.mixture();
        assertEquals(2, q.components());
        int far = q.mean(0)[0] > q.mean(1)[0] ? 0 : 1;
        assertEquals(6, q.mean(far)[0], 0.15);
        assertEquals(6, q.mean(far)[1], 0.15);
        // 300 +- 16 of 3000 draws
        assertEquals(0.1, q.weight(far), 0.02);
        assertTrue(grown.lost().size() >= 1);
        assertTrue(grown.lost().get(0).ratio() < 0.5);
        // entropy of the target: both modes apart, mean log density is known
        double entropy = 0.9 * (Math.log(0.9) - Math.log(2 * Math.PI) - 1)
                + 0.1 * (Math.log(0.1) - Math.log(2 * Math.PI * 0.25) - 1);
        assertEquals(entropy, grown.heldOut(), 0.1);
    }

    @Test
    void of_twoModes_withoutGrowth_keepsOne() {
        Growth kept = Growth.of(Mixture.standard(Family.full(), 2), twoModes(), 4, false, 1, 1);
        assertEquals(1, kept.mixture().components());
        assertEquals(0, kept.lost().size());
        // moments of all: mean 0.6
        assertEquals(0.6, kept.mixture().mean(0)[0], 0.15);
    }

    @Test
    void of_aNormal_staysOne() {
        Growth grown =
                Growth.of(Mixture.standard(Family.full(), 2), draws(Mixture.standard(Family.full(), 2)), 4, true, 1, 1);
        assertEquals(1, grown.mixture().components());
    }

    @Test
    void of_mostComponents_isKept() {
        assertEquals(
                1,
                Growth.of(Mixture.standard(Family.full(), 2), twoModes(), 1, true, 1, 1)
                        .mixture()
                        .components());
    }

    @Test
    void of_theSameSeed_isTheSame() {
        Growth a = Growth.of(Mixture.standard(Family.full(), 2), twoModes(), 4, true, 1, 8);
        Growth b = Growth.of(Mixture.standard(Family.full(), 2), twoModes(), 4, true, 1, 8);
        assertEquals(a.heldOut(), b.heldOut());
        assertEquals(a.mixture().mean(0)[0], b.mixture().mean(0)[0]);
    }
}
