package org.localmass.core.measure;

import java.util.List;
import org.localmass.core.spec.DistributionText;

/** Distributions for tests that hold for all: every name, and compositions of every kind. */
public final class Laws {
    static final List<String> LINES = List.of(
            "normal(-1.5, 2)",
            "double_exponential(0.3, 0.5)",
            "student_t(3, 1, 2)",
            "student_t(0.7, 0, 1)",
            "cauchy(0, 2.5)",
            "half_cauchy(2)",
            "half_normal(0.1)",
            "half_student_t(4, 2)",
            "logistic(1, 0.3)",
            "gumbel(-1, 2)",
            "generalized_normal(0, 1, 0.5)",
            "generalized_normal(0, 1, 4)",
            "uniform(-3, -0.9)",
            "exponential(2)",
            "gamma(0.2, 3)",
            "gamma(20, 3)",
            "chi_square(3)",
            "inv_gamma(2, 1)",
            "inv_chi_square(3)",
            "beta(0.5, 2)",
            "beta(20, 0.2)",
            "weibull(1.5, 2)",
            "weibull(0.4, 2)",
            "double_weibull(0.5, 1)",
            "frechet(2, 1)",
            "lognormal(0, 1)",
            "pareto(0.1, 1.5)",
            "symmetric_power(0.5)",
            "symmetric_power(3)",
            "horseshoe(0.1)",
            "horseshoe_plus(1)",
            "tpb_normal(0.25, 1)",
            "tpb_normal(2, 0.5)",
            "normal_gamma(0.3, 2)",
            "normal_gamma(2, 1)",
            "dirichlet_laplace(0.5)",
            "dirichlet_laplace(2)",
            "log_singular()",
            "power_log(0.5, 2)",
            "power_log(2, -0.5)",
            "power_log(0, -2)",
            "log_cauchy(0, 1)",
            "radial_power(1, 0.5, 2)",
            "hard_concrete(-1)",
            "hard_concrete(2, 0.3, -0.5, 1.3)",
            "spike_slab(0.3, normal(0, 1))",
            "spike_slab(0.6, horseshoe(1))",
            "mixture(0.9*normal(0, 1) + 0.1*normal(5, 0.1))",
            "mixture(0.2*point(-1) + 0.3*point(2) + 0.5*gamma(0.5, 1))",
            "truncate(normal(0, 1), -0.5, inf)",
            "truncate(student_t(3, 0, 1), 0.8, 30)",
            "truncate(hard_concrete(0), 0.5, 1)",
            "affine(gamma(0.5, 1), 2, 3)",
            "transform(exp, normal(0, 1))",
            "transform(exp, double_exponential(0, 2))",
            "transform(log, gamma(0.5, 1))",
            "transform(inv_logit, normal(-1, 2))",
            "transform(power(3), cauchy(0, 1))",
            "transform(power(0.5), spike_slab(0.3, normal(1, 1)))",
            "affine(transform(inv_logit, mixture(0.5*normal(-2, 1) + 0.5*student_t(3, 2, 1))), -1, 2)");

    static final List<String> SPACES = List.of(
            "multi_normal([0, 1], 2)",
            "multi_normal([0, 1, -1], [1, 2, 0.5])",
            "multi_normal([0, 1], [[2, 0.5], [0.5, 1]])",
            "multi_normal([0, 1, 2], [[2, 0.5, 0], [0.5, 1, 0], [0, 0, 1]])",
            "multi_normal([0, 1], [[1, 1], [1, 1]])",
            "multi_normal([0, 1, 0], [1, 0, 2])",
            "multi_student_t(3, [0, 1], 1)",
            "multi_student_t(1.5, [0, 1], [2, 1])",
            "multi_student_t(4, [0, 1], [[2, 0.5], [0.5, 1]])",
            "neal_funnel(1)",
            "neal_funnel(2, 1)",
            "radial_power(2, 1)",
            "radial_power(3, 2.5, 2)",
            "radial_power(2, -1)",
            "spike_slab_product(0.3, normal(0, 1), 3)",
            "spike_slab_product(0.3, cauchy(0, 1), 2)",
            "product(gamma(2, 1), multi_normal([0, 1], [[2, 0.5], [0.5, 1]]))",
            "product(beta(0.5, 2), student_t(3, 0, 1))",
            "mixture(0.5*multi_normal([0, 0], 1) + 0.5*multi_student_t(3, [2, 0], 1))");

    private Laws() {}

    static List<String> lines() {
        return LINES;
    }

    static List<String> spaces() {
        return SPACES;
    }

    static Univariate line(String text) {
        return (Univariate) DistributionText.parse(text);
    }

    static Distribution of(String text) {
        return DistributionText.parse(text);
    }
}
