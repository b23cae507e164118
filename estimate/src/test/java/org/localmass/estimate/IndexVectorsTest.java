package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Interval;

/** The vectors of the theory for estimators, and what {@code tools/reference/mass_index.py} adds to them. */
class IndexVectorsTest {
    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    private static void close(JsonNode expected, double actual, double tolerance) {
        assertEquals(expected.asDouble(), actual, tolerance * Math.abs(expected.asDouble()));
    }

    @TestFactory
    List<DynamicTest> estimators_matchTheoryVectors() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(getClass().getResourceAsStream("estimation.json"))
                .get("cases");
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode c : cases) {
            JsonNode e = c.get("expected");
            switch (c.get("kind").asText()) {
                case "hill_fixed_radius" ->
                    tests.add(DynamicTest.dynamicTest("Hill, fixed radius", () -> {
                        HillFit fit = HillFit.within(
                                numbers(c.get("radii")), c.get("R").asDouble(), 0.95);
                        close(e.get("S"), fit.logSum(), 1e-14);
                        close(e.get("kappa_mle"), fit.maximum(), 1e-14);
                        close(e.get("kappa_unbiased"), fit.kappa().estimate(), 1e-14);
                        close(e.get("ci95").get(0), fit.kappa().lower(), 1e-13);
                        close(e.get("ci95").get(1), fit.kappa().upper(), 1e-13);
                        close(e.get("se_mle"), fit.maximum() / Math.sqrt(fit.draws()), 1e-14);
                    }));
                case "hill_knn" ->
                    tests.add(DynamicTest.dynamicTest("Hill, nearest draws", () -> {
                        HillFit fit = HillFit.nearest(
                                numbers(c.get("radii")), c.get("k").asInt(), 0.95);
                        close(e.get("kappa_mle"), fit.maximum(), 1e-14);
                        close(e.get("kappa_unbiased"), fit.kappa().estimate(), 1e-14);
                    }));
                case "joint_kappa_beta_mle" ->
                    tests.add(DynamicTest.dynamicTest("joint kappa, beta", () -> {
                        PowerLogFit fit = PowerLogFit.of(
                                numbers(c.get("radii")), c.get("R").asDouble(), 1, 0.95);
                        close(e.get("kappa"), fit.kappa().estimate(), 1e-9);
                        close(e.get("beta"), fit.beta().estimate(), 1e-9);
                        close(e.get("loglik_at_mle"), fit.logLikelihood(), 1e-13);
                        double gain = e.get("loglik_at_mle").asDouble()
                                - e.get("loglik_beta0_hill").asDouble();
                        assertEquals(2 * gain, fit.ratio(), 1e-11);
                        assertTrue(
                                fit.beta().lower() < 1 && 1 < fit.beta().upper(),
                                "2 log likelihood ratio is 4.1 for" + " the pair (1, 1), less for beta alone");
                    }));
                case "log_law_information_beta0" ->
                    tests.add(DynamicTest.dynamicTest("information " + c.get("kappa") + " " + c.get("S0"), () -> {
                        PowerLogFit.Errors errors = PowerLogFit.errors(
                                c.get("kappa").asDouble(), c.get("S0").asDouble());
                        close(e.get("sd_kappa_sqrt_n"), errors.kappa(), 1e-11);
                        close(e.get("sd_beta_sqrt_n"), errors.beta(), 1e-11);
                    }));
                case "self_normalised_is" ->
                    tests.add(DynamicTest.dynamicTest("weights", () -> {
                        double[] inside = numbers(c.get("inside"));
                        Draws draws = Draws.of(
                                List.of("x"),
                                List.of(Chain.adopt(new double[][] {inside}, numbers(c.get("log_weights")), Map.of())),
                                Sampling.INDEPENDENT);
                        MassEstimate mass =
                                DrawsMass.withDefaults().estimate(draws, Interval.atom(draws.names(), 0, 1));
                        double p = mass.estimate();
                        close(e.get("mass"), p, 1e-14);
                        close(e.get("delta_var"), p * (1 - p) / mass.effectiveSize(), 1e-14);
                    }));
                case "indicator_effective_count" ->
                    tests.add(DynamicTest.dynamicTest("effective count, " + c.get("name"), () -> {
                        boolean[] hits = new boolean[c.get("n").asInt()];
                        for (JsonNode at : c.get("indicator_hits_at")) {
                            hits[at.asInt()] = true;
                        }
                        double enclosing = c.get("tau_enclosing").asDouble();
                        double tau = Math.max(1, enclosing);
                        if (!c.get("tau_autocorrelation").isNull()) {
                            double dispersion = Autocorrelation.dispersion(
                                    new boolean[][] {hits}, c.get("batch_size").asInt());
                            close(e.get("batch_dispersion"), dispersion, 1e-13);
                            tau = Math.max(c.get("tau_autocorrelation").asDouble(), dispersion);
                        }
                        Draws draws =
                                Draws.of(List.of("x"), List.of(Chain.adopt(new double[hits.length])), Sampling.UNKNOWN);
                        MassEstimate mass = DrawsMass.withDefaults()
                                .estimate(draws, Membership.adopt(new boolean[][] {hits}), enclosing, tau);
                        close(e.get("k_eff"), mass.effectiveHits(), 1e-13);
                        close(e.get("n_eff"), mass.effectiveSize(), 1e-13);
                        close(e.get("lower"), mass.lower(), 1e-12);
                        close(e.get("upper"), mass.upper(), 1e-12);
                    }));
                default -> {
                    // densities and Clopper-Pearson limits have their own tests
                }
            }
        }
        assertEquals(12, tests.size());
        return tests;
    }

    @ParameterizedTest(name = "{0} degrees, p {1}")
    @CsvFileSource(resources = "chi-square.csv", useHeadersInDisplayName = false, numLinesToSkip = 2)
    void quantiles_matchReference(double freedom, double p, double lower, double upper) {
        assertEquals(lower, ChiSquare.lower(p, freedom), 1e-12 * lower);
        assertEquals(upper, ChiSquare.upper(p, freedom), 1e-12 * upper);
    }

    @ParameterizedTest(name = "{0}, {1} radii")
    @CsvFileSource(
            resources = "power-log.csv",
            useHeadersInDisplayName = false,
            numLinesToSkip = 2,
            maxCharsPerColumn = 20_000)
    void profileIntervals_matchReference(
            String law,
            int count,
            String radii,
            double kappa,
            double kappaLower,
            double kappaUpper,
            double beta,
            double betaLower,
            double betaUpper,
            double logLikelihood,
            double ratio) {
        double[] rho =
                Arrays.stream(radii.split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertEquals(count, rho.length);
        PowerLogFit fit = PowerLogFit.of(rho, Math.exp(-4), 1, 0.95);
        assertEquals(kappa, fit.kappa().estimate(), 1e-9);
        assertEquals(kappaLower, fit.kappa().lower(), 1e-8);
        assertEquals(kappaUpper, fit.kappa().upper(), 1e-8);
        assertEquals(beta, fit.beta().estimate(), 1e-8);
        assertEquals(betaLower, fit.beta().lower(), 1e-7);
        assertEquals(betaUpper, fit.beta().upper(), 1e-7);
        assertEquals(logLikelihood, fit.logLikelihood(), 1e-11 * Math.abs(logLikelihood));
        assertEquals(ratio, fit.ratio(), 1e-9);
    }
}
