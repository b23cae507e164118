package org.localmass.core.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.Norm;

/** The cases of logscale.json: special functions on the log scale. */
public final class LogScaleCases {
    private static final double ULPS = 8;

    private LogScaleCases() {}

    static List<Errors> rows() {
        Errors gamma = Errors.ofLogs("log P(a, x), regularised lower incomplete gamma", ULPS);
        Errors normal = Errors.ofLogs("log mass of an interval, normal(0, 1)", ULPS);
        Errors log1mexp = Errors.ofLogs("log(1 - e^x)", ULPS);
        Errors erf = Errors.ofLogs("log erf(x), a mass of a normal ball", ULPS);
        Errors horseshoe = Errors.ofLogs("log density, horseshoe(1)", ULPS);
        Errors volume = Errors.ofLogs("log volume of the unit ball", ULPS);
        for (JsonNode c : Vectors.cases("logscale.json")) {
            JsonNode expected = c.get("value");
            switch (c.get("fn").asText()) {
                case "log_gammainc_lower_regularized" -> {
                    double a = c.get("a").doubleValue();
                    double x = c.get("x").doubleValue();
                    gamma.addLog(
                            "a = " + a + ", x = " + x, Distributions.gamma(a, 1).logLower(x), expected);
                }
                case "log_normal_interval" -> {
                    double low = c.get("lo").doubleValue();
                    double high = c.get("hi").doubleValue();
                    normal.addLog(low + " to " + high, Normal.STANDARD.logMass(low, high), expected);
                }
                case "log1mexp" -> {
                    double x = c.get("x").doubleValue();
                    log1mexp.addLog("x = " + x, LogSum.log1mexp(x), expected);
                }
                case "log_erf" -> {
                    double x = c.get("x").doubleValue();
                    Univariate law = Distributions.generalizedNormal(0, 1, 2); // its density is exp(-x^2)
                    erf.addLog("x = " + x, law.logBallMass(0, x), expected);
                }
                case "log_horseshoe_density" -> {
                    double x = c.get("x").doubleValue();
                    horseshoe.addLog("x = " + x, ShrinkagePriors.horseshoe(1).logDensity(x), expected);
                }
                case "log_unit_ball_volume" -> {
                    int d = c.get("d").intValue();
                    volume.addLog("d = " + d, MultivariateNormal.logUnitVolume(d, Norm.l2()), expected);
                }
                default -> throw new IllegalArgumentException(c.toString());
            }
        }
        return List.of(gamma, normal, log1mexp, erf, horseshoe, volume);
    }

    public static AccuracySection section() {
        return new AccuracySection(
                "Special functions on the log scale",
                """
                As the laws compute them that are made of them. Where the mass is near 1 its log is taken from the
                complement, so that `log P(3, 700)`, which is -2.4e-299, has all its digits.""",
                rows());
    }
}
