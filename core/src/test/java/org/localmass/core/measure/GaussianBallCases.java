package org.localmass.core.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.region.Norm;

/** The cases of gaussian_balls.json: log masses of balls and of their complements. */
public final class GaussianBallCases {
    /** Of the relative error of a mass. */
    private static final double MASS = 1e-12;
    /** Of a log beyond 500 nats, where the spacing of doubles is more than a tenth of {@link #MASS}. */
    private static final double LOG_ULPS = 10;

    private static final double LARGE = 500;

    private GaussianBallCases() {}

    private record Question(MultivariateNormal law, double[] centre, Norm norm) {}

    private static Question question(JsonNode c) {
        int d = c.get("d").intValue();
        if (c.has("isotropic_sd")) {
            double sd = Vectors.number(c.get("isotropic_sd"));
            double[] centre = new double[d];
            centre[0] = Vectors.number(c.get("center_offset_norm"));
            return new Question(
                    MultivariateNormal.of(new double[d], Covariance.isotropic(d, sd * sd)), centre, Norm.l2());
        }
        if (c.has("norm")) {
            double[] variances = Arrays.stream(Vectors.numbers(c.get("diag_sd")))
                    .map(s -> s * s)
                    .toArray();
            return new Question(
                    MultivariateNormal.of(Vectors.numbers(c.get("diag_mean")), Covariance.diagonal(variances)),
                    Vectors.numbers(c.get("center")),
                    Norm.linf());
        }
        double[][] matrix = new double[d][];
        for (int i = 0; i < d; i++) {
            matrix[i] = Vectors.numbers(c.get("cov").get(i));
        }
        return new Question(
                MultivariateNormal.of(Vectors.numbers(c.get("mean")), Covariance.full(matrix)),
                Vectors.numbers(c.get("center")),
                Norm.l2());
    }

    /** One row for each kind of ball. */
    static List<Errors> rows() {
        Errors balls = Errors.of("l2 ball", MASS);
        Errors outside = Errors.of("outside of an l2 ball", MASS);
        Errors dense = Errors.of("l2 ball and its outside, dense covariance of condition 1,024 and 1,048,576", MASS);
        Errors boxes = Errors.of("linf ball", MASS);
        Errors logs = Errors.ofLogs("logs beyond 500 nats", LOG_ULPS);
        for (JsonNode c : Vectors.cases("gaussian_balls.json")) {
            Question question = question(c);
            double r = Vectors.number(c.get("r"));
            String label = "d = " + c.get("d") + ", r = " + r
                    + (c.has("condition") ? ", condition " + c.get("condition") : "");
            double actual = question.law.logBallMass(question.centre, r, question.norm);
            boolean full = c.path("note").asText().contains("dense");
            add(
                    label,
                    actual,
                    c.get("log_mass"),
                    full ? dense : question.norm.label().equals("linf") ? boxes : balls,
                    logs);
            if (c.hasNonNull("log_complement")) {
                Covariance covariance = question.law.covariance();
                double complement = GaussianBall.logComplement(
                        covariance.eigenvalues(), covariance.rotated(question.law.mean(), question.centre), r);
                add(label + ", outside", complement, c.get("log_complement"), full ? dense : outside, logs);
            }
        }
        return List.of(balls, outside, boxes, dense, logs);
    }

    private static void add(String label, double actual, JsonNode expected, Errors masses, Errors logs) {
        (Math.abs(Vectors.number(expected)) > LARGE ? logs : masses).addLog(label, actual, expected);
    }

    public static AccuracySection section() {
        return new AccuracySection(
                "Gaussian balls",
                """
                Log masses; what is shown as relative is the error of the mass. One to 100 dimensions, conditions to 1e6,
                logs to -785, and the outside of the same balls.

                The hardest are the smallest: at r = 1e-6 in ten dimensions the mass is e^-153, and half a unit in the last
                place of that exponent is 1.4e-14. A dense covariance needs its eigenvalues: those of an eigensolver in
                doubles are wrong by 1e-16 of the largest, so small ones are refined in pairs of doubles.""",
                rows());
    }
}
