package org.localmass.core.measure;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.localmass.core.internal.Arguments;

/**
 * Standard distributions on the line, with Stan's names, arguments and meaning where Stan has them.
 *
 * <p>Accuracy: relative error of masses at most 5e-14, from 1 down to 1e-300; below, of the log mass.
 * <br>Source: docs/theory.md section 3.
 */
public final class Distributions {
    private static final double LOG_2 = Math.log(2);
    private static final double LOG_PI = Math.log(Math.PI);

    private static final EvenLaw LAPLACE = EvenLaw.pointed(
                    TextForm.locationScale("double_exponential"),
                    new EvenLaw.Formulas(
                            x -> -x - LOG_2,
                            x -> Mass.of(-0.5 * Math.expm1(-x)),
                            x -> Mass.ofLog(-x).times(0.5),
                            LocalLaw.of(1, 0, -LOG_2),
                            LocalLaw.vanishing(),
                            new ExponentialTail(1, 0, -LOG_2),
                            Distributions::standardExponential))
            .withSlope(x -> -1);
    private static final EvenLaw CAUCHY = cauchy(TextForm.locationScale("cauchy"));
    private static final EvenLaw LOGISTIC = EvenLaw.smooth(
                    TextForm.locationScale("logistic"),
                    new EvenLaw.Formulas(
                            x -> -x - 2 * Math.log1p(Math.exp(-x)),
                            x -> Mass.of(0.5 * Math.tanh(0.5 * x)),
                            x -> Mass.ofLog(-x).times(1 / (1 + Math.exp(-x))),
                            LocalLaw.of(1, 0, -2 * LOG_2),
                            LocalLaw.vanishing(),
                            new ExponentialTail(1, 0, 0),
                            random -> {
                                double u = 0.5 * random.nextDouble();
                                return Math.log1p(-u) - Math.log(u);
                            }))
            .withSlope(x -> -Math.tanh(0.5 * x));
    private static final EvenLaw NORMAL = EvenLaw.smooth(
                    TextForm.locationScale("normal"),
                    new EvenLaw.Formulas(
                            Normal.STANDARD::logDensity,
                            x -> Normal.STANDARD.ballMass(0, x).times(0.5),
                            Normal.STANDARD::upper,
                            LocalLaw.of(1, 0, Normal.STANDARD.logDensity(0)),
                            LocalLaw.vanishing(),
                            ExponentialTail.THINNER,
                            random -> Math.abs(Normal.STANDARD.sample(random))))
            .withSlope(x -> -x);
    private static final UnitLaw.Formulas UNIFORM = new UnitLaw.Formulas(
            (x, rest) -> 0.0,
            (x, rest) -> Mass.of(x),
            (x, rest) -> Mass.of(rest),
            LocalLaw.of(1, 0, 0),
            LocalLaw.of(1, 0, 0),
            UniformRandomProvider::nextDouble);

    private Distributions() {}

    private static EvenLaw cauchy(TextForm form) {
        return EvenLaw.smooth(
                        form,
                        new EvenLaw.Formulas(
                                x -> x > 1e150 ? -LOG_PI - 2 * Math.log(x) : -LOG_PI - Math.log1p(x * x),
                                x -> Mass.of(Math.atan(x) / Math.PI),
                                x -> Mass.of(Math.atan2(1, x) / Math.PI),
                                LocalLaw.of(1, 0, -LOG_PI),
                                LocalLaw.of(1, 0, -LOG_PI),
                                ExponentialTail.HEAVIER,
                                random -> Math.tan(0.5 * Math.PI * random.nextDouble())))
                .withSlope(x -> -2 / (1 / x + x));
    }

    private static double standardExponential(UniformRandomProvider random) {
        return ZigguratSampler.Exponential.of(random).sample();
    }

