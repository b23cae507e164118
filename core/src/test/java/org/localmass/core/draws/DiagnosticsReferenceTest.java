package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every diagnostic against R package posterior; the file names its version and script. */
class DiagnosticsReferenceTest {
    private static final double TOLERANCE = 1e-12;

    /** posterior rounds the chains' means to doubles, which is 1e-9 of a spread that is a millionth of the mean. */
    private static final double OFFSET_TOLERANCE = 1e-8;

    /** Where the definitions differ on purpose; tested in {@link RHatTest} and {@link MonteCarloErrorTest}. */
    private static final Set<String> DEPARTURES = Set.of(
            "two values, half of the draws each: rhat",
            "stuck chains at different values: rhat",
            "tiny scale: mcse_sd",
            "huge scale: mcse_sd");

    private static final Map<String, ToDoubleFunction<double[][]>> QUANTITIES = new TreeMap<>(Map.ofEntries(
            Map.entry("ess_bulk", EffectiveSampleSize::bulk),
            Map.entry("ess_tail", EffectiveSampleSize::tail),
            Map.entry("ess_mean", EffectiveSampleSize::mean),
            Map.entry("ess_sd", EffectiveSampleSize::standardDeviation),
            Map.entry("ess_basic", EffectiveSampleSize::mean),
            Map.entry("ess_unsplit", EffectiveSampleSize::unsplit),
            Map.entry("ess_q0", c -> EffectiveSampleSize.quantile(c, 0)),
            Map.entry("ess_q5", c -> EffectiveSampleSize.quantile(c, 0.05)),
            Map.entry("ess_q30", c -> EffectiveSampleSize.quantile(c, 0.3)),
            Map.entry("ess_q50", c -> EffectiveSampleSize.quantile(c, 0.5)),
            Map.entry("ess_q95", c -> EffectiveSampleSize.quantile(c, 0.95)),
            Map.entry("ess_q100", c -> EffectiveSampleSize.quantile(c, 1)),
            Map.entry("rhat", RHat::rankNormalised),
            Map.entry("rhat_basic", RHat::basic),
            Map.entry("mcse_mean", MonteCarloError::mean),
            Map.entry("mcse_sd", MonteCarloError::standardDeviation),
            Map.entry("mcse_q5", c -> MonteCarloError.quantile(c, 0.05)),
            Map.entry("mcse_q50", c -> MonteCarloError.quantile(c, 0.5)),
            Map.entry("mcse_q95", c -> MonteCarloError.quantile(c, 0.95)),
            Map.entry("mcse_q100", c -> MonteCarloError.quantile(c, 1)),
            Map.entry("mean", c -> summary(c).mean()),
            Map.entry("median", c -> summary(c).median()),
            Map.entry("sd", c -> summary(c).sd()),
            Map.entry("mad", c -> summary(c).mad()),
            Map.entry("q5", c -> summary(c).q5()),
            Map.entry("q95", c -> summary(c).q95())));

    private static ParameterSummary summary(double[][] chains) {
        List<Chain> adopted = new ArrayList<>();
        for (double[] chain : chains) {
            adopted.add(Chain.adopt(chain.clone()));
        }
        ParameterSummary summary = ParameterSummary.of(Draws.of(List.of("x"), adopted, Sampling.MARKOV_CHAIN), 0);
        assertEquals(RHat.rankNormalised(chains), summary.rHat());
        assertEquals(EffectiveSampleSize.bulk(chains), summary.essBulk());
        assertEquals(EffectiveSampleSize.tail(chains), summary.essTail());
        return summary;
    }

    static List<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(DiagnosticsReferenceTest.class.getResourceAsStream("diagnostics.json"))) {
            for (JsonNode node : new ObjectMapper().readTree(in).get("cases")) {
                double[][] chains = new double[node.get("chains").size()][];
                for (int c = 0; c < chains.length; c++) {
                    JsonNode values = node.get("chains").get(c);
                    chains[c] = new double[values.size()];
                    for (int i = 0; i < chains[c].length; i++) {
                        chains[c][i] = values.get(i).asDouble();
                    }
                }
                String name = node.get("name").asText();
                for (Map.Entry<String, ToDoubleFunction<double[][]>> q : QUANTITIES.entrySet()) {
                    if (DEPARTURES.contains(name + ": " + q.getKey())) {
                        continue;
                    }
                    cases.add(Arguments.of(
                            name,
                            q.getKey(),
                            reference(node.get("expected").get(q.getKey())),
                            Named.of("chains", chains)));
                }
            }
        }
        return cases;
    }

    private static double reference(JsonNode value) {
        return value.isNull() ? Double.NaN : value.isTextual() ? Double.POSITIVE_INFINITY : value.asDouble();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void value_matchesPosterior(String name, String quantity, double expected, double[][] chains) {
        double actual = Objects.requireNonNull(QUANTITIES.get(quantity)).applyAsDouble(chains);
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            assertEquals(expected, actual);
        } else {
            double tolerance = name.equals("large offset") ? OFFSET_TOLERANCE : TOLERANCE;
            double error = Math.abs(actual - expected) / Math.max(Math.abs(expected), Double.MIN_NORMAL);
            assertTrue(error <= tolerance, () -> expected + " expected, was " + actual + ", relative error " + error);
        }
    }
}
