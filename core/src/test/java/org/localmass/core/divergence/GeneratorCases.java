package org.localmass.core.divergence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.localmass.core.measure.AccuracySection;
import org.localmass.core.measure.Errors;
import org.localmass.core.measure.Vectors;

/** The cases of falpha.json, falpha_inverse.json and falpha_constants.json: the generator and its inverses. */
public final class GeneratorCases {
    /** Relative error of the generator, of U - 1, 1 - L and log L. */
    static final double LIMIT = 5e-14;

    private GeneratorCases() {}

    private static double n(JsonNode c, String name) {
        return Vectors.number(c.get(name));
    }

    private static String order(JsonNode c, String variable) {
        return "alpha = " + n(c, "alpha") + ", " + variable + " = " + n(c, variable);
    }

    /** The generator and its derivative. */
    static List<Errors> values() {
        Errors values = Errors.of("f", LIMIT);
        Errors slopes = Errors.of("f'", LIMIT);
        for (JsonNode c : Vectors.cases("falpha.json")) {
            Generator f = Generator.of(n(c, "alpha"));
            double x = n(c, "x");
            values.addValue(order(c, "x"), f.value(x), c.get("f"));
            if (x > 0) {
                slopes.addValue(order(c, "x"), f.derivative(x), c.get("fprime"));
            }
        }
        return List.of(values, slopes);
    }

    /** Both branches of the inverse. */
    static List<Errors> inverses() {
        Errors upper = Errors.of("U - 1", LIMIT);
        Errors lower = Errors.of("1 - L", LIMIT);
        Errors logs = Errors.of("log L", LIMIT);
        for (JsonNode c : Vectors.cases("falpha_inverse.json")) {
            Generator f = Generator.of(n(c, "alpha"));
            double d = n(c, "D");
            upper.addValue(order(c, "D"), f.upperExcess(d), c.get("U_minus_1"));
            lower.addValue(order(c, "D"), f.lowerDeficit(d), c.get("one_minus_L"));
            if (c.hasNonNull("log_L")) {
                logs.addValue(order(c, "D"), f.logLower(d), c.get("log_L"));
            }
        }
        return List.of(upper, lower, logs);
    }

    /** The recession slope, and the other x with f(x) = f(0). */
    static List<Errors> constants() {
        Errors twins = Errors.of("upper twin of 0", LIMIT);
        Errors slopes = Errors.of("recession slope", LIMIT);
        for (JsonNode c : Vectors.cases("falpha_constants.json")) {
            Generator f = Generator.of(n(c, "alpha"));
            String label = "alpha = " + n(c, "alpha");
            twins.addValue(label, f.upperTwinOfZero(), c.get("xstar"));
            slopes.addValue(label, f.recessionSlope(), c.get("recession_slope"));
        }
        return List.of(twins, slopes);
    }

    /** One row for each quantity. */
    public static AccuracySection section() {
        List<Errors> rows = new java.util.ArrayList<>(values());
        rows.addAll(inverses());
        rows.addAll(constants());
        return new AccuracySection(
                "The generator of RE-KL and its inverses",
                "`falpha*.json`: orders from 1e-10 to 5, x from 0 to 1e300, divergences from 1e-30 on. L spans hundreds of"
                        + " decades for small orders, so its log is the quantity. Hardest: f of large x above order 1, where"
                        + " the rounding of log x counts (alpha - 1) log x times.",
                rows);
    }
}
