package org.localmass.core.updating;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.index.MassIndex;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.measure.AccuracySection;
import org.localmass.core.measure.Errors;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.Vectors;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

/**
 * The cases of updating.json: prior and factor are stated here; exponents, constant, index, atom and masses of the
 * posterior are the reference. Normalising constants are computed from the inputs.
 */
public final class UpdatingCases {
    /** Of exponents and constants, relative. */
    static final double EXACT = 5e-15;

    private UpdatingCases() {}

    /** A prior, a factor, and the log of the integral of the whole likelihood. */
    record Question(BayesianUpdate prior, LikelihoodFactor factor, double logNormaliser) {}

    static Question question(JsonNode c) {
        JsonNode in = c.get("inputs");
        return switch (c.get("kind").asText()) {
            case "beta_binomial" -> betaBinomial(in);
            case "gamma_poisson" -> gammaPoisson(in);
            case "power_log" -> powerLog(in, n(in, "a"), n(in, "b"));
            case "power_log_kappa0_prior" -> powerLog(in, 0, -2);
            case "power_log_on_atom" -> powerLogOnAtom(in);
            case "uniform_scale_support" -> uniformScale(in);
            case "weibull_endpoint" -> weibullEndpoint(in);
            case "cusp_support" -> cusp(in);
            case "halfspace_support" -> ask("product(normal(0, 1), normal(0, 1))", 0, "half()", Math.log(0.5));
            case "soft_hinge" -> hinge(n(in, "g"));
            case "leading_part_not_integrable" -> disc(LikelihoodFactor.coordinatePowers(-1, 0), 0);
            case "logistic_softening" -> logistic(n(in, "delta"), n(in, "eps"));
            case "flat_factor" ->
                new Question(
                        prior("uniform(-1, 1)", 0),
                        LikelihoodFactor.flat(1, n(in, "s")),
                        Math.log(integral(x -> Math.exp(-Math.pow(x, -n(in, "s"))), 0, 1)));
            case "anisotropic_product_factor" -> anisotropic(Vectors.numbers(in.get("g")));
            case "spike_slab_normal_mean" -> spikeSlab(in);
            default -> throw new AssertionError(c);
        };
    }

    private static Question betaBinomial(JsonNode in) {
        double a = n(in, "a");
        double b = n(in, "b");
        double successes = n(in, "k");
        double failures = n(in, "n") - successes;
        double point = n(in, "point");
        return new Question(
                prior("beta(" + a + ", " + b + ")", point),
                LikelihoodFactor.powerLog(point == 0 ? successes : failures, 0),
                LogBeta.value(a + successes, b + failures) - LogBeta.value(a, b));
    }

    private static Question gammaPoisson(JsonNode in) {
        double shape = n(in, "shape");
        double rate = n(in, "rate");
        double events = n(in, "sum_y");
        double logNormaliser = shape * Math.log(rate)
                - LogGamma.value(shape)
                + LogGamma.value(shape + events)
                - (shape + events) * Math.log(rate + n(in, "n"));
        return new Question(
                prior("gamma(" + shape + ", " + rate + ")", 0), LikelihoodFactor.powerLog(events, 0), logNormaliser);
    }

    /** Density |x|^(a-1) L^b on |x| < 1/e, factor |x|^g L^h; integrals over L. */
    private static Question powerLog(JsonNode in, double a, double b) {
        double g = n(in, "g");
        double h = n(in, "h");
        double before = integral(a, b);
        double after = integral(a + g, b + h);
        return new Question(
                prior("power_log(" + a + ", " + b + ")", 0), LikelihoodFactor.powerLog(g, h), Math.log(after / before));
    }

    /** Integral of exp(-kL) L^b over L > 1; 1 where it is infinite. */
    private static double integral(double k, double b) {
        if (k == 0) {
            return b < -1 ? -1 / (b + 1) : 1;
        }
        return k > 0 ? integral(l -> Math.exp(-k * l) * Math.pow(l, b), 1, 1 + 60 / k) : 1;
    }

    private static Question powerLogOnAtom(JsonNode in) {
        double g = n(in, "g");
        double h = n(in, "h");
        double w = n(in, "w");
        double logNormaliser = Math.log(w * Math.E * Math.max(integral(1 + g, h) * Math.exp(g), 1e-300));
        return new Question(
                prior("mixture(" + (1 - w) + "*point(0) + " + w + "*uniform(-1, 1))", 0),
                LikelihoodFactor.powerLog(g, h),
                logNormaliser);
    }

    private static Question uniformScale(JsonNode in) {
        double largest = n(in, "x_max");
        double point = n(in, "point");
        double size = n(in, "n");
        LikelihoodFactor factor = point == largest
                ? LikelihoodFactor.half().times(LikelihoodFactor.regular(Math.pow(largest, -size)))
                : LikelihoodFactor.outside();
        return new Question(
                prior("gamma(2, 1)", point),
                factor,
                Math.log(integral(x -> Math.pow(x, 1 - size) * Math.exp(-x), largest, 60)));
    }

    /** The factor y^(k(c-1)) exp(-k y^c), y the distance to the smallest observation. */
    private static Question weibullEndpoint(JsonNode in) {
        double c = n(in, "shape");
        double k = n(in, "ties");
        double power = k * (c - 1);
        // y = v^m takes the pole away
        double m = power > -1 ? 1 / (1 + power) : 1;
        double total = power > -1 ? integral(v -> m * Math.exp(-k * Math.pow(v, m * c)), 0, 1) : 1;
        return new Question(
                prior("uniform(0, " + n(in, "observation") + ")", n(in, "observation")),
                LikelihoodFactor.powerLog(power, 0),
                Math.log(total));
    }

