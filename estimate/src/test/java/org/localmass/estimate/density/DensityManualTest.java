package org.localmass.estimate.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.UnnormalisedMeasure;
import org.localmass.core.region.Norm;
import org.localmass.estimate.explore.BridgeSampling;
import org.localmass.estimate.explore.NormalisingConstant;

/** The examples of docs/density.md. */
class DensityManualTest {
    private static final Path ROOT = Path.of(System.getProperty("localmass.root"));

    @Test
    void statementsOfTheManual_areThoseOfThisTest() throws IOException {
        String manual = Files.readString(ROOT.resolve("docs/density.md"));
        String here = plain(Files.readString(
                ROOT.resolve("estimate/src/test/java/org/localmass/estimate/density/DensityManualTest.java")));
        String[] parts = manual.split("```", -1);
        assertEquals(5, parts.length);
        for (int i = 1; i < parts.length; i += 2) {
            String code = parts[i].substring("java".length()).replaceAll("//[^\n]*", "");
            for (String statement : code.split(";", -1)) {
                assertTrue(here.contains(plain(statement)), statement);
            }
        }
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void ballMass() {
        LogDensity banana =
                LogDensity.of(2, x -> -0.5 * x[0] * x[0] - 2 * Math.pow(x[1] - x[0] * x[0], 2) - Math.log(Math.PI));
        BallMass mass = BallIntegral.withDefaults().estimate(banana, new double[] {1, 1}, 0.5, Norm.l2());
        assertEquals(-2.321719, mass.logMass(), 1e-6);
        assertTrue(mass.relativeError() < 1e-6);
        assertEquals(BallMass.Basis.CUBATURE, mass.basis());
    }

    @Test
    void withoutTheConstant() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(1L);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] columns = new double[2][2000];
        for (int i = 0; i < 2000; i++) {
            columns[0][i] = gaussian.sample();
            columns[1][i] = columns[0][i] * columns[0][i] + 0.5 * gaussian.sample();
        }
        Draws draws = Draws.of(List.of("x1", "x2"), List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
        UnnormalisedMeasure kernel = new UnnormalisedMeasure(
                LogDensity.of(2, x -> -0.5 * x[0] * x[0] - 2 * Math.pow(x[1] - x[0] * x[0], 2)));
        BallMassRatio ratio =
                BallIntegral.withDefaults().ratio(kernel, new double[] {1, 1}, 0.5, new double[] {2, 4}, 1, Norm.l2());
        assertEquals(1.223060, ratio.logRatio(), 1e-6);
        assertEquals(3.4, Math.exp(ratio.logRatio()), 0.05);
        NormalisingConstant z = BridgeSampling.withDefaults().estimate(kernel, draws);
        assertEquals(Math.log(Math.PI), z.logZ(), 4 * z.standardError());
        assertEquals(0.04, z.standardError(), 0.01);
    }
}
