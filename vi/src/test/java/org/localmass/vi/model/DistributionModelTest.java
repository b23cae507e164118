package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.spec.DistributionText;

/** Distributions of every kind as models. */
class DistributionModelTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "normal(1, 2)",
                "double_exponential(1, 2)",
                "cauchy(0.5, 2)",
                "half_cauchy(2)",
                "logistic(1, 2)",
                "half_normal(2)",
                "uniform(-1, 3)",
                "student_t(3, 1, 2)",
                "half_student_t(3, 2)",
                "generalized_normal(0, 2, 1.5)",
                "symmetric_power(1.5)",
                "double_weibull(1.5, 2)",
                "weibull(0.7, 2)",
                "exponential(3)",
                "gamma(0.5, 2)",
                "chi_square(3)",
                "inv_gamma(2, 3)",
                "inv_chi_square(3)",
                "frechet(2, 3)",
                "lognormal(0.5, 2)",
                "pareto(2, 1.5)",
                "beta(0.5, 3)",
                "gumbel(1, 2)",
                "tpb_normal(1, 1)",
                "truncate(normal(0, 1), -1, 2)",
                "truncate(cauchy(0, 1), 3, inf)",
                "truncate(gamma(0.5, 2), -inf, 1)",
                "affine(beta(2, 3), -1, 4)",
                "mixture(0.7*normal(0, 1) + 0.3*student_t(2, 3, 0.5))",
                "mixture(0.7*exponential(1) + 0.3*lognormal(0, 1))",
                "transform(exp, student_t(3, 0, 1))",
                "transform(log, gamma(2, 1))",
                "transform(inv_logit, mixture(0.5*normal(-2, 1) + 0.5*normal(2, 1)))",
                "transform(power(0.5), gamma(2, 1))",
                "multi_normal([1, 2], [[2, 0.5], [0.5, 1]])",
                "multi_student_t(4, [0, 1], [[2, 0.5], [0.5, 1]])",
                "neal_funnel(3)",
                "product(gamma(2, 1), beta(0.5, 3), multi_normal([0, 1], 2))",
                "mixture(0.4*product(exponential(1), beta(2, 2)) + 0.6*product(gamma(3, 2), uniform(0, 1)))",
            })
    void of_anyDistribution(String text) {
        Distribution distribution = DistributionText.parse(text);
        Model model = Models.of(distribution);
        assertEquals(distribution.toString(), model.name());
        LogDensity.Differentiable density = model.evaluator();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(31);
        int d = model.dimension();
        double[] u = new double[d];
        double[] x = new double[d];
        for (int i = 0; i < 20; i++) {
            model.sampler().orElseThrow().sample(random, u);
            GradientCheck.withDefaults().require(density, u);
            // the density is that of x times dx/du, which differences of the map give
            model.constrain(u, x);
            double logSlope = 0;
            for (int j = 0; j < d; j++) {
                double[] v = u.clone();
                double[] up = new double[d];
                double[] down = new double[d];
                v[j] = u[j] + 1e-4;
                model.constrain(v, up);
                v[j] = u[j] - 1e-4;
                model.constrain(v, down);
                logSlope += Math.log((up[j] - down[j]) / 2e-4);
            }
            double expected = distribution.logDensity(x) + logSlope;
            assertEquals(expected, density.value(u), 1e-6 * Math.max(1, Math.abs(expected)));
        }
        for (double end : new double[] {-700, -100, -30, 30, 100, 700}) {
            Arrays.fill(u, end);
            double value = density.value(u, x);
            assertTrue(value < Double.POSITIVE_INFINITY, "at " + end + ": " + value);
            for (double slope : x) {
                assertTrue(Double.isFinite(slope), "gradient at " + end);
            }
        }
    }
}