    /** The set |x| < y^t in the unit disc. */
    private static Question cusp(JsonNode in) {
        double t = n(in, "t");
        double high = 1;
        double low = 0;
        for (int i = 0; i < 200; i++) {
            double middle = 0.5 * (low + high);
            if (Math.pow(middle, 2 * t) + middle * middle < 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double area = 2 * Math.pow(low, t + 1) / (t + 1) + Math.acos(low) - low * Math.sqrt((1 - low) * (1 + low));
        // {|x| < y^t} is {y > |x|^(1/t)}
        return disc(LikelihoodFactor.graph(1 / t), Math.log(area / Math.PI));
    }

    static Question disc(LikelihoodFactor factor, double logNormaliser) {
        LocalLaw law = LocalLaw.ofDensity(-Math.log(Math.PI), 2, Norm.l2());
        return new Question(BayesianUpdate.of(law, 2, Norm.l2()), factor, logNormaliser);
    }

    private static Question hinge(double g) {
        return ask(
                "product(normal(0, 1), normal(0, 1))", 0, "hinge(" + g + ")", g > -1 ? logMoment(g) - Math.log(2) : 0);
    }

    private static Question anisotropic(double... g) {
        double logNormaliser = 0;
        for (double one : g) {
            logNormaliser += one > -1 ? logMoment(one) : 0;
        }
        return new Question(
                prior("product(normal(0, 1), normal(0, 1))", 0), LikelihoodFactor.coordinatePowers(g), logNormaliser);
    }

    /** log E|x|^g under normal(0, 1). */
    private static double logMoment(double g) {
        return 0.5 * g * Math.log(2) + LogGamma.value(0.5 * (g + 1)) - 0.5 * Math.log(Math.PI);
    }

    private static Question logistic(double delta, double width) {
        double value = 1 / (1 + Math.exp(delta / width));
        double total = integral(x -> 0.5 / (1 + Math.exp((delta - x) / width)), -1, 1);
        return ask("uniform(-1, 1)", 0, "soft(" + value + ")", Math.log(total));
    }

    private static Question spikeSlab(JsonNode in) {
        double y = n(in, "y");
        double share = n(in, "pi");
        double variance = n(in, "tau2");
        double spike = (1 - share) * Math.exp(-y * y / 2);
        double slab = share * Math.exp(-y * y / (2 * (1 + variance))) / Math.sqrt(1 + variance);
        return ask(
                "spike_slab(" + share + ", normal(0, " + Math.sqrt(variance) + "))",
                0,
                "regular(exp(" + -y * y / 2 + "))",
                Math.log(spike + slab));
    }

    private static Question ask(String prior, double point, String factor, double logNormaliser) {
        return new Question(prior(prior, point), LikelihoodFactor.parse(factor), logNormaliser);
    }

    private static BayesianUpdate prior(String text, double point) {
        var law = DistributionText.parse(text);
        double[] at = new double[law.dimension()];
        at[0] = point;
        return BayesianUpdate.of(law, at, Norm.l2());
    }

    private static double integral(DoubleUnaryOperator f, double from, double to) {
        double[] cuts = new double[41];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = from + (to - from) * Math.pow(i / 40.0, 4);
        }
        return Quadrature.integrate(f, cuts, 1e-15, 0, 200_000).value();
    }

    private static double n(JsonNode in, String name) {
        return Vectors.number(in.get(name));
    }

    /** One row for each kind of number; which updates are improper is asserted by the test. */
    static List<Errors> rows() {
        Errors exponents = Errors.of("kappa and beta", EXACT);
        Errors constants = Errors.of("C, with the normalising constant computed from the inputs", EXACT);
        Errors atoms = Errors.of("atom", EXACT);
        Errors indices = Errors.of("power and log of the Mass Index", EXACT);
        for (JsonNode c : Vectors.cases("updating.json")) {
            JsonNode expected = c.get("expected");
            Question question = question(c);
            if (!expected.get("proper").asBoolean() || isLeadingPart(c)) {
                continue;
            }
            String label = c.get("kind").asText() + " " + c.get("inputs");
            Update update =
                    question.prior.withLogNormaliser(question.logNormaliser).apply(question.factor);
            if (!(update instanceof Update.Proper proper)) {
                constants.add(label, Double.POSITIVE_INFINITY);
                continue;
            }
            LocalLaw law = proper.law();
            add(exponents, label, law.kappa(), expected.get("posterior_kappa"));
            add(exponents, label, law.beta(), expected.get("posterior_beta"));
            add(constants, label, Math.exp(law.logConstant()), expected.get("posterior_C"));
            add(atoms, label, law.atomMass(), expected.get("posterior_atom"));
            MassIndex index = MassIndex.of(law, c.get("d").intValue());
            add(indices, label, index.power().estimate(), expected.get("posterior_MI_pow"));
            add(indices, label, index.log().estimate(), expected.get("posterior_MI_log"));
        }
        return List.of(exponents, constants, atoms, indices);
    }

    /** The factor of this case is not the one that the update is given: only its leading part. */
    static boolean isLeadingPart(JsonNode c) {
        return c.get("kind").asText().equals("leading_part_not_integrable");
    }

    private static void add(Errors row, String label, double actual, JsonNode expected) {
        if (expected != null && !expected.isNull()) {
            row.addValue(label, actual, expected);
        }
    }

    public static AccuracySection section() {
        return new AccuracySection(
                "Bayesian updating",
                """
                Exponents, constants, atoms and indices of posteriors (docs/theory.md, T4.1 to T4.5). Exponents are
                sums, exact to half a unit in the last place; the error of a constant is that of the normalising
                constant, which these cases integrate.""",
                rows());
    }
}
