package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Problems of Moré, Garbow and Hillstrom (1981), ACM TOMS 7, with their published starts and minima. */
class LbfgsTest {
    private record Problem(String name, Lbfgs.Objective objective, double[] start, double[] minimum, double value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static double rosenbrock(double[] x, double[] g) {
        double sum = 0;
        for (int j = 0; j < x.length; j += 2) {
            double a = x[j + 1] - x[j] * x[j];
            double b = 1 - x[j];
            sum += 100 * a * a + b * b;
            g[j] = -400 * x[j] * a - 2 * b;
            g[j + 1] = 200 * a;
        }
        return sum;
    }

    private static double beale(double[] x, double[] g) {
        double[] y = {1.5, 2.25, 2.625};
        Arrays.fill(g, 0);
        double sum = 0;
        double power = 1;
        for (int i = 0; i < 3; i++) {
            double before = power;
            power *= x[1];
            double f = y[i] - x[0] * (1 - power);
            sum += f * f;
            g[0] -= 2 * f * (1 - power);
            g[1] += 2 * f * x[0] * (i + 1) * before;
        }
        return sum;
    }

    private static double wood(double[] x, double[] g) {
        double a = x[1] - x[0] * x[0];
        double b = 1 - x[0];
        double c = x[3] - x[2] * x[2];
        double d = 1 - x[2];
        double e = x[1] + x[3] - 2;
        double f = x[1] - x[3];
        g[0] = -400 * x[0] * a - 2 * b;
        g[1] = 200 * a + 20 * e + 0.2 * f;
        g[2] = -360 * x[2] * c - 2 * d;
        g[3] = 180 * c + 20 * e - 0.2 * f;
        return 100 * a * a + b * b + 90 * c * c + d * d + 10 * e * e + 0.1 * f * f;
    }

    private static double powell(double[] x, double[] g) {
        double a = x[0] + 10 * x[1];
        double b = x[2] - x[3];
        double c = x[1] - 2 * x[2];
        double d = x[0] - x[3];
        g[0] = 2 * a + 40 * d * d * d;
        g[1] = 20 * a + 4 * c * c * c;
        g[2] = 10 * b - 8 * c * c * c;
        g[3] = -10 * b - 40 * d * d * d;
        return a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d;
    }

    private static double helix(double[] x, double[] g) {
        double theta = Math.atan2(x[1], x[0]) / (2 * Math.PI);
        double radius = Math.hypot(x[0], x[1]);
        double a = 10 * (x[2] - 10 * theta);
        double b = 10 * (radius - 1);
        double square = radius * radius;
        g[0] = 2 * (a * 100 * x[1] / (2 * Math.PI * square) + b * 10 * x[0] / radius) + 0 * x[2];
        g[1] = 2 * (-a * 100 * x[0] / (2 * Math.PI * square) + b * 10 * x[1] / radius);
        g[2] = 20 * a + 2 * x[2];
        return a * a + b * b + x[2] * x[2];
    }

    static List<Problem> problems() {
        double[] far = new double[100];
        double[] ones = new double[100];
        for (int j = 0; j < 100; j++) {
            far[j] = j % 2 == 0 ? -1.2 : 1;
            ones[j] = 1;
        }
        return List.of(
                new Problem("Rosenbrock", LbfgsTest::rosenbrock, new double[] {-1.2, 1}, new double[] {1, 1}, 0),
                new Problem("extended Rosenbrock, 100", LbfgsTest::rosenbrock, far, ones, 0),
                new Problem("Beale", LbfgsTest::beale, new double[] {1, 1}, new double[] {3, 0.5}, 0),
                new Problem("Wood", LbfgsTest::wood, new double[] {-3, -1, -3, -1}, new double[] {1, 1, 1, 1}, 0),
                new Problem("helical valley", LbfgsTest::helix, new double[] {-1, 0, 0}, new double[] {1, 0, 0}, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void minimise_findsTheMinimum(Problem problem) {
        Lbfgs.Minimum found = Lbfgs.withDefaults()
                .withMaxIterations(1000)
                .withGradientTolerance(1e-9)
                .withValueTolerance(0)
                .minimise(problem.objective(), problem.start());
        assertTrue(found.converged(), found::toString);
        assertEquals(problem.value(), found.value(), 1e-15);
        assertArrayEquals(problem.minimum(), found.point(), 1e-7);
        assertTrue(found.evaluations() < 500, () -> found.evaluations() + " evaluations");
    }

    /** Singular Hessian at the minimum: the value converges faster than the point. */
    @Test
    void minimise_singularHessian() {
        Lbfgs.Minimum found = Lbfgs.withDefaults()
                .withGradientTolerance(1e-9)
                .withValueTolerance(0)
                .minimise(LbfgsTest::powell, new double[] {3, -1, 0, 1});
        assertTrue(found.value() < 1e-11, found::toString);
        assertTrue(found.gradientNorm() <= 1e-9);
    }

    @Test
    void minimise_keepsTheStart() {
        double[] start = {-1.2, 1};
        Lbfgs.withDefaults().minimise(LbfgsTest::rosenbrock, start);
        assertArrayEquals(new double[] {-1.2, 1}, start);
    }

    /** A wall of NaN, of +inf or of values without a gradient beside the way. */
    @ParameterizedTest
    @MethodSource("walls")
    void minimise_wallIsTooFar(double behind) {
        Lbfgs.Objective walled = (x, g) -> {
            if (x[0] > 0.5) {
                Arrays.fill(g, Double.NaN);
                return behind;
            }
            return rosenbrock(x, g);
        };
        Lbfgs.Minimum found = Lbfgs.withDefaults().minimise(walled, new double[] {-1.2, 1});
        assertTrue(Double.isFinite(found.value()));
        assertTrue(found.point()[0] <= 0.5);
        assertTrue(found.value() < 0.3, found::toString);
    }

    static Stream<Double> walls() {
        return Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1.0);
    }

    @Test
    void minimise_notFiniteAtTheStart() {
        Lbfgs.Minimum found = Lbfgs.withDefaults()
                .minimise(
                        (x, g) -> {
                            g[0] = 1;
                            return Double.NaN;
                        },
                        new double[] {2});
        assertEquals(Lbfgs.Ending.START, found.ending());
        assertArrayEquals(new double[] {2}, found.point());
    }

    @Test
    void minimise_budgetReturnsTheBestSoFar() {
        Lbfgs.Minimum found =
                Lbfgs.withDefaults().withMaxEvaluations(7).minimise(LbfgsTest::wood, new double[] {-3, -1, -3, -1});
        assertEquals(Lbfgs.Ending.BUDGET, found.ending());
        assertTrue(found.evaluations() <= 7);
        assertTrue(found.value() < 19192);
    }

    /** A function without a lower bound runs off; the result stays finite. */
    @Test
    void minimise_unboundedBelow() {
        Lbfgs.Minimum found = Lbfgs.withDefaults()
                .minimise(
                        (x, g) -> {
                            g[0] = -Math.exp(x[0]);
                            return -Math.exp(x[0]);
                        },
                        new double[] {0});
        assertTrue(Double.isFinite(found.value()));
        assertTrue(found.value() < -1e100);
    }

    @Test
    void minimise_atTheMinimum() {
        Lbfgs.Minimum found = Lbfgs.withDefaults().minimise(LbfgsTest::rosenbrock, new double[] {1, 1});
        assertEquals(0, found.iterations());
        assertEquals(1, found.evaluations());
        assertTrue(found.converged());
    }

    @Test
    void minimise_rejectsNaN() {
        assertThrows(IllegalArgumentException.class, () -> Lbfgs.withDefaults()
                .minimise(LbfgsTest::rosenbrock, new double[] {Double.NaN, 1}));
    }
}
