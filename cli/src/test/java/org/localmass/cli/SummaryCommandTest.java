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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.localmass.report.SummaryReport;

class SummaryCommandTest {
    /** Relative; the largest difference measured is 1.4e-14. */
    private static final double TOLERANCE = 1e-10;

    private static final List<String> COLUMNS =
            List.of("mean", "median", "sd", "mad", "q5", "q95", "rhat", "ess_bulk", "ess_tail");
    private static final String NUTS = CommandRun.example("eight_schools/nuts_1.csv");
    private static final String OTHER = CommandRun.example("eight_schools/nuts_2.csv");
    private static final String MEAN_FIELD = CommandRun.example("eight_schools/advi_meanfield.csv");

    @TempDir
    Path folder;

    private static CommandRun summary(String... args) {
        String[] all = Stream.concat(Stream.of("summary"), Arrays.stream(args)).toArray(String[]::new);
        return CommandRun.of(all);
    }

    /** One set of files and its rows: parameter, values, printed values. */
    private record Reference(List<String> files, List<List<String>> rows) {}

    static Stream<Arguments> references() throws IOException {
        Map<String, Reference> sets = new LinkedHashMap<>();
        try (InputStream in = SummaryCommandTest.class.getResourceAsStream("summary.csv")) {
            assertNotNull(in);
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .forEach(line -> {
                        List<String> cells = List.of(line.split(",", -1));
                        sets.computeIfAbsent(
                                        cells.get(0) + " " + cells.get(1),
                                        key -> new Reference(
                                                Arrays.stream(cells.get(1).split(" ", -1))
                                                        .map(f -> CommandRun.root()
                                                                .resolve(cells.get(0))
                                                                .resolve(f)
                                                                .toString())
                                                        .toList(),
                                                new ArrayList<>()))
                                .rows
                                .add(cells.subList(2, cells.size()));
                    });
        }
        return sets.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void summary_csv_hasPosteriorsValues(String name, Reference reference) {
        List<String> args = new ArrayList<>(reference.files);
        args.addAll(List.of("--format", "csv"));
        CommandRun run = summary(args.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("variable," + String.join(",", COLUMNS), lines.get(0));
        assertEquals(reference.rows.size() + 1, lines.size());
        for (int i = 0; i < reference.rows.size(); i++) {
            List<String> expected = reference.rows.get(i);
            List<String> actual = List.of(lines.get(i + 1).split(",", -1));
            assertEquals(expected.get(0), actual.get(0));
            for (int k = 0; k < COLUMNS.size(); k++) {
                double value = Double.parseDouble(expected.get(k + 1));
                assertEquals(
                        value,
                        Double.parseDouble(actual.get(k + 1)),
                        TOLERANCE * Math.abs(value),
                        expected.get(0) + " " + COLUMNS.get(k));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void summary_text_printsPosteriorsDigits(String name, Reference reference) {
        CommandRun run = summary(reference.files.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        int head = 0;
        while (!lines.get(head).startsWith("variable ")) {
            head++;
        }
        for (int i = 0; i < reference.rows.size(); i++) {
            List<String> row = reference.rows.get(i);
            List<String> expected = new ArrayList<>(row.subList(COLUMNS.size() + 1, row.size()));
            expected.add(0, row.get(0));
            assertEquals(expected, List.of(lines.get(head + 1 + i).split(" +", -1)));
        }
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80 || line.startsWith("  ")), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "csv", "markdown"})
    void summary_threads_leaveNoTrace(String format) {
        CommandRun one = summary(NUTS, OTHER, "--format", format, "--threads", "1");
        CommandRun two = summary(NUTS, OTHER, "--format", format, "--threads", "2");
        assertEquals(0, one.code(), one.err());
        assertEquals(one, two);
        assertFalse(one.out().isEmpty());
    }

    @Test
    void summary_json_isValid() throws IOException {
        CommandRun run = summary(MEAN_FIELD, "--format", "JSON");
        assertEquals(0, run.code(), run.err());
        JsonNode tree = new ObjectMapper().readTree(run.out());
        try (InputStream schema = SummaryReport.class.getResourceAsStream("summary.schema.json")) {
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(tree));
        }
        assertEquals("independent", tree.get("sampling").asText());
        assertTrue(tree.get("divergences").isNull());
        assertEquals(2000, tree.get("draws").asInt());
        assertEquals(18, tree.get("parameters").size());
        assertEquals(MEAN_FIELD, tree.at("/files/0/name").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "tau, tau",
        "theta.1, theta[1]",
        "theta[1], theta[1]",
        "'^t.*s\\[[12]', theta_trans[1] theta_trans[2]",
        "mu tau, mu tau",
        "tau mu tau, mu tau",
        "'^theta\\[8 ^mu$', mu theta[8]"
    })
    void summary_parameter_choosesByNameOrExpression(String wanted, String expected) {
        List<String> args = new ArrayList<>(List.of(NUTS, "--format", "csv"));
        for (String one : wanted.split(" ", -1)) {
            args.addAll(List.of("--parameter", one));
        }
        CommandRun run = summary(args.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        List<String> names =
                run.out().lines().skip(1).map(line -> line.split(",", -1)[0]).toList();
        assertEquals(List.of(expected.split(" ", -1)), names);
    }

    @Test
    void summary_parameter_givesTheSameNumbersAsAll() {
        String all = summary(NUTS, OTHER, "--format", "csv").out();
        String one =
                summary(NUTS, OTHER, "--format", "csv", "--parameter", "tau").out();
        assertTrue(one.lines().skip(1).allMatch(line -> all.lines().anyMatch(line::equals)), one);
    }

    @Test
    void summary_quiet_printsNothing() {
        assertEquals(new CommandRun(0, "", ""), summary(NUTS, "--quiet"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(List.of(), "Missing required parameter: 'FILE' (see 'localmass summary --help')"),
                Arguments.of(List.of("nowhere.csv"), "nowhere.csv: no such file"),
                Arguments.of(List.of(NUTS, NUTS), NUTS + ": the same bytes as " + NUTS + "; give each file once"),
                Arguments.of(List.of(NUTS, "--threads", "0"), "--threads must be at least 1, was 0"),
                Arguments.of(
                        List.of(NUTS, "--parameter", "theta["),
                        "--parameter: 'theta[' is no regular expression: Unclosed character class at character 6"),
                Arguments.of(
                        List.of(CommandRun.example("bimodal_location/nuts_1.csv"), "--parameter", "sigma"),
                        "--parameter: nothing matches 'sigma'; the parameters are mu, beta"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void summary_badInput_isOneLine(List<String> args, String message) {
        assertEquals(
                new CommandRun(2, "", "localmass: " + message + System.lineSeparator()),
                summary(args.toArray(String[]::new)));
    }

    @Test
    void summary_approximationBesideChains_isRefused() {
        CommandRun run = summary(NUTS, MEAN_FIELD);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("not draws of one measure"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void summary_unknownFormat_isRefused() {
        CommandRun run = summary(NUTS, "--format", "xml");
        assertEquals(2, run.code());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().contains("--format") && run.err().contains("xml"), run.err());
    }

    @Test
    void summary_nonfiniteDraws_areRefusedOrCounted() throws IOException {
        StringBuilder rows = new StringBuilder("mu,c\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i == 7 ? "nan" : Integer.toString(i * i % 11)).append(",0.1\n");
        }
        Path file = Files.writeString(folder.resolve("draws.csv"), rows);
        CommandRun refused = summary(file.toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().startsWith("localmass: " + file + ":9: "), refused.err());
        CommandRun dropped = summary(file.toString(), "--drop-nonfinite");
        assertEquals(0, dropped.code(), dropped.err());
        assertTrue(dropped.out().startsWith("1 file, 1 chain of 19 draws, 2 parameters\n"), dropped.out());
        assertTrue(dropped.out().contains("Never changes: c;"), dropped.out());
        assertTrue(
                dropped.out().lines().anyMatch(line -> line.matches("c +0\\.100 +0\\.100 .* - +- +-")), dropped.out());
    }

    /** Every command of the manual with the output it shows. */
    static Stream<Arguments> manual() throws IOException {
        Path manual = CommandRun.root().resolve("docs/summary.md");
        Matcher block = Pattern.compile("(?ms)^```\\n\\./localmass (summary .*?)\\n```\\n\\n```\\n(.*?)^```$")
                .matcher(Files.readString(manual).replace("\r\n", "\n"));
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
        List<String> args = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            String path = word.startsWith("examples/")
                    ? CommandRun.root().resolve(word).toString()
                    : word;
            for (int c = 1; c <= (path.contains("*") ? 4 : 1); c++) {
                args.add(path.replace("*", Integer.toString(c)));
            }
        }
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        String prefix = CommandRun.root() + "/";
        assertEquals(expected, run.out().replace(prefix, "").replace("\r\n", "\n"));
    }
}
