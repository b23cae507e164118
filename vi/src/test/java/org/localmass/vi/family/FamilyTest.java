package org.localmass.vi.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Interval;

class FamilyTest {
    @ParameterizedTest
    @CsvSource({
        "meanfield, meanfield, 7",
        "full, full, 10",
        "lowrank:2, lowrank:2, 13",
        "t:4, t:4:full, 10",
        "t:2.5:meanfield, t:2.5:meanfield, 7",
        "mixture:3, mixture:3:full, 30",
        "mixture:1, full, 10",
        "mixture:2:t:4:lowrank:1, mixture:2:t:4:lowrank:1, 20",
        "mixture:2:meanfield, mixture:2:meanfield, 14"
    })
    void parse_form(String text, String form, int parameters) {
        Family family = Family.parse(text);
        assertEquals(form, family.toString());
        assertEquals(family, Family.parse(form));
        assertEquals(parameters, family.parameters(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "normal",
                "mixture",
                "mixture:0",
                "mixture:2:",
                "t:",
                "t:-1",
                "t:x",
                "lowrank",
                "lowrank:0",
                "meanfield:2",
                "full:full",
                "t:4:mixture:2",
                "t:nan"
            })
    void parse_refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> Family.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.5, 4, -1.1342447049023968", "-1.5, 4, -2.2633643798407644", "-3, 4, -3.9134748570618905",
        "-1e60, 4, -551.52181002990285", "-1e6, 2.5, -34.868197939467949", "-50, 200, -263.80023088797839",
        "-1e5, 200, -1776.3227055406115"
    })
    // mpmath 1.3, 25 digits: log(betainc(nu/2, 1/2, 0, nu/(nu+u^2), regularized=True) / 2)
    void tailOfT_reference(double u, double nu, double expected) {
        assertEquals(expected, StandardLaw.logLower(u, nu), 4e-15 * Math.abs(expected));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** scipy and mpmath, by tools/reference/vi_mixtures.py. */
    @ParameterizedTest
    @CsvFileSource(resources = "mixtures.csv", numLinesToSkip = 2)
    void densityAndHalfSpace_reference(
            String family,
            String parameters,
            String point,
            double logDensity,
            String normal,
            double offset,
            double logMass) {
        Mixture q = Mixture.of(Family.parse(family), 3, numbers(parameters));
        assertEquals(logDensity, q.value(numbers(point)), 2e-13 * Math.max(10, Math.abs(logDensity)));
        HalfSpace half = HalfSpace.of(List.of("x", "y", "z"), numbers(normal), offset);
        assertEquals(
                logMass,
                FamilyMass.closedForm(half, q.family()).orElseThrow().logMass(q),
                2e-14 * Math.max(10, Math.abs(logMass)));
    }

    @Test
    void lowRank_smallDiagonal_keepsDigitsOrRefuses() {
        // D = e^-8 beside B of size 1: Sigma = [[1 + D^2, 0.5], [0.5, 1.25 + D^2]] from B = [[1, 0], [0.5, 1]]
        double variance = Math.exp(-16);
        double[] theta = {0, 0, 0, -8, -8, 1, 0, 0.5, 1};
        double[] x = {0.7, -1.1};
        Mixture full = Mixture.of(Family.full(), new double[] {1}, new double[1][2], new double[][][] {
            {{1 + variance, 0.5}, {0.5, 1.25 + variance}}
        });
        assertEquals(full.value(x), Mixture.of(Family.lowRank(2), 2, theta).value(x), 1e-7);
        theta[3] = -12;
        assertTrue(Double.isNaN(Mixture.of(Family.lowRank(2), 2, theta).value(x)));
    }

    @Test
    void packing_returnsMoments() {
        double[][] covariance = {{2, 0.5, 0.1}, {0.5, 1, -0.3}, {0.1, -0.3, 0.7}};
        Mixture full =
                Mixture.of(Family.full(), new double[] {2}, new double[][] {{1, 2, 3}}, new double[][][] {covariance});
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(covariance[i], full.scaleMatrix(0)[i], 1e-14);
        }
        assertArrayEquals(new double[] {1, 2, 3}, full.mean(0));
        assertEquals(
                full.value(new double[] {0, 1, 2}), full.toDistribution().logDensity(new double[] {0, 1, 2}), 1e-13);
        Mixture low = Mixture.of(
                Family.lowRank(2), new double[] {1}, new double[][] {{1, 2, 3}}, new double[][][] {covariance});
        for (int i = 0; i < 3; i++) {
            assertEquals(covariance[i][i], low.scaleMatrix(0)[i][i], 1e-9);
        }
        assertTrue(low.scaleMatrix(0)[0][1] > 0.3);
        assertEquals(3, full.massIndex(new double[3]).kappa().estimate());
        assertEquals(3, full.massIndex(new double[3]).dimension());
    }

    @Test
    void with_addsComponents() {
        Mixture a = FamilyGradientTest.random("mixture:2:lowrank:1", 1);
        Mixture b = FamilyGradientTest.random("t:5:lowrank:1", 2);
        Mixture joint = a.with(b, 0.25);
        double[] x = {0.1, 0.2, -0.3, 1};
        assertEquals(Math.log(0.75 * Math.exp(a.value(x)) + 0.25 * Math.exp(b.value(x))), joint.value(x), 1e-13);
        assertEquals(b.value(x), joint.component(2).value(x), 1e-14);
        double[] double4 = {0.2, 0.4, -0.6, 2};
        Mixture centred = Mixture.standard(Family.parse("t:3:lowrank:2"), 4);
        assertEquals(centred.value(x) - 4 * Math.log(2), centred.widened(2).value(double4), 1e-13);
        assertThrows(IllegalArgumentException.class, () -> a.with(Mixture.standard(Family.full(), 4), 0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meanfield", "lowrank:2", "full", "mixture:2:t:4"})
    void balancedDraws_areWhite(String text) {
        Family family = Family.parse(text);
        BaseDraws draws = BaseDraws.balanced(family, 3, 64, 7);
        int width = draws.width();
        for (int k = 0; k < family.components(); k++) {
            double[] z = draws.of(k);
            for (int a = 0; a < width; a++) {
                double mean = 0;
                double square = 0;
                double cross = 0;
                for (int i = 0; i < draws.count(); i++) {
                    mean += z[i * width + a];
                    square += z[i * width + a] * z[i * width + a] / draws.count();
                    cross += z[i * width + a] * z[i * width] / draws.count();
                }
                assertEquals(0, mean, 1e-12);
                if (family.isNormal(k)) {
                    assertEquals(1, square, 1e-12);
                    assertEquals(a == 0 ? 1 : 0, cross, 1e-12);
                }
            }
        }
        assertArrayEquals(draws.of(0), BaseDraws.balanced(family, 3, 64, 7).of(0));
        assertThrows(IllegalArgumentException.class, () -> BaseDraws.balanced(family, 3, 65, 7));
    }

    @Test
    void sample_momentsOfMixture() {
        Mixture q = FamilyGradientTest.random("mixture:3:t:7:lowrank:1", 3);
        int n = 20_000;
        double[][] points = q.sample(n, RandomSource.XO_SHI_RO_256_PP.create(4));
        double[] mean = q.mean();
        double[] sd = q.standardDeviations();
        for (int j = 0; j < 4; j++) {
            double sum = 0;
            double square = 0;
            for (double[] x : points) {
                sum += x[j] / n;
                square += (x[j] - mean[j]) * (x[j] - mean[j]) / n;
            }
            assertEquals(mean[j], sum, 4.5 * sd[j] / Math.sqrt(n));
            assertEquals(1, square / (sd[j] * sd[j]), 0.06);
        }
    }

    @Test
    void closedForm_refusesSingleValue() {
        assertThrows(
                IllegalArgumentException.class,
                () -> FamilyMass.closedForm(Interval.atom(List.of("x"), 0, 0), Family.full()));
    }
}
