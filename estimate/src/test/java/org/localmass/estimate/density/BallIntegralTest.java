package org.localmass.estimate.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.UnnormalisedMeasure;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

class BallIntegralTest {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);
    private static final BallIntegral INTEGRAL = BallIntegral.withDefaults();

    private static double normal(double x, double mean, double sd) {
        double z = (x - mean) / sd;
        return -0.5 * z * z - Math.log(sd) - 0.5 * LOG_2_PI;
    }

    private static LogDensity density(String name) {
        ToDoubleFunction<double[]> function =
                switch (name) {
                    case "banana" -> x -> normal(x[0], 0, 1) + normal(x[1], x[0] * x[0], 0.5);
                    case "t4" ->
                        x -> {
                            double det = 2 - 0.6 * 0.6;
                            double q = (x[0] * x[0] - 1.2 * x[0] * x[1] + 2 * x[1] * x[1]) / det;
                            return -LOG_2_PI - 0.5 * Math.log(det) - 3 * Math.log1p(q / 4);
                        };
                    case "funnel" -> x -> normal(x[0], 0, 3) + normal(x[1], 0, Math.exp(x[0] / 2));
                    // constant: 2 pi times the integral of r exp(-50 (r - 2)^2) over r > 0, to 1e-80
                    case "ring" ->
                        x -> {
                            double z = (Math.hypot(x[0], x[1]) - 2) / 0.1;
                            return -0.5 * z * z - LOG_2_PI - Math.log(0.2 * Math.sqrt(2 * Math.PI));
                        };
                    default -> throw new IllegalArgumentException(name);
                };
        return LogDensity.of(2, function);
    }

    private static Norm norm(String label) {
        return label.equals("l2") ? Norm.l2() : Norm.linf();
    }

    @ParameterizedTest(name = "{0} at ({1}, {2}), {4} {3}")
    @CsvFileSource(resources = "ball-integrals.csv", numLinesToSkip = 2)
    void estimate_inThePlane_matchesReference(
            String name, double x, double y, double radius, String norm, double expected) {
        for (double tolerance : new double[] {1e-4, 1e-9}) {
            BallMass mass = INTEGRAL.withRelativeError(tolerance)
                    .estimate(density(name), new double[] {x, y}, radius, norm(norm));
            assertEquals(List.of(), mass.cautions());
            assertTrue(mass.relativeError() <= tolerance);
            assertEquals(expected, mass.logMass(), mass.relativeError() + 1e-14 * Math.abs(expected));
        }
    }

    static Stream<Arguments> closedForms() {
        return Stream.of(
                // law, centre, radius, norm, tolerance
                Arguments.of("normal(0, 1)", new double[] {0.3}, 1, "l2", 1e-12),
                Arguments.of("normal(0, 1)", new double[] {20}, 1, "l2", 1e-12),
                Arguments.of("normal(0, 1)", new double[] {0}, 1e-150, "l2", 1e-12),
                Arguments.of("double_exponential(0, 1)", new double[] {0.3}, 2, "l2", 1e-12),
                Arguments.of("uniform(0, 1)", new double[] {0.9}, 0.3, "l2", 1e-6),
                Arguments.of("symmetric_power(0.1)", new double[] {0}, 0.5, "l2", 1e-10),
                Arguments.of("symmetric_power(4)", new double[] {0}, 1e-30, "l2", 1e-12),
                Arguments.of("horseshoe(1)", new double[] {0}, 1e-3, "l2", 1e-10),
                Arguments.of("mvnormal([0, 1], [1, 4])", new double[] {1, 0}, 0.7, "l2", 1e-12),
                Arguments.of("mvnormal([0, 1], [1, 4])", new double[] {1, 0}, 0.7, "linf", 1e-12),
                Arguments.of("mvnormal([0, 0, 0], [1, 4, 9])", new double[] {1, 0, 0}, 3, "l2", 1e-10),
                Arguments.of("mvnormal([0, 0, 0], [1, 4, 9])", new double[] {1, 0, 0}, 1e-6, "linf", 1e-10),
                Arguments.of("mvnormal([0, 0], [1e-4, 1])", new double[] {0.05, 0}, 2, "l2", 1e-8),
                Arguments.of("radial_power(3, 2.5, 1)", new double[] {0, 0, 0}, 0.01, "l2", 1e-9),
                Arguments.of("mvnormal([0, 0, 0, 0], 1)", new double[] {1, 1, 0, 0}, 0.5, "l2", 1e-5),
                Arguments.of("mvnormal([0, 0, 0, 0], 1)", new double[] {1, 1, 0, 0}, 0.5, "linf", 1e-4),
                Arguments.of("mvnormal([0, 0, 0, 0, 0], [1, 2, 3, 4, 5])", new double[5], 1.5, "l2", 1e-4),
                Arguments.of("radial_power(5, 4, 1)", new double[5], 0.1, "l2", 1e-5),
                Arguments.of("mvnormal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1)", filled(10, 0.5), 2, "l2", 1e-3),
                Arguments.of("mvnormal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1)", filled(10, 0.5), 1, "linf", 1e-2),
                Arguments.of("mvnormal([" + "0, ".repeat(19) + "0], 0.25)", filled(20, 0.2), 2, "l2", 1e-2));
    }

    private static double[] filled(int d, double value) {
        double[] x = new double[d];
        java.util.Arrays.fill(x, value);
        return x;
    }

    @ParameterizedTest(name = "{0}, {3} {2}")
    @MethodSource("closedForms")
    void estimate_fromTheDensityAlone_matchesClosedForm(
            String law, double[] centre, double radius, String norm, double tolerance) {
        Distribution p = DistributionText.parse(law);
        double expected = p.logBallMass(centre, radius, norm(norm));
        BallMass mass = INTEGRAL.withRelativeError(tolerance)
                .estimate(LogDensity.of(p.dimension(), p::logDensity), centre, radius, norm(norm));
        assertEquals(List.of(), mass.cautions(), mass.toString());
        assertTrue(mass.relativeError() <= tolerance);
        // three half-widths: an interval of 95 % may miss
        assertEquals(expected, mass.logMass(), 3 * mass.relativeError() + 1e-15 * Math.abs(expected), mass.toString());
        assertTrue(mass.lower() <= mass.logMass() && mass.logMass() <= mass.upper());
    }

    @Test
    void estimate_ofADistribution_takesItsClosedForm() {
        Distribution p = DistributionText.parse("mvnormal([0, 0], 1)");
        BallMass mass = INTEGRAL.estimate(p, new double[2], 1, Norm.l2());
        assertEquals(BallMass.Basis.CLOSED_FORM, mass.basis());
        assertEquals(Math.log(-Math.expm1(-0.5)), mass.logMass(), 1e-14);
        assertEquals(mass.lower(), mass.upper());
    }

    @Test
    void estimate_ofADistributionWithoutClosedForm_integratesItsDensity() {
        Distribution p = DistributionText.parse("mvnormal([0, 0, 0], [[1, 0.5, 0.3], [0.5, 2, 0.4], [0.3, 0.4, 1.5]])");
        BallMass mass = INTEGRAL.estimate(p, new double[] {0.5, 0, -1}, 1.2, Norm.linf());
        assertEquals(BallMass.Basis.CUBATURE, mass.basis());
        // NumPy 2.3.4: tensor of 60 Gauss-Legendre points
        assertEquals(-1.477910277908605, mass.logMass(), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"1, 1e-3", "2, 1e-3", "5, 1e-2", "30, 1e-3"})
    void estimate_ofASmallBall_isWithinTheProvedBound(int d, double radius) {
        double[] mean = filled(d, 0);
        double[][] covariance = new double[d][d];
        StringBuilder text = new StringBuilder("mvnormal([");
        StringBuilder variances = new StringBuilder("[");
        for (int j = 0; j < d; j++) {
            covariance[j][j] = 1 + 0.1 * j;
            text.append(j == 0 ? "" : ", ").append("0");
            variances.append(j == 0 ? "" : ", ").append(covariance[j][j]);
        }
        Distribution p = DistributionText.parse(text + "], " + variances + "])");
        double[] centre = filled(d, 0.5);
        BallMass mass = INTEGRAL.estimate(SmoothNormal.of(mean, covariance), centre, radius, Norm.l2());
        assertEquals(BallMass.Basis.EXPANSION, mass.basis());
        double expected = p.logBallMass(centre, radius, Norm.l2());
        assertEquals(expected, mass.logMass(), mass.relativeError() + 4e-16 * Math.abs(expected));
        // the bound means something: the order below is off by more
        double leading = p.logDensity(centre) - expected;
        assertTrue(mass.relativeError() < 1e-6 && Double.isFinite(leading));
    }

    @Test
    void smoothNormal_bound_holdsForTheBilaplacian() {
        SmoothNormal p = SmoothNormal.of(new double[] {0.2, -0.1}, new double[][] {{1, 0.3}, {0.3, 0.5}});
        double[] centre = {1, 0.4};
        double radius = 0.5;
        double bound = p.bilaplacianBound(centre, radius);
        double h = 0.02;
        double most = 0;
        for (double a = 0; a < 6.3; a += 0.3) {
            for (double s : new double[] {0, 0.5, 1}) {
                double[] x = {centre[0] + s * radius * Math.cos(a), centre[1] + s * radius * Math.sin(a)};
                // bilaplacian by differences of the Laplacian times the density
                double value = -4 * lap(p, x[0], x[1]);
                value += lap(p, x[0] + h, x[1]) + lap(p, x[0] - h, x[1]) + lap(p, x[0], x[1] + h);
                value += lap(p, x[0], x[1] - h);
                most = Math.max(most, Math.abs(value) / (h * h) / Math.exp(p.value(centre)));
            }
        }
        assertTrue(most <= bound, most + " above " + bound);
        assertTrue(bound < 100 * most, bound + " far above " + most);
    }

    private static double lap(SmoothNormal p, double x, double y) {
        double[] at = {x, y};
        return p.laplacian(at) * Math.exp(p.value(at));
    }

    @Test
    void estimate_underMahalanobis_isTheEllipsoid() {
        double[][] s = {{2, 0.6}, {0.6, 1}};
        Distribution p = DistributionText.parse("mvnormal([0, 0], [[2, 0.6], [0.6, 1]])");
        BallMass mass = INTEGRAL.withRelativeError(1e-10)
                .estimate(LogDensity.of(2, p::logDensity), new double[2], 1.3, Norm.mahalanobis(s));
        assertEquals(Math.log(-Math.expm1(-0.5 * 1.3 * 1.3)), mass.logMass(), 1e-10);
    }

    @Test
    void ratio_doesNotNeedTheConstant() {
        LogDensity banana = density("banana");
        UnnormalisedMeasure shifted = new UnnormalisedMeasure(LogDensity.of(2, x -> banana.value(x) - 1234.5));
        BallMassRatio ratio = INTEGRAL.ratio(shifted, new double[] {1, 1}, 0.5, new double[] {2, 4}, 1, Norm.l2());
        assertEquals(-2.321718627047732 + 3.544778280254529, ratio.logRatio(), 1e-6);
        assertTrue(ratio.lower() <= ratio.logRatio() && ratio.logRatio() <= ratio.upper());
    }

    @Test
    void estimate_beyondTheBudget_saysSo() {
        // an edge through the ball in ten dimensions
        LogDensity edge = LogDensity.of(10, x -> x[0] + x[1] > 0.1 ? 0 : Double.NEGATIVE_INFINITY);
        BallMass mass =
                INTEGRAL.withRelativeError(1e-8).withEvaluations(200_000).estimate(edge, new double[10], 1, Norm.l2());
        assertEquals(List.of(Caution.TOLERANCE_NOT_REACHED), mass.cautions());
        assertTrue(mass.relativeError() > 1e-8 && mass.relativeError() < 0.1, mass.toString());
        assertTrue(mass.evaluations() <= 200_000, mass.toString());
    }

    @Test
    void estimate_ofANarrowPeakInAWideBall_isCautioned() {
        LogDensity needle = LogDensity.of(8, x -> {
            double log = 0;
            for (double v : x) {
                log += normal(v, 0.25, 0.01);
            }
            return log;
        });
        BallMass mass =
                INTEGRAL.withRelativeError(0.01).withEvaluations(200_000).estimate(needle, new double[8], 2, Norm.l2());
        assertTrue(mass.cautions().contains(Caution.TOLERANCE_NOT_REACHED), mass.toString());
        assertTrue(mass.cautions().contains(Caution.CONCENTRATED), mass.toString());
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "6"})
    void estimate_whereNoMassIsSeen_hasAnUnboundedInterval(int d) {
        LogDensity nothing = LogDensity.of(d, x -> Double.NEGATIVE_INFINITY);
        BallMass mass = INTEGRAL.estimate(nothing, new double[d], 1, Norm.l2());
        assertEquals(Double.NEGATIVE_INFINITY, mass.logMass());
        assertEquals(Double.POSITIVE_INFINITY, mass.upper());
        assertEquals(List.of(Caution.TOLERANCE_NOT_REACHED), mass.cautions());
    }

    @Test
    void estimate_isTheSameForTheSameSeed() {
        LogDensity p = LogDensity.of(6, x -> -Math.abs(x[0]) - x[1] * x[1]);
        BallIntegral rough = INTEGRAL.withRelativeError(1e-2);
        BallMass one = rough.estimate(p, new double[6], 1, Norm.l2());
        assertEquals(one, rough.estimate(p, new double[6], 1, Norm.l2()));
        assertTrue(one.logMass()
                != rough.withSeed(2).estimate(p, new double[6], 1, Norm.l2()).logMass());
    }

    @Test
    void estimate_namesBadValues() {
        LogDensity nan = LogDensity.of(1, x -> Double.NaN);
        var e = assertThrows(IllegalArgumentException.class, () -> INTEGRAL.estimate(nan, new double[1], 1, Norm.l2()));
        assertTrue(String.valueOf(e.getMessage())
                .startsWith("log density must be finite or -Infinity beside the centre, was NaN at ["));
        LogDensity fine = LogDensity.of(2, x -> 0);
        assertEquals(
                "dimension must be 2, was 1",
                assertThrows(IllegalArgumentException.class, () -> INTEGRAL.estimate(fine, new double[1], 1, Norm.l2()))
                        .getMessage());
        assertEquals(
                "radius must be positive and finite, was 0.0",
                assertThrows(IllegalArgumentException.class, () -> INTEGRAL.estimate(fine, new double[2], 0, Norm.l2()))
                        .getMessage());
        assertEquals(
                "centre[1] must be finite, was NaN",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> INTEGRAL.estimate(fine, new double[] {0, Double.NaN}, 1, Norm.l2()))
                        .getMessage());
    }
}
