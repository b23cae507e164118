package org.localmass.vi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.localmass.core.measure.LogDensity;

/** Log densities up to a constant are the {@code lp__} that Stan wrote with its draws; six digits of them. */
class StanLogDensityTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    private static void assertStansUpToAConstant(Model model, Path draws, int firstColumn, double tolerance)
            throws IOException {
        LogDensity.Differentiable density = model.evaluator();
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        int n = 0;
        double leastLp = Double.POSITIVE_INFINITY;
        double mostLp = Double.NEGATIVE_INFINITY;
        for (String line : Files.readAllLines(draws)) {
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("lp__")) {
                continue;
            }
            double[] fields = Arrays.stream(line.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double[] parameters = Arrays.copyOfRange(
                    fields, firstColumn, firstColumn + model.parameterNames().size());
            double gap = density.value(model.unconstrain(parameters)) - fields[0];
            lowest = Math.min(lowest, gap);
            highest = Math.max(highest, gap);
            leastLp = Math.min(leastLp, fields[0]);
            mostLp = Math.max(mostLp, fields[0]);
            n++;
        }
        assertEquals(1000, n);
        assertTrue(mostLp - leastLp > 5, "the test has no power");
        assertEquals(0, highest - lowest, tolerance);
    }

    @Test
    void eightSchools() throws IOException {
        Path draws = EXAMPLES.resolve("eight_schools/nuts_1.csv");
        assertStansUpToAConstant(Models.of("eight_schools_noncentered"), draws, 7, 1e-3);
    }

    @Test
    void funnel() throws IOException {
        Path draws = EXAMPLES.resolve("neal_funnel/nuts_1.csv");
        assertStansUpToAConstant(Models.of("funnel(d=10)"), draws, 7, 2e-3);
    }

    @Test
    void logisticRegression() throws IOException {
        Path folder = EXAMPLES.resolve("logistic_breast_cancer");
        JsonNode data = new ObjectMapper()
                .readTree(folder.resolve("logistic_breast_cancer.data.json").toFile());
        List<double[]> rows = new ArrayList<>();
        for (JsonNode row : data.get("X")) {
            double[] values = References.numbers(row);
            assertEquals(1, values[0]);
            rows.add(Arrays.copyOfRange(values, 1, values.length));
        }
        RegressionTable table = RegressionTable.of(
                "y", List.of("x1", "x2", "x3", "x4"), References.numbers(data.get("y")), rows.toArray(new double[0][]));
        String text = "logistic(scale=2, intercept_scale=2)";
        assertEquals(2, data.get("prior_scale").doubleValue());
        assertStansUpToAConstant(Models.of(text, Optional.of(table)), folder.resolve("nuts_1.csv"), 7, 2e-3);
    }

    /** At the mode that SciPy found the gradient vanishes, and its differences are the inverse of the covariance. */
    @Test
    void logisticRegression_hasTheModeOfScipy() throws IOException {
        String folder = System.getProperty("localmass.testdata", "");
        assumeFalse(folder.isEmpty(), "needs -Dlocalmass.testdata=DIR with data/uci");
        Path data = Path.of(folder, "data", "uci");
        RegressionTable table = RegressionTable.read(
                data.resolve("design/breast_cancer_seed0.csv"), "y", List.of("x1", "x2", "x3", "x4"));
        LogDensity.Differentiable density = Models.of("logistic(scale=2, intercept_scale=2)", Optional.of(table))
                .evaluator();
        JsonNode laplace = new ObjectMapper()
                .readTree(data.resolve("laplace/breast_cancer_seed0.json").toFile());
        double[] mode = References.numbers(laplace.get("mean"));
        double[] gradient = new double[5];
        density.value(mode, gradient);
        for (double slope : gradient) {
            assertEquals(0, slope, 1e-4);
        }
        double[] up = new double[5];
        double[] down = new double[5];
        double[] moved = mode.clone();
        double[][] hessian = new double[5][5];
        for (int i = 0; i < 5; i++) {
            moved[i] = mode[i] + 1e-4;
            density.value(moved, up);
            moved[i] = mode[i] - 1e-4;
            density.value(moved, down);
            moved[i] = mode[i];
            for (int j = 0; j < 5; j++) {
                hessian[i][j] = -(up[j] - down[j]) / 2e-4;
            }
        }
        for (int i = 0; i < 5; i++) {
            double[] column = References.numbers(laplace.get("covariance").get(i));
            for (int j = 0; j < 5; j++) {
                double product = 0;
                for (int k = 0; k < 5; k++) {
                    product += hessian[j][k] * column[k];
                }
                assertEquals(i == j ? 1 : 0, product, 1e-5);
            }
        }
    }
}
