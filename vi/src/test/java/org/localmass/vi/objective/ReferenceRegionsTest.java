package org.localmass.vi.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.localmass.core.region.HalfSpace;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;

class ReferenceRegionsTest {
    private static final List<String> X = List.of("x");

    @Test
    void tails_ofWeightedPoints() {
        double[][] points = new double[100][];
        double[] weights = new double[100];
        for (int i = 0; i < 100; i++) {
            points[i] = new double[] {(i * 37) % 100};
            weights[i] = points[i][0] < 10 ? 3 : 1;
        }
        Reference reference = Reference.of(points, weights);
        List<TrackedRegion> tails = ReferenceRegions.tails(X, Family.full(), reference, 0.05);
        assertEquals(
                List.of("x-", "x+"), tails.stream().map(TrackedRegion::name).toList());
        // of 120 units of weight a tail needs 6: two points below (threshold 1.5), six above (93.5)
        assertEquals(Math.log(0.05), tails.get(0).logReference(), 1e-12);
        assertEquals(Math.log(0.05), tails.get(1).logReference(), 1e-12);
        Mixture q = Mixture.of(Family.full(), new double[] {1}, new double[][] {{1.5}}, new double[][][] {{{1}}});
        assertEquals(Math.log(0.5), tails.get(0).mass().logMass(q), 1e-12);
        // sum of (3 (1 - p))^2 twice, and of the rest's (w p)^2, over 120 p = 6
        double expected = Math.sqrt(2 * 9 * 0.95 * 0.95 + (8 * 9 + 90) * 0.05 * 0.05) / 6;
        assertEquals(expected, tails.get(0).relativeError(), 1e-12);
    }

    @Test
    void refuses() {
        Reference reference = Reference.of(new double[][] {{0}, {1}});
        HalfSpace none = HalfSpace.of(X, new double[] {1}, -1);
        FamilyMass mass = FamilyMass.closedForm(none, Family.full()).orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> ReferenceRegions.of("none", none, mass, reference));
        assertThrows(IllegalArgumentException.class, () -> ReferenceRegions.tails(X, Family.full(), reference, 0.5));
        assertThrows(IllegalArgumentException.class, () -> Reference.of(new double[][] {{0}}, new double[] {0}));
        assertThrows(IllegalArgumentException.class, () -> Reference.of(new double[][] {{0}}, new double[] {-1}));
    }
}
