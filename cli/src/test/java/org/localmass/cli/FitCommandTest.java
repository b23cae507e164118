package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.report.FitReport;

class FitCommandTest {
    private static final String FAR = "far3(d=2)";

    @TempDir
    private Path folder = Path.of("");

    private static CommandRun fit(String... args) {
        return CommandRun.of(
                Stream.concat(Stream.of("fit"), Arrays.stream(args)).toArray(String[]::new));
    }

    private static JsonNode valid(String json) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(json);
        try (InputStream schema = FitReport.class.getResourceAsStream("fit.schema.json")) {
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(tree));
        }
        return tree;
    }

    @Test
    void fit_out_writesAllFiles_thatCheckReads() throws IOException {
        Path out = folder.resolve("fitted");
        CommandRun run = fit("--model", FAR, "--out", out.toString(), "--draws", "500", "--seed", "3");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("OK: every tracked region keeps its mass"), run.out());
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    List.of("draws.csv", "draws.npz", "fit.json", "report.html", "report.md"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        JsonNode tree = valid(Files.readString(out.resolve("fit.json")));
        assertEquals("OK", tree.get("verdict").asText());
        assertEquals(500, tree.get("draws").asInt());
        assertEquals(3, tree.get("seed").asInt());
        assertEquals(4, tree.at("/sensitivity/planted").size());
        List<String> lines = Files.readAllLines(out.resolve("draws.csv"));
        assertEquals("x1,x2,log_target,log_approx", lines.get(0).replace("\"", ""));
        assertEquals(501, lines.size());
        CommandRun check = CommandRun.of(
                "check", "--approx", out.resolve("draws.csv").toString(), "--region", "x1 > 5", "--quiet");
        assertTrue(check.code() <= 1, check.err());
    }

    @Test
    void fit_sameSeed_isTheSameAtAnyNumberOfThreads() throws IOException {
        String[] args = {"--model", FAR, "--no-sensitivity", "--format", "json", "--draws", "1"};
        String one = fit(args).out();
        String[] two =
                Stream.concat(Arrays.stream(args), Stream.of("--threads", "2")).toArray(String[]::new);
        assertEquals(one, fit(two).out());
        valid(one);
        String[] other =
                Stream.concat(Arrays.stream(args), Stream.of("--seed", "2")).toArray(String[]::new);
        assertNotEquals(one, fit(other).out());
    }

    @Test
    void fit_lostSpike_isUnrepresented() throws IOException {
        CommandRun run = fit(
                "--model",
                "spike(d=5, eps=0.05, tau=0.1)",
                "--family",
                "full",
                "--anchor",
                "0",
                "--ball",
                "0:0.5",
                "--no-sensitivity",
                "--format",
                "json");
        assertEquals(1, run.code(), run.err());
        JsonNode tree = valid(run.out());
        assertEquals("UNREPRESENTED", tree.get("verdict").asText());
        assertTrue(tree.at("/unrepresented/cost").asDouble() > 1, run.out());
        assertEquals("ball 0:0.5", tree.at("/regions/0/region").asText());
        assertTrue(tree.at("/regions/0/rho/estimate").asDouble() < 0.01);
        assertEquals(0.05, tree.at("/regions/0/referenceMass/estimate").asDouble(), 0.005);
        assertFalse(tree.at("/regions/0/held").asBoolean());
    }

    @Test
    void fit_regionOfAPositiveParameter_isInItsOwnTerms() throws IOException {
        CommandRun run =
                fit("--model", "gamma(2, 1)", "--region", "x < 0.5", "--no-sensitivity", "--format", "json", "--quiet");
        assertEquals("", run.out());
        JsonNode tree =
                valid(fit("--model", "gamma(2, 1)", "--region", "x < 0.5", "--no-sensitivity", "--format", "json")
                        .out());
        // 1 - 1.5 exp(-0.5)
        assertEquals(0.090204, tree.at("/regions/0/referenceMass/estimate").asDouble(), 0.008);
        assertEquals("x < 0.5", tree.at("/regions/0/region").asText());
    }

    @Test
    void fit_reference_isUsed() throws IOException {
        Path draws = folder.resolve("reference.csv");
        StringBuilder text = new StringBuilder("x\n");
        var random = new java.util.SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            text.append(random.nextGaussian()).append('\n');
        }
        Files.writeString(draws, text);
        CommandRun run = fit("--model", "normal(0, 1)", "--reference", draws.toString(), "--format", "markdown");
        assertEquals(0, run.code(), run.err() + run.out());
        assertTrue(run.out().contains("reference draws were given in place of exploring runs"), run.out());
        CommandRun other = fit("--model", "funnel(d=2)", "--reference", draws.toString());
        assertEquals(2, other.code());
        assertTrue(other.err().contains("--reference"), other.err());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("Missing required option", List.of()),
                Arguments.of("--model", List.of("--model", "nothing")),
                Arguments.of("--model: model must end with ')'", List.of("--model", "spike(d=2")),
                Arguments.of("--model", List.of("--model", "spike(d=-1)")),
                Arguments.of("--model", List.of("--model", "class:no.such.Model")),
                Arguments.of("--model", List.of("--model", "logistic")),
                Arguments.of("--family: ", List.of("--model", FAR, "--family", "big")),
                Arguments.of("--family: ", List.of("--model", FAR, "--family", "mixture:0")),
                Arguments.of("--objective: objective must be", List.of("--model", FAR, "--objective", "elb")),
                Arguments.of("--region", List.of("--model", FAR, "--region", "y < 1")),
                Arguments.of("--ball must be CENTRE:RADIUS", List.of("--model", FAR, "--ball", "0")),
                Arguments.of("--ball must be CENTRE:RADIUS", List.of("--model", FAR, "--ball", "0:-1")),
                Arguments.of("--ball must be CENTRE:RADIUS", List.of("--model", FAR, "--ball", "0:x")),
                Arguments.of("--ball: ", List.of("--model", FAR, "--ball", "[0,0,0]:1")),
                Arguments.of("--anchor: ", List.of("--model", FAR, "--anchor", "[1")),
                Arguments.of("--anchor: ", List.of("--model", "gamma(2, 1)", "--anchor", "-1")),
                Arguments.of("--band must be above 1", List.of("--model", FAR, "--band", "1")),
                Arguments.of("--budget must be at least 1, was -5", List.of("--model", FAR, "--budget", "-5")),
                Arguments.of("--draws must be at least 1", List.of("--model", FAR, "--draws", "0")),
                Arguments.of("--level", List.of("--model", FAR, "--level", "2")),
                Arguments.of("--reference", List.of("--model", FAR, "--reference")),
                Arguments.of("no-such-file", List.of("--model", FAR, "--reference", "no-such-file.csv")),
                Arguments.of("Unknown option", List.of("--model", FAR, "--objectiv", "elbo")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("bad")
    void badInput_isALineAndNothingWritten(String words, List<String> args) {
        Path out = folder.resolve("none");
        List<String> all = new ArrayList<>(args);
        all.add(0, out.toString());
        all.add(0, "--out");
        CommandRun run = fit(all.toArray(String[]::new));
        assertEquals(2, run.code(), run.out() + run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("localmass: "), run.err());
        assertTrue(run.err().contains(words), run.err());
        // a mistake in an expression is pointed at below the line
        assertTrue(run.err().lines().skip(1).allMatch(line -> line.startsWith("  ")), run.err());
        assertFalse(Files.exists(out));
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("a,y\n1,0\nx,1\n", "3"),
                Arguments.of("a,y\n1,0\n2,1,3\n", "3"),
                Arguments.of("a,y\n1,0\n2,0.5\n", ""),
                Arguments.of("a,b\n1,0\n", "y"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void badTable_isALine(String content, String words) throws IOException {
        Path table = folder.resolve("table.csv");
        Files.writeString(table, content);
        CommandRun run = fit("--model", "logistic", "--data", table.toString());
        assertEquals(2, run.code(), run.out() + run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(words), run.err());
    }

    @Test
    void out_thatIsAFile_isRefused() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "mine");
        CommandRun run = fit("--model", "normal(0, 1)", "--no-sensitivity", "--out", file.toString());
        assertEquals(2, run.code(), run.err());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void help_listsFit() {
        CommandRun help = CommandRun.of("--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("fit"), help.out());
        CommandRun own = fit("--help");
        assertEquals(0, own.code());
        for (String option : List.of("--model", "--family", "--objective", "--anchor", "--band", "--budget")) {
            assertTrue(own.out().contains(option), own.out());
        }
        assertTrue(CommandRun.of("generate-completion").out().contains("--sensitivity"));
    }
}
