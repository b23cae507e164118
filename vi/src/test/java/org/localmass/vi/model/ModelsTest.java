package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.measure.LogDensity;

class ModelsTest {
    private static final RegressionTable TABLE =
            RegressionTable.of("y", List.of("a"), new double[] {0, 1}, new double[][] {{1}, {2}});

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spike(d=2.5) | d of spike must be an integer from 1 to 100000, was 2.5",
                "spike(eps=1) | eps of spike must lie strictly between 0 and 1, was 1.0",
                "spike(eps=a) | eps of spike must be a number, was a",
                "spike(eps=) | eps of spike must have a value, was empty",
                "spike(d=1, d=2) | d of spike must be given once, was given twice",
                "spike(width=1) | argument of spike must be one of d, eps, tau, was width",
                "spike(1, 0.5, 1, 1) | number of arguments of spike must be at most 3, was 4",
                "spike(d=1 | model must end with ')', was spike(d=1",
                "ring(radius=-1) | radius of ring must be positive and finite, was -1.0",
                "student(d=2, rho=-1) | rho of student must leave a correlation matrix, was -1.0",
                "linear | model linear needs a table of data",
                "point(1) | model must have a density with a gradient, point(1) has an atom",
                "product(normal(0, 1), spike_slab(0.5, normal(0, 1))) | model must have a density with a gradient, spike_slab(0.5, normal(0, 1)) has an atom",
                "mvnormal([0, 0], [1, 0]) | model must have a density with a gradient, point(0) has an atom",
                "mvnormal([0, 0], [[1, 1], [1, 1]]) | model must have a density with a gradient, multi_normal([0, 0], [[1, 1], [1, 1]]) has a part on a subspace",
                "horseshoe(1) | model must have a density with a gradient, horseshoe(1) has a pole at 0.0",
                "radial_power(2, 0.5) | model must have a density with a gradient, there is none here for radial_power(2, 0.5, 1)",
                "nothing | model must be one of",
                "class:no.such.Class | class no.such.Class must be on the class path",
                "class:java.lang.Object | class java.lang.Object must implement",
                "class:java.util.List | class java.util.List must have a public constructor without arguments",
            })
    void of_refuses(String text, String message) {
        var e = assertThrows(IllegalArgumentException.class, () -> Models.of(text));
        assertTrue(String.valueOf(e.getMessage()).startsWith(message), e.getMessage());
    }

    @Test
    void of_refusesTableWhereThereIsNoData() {
        for (String text : List.of("spike", "normal(0, 1)", "class:x")) {
            var e = assertThrows(IllegalArgumentException.class, () -> Models.of(text, Optional.of(TABLE)));
            assertTrue(String.valueOf(e.getMessage()).endsWith("takes no table of data"), e.getMessage());
        }
    }

    @Test
    void of_refusesResponseThatDoesNotFit() {
        RegressionTable real = RegressionTable.of("y", List.of("a"), new double[] {0.5}, new double[][] {{1}});
        assertEquals(
                "y must be 0 or 1, was 0.5 in row 1",
                assertThrows(IllegalArgumentException.class, () -> Models.of("logistic", Optional.of(real)))
                        .getMessage());
        assertEquals(
                "y must be a count, was 0.5 in row 1",
                assertThrows(IllegalArgumentException.class, () -> Models.of("poisson", Optional.of(real)))
                        .getMessage());
        assertEquals(
                "prior must be one of normal, laplace, student_t, horseshoe, spike_slab, was flat",
                assertThrows(IllegalArgumentException.class, () -> Models.of("linear(prior=flat)", Optional.of(real)))
                        .getMessage());
        assertEquals(
                "standardise of linear must be yes or no, was 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Models.of("linear(standardise=1)", Optional.of(real)))
                        .getMessage());
    }

    @Test
    void names_areStansOnTheConstrainedScale() {
        assertEquals(
                List.of("mu", "tau", "theta[1]", "theta[2]"),
                Models.of("eight_schools").parameterNames().subList(0, 4));
        List<String> other = Models.of("eight_schools_noncentered").parameterNames();
        assertEquals("theta_trans[8]", other.get(9));
        assertEquals(List.of("v", "x[1]", "x[2]"), Models.of("funnel(d=3)").parameterNames());
        assertEquals("theta[8]", other.get(17));
        List<String> horseshoe = Models.of("horseshoe_logit").parameterNames();
        assertEquals(
                List.of("b0", "tau", "z[1]", "lambda[6]", "beta[6]"),
                List.of(horseshoe.get(0), horseshoe.get(1), horseshoe.get(2), horseshoe.get(13), horseshoe.get(19)));
        assertEquals(List.of("x"), Models.of("gamma(2, 1)").parameterNames());
        assertEquals(List.of("x1", "x2"), Models.of("banana").parameterNames());
        assertEquals(
                List.of("alpha", "beta[1]", "sigma"),
                Models.of("linear", Optional.of(TABLE)).parameterNames());
        assertEquals(
                "logistic(mu=0, sigma=1)".replace("mu=", "").replace("sigma=", ""),
                Models.of("logistic(0, 1)").name());
    }

    @Test
    void constrain_writesFunctionsOfTheParameters() {
        Model model = Models.of("eight_schools_noncentered");
        double[] u = new double[10];
        u[0] = 1;
        u[1] = Math.log(2);
        u[9] = 3;
        double[] x = new double[18];
        model.constrain(u, x);
        assertEquals(7, x[17], 1e-14);
        assertEquals(1, x[10], 1e-14);
        assertThrows(IllegalArgumentException.class, () -> model.constrain(u, new double[10]));
        assertThrows(IllegalArgumentException.class, () -> model.unconstrain(new double[10]));
        x[1] = -1;
        var e = assertThrows(IllegalArgumentException.class, () -> model.unconstrain(x));
        assertEquals(
                "parameter tau breaks its constraint: x[0] must lie between 0.0 and Infinity, was -1.0",
                e.getMessage());
    }

    @Test
    void anchors_areTheZerosOfDeclaredPriors() {
        assertTrue(Models.of("spike").anchors().isEmpty());
        assertTrue(Models.of("normal(0, 1)").anchors().isEmpty());
        double[] anchor = Models.of("horseshoe_logit").anchors().get(0);
        assertEquals(Math.log(0.5), anchor[1]);
        double[] x = new double[20];
        Models.of("horseshoe_logit").constrain(anchor, x);
        assertArrayEquals(new double[6], Arrays.copyOfRange(x, 14, 20));
        assertArrayEquals(
                new double[] {0.5, 0, Math.log(0.5)},
                Models.of("linear", Optional.of(TABLE)).anchors().get(0),
                1e-15);
        assertArrayEquals(
                new double[] {Math.log(0.75), 0},
                Models.of("poisson", Optional.of(TABLE)).anchors().get(0),
                1e-15);
    }

    @Test
    void help_namesEveryModel() {
        List<String> lines = Models.help();
        assertEquals(Models.names().size(), lines.size());
        assertTrue(lines.get(0).startsWith("spike(d=2, eps=0.05, tau=0.1): "), lines.get(0));
        assertEquals("spike(d=3, eps=0.1)", Models.of(" spike( 3 ,eps=0.1) ").toString());
    }

    @Test
    void of_takesOtherNames() {
        double[] u = {0.5, 0.1, 0, 0, 0, 0, 0, 0, 0, 0};
        assertEquals(
                Models.of("narrow").evaluator().value(u),
                Models.of("narrow10").evaluator().value(u));
        assertEquals(3, Models.of("mvt(3)").dimension());
    }

    @Test
    void evaluators_ofSeveralThreadsAgreeWithOne() throws Exception {
        Model model = Models.of("mixture(0.4*product(exponential(1), normal(0, 1)) + 0.6*mvnormal([2, 1], 1))");
        LogDensity.Differentiable one = model.evaluator();
        double[][] points = new double[2000][2];
        double[] expected = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i][0] = 0.002 * i - 2;
            points[i][1] = Math.sin(i);
            expected[i] = one.value(points[i]);
        }
        List<CompletableFuture<double[]>> runs = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            runs.add(CompletableFuture.supplyAsync(() -> {
                LogDensity.Differentiable own = model.evaluator();
                double[] gradient = new double[2];
                return Arrays.stream(points)
                        .mapToDouble(p -> own.value(p, gradient))
                        .toArray();
            }));
        }
        for (CompletableFuture<double[]> run : runs) {
            assertArrayEquals(expected, run.get());
        }
    }

    /** A density of one's own. */
    public static final class Cube implements LogDensity.Differentiable {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public double value(double[] point) {
            return -Math.pow(point[0], 4);
        }

        @Override
        public double value(double[] point, double[] gradient) {
            gradient[0] = -4 * Math.pow(point[0], 3);
            return value(point);
        }
    }

    /** A density that cannot be made. */
    public static final class Failing implements LogDensity.Differentiable {
        public Failing() {
            throw new IllegalStateException("no data");
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public double value(double[] point) {
            return 0;
        }

        @Override
        public double value(double[] point, double[] gradient) {
            return 0;
        }
    }

    @Test
    void ofClass_makesModels() {
        Model model = Models.of("class:" + Cube.class.getName());
        assertEquals("class:" + Cube.class.getName(), model.name());
        double[] gradient = new double[1];
        assertEquals(-16, model.evaluator().value(new double[] {2}, gradient));
        assertEquals(-32, gradient[0]);
        assertEquals(Double.NEGATIVE_INFINITY, model.evaluator().value(new double[] {Double.NaN}));
        assertTrue(model.sampler().isEmpty());
        assertEquals(Double.NaN, model.unguarded().value(new double[] {Double.NaN}));
        assertEquals(-16, model.unguarded().value(new double[] {2}));
        assertEquals(
                -0.5,
                Models.of("normal(0, 1)").unguarded().value(new double[] {1}, gradient) + 0.5 * Math.log(2 * Math.PI),
                1e-15);
        var e = assertThrows(IllegalArgumentException.class, () -> Models.ofClass(Failing.class.getName()));
        assertTrue(String.valueOf(e.getMessage())
                .endsWith("must not fail, threw java.lang.IllegalStateException: no data"));
    }
}
