package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;

/** Every row of the catalogue: masses of balls and tails, local laws at the point and at infinity. */
class CatalogueTest {
    /** Relative error of masses of one-dimensional laws. */
    private static final double MASS = 5e-14;
    /** Logs of masses below the range of doubles carry the rounding of the log. */
    private static final double LOG = 2e-15;

    static Distribution law(JsonNode c) {
        JsonNode p = c.get("params");
        return switch (c.get("name").asText()) {
            case "normal" -> Distributions.normal(n(p, "mean"), n(p, "sd"));
            case "laplace" -> Distributions.doubleExponential(n(p, "loc"), n(p, "scale"));
            case "student_t" -> Distributions.studentT(n(p, "nu"), n(p, "loc"), n(p, "scale"));
            case "cauchy" -> Distributions.cauchy(n(p, "loc"), n(p, "scale"));
            case "half_cauchy" -> Distributions.halfCauchy(n(p, "scale"));
            case "half_normal" -> Distributions.halfNormal(n(p, "scale"));
            case "logistic" -> Distributions.logistic(n(p, "loc"), n(p, "scale"));
            case "uniform" -> Distributions.uniform(n(p, "lo"), n(p, "hi"));
            case "exponential" -> Distributions.exponential(n(p, "rate"));
            case "gamma" -> Distributions.gamma(n(p, "shape"), n(p, "rate"));
            case "chi_square" -> Distributions.chiSquare(n(p, "df"));
            case "beta" -> Distributions.beta(n(p, "a"), n(p, "b"));
            case "weibull" -> Distributions.weibull(n(p, "shape"), n(p, "scale"));
            case "double_weibull" -> Distributions.doubleWeibull(n(p, "shape"), n(p, "scale"));
            case "inverse_gamma" -> Distributions.invGamma(n(p, "shape"), n(p, "scale"));
            case "frechet" -> Distributions.frechet(n(p, "shape"), n(p, "scale"));
            case "lognormal" -> Distributions.lognormal(n(p, "mu"), n(p, "sigma"));
            case "pareto" -> Distributions.pareto(n(p, "xm"), n(p, "shape"));
            case "generalized_normal" -> Distributions.generalizedNormal(n(p, "loc"), n(p, "scale"), n(p, "shape"));
            case "symmetric_power" -> Distributions.symmetricPower(n(p, "a"));
            case "spike_slab" ->
                Compositions.spikeSlab(n(p, "pi"), slab(p.get("slab").asText()));
            case "spike_slab_product" ->
                Compositions.spikeSlabProduct(
                        n(p, "pi"),
                        slab(p.path("slab").asText("normal")),
                        p.get("d").intValue());
            case "product" ->
                Compositions.product(List.of(
                        slab(p.get("factors").get(0).asText()),
                        slab(p.get("factors").get(1).asText())));
            case "isotropic_normal" -> {
                int d = c.get("d").intValue();
                yield MultivariateDistributions.multiNormal(
                        new double[d], Covariance.isotropic(d, n(p, "sd") * n(p, "sd")));
            }
            case "singular_normal" ->
                MultivariateDistributions.multiNormal(new double[3], Covariance.diagonal(new double[] {1, 1, 0}));
            case "horseshoe" -> ShrinkagePriors.horseshoe(n(p, "tau"));
            case "horseshoe_plus" -> ShrinkagePriors.horseshoePlus(n(p, "tau"));
            case "tpb_normal" -> ShrinkagePriors.tpbNormal(n(p, "a"), n(p, "b"));
            case "dirichlet_laplace_marginal" -> ShrinkagePriors.dirichletLaplace(n(p, "a"));
            case "normal_gamma" -> ShrinkagePriors.normalGamma(n(p, "shape"), n(p, "gamma"));
            case "log_singular" -> ShrinkagePriors.logSingular();
            case "power_log" -> ShrinkagePriors.powerLog(n(p, "a"), n(p, "h"));
            case "log_cauchy" -> ShrinkagePriors.logCauchy(n(p, "mu"), n(p, "sigma"));
            case "hard_concrete" -> ShrinkagePriors.hardConcrete(n(p, "log_alpha"), 2.0 / 3, -0.1, 1.1);
            case "radial_power" ->
                MultivariateDistributions.radialPower(c.get("d").intValue(), n(p, "b"), n(p, "R"));
            case "neal_funnel" ->
                MultivariateDistributions.nealFunnel(p.get("n").intValue(), n(p, "sd_v"));
            case "dirichlet_vertex" -> MultivariateDistributions.dirichlet(Vectors.numbers(p.get("alpha")));
            default -> throw new IllegalArgumentException(c.toString());
        };
    }

