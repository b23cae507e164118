package org.localmass.core.divergence;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.localmass.core.measure.AccuracySection;
import org.localmass.core.measure.Covariance;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Errors;
import org.localmass.core.measure.MultivariateDistributions;
import org.localmass.core.measure.Univariate;
import org.localmass.core.measure.Vectors;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

/** The cases of the files rekl_*.json: local RE-KL. */
public final class ReklCases {
    /** Error as a share of D or of 1e-4 (P + Q), whichever is larger: 1e-11 relative or 1e-15 (P + Q). */
    static final double LIMIT = 1e-11;

    private static final double FLOOR = 1e-4;

    /** The files with two laws given by parameters, one case each for both directions. */
    static final List<String> FILES =
            List.of("gaussian", "symmetric_power", "hard_concrete", "spike_slab", "exp3_uniform_vs_cusp");

    private ReklCases() {}

    static Univariate line(String text) {
        return (Univariate) DistributionText.parse(text);
    }

    /** Both directions of the cases of a file. */
    static Errors file(String name) {
        Errors errors = Errors.of("`rekl_" + name + "`", LIMIT);
        for (JsonNode item : Vectors.cases("rekl_" + name + ".json")) {
            double alpha = item.get("alpha").asDouble();
            double r = item.get("r").asDouble();
            Univariate p = law(name, item, "p");
            Univariate q = law(name, item, "q");
            double scale = item.get("p_mass").asDouble() + item.get("q_mass").asDouble();
            for (boolean forward : new boolean[] {true, false}) {
                Univariate first = forward ? q : p;
                Univariate second = forward ? p : q;
                Rekl result = LocalRekl.of(alpha).onBall(first, second, new double[] {0}, r, Norm.l2());
                errors.add(
                        first + " to " + second + ", alpha = " + alpha + ", r = " + r,
                        error(
                                item.get(forward ? "D_q_p" : "D_p_q").asText(),
                                result.value().value(),
                                scale));
            }
        }
        return errors;
    }

    /** Pairs of the catalogue on balls, tails and the whole line. */
    static Errors pairs() {
        Errors errors = Errors.of("`rekl_pairs`", LIMIT);
        for (JsonNode item : Vectors.cases("rekl_pairs.json")) {
            LocalRekl rekl = LocalRekl.of(item.get("alpha").asDouble());
            Univariate q = line(item.get("q").asText());
            Univariate p = line(item.get("p").asText());
            String at = item.get("at").asText();
            double size = item.get("size").asDouble();
            Rekl result =
                    switch (at) {
                        case "all" -> rekl.everywhere(q, p);
                        case "tail" -> rekl.atInfinity(q, p, size, Norm.l2());
                        default -> rekl.onBall(q, p, new double[] {Double.parseDouble(at)}, size, Norm.l2());
                    };
            double scale = item.get("p_mass").asDouble() + item.get("q_mass").asDouble();
            errors.add(
                    q + " to " + p + ", alpha = " + rekl.alpha() + ", " + at + " " + size,
                    error(item.get("D").asText(), result.value().value(), scale));
        }
        return errors;
    }

    /** Normal distributions in the plane on discs and outside of them. */
    static Errors normalBalls() {
        Errors errors = Errors.of("`rekl_normal_balls`", LIMIT);
        for (JsonNode item : Vectors.cases("rekl_normal_balls.json")) {
            double alpha = item.get("alpha").asDouble();
            Distribution q = plane(item.get("q"));
            Distribution p = plane(item.get("p"));
            double r = item.get("r").asDouble();
            boolean ball = item.get("set").asText().equals("ball");
            Rekl result = ball
                    ? LocalRekl.of(alpha).onBall(q, p, Vectors.numbers(item.get("centre")), r, Norm.l2())
                    : LocalRekl.of(alpha).atInfinity(q, p, r, Norm.l2());
            double scale = item.get("p_mass").asDouble() + item.get("q_mass").asDouble();
            errors.add(
                    q + " to " + p + ", alpha = " + alpha + ", "
                            + (ball ? item.get("centre").toString() : "outside") + " " + r,
                    error(item.get("D").asText(), result.value().value(), scale));
        }
        return errors;
    }

    private static Distribution plane(JsonNode law) {
        double[][] covariance = {
            Vectors.numbers(law.get(1).get(0)), Vectors.numbers(law.get(1).get(1))
        };
        return MultivariateDistributions.multiNormal(Vectors.numbers(law.get(0)), Covariance.full(covariance));
    }

    private static double error(String expected, double actual, double scale) {
        if (expected.equals("Infinity")) {
            return actual == Double.POSITIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
        }
        if (!Double.isFinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        BigDecimal exact = new BigDecimal(expected);
        double gap = new BigDecimal(actual).subtract(exact).abs().doubleValue();
        return gap == 0 ? 0 : gap / Math.max(exact.doubleValue(), FLOOR * scale);
    }

    private static Univariate law(String name, JsonNode item, String which) {
        return switch (name) {
            case "gaussian" ->
                line("normal(" + item.get(which).get(0).asText() + ","
                        + item.get(which).get(1).asText() + ")");
            case "symmetric_power" ->
                line("symmetric_power(" + item.get("a_" + which).asText() + ")");
            case "exp3_uniform_vs_cusp" -> line(which.equals("p") ? "uniform(-1,1)" : "radial_power(1,0.5,1)");
            case "hard_concrete" -> which.equals("p") ? spike(item.get("p")) : line("hard_concrete(0.5)");
            default -> spike(item.get(which));
        };
    }

    private static Univariate spike(JsonNode law) {
        String slab = "normal(" + law.get("slab_mean").asText() + ","
                + law.get("slab_sd").asText() + ")";
        double weight = law.get("slab_weight").asDouble();
        return line(weight == 1 ? slab : "spike_slab(" + weight + "," + slab + ")");
    }

    /** One row for each file. */
    public static AccuracySection section() {
        List<Errors> rows = new ArrayList<>();
        for (String name : FILES) {
            rows.add(file(name));
        }
        rows.add(pairs());
        rows.add(normalBalls());
        return new AccuracySection(
                "Local RE-KL",
                "Errors as a share of D, or of 1e-4 (P + Q) where that is larger: the contract is 1e-11 relative or"
                        + " 1e-15 (P + Q) absolute. Infinite values must be infinite. `rekl_pairs` is made by"
                        + " `tools/reference/rekl.py`, `rekl_normal_balls` by `tools/reference/rekl_normal_balls.py`: on"
                        + " l2 balls in R^d the divergence is a difference of three masses, and at order 1 a derivative by"
                        + " extrapolation, which costs digits.",
                rows);
    }
}
