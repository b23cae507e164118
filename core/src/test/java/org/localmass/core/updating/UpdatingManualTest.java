package org.localmass.core.updating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.region.Norm;
import org.localmass.core.region.RegionSyntaxException;
import org.localmass.core.spec.DistributionText;

/** The examples of docs/updating.md: the update of the prior's law against the exact posterior. */
class UpdatingManualTest {
    /** Relative; the document has twelve digits. */
    private static final double DIGITS = 5e-12;

    /** Of logs of constants, relative to the larger of 1 and the log; measured: below 1e-15. */
    private static final double EXACT = 3e-15;

    private record Example(Map<String, String> lines) {
        String of(String name) {
            return lines.getOrDefault(name, "");
        }

        double[] point() {
            return Arrays.stream(of("at").replaceAll("[\\[\\] ]", "").split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        Distribution posterior() {
            return DistributionText.parse(of("posterior"));
        }

        LocalLaw update() {
            BayesianUpdate prior = BayesianUpdate.of(DistributionText.parse(of("prior")), point(), Norm.l2())
                    .withLogNormaliser(Double.parseDouble(of("log Z")));
            return assertInstanceOf(Update.Proper.class, prior.apply(LikelihoodFactor.parse(of("factor"))))
                    .law();
        }

        @Override
        public String toString() {
            return of("prior") + " at " + of("at") + ", " + of("factor");
        }
    }

    private static String manual() throws IOException {
        return Files.readString(Path.of(System.getProperty("localmass.root"), "docs", "updating.md"))
                .replace("\r\n", "\n");
    }

    static Stream<Example> examples() throws IOException {
        Matcher block = Pattern.compile("(?ms)^```update\\n(.*?)\\n```$").matcher(manual());
        List<Example> examples = new ArrayList<>();
        while (block.find()) {
            Map<String, String> lines = new LinkedHashMap<>();
            block.group(1).lines().forEach(line -> {
                String[] parts = line.split("  +", 2);
                lines.put(parts[0], parts[1]);
            });
            examples.add(new Example(lines));
        }
        assertTrue(examples.size() >= 9, "only " + examples.size());
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void update_isTheLawOfThePosterior(Example example) {
        LocalLaw law = example.update();
        LocalLaw exact = example.posterior().localLaw(example.point(), Norm.l2());
        assertEquals(exact.kappa(), law.kappa(), 1e-15 * exact.kappa());
        assertEquals(exact.beta(), law.beta());
        assertEquals(exact.isAtom(), law.isAtom());
        if (!exact.isVanishing()) {
            assertEquals(exact.logConstant(), law.logConstant(), EXACT * Math.max(1, Math.abs(exact.logConstant())));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void update_isTheLawShown(Example example) {
        LocalLaw law = example.update();
        String[] shown = example.of("law").split(", ", -1);
        if (shown.length == 1) {
            assertEquals("kappa inf", shown[0]);
            assertTrue(law.isVanishing());
            return;
        }
        assertEquals(value("kappa ", shown[0]), law.kappa(), DIGITS);
        assertEquals(value("beta ", shown[1]), law.beta());
        double constant = value("C ", shown[2]);
        assertEquals(constant, Math.exp(law.logConstant()), DIGITS * constant);
    }

    private static double value(String name, String text) {
        assertTrue(text.startsWith(name), text);
        return Double.parseDouble(text.substring(name.length()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void masses_areThoseShownAndApproachTheLaw(Example example) {
        Distribution posterior = example.posterior();
        LocalLaw law = example.update();
        double previous = Double.POSITIVE_INFINITY;
        for (String one : example.of("mass").isEmpty()
                ? List.<String>of()
                : List.of(example.of("mass").split(", ", -1))) {
            double radius = Double.parseDouble(one.split(": ", -1)[0]);
            double shown = Double.parseDouble(one.split(": ", -1)[1]);
            double logMass = posterior.logBallMass(example.point(), radius, Norm.l2());
            assertEquals(shown, Math.exp(logMass), DIGITS * shown);
            if (!law.isVanishing()) {
                double error = Math.abs(logMass - law.logConstant() - law.kappa() * Math.log(radius));
                assertTrue(error < 0.1 * previous && error < 0.05, "error " + error + " at " + radius);
                previous = error;
            }
        }
    }

    /** Masses that the block does not show: an atom's, and that of a coordinate that moves freely. */
    @ParameterizedTest
    @MethodSource("examples")
    void masses_ofTinyBallsAreTheLaw(Example example) {
        LocalLaw law = example.update();
        double logMass = example.posterior().logBallMass(example.point(), 1e-12, Norm.l2());
        if (law.isVanishing()) {
            assertEquals(Double.NEGATIVE_INFINITY, logMass);
        } else {
            assertEquals(law.logConstant() + law.kappa() * Math.log(1e-12), logMass, 1e-5);
        }
    }

    @Test
    void error_isAsShown() throws IOException {
        Matcher block = Pattern.compile("(?ms)^```factor-error\\n(.*?)\\n```$").matcher(manual());
        assertTrue(block.find());
        String message = block.group(1);
        String text = message.lines().toList().get(1).strip();
        var e = assertThrows(RegionSyntaxException.class, () -> LikelihoodFactor.parse(text));
        assertEquals(message, e.getMessage());
    }

    @Test
    void elements_ofTheTableAreThoseOfTheParser() throws IOException {
        var unknown = assertThrows(RegionSyntaxException.class, () -> LikelihoodFactor.parse("unknown()"));
        Matcher list = Pattern.compile("there are (.*)$").matcher(unknown.summary());
        assertTrue(list.find(), unknown.summary());
        Matcher row = Pattern.compile("(?m)^\\| `(\\w+)\\(").matcher(manual());
        TreeSet<String> names = new TreeSet<>();
        while (row.find()) {
            names.add(row.group(1));
        }
        assertFalse(names.isEmpty());
        assertEquals(new TreeSet<>(List.of(list.group(1).split(", ", -1))), names);
    }

    @Test
    void rules_ofTheTableAreThoseOfTheCode() throws IOException {
        String manual = manual();
        for (Rule rule : Rule.values()) {
            assertTrue(
                    manual.contains("\n| " + rule.label() + " | ") || manual.contains("\n| [" + rule.label() + "]("),
                    rule.label());
        }
    }
}
