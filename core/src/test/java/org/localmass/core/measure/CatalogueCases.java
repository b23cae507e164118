package org.localmass.core.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;

/** The cases of catalogue.json: the law of each, and the errors of its masses. */
public final class CatalogueCases {
    /** Relative error of a mass that is a normal double, on the line; the contract is 5e-14. */
    static final double MASS = 1e-14;
    /** The same in two or more dimensions. */
    static final double SPACE = 5e-14;
    /** Error of the log of a smaller mass, in units in its last place. */
    static final double LOG = 10;

    private CatalogueCases() {}

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

    static Univariate slab(String name) {
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

    static double[] point(JsonNode c) {
        JsonNode point = c.get("point");
        return point.isArray() ? Vectors.numbers(point) : new double[] {Vectors.number(point)};
    }

    static Norm norm(JsonNode c) {
        return c.get("params").path("norm").asText("l2").equals("linf") ? Norm.linf() : Norm.l2();
    }

    static String label(JsonNode c) {
        return c.get("name").asText() + " " + c.get("params") + " at " + c.get("point");
    }

    /** Adds the masses of balls and tails: as masses where they are normal doubles, below as logs. */
    static void measure(JsonNode c, Distribution law, Errors masses, Errors logs, Errors near) {
        double[] point = point(c);
        Norm norm = norm(c);
        for (JsonNode ball : c.path("balls")) {
            double r = Vectors.number(ball.get("r"));
            double log = law instanceof Dirichlet
                    ? law.logMass(HalfSpace.of(List.of("x1", "x2"), new double[] {1, 1}, r))
                    : law.logBallMass(point, r, norm);
            double value =
                    law instanceof Univariate line ? line.ballMass(point[0], r).value() : Math.exp(log);
            add(label(c) + ", r = " + r, value, log, ball, masses, logs, near);
        }
        for (JsonNode tail : c.path("tails")) {
            double r = Vectors.number(tail.get("R"));
            double log = law.logTailMass(r, norm);
            double value = law instanceof Univariate line ? line.tailMass(r).value() : Math.exp(log);
            add(label(c) + ", R = " + r, value, log, tail, masses, logs, near);
        }
    }

    private static void add(
            String label, double value, double log, JsonNode expected, Errors masses, Errors logs, Errors near) {
        if (Vectors.number(expected.get("mass")) > 1e-300) {
            masses.addValue(label, value, expected.get("mass"));
            if (value > 0.9) {
                if (Vectors.number(expected.get("log_mass")) == 0) {
                    near.addLog(label, log, expected.get("log_mass"));
                } else {
                    near.addValue(label, log, expected.get("log_mass"));
                }
            }
        } else if (!expected.get("log_mass").isNull()) {
            logs.addLog(label, log, expected.get("log_mass"));
        }
    }

    static double limit(Distribution law) {
        return law instanceof Univariate ? MASS : SPACE;
    }

    /** One row for each law. */
    public static AccuracySection section() {
        Map<String, Errors> laws = new LinkedHashMap<>();
        Errors all = Errors.of("all one-dimensional laws", MASS);
        Errors spaces = Errors.of("all laws in two and more dimensions", SPACE);
        Errors near = Errors.of("logs of masses above 0.9", SPACE);
        Errors logs = Errors.ofLogs("logs of masses below 1e-300", LOG);
        for (JsonNode c : Vectors.cases("catalogue.json")) {
            Distribution law = law(c);
            double limit = limit(law);
            Errors masses = Errors.of("", limit);
            measure(c, law, masses, logs, near);
            laws.computeIfAbsent(c.get("name").asText(), name -> Errors.of("`" + name + "`", limit))
                    .addAll(masses);
            (law instanceof Univariate ? all : spaces).addAll(masses);
        }
        List<Errors> rows = new ArrayList<>(laws.values());
        rows.addAll(List.of(all, spaces, near, logs));
        return new AccuracySection(
                "Masses of the catalogue",
                """
                Balls about the points of the catalogue of docs/theory.md, section 3, from the radius 1e-300 to 1000, and
                tails. The contract is 5e-14 on the line, with a median below 2e-15; what is reached is held.

                The hardest masses on the line are sums of logs far from 1, where half a unit in the last place of the
                exponent is many units of the mass: Bessel functions at 1e-150 (`dirichlet_laplace_marginal`,
                `normal_gamma`, `power_log`), and tails e^-y with a rounded y (`weibull`). `tpb_normal` sums a series over
                its mixing law. In more dimensions it is the complement of a ball far out, e^-50 times a power
                (`isotropic_normal`), and integrals of one dimension, whose tolerance is 1e-13 (`product`, `neal_funnel`).""",
                rows);
    }
}
