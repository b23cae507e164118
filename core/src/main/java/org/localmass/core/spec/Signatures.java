package org.localmass.core.spec;

import static org.localmass.core.spec.Signature.Kind.COVARIANCE;
import static org.localmass.core.spec.Signature.Kind.INTEGER;
import static org.localmass.core.spec.Signature.Kind.LAW;
import static org.localmass.core.spec.Signature.Kind.MAP;
import static org.localmass.core.spec.Signature.Kind.NUMBER;
import static org.localmass.core.spec.Signature.Kind.VECTOR;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.localmass.core.measure.Compositions;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.MultivariateDistributions;
import org.localmass.core.measure.ShrinkagePriors;
import org.localmass.core.measure.Univariate;

/** The distributions of the text form. */
final class Signatures {
    static final List<Signature> ALL = List.of(
            law(
                    "normal",
                    "mu, sigma",
                    "exp(-(x-mu)^2/(2 sigma^2))",
                    a -> Distributions.normal(a.number(0), a.number(1))),
            alias(
                    "double_exponential",
                    "laplace",
                    "mu, sigma",
                    "exp(-|x-mu|/sigma)",
                    a -> Distributions.doubleExponential(a.number(0), a.number(1))),
            law(
                    "student_t",
                    "nu, mu, sigma",
                    "(1+((x-mu)/sigma)^2/nu)^(-(nu+1)/2)",
                    a -> Distributions.studentT(a.number(0), a.number(1), a.number(2))),
            law("cauchy", "mu, sigma", "1/(1+((x-mu)/sigma)^2)", a -> Distributions.cauchy(a.number(0), a.number(1))),
            law("half_cauchy", "sigma", "cauchy(0, sigma) on x > 0", a -> Distributions.halfCauchy(a.number(0))),
            law("half_normal", "sigma", "normal(0, sigma) on x > 0", a -> Distributions.halfNormal(a.number(0))),
            law(
                    "half_student_t",
                    "nu, sigma",
                    "student_t(nu, 0, sigma) on x > 0",
                    a -> Distributions.halfStudentT(a.number(0), a.number(1))),
            law(
                    "logistic",
                    "mu, sigma",
                    "e^-z/(1+e^-z)^2, z = (x-mu)/sigma",
                    a -> Distributions.logistic(a.number(0), a.number(1))),
            law(
                    "gumbel",
                    "mu, beta",
                    "exp(-z-e^-z), z = (x-mu)/beta",
                    a -> Distributions.gumbel(a.number(0), a.number(1))),
            law(
                    "generalized_normal",
                    "mu, sigma, shape",
                    "exp(-|(x-mu)/sigma|^shape)",
                    a -> Distributions.generalizedNormal(a.number(0), a.number(1), a.number(2))),
            law("uniform", "alpha, beta", "1 on (alpha, beta)", a -> Distributions.uniform(a.number(0), a.number(1))),
            law("exponential", "rate", "exp(-rate x), x > 0", a -> Distributions.exponential(a.number(0))),
            law(
                    "gamma",
                    "shape, rate",
                    "x^(shape-1) exp(-rate x), x > 0",
                    a -> Distributions.gamma(a.number(0), a.number(1))),
            law("chi_square", "nu", "gamma(nu/2, 1/2)", a -> Distributions.chiSquare(a.number(0))),
            law(
                    "inv_gamma",
                    "alpha, beta",
                    "x^(-alpha-1) exp(-beta/x), x > 0",
                    a -> Distributions.invGamma(a.number(0), a.number(1))),
            law("inv_chi_square", "nu", "inv_gamma(nu/2, 1/2)", a -> Distributions.invChiSquare(a.number(0))),
            law(
                    "beta",
                    "alpha, beta",
                    "x^(alpha-1) (1-x)^(beta-1) on (0, 1)",
                    a -> Distributions.beta(a.number(0), a.number(1))),
            law(
                    "weibull",
                    "alpha, sigma",
                    "survival exp(-(x/sigma)^alpha), x > 0",
                    a -> Distributions.weibull(a.number(0), a.number(1))),
            law(
                    "double_weibull",
                    "alpha, sigma",
                    "weibull with a random sign",
                    a -> Distributions.doubleWeibull(a.number(0), a.number(1))),
            law(
                    "frechet",
                    "alpha, sigma",
                    "cdf exp(-(x/sigma)^-alpha), x > 0",
                    a -> Distributions.frechet(a.number(0), a.number(1))),
            law(
                    "lognormal",
                    "mu, sigma",
                    "exp of normal(mu, sigma)",
                    a -> Distributions.lognormal(a.number(0), a.number(1))),
            law(
                    "pareto",
                    "y_min, alpha",
                    "survival (y_min/x)^alpha, x > y_min",
                    a -> Distributions.pareto(a.number(0), a.number(1))),
            law("symmetric_power", "a", "|x|^(a-1) exp(-x^2/2)", a -> Distributions.symmetricPower(a.number(0))),
            law(
                    "horseshoe",
                    "tau",
                    "normal(0, tau lambda), lambda half-Cauchy",
                    a -> ShrinkagePriors.horseshoe(a.number(0))),
            law(
                    "horseshoe_plus",
                    "tau",
                    "normal(0, tau lambda eta), both half-Cauchy",
                    a -> ShrinkagePriors.horseshoePlus(a.number(0))),
            law(
                    "tpb_normal",
                    "a, b",
                    "normal of beta-prime(a, b) variance",
                    a -> ShrinkagePriors.tpbNormal(a.number(0), a.number(1))),
            law(
                    "normal_gamma",
                    "shape, scale",
                    "normal of gamma(shape, 1/(2 scale^2)) variance",
                    a -> ShrinkagePriors.normalGamma(a.number(0), a.number(1))),
            law(
                    "dirichlet_laplace",
                    "a",
                    "double_exponential(0, psi), psi of gamma(a, 1/2)",
                    a -> ShrinkagePriors.dirichletLaplace(a.number(0))),
            law("log_singular", "", "-log|x|/2 on (-1, 1)", a -> ShrinkagePriors.logSingular()),
            law(
                    "power_log",
                    "a, h",
                    "|x|^(a-1) log(1/|x|)^h on |x| < 1/e",
                    a -> ShrinkagePriors.powerLog(a.number(0), a.number(1))),
            new Signature(
                    "log_cauchy",
                    List.of(),
                    List.of(optional("mu", 0), optional("sigma", 1)),
                    "exp of cauchy(mu, sigma)",
                    a -> ShrinkagePriors.logCauchy(a.number(0), a.number(1))),
            new Signature(
                    "hard_concrete",
                    List.of(),
                    List.of(
                            new Signature.Parameter("log_alpha", NUMBER, Double.NaN),
                            optional("beta", 2.0 / 3),
                            optional("gamma", -0.1),
                            optional("zeta", 1.1)),
                    "binary concrete of temperature beta, stretched to (gamma, zeta), clipped to [0, 1]",
                    a -> ShrinkagePriors.hardConcrete(a.number(0), a.number(1), a.number(2), a.number(3))),
            law("point", "location", "all mass at one point", a -> Compositions.point(a.number(0))),
            new Signature(
                    "spike_slab",
                    List.of(),
                    List.of(
                            new Signature.Parameter("w", NUMBER, Double.NaN),
                            new Signature.Parameter("slab", LAW, Double.NaN)),
                    "mass 1 - w at 0 and w times the slab",
                    a -> Compositions.spikeSlab(a.number(0), a.law(1))),
            new Signature(
                    "spike_slab_product",
                    List.of(),
                    List.of(
                            new Signature.Parameter("w", NUMBER, Double.NaN),
                            new Signature.Parameter("slab", LAW, Double.NaN),
                            new Signature.Parameter("d", INTEGER, Double.NaN)),
                    "d independent spike_slab(w, slab)",
                    a -> Compositions.spikeSlabProduct(a.number(0), a.law(1), a.integer(2))),
            new Signature(
                    "truncate",
                    List.of(),
                    List.of(
                            new Signature.Parameter("law", LAW, Double.NaN),
                            new Signature.Parameter("lower", NUMBER, Double.NaN),
                            new Signature.Parameter("upper", NUMBER, Double.NaN)),
                    "the law given lower <= x <= upper",
                    a -> Compositions.truncate(a.law(0), a.number(1), a.number(2))),
            new Signature(
                    "affine",
                    List.of(),
                    List.of(
                            new Signature.Parameter("law", LAW, Double.NaN),
                            new Signature.Parameter("loc", NUMBER, Double.NaN),
                            new Signature.Parameter("scale", NUMBER, Double.NaN)),
                    "loc + scale x for x of the law",
                    a -> Compositions.affine(a.law(0), a.number(1), a.number(2))),
            new Signature(
                    "transform",
                    List.of(),
                    List.of(
                            new Signature.Parameter("map", MAP, Double.NaN),
                            new Signature.Parameter("law", LAW, Double.NaN)),
                    "map(x) for x of the law; maps: exp, log, inv_logit, power(s)",
                    a -> transformed(a.map(0), a.law(1))),
            new Signature(
                    "multi_normal",
                    List.of("mvnormal"),
                    List.of(
                            new Signature.Parameter("mu", VECTOR, Double.NaN),
                            new Signature.Parameter("Sigma", COVARIANCE, Double.NaN)),
                    "multivariate normal; Sigma is a variance, a list of variances or a matrix, singular allowed",
                    a -> {
                        double[] mean = a.vector(0);
                        return MultivariateDistributions.multiNormal(mean, a.covariance(1, mean.length));
                    }),
            new Signature(
                    "multi_student_t",
                    List.of("mvt"),
                    List.of(
                            new Signature.Parameter("nu", NUMBER, Double.NaN),
                            new Signature.Parameter("mu", VECTOR, Double.NaN),
                            new Signature.Parameter("Sigma", COVARIANCE, Double.NaN)),
                    "multivariate Student t",
                    a -> {
                        double[] mean = a.vector(1);
                        return MultivariateDistributions.multiStudentT(a.number(0), mean, a.covariance(2, mean.length));
                    }),
            new Signature(
                    "neal_funnel",
                    List.of(),
                    List.of(new Signature.Parameter("n", INTEGER, Double.NaN), optional("sd_v", 3)),
                    "v of normal(0, sd_v), then x1..xn of normal(0, e^(v/2)); coordinates v, x1..xn",
                    a -> MultivariateDistributions.nealFunnel(a.integer(0), a.number(1))),
            new Signature(
                    "radial_power",
                    List.of(),
                    List.of(
                            new Signature.Parameter("d", INTEGER, Double.NaN),
                            new Signature.Parameter("b", NUMBER, Double.NaN),
                            optional("R", 1)),
                    "|x|^-b on the ball of radius R in R^d",
                    a -> MultivariateDistributions.radialPower(a.integer(0), a.number(1), a.number(2))),
            new Signature(
                    "dirichlet",
                    List.of(),
                    List.of(new Signature.Parameter("alpha", VECTOR, Double.NaN)),
                    "prod x_k^(alpha_k-1) in the coordinates x_1..x_(K-1)",
                    a -> MultivariateDistributions.dirichlet(a.vector(0))));

