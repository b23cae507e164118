package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

class LocalLawTest {
    private static final LocalLaw SMOOTH = LocalLaw.of(1, 0, 0.5);
    private static final LocalLaw CUSP = LocalLaw.of(0.5, 0, -1);
    private static final LocalLaw LOG = LocalLaw.of(1, 1, -2);
    private static final LocalLaw SLOW = LocalLaw.of(0, -1, 0);
    private static final LocalLaw UNKNOWN = LocalLaw.of(1, Double.NaN, Double.NaN);

    private static LocalLaw atZero(String text) {
        Distribution law = DistributionText.parse(text);
        return law.localLaw(new double[law.dimension()], Norm.l2());
    }

    private static void assertLaw(LocalLaw expected, LocalLaw actual) {
        assertEquals(expected.kappa(), actual.kappa());
        assertEquals(expected.beta(), actual.beta());
        assertEquals(expected.atomMass(), actual.atomMass());
        assertEquals(expected.logConstant(), actual.logConstant(), 1e-14);
    }

    @Test
    void of_badValues_areRefused() {
        for (double kappa : new double[] {-1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> LocalLaw.of(kappa, 0, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new LocalLaw(1, 0, 0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new LocalLaw(0, 0, 0, -0.5));
        assertThrows(IllegalArgumentException.class, () -> new LocalLaw(0, 0, 0, Double.POSITIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, 1 / LocalLaw.of(-0.0, -1, 0).kappa());
    }

    static Stream<Arguments> sums() {
        double log2 = Math.log(2);
        return Stream.of(
                Arguments.of(List.of(), LocalLaw.vanishing()),
                Arguments.of(List.of(LocalLaw.vanishing(), LocalLaw.vanishing()), LocalLaw.vanishing()),
                Arguments.of(List.of(SMOOTH, LocalLaw.vanishing()), SMOOTH),
                Arguments.of(List.of(SMOOTH, CUSP), CUSP),
                Arguments.of(List.of(SMOOTH, LOG), LOG),
                Arguments.of(List.of(LOG, SMOOTH, LOG), LocalLaw.of(1, 1, -2 + log2)),
                Arguments.of(List.of(SMOOTH, SLOW), SLOW),
                Arguments.of(List.of(SLOW, LocalLaw.atom(0.25), LocalLaw.atom(0.5)), LocalLaw.atom(0.75)),
                Arguments.of(List.of(SMOOTH, UNKNOWN), UNKNOWN),
                Arguments.of(List.of(UNKNOWN, SMOOTH), UNKNOWN),
                Arguments.of(List.of(UNKNOWN, CUSP, SMOOTH), CUSP));
    }

    /** R2.3. */
    @ParameterizedTest
    @MethodSource("sums")
    void sum_takesTheHeaviest(List<LocalLaw> parts, LocalLaw expected) {
        assertLaw(expected, LocalLaw.sum(parts));
    }

    @Test
    void sum_ofWeightedLaws_isThatOfTheMixture() {
        assertLaw(
                atZero("mixture(0.25*normal(0, 1) + 0.5*horseshoe(1) + 0.25*gamma(2, 1))"),
                LocalLaw.sum(List.of(
                        atZero("normal(0, 1)").withLogWeight(Math.log(0.25)),
                        atZero("horseshoe(1)").withLogWeight(Math.log(0.5)),
                        atZero("gamma(2, 1)").withLogWeight(Math.log(0.25)))));
    }

    /** R2.4: the symmetric power in d dimensions has an exact radial mass in l2. */
    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 2", "3, 0.25"})
    void product_euclidean_isTheRadialLaw(double a, double b) {
        LocalLaw law = LocalLaw.product(
                List.of(atZero("symmetric_power(" + a + ")"), atZero("symmetric_power(" + b + ")")), Norm.l2());
        // |x|^(a-1) |y|^(b-1) exp(-(x^2+y^2)/2): x^2+y^2 is chi-square with a+b
        double half = 0.5 * (a + b);
        assertLaw(LocalLaw.of(a + b, 0, -half * Math.log(2) - LogGamma.value(half + 1)), law);
    }

    @Test
    void product_maximum_multiplies() {
        assertLaw(LocalLaw.of(1.5, 1, -3), LocalLaw.product(List.of(CUSP, LOG), Norm.linf()));
        LocalLaw mahalanobis = LocalLaw.product(List.of(CUSP, LOG), Norm.mahalanobis(new double[][] {{1, 0}, {0, 1}}));
        assertEquals(1.5, mahalanobis.kappa());
        assertEquals(1, mahalanobis.beta());
        assertTrue(Double.isNaN(mahalanobis.logConstant()));
    }

    @Test
    void product_withAtoms() {
        assertLaw(LocalLaw.atom(0.125), LocalLaw.product(List.of(LocalLaw.atom(0.25), LocalLaw.atom(0.5)), Norm.l2()));
        assertLaw(
                LocalLaw.of(1, 0, 0.5 + Math.log(0.25)),
                LocalLaw.product(List.of(LocalLaw.atom(0.25), SMOOTH), Norm.l2()));
        assertTrue(LocalLaw.product(List.of(LocalLaw.vanishing(), SMOOTH), Norm.l2())
                .isVanishing());
        // 400 atoms: the mass leaves the doubles, its log does not
        LocalLaw tiny = LocalLaw.product(Collections.nCopies(400, LocalLaw.atom(1e-3)), Norm.linf());
        assertTrue(tiny.isAtom());
        assertEquals(400 * Math.log(1e-3), tiny.logConstant(), 1e-10);
    }

    /** R2.4 at infinity: the heaviest tail, constants of ties added. */
    @Test
    void sum_isTheProductAtInfinity() {
        Distribution tails = DistributionText.parse("product(student_t(2, 0, 1), student_t(2, 0, 1), cauchy(0, 3))");
        LocalLaw cauchy = DistributionText.parse("cauchy(0, 3)").lawAtInfinity(Norm.linf());
        LocalLaw student = DistributionText.parse("student_t(2, 0, 1)").lawAtInfinity(Norm.linf());
        assertLaw(cauchy, LocalLaw.sum(List.of(student, student, cauchy)));
        assertLaw(LocalLaw.sum(List.of(student, student, cauchy)), tails.lawAtInfinity(Norm.linf()));
        // in numbers: p(N >= 1e6) is the law within 1e-5
        double logMass = tails.logTailMass(1e6, Norm.linf());
        assertEquals(cauchy.logConstant() - Math.log(1e6), logMass, 1e-5);
    }

    /** R2.6: affine maps. */
    @ParameterizedTest
    @ValueSource(strings = {"normal(0, 1)", "horseshoe(1)", "gamma(0.4, 1)", "spike_slab(0.5, normal(0, 1))"})
    void mapped_isTheScaledLaw(String text) {
        assertLaw(atZero("affine(" + text + ", 0, 2.5)"), atZero(text).mapped(2.5));
        assertLaw(atZero(text).mapped(2.5), atZero(text).mapped(-2.5));
    }

    /** R2.6: exp at log(1) = 0 has derivative 1 there, at 1 derivative e. */
    @Test
    void mapped_isTheLawOfASmoothImage() {
        Distribution normal = DistributionText.parse("normal(0, 1)");
        LocalLaw image = DistributionText.parse("lognormal(0, 1)").localLaw(new double[] {Math.E}, Norm.l2());
        assertLaw(image, normal.localLaw(new double[] {1}, Norm.l2()).mapped(Math.E));
        assertThrows(IllegalArgumentException.class, () -> SMOOTH.mapped(0));
        assertTrue(LocalLaw.vanishing().mapped(3).isVanishing());
    }

    /** R2.6: x^s. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gamma(0.4, 1) | 2", "gamma(3, 1) | 0.5", "half_normal(1) | 3"})
    void power_isTheLawOfThePower(String text, double exponent) {
        Distribution law = DistributionText.parse(text);
        LocalLaw power = atZero(text).power(exponent);
        // p(x^s <= r) = p(x <= r^(1/s))
        double logMass = law.logBallMass(new double[1], Math.pow(1e-12, 1 / exponent), Norm.l2());
        assertEquals(power.logConstant() + power.kappa() * Math.log(1e-12), logMass, 1e-3);
        assertEquals(atZero(text).kappa() / exponent, power.kappa());
    }

    @Test
    void power_movesTheLogarithm() {
        // r L^2 at r^(1/3): r^(1/3) (L/3)^2
        assertLaw(
                LocalLaw.of(1 / 3.0, 2, 1 - 2 * Math.log(3)),
                LocalLaw.of(1, 2, 1).power(3));
        assertLaw(LocalLaw.of(0, -1, Math.log(3)), SLOW.power(3));
        assertLaw(LocalLaw.atom(0.5), LocalLaw.atom(0.5).power(3));
        assertTrue(LocalLaw.vanishing().power(2).isVanishing());
        assertThrows(IllegalArgumentException.class, () -> SMOOTH.power(-1));
    }

    /** R2.7: an atom and a cusp, softened by a normal kernel, have a density. */
    @Test
    void ofDensity_isTheLawOfAConvolution() {
        // 0.75 delta_0 + 0.25 N(0, 3) convolved with N(0, 1)
        Distribution softened = DistributionText.parse("mixture(0.75*normal(0, 1) + 0.25*normal(0, 2))");
        LocalLaw law = LocalLaw.ofDensity(softened.logDensity(new double[1]), 1, Norm.l2());
        assertLaw(softened.localLaw(new double[1], Norm.l2()), law);
        double logMass = softened.logBallMass(new double[1], 1e-6, Norm.l2());
        assertEquals(law.logConstant() + Math.log(1e-6), logMass, 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"l2, 2, 3.141592653589793", "linf, 3, 8", "l2, 3, 4.1887902047863905", "l2, 1, 2"})
    void ofDensity_hasTheVolumeOfTheBall(String norm, int dimension, double volume) {
        LocalLaw law = LocalLaw.ofDensity(-1, dimension, norm.equals("l2") ? Norm.l2() : Norm.linf());
        assertLaw(LocalLaw.of(dimension, 0, Math.log(volume) - 1), law);
    }

    @Test
    void withLogWeight_keepsTheLogOfAnAtomBeyondTheDoubles() {
        LocalLaw tiny = LocalLaw.atom(0.5).withLogWeight(-2000);
        assertTrue(tiny.isAtom());
        assertEquals(Math.log(0.5) - 2000, tiny.logConstant());
        LocalLaw large = LocalLaw.atom(0.5).withLogWeight(2000);
        assertEquals(Double.MAX_VALUE, large.atomMass());
        assertEquals(Math.log(0.5) + 2000, large.logConstant());
        assertTrue(SMOOTH.withLogWeight(Double.NEGATIVE_INFINITY).isVanishing());
    }

    @Test
    void withRadiusFactor_changesTheConstantOnly() {
        assertLaw(LocalLaw.of(0.5, 0, -1 + 0.5 * Math.log(3)), CUSP.withRadiusFactor(3));
        assertLaw(SLOW, SLOW.withRadiusFactor(3));
    }

    /** From the heaviest to the lightest. */
    private static final List<LocalLaw> ORDER = List.of(
            LocalLaw.atom(0.5),
            LocalLaw.atom(0.25),
            LocalLaw.of(0, 0, -3),
            LocalLaw.of(0, -0.5, -3),
            SLOW,
            CUSP,
            LOG,
            LocalLaw.of(1, 0.5, 9),
            SMOOTH,
            LocalLaw.of(1, -1, 9),
            LocalLaw.of(2, 5, 9),
            LocalLaw.vanishing());

    /** D2.2. */
    @Test
    void heaviness_ordersLaws() {
        for (int i = 0; i < ORDER.size(); i++) {
            for (int j = 0; j < ORDER.size(); j++) {
                LocalLaw a = ORDER.get(i);
                LocalLaw b = ORDER.get(j);
                Heaviness expected = i < j
                        ? Heaviness.HEAVIER
                        : i > j ? Heaviness.LIGHTER : a.isVanishing() ? Heaviness.INCOMPARABLE : Heaviness.EQUAL;
                assertEquals(expected, a.heaviness(b), a + " and " + b);
                assertEquals(expected.reversed(), b.heaviness(a));
            }
        }
        assertEquals(Heaviness.INCOMPARABLE, UNKNOWN.heaviness(SMOOTH));
        assertEquals(Heaviness.HEAVIER, CUSP.heaviness(UNKNOWN));
        assertEquals(Heaviness.EQUAL, LocalLaw.of(1, -0.0, 0).heaviness(SMOOTH));
    }

    /** R2.5: what the catalogue's marginals do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "product(normal(0, 1), horseshoe(1)) | normal(0, 1)",
                "product(normal(0, 1), horseshoe(1)) | horseshoe(1)",
                "product(spike_slab(0.5, normal(0, 1)), gamma(3, 1)) | gamma(3, 1)",
                "spike_slab_product(0.5, normal(0, 1), 2) | spike_slab(0.5, normal(0, 1))"
            })
    void canBeMarginalOf_holdsForMarginals(String joint, String marginal) {
        assertTrue(atZero(marginal).canBeMarginalOf(atZero(joint)));
    }

    @Test
    void canBeMarginalOf_refusesWhatIsLighter() {
        assertFalse(SMOOTH.canBeMarginalOf(CUSP));
        assertFalse(SMOOTH.canBeMarginalOf(LOG));
        assertFalse(SMOOTH.canBeMarginalOf(LocalLaw.of(1, 0, 0.6)));
        assertTrue(SMOOTH.canBeMarginalOf(LocalLaw.of(1, 0, 0.4)));
        assertFalse(LocalLaw.atom(0.25).canBeMarginalOf(LocalLaw.atom(0.5)));
        assertTrue(LocalLaw.atom(0.5).canBeMarginalOf(LocalLaw.atom(0.25)));
        assertTrue(SMOOTH.canBeMarginalOf(UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normal(0, 1) | 1",
                "spike_slab(0.25, normal(0, 1)) | 1",
                "mixture(0.5*point(0) + 0.5*gamma(2, 1)) | 2",
                "product(spike_slab(0.25, normal(0, 1)), normal(0, 1)) | 1",
                "spike_slab_product(0.25, normal(0, 1), 3) | 1"
            })
    void puncturedLaw_isTheBallWithoutThePoint(String text, double kappa) {
        Distribution law = DistributionText.parse(text);
        double[] zero = new double[law.dimension()];
        LocalLaw punctured = law.puncturedLaw(zero, Norm.linf());
        assertFalse(punctured.isAtom());
        assertEquals(kappa, punctured.kappa());
        double radius = 1e-4;
        double atom = Math.exp(law.logBallMass(zero, 0, Norm.linf()));
        double beside = Math.exp(law.logBallMass(zero, radius, Norm.linf())) - atom;
        double expected = Math.exp(punctured.logConstant()) * Math.pow(radius, kappa);
        assertEquals(expected, beside, 1e-3 * expected);
    }

    @Test
    void puncturedLaw_ofAPoint_vanishes() {
        Distribution point = DistributionText.parse("point(2)");
        assertTrue(point.puncturedLaw(new double[] {2}, Norm.l2()).isVanishing());
        assertTrue(DistributionText.parse("product(point(2), point(1))")
                .puncturedLaw(new double[] {2, 1}, Norm.l2())
                .isVanishing());
    }
}
