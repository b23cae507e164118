package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.report.IndexReport;

class IndexCommandTest {
    private static CommandRun index(String... args) {
        return CommandRun.of(
                Stream.concat(Stream.of("index"), Arrays.stream(args)).toArray(String[]::new));
    }

    private static String printed(String... args) {
        CommandRun run = index(args);
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        return run.out().replace("\r\n", "\n");
    }

    private static JsonNode json(String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--format", "json"));
        JsonNode tree = new ObjectMapper().readTree(printed(all.toArray(String[]::new)));
        try (InputStream schema = IndexReport.class.getResourceAsStream("index.schema.json")) {
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(tree));
        }
        return tree;
    }

    @Test
    void index_update_text() {
        assertEquals(
                """
                Mass Index of horseshoe(1) at 0

                power 1.00, log 1.00
                kappa 1.00, beta 1.00, dimension 1
                atom  0
                p(ball) ~ 0.51 r log(1/r)

                More than a smooth density by one logarithm of 1/r.

                After an update by power(2) log(1)

                power 0.333, log 2.00
                kappa 3.00, beta 2.00, dimension 1
                atom  0
                p(ball) ~ 0.17 r^3 log(1/r)^2 / Z

                The update drives mass away. Less mass than a positive smooth density puts
                there.
                Z is the integral of the whole likelihood under the prior.
                T4.2 (a): kappa + g is positive: kappa gains g and beta gains h.
                """,
                printed("--dist", "horseshoe(1)", "--at", "0", "--update", "log(1) * power(2)"));
    }

    @Test
    void index_update_markdown() {
        assertEquals(
                """
                Mass Index of spike\\_slab(0.3, normal(0, 1)) at 0

                |  | power | log | kappa | beta | atom | p(ball) |
                |:--|--:|--:|--:|--:|--:|:--|
                | before | inf | undefined | 0 | 0 | 0.70 | `0.70` |
                | after | inf | undefined | 0 | 0 | 0.35 / Z | `0.35 / Z` |

                The point itself has probability 70 %: an atom.

                After an update by regular(0.5).
                The point stays an atom.
                Z is the integral of the whole likelihood under the prior.
                T4.1: a value that is continuous and positive at the point changes only the constant.
                """,
                printed(
                        "--dist",
                        "spike_slab(0.3, normal(0,1))",
                        "--at",
                        "0",
                        "--update",
                        "regular(0.5)",
                        "--format",
                        "markdown"));
    }

    @Test
    void index_update_json() throws IOException {
        JsonNode tree = json("--dist", "spike_slab(0.3, normal(0, 1))", "--at", "0", "--update", "power(2)");
        assertEquals(0.7, tree.at("/atomMass/estimate").asDouble(), 1e-15);
        JsonNode update = tree.get("update");
        assertEquals("power(2)", update.get("factor").asText());
        assertEquals("proper", update.get("outcome").asText());
        assertTrue(update.get("reason").isNull());
        assertEquals(List.of("T4.2 (atom)", "T4.2 (a)"), update.get("rules").findValuesAsText("label"));
        JsonNode posterior = update.get("posterior");
        assertFalse(posterior.get("normalised").asBoolean());
        assertEquals(3, posterior.at("/kappa/estimate").asDouble());
        assertEquals(1.0 / 3, posterior.get("power").asDouble(), 1e-15);
        assertEquals(0, posterior.at("/atomMass/estimate").asDouble());
        // 0.3 of twice the normal density, times kappa/(kappa+g) = 1/3
        assertEquals(
                Math.log(0.3 * Math.sqrt(2 / Math.PI) / 3),
                posterior.at("/law/logConstant").asDouble(),
                1e-15);
        assertTrue(json("--dist", "cauchy(0, 1)", "--at", "0").get("update").isNull());
        assertEquals(
                "Infinity",
                json("--dist", "normal(0, 1)", "--at", "0", "--update", "flat(1, 2)")
                        .at("/update/posterior/kappa/estimate")
                        .asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "horseshoe(1) | 0 | power(-2) | improper | There is no posterior: kappa + g = -1 is negative, so every",
                "point(0) | 0 | log(1) | improper | There is no posterior: the factor is infinite at the atom.",
                "product(normal(0,1), normal(0,1)) | [0,0] | hinge(-1.2) | improper | There is no posterior: g = -1.2 is",
                "horseshoe(1) | 0 | half() | undecided | Not decided: the prior needs a density that is continuous and",
                "normal(0, 1) | 0 | half() half() | undecided | Not decided: the position of two factors to each other"
            })
    void index_updateWithoutPosterior_isAResult(String law, String at, String factor, String outcome, String start)
            throws IOException {
        String text = printed("--dist", law, "--at", at, "--update", factor);
        assertTrue(text.replaceAll("\\s+", " ").contains(" " + start), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        JsonNode update = json("--dist", law, "--at", at, "--update", factor).get("update");
        assertEquals(outcome, update.get("outcome").asText());
        assertTrue(start.contains(update.get("reason").asText().substring(0, 11)), text);
        assertTrue(update.get("posterior").isNull());
        String markdown = printed("--dist", law, "--at", at, "--update", factor, "--format", "markdown");
        assertTrue(markdown.contains("| before |") && !markdown.contains("| after |"), markdown);
        assertTrue(markdown.contains("\nNot decided: ") || markdown.contains("\nThere is no posterior: "), markdown);
    }

    @Test
    void index_updateOfSomeCoordinates_isInTheirDimension() throws IOException {
        JsonNode tree = json(
                "--dist",
                "product(normal(0, 1), gamma(0.5, 1), normal(0, 1))",
                "--at",
                "x1=0, x2=0",
                "--update",
                "power(1)");
        assertEquals(2, tree.get("dimension").asInt());
        assertEquals(1.5, tree.at("/kappa/estimate").asDouble());
        assertEquals(2.5, tree.at("/update/posterior/kappa/estimate").asDouble());
        assertEquals(0.8, tree.at("/update/posterior/power").asDouble());
    }

    @Test
    void index_quiet_printsNothing() {
        assertEquals(
                new CommandRun(0, "", ""),
                index("--dist", "normal(0,1)", "--at", "0", "--update", "power(1)", "--quiet"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("0", "power(2", "--update: factor: expected ',' or ')' at the end\n  power(2\n         ^"),
                Arguments.of("0", "", "--update: factor: the text is empty, write for example power(2) log(1)"),
                Arguments.of(
                        "0",
                        "half() flat(1, -2)",
                        "--update: factor: s must be positive at character 16\n  half() flat(1, -2)\n                 ^"),
                Arguments.of("0", "cusp(2)", "--update: dimension must be at least 2 for cusp(2), was 1"),
                Arguments.of(
                        "0",
                        "coordinate_powers(1, 2)",
                        "--update: number of exponents of coordinate_powers must be the dimension 1, was 2"),
                Arguments.of("inf", "power(1)", "--update needs a finite point, was --at inf"));
    }

    @ParameterizedTest(name = "[{1}] at {0}")
    @MethodSource("refused")
    void index_badUpdate_isOneClearLine(String at, String factor, String message) {
        CommandRun run = index("--dist", "normal(0, 1)", "--at", at, "--update", factor);
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertEquals("localmass: " + message + "\n", run.err().replace("\r\n", "\n"));
    }

    /** Every command of the manual with the output it shows. */
    static Stream<Arguments> manual() throws IOException {
        Matcher block = Pattern.compile("(?ms)^<!-- output: \\./localmass (index .*?) -->\\n```\\n(.*?)^```$")
                .matcher(Files.readString(CommandRun.root().resolve("docs/updating.md"))
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
        Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
        List<String> args = new ArrayList<>();
        while (word.find()) {
            args.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        assertEquals(expected, run.out().replace("\r\n", "\n"));
    }
}