    private Signatures() {}

    private static Signature.Parameter optional(String name, double otherwise) {
        return new Signature.Parameter(name, NUMBER, otherwise);
    }

    private static Signature law(
            String name, String parameters, String description, Function<Arguments, Distribution> build) {
        return signature(name, List.of(), parameters, description, build);
    }

    private static Signature alias(
            String name, String alias, String parameters, String description, Function<Arguments, Distribution> build) {
        return signature(name, List.of(alias), parameters, description, build);
    }

    private static Signature signature(
            String name,
            List<String> aliases,
            String parameters,
            String description,
            Function<Arguments, Distribution> build) {
        List<Signature.Parameter> list = new ArrayList<>();
        for (String parameter : parameters.split(", ", -1)) {
            if (!parameter.isEmpty()) {
                list.add(new Signature.Parameter(parameter, NUMBER, Double.NaN));
            }
        }
        return new Signature(name, aliases, List.copyOf(list), description, build);
    }

    private static Univariate transformed(Value.Map map, Univariate law) {
        return switch (map.name()) {
            case "exp" -> Compositions.exp(law);
            case "log" -> Compositions.log(law);
            case "inv_logit" -> Compositions.inverseLogit(law);
            default -> Compositions.power(((Value.Scalar) map.arguments().get(0)).value(), law);
        };
    }
}