    private static Univariate slab(String name) {
        return switch (name) {
            case "normal" -> Distributions.normal(0, 1);
            case "laplace" -> Distributions.doubleExponential(0, 1);
            case "student_t3" -> Distributions.studentT(3, 0, 1);
            case "cauchy" -> Distributions.cauchy(0, 1);
            case "horseshoe" -> ShrinkagePriors.horseshoe(1);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double n(JsonNode params, String name) {
        return Vectors.number(params.get(name));
    }

    private static double[] point(JsonNode c) {
        JsonNode point = c.get("point");
        return point.isArray() ? Vectors.numbers(point) : new double[] {Vectors.number(point)};
    }

    private static Norm norm(JsonNode c) {
        return c.get("params").path("norm").asText("l2").equals("linf") ? Norm.linf() : Norm.l2();
    }

    private static String label(JsonNode c) {
        return c.get("name").asText() + " " + c.get("params") + " at " + c.get("point");
    }

    /** Error of a mass: against the mass where it is a normal double, against the log of it below. */
    static double error(double value, double log, JsonNode expected) {
        double mass = Vectors.number(expected.get("mass"));
        if (mass > 1e-300) {
            return Vectors.relativeError(value, expected.get("mass")) / MASS;
        }
        double logError = Vectors.massError(log, expected.get("log_mass"));
        return logError == 0 ? 0 : logError / Math.abs(log) / LOG;
    }

    @TestFactory
    Stream<DynamicTest> masses() {
        return Vectors.cases("catalogue.json").stream()
                .map(c -> DynamicTest.dynamicTest(label(c), () -> {
                    Distribution law = law(c);
                    Errors errors = new Errors();
                    measure(c, law, errors);
                    assertTrue(errors.max() <= 1, errors::toString);
                }));
    }

    static void measure(JsonNode c, Distribution law, Errors errors) {
        double[] point = point(c);
        Norm norm = norm(c);
        for (JsonNode ball : c.path("balls")) {
            double r = Vectors.number(ball.get("r"));
            double log = law instanceof Dirichlet
                    ? law.logMass(HalfSpace.of(List.of("x1", "x2"), new double[] {1, 1}, r))
                    : law.logBallMass(point, r, norm);
            double value =
                    law instanceof Univariate line ? line.ballMass(point[0], r).value() : Math.exp(log);
            errors.add(label(c) + " r=" + r, error(value, log, ball));
        }
        for (JsonNode tail : c.path("tails")) {
            double r = Vectors.number(tail.get("R"));
            double log = law.logTailMass(r, norm);
            double value = law instanceof Univariate line ? line.tailMass(r).value() : Math.exp(log);
            errors.add(label(c) + " R=" + r, error(value, log, tail));
        }
    }

    @TestFactory
    Stream<DynamicTest> localLaws() {
        return Vectors.cases("catalogue.json").stream()
                .map(c -> DynamicTest.dynamicTest(label(c), () -> {
                    Distribution law = law(c);
                    LocalLaw actual = law.localLaw(point(c), norm(c));
                    if (law instanceof Dirichlet) {
                        // the reference takes the l1 ball of the chart, which is a half-space
                        double r = 1e-9;
                        double log = law.logMass(HalfSpace.of(List.of("x1", "x2"), new double[] {1, 1}, r));
                        actual = LocalLaw.of(actual.kappa(), actual.beta(), log - actual.kappa() * Math.log(r));
                        assertEquals(Vectors.number(c.get("C")), Math.exp(actual.logConstant()), 1e-8);
                        actual = LocalLaw.of(actual.kappa(), actual.beta(), Math.log(Vectors.number(c.get("C"))));
                    }
                    check(c, "", actual);
                    if (!c.path("tail").path("kappa").isMissingNode()
                            && !c.path("tail").path("kappa").isNull()) {
                        check(c.get("tail"), "tail ", law.lawAtInfinity(norm(c)));
                    }
                }));
    }

    private static void check(JsonNode expected, String what, LocalLaw actual) {
        double kappa = Vectors.number(expected.get("kappa"));
        assertEquals(kappa, actual.kappa(), 1e-15 * Math.max(1, kappa), what + "kappa");
        assertEquals(Vectors.number(expected.get("beta")), actual.beta(), 1e-15, what + "beta");
        double c = Vectors.number(expected.get("C"));
        if (!Double.isNaN(c)) {
            assertEquals(c, Math.exp(actual.logConstant()), 1e-13 * c, what + "C");
        }
        if (expected.has("atom_mass")) {
            double atom = Vectors.number(expected.get("atom_mass"));
            assertEquals(atom, actual.atomMass(), 1e-15 * atom, "atom");
        }
    }

    @Test
    void oneDimensionalMasses_medianError() {
        Errors errors = new Errors();
        for (JsonNode c : Vectors.cases("catalogue.json")) {
            Distribution law = law(c);
            if (law instanceof Univariate) {
                measure(c, law, errors);
            }
        }
        assertTrue(errors.median() * MASS <= 2e-15, errors::toString);
    }
}
