package org.localmass.vi.fidelity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

class DefensiveSampleTest {
    private static Mixture standard(int d) {
        return Mixture.standard(Family.full(), d);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void of_aNormal_hasItsConstant(int d) {
        LogDensity target = LogDensity.of(d, x -> {
            double square = 0;
            for (double v : x) {
                square += (v - 0.3) * (v - 0.3);
            }
            return -0.5 * square / 1.21;
        });
        ReferencePoints sample = DefensiveSample.of(target, standard(d), 20_000, 3, 1);
        double exact = 0.5 * d * Math.log(2 * Math.PI * 1.21);
        double error = Math.sqrt(1 / sample.effective() - 1.0 / sample.size());
        assertEquals(exact, sample.logZ(), 4 * error);
        assertTrue(error < 0.02, "standard error " + error);
        assertEquals(1, Arrays.stream(sample.weights()).sum(), 1e-12);
        double[] mean = new double[d];
        Arrays.fill(mean, 0.3);
        assertArrayEquals(mean, sample.mean(), 0.05);
        double[] deviations = new double[d];
        Arrays.fill(deviations, 1.1);
        assertArrayEquals(deviations, sample.deviations(), 0.05);
        assertTrue(sample.kHat() < 0.5, "k-hat " + sample.kHat());
    }

    @Test
    void of_twoThreads_isTheSame() {
        LogDensity target = LogDensity.of(2, x -> -Math.abs(x[0]) - Math.abs(x[1]));
        ReferencePoints one = DefensiveSample.of(target, standard(2), 1001, 9, 1);
        ReferencePoints two = DefensiveSample.of(target, standard(2), 1001, 9, 2);
        assertArrayEquals(one.weights(), two.weights());
        assertArrayEquals(one.logTarget(), two.logTarget());
        assertEquals(one.logZ(), two.logZ());
    }

    @Test
    void of_nothing_hasNoMass() {
        ReferencePoints none =
                DefensiveSample.of(LogDensity.of(1, x -> Double.NEGATIVE_INFINITY), standard(1), 100, 1, 1);
        assertEquals(Double.NEGATIVE_INFINITY, none.logZ());
        assertEquals(Double.POSITIVE_INFINITY, none.kHat());
        assertEquals(0, Arrays.stream(none.weights()).sum());
    }

    @Test
    void proposal_isWiderAndNearerToEqualWeights() {
        Mixture q = Mixture.of(
                Family.meanField().withComponents(2),
                new double[] {0.9, 0.1},
                new double[][] {{0}, {50}},
                new double[][][] {{{1}}, {{4}}});
        Mixture proposal = DefensiveSample.proposal(q);
        double[] at = {50};
        // 4/5 of 0.1, and 1/5 of 0.3
        double normal = Math.log(0.8 * 0.1) - 0.5 * Math.log(2 * Math.PI * 4);
        assertTrue(proposal.value(at) > normal);
        assertEquals(4, proposal.components());
        assertEquals(0.2 * 0.3, proposal.weight(3), 1e-12);
        assertEquals(2.6, proposal.deviations(3)[0], 1e-12);
        assertEquals(5, proposal.family().nu(3));
    }
}
