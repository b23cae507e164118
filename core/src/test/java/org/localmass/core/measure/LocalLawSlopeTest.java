package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.region.Norm;

/** Exponents of local laws against the curve of exact masses over tiny radii. */
class LocalLawSlopeTest {
    private static final double DEEP = 1e-280;
    private static final double DEEPER = 1e-290;

    /**
     * The exponent of the power: the slope of log mass in log r between two radii, less what the known power of the log
     * contributes.
     */
    private static void assertSlope(String text, LocalLaw law, DoubleUnaryOperator logMass, double near, double far) {
        assertSlope(text, law, logMass, near, far, 10);
    }

    /** @param next what the term after the leading one may have for its constant, as a multiple of beta */
    private static void assertSlope(
            String text, LocalLaw law, DoubleUnaryOperator logMass, double near, double far, double next) {
        double upper = logMass.applyAsDouble(near);
        double lower = logMass.applyAsDouble(far);
        if (law.isAtom()) {
            assertEquals(Math.log(law.atomMass()), lower, 1e-12, text);
            return;
        }
        if (law.isVanishing()) {
            assertTrue(lower < 50 * Math.log(far), () -> text + " log mass " + lower);
            return;
        }
        double step = Math.log(near) - Math.log(far);
        double logs = Math.log(Math.log(1 / near)) - Math.log(Math.log(1 / far));
        double kappa = (upper - lower - law.beta() * logs) / step;
        // the term after the leading one is smaller by log(1/r), and its change over the radii by log(1/r)^2
        double tolerance =
                law.beta() == 0 ? 1e-10 : next * Math.abs(law.beta()) / Math.pow(Math.log(1 / near), 2) + 1e-6;
        assertEquals(law.kappa(), kappa, tolerance * Math.max(1, law.kappa()), () -> text + " kappa of " + law);
    }

    /** The exponent of the log: the curvature of log mass in log log(1/r), kappa taken off. */
    private static void assertLogSlope(String text, LocalLaw law, DoubleUnaryOperator logMass) {
        double near = 1e-100;
        double far = 1e-300;
        double change = logMass.applyAsDouble(far)
                - logMass.applyAsDouble(near)
                - law.kappa() * (Math.log(far) - Math.log(near));
        double beta = change / (Math.log(Math.log(1 / far)) - Math.log(Math.log(1 / near)));
        assertEquals(law.beta(), beta, law.beta() == 0 ? 1e-9 : 0.05 * Math.abs(law.beta()), () -> text + " beta");
    }

    private static void assertLaw(String text, Univariate line, double point) {
        LocalLaw law = line.localLaw(point);
        DoubleUnaryOperator logMass = r -> line.logBallMass(point, r);
        assertSlope(text + " at " + point, law, logMass, DEEP, DEEPER);
        if (!law.isAtom() && !law.isVanishing()) {
            assertLogSlope(text + " at " + point, law, logMass);
        }
    }

    @TestFactory
    Stream<DynamicTest> catalogue_followsItsCurve() {
        return Vectors.cases("catalogue.json").stream()
                .filter(c -> CatalogueCases.law(c) instanceof Univariate)
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText() + " " + c.get("params"), () -> {
                    JsonNode point = c.get("point");
                    Univariate law = (Univariate) CatalogueCases.law(c);
                    assertLaw(law.toString(), law, Vectors.number(point.isArray() ? point.get(0) : point));
                }));
    }

    /** At every breakpoint and atom, and at a point between. */
    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#lines")
    void everyLaw_followsItsCurve(String text) {
        Univariate law = Laws.line(text);
        for (double point : law.breakpoints()) {
            assertLaw(text, law, point);
        }
        for (Atom atom : law.atoms()) {
            assertLaw(text, law, atom.location());
        }
        assertLaw(text, law, 0.3);
        assertLaw(text, law, -1.25);
    }

    /** kappa of a sum is the smallest, with the largest beta among those: what its curve shows. */
    @Test
    void randomMixtures_haveTheIndexOfTheirCurve() {
        RandomLaws random = RandomLaws.of(41);
        double[] kappas = {0.2, 0.5, 1, 2.5};
        for (int i = 0; i < 60; i++) {
            List<Univariate> parts = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                parts.add(part(random, kappas[random.below(kappas.length)]));
            }
            Univariate law = Compositions.univariateMixture(parts, new double[] {0.25, 0.625, 0.125});
            LocalLaw local = law.localLaw(0);
            double smallest =
                    parts.stream().mapToDouble(p -> p.localLaw(0).kappa()).min().orElseThrow();
            assertEquals(smallest, local.kappa(), law.toString());
            double near = local.beta() == 0 ? 1e-250 : DEEP;
            double far = local.beta() == 0 ? 1e-260 : DEEPER;
            assertSlope(law.toString(), local, r -> law.logBallMass(0, r), near, far, 100);
        }
    }

    private static Univariate part(RandomLaws random, double kappa) {
        return switch (random.below(4)) {
            case 0 -> Distributions.gamma(kappa, random.size());
            case 1 -> Distributions.symmetricPower(kappa);
            case 2 -> ShrinkagePriors.powerLog(kappa, 1);
            default -> Distributions.weibull(kappa, random.size());
        };
    }

    /** kappas and betas of a product add, in both norms. */
    @Test
    void randomProducts_haveTheIndexOfTheirCurve() {
        RandomLaws random = RandomLaws.of(43);
        double[] kappas = {0.4, 1, 1.5};
        for (int i = 0; i < 12; i++) {
            Univariate a = part(random, kappas[random.below(3)]);
            Univariate b = part(random, kappas[random.below(3)]);
            Distribution law = Compositions.product(List.of(a, b));
            for (Norm norm : List.of(Norm.l2(), Norm.linf())) {
                LocalLaw local = law.localLaw(new double[2], norm);
                assertEquals(a.localLaw(0).kappa() + b.localLaw(0).kappa(), local.kappa(), 1e-15);
                assertEquals(a.localLaw(0).beta() + b.localLaw(0).beta(), local.beta());
                double near = local.beta() == 0 ? 1e-60 : 1e-80;
                assertSlope(
                        law + " " + norm.label(),
                        local,
                        r -> law.logBallMass(new double[2], r, norm),
                        near,
                        near / 1e10);
                if (local.beta() == 0) {
                    double log = law.logBallMass(new double[2], near, norm);
                    assertEquals(local.logConstant() + local.kappa() * Math.log(near), log, 1e-10, law.toString());
                }
            }
        }
    }

    /** normal_gamma(1, s) is the Laplace law of scale s; its tail's sum has a bell narrower than the step. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 1e3, 1e5, 1e6, 1e9, 1e12})
    void thinTail_ofNormalGamma(double radius) {
        assertEquals(
                -radius / 2,
                ShrinkagePriors.normalGamma(1, 2).tailMass(radius).log(),
                5e-14 * Math.max(1, radius / 50));
    }

    /** P(|X| >= 1/r) of heavy tails, down to r = 1e-290. */
    @ParameterizedTest
    @MethodSource("org.localmass.core.measure.Laws#lines")
    void powerTails_followTheirCurve(String text) {
        Univariate law = Laws.line(text);
        LocalLaw tail = law.lawAtInfinity();
        if (tail.isVanishing()) {
            assertTrue(law.tailMass(1e40).log() < -1000, () -> text + " " + law.tailMass(1e40));
        } else {
            double near = tail.kappa() * 200 > 300 ? 1e-80 : 1e-200;
            assertSlope(text + " at infinity", tail, r -> law.tailMass(1 / r).log(), near, near / 1e10);
        }
    }
}
