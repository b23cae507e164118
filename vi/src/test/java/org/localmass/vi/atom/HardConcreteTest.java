package org.localmass.vi.atom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class HardConcreteTest {
    private static final RegressionCase CASE = RegressionCase.load();

    private static double worst(GateFit fit, double[] inclusion) {
        double worst = 0;
        for (int j = 0; j < inclusion.length; j++) {
            worst = Math.max(worst, Math.abs(fit.posterior().inclusion(j) - inclusion[j]));
        }
        return worst;
    }

    @Test
    void fit_regression() {
        double[] start = CASE.vector("mean");
        HardConcrete options = HardConcrete.withDefaults();
        GateFit raw = options.withSweeps(0, 4096).fit(CASE.model, 0.3, 1, start);
        GateFit swept = options.fit(CASE.model, 0.3, 1, start);
        assertTrue(worst(raw, CASE.vector("pip")) <= 0.08);
        assertTrue(worst(swept, CASE.vector("pip")) < 0.02);
        assertTrue(swept.elbo() <= CASE.exact.logEvidence() + 3 * swept.elboError());
        // the Monte Carlo ELBO is that of the closed form
        assertEquals(GateAscent.elbo(CASE.model, swept.posterior()), swept.elbo(), 4 * swept.elboError());
        assertTrue(swept.elboError() < 0.04);
    }

    @Test
    void fit_logistic() {
        JsonNode json = CASE.json.get("logistic");
        Logistic likelihood = new Logistic(RegressionCase.matrix(json.get("X")), RegressionCase.vector(json.get("y")));
        GateFit fit = HardConcrete.withDefaults()
                .withSteps(1000, 64)
                .withSweeps(2, 2048)
                .withSeed(4)
                .fit(likelihood, 0.3, 1, new double[3]);
        assertTrue(worst(fit, RegressionCase.vector(json.get("pip"))) < 0.01);
        double gap = json.get("logZ").asDouble() - fit.elbo();
        assertTrue(gap > -3 * fit.elboError() && gap < 0.15, "gap " + gap);
    }

    @Test
    void fit_sameSeedSameResult() {
        HardConcrete options =
                HardConcrete.withDefaults().withSteps(20, 8).withSweeps(1, 32).withRate(0.05);
        double[] start = new double[6];
        assertEquals(
                options.fit(CASE.model, 0.3, 1, start).posterior().logOdds(2),
                options.fit(CASE.model, 0.3, 1, start).posterior().logOdds(2));
    }

    @Test
    void fit_rejects() {
        HardConcrete options = HardConcrete.withDefaults();
        assertThrows(IllegalArgumentException.class, () -> options.withSweeps(-1, 4));
        assertThrows(IllegalArgumentException.class, () -> options.fit(CASE.model, 1, 1, new double[6]));
        assertThrows(IllegalArgumentException.class, () -> options.fit(CASE.model, 0.3, 1, new double[5]));
        SlabLikelihood broken = new SlabLikelihood() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double value(double[] coefficients) {
                return Double.NaN;
            }

            @Override
            public double value(double[] coefficients, double[] gradient) {
                gradient[0] = Double.NaN;
                return Double.NaN;
            }
        };
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> options.fit(broken, 0.3, 1, new double[1]));
        assertEquals("gradient of the likelihood must be finite, was not at step 0", e.getMessage());
    }

    /** Logistic regression. */
    private record Logistic(double[][] x, double[] y) implements SlabLikelihood {
        @Override
        public int dimension() {
            return x[0].length;
        }

        @Override
        public double value(double[] b) {
            return value(b, new double[b.length]);
        }

        @Override
        public double value(double[] b, double[] gradient) {
            java.util.Arrays.fill(gradient, 0);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double eta = 0;
                for (int j = 0; j < b.length; j++) {
                    eta += x[i][j] * b[j];
                }
                sum += GatePosterior.logLogistic(y[i] > 0.5 ? eta : -eta);
                double residual = y[i] - GatePosterior.logistic(eta);
                for (int j = 0; j < b.length; j++) {
                    gradient[j] += residual * x[i][j];
                }
            }
            return sum;
        }
    }
}
