package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.report.MassReport;

/** The command divergence on draws in files, and on distributions that only draws can compare. */
class DivergenceOfDrawsTest {
    private static final String MIXTURE = "mixture(0.5*mvnormal([0.5,0],1)+0.5*mvnormal([0.5,0],1))";

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** Runs a command line with quotes; files of examples/ are found, a star is chains 1 to 4. */
    private static CommandRun run(String line) {
        List<String> args = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            String path = text.startsWith("examples/")
                    ? CommandRun.root().resolve(text).toString()
                    : text;
            boolean pattern = text.startsWith("examples/") && text.contains("*");
            for (int c = 1; c <= (pattern ? 4 : 1); c++) {
                args.add(pattern ? path.replace("*", Integer.toString(c)) : path);
            }
        }
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static final String SCHOOLS =
            "divergence --from examples/eight_schools/advi_meanfield.csv --to examples/eight_schools/nuts_*.csv ";

    static Stream<String> lines() {
        return Stream.of(
                SCHOOLS + "--at tau=0 --radii 0.1:10:5",
                SCHOOLS + "--at mu=4,tau=1 --radii 0.1:10:3 --norm mahalanobis --alpha 1",
                SCHOOLS + "--at inf --radii 0.01:0.1:2 --norm linf",
                "divergence --from normal(4,3.5) --to examples/eight_schools/nuts_*.csv --at mu=4 --radii 0.1:20:3",
                "divergence --from examples/eight_schools/laplace.csv --to \"gamma(2,0.5)\" --at tau=0 --radii 1:2:2",
                "divergence --from \"mvnormal([0.5,0],1)\" --to \"mvnormal([0,0],1)\" --at 0 --radii 0.5:2:2",
                "divergence --from \"mvnormal([0.5,0],1)\" --to \"mvnormal([0,0],1)\" --at 0 --radii 2:2:1 --alpha 1");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyFormat_isWritten_andTheSameTwice(String line) throws IOException {
        for (String format : List.of("text", "markdown", "json")) {
            CommandRun run = run(line + " --format " + format);
            assertEquals("", run.err(), line);
            assertEquals(0, run.code(), line);
            assertFalse(run.out().contains("NaN"), line);
            assertEquals(
                    run.out(), run(line + " --threads 3 --format " + format).out(), line);
            if (format.equals("text")) {
                assertTrue(run.out().lines().allMatch(text -> text.length() <= 80), run.out());
            }
            if (format.equals("json")) {
                try (InputStream schema = MassReport.class.getResourceAsStream("divergence.schema.json")) {
                    assertNotNull(schema);
                    JsonNode tree = new ObjectMapper().readTree(run.out());
                    assertEquals(
                            Set.of(),
                            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                    .getSchema(schema)
                                    .validate(tree),
                            line);
                }
            }
        }
    }

    private static JsonNode json(String line) throws IOException {
        CommandRun run = run(line + " --format json");
        assertEquals("", run.err(), line);
        return new ObjectMapper().readTree(run.out());
    }

    /** The masses near tau = 0 are those of the region tau < 0.5; draws certify by the ratio's interval alone. */
    @Test
    void files_giveMassesBoundsAndTheCertificateOfTheRatio() throws IOException {
        JsonNode tree = json(SCHOOLS + "--at tau=0 --radii 0.5:0.5:1");
        assertEquals("draws", tree.get("method").asText());
        assertEquals(Math.log(0.0965), tree.at("/logMassTo/0").asDouble(), 1e-12);
        assertEquals(Math.log(0.0205), tree.at("/logMassFrom/0").asDouble(), 1e-12);
        assertEquals(0.0205 / 0.0965, tree.at("/ratio/0").asDouble(), 1e-12);
        assertEquals("mass ratio", tree.get("certificateFrom").asText());
        assertEquals(
                1 / tree.at("/ratioLower/0").asDouble(),
                tree.at("/certificate/0").asDouble(),
                1e-12);
        assertTrue(tree.at("/forwardLower/0").asDouble() > 0.01);
        assertTrue(
                tree.at("/forwardLower/0").asDouble() <= tree.at("/forward/0").asDouble());
        // order 1/2: the unnormalised directions are equal
        assertEquals(
                tree.at("/forwardLower/0").asDouble(),
                tree.at("/backwardLower/0").asDouble(),
                1e-12);
        assertEquals(0.0205 - 0.0965, tree.at("/difference/0").asDouble(), 1e-12);
        assertTrue(tree.at("/differenceUpper/0").asDouble() < 0);
    }

    /** For mixtures no formula is used; this one is a normal law, whose formula draws must agree with. */
    @Test
    void distributions_withoutAFormula_areComparedByTheirDensities() throws IOException {
        String rest = " --to \"mvnormal([0,0],1)\" --at 0 --radii 8:8:1";
        JsonNode round = json("divergence --from \"" + MIXTURE + "\"" + rest);
        JsonNode square = json("divergence --from \"mvnormal([0.5,0],1)\"" + rest);
        assertEquals("densities", round.get("method").asText());
        assertEquals("exact", square.get("method").asText());
        double exact = square.at("/forward/0").asDouble();
        assertTrue(round.at("/forwardLower/0").asDouble() <= exact, exact + " " + round.get("forwardLower"));
        assertTrue(round.at("/forwardUpper/0").asDouble() >= exact, exact + " " + round.get("forwardUpper"));
        assertEquals(exact, round.at("/forward/0").asDouble(), 0.02 * exact);
        assertEquals("divergence", round.get("certificateFrom").asText());
        assertTrue(round.at("/certificate/0").asDouble()
                > square.at("/certificate/0").asDouble());
        assertTrue(round.at("/certificate/0").asDouble()
                < 1.02 * square.at("/certificate/0").asDouble());
    }

    @Test
    void seed_changesWhatIsDrawn() throws IOException {
        String line = "divergence --from \"" + MIXTURE + "\" --to \"mvnormal([0,0],1)\" --at 0 --radii 1:1:1";
        assertFalse(json(line).at("/forward/0").asDouble()
                == json(line + " --seed 2").at("/forward/0").asDouble());
        assertEquals(2, json(line + " --seed 2").get("seed").asInt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from nope.csv --to normal(0,1) --at 0 | --from nope.csv: there is no such file",
                "--from normal(0,1) examples/eight_schools/nuts_1.csv --to normal(0,1) --at 0 |"
                        + " --from takes one distribution or files, and there is no file normal(0,1)",
                "--from normal(0,1) --to examples/eight_schools/nuts_1.csv --at zeta=4 | --at: point: there is no zeta",
                "--from normal(0,1) --to examples/eight_schools/nuts_1.csv --at mu=4,tau=1 |"
                        + " --from has dimension 1, the balls live in 2 of 18 coordinates",
                "--from examples/eight_schools/nuts_1.csv --to examples/neal_funnel/nuts_1.csv --at 0 |"
                        + " reference and approximation must share a parameter",
                "--from examples/eight_schools/nuts_1.csv --to examples/eight_schools/nuts_2.csv --at mu=0 --level 1 |"
                        + " --level must lie strictly between 0 and 1, was 1.0",
                "--from examples/eight_schools/nuts_1.csv --to examples/eight_schools/nuts_2.csv --at mu=0 --alpha 0 |"
                        + " --alpha must be positive and finite, was 0.0",
                "--from normal(0,1) --to examples/README.md --at 0 | examples/README.md"
            })
    void badInput_isOneClearLine(String options, String message) {
        CommandRun run = run("divergence " + options);
        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("localmass: "), run.err());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void oneDraw_andEmptyBalls_areValues(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "x,y\n0.5,1\n");
        Path few = Files.writeString(folder.resolve("few.csv"), "x,y\n5,1\n5,1\n5,1\n6,1\n");
        CommandRun run = CommandRun.of(
                "divergence", "--from", one.toString(), "--to", few.toString(), "--at", "x=0", "--radii", "0.1:10:3");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("Certificate: none"), run.out());
    }

    /** Every command of the manual with the output it shows. */
    static Stream<Arguments> manual() throws IOException {
        Matcher block = Pattern.compile("(?ms)^<!-- output: \\./localmass (divergence .*?) -->\\n```\\n(.*?)^```$")
                .matcher(Files.readString(CommandRun.root().resolve("docs/divergence-draws.md"))
                        .replace("\r\n", "\n"));
        List<Arguments> found = new ArrayList<>();
        while (block.find()) {
            found.add(Arguments.of(block.group(1), block.group(2)));
        }
        assertFalse(found.isEmpty());
        return found.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("manual")
    void manual_showsTheOutput(String command, String expected) {
        CommandRun run = run(command);
        assertEquals(0, run.code(), run.err());
        String bare = unwrapped(run.out().replace(CommandRun.root() + "/", ""));
        assertEquals(unwrapped(expected.replace("\r\n", "\n")), bare);
    }

    /** Paths of another length break lines elsewhere. */
    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
