package org.localmass.core.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.RegionExpression;

/**
 * Shrinkage priors, gates, and laws with logarithms at 0.
 *
 * <p>Accuracy: relative error of masses at most 5e-14, from 1 down to 1e-300; below, of the log mass.
 * <br>Source: docs/theory.md section 3.
 */
public final class ShrinkagePriors {
    private static final double LOG_2 = Math.log(2);
    private static final double LOG_PI = Math.log(Math.PI);
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double BIG = 1e150;

    private ShrinkagePriors() {}

    /** {@code horseshoe(tau)}: normal with standard deviation tau times a half-Cauchy. */
    public static Univariate horseshoe(double tau) {
        double twoOverPi = 2 / Math.PI;
        ScaleMixture mixture = new ScaleMixture(
                ScaleMixture.Kernel.NORMAL,
                1,
                s -> twoOverPi / (1 + s * s),
                s -> Math.log(twoOverPi) - logOnePlusSquare(s),
                0.4);
        double logConstant = LOG_2 - 0.5 * Math.log(2 * Math.PI * Math.PI * Math.PI);
        return scaled(
                tau,
                "horseshoe",
                mixture,
                LocalLaw.of(1, 1, logConstant),
                LocalLaw.of(1, 0, logConstant),
                random -> halfCauchy(random) * Math.abs(Normal.STANDARD.sample(random)));
    }

    /** {@code horseshoe_plus(tau)}: normal with standard deviation tau times a product of two half-Cauchys. */
    public static Univariate horseshoePlus(double tau) {
        double factor = 4 / (Math.PI * Math.PI);
        ScaleMixture mixture = new ScaleMixture(
                ScaleMixture.Kernel.NORMAL,
                1,
                s -> factor * logOverSquare(s),
                s -> Math.log(factor)
                        + (s > BIG ? Math.log(Math.log(s)) - 2 * Math.log(s) : Math.log(logOverSquare(s))),
                1);
        double logConstant = LOG_2 - 0.5 * LOG_TWO_PI - 2 * LOG_PI;
        return scaled(
                tau,
                "horseshoe_plus",
                mixture,
                LocalLaw.of(1, 2, logConstant),
                LocalLaw.of(1, 1, logConstant + LOG_2),
                random -> halfCauchy(random) * halfCauchy(random) * Math.abs(Normal.STANDARD.sample(random)));
    }

    /** \( \log s/(s^2-1) \), 1/2 at 1. */
    private static double logOverSquare(double s) {
        double gap = s - 1;
        if (Math.abs(gap) < 1e-4) {
            return (1 - gap / 2 + gap * gap / 3) / (s + 1);
        }
        return s > BIG ? Math.log(s) / s / s : Math.log(s) / (gap * (s + 1));
    }

    private static double logOnePlusSquare(double s) {
        return s > BIG ? 2 * Math.log(s) : Math.log1p(s * s);
    }

    private static double halfCauchy(UniformRandomProvider random) {
        return Math.tan(0.5 * Math.PI * random.nextDouble());
    }

