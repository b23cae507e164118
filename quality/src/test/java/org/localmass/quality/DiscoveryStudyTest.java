package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.estimate.ClopperPearson;

/** The fast part of the discovery study; the full tables are docs/quality/discovery.md. */
class DiscoveryStudyTest {
    static Stream<Scenario> planted() {
        return Scenario.all().stream().filter(s -> s.sign() != 0);
    }

    /** Masses of the planted regions as a simulation with numpy gave them. */
    static List<String> masses() throws IOException {
        try (var in = DiscoveryStudyTest.class.getResourceAsStream("scenario-masses.csv")) {
            List<String> lines = new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            lines.removeIf(l -> l.startsWith("#") || l.startsWith("scenario"));
            assertEquals(16, lines.size());
            return lines;
        }
    }

    @ParameterizedTest
    @MethodSource("masses")
    void planted_massesMatchTheOtherSimulation(String line) {
        String[] cells = line.split(",", -1);
        DiscoveryStudy.Truth truth = new DiscoveryStudy.Truth(Scenario.named(cells[0]));
        double[] ours = {truth.massP(), truth.massQ()};
        for (int i = 0; i < 2; i++) {
            double known = Double.parseDouble(cells[i + 1]);
            double size = Math.min(100_000, 4_000_000 / Scenario.named(cells[0]).dimension());
            double error = Math.sqrt(known * (1 - known) * (1 / size + 1 / 400_000.0)) + 1 / size;
            assertEquals(known, ours[i], 4.5 * error, line);
        }
    }

    @ParameterizedTest
    @MethodSource("planted")
    void planted_isFound(Scenario scenario) {
        DiscoveryStudy.Truth truth = new DiscoveryStudy.Truth(scenario);
        DiscoveryStudy.Setting setting = DiscoveryStudy.Setting.of(4, 1000, 0.5, 20_000);
        DiscoveryStudy.Outcome outcome = DiscoveryStudy.run(truth, setting, 1000, 1);
        assertTrue(outcome.best() >= 0.3, scenario.name() + ": " + outcome);
        assertEquals(0, outcome.wrong(), outcome.toString());
        assertTrue(outcome.covered() >= outcome.tested() - 1, outcome.toString());
    }

    @Test
    void equalDistributions_areRarelyReported() {
        int runs = 0;
        int alarms = 0;
        int holm = 0;
        int complete = 0;
        for (String name : List.of("N1", "N3", "N4", "N5")) {
            DiscoveryStudy.Truth truth = new DiscoveryStudy.Truth(Scenario.named(name));
            for (int r = 0; r < 10; r++) {
                DiscoveryStudy.Outcome o =
                        DiscoveryStudy.run(truth, DiscoveryStudy.Setting.of(4, 500, 0.5, 5000), 1000 + r, 1);
                runs++;
                alarms += o.confirmed() > 0 ? 1 : 0;
                holm += o.holm() > 0 ? 1 : 0;
                complete += o.covered() == o.tested() ? 1 : 0;
            }
        }
        assertTrue(alarms <= 2, alarms + " alarms of " + runs);
        assertTrue(ClopperPearson.lower(holm, runs, 0.025) < 0.05, holm + " by Holm of " + runs);
        assertTrue(ClopperPearson.upper(complete, runs, 0.025) > 0.95, complete + " complete of " + runs);
    }

    @Test
    void replicate_isTheSameAtAnyNumberOfThreads() {
        DiscoveryStudy.Truth truth = new DiscoveryStudy.Truth(Scenario.named("S15"));
        DiscoveryStudy.Setting setting = DiscoveryStudy.Setting.of(4, 250, 0.5, 5000);
        DiscoveryStudy.Outcome one = DiscoveryStudy.run(truth, setting, 3, 1);
        assertEquals(one, DiscoveryStudy.run(truth, setting, 3, 2));
        assertEquals(one.line(), DiscoveryStudy.Outcome.of(one.line()).line());
    }
}