    private static double standardGamma(UniformRandomProvider random, double shape) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, 1).sample();
    }

    /** {@code normal(mu, sigma)}. */
    public static Univariate normal(double mu, double sigma) {
        return affine(Normal.STANDARD, mu, sigma);
    }

    /** {@code double_exponential(mu, sigma)}, the Laplace distribution: density \( e^{-|x-\mu|/\sigma}/(2\sigma) \). */
    public static Univariate doubleExponential(double mu, double sigma) {
        return affine(LAPLACE, mu, sigma);
    }

    /** {@code cauchy(mu, sigma)}. */
    public static Univariate cauchy(double mu, double sigma) {
        return affine(CAUCHY, mu, sigma);
    }

    /** {@code half_cauchy(sigma)} on the positive numbers. */
    public static Univariate halfCauchy(double sigma) {
        return affine(PositiveLaw.folded(TextForm.scale("half_cauchy"), CAUCHY), 0, sigma);
    }

    /** {@code logistic(mu, sigma)}. */
    public static Univariate logistic(double mu, double sigma) {
        return affine(LOGISTIC, mu, sigma);
    }

    /** {@code half_normal(sigma)} on the positive numbers. */
    public static Univariate halfNormal(double sigma) {
        return affine(PositiveLaw.folded(TextForm.scale("half_normal"), NORMAL), 0, sigma);
    }

    /** {@code uniform(alpha, beta)}. */
    public static Univariate uniform(double alpha, double beta) {
        if (!(alpha < beta)) {
            throw new IllegalArgumentException("alpha must be less than beta, was " + alpha + " and " + beta);
        }
        Arguments.finite("alpha", alpha);
        Arguments.finite("beta", beta);
        Arguments.finite("beta - alpha", beta - alpha);
        TextForm form = (loc, scale) -> loc == alpha && scale == beta - alpha
                ? TextForm.call("uniform", alpha, beta)
                : TextForm.call("uniform", loc, loc + scale);
        return Affine.between(UnitLaw.of(form, UNIFORM).withSlope((x, rest) -> 0.0), alpha, beta);
    }

    private static Univariate affine(Univariate law, double mu, double sigma) {
        Arguments.finite("mu", mu);
        return Affine.of(law, mu, Arguments.positive("sigma", sigma));
    }

    /** {@code student_t(nu, mu, sigma)}. */
    public static Univariate studentT(double nu, double mu, double sigma) {
        return affine(studentT(nu, (loc, scale) -> TextForm.call("student_t", nu, loc, scale)), mu, sigma);
    }

    /** {@code half_student_t(nu, sigma)} on the positive numbers. */
    public static Univariate halfStudentT(double nu, double sigma) {
        return affine(
                PositiveLaw.folded(
                        (loc, scale) -> loc == 0 ? TextForm.call("half_student_t", nu, scale) : null,
                        studentT(nu, TextForm.fixed("student_t", nu, 0, 1))),
                0,
                sigma);
    }

    private static EvenLaw studentT(double nu, TextForm form) {
        Arguments.positive("nu", nu);
        double logBeta = LogBeta.value(0.5, 0.5 * nu);
        double logPeak = -0.5 * Math.log(nu) - logBeta;
        double peak = Math.exp(logPeak);
        double logTail = (0.5 * nu - 1) * Math.log(nu) - logBeta;
        return EvenLaw.smooth(
                        form,
                        new EvenLaw.Formulas(
                                x -> logPeak
                                        - 0.5
                                                * (nu + 1)
                                                * (x > 1e150 ? 2 * Math.log(x) - Math.log(nu) : Math.log1p(x / nu * x)),
                                x -> x * x * (nu + 1) < 1e-17 * nu
                                        ? Mass.of(x * peak)
                                        : x > 1e150
                                                ? Mass.of(0.5)
                                                : BetaShare.of(x * x / (nu + x * x), 0.5, 0.5 * nu)
                                                        .times(0.5),
                                x -> x > 1e150
                                        ? Mass.power(1 / x, nu).times(Mass.ofLog(logTail))
                                        : BetaShare.of(nu / (nu + x * x), 0.5 * nu, 0.5)
                                                .times(0.5),
                                LocalLaw.of(1, 0, logPeak),
                                LocalLaw.of(nu, 0, logTail),
                                ExponentialTail.HEAVIER,
                                random -> {
                                    double z = Normal.STANDARD.sample(random);
                                    return Math.abs(z) / Math.sqrt(2 * standardGamma(random, 0.5 * nu) / nu);
                                }))
                .withSlope(x -> -(nu + 1) / (nu / x + x));
    }

    /** {@code generalized_normal(mu, sigma, shape)}, the exponential power law: density prop to \( e^{-|z|^s} \). */
    public static Univariate generalizedNormal(double mu, double sigma, double shape) {
        Arguments.positive("shape", shape);
        double a = 1 / shape;
        double logPeak = -LOG_2 - LogGamma.value(1 + a);
        double peak = Math.exp(logPeak);
        return affine(
                EvenLaw.pointed(
                                (loc, scale) -> TextForm.call("generalized_normal", loc, scale, shape),
                                new EvenLaw.Formulas(
                                        x -> logPeak - Math.pow(x, shape),
                                        x -> Math.pow(x, shape) < 1e-17
                                                ? Mass.of(x * peak)
                                                : GammaShare.lower(a, Math.pow(x, shape))
                                                        .times(0.5),
                                        x -> GammaShare.upper(a, Math.pow(x, shape))
                                                .times(0.5),
                                        LocalLaw.of(1, 0, logPeak),
                                        LocalLaw.vanishing(),
                                        shape > 1
                                                ? ExponentialTail.THINNER
                                                : shape < 1
                                                        ? ExponentialTail.HEAVIER
                                                        : new ExponentialTail(1, 0, -LOG_2),
                                        random -> Math.pow(standardGamma(random, a), a)))
                        .withSlope(x -> -shape * Math.pow(x, shape - 1)),
                mu,
                sigma);
    }

    /** {@code symmetric_power(a)}: density prop to \( |x|^{a-1} e^{-x^2/2} \). */
    public static Univariate symmetricPower(double a) {
        Arguments.positive("a", a);
        double half = 0.5 * a;
        double logScale = -half * LOG_2 - LogGamma.value(half);
        double logConstant = -LOG_2 - half * LOG_2 - LogGamma.value(half + 1);
        Mass constant = Mass.ofLog(logConstant);
        return EvenLaw.pointed(
                        TextForm.fixed("symmetric_power", a),
                        new EvenLaw.Formulas(
                                x -> logScale + (a == 1 ? 0 : (a - 1) * Math.log(x)) - 0.5 * x * x,
                                x -> x < 1e-9
                                        ? Mass.power(x, a).times(constant)
                                        : GammaShare.lower(half, 0.5 * x * x).times(0.5),
                                x -> GammaShare.upper(half, 0.5 * x * x).times(0.5),
                                LocalLaw.of(a, 0, logConstant),
                                LocalLaw.vanishing(),
                                ExponentialTail.THINNER,
                                random -> Math.sqrt(2 * standardGamma(random, half))))
                .withSlope(x -> (a - 1) / x - x);
    }

    /** {@code double_weibull(alpha, sigma)}: a Weibull size with a random sign. */
    public static Univariate doubleWeibull(double alpha, double sigma) {
        PositiveLaw.Formulas half = weibullFormulas(alpha);
        return affine(
                EvenLaw.pointed(
                                (loc, scale) -> loc == 0 ? TextForm.call("double_weibull", alpha, scale) : null,
                                new EvenLaw.Formulas(
                                        x -> half.logDensity().applyAsDouble(x) - LOG_2,
                                        x -> half.lower().apply(x).times(0.5),
                                        x -> half.upper().apply(x).times(0.5),
                                        half.atZero().withLogWeight(-LOG_2),
                                        half.atInfinity(),
                                        new ExponentialTail(
                                                half.thin().rate(),
                                                half.thin().power(),
                                                half.thin().logConstant() - LOG_2),
                                        half.draw()))
                        .withSlope(x -> weibullSlope(alpha, x)),
                0,
                sigma);
    }

    /** {@code weibull(alpha, sigma)}: \( P(X > x) = e^{-(x/\sigma)^\alpha} \). */
    public static Univariate weibull(double alpha, double sigma) {
        return affine(
                PositiveLaw.of(
                                (loc, scale) -> loc == 0 ? TextForm.call("weibull", alpha, scale) : null,
                                weibullFormulas(alpha))
                        .withSlope(x -> weibullSlope(alpha, x)),
                0,
                sigma);
    }

    private static double weibullSlope(double alpha, double x) {
        return ((alpha - 1) - alpha * Math.pow(x, alpha)) / x;
    }

    private static PositiveLaw.Formulas weibullFormulas(double alpha) {
        Arguments.positive("alpha", alpha);
        double logAlpha = Math.log(alpha);
        return new PositiveLaw.Formulas(
                x -> logAlpha + (alpha == 1 ? 0 : (alpha - 1) * Math.log(x)) - Math.pow(x, alpha),
                x -> {
                    double power = Math.pow(x, alpha);
                    return power < 1e-17 ? Mass.power(x, alpha) : Mass.of(-Math.expm1(-power));
                },
                x -> Mass.ofLog(-Math.pow(x, alpha)),
                LocalLaw.of(alpha, 0, 0),
                LocalLaw.vanishing(),
                alpha > 1
                        ? ExponentialTail.THINNER
                        : alpha < 1 ? ExponentialTail.HEAVIER : new ExponentialTail(1, 0, 0),
                random -> Math.pow(standardExponential(random), 1 / alpha));
    }

    /** {@code exponential(rate)}. */
    public static Univariate exponential(double rate) {
        Arguments.positive("rate", rate);
        double logRate = Math.log(rate);
        return PositiveLaw.of(
                        TextForm.fixed("exponential", rate),
                        new PositiveLaw.Formulas(
                                x -> logRate - rate * x,
                                x -> Mass.of(-Math.expm1(-rate * x)),
                                x -> Mass.ofLog(-rate * x),
                                LocalLaw.of(1, 0, logRate),
                                LocalLaw.vanishing(),
                                new ExponentialTail(rate, 0, 0),
                                random -> standardExponential(random) / rate))
                .withSlope(x -> -rate);
    }

    /** {@code gamma(shape, rate)}. */
    public static Univariate gamma(double shape, double rate) {
        return gamma(shape, rate, TextForm.fixed("gamma", shape, rate));
    }

    /** {@code chi_square(nu)}. */
    public static Univariate chiSquare(double nu) {
        return gamma(0.5 * Arguments.positive("nu", nu), 0.5, TextForm.fixed("chi_square", nu));
    }

    private static Univariate gamma(double shape, double rate, TextForm form) {
        Arguments.positive("shape", shape);
        Arguments.positive("rate", rate);
        double logRate = Math.log(rate);
        double logScale = shape * logRate - LogGamma.value(shape);
        return PositiveLaw.of(
                        form,
                        new PositiveLaw.Formulas(
                                x -> logScale + (shape == 1 ? 0 : (shape - 1) * Math.log(x)) - rate * x,
                                x -> GammaShare.lower(shape, rate * x),
                                x -> GammaShare.upper(shape, rate * x),
                                LocalLaw.of(shape, 0, shape * logRate - LogGamma.value(shape + 1)),
                                LocalLaw.vanishing(),
                                new ExponentialTail(rate, shape - 1, (shape - 1) * logRate - LogGamma.value(shape)),
                                random -> standardGamma(random, shape) / rate))
                .withSlope(x -> (shape - 1) / x - rate);
    }

    /** {@code inv_gamma(alpha, beta)}: the law of 1/X for X of {@code gamma(alpha, beta)}. */
    public static Univariate invGamma(double alpha, double beta) {
        return invGamma(alpha, beta, TextForm.fixed("inv_gamma", alpha, beta));
    }

    /** {@code inv_chi_square(nu)}. */
    public static Univariate invChiSquare(double nu) {
        return invGamma(0.5 * Arguments.positive("nu", nu), 0.5, TextForm.fixed("inv_chi_square", nu));
    }

    private static Univariate invGamma(double alpha, double beta, TextForm form) {
        Arguments.positive("alpha", alpha);
        Arguments.positive("beta", beta);
        double logScale = alpha * Math.log(beta) - LogGamma.value(alpha);
        return PositiveLaw.of(
                        form,
                        new PositiveLaw.Formulas(
                                x -> x == 0
                                        ? Double.NEGATIVE_INFINITY
                                        : logScale - (alpha + 1) * Math.log(x) - beta / x,
                                x -> GammaShare.upper(alpha, beta / x),
                                x -> GammaShare.lower(alpha, beta / x),
                                LocalLaw.vanishing(),
                                LocalLaw.of(alpha, 0, alpha * Math.log(beta) - LogGamma.value(alpha + 1)),
                                ExponentialTail.HEAVIER,
                                random -> beta / standardGamma(random, alpha)))
                .withSlope(x -> (beta / x - (alpha + 1)) / x);
    }

    /** {@code frechet(alpha, sigma)}: \( P(X \le x) = e^{-(x/\sigma)^{-\alpha}} \). */
    public static Univariate frechet(double alpha, double sigma) {
        Arguments.positive("alpha", alpha);
        double logAlpha = Math.log(alpha);
        return affine(
                PositiveLaw.of(
                                (loc, scale) -> loc == 0 ? TextForm.call("frechet", alpha, scale) : null,
                                new PositiveLaw.Formulas(
                                        x -> x == 0
                                                ? Double.NEGATIVE_INFINITY
                                                : logAlpha - (alpha + 1) * Math.log(x) - Math.pow(x, -alpha),
                                        x -> Mass.ofLog(-Math.pow(x, -alpha)),
                                        x -> {
                                            double power = Math.pow(x, -alpha);
                                            return power < 1e-17 ? Mass.power(x, -alpha) : Mass.of(-Math.expm1(-power));
                                        },
                                        LocalLaw.vanishing(),
                                        LocalLaw.of(alpha, 0, 0),
                                        ExponentialTail.HEAVIER,
                                        random -> Math.pow(standardExponential(random), -1 / alpha)))
                        .withSlope(x -> (alpha * Math.pow(x, -alpha) - (alpha + 1)) / x),
                0,
                sigma);
    }

    /** {@code lognormal(mu, sigma)}. */
    public static Univariate lognormal(double mu, double sigma) {
        Arguments.finite("mu", mu);
        Arguments.positive("sigma", sigma);
        double logScale = -0.5 * Math.log(2 * Math.PI) - Math.log(sigma);
        return PositiveLaw.of(
                        TextForm.fixed("lognormal", mu, sigma),
                        new PositiveLaw.Formulas(
                                x -> {
                                    double z = (Math.log(x) - mu) / sigma;
                                    return x == 0 ? Double.NEGATIVE_INFINITY : logScale - Math.log(x) - 0.5 * z * z;
                                },
                                x -> lognormal(x, mu, sigma, 1),
                                x -> lognormal(x, mu, sigma, -1),
                                LocalLaw.vanishing(),
                                LocalLaw.vanishing(),
                                ExponentialTail.HEAVIER,
                                random -> Math.exp(mu + sigma * Normal.STANDARD.sample(random))))
                .withSlope(x -> -(1 + (Math.log(x) - mu) / sigma / sigma) / x);
    }

    /** \( \Phi(\pm(\log x-\mu)/\sigma) \), with the rounding of the log, which the tail would magnify, put back. */
    private static Mass lognormal(double x, double mu, double sigma, int sign) {
        double log = Math.log(x);
        double whole = Math.exp(log);
        double logRest = Math.log1p((x - whole) / whole);
        double gap = log - mu;
        double gapRest = (log - (gap + mu)) + logRest;
        double z = gap / sigma;
        double zRest = (Math.fma(-z, sigma, gap) + gapRest) / sigma;
        Mass mass = Normal.cdf(sign * z);
        if (!Double.isFinite(zRest) || mass.isZero()) {
            return mass;
        }
        double hazard = Math.exp(Normal.STANDARD.logDensity(z) - Normal.logCdf(sign * z));
        return mass.times(1 + sign * zRest * hazard);
    }

    /** {@code pareto(y_min, alpha)}: \( P(X > x) = (y_{min}/x)^\alpha \) above y_min. */
    public static Univariate pareto(double minimum, double alpha) {
        Arguments.positive("y_min", minimum);
        Arguments.positive("alpha", alpha);
        double logAlpha = Math.log(alpha);
        return Affine.of(
                PositiveLaw.of(
                                (loc, scale) -> loc == scale
                                        ? TextForm.call("pareto", scale, alpha)
                                        : loc == 0 && scale == 1
                                                ? "affine(" + TextForm.call("pareto", 1, alpha) + ", -1, 1)"
                                                : null,
                                new PositiveLaw.Formulas(
                                        x -> logAlpha - (alpha + 1) * Math.log1p(x),
                                        x -> Mass.of(-Math.expm1(-alpha * Math.log1p(x))),
                                        x -> Mass.ofLog(-alpha * Math.log1p(x)),
                                        LocalLaw.of(1, 0, logAlpha),
                                        LocalLaw.of(alpha, 0, 0),
                                        ExponentialTail.HEAVIER,
                                        random -> Math.expm1(standardExponential(random) / alpha)))
                        .withSlope(x -> -(alpha + 1) / (1 + x)),
                minimum,
                minimum);
    }

    /** {@code beta(alpha, beta)} on (0, 1). */
    public static Univariate beta(double alpha, double beta) {
        Arguments.positive("alpha", alpha);
        Arguments.positive("beta", beta);
        double logBeta = LogBeta.value(alpha, beta);
        return UnitLaw.of(
                        TextForm.fixed("beta", alpha, beta),
                        new UnitLaw.Formulas(
                                (x, rest) -> -logBeta
                                        + (alpha == 1 ? 0 : (alpha - 1) * Math.log(x))
                                        + (beta == 1 ? 0 : (beta - 1) * Math.log(rest)),
                                (x, rest) -> BetaShare.of(x, alpha, beta),
                                (x, rest) -> BetaShare.of(rest, beta, alpha),
                                LocalLaw.of(alpha, 0, -Math.log(alpha) - logBeta),
                                LocalLaw.of(beta, 0, -Math.log(beta) - logBeta),
                                random ->
                                        ChengBetaSampler.of(random, alpha, beta).sample()))
                .withSlope((x, rest) -> (alpha == 1 ? 0 : (alpha - 1) / x) - (beta == 1 ? 0 : (beta - 1) / rest));
    }

    /** {@code gumbel(mu, beta)}. */
    public static Univariate gumbel(double mu, double beta) {
        return affine(new Gumbel(), mu, Arguments.positive("beta", beta));
    }
}