    private static double gamma(UniformRandomProvider random, double shape) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, 1).sample();
    }

    private static Univariate scaled(
            double tau,
            String name,
            ScaleMixture mixture,
            LocalLaw atZero,
            LocalLaw atInfinity,
            ToDoubleFunction<UniformRandomProvider> size) {
        return Affine.of(
                law(TextForm.scale(name), mixture, atZero, atInfinity, ExponentialTail.HEAVIER, size),
                0,
                Arguments.positive("tau", tau));
    }

    private static EvenLaw law(
            TextForm form,
            ScaleMixture mixture,
            LocalLaw atZero,
            LocalLaw atInfinity,
            ExponentialTail thin,
            ToDoubleFunction<UniformRandomProvider> size) {
        boolean pole = atZero.kappa() < 1 || atZero.beta() > 0;
        return EvenLaw.pointed(
                form,
                new EvenLaw.Formulas(
                        x -> x == 0 ? (pole ? Double.POSITIVE_INFINITY : atZero.logConstant()) : mixture.logDensity(x),
                        mixture::beside,
                        x -> x == 0 ? Mass.of(0.5) : mixture.tail(x),
                        atZero,
                        atInfinity,
                        thin,
                        size));
    }

    /**
     * {@code tpb_normal(a, b)}, the three-parameter-beta normal: normal whose variance is beta-prime(a, b);
     * {@code tpb_normal(0.5, 0.5)} is the horseshoe.
     */
    public static Univariate tpbNormal(double a, double b) {
        Arguments.positive("a", a);
        Arguments.positive("b", b);
        double logBeta = LogBeta.value(a, b);
        double factor = Math.exp(LOG_2 - logBeta);
        ScaleMixture mixture = new ScaleMixture(
                ScaleMixture.Kernel.NORMAL,
                2 * a,
                s -> factor * Math.exp(-(a + b) * logOnePlusSquare(s)),
                s -> LOG_2 - logBeta - (a + b) * logOnePlusSquare(s),
                0.35 * (a + b));
        LocalLaw atZero = a < 0.5
                ? LocalLaw.of(
                        2 * a, 0, -LOG_2 - a * LOG_2 + LogGamma.value(0.5 - a) - 0.5 * LOG_PI - Math.log(a) - logBeta)
                : a == 0.5
                        ? LocalLaw.of(1, 1, LOG_2 - 0.5 * LOG_TWO_PI - logBeta)
                        : LocalLaw.of(1, 0, -0.5 * LOG_TWO_PI + LogBeta.value(a - 0.5, b + 0.5) - logBeta);
        LocalLaw atInfinity = LocalLaw.of(
                2 * b, 0, -LOG_2 + b * LOG_2 + LogGamma.value(b + 0.5) - 0.5 * LOG_PI - Math.log(b) - logBeta);
        return law(
                TextForm.fixed("tpb_normal", a, b),
                mixture,
                atZero,
                atInfinity,
                ExponentialTail.HEAVIER,
                random -> Math.sqrt(gamma(random, a) / gamma(random, b)) * Math.abs(Normal.STANDARD.sample(random)));
    }

    /** {@code normal_gamma(shape, scale)}: normal whose variance is gamma(shape, 1/(2 scale^2)). */
    public static Univariate normalGamma(double shape, double scale) {
        Arguments.positive("shape", shape);
        double logFactor = LOG_2 - shape * LOG_2 - LogGamma.value(shape);
        double factor = Math.exp(logFactor);
        ScaleMixture mixture = new ScaleMixture(
                ScaleMixture.Kernel.NORMAL,
                2 * shape,
                s -> factor * Math.exp(-0.5 * s * s),
                s -> logFactor - 0.5 * s * s,
                shape);
        LocalLaw atZero = shape < 0.5
                ? LocalLaw.of(
                        2 * shape,
                        0,
                        -LOG_2
                                + LogGamma.value(0.5 - shape)
                                - 2 * shape * LOG_2
                                - 0.5 * LOG_PI
                                - Math.log(shape)
                                - LogGamma.value(shape))
                : shape == 0.5
                        ? LocalLaw.of(1, 1, -LOG_PI)
                        : LocalLaw.of(
                                1, 0, -LOG_2 + LogGamma.value(shape - 0.5) - 0.5 * LOG_PI - LogGamma.value(shape));
        return Affine.of(
                law(
                        (loc, own) -> loc == 0 ? TextForm.call("normal_gamma", shape, own) : null,
                        mixture,
                        atZero,
                        LocalLaw.vanishing(),
                        new ExponentialTail(1, shape - 1, -LogGamma.value(shape) - shape * LOG_2),
                        random -> Math.sqrt(2 * gamma(random, shape)) * Math.abs(Normal.STANDARD.sample(random))),
                0,
                Arguments.positive("scale", scale));
    }

    /** {@code dirichlet_laplace(a)}, the marginal of the Dirichlet-Laplace prior: Laplace of scale gamma(a, 1/2). */
    public static Univariate dirichletLaplace(double a) {
        Arguments.positive("a", a);
        double logFactor = -a * LOG_2 - LogGamma.value(a);
        double factor = Math.exp(logFactor);
        ScaleMixture mixture = new ScaleMixture(
                ScaleMixture.Kernel.LAPLACE, a, s -> factor * Math.exp(-0.5 * s), s -> logFactor - 0.5 * s, a);
        LocalLaw atZero = a < 1
                ? LocalLaw.of(a, 0, -LOG_2 + LogGamma.value(1 - a) - a * LOG_2 - LogGamma.value(1 + a))
                : a == 1 ? LocalLaw.of(1, 1, -2 * LOG_2) : LocalLaw.of(1, 0, -2 * LOG_2 - Math.log(a - 1));
        return law(
                TextForm.fixed("dirichlet_laplace", a),
                mixture,
                atZero,
                LocalLaw.vanishing(),
                ExponentialTail.HEAVIER,
                random -> 2
                        * gamma(random, a)
                        * ZigguratSampler.Exponential.of(random).sample());
    }

    /** {@code log_singular()}: density \( -\log|x|/2 \) on (-1, 1). */
    public static Univariate logSingular() {
        return EvenLaw.bounded(
                TextForm.fixed("log_singular"),
                new EvenLaw.Formulas(
                        x -> x < 1 ? Math.log(-Math.log(x)) - LOG_2 : Double.NEGATIVE_INFINITY,
                        x -> x < 1 ? Mass.of(x).times(0.5 * (1 - Math.log(x))) : Mass.of(0.5),
                        x -> x < 1 ? besideOne(1 - x) : Mass.ZERO,
                        LocalLaw.of(1, 1, -LOG_2),
                        LocalLaw.vanishing(),
                        ExponentialTail.THINNER,
                        random -> random.nextDouble() * random.nextDouble()),
                1,
                ShrinkagePriors::besideOne,
                LocalLaw.of(2, 0, -2 * LOG_2));
    }

    /** \( (1-x+x\log x)/2 \) at x = 1 - h: \( h^2/2\,(1/2 + h/6 + h^2/12 + \dots) \). */
    private static Mass besideOne(double h) {
        if (h == 1) {
            return Mass.of(0.5);
        }
        if (h > 0.1) {
            return Mass.of(0.5 * (h + (1 - h) * Math.log1p(-h)));
        }
        double sum = 0;
        double power = 1;
        for (int n = 2; power > 1e-18; n++) {
            sum += power / (n * (n - 1.0));
            power *= h;
        }
        return Mass.power(h, 2).times(0.5 * sum);
    }

    /**
     * {@code power_log(a, h)}: density prop to \( |x|^{a-1}\log(1/|x|)^h \) on \( |x| < 1/e \).
     *
     * @param a positive with h above -1, or 0 with h below -1
     */
    public static Univariate powerLog(double a, double h) {
        if (!(a > 0 && h > -1) && !(a == 0 && h < -1)) {
            throw new IllegalArgumentException(
                    "a and h must be a > 0 with h > -1, or a = 0 with h < -1, were " + a + " and " + h);
        }
        double end = Math.exp(-1);
        double s = h + 1;
        // log of the integral of L^h e^(-aL) over L > 1
        double logTotal = a == 0 ? -Math.log(-s) : GammaShare.upper(s, a).log() + LogGamma.value(s) - s * Math.log(a);
        LocalLaw atZero = a == 0 ? LocalLaw.of(0, s, -LOG_2) : LocalLaw.of(a, h, -LOG_2 - Math.log(a) - logTotal);
        EvenLaw.Formulas formulas = new EvenLaw.Formulas(
                x -> x < end
                        ? -LOG_2 - logTotal + (a - 1) * Math.log(x) + h * Math.log(-Math.log(x))
                        : Double.NEGATIVE_INFINITY,
                x -> powerLogMass(a, s, logTotal, x),
                x -> x < end ? Mass.of(0.5).minus(powerLogMass(a, s, logTotal, x)) : Mass.ZERO,
                atZero,
                LocalLaw.vanishing(),
                ExponentialTail.THINNER,
                random -> powerLogDraw(a, h, random));
        double logAtEnd = -LOG_2 - logTotal + 1 - a;
        return EvenLaw.bounded(
                TextForm.fixed("power_log", a, h),
                formulas,
                end,
                width -> powerLogBesideEnd(formulas, end, width, a, h, logTotal),
                LocalLaw.of(1, 0, logAtEnd));
    }

    private static Mass powerLogMass(double a, double s, double logTotal, double x) {
        if (x == 0) {
            return Mass.ZERO;
        }
        double log = -Math.log(x);
        if (!(log > 1)) {
            return Mass.of(0.5);
        }
        if (a == 0) {
            return Mass.power(log, s).times(0.5);
        }
        Mass integral = a * log > 2 * s + 20
                ? Mass.power(x, a).times(Mass.ofLog(s * Math.log(log))).times(GammaShare.fraction(s, a * log))
                : GammaShare.upper(s, a * log).times(Mass.ofLog(LogGamma.value(s) - s * Math.log(a)));
        return integral.times(Mass.ofLog(-LOG_2 - logTotal));
    }

    private static Mass powerLogBesideEnd(
            EvenLaw.Formulas formulas, double end, double width, double a, double h, double logTotal) {
        if (width > 0.25 * end) {
            return Mass.of(0.5).minus(width < end ? formulas.beside().apply(end - width) : Mass.ZERO);
        }
        // in L = 1 - log(1 - width/end), where the density is L^h e^(-aL)
        double length = -Math.log1p(-width / end);
        Quadrature.Result result = Quadrature.integrate(
                v -> Math.exp(h * Math.log1p(length * v) - a * length * v), new double[] {0, 1}, 1e-15, 0, 100_000);
        return Mass.of(length).times(result.value()).times(Mass.ofLog(-a - LOG_2 - logTotal));
    }

    /** L above 1 from the density prop to L^h e^(-aL). */
    private static double powerLogDraw(double a, double h, UniformRandomProvider random) {
        if (a == 0) {
            return Math.exp(-Math.pow(1 - random.nextDouble(), 1 / (h + 1)));
        }
        if (h <= 0) {
            while (true) {
                double length = 1 + ZigguratSampler.Exponential.of(random).sample() / a;
                if (random.nextDouble() <= Math.pow(length, h)) {
                    return Math.exp(-length);
                }
            }
        }
        // exponential proposal of half the rate: L^h e^(-aL/2) has its largest value at L = max(1, 2h/a)
        double top = Math.max(1, 2 * h / a);
        while (true) {
            double length = 1 + 2 * ZigguratSampler.Exponential.of(random).sample() / a;
            double log = h * Math.log(length / top) - 0.5 * a * (length - top);
            if (Math.log(1 - random.nextDouble()) <= log) {
                return Math.exp(-length);
            }
        }
    }

    /** {@code log_cauchy(mu, sigma)}: the law of exp(X) for a Cauchy X. */
    public static Univariate logCauchy(double mu, double sigma) {
        Arguments.finite("mu", mu);
        Arguments.positive("sigma", sigma);
        double logConstant = Math.log(sigma) - LOG_PI;
        return PositiveLaw.of(
                TextForm.fixed("log_cauchy", mu, sigma),
                new PositiveLaw.Formulas(
                        x -> {
                            double z = (Math.log(x) - mu) / sigma;
                            return x == 0
                                    ? Double.POSITIVE_INFINITY
                                    : -LOG_PI - Math.log(sigma) - Math.log(x) - Math.log1p(z * z);
                        },
                        x -> Mass.of(Math.atan2(sigma, mu - Math.log(x)) / Math.PI),
                        x -> Mass.of(Math.atan2(sigma, Math.log(x) - mu) / Math.PI),
                        LocalLaw.of(0, -1, logConstant),
                        LocalLaw.of(0, -1, logConstant),
                        ExponentialTail.HEAVIER,
                        random -> Math.exp(mu + sigma * Math.tan(Math.PI * (random.nextDouble() - 0.5)))));
    }

    /**
     * {@code hard_concrete(log_alpha, beta, gamma, zeta)}: a gate on [0, 1] with atoms at both ends: the binary concrete
     * law of temperature beta, stretched to (gamma, zeta) and clipped.
     *
     * @param beta  temperature, positive
     * @param gamma below 0
     * @param zeta  above 1
     */
    public static Univariate hardConcrete(double logAlpha, double beta, double gamma, double zeta) {
        Arguments.finite("log_alpha", logAlpha);
        Arguments.positive("beta", beta);
        if (!(gamma < 0) || !(zeta > 1) || !Double.isFinite(zeta - gamma)) {
            throw new IllegalArgumentException(
                    "gamma and zeta must be gamma < 0 and zeta > 1, were " + gamma + " and " + zeta);
        }
        double width = zeta - gamma;
        // logits of the places of 0 and 1 in the stretched interval
        double low = beta * Math.log(-gamma / zeta) - logAlpha;
        double high = beta * Math.log((1 - gamma) / (zeta - 1)) - logAlpha;
        double atZero = sigmoid(low);
        double atOne = sigmoid(-high);
        double inner = sigmoid(high) * sigmoid(-low) * -Math.expm1(low - high);
        if (!(atZero > 0 && atOne > 0 && inner > 0)) {
            throw new IllegalArgumentException("log_alpha must leave mass at 0, at 1 and between, was " + logAlpha);
        }
        double logInner = Math.log(inner);
        Univariate interior = UnitLaw.of(
                TextForm.fixed("hard_concrete_interior", logAlpha, beta, gamma, zeta),
                new UnitLaw.Formulas(
                        (x, rest) -> {
                            double s = (x - gamma) / width;
                            double t = (rest + zeta - 1) / width;
                            double logit = beta * (Math.log(s) - Math.log(t)) - logAlpha;
                            return Math.log(beta * sigmoid(logit) * sigmoid(-logit) / (s * t * width)) - logInner;
                        },
                        (x, rest) -> {
                            double step = beta * (Math.log1p(x / -gamma) - Math.log1p(-x / zeta));
                            return Mass.of(sigmoid(low + step) * sigmoid(-low) * -Math.expm1(-step) / inner);
                        },
                        (x, rest) -> {
                            double step = beta * (Math.log1p(rest / (zeta - 1)) - Math.log1p(-rest / (1 - gamma)));
                            return Mass.of(sigmoid(high) * sigmoid(step - high) * -Math.expm1(-step) / inner);
                        },
                        edge(beta, low, -gamma, zeta, width, logInner),
                        edge(beta, high, 1 - gamma, zeta - 1, width, logInner),
                        random -> {
                            double u = atZero + inner * random.nextDouble();
                            double logit = (Math.log(u) - Math.log1p(-u) + logAlpha) / beta;
                            return Math.max(0, Math.min(1, gamma + width * sigmoid(logit)));
                        }));
        String name = "hard_concrete(" + RegionExpression.textOf(logAlpha)
                + (beta == 2.0 / 3 && gamma == -0.1 && zeta == 1.1
                        ? ")"
                        : ", " + RegionExpression.textOf(beta) + ", " + RegionExpression.textOf(gamma) + ", "
                                + RegionExpression.textOf(zeta) + ")");
        return Mixture.named(name, List.of(Dirac.of(0), Dirac.of(1), interior), new double[] {atZero, atOne, inner});
    }

    /** Density of the interior at an end whose distances from the ends of the stretched interval are given. */
    private static LocalLaw edge(double beta, double logit, double below, double above, double width, double logInner) {
        return LocalLaw.of(
                1, 0, Math.log(beta * sigmoid(logit) * sigmoid(-logit) * width / (below * above)) - logInner);
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }
}
