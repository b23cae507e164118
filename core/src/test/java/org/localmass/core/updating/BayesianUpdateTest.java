package org.localmass.core.updating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

class BayesianUpdateTest {
    private static final double[][] SCALES = {{4, 1}, {1, 2}};

    private static Update update(String prior, String factor) {
        return prior(prior, Norm.l2()).apply(LikelihoodFactor.parse(factor));
    }

    private static BayesianUpdate prior(String text, Norm norm) {
        Distribution law = DistributionText.parse(text);
        return BayesianUpdate.of(law, new double[law.dimension()], norm);
    }

    private static Update.Proper proper(Update update) {
        return assertInstanceOf(Update.Proper.class, update, update::toString);
    }

    private static List<String> labels(Update update) {
        return update.rules().stream().map(Rule::label).toList();
    }

    private static Norm norm(String name) {
        return switch (name) {
            case "l2" -> Norm.l2();
            case "linf" -> Norm.linf();
            default -> Norm.mahalanobis(SCALES);
        };
    }

    /** The law r^kappa L^beta and the factor rho^g L^h on every side of every boundary of T4.2. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, -1, 0.5, 1, 1.5, T4.2 (a)",
        "2, 1, 3, -4, 5, -3, T4.2 (a)",
        "1, 0, -1, -1.5, 0, -0.5, T4.2 (b)",
        "1, 2, -1, -4, 0, -1, T4.2 (b)",
        "0.30000000000000004, 0, -0.3, -2, 0, -1, T4.2 (b)",
        "1, 0, -1, -1, , , T4.2 (c)",
        "0.7, 0.1, -0.7, -1.1, , , T4.2 (c)",
        "1, 0, -1.5, -9, , , T4.2 (c)",
        "0, -1, 2, 3, 2, 1, T4.2 (d)",
        "0, -0.5, 1e-3, 0, 0.001, -1.5, T4.2 (d)",
        "0, -2, 0, 1.5, 0, -0.5, T4.2 (e)",
        "0, -2, 0, -1, 0, -3, T4.2 (e)",
        "0, -2, 0, 2, , , T4.2 (f)",
        "0, -0.3, 0, 0.30000000000000004, , , T4.2 (f)",
        "0, -2, 0, 3, , , T4.2 (f)",
        "0, -2, -0.1, 0, , , T4.2 (f)",
        "0, 0, 0, 1, , , T4.2 (f)"
    })
    void apply_powerLog_takesEveryCase(
            double kappa, double beta, double g, double h, Double newKappa, Double newBeta, String rule) {
        Update update = BayesianUpdate.of(LocalLaw.of(kappa, beta, 0.25), 2, Norm.linf())
                .apply(LikelihoodFactor.powerLog(g, h));
        assertEquals(List.of(rule), labels(update));
        if (newKappa == null) {
            String reason = assertInstanceOf(Update.Improper.class, update).reason();
            assertTrue(reason.startsWith("kappa"), reason);
            assertTrue(reason.endsWith(", so every ball about the point has infinite mass"), reason);
            return;
        }
        LocalLaw law = proper(update).law();
        assertEquals(newKappa, law.kappa(), 1e-15);
        assertEquals(newBeta, law.beta(), 1e-15);
        assertFalse(law.isAtom());
        assertFalse(proper(update).normalised());
        double change =
                switch (rule) {
                    case "T4.2 (a)" -> Math.log(kappa / (kappa + g));
                    case "T4.2 (b)" -> Math.log(kappa / -(beta + h + 1));
                    case "T4.2 (d)" -> Math.log(-beta / g);
                    default -> Math.log(beta / (beta + h));
                };
        assertEquals(0.25 + change, law.logConstant(), 1e-12);
    }

    /** The constants of T4.2 against the integral of the factor over dM, M = r^kappa L^beta. */
    @ParameterizedTest
    @CsvSource({"2, 1, -1, 0.5", "1, 0, -1, -1.5", "0, -1, 2, 3", "0, -2, 0, 1.5"})
    void apply_powerLog_isTheIntegral(double kappa, double beta, double g, double h) {
        LocalLaw law = proper(BayesianUpdate.of(LocalLaw.of(kappa, beta, 0), 1, Norm.l2())
                        .apply(LikelihoodFactor.powerLog(g, h)))
                .law();
        double from = 4000;
        // with L = from * v the mass inside of e^-from is the integral over v > 1, here v = 1/w
        double k = kappa + g;
        double integral = Quadrature.integrate(
                        w -> {
                            double l = from / w;
                            double slope = (kappa - beta / l) * Math.exp(-k * (l - from));
                            return slope * Math.pow(1 / w, beta + h) * from / (w * w);
                        },
                        new double[] {0, 0.5, 0.9, 0.99, 0.999, 1},
                        1e-10,
                        0,
                        1_000_000)
                .value();
        double expected = law.logConstant() + (law.beta() - beta - h) * Math.log(from);
        assertEquals(expected, Math.log(integral), 2e-3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normal(0, 1) | regular(2) | T4.1",
                "normal(0, 1) | inside() | T4.4",
                "normal(0, 1) | soft(0.5) | T4.5 (i)",
                "normal(0, 1) | half() | T4.4",
                "normal(0, 1) | hinge(1) | T4.4 T4.2 (a)",
                "normal(0, 1) | coordinate_powers(2) | T4.2 (a)",
                "normal(0, 1) | group_power(2, 1) | T4.2 (a)",
                "normal(0, 1) | flat(1, 1) | T4.5 (v)",
                "normal(0, 1) | outside() power(-5) | T4.4",
                "product(normal(0, 1), normal(0, 1)) | hinge(1) | T4.5 (iv)",
                "product(normal(0, 1), normal(0, 1)) | regular(2) soft(0.5) half() group_power(1, 1) power(1)"
                        + " | T4.1 T4.5 (i) T4.4 T4.3 T4.2 (a)",
                "product(normal(0, 1), normal(0, 1)) | cusp(2) flat(1, 1) | T4.5 (v)",
                "spike_slab(0.5, normal(0, 1)) | half() | T4.4",
                "spike_slab(0.5, normal(0, 1)) | power(1) | T4.2 (atom) T4.2 (a)",
                "inv_gamma(1, 1) | power(-3) | T4.2 (a)"
            })
    void apply_namesItsRules(String prior, String factor, String rules) {
        Update update = update(prior, factor);
        proper(update);
        assertEquals(rules, String.join(" ", labels(update)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spike_slab(0.5, horseshoe(1)) | half() power(1) | the prior needs a density that is continuous and",
                "horseshoe(1) | half() | the prior needs a density that is continuous and positive at the point",
                "uniform(0, 1) | half() | the prior needs a density that is continuous and positive at the point",
                "normal(0, 1) | half() half() | the position of two factors to each other is not known",
                "normal(0, 1) | half() hinge(1) | the position of two factors to each other is not known",
                "product(normal(0, 1), normal(0, 1)) | cone(0.2) hinge(1) | the position of two factors",
                "product(normal(0, 1), normal(0, 1)) | cusp(2) half() | the position of two factors",
                "product(inv_gamma(1, 1), normal(0, 1)) | hinge(-0.5) | the prior vanishes at the point faster than",
                "spike_slab_product(0.5, normal(0, 1), 2) | power(-1) group_power(1, 1) | the factor has no value at",
                "spike_slab_product(0.5, normal(0, 1), 2) | coordinate_powers(1, -0.5) | the factor has no value at",
                "spike_slab_product(0.5, normal(0, 1), 2) | coordinate_powers(1, 1) | the prior needs a density"
            })
    void apply_whatTheLawDoesNotDecide_isUndecided(String prior, String factor, String start) {
        Update.Undecided update = assertInstanceOf(Update.Undecided.class, update(prior, factor));
        assertTrue(update.reason().startsWith(start), update.reason());
    }

    @Test
    void apply_slowLawWithoutLogExponent_isUndecided() {
        for (String factor : List.of("power(1)", "log(-1)")) {
            for (double beta : new double[] {0, Double.NaN}) {
                assertInstanceOf(
                        Update.Undecided.class,
                        BayesianUpdate.of(LocalLaw.of(0, beta, 0), 1, Norm.l2()).apply(LikelihoodFactor.parse(factor)));
            }
        }
        LocalLaw unknown = LocalLaw.of(1, Double.NaN, Double.NaN);
        assertInstanceOf(
                Update.Undecided.class,
                BayesianUpdate.of(unknown, 1, Norm.l2()).apply(LikelihoodFactor.powerLog(-1, -5)));
        LocalLaw moved = proper(BayesianUpdate.of(unknown, 1, Norm.l2()).apply(LikelihoodFactor.powerLog(2, 0)))
                .law();
        assertEquals(3, moved.kappa());
        assertTrue(Double.isNaN(moved.beta()) && Double.isNaN(moved.logConstant()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spike_slab(0.5, normal(0, 1)) | power(-1) | the factor is infinite at the atom",
                "spike_slab(0.5, normal(0, 1)) | log(1) | the factor is infinite at the atom",
                "normal(0, 1) | hinge(-1) | kappa + g = 0 and beta + h = 0 is not below -1",
                "product(normal(0, 1), normal(0, 1)) | group_power(-1, 1) | g = -1 is not above -1, m = 1",
                "product(normal(0, 1), normal(0, 1), normal(0, 1)) | group_power(-2.5, 2) | g = -2.5 is not above -2,",
                "product(normal(0, 1), normal(0, 1)) | hinge(-1) power(5) | g = -1 is not above -1",
                "product(normal(0, 1), normal(0, 1)) | coordinate_powers(3, -1.25) | g2 = -1.25 is not above -1,"
            })
    void apply_infiniteMass_saysWhy(String prior, String factor, String start) {
        String reason =
                assertInstanceOf(Update.Improper.class, update(prior, factor)).reason();
        assertTrue(reason.startsWith(start), reason);
    }

    /**
     * Constants of T4.3 to T4.5 against the share of the unit ball, which is computed from scratch: the integral of the
     * factor over the ball, over its volume, by a product rule in polar or Cartesian coordinates.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "l2 | coordinate_powers(1, 0.5)", "linf | coordinate_powers(1, 0.5)",
                "l2 | coordinate_powers(-0.5, 2)", "linf | coordinate_powers(-0.5, 2)",
                "l2 | group_power(1.5, 1)", "linf | group_power(1.5, 1)",
                "l2 | hinge(1)", "linf | hinge(1)",
                "l2 | hinge(2.5)", "linf | hinge(-0.5)",
                "l2 | graph(1)", "linf | graph(1)",
                "l2 | half() power(2)", "linf | half() power(2)",
                "l2 | coordinate_powers(2, 1) power(-1)", "linf | coordinate_powers(2, 1) power(-1)"
            })
    void apply_directional_isTheIntegralOverTheBall(String normName, String factor) {
        Norm norm = norm(normName);
        LocalLaw flat = LocalLaw.ofDensity(0, 2, norm);
        LocalLaw law = proper(BayesianUpdate.of(flat, 2, norm).apply(LikelihoodFactor.parse(factor)))
                .law();
        // homogeneous of degree g: integral over the ball = integral over directions / (2 + g)
        double degree = law.kappa() - 2;
        double onDirections = Quadrature.integrate(
                        angle -> {
                            double x = Math.cos(angle);
                            double y = Math.sin(angle);
                            double reach = normName.equals("l2") ? 1 : 1 / Math.max(Math.abs(x), Math.abs(y));
                            return value(factor, x, y, reach) * Math.pow(reach, 2 + degree);
                        },
                        cuts(),
                        1e-12,
                        0,
                        4_000_000)
                .value();
        assertEquals(Math.log(onDirections / law.kappa()), law.logConstant(), 1e-7);
    }

    /** Every eighth of the circle, towards which the cuts crowd. */
    private static double[] cuts() {
        double[] cuts = new double[8 * 40 + 1];
        for (int i = 0; i < 8; i++) {
            for (int k = 0; k < 40; k++) {
                double share = k < 20 ? 0.5 * Math.pow(k / 20.0, 6) : 1 - 0.5 * Math.pow((40 - k) / 20.0, 6);
                cuts[40 * i + k] = (i + share) * Math.PI / 4;
            }
        }
        cuts[320] = 2 * Math.PI;
        return cuts;
    }

    /** The factor in a direction, as if of the unit circle; the norm of the direction is 1/reach. */
    private static double value(String factor, double x, double y, double reach) {
        double rho = 1 / reach;
        return switch (factor) {
            case "coordinate_powers(1, 0.5)" -> Math.abs(x) * Math.sqrt(Math.abs(y));
            case "coordinate_powers(-0.5, 2)" -> y * y / Math.sqrt(Math.abs(x));
            case "group_power(1.5, 1)" -> Math.pow(Math.abs(x), 1.5);
            case "hinge(1)" -> Math.max(y, 0);
            case "hinge(2.5)" -> Math.pow(Math.max(y, 0), 2.5);
            case "hinge(-0.5)" -> y > 0 ? 1 / Math.sqrt(y) : 0;
            case "graph(1)" -> y >= Math.abs(x) ? 1 : 0;
            case "half() power(2)" -> y >= 0 ? rho * rho : 0;
            case "coordinate_powers(2, 1) power(-1)" -> x * x * Math.abs(y) / rho;
            default -> throw new AssertionError(factor);
        };
    }

    /** Volumes in three dimensions, per power of the radius. */
    @ParameterizedTest
    @CsvSource({
        "l2, cusp(2), 5, 0, 0.6283185307179586",
        "linf, cusp(1.5), 4, 0, 1",
        "l2, graph(0.5), 5, 0, 0.6283185307179586",
        "l2, log_cusp(0.25), 3, -0.5, 1.0471975511965976",
        "linf, log_cusp(2), 3, -4, 1.3333333333333333",
        "l2, graph(2), 3, 0, 2.0943951023931953",
        "linf, graph(1), 3, 0, 1.3333333333333333",
        "l2, graph(1), 3, 0, 0.6134341230070735",
        "l2, cone(0.1), 3, 0, 0.41887902047863906"
    })
    void apply_supportInSpace_hasItsVolume(String norm, String factor, double kappa, double beta, double volume) {
        LocalLaw law = proper(BayesianUpdate.of(LocalLaw.ofDensity(0, 3, norm(norm)), 3, norm(norm))
                        .apply(LikelihoodFactor.parse(factor)))
                .law();
        assertEquals(kappa, law.kappa());
        assertEquals(beta, law.beta());
        assertEquals(volume, Math.exp(law.logConstant()), 1e-14);
    }

    @Test
    void apply_exponentialCuspAndOutside_leaveNothing() {
        String prior = "product(normal(0, 1), normal(0, 1))";
        assertTrue(proper(update(prior, "exponential_cusp()")).law().isVanishing());
        assertTrue(proper(update(prior, "outside()")).law().isVanishing());
        assertTrue(proper(update("point(0)", "outside()")).law().isVanishing());
        assertTrue(proper(update("uniform(1, 2)", "half() power(-9)")).law().isVanishing());
    }

    /** The exponents do not depend on the norm; what the Mahalanobis norm makes of a direction is not known. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "coordinate_powers(1, -0.5)",
                "group_power(1, 1)",
                "hinge(1)",
                "graph(1)",
                "graph(0.5)",
                "cusp(3)",
                "log_cusp(1)"
            })
    void apply_mahalanobis_keepsTheExponents(String factor) {
        Norm norm = norm("mahalanobis");
        LocalLaw law = proper(BayesianUpdate.of(LocalLaw.ofDensity(0, 2, norm), 2, norm)
                        .apply(LikelihoodFactor.parse(factor)))
                .law();
        LocalLaw euclidean = proper(BayesianUpdate.of(LocalLaw.ofDensity(0, 2, Norm.l2()), 2, Norm.l2())
                        .apply(LikelihoodFactor.parse(factor)))
                .law();
        assertEquals(euclidean.kappa(), law.kappa());
        assertEquals(euclidean.beta(), law.beta());
        assertTrue(Double.isNaN(law.logConstant()));
        assertFalse(Double.isNaN(euclidean.logConstant()));
    }

    /** On the line the Mahalanobis norm is a unit: |u|^g and y^g are not powers of rho. */
    @Test
    void apply_mahalanobisOnTheLine_scales() {
        Norm norm = Norm.mahalanobis(new double[][] {{9}});
        LocalLaw flat = LocalLaw.ofDensity(0, 1, norm);
        assertEquals(Math.log(6), flat.logConstant(), 1e-15);
        BayesianUpdate prior = BayesianUpdate.of(flat, 1, norm);
        // integral of |u| over |u| <= 3r is 9 r^2; of rho = |u|/3 it is 3 r^2
        assertEquals(
                Math.log(9),
                proper(prior.apply(LikelihoodFactor.coordinatePowers(1))).law().logConstant(),
                1e-14);
        assertEquals(
                Math.log(4.5),
                proper(prior.apply(LikelihoodFactor.hinge(1))).law().logConstant(),
                1e-14);
        assertEquals(
                Math.log(3),
                proper(prior.apply(LikelihoodFactor.powerLog(1, 0))).law().logConstant(),
                1e-14);
    }

    /** One update by a product is one update after the other. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void apply_twoFactorsInTurn_isTheirProduct(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            double kappa = 0.5 + random.nextInt(5) / 2.0;
            LocalLaw law = LocalLaw.of(kappa, random.nextInt(5) - 2, 1);
            LikelihoodFactor first = factor(random);
            LikelihoodFactor second = factor(random);
            BayesianUpdate prior = BayesianUpdate.of(law, 3, Norm.l2());
            if (prior.apply(first) instanceof Update.Proper once
                    && once.law().kappa() > 0
                    && prior.apply(first.times(second)) instanceof Update.Proper together) {
                LocalLaw twice = proper(
                                BayesianUpdate.of(once.law(), 3, Norm.l2()).apply(second))
                        .law();
                assertEquals(together.law().kappa(), twice.kappa());
                assertEquals(together.law().beta(), twice.beta());
                assertEquals(together.law().logConstant(), twice.logConstant(), 1e-13);
            }
        }
    }

    private static LikelihoodFactor factor(Random random) {
        return LikelihoodFactor.powerLog((random.nextInt(9) - 3) / 2.0, random.nextInt(5) - 2)
                .times(LikelihoodFactor.regularOfLog(random.nextInt(5) - 2));
    }

    @Test
    void apply_atomThatStays_keepsWhatLiesBeside() {
        Update.Proper first = proper(prior("spike_slab(0.25, normal(0, 1))", Norm.l2())
                .withLogNormaliser(Math.log(0.5))
                .apply(LikelihoodFactor.regular(0.4)));
        assertEquals(0.6, first.law().atomMass(), 1e-15);
        assertTrue(first.normalised());
        LocalLaw beside = first.punctured().orElseThrow();
        assertEquals(1, beside.kappa());
        assertEquals(Math.log(0.2 * Math.sqrt(2 / Math.PI)), beside.logConstant(), 1e-15);
        // the same from laws alone
        Update.Proper again = proper(BayesianUpdate.of(LocalLaw.atom(0.75), 1, Norm.l2())
                .withPuncturedLaw(LocalLaw.of(1, 0, Math.log(0.25 * Math.sqrt(2 / Math.PI))))
                .withLogNormaliser(Math.log(0.5))
                .apply(LikelihoodFactor.regular(0.4)));
        assertEquals(first.law(), again.law());
        assertEquals(beside.logConstant(), again.punctured().orElseThrow().logConstant(), 1e-15);
    }

    @Test
    void apply_atomWithUnknownNeighbourhood_isUndecidedOnceRemoved() {
        BayesianUpdate prior = BayesianUpdate.of(LocalLaw.atom(0.75), 1, Norm.l2());
        Update removed = prior.apply(LikelihoodFactor.powerLog(1, 0));
        assertEquals(
                "the factor removes the atom, and the law of the prior beside it is not known",
                assertInstanceOf(Update.Undecided.class, removed).reason());
        assertEquals(List.of("T4.2 (atom)"), labels(removed));
        Update.Proper kept = proper(prior.apply(LikelihoodFactor.regular(2)));
        assertEquals(1.5, kept.law().atomMass(), 1e-15);
        assertEquals(Optional.empty(), kept.punctured());
    }

    /** The spike-slab product at 0: one coordinate leaves its atom, the other stays. */
    @Test
    void apply_productOfAtoms_losesThemTogether() {
        LocalLaw law = proper(update("spike_slab_product(0.5, normal(0, 1), 2)", "power(2)"))
                .law();
        assertEquals(3, law.kappa());
        // two axes, each 0.5 * 0.5 * 2 phi(0) r, times 1/3
        assertEquals(Math.log(Math.sqrt(2 / Math.PI) / 2 / 3), law.logConstant(), 1e-14);
    }

    @Test
    void apply_factorThatDoesNotFit_isRefused() {
        BayesianUpdate prior = prior("product(normal(0, 1), normal(0, 1))", Norm.l2());
        assertRefused(
                "number of exponents of coordinate_powers must be the dimension 2, was 3",
                () -> prior.apply(LikelihoodFactor.coordinatePowers(1, 2, 3).times(LikelihoodFactor.outside())));
        assertRefused(
                "m of group_power must be at most the dimension 2, was 3",
                () -> prior.apply(LikelihoodFactor.groupPower(1, 3)));
        BayesianUpdate line = prior("normal(0, 1)", Norm.l2());
        assertRefused("dimension must be at least 2 for cusp(2), was 1", () -> line.apply(LikelihoodFactor.cusp(2)));
        assertRefused(
                "w of cone must be 0.5 in one dimension, was 0.25", () -> line.apply(LikelihoodFactor.cone(0.25)));
        assertEquals(
                proper(line.apply(LikelihoodFactor.half())).law(),
                proper(line.apply(LikelihoodFactor.cone(0.5))).law());
        assertRefused("punctured law must have no atom, had mass 0.5", () -> line.withPuncturedLaw(LocalLaw.atom(0.5)));
        BayesianUpdate atom = prior("point(0)", Norm.l2()).withLogNormaliser(-1);
        assertRefused(
                "logNormaliser must be at least 0.0, the log of the atom's share, was -1.0",
                () -> atom.apply(LikelihoodFactor.regular(1)));
        assertRefused("number of exponents must be at least 1, was 0", LikelihoodFactor::coordinatePowers);
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** The factor integrated over the catalogue's own densities at r = e^-200, where a logarithm still leaves terms of order 1/200. */
    @ParameterizedTest
    @CsvSource({
        "horseshoe(1), 2, 1, 2",
        "horseshoe_plus(1), -0.5, -2, 2",
        "symmetric_power(0.4), 0.3, 0, 2",
        "tpb_normal(0.25|1), -0.25, 1, 2",
        "normal_gamma(0.5|1), 1, -1, 2",
        "dirichlet_laplace(0.3), -0.1, 0, 2",
        "log_cauchy(0|1), 1, 0, 1",
        "log_cauchy(0|1), 0.5, 2, 1",
        "power_log(0|-3), 0.25, -1, 2",
        "gamma(0.2|3), 2, 0, 1",
        "weibull(0.5|1), -0.25, 0.5, 1"
    })
    void apply_catalogue_isTheIntegral(String prior, double g, double h, int sides) {
        Distribution density = DistributionText.parse(prior.replace('|', ','));
        LocalLaw law = proper(
                        BayesianUpdate.of(density, new double[1], Norm.l2()).apply(LikelihoodFactor.powerLog(g, h)))
                .law();
        double from = 200;
        double at = law.logConstant() - law.kappa() * from + law.beta() * Math.log(from);
        // x = e^-l
        double integral = Quadrature.integrate(
                        l -> sides
                                * Math.exp(density.logDensity(new double[] {Math.exp(-l)})
                                        - l
                                        - g * l
                                        + h * Math.log(l)
                                        - at),
                        new double[] {from, from + 5, from + 20, from + 80, from + 300},
                        1e-9,
                        0,
                        100_000)
                .value();
        double order = 0.02 + Math.abs(law.beta()) / (law.kappa() * from);
        assertEquals(1, integral, law.beta() == 0 && h == 0 ? 1e-6 : order);
    }

    /** Posterior of a normal variance with sum of squares 0: g = -n/2 (docs/theory.md T4.2, examples). */
    @ParameterizedTest
    @CsvSource({"3, 5, true", "3, 6, false", "3, 7, false", "0.5, 0, true"})
    void apply_normalVarianceWithoutSpread_needsThePrior(double shape, int n, boolean isProper) {
        Update update = update("gamma(" + shape + ", 2)", "power(" + -0.5 * n + ")");
        if (!isProper) {
            assertInstanceOf(Update.Improper.class, update);
            return;
        }
        // the posterior is gamma(shape - n/2, 2)
        double logNormaliser = 0.5 * n * Math.log(2) + LogGamma.value(shape - 0.5 * n) - LogGamma.value(shape);
        LocalLaw exact =
                DistributionText.parse("gamma(" + (shape - 0.5 * n) + ", 2)").localLaw(new double[1], Norm.l2());
        assertEquals(exact.kappa(), proper(update).law().kappa());
        assertEquals(exact.logConstant(), proper(update).law().logConstant() - logNormaliser, 1e-14);
    }
}
