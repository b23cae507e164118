package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.report.MassReport;

/** {@code mass} and {@code index} on files of draws, and the Mass Index in a check's balls. */
class DrawsCommandsTest {
    private static final List<String> NUTS = List.of(
            "eight_schools/nuts_1.csv",
            "eight_schools/nuts_2.csv",
            "eight_schools/nuts_3.csv",
            "eight_schools/nuts_4.csv");

    private static CommandRun run(String command, String... options) {
        List<String> args = new ArrayList<>(List.of(command, "--draws"));
        NUTS.forEach(file -> args.add(CommandRun.example(file)));
        args.addAll(List.of(options));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) throws IOException {
        assertEquals("", run.err());
        assertEquals(0, run.code());
        return new ObjectMapper().readTree(run.out());
    }

    private static void valid(String command, JsonNode tree) throws IOException {
        try (InputStream in = MassReport.class.getResourceAsStream(command + ".schema.json")) {
            assertNotNull(in);
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
            assertEquals(Set.of(), schema.validate(tree));
        }
    }

    @Test
    void index_ofDraws_isValidJson() throws IOException {
        JsonNode tree = json(run("index", "--at", "tau=0", "--format", "json"));
        valid("index", tree);
        assertEquals("power", tree.get("model").asText());
        assertEquals(1, tree.get("dimension").asInt());
        assertTrue(tree.at("/kappa/lower").asDouble() < 1);
        assertTrue(tree.at("/kappa/upper").asDouble() > 1);
        assertEquals(0, tree.at("/atomMass/upper").asDouble());
        assertTrue(tree.at("/window/to").asDouble() > tree.at("/window/from").asDouble());
        assertTrue(tree.get("plateau").size() > 5);
        assertTrue(tree.get("law").isNull());
    }

