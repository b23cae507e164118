package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.localmass.core.region.Norm;

class GaussianBallTest {
    /** Eigenvalues of a dense matrix carry the error of the eigensolver: condition times 2e-16 (docs/theory.md E7.5). */
    private static double tolerance(JsonNode c, double logMass) {
        double condition =
                c.has("note") && c.get("note").asText().contains("dense") ? Vectors.number(c.get("condition")) : 1;
        return Math.max(1e-12 * 1e-1, 4e-16 * Math.abs(logMass)) + 2e-16 * condition;
    }

    @Test
    void logBallMass_matchesReference() {
        Errors errors = new Errors();
        for (JsonNode c : Vectors.cases("gaussian_balls.json")) {
            double r = Vectors.number(c.get("r"));
            int d = c.get("d").intValue();
            Distribution law;
            double[] centre;
            Norm norm = Norm.l2();
            if (c.has("isotropic_sd")) {
                double sd = Vectors.number(c.get("isotropic_sd"));
                law = MultivariateNormal.of(new double[d], Covariance.isotropic(d, sd * sd));
                centre = new double[d];
                centre[0] = Vectors.number(c.get("center_offset_norm"));
            } else if (c.has("norm")) {
                double[] sd = Vectors.numbers(c.get("diag_sd"));
                double[] variances = Arrays.stream(sd).map(s -> s * s).toArray();
                law = MultivariateNormal.of(Vectors.numbers(c.get("diag_mean")), Covariance.diagonal(variances));
                centre = Vectors.numbers(c.get("center"));
                norm = Norm.linf();
            } else {
                double[][] matrix = new double[d][];
                for (int i = 0; i < d; i++) {
                    matrix[i] = Vectors.numbers(c.get("cov").get(i));
                }
                law = MultivariateNormal.of(Vectors.numbers(c.get("mean")), Covariance.full(matrix));
                centre = Vectors.numbers(c.get("center"));
            }
            double actual = law.logBallMass(centre, r, norm);
            double error = Vectors.massError(actual, c.get("log_mass"));
            double tolerance = tolerance(c, actual);
            errors.add(
                    "d=" + d + " r=" + r + " log mass " + c.get("log_mass").asText() + " "
                            + c.path("note").asText(),
                    error / tolerance);
            if (c.has("log_complement") && !c.get("log_complement").isNull()) {
                double[] shifts = new double[d];
                Arrays.setAll(shifts, j -> 0);
                MultivariateNormal normal = (MultivariateNormal) law;
                double outside = GaussianBall.logComplement(
                        normal.covariance().eigenvalues(), normal.covariance().rotated(normal.mean(), centre), r);
                errors.add(
                        "outside d=" + d + " r=" + r + " "
                                + c.get("log_complement").asText() + " "
                                + c.path("note").asText(),
                        Vectors.massError(outside, c.get("log_complement")) / tolerance(c, outside));
            }
        }
        assertTrue(errors.max() <= 1, errors::toString);
    }
}
