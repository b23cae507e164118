package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The fast part of the study of fits; the full table is docs/quality/fits.md. */
class FitStudyTest {
    @Test
    void spike_withItsComponent_keepsEveryMass() {
        FitStudy.Outcome kept = FitStudy.run(new FitStudy.Cell("spike_d2_e0.01_t0.05", "mixture:2", "elbo+al", 0));
        assertTrue(kept.worst() > 0.8 && kept.most() < 1.25, kept::toString);
        assertTrue(kept.divergence() < 0.002, kept::toString);
        assertEquals(kept.line(), FitStudy.Outcome.of(kept.line()).line());
    }

    @Test
    void chains_horseshoe_haveTheTargetsTails() {
        FitTarget target = FitTarget.named("horseshoe_logit");
        double[][] draws = FitDraws.of(target, 1000, 3);
        assertEquals(1000, draws.length);
        double mean = 0;
        int tails = 0;
        for (FitTarget.KnownRegion known : target.regions()) {
            if (known.label().startsWith("tail")) {
                tails++;
                for (double[] x : draws) {
                    mean += known.region().contains(x) ? 1.0 / draws.length : 0;
                }
            }
        }
        assertEquals(0.01, mean / tails, 0.002);
    }
}