    @Test
    void index_ofEachCoordinate() throws IOException {
        JsonNode tree = json(run("index", "--at", "theta[1]=0, theta[2]=0", "--coordinatewise", "--format", "json"));
        valid("index", tree);
        assertEquals(2, tree.get("coordinates").size());
        assertEquals("theta[1]", tree.at("/coordinates/0/name").asText());
        assertEquals(1, tree.at("/coordinates/1/dimension").asInt());
        String markdown = run("index", "--at", "theta[1]=0, theta[2]=0", "--coordinatewise", "--format", "markdown")
                .out();
        assertTrue(markdown.contains("theta"), markdown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "tau=inf", "theta[1]=inf, theta[2]=+inf"})
    void commands_atInfinity(String at) throws IOException {
        JsonNode index = json(run("index", "--at", at, "--format", "json"));
        valid("index", index);
        assertEquals("Infinity", index.at("/at/0").asText());
        JsonNode mass = json(run("mass", "--at", at, "--format", "json"));
        valid("mass", mass);
        assertEquals("Infinity", mass.at("/at/0").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2", "linf", "mahalanobis"})
    void mass_ofDraws_isValidJson(String norm) throws IOException {
        JsonNode tree = json(run("mass", "--at", "tau=1, mu=4", "--norm", norm, "--format", "json"));
        valid("mass", tree);
        assertEquals(norm, tree.get("norm").asText());
        int n = tree.get("radii").size();
        assertTrue(n >= 10, "radii " + n);
        for (int i = 0; i < n; i++) {
            double log = tree.get("logMass").get(i).asDouble();
            assertTrue(tree.get("lower").get(i).asDouble() <= log, "lower " + i);
            assertTrue(log <= tree.get("upper").get(i).asDouble(), "upper " + i);
        }
    }

    @Test
    void mass_withoutHits_givesUpperLimit() throws IOException {
        JsonNode tree = json(run("mass", "--at", "tau=0", "--radii", "1e-9:1e-9:1", "--format", "json"));
        assertEquals("-Infinity", tree.at("/logMass/0").asText());
        assertTrue(tree.at("/upper/0").asDouble() < 0);
        assertTrue(tree.get("cautions").get(0).asText().contains("upper limit"));
        String text = run("mass", "--at", "tau=0", "--radii", "1e-9:1:3").out();
        assertTrue(text.contains("at most"), text);
    }

    @Test
    void mass_weighted() throws IOException {
        CommandRun run = CommandRun.of(
                "mass",
                "--draws",
                CommandRun.example("eight_schools/advi_meanfield.csv"),
                "--at",
                "tau=0",
                "--weights",
                "--radii",
                "5:5:1",
                "--format",
                "json");
        JsonNode weighted = json(run);
        assertTrue(weighted.at("/effectiveDraws/0").asDouble() > 0);
        CommandRun none = run("mass", "--at", "tau=0", "--weights");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("--weights: the files hold no log p and log q"), none.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "index --at tau=0; exactly one of --dist and --draws must be given, neither was",
                "mass --at 0 --dist normal(0,1) --draws x.csv; exactly one of --dist and --draws must be given, both were",
                "mass --at 0 --dist normal(0,1) --weights; --weights needs --draws",
                "index --at 0 --dist normal(0,1) --coordinatewise; --coordinatewise needs --draws",
                "index --at 0 --update power(1) --draws x.csv; --update needs --dist",
                "index --at 0 --draws no-such-file.csv; no-such-file.csv"
            })
    void badUse_isOneClearLine(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void badPlace_isOneClearLine() {
        CommandRun unknown = run("index", "--at", "nosuch=0");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().startsWith("localmass: --at: "), unknown.err());
        CommandRun mixed = run("index", "--at", "tau=inf, mu=0");
        assertEquals(2, mixed.code());
    }

    @Test
    void index_findsAtomInFile(@TempDir Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 0; i < 1000; i++) {
            csv.append(i % 4 == 0 ? "0" : Double.toString((i * 37 % 1000) / 1000.0 + 1e-4 * i))
                    .append(",3\n");
        }
        Path file = Files.writeString(folder.resolve("a.csv"), csv);
        JsonNode tree = json(CommandRun.of("index", "--draws", file.toString(), "--at", "x=0", "--format", "json"));
        valid("index", tree);
        assertEquals("atom", tree.get("model").asText());
        assertEquals("Infinity", tree.get("power").asText());
        assertEquals(0.25, tree.at("/atomMass/estimate").asDouble(), 1e-12);
        String text = CommandRun.of("index", "--draws", file.toString(), "--at", "x=0")
                .out();
        assertTrue(text.contains("an atom"), text);
        CommandRun constant =
                CommandRun.of("index", "--draws", file.toString(), "--at", "y=0", "--norm", "mahalanobis");
        assertEquals(2, constant.code());
        assertTrue(constant.err().contains("parameter y must vary"), constant.err());
        JsonNode away = json(CommandRun.of("index", "--draws", file.toString(), "--at", "y=0", "--format", "json"));
        valid("index", away);
        assertEquals("undetermined", away.get("model").asText());
        assertTrue(away.at("/kappa/estimate").isNull());
    }

    @Test
    void check_ball_fillsMassIndex(@TempDir Path folder) throws IOException {
        List<String> args = new ArrayList<>(List.of("check", "--reference"));
        NUTS.forEach(file -> args.add(CommandRun.example(file)));
        args.addAll(List.of(
                "--approx",
                CommandRun.example("eight_schools/advi_meanfield.csv"),
                "--ball",
                "tau=0",
                "--out",
                folder.resolve("out").toString()));
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertEquals(1, run.code(), run.err());
        assertTrue(run.out().contains("Mass Index, reference p: kappa"), run.out());
        JsonNode tree =
                new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        valid("report", tree);
        JsonNode index = tree.at("/balls/0/massIndex");
        assertTrue(index.at("/reference/kappa/lower").asDouble() < 1);
        assertTrue(index.at("/approximation/kappa/estimate").asDouble() > 1);
        assertFalse(index.at("/mismatch/outcome").isMissingNode());
    }

    /** Every command of the manual with the output it shows. */
    static Stream<Arguments> manual() throws IOException {
        Matcher block = Pattern.compile("(?ms)^<!-- output: \\./localmass (.*?) -->\\n```\\n(.*?)^```$")
                .matcher(Files.readString(CommandRun.root().resolve("docs/mass-index.md"))
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
            String one = word.group(1) == null ? word.group(2) : word.group(1);
            if (one.equals("examples/eight_schools/nuts_*.csv")) {
                NUTS.forEach(file -> args.add(CommandRun.example(file)));
            } else {
                args.add(one.startsWith("examples/") ? CommandRun.example(one.substring(9)) : one);
            }
        }
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        assertEquals(expected, run.out().replace("\r\n", "\n"));
    }
}
