package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;

/** Densities, their constants and their draws agree. */
class ModelSamplerTest {
    private static final double ERRORS = 5;

    /**
     * With g a normal density, E_p[g/p~] = 1/Z: fails for a wrong constant or Jacobian. Of each model a point and a
     * width where g is well inside of p.
     */
    @ParameterizedTest
    @CsvSource({
        "spike(d=3; eps=0.2; tau=0.5), 0.7, 0.5",
        "spike(d=10; eps=0.05; tau=0.1), 1.5, 0.8",
        "spike(d=2; eps=0.3; tau=0.1), 0, 0.08",
        "far3(d=3), 0, 0.8",
        "narrow(d=3), 0, 0.7",
        "funnel(d=3; sd=2), 0, 0.6",
        "banana, -0.5, 0.6",
        "banana(pairs=1; sd=1; bend=0.5; width=0.6; others=2), 0, 0.4",
        "banmix(pairs=1; weight=0.3), -1, 0.6",
        "student(d=5; nu=3; rho=0.5), 0, 0.7",
        "mix20, 2.9, 0.15",
        "boundary(d=3), -0.3, 0.6",
        "eight_schools_noncentered, 0.5, 0.7",
        "ring, 3.5, 0.15",
        "'gamma(0.5, 2)', -1.5, 0.8",
        "'product(beta(0.5, 2), lognormal(0, 1), uniform(1, 3))', 0, 0.8",
        "'mixture(0.4*product(exponential(1), normal(0, 1)) + 0.6*product(gamma(3, 2), normal(1, 0.5)))', 0.2, 0.4",
        "'mixture(0.8*mvnormal([0, 0], 1) + 0.2*mvnormal([1, 0], [[1, 0.5], [0.5, 1]]))', 0.2, 0.6",
        "'multi_student_t(4, [0, 1], [[2, 0.5], [0.5, 1]])', 0.5, 0.6",
        "'neal_funnel(2)', 0, 0.6",
        "'truncate(normal(0, 1), 0.5, 2)', 0, 1",
        "'pareto(2, 1.5)', -0.5, 0.8",
    })
    void logZ_followsFromDraws(String text, double centre, double width) {
        Model model = Models.of(text.replace(';', ','));
        int d = model.dimension();
        LogDensity.Differentiable density = model.evaluator();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);
        double[] point = new double[d];
        double sum = 0;
        double squares = 0;
        int n = 100_000;
        double shift = model.logZ().orElseThrow();
        for (int i = 0; i < n; i++) {
            model.sampler().orElseThrow().sample(random, point);
            double log = -d * (Math.log(width) + 0.5 * Math.log(2 * Math.PI));
            for (double x : point) {
                log -= 0.5 * (x - centre) / width * ((x - centre) / width);
            }
            double ratio = Math.exp(log - density.value(point) + shift);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / n;
        double error = Math.sqrt((squares / n - mean * mean) / n);
        assertTrue(error < 0.05, "the test has no power: error " + error);
        assertEquals(1, mean, ERRORS * error + 1e-9);
    }

    /** E_p[grad log p] = 0 in every coordinate: fails where draws and gradient are of different laws. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "spike(d=10, eps=0.05, tau=0.1)",
                "far3(d=10)",
                "narrow(d=10)",
                "funnel(d=10, sd=1)",
                "banana",
                "banmix",
                "student(d=5, nu=3, rho=0.5)",
                "mix20",
                "boundary(d=5)",
                "eight_schools_noncentered",
                "product(beta(2, 2), lognormal(0, 1), uniform(1, 3))",
                "mixture(0.4*product(exponential(1), normal(0, 1)) + 0.6*product(gamma(3, 2), normal(1, 0.5)))",
                "multi_student_t(4, [0, 1], [[2, 0.5], [0.5, 1]])"
            })
    void score_hasMeanZeroOverDraws(String text) {
        Model model = Models.of(text);
        int d = model.dimension();
        LogDensity.Differentiable density = model.evaluator();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(12);
        double[] point = new double[d];
        double[] gradient = new double[d];
        double[] sums = new double[d];
        double[] squares = new double[d];
        double virial = 0;
        double virialSquares = 0;
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            model.sampler().orElseThrow().sample(random, point);
            density.value(point, gradient);
            double along = d;
            for (int j = 0; j < d; j++) {
                sums[j] += gradient[j];
                squares[j] += gradient[j] * gradient[j];
                along += point[j] * gradient[j];
            }
            virial += along;
            virialSquares += along * along;
        }
        for (int j = 0; j < d; j++) {
            assertTrue(Math.abs(sums[j]) < ERRORS * Math.sqrt(squares[j]), "coordinate " + j + ": " + sums[j]);
        }
        // E[u . grad log p] = -d, a scale
        assertTrue(Math.abs(virial) < ERRORS * Math.sqrt(virialSquares), "scale: " + virial / n);
    }

    /** theta = mu + tau eta: the two forms of the eight schools differ by the Jacobian 8 log tau. */
    @Test
    void eightSchools_formsAgree() {
        Model centred = Models.of("eight_schools");
        Model other = Models.of("eight_schools_noncentered");
        assertEquals(centred.logZ(), other.logZ());
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(13);
        UniformRandomProvider same = RandomSource.XO_SHI_RO_256_PP.create(13);
        double[] u = new double[10];
        double[] v = new double[10];
        for (int i = 0; i < 200; i++) {
            centred.sampler().orElseThrow().sample(random, u);
            other.sampler().orElseThrow().sample(same, v);
            for (int j = 2; j < 10; j++) {
                assertEquals(u[j], v[0] + Math.exp(v[1]) * v[j], 1e-12 * Math.max(1, Math.abs(u[j])));
            }
            assertEquals(other.evaluator().value(v), centred.evaluator().value(u) + 8 * u[1], 1e-6);
        }
    }

    static Stream<String> lines() {
        return Stream.of(
                "normal(1, 2)",
                "laplace(0, 1)",
                "student_t(3, 0, 1)",
                "gamma(0.3, 2)",
                "beta(0.2, 0.3)",
                "beta(3, 2)",
                "inv_gamma(2, 3)",
                "lognormal(0.5, 2)",
                "uniform(-1, 3)",
                "half_cauchy(2)",
                "weibull(1.5, 2)",
                "pareto(2, 1.5)",
                "exponential(3)",
                "truncate(normal(0, 1), -1, 2)",
                "truncate(normal(0, 1), -inf, -1)",
                "mixture(0.7*normal(0, 1) + 0.3*normal(3, 0.2))",
                "mixture(0.5*exponential(1) + 0.5*gamma(3, 5))",
                "transform(inv_logit, normal(0, 1))",
                "gumbel(0, 1)",
                "logistic(0, 1)");
    }

    /** The integral over u by the trapezoidal rule: 1 with the right Jacobian only. */
    @ParameterizedTest
    @MethodSource("lines")
    void integral_isOne(String text) {
        LogDensity.Differentiable density = Models.of(text).evaluator();
        double sum = 0;
        double step = 1e-3;
        double most = 150;
        double[] point = new double[1];
        for (long i = Math.round(-most / step); i <= most / step; i++) {
            point[0] = i * step;
            sum += Math.exp(density.value(point)) * step;
        }
        // tails of power laws on the whole line reach beyond; a kink costs a step squared
        double tail = text.startsWith("student") ? 1e-6 : 0;
        assertEquals(1, sum, 1e-6 + tail);
    }
}
