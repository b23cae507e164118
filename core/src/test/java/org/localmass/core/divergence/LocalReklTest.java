package org.localmass.core.divergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.region.Box;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.core.spec.DistributionText;

class LocalReklTest {
    private static final List<String> X = List.of("x");

    static Distribution law(String text) {
        return DistributionText.parse(text);
    }

    private static double everywhere(double alpha, String q, String p) {
        return LocalRekl.of(alpha).everywhere(law(q), law(p)).value().value();
    }

    private static void close(double expected, double actual, double relative) {
        assertEquals(expected, actual, relative * Math.abs(expected));
    }

    @ParameterizedTest(name = "D_{2}({0} || {1}) = {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "uniform(0, 1) | uniform(2, 3) | 0.5 | 2",
                "uniform(0, 1) | uniform(2, 3) | 1 | Infinity",
                "uniform(0, 1) | uniform(0, 2) | 1 | 0.6931471805599453",
                "uniform(0, 2) | uniform(0, 1) | 1 | Infinity",
                "uniform(0, 1) | uniform(0, 2) | 2 | 1",
                "point(0) | point(0) | 0.3 | 0",
                "point(0) | point(1) | 0.3 | 1.4285714285714286",
                "point(0) | point(1) | 1 | Infinity",
                "point(0) | normal(0, 1) | 0.5 | 2",
                "normal(0, 1) | point(0) | 3 | Infinity",
                "spike_slab(0.3, normal(0, 1)) | normal(0, 1) | 0.5 | 0.9045548849896678",
                "spike_slab(0.3, normal(0, 1)) | normal(0, 1) | 2 | Infinity",
                "normal(0, 1) | spike_slab(0.3, normal(0, 1)) | 1 | 1.2039728043259361",
                "normal(0, 1) | spike_slab(0.3, normal(0, 1)) | 2 | 2.3333333333333335",
                "exponential(1) | exponential(2) | 1 | 0.3068528194400547",
                "exponential(2) | exponential(1) | 1 | 0.1931471805599453",
                "exponential(2) | exponential(1) | 2 | 0.3333333333333333",
                "exponential(1) | exponential(2) | 2 | Infinity",
                "gamma(1.5, 1) | gamma(2, 1) | 2 | 0.2732395447351627",
                "gamma(0.5, 1) | gamma(2, 1) | 2 | Infinity",
                "gamma(1, 1) | gamma(2, 1) | 2 | Infinity",
                "gamma(0.5, 1) | gamma(1, 1) | 2 | Infinity",
                "normal(0, 2) | normal(0, 1) | 2 | Infinity",
                "cauchy(0, 1) | normal(0, 1) | 1 | Infinity",
                "cauchy(0, 1) | double_exponential(0, 1) | 1 | Infinity",
                "student_t(2, 0, 1) | normal(0, 1) | 1 | Infinity",
                "inv_gamma(2, 1) | exponential(1) | 2 | Infinity",
                "exponential(1) | inv_gamma(2, 1) | 1 | Infinity",
                "log_cauchy(0, 1) | normal(0, 1) | 1 | Infinity",
                "normal(0, 1) | truncate(normal(0, 1), 0, inf) | 1 | Infinity",
                "truncate(normal(0, 1), 0, inf) | normal(0, 1) | 1 | 0.6931471805599453",
                "truncate(normal(0, 1), 0, inf) | normal(0, 1) | 0.5 | 0.585786437626905",
            })
    void everywhere_hasTheClosedForm(String q, String p, double alpha, double expected) {
        double actual = everywhere(alpha, q, p);
        if (Double.isInfinite(expected) || expected == 0) {
            assertEquals(expected, actual);
        } else {
            close(expected, actual, 1e-13);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "student_t(3, 0, 1) | normal(0, 1) | 1",
                "cauchy(0, 1) | student_t(0.5, 0, 1) | 1",
                "lognormal(0, 1) | gamma(1, 1) | 1",
                "student_t(3, 0, 1) | student_t(4, 0, 1) | 2",
                "gamma(0.3, 1) | gamma(2, 1) | 1",
                "log_cauchy(0, 1) | log_cauchy(0, 2) | 2"
            })
    void everywhere_isFiniteWhereTailsAndPolesAllowIt(String q, String p, double alpha) {
        double value = everywhere(alpha, q, p);
        assertTrue(value > 1e-3 && value < 100, q + " and " + p + ": " + value);
    }

    @Test
    void onBall_ofTwoNormals_agreesWithTheClosedFormOverAllOfTheLine() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            double alpha = new double[] {1e-6, 0.2, 0.5, 0.97, 1, 1.3}[i % 6];
            double sd = Math.exp(random.nextDouble() - 0.7);
            double mean = i % 4 == 0 ? 0 : 2 * random.nextDouble() - 1;
            double expected = NormalPair.divergence(alpha, new double[] {(sd - 1) * (sd + 1)}, new double[] {mean});
            String q = "normal(" + mean + ", " + sd + ")";
            double actual = everywhere(alpha, q, "normal(0, 1)");
            if (Double.isInfinite(expected)) {
                assertEquals(expected, actual, q);
            } else {
                assertEquals(expected, actual, 1e-11 * expected + 1e-15, q + " at order " + alpha);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, 1.2})
    void everywhere_ofDependentNormals_isThatOfTheRotatedProduct(double alpha) {
        // covariance of q: 1.3 and 0.6 along (3, 4)/5 and (-4, 3)/5; p is standard
        String q = "multi_normal([0.2, -0.1], [[" + (0.36 * 1.3 + 0.64 * 0.6) + ", " + 0.48 * (1.3 - 0.6) + "], ["
                + 0.48 * (1.3 - 0.6) + ", " + (0.64 * 1.3 + 0.36 * 0.6) + "]])";
        String turned = "product(normal(" + (0.6 * 0.2 - 0.8 * 0.1) + ", " + Math.sqrt(1.3) + "), normal("
                + (-0.8 * 0.2 - 0.6 * 0.1) + ", " + Math.sqrt(0.6) + "))";
        double dependent = everywhere(alpha, q, "multi_normal([0, 0], 1)");
        close(everywhere(alpha, turned, "product(normal(0,1), normal(0,1))"), dependent, 1e-11);
        assertTrue(dependent > 0.01);
    }

    @Test
    void everywhere_ofNormalsWithTooWideQ_isInfinite() {
        assertEquals(
                Double.POSITIVE_INFINITY,
                everywhere(2, "multi_normal([0,0],[[3,0.5],[0.5,1]])", "multi_normal([0,0],[[1,0.1],[0.1,1]])"));
    }

    @Test
    void spread_continuesItsSeries() {
        for (double b : new double[] {0, 0.5, -1, 0.9, 1e-9}) {
            double left = NormalPair.spread(0.0999999, b);
            double right = NormalPair.spread(0.1000001, b);
            assertEquals(left, right, 1e-5 * Math.abs(left));
            close(-0.5 * (1 - b) * 1e-16, NormalPair.spread(1e-8, b), 1e-7);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3, 1e-3", "0.5, 0.4", "0.8, 3", "1, 0.4", "1.5, 0.4"})
    void onBall_ofProducts_multipliesHellingerIntegrals(double alpha, double radius) {
        String[] q = {"normal(0.1, 1)", "horseshoe(1)"};
        String[] p = {"student_t(3, 0, 1)", "double_exponential(0, 1)"};
        double[] centre = {0.2, 0};
        LocalRekl rekl = LocalRekl.of(alpha);
        double massQ = 1;
        double massP = 1;
        double h = 1;
        double kl = 0;
        for (int j = 0; j < 2; j++) {
            Rekl one = rekl.onBall(law(q[j]), law(p[j]), new double[] {centre[j]}, radius, Norm.l2());
            double ownQ = one.massQ().value();
            double ownP = one.massP().value();
            massQ *= ownQ;
            massP *= ownP;
            h *= Relations.hellingerIntegral(alpha, one.value().value(), ownQ, ownP);
            kl += Relations.kullbackLeibler(one.value().value(), ownQ, ownP) / ownQ;
        }
        double expected =
                alpha == 1 ? massQ * kl - massQ + massP : (alpha * massQ + (1 - alpha) * massP - h) / (1 - alpha);
        Rekl product = rekl.onBall(
                law("product(" + q[0] + ", " + q[1] + ")"),
                law("product(" + p[0] + ", " + p[1] + ")"),
                centre,
                radius,
                Norm.linf());
        assertEquals(expected, product.value().value(), 1e-11 * expected + 1e-14 * (massP + massQ));
        close(massQ, product.massQ().value(), 1e-13);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1})
    void atInfinity_ofProducts_isTheRestOfTheCube(double alpha) {
        Distribution q = law("product(normal(0.1,0.9), student_t(5,0,1), normal(0,1))");
        Distribution p = law("product(normal(0,1), student_t(4,0,1), normal(0,1.1))");
        LocalRekl rekl = LocalRekl.of(alpha);
        double all = rekl.everywhere(q, p).value().value();
        double inside =
                rekl.onBall(q, p, new double[3], 1.5, Norm.linf()).value().value();
        Rekl outside = rekl.atInfinity(q, p, 1.5, Norm.linf());
        assertEquals(all - inside, outside.value().value(), 1e-12);
        close(outside.normalised(), outside.value().over(outside.massP()).value(), 1e-13);
        assertEquals(all, rekl.atInfinity(q, p, 0, Norm.linf()).value().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normal(0, 1) | student_t(3, 0, 1)",
                "spike_slab(0.4, cauchy(0, 1)) | spike_slab(0.6, normal(0, 1))",
                "radial_power(1, 0.5, 2) | symmetric_power(0.5)",
                "hard_concrete(0.5) | spike_slab(0.5, normal(1, 1))",
                "beta(0.5, 0.5) | uniform(0, 1)",
                "inv_gamma(2, 1) | lognormal(0, 1)",
                "log_singular() | normal(0, 1)",
                "mixture(0.9*normal(0,1) + 0.1*normal(5,0.1)) | normal(0, 1)"
            })
    void identities_hold(String nameQ, String nameP) {
        Distribution q = law(nameQ);
        Distribution p = law(nameP);
        for (double alpha : new double[] {1e-6, 0.3, 0.5, 0.99, 1, 1.4}) {
            LocalRekl rekl = LocalRekl.of(alpha);
            Region left = Interval.halfOpen(X, 0, -0.5, 0.4);
            Region right = Interval.halfOpen(X, 0, 0.4, 1.5);
            Region both = Interval.halfOpen(X, 0, -0.5, 1.5);
            Rekl whole = rekl.on(q, p, both);
            double scale = 1e-11 * whole.value().value() + 1e-15;
            if (Double.isInfinite(whole.value().value())) {
                continue;
            }
            assertEquals(
                    rekl.on(q, p, left).value().value()
                            + rekl.on(q, p, right).value().value(),
                    whole.value().value(),
                    scale,
                    "additive at order " + alpha);
            assertEquals(
                    whole.value().over(whole.massP()).value(),
                    whole.massTerm() + whole.shapeTerm(),
                    1e-13 * whole.normalised(),
                    "chain identity at order " + alpha);
            Generator f = Generator.of(alpha);
            assertEquals(f.value(whole.ratio()), whole.massTerm(), 1e-13 * whole.massTerm() + 1e-15);
            assertTrue(whole.normalised() >= f.value(whole.ratio()) * (1 - 1e-13), "Jensen at order " + alpha);
            if (alpha < 1) {
                assertTrue(rekl.dualityGap(q, p, both) < 1e-9, "duality at order " + alpha);
                assertTrue(
                        whole.normalised() <= 1 + alpha * whole.ratio() / (1 - alpha) + 1e-12,
                        "singular bound at order " + alpha);
            }
            Rekl other = rekl.withRule(QuadratureRule.TANH_SINH).on(q, p, both);
            assertEquals(whole.value().value(), other.value().value(), scale, "tanh-sinh at order " + alpha);
            assertTrue(whole.relativeError() < 1e-10);
        }
    }

    @Test
    void on_boxAndInterval_agree() {
        Distribution q = law("product(normal(0,1), cauchy(0,1))");
        Distribution p = law("product(normal(0,2), cauchy(0,2))");
        List<String> names = List.of("x1", "x2");
        double inf = Double.POSITIVE_INFINITY;
        Rekl box = LocalRekl.of(0.5).on(q, p, Box.of(names, new double[] {-inf, 0.5}, new double[] {inf, 2}));
        Rekl interval = LocalRekl.of(0.5).on(q, p, Interval.halfOpen(names, 1, 0.5, 2));
        close(box.value().value(), interval.value().value(), 1e-13);
        close(0.3524163823495667 - Math.atan(0.5) / Math.PI, box.massQ().value(), 1e-13);
    }

    @Test
    void onBall_ofRadiusZero_comparesTheAtoms() {
        Rekl rekl = LocalRekl.of(0.5)
                .onBall(law("spike_slab(0.75, normal(0,1))"), law("point(0)"), new double[1], 0, Norm.l2());
        close(0.25, rekl.value().value(), 1e-15); // (sqrt 1 - sqrt 1/4)^2
        assertEquals(0.25, rekl.ratio(), 1e-15);
    }

    @Test
    void onBall_openEndsOfIntervals_leaveOutAtomsThere() {
        Distribution q = law("point(1)");
        Distribution p = law("mixture(0.5*point(0) + 0.5*point(1))");
        Rekl open = LocalRekl.of(0.5).on(q, p, Interval.halfOpen(X, 0, 0, 1));
        assertEquals(0.5, open.massP().value());
        assertEquals(1, open.massQ().value());
    }

    @ParameterizedTest
    @CsvSource({"0.5, 2, 1, Infinity", "0.5, 0, 1, Infinity"})
    void zeroMasses_haveTheirConventions(double alpha, double unused, double other, double infinite) {
        LocalRekl rekl = LocalRekl.of(alpha);
        Distribution left = law("uniform(0,1)");
        Distribution right = law("uniform(2,3)");
        Rekl onlyQ = rekl.onBall(left, right, new double[] {0}, 1, Norm.l2());
        close(1, onlyQ.value().value(), 1e-15); // the recession slope is 1
        assertEquals(infinite, onlyQ.normalised());
        Rekl onlyP = rekl.onBall(right, left, new double[] {0}, 1, Norm.l2());
        close(1, onlyP.value().value(), 1e-15);
        assertEquals(other, onlyP.normalised());
        Rekl none = rekl.onBall(right, left, new double[] {9}, 1, Norm.l2());
        assertEquals(0, none.value().value());
        assertEquals(0, none.normalised());
        assertTrue(Double.isNaN(none.ratio()));
        assertEquals(
                Double.POSITIVE_INFINITY,
                LocalRekl.of(1)
                        .onBall(left, right, new double[] {0}, 1, Norm.l2())
                        .value()
                        .value());
    }

    @Test
    void value_survivesMassesBelowTheDoubles() {
        Rekl rekl = LocalRekl.of(0.5)
                .onBall(
                        law("product(" + "gamma(3,1), ".repeat(39) + "gamma(3,1))"),
                        law("product(" + "gamma(3,2), ".repeat(39) + "gamma(3,2))"),
                        new double[40],
                        1e-4,
                        Norm.linf());
        assertEquals(0, rekl.value().value());
        double logRatio = 40 * 3 * -Math.log(2) + 40 * 0.75e-4; // C of gamma(3, b) is b^3/6
        assertEquals(logRatio, rekl.massQ().log() - rekl.massP().log(), 1e-3);
        assertEquals(rekl.massP().log(), rekl.value().log(), 1e-9); // R is tiny: D is P
    }

    /** The masses are e^-5e9, e^-5e15 and e^-5e199: below order 1 they alone decide. */
    @ParameterizedTest
    @ValueSource(doubles = {1e5, 1e8, 1e100})
    void atInfinity_farUnderAThinTail_isTheMass(double radius) {
        Distribution thin = law("normal(0,1)");
        Distribution thick = law("cauchy(0,1)");
        LocalRekl rekl = LocalRekl.of(0.5);
        Rekl forward = rekl.atInfinity(thin, thick, radius, Norm.l2());
        close(forward.massP().value(), forward.value().value(), 1e-15);
        assertEquals(0, forward.logNormalised(), 1e-15);
        Rekl backward = rekl.atInfinity(thick, thin, radius, Norm.l2());
        close(forward.value().value(), backward.value().value(), 2e-14); // order 1/2 is symmetric
        double expected = 0.5 * radius * radius;
        assertEquals(expected, backward.logNormalised(), 1e-6 * expected + 50);
        assertEquals(Double.POSITIVE_INFINITY, backward.normalised());
        assertEquals(-backward.logRatio(), forward.logRatio(), 1e-15 * expected);
    }

    @Test
    void atInfinity_withoutDigits_isRefusedFromOrderOneOn() {
        LocalRekl rekl = LocalRekl.of(1);
        Distribution thin = law("normal(0,1)");
        Distribution thick = law("cauchy(0,1)");
        IntegrationException e = assertThrows(
                IntegrationException.class,
                () -> DivergenceCurve.atInfinity(rekl, thin, thick, Norm.l2(), new double[] {1, 1e-50}));
        assertEquals(
                "on the ball of radius 1.0E-50 the masses of the set are too small for the integral of the divergence:"
                        + " take a larger set",
                e.getMessage());
        // but an infinite value needs no digits
        Distribution laplace = law("exponential(1)");
        assertEquals(
                Double.POSITIVE_INFINITY,
                LocalRekl.of(2)
                        .atInfinity(thick, laplace, 1e16, Norm.l2())
                        .value()
                        .value());
    }

    /** Where the shapes cannot be resolved, the error stays within what the theorem leaves. */
    @Test
    void onBall_withUnresolvedShapes_hasAnErrorThatDoesNotMatter() {
        Rekl rekl = LocalRekl.of(0.5).onBall(law("normal(0,1)"), law("log_cauchy()"), new double[1], 1e-300, Norm.l2());
        double p = rekl.massP().value();
        assertEquals(p, rekl.value().value(), 1e-15 * p); // (sqrt P - sqrt Q)^2, Q = 8e-301
        assertTrue(rekl.relativeError() < 1e-15, () -> "was " + rekl);
    }

    /** Shapes that differ by 1e-12: their divergence is below every tolerance. */
    @Test
    void onBall_ofNearlyEqualShapes_returns() {
        Rekl rekl = LocalRekl.of(0.5)
                .onBall(
                        law("lognormal(0,1)"),
                        law("transform(inv_logit, normal(0,1))"),
                        new double[1],
                        1e-12,
                        Norm.l2());
        assertTrue(rekl.normalised() < 1e-14, () -> "was " + rekl);
    }

    /** Spherical laws: the law of the distance from the centre has the same divergence. */
    @ParameterizedTest
    @CsvSource({"0.25, 1", "0.5, 1e-3", "0.5, 2", "0.5, 6", "0.9, 1", "1, 0.5", "1, 3", "1.5, 1"})
    void onBall_ofSphericalNormals_isThatOfTheDistances(double alpha, double radius) {
        Distribution q = law("multi_normal([1,2,3],1)");
        Distribution p = law("multi_normal([1,2,3],1.5)");
        Distribution distanceQ = law("transform(power(0.5), gamma(1.5, 0.5))");
        Distribution distanceP = law("transform(power(0.5), gamma(1.5, 0.3333333333333333))");
        LocalRekl rekl = LocalRekl.of(alpha);
        double[] centre = {1, 2, 3};
        Rekl ball = rekl.onBall(q, p, centre, radius, Norm.l2());
        Rekl line = rekl.onBall(distanceQ, distanceP, new double[1], radius, Norm.l2());
        double expected = line.value().value();
        double error = Math.max(1e-11, 2 * ball.relativeError()) * expected;
        assertEquals(
                expected, ball.value().value(), error + 1e-14 * line.massP().value());
        assertEquals(line.massTerm(), ball.massTerm(), 1e-11 * line.massTerm());
        // the same ball in the norm of p's own covariance
        Rekl own = rekl.onBall(
                q,
                p,
                centre,
                radius / Math.sqrt(1.5),
                Norm.mahalanobis(p.scaleMatrix().orElseThrow()));
        assertEquals(expected, own.value().value(), error + 1e-14 * line.massP().value());
    }

    @Test
    void atInfinity_ofNormals_isTheRestOfTheBall() {
        Distribution q = law("multi_normal([0.5,0],[[1,0.5],[0.5,1]])");
        Distribution p = law("multi_normal([0,0],[1,2])");
        for (double alpha : new double[] {0.3, 0.5, 1}) {
            LocalRekl rekl = LocalRekl.of(alpha);
            double whole = rekl.everywhere(q, p).value().value();
            double ball =
                    rekl.onBall(q, p, new double[2], 1.5, Norm.l2()).value().value();
            double rest = rekl.atInfinity(q, p, 1.5, Norm.l2()).value().value();
            assertEquals(whole, ball + rest, 1e-9 * whole);
        }
        // above order 1 + 1/u the density ratio wins over p's tail
        Distribution wide = law("multi_normal([0,0],3)");
        assertEquals(
                Double.POSITIVE_INFINITY,
                LocalRekl.of(2)
                        .atInfinity(wide, law("multi_normal([0,0],1)"), 2, Norm.l2())
                        .normalised());
        assertThrows(NoClosedFormException.class, () -> LocalRekl.of(2)
                .onBall(wide, law("multi_normal([0,0],1)"), new double[2], 2, Norm.l2()));
    }

    @Test
    void refusals_nameTheWayOut() {
        LocalRekl rekl = LocalRekl.of(0.5);
        Distribution q = law("multi_normal([0,0],[[1,0.5],[0.5,1]])");
        Distribution p = law("multi_normal([0,0],1)");
        Distribution t = law("multi_student_t(3,[0,0],1)");
        for (NoClosedFormException e : List.of(
                assertThrows(NoClosedFormException.class, () -> rekl.onBall(q, p, new double[2], 1, Norm.linf())),
                assertThrows(NoClosedFormException.class, () -> rekl.onBall(p, t, new double[2], 1, Norm.l2())),
                assertThrows(NoClosedFormException.class, () -> rekl.atInfinity(p, t, 1, Norm.l2())),
                assertThrows(
                        NoClosedFormException.class,
                        () -> rekl.on(p, p, HalfSpace.of(List.of("a", "b"), new double[] {1, 1}, 0))))) {
            assertTrue(String.valueOf(e.getMessage()).endsWith("otherwise estimate it from draws"), () -> "was: " + e);
        }
    }

    @Test
    void arguments_areChecked() {
        assertThrows(IllegalArgumentException.class, () -> LocalRekl.of(0));
        assertThrows(IllegalArgumentException.class, () -> LocalRekl.of(Double.NaN));
        LocalRekl rekl = LocalRekl.of(1);
        Distribution law = law("normal(0,1)");
        assertThrows(IllegalArgumentException.class, () -> rekl.onBall(law, law, new double[] {0}, -1, Norm.l2()));
        assertThrows(
                IllegalArgumentException.class, () -> rekl.onBall(law, law, new double[] {Double.NaN}, 1, Norm.l2()));
        assertThrows(IllegalArgumentException.class, () -> rekl.everywhere(law, law("mvnormal([0,0],1)")));
        assertThrows(IllegalArgumentException.class, () -> rekl.withTolerance(0));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> rekl.dualityGap(law, law, Interval.halfOpen(X, 0, 0, 1)));
        assertEquals("alpha must be below 1, was 1.0", e.getMessage());
    }
}
