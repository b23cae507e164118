package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast part of the study of fits; the full table is docs/quality/fits.md. */
class FitStudyTest {
    @Test
    void spike_withItsComponent_keepsEveryMass() throws IOException {
        FitStudy.Outcome kept = FitStudy.run(new FitStudy.Cell("spike_d2_e0.01_t0.05", "mixture:2", "elbo+al", 0));
        assertTrue(kept.worst() > 0.8 && kept.most() < 1.25, kept::toString);
        assertTrue(kept.divergence() < 0.002, kept::toString);
        assertEquals(kept.line(), FitStudy.Outcome.of(kept.line()).line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana_d2", "banmix_d10", "horseshoe_logit", "student_d5"})
    void gradients_againstDifferences(String name) throws IOException {
        FitTargets.Target target = FitTargets.named(name);
        double[] x = target.draws(1, 3)[0];
        double[] gradient = new double[x.length];
        double value = target.density().value(x, gradient);
        assertEquals(value, target.density().value(x), 1e-12);
        for (int j = 0; j < x.length; j++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[j] += 1e-5;
            down[j] -= 1e-5;
            assertEquals(
                    (target.density().value(up) - target.density().value(down)) / 2e-5,
                    gradient[j],
                    1e-6 * Math.max(1, Math.abs(gradient[j])));
        }
    }
}
