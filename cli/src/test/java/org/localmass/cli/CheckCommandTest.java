package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterSummary;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.region.Interval;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.io.DrawsReader;
import org.localmass.report.JsonReport;

class CheckCommandTest {
    private static final String[] NUTS = {
        CommandRun.example("eight_schools/nuts_1.csv"),
        CommandRun.example("eight_schools/nuts_2.csv"),
        CommandRun.example("eight_schools/nuts_3.csv"),
        CommandRun.example("eight_schools/nuts_4.csv")
    };
    private static final String MEAN_FIELD = CommandRun.example("eight_schools/advi_meanfield.csv");

    /** {@code check} of eight schools with further arguments. */
    private static CommandRun eightSchools(String... more) {
        List<String> args = new ArrayList<>(List.of("check", "--approx", MEAN_FIELD, "--reference"));
        args.addAll(List.of(NUTS));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static JsonNode json(String text) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(text);
        try (InputStream schema = JsonReport.class.getResourceAsStream("report.schema.json")) {
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(tree));
        }
        return tree;
    }

    @Test
    void check_eightSchools_findsTheMissingMassNearZero() throws IOException {
        CommandRun run = eightSchools("--region", "tau < 0.5", "--format", "json");
        assertEquals(1, run.code(), run.err());
        JsonNode report = json(run.out());
        assertEquals("finding", report.get("verdict").asText());
        JsonNode requested = report.get("requested").get(0);
        assertEquals(0.0965, requested.at("/referenceMass/estimate").asDouble(), 1e-12);
        assertEquals(0.0205, requested.at("/approximationMass/estimate").asDouble(), 1e-12);
        assertTrue(requested.at("/ratio/upper").asDouble() < 0.4);
        assertEquals("finding", requested.get("outcome").asText());
        assertEquals(4, report.at("/inputs/reference/chains").asInt());
        assertEquals(18, report.at("/inputs/reference/parameters").asInt());
        assertTrue(
                Stream.of(report.get("findings"))
                        .flatMap(f -> stream(f))
                        .anyMatch(f -> f.get("region").asText().startsWith("tau < 0.")),
                report.get("findings").toString());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes.stream();
    }

    /** k-hat as computed with the exact unconstrained densities when the runs were made; the files have 6 digits. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "eight_schools/advi_meanfield.csv, 0.53790052849",
        "eight_schools/advi_fullrank.csv, 0.55397966704",
        "eight_schools/laplace.csv, 1.082022678",
        "bimodal_location/advi_meanfield.csv, -0.24447977779",
        "bimodal_location/laplace.csv, 0.38675704427",
        "neal_funnel/advi_meanfield.csv, 0.74759475219",
        "logistic_breast_cancer/advi_fullrank.csv, 0.59390183717"
    })
    void check_showsKhatFromStansColumns(String file, double khat) throws IOException {
        String approx = CommandRun.example(file);
        String nuts = CommandRun.example(file.substring(0, file.indexOf('/')) + "/nuts_");
        CommandRun run = CommandRun.of(
                "check", "--approx", approx, "--reference", nuts + "1.csv", nuts + "2.csv", "--format", "json");
        JsonNode global = json(run.out()).get("global");
        assertEquals(khat, global.get("khat").asDouble(), 2e-3);
        assertTrue(global.get("elbo").isNull() && global.get("logZ").isNull());
        assertTrue(global.get("why").asText().contains("additive constant"));
    }

    /** Even against odd chains of every real run: no finding. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "eight_schools, eight_schools_noncentered",
        "bimodal_location, bimodal_location",
        "logistic_breast_cancer, logistic_breast_cancer",
        "neal_funnel, neal_funnel",
        "screening, ",
        ", horseshoe_regression",
        ", eight_schools_centered"
    })
    void check_halvesOfRealChains_findNothing(@Nullable String bundled, @Nullable String outside) {
        String data = System.getProperty("localmass.testdata", "");
        assumeTrue(bundled != null || !data.isEmpty(), outside + " is not bundled: needs -Dlocalmass.testdata=DIR");
        String chain = bundled == null
                ? Path.of(data, "data/stan/out", outside, "nuts_").toString()
                : CommandRun.example(bundled + (bundled.equals("screening") ? "/mcmc_" : "/nuts_"));
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                chain + "1.csv",
                chain + "3.csv",
                "--reference",
                chain + "2.csv",
                chain + "4.csv",
                "--format",
                "json");
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.out().contains("\"findings\": []") || run.out().contains("\"findings\" : [ ]"), run.out());
    }

    /**
     * The same weights from Stan's columns, which have 6 digits and lack a constant, and from the exact unconstrained
     * densities: k-hat as published, and equal weighted masses.
     */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("approximations")
    void weights_ofStansColumns_agreeWithTheExactOnes(String model, String approximation) throws IOException {
        Path folder = Path.of(System.getProperty("localmass.testdata", ""), "data/stan/out", model);
        assumeTrue(Files.isDirectory(folder), "needs -Dlocalmass.testdata=DIR");
        Path file = folder.resolve(approximation + ".csv");
        Path exact = folder.resolve(approximation + "_unconstrained.csv.gz");
        assumeTrue(Files.exists(file) && Files.exists(exact), "this model has no such approximation");
        Draws draws = DrawsReader.withDefaults().read(file).draws();
        ImportanceWeights weights = ImportanceWeights.of(draws).orElseThrow();
        Draws densities = DrawsReader.withDefaults().read(exact).draws();
        double[] logP = densities.chains().get(0).statistic("log_p").orElseThrow();
        double[] logQ = densities.chains().get(0).statistic("log_q").orElseThrow();
        double[] own = weights.logWeights();
        assertEquals(logP.length, own.length);
        double[] reference = new double[own.length];
        double shift = 0;
        for (int i = 0; i < own.length; i++) {
            reference[i] = logP[i] - logQ[i];
            shift += (own[i] - reference[i]) / own.length;
        }
        for (int i = 0; i < own.length; i++) {
            assertEquals(reference[i] + shift, own[i], 4e-3, "draw " + (i + 1));
        }
        double khat = ParetoSmoothing.of(reference).diagnostic().kHat();
        assertEquals(khat, weights.diagnostic().kHat(), 5e-3);
        int parameter = 0;
        double median = ParameterSummary.of(draws, parameter).median();
        Interval region = Interval.halfOpen(draws.names(), parameter, median, Double.POSITIVE_INFINITY);
        double mass = DrawsMass.withDefaults()
                .estimate(weights.weighted(draws), region)
                .estimate();
        double[] smoothed = ParetoSmoothing.of(reference).normalisedLogWeights();
        double expected = 0;
        for (int i = 0; i < smoothed.length; i++) {
            expected += region.contains(draws.chains().get(0).value(i, parameter)) ? Math.exp(smoothed[i]) : 0;
        }
        assertEquals(expected, mass, 1e-3);
    }

    static Stream<Arguments> approximations() {
        return Stream.of(
                        "bimodal_location",
                        "eight_schools_centered",
                        "eight_schools_noncentered",
                        "horseshoe_regression",
                        "logistic_breast_cancer",
                        "neal_funnel")
                .flatMap(model -> Stream.of("advi_meanfield", "advi_fullrank", "laplace")
                        .filter(q -> !(model.equals("eight_schools_centered") && q.equals("laplace")))
                        .map(q -> Arguments.of(model, q)));
    }

    @Test
    void check_halvesOfTheSameChains_findNothing() {
        CommandRun run = CommandRun.of(
                "check", "--approx", NUTS[0], NUTS[2], "--reference", NUTS[1], NUTS[3], "--region", "tau < 3");
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.out().startsWith("NO FINDING"), run.out());
    }

    @ParameterizedTest(name = "{0} threads")
    @CsvSource({"2", "5"})
    void check_anyThreads_givesTheSameBytes(String threads) {
        String[] options = {"--region", "tau < 0.5", "--ball", "tau=0", "--format", "json", "--threads"};
        String one = eightSchools(with(options, "1")).out();
        String more = eightSchools(with(options, threads)).out();
        assertTrue(one.contains("\"schema\""));
        assertEquals(one, more);
    }

    private static String[] with(String[] options, String last) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--fail-under 0.5 | 1",
                "--fail-under 0.0001 | 0",
                "--fail-over 1.2 | 1",
                "--fail-over 50 | 0",
                "--fail-under 0.0001 --fail-over 1.2 | 1",
                "--fail-inconclusive | 1",
                "--material-ratio 1000 --material-mass 0.9 | 0"
            })
    void exitCode_followsTheThresholds(String options, int code) {
        CommandRun run = eightSchools(options.split(" ", -1));
        assertEquals(code, run.code(), run.err());
    }

    @Test
    void inconclusive_exitsZeroUnlessAsked() {
        String[] args = {"check", "--approx", NUTS[0], NUTS[2], "--reference", NUTS[1], NUTS[3], "--region", "tau > 30"
        };
        CommandRun run = CommandRun.of(args);
        assertEquals(0, run.code());
        assertTrue(run.out().startsWith("INCONCLUSIVE"), run.out());
        assertTrue(run.out().contains("would do"), run.out());
        assertEquals(1, CommandRun.of(with(args, "--fail-inconclusive")).code());
    }

    static Stream<Arguments> badUsage() {
        return Stream.of(
                Arguments.of("check", "--approx is missing: the draws of the approximation"),
                Arguments.of("check --approx X.csv", "X.csv: no such file"),
                Arguments.of("check --nonsense", "Unknown option: '--nonsense'"),
                Arguments.of(
                        "(none)",
                        "a command is missing: check, summary, mass, index, divergence, fit, convert, reproduce or demo"),
                Arguments.of("chekc", "Unmatched argument"),
                Arguments.of("check --approx X.csv --reference Y.csv --level 2", "--level must lie strictly between"),
                Arguments.of("check --approx X.csv --reference Y.csv --level x", "Invalid value for option '--level'"),
                Arguments.of("check --approx X.csv --reference Y.csv --alpha 0", "--alpha must be positive"),
                Arguments.of("check --approx X.csv --reference Y.csv --threads 0", "--threads must be at least 1"),
                Arguments.of("check --approx X.csv --reference Y.csv --fail-under -1", "--fail-under must be positive"),
                Arguments.of("check --approx X.csv --reference Y.csv --material-ratio 0.5", "--material-ratio must be"),
                Arguments.of("check --approx X.csv --reference Y.csv --material-mass 1", "--material-mass must lie"),
                Arguments.of("check --approx missing.csv --reference Y.csv", ".csv: "),
                Arguments.of("check nowhere", "nowhere: no such folder"),
                Arguments.of("check . --approx X.csv", "give either a folder or --approx, not both"),
                Arguments.of("check --approx X.csv --reference Y.csv --region tau<", "--region: "),
                Arguments.of(
                        "check --approx X.csv --reference Y.csv --region @missing.json", "missing.json: no such file"),
                Arguments.of("check --approx X.csv --reference Y.csv --ball [0,", "--ball: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badUsage")
    void badUsage_exitsTwoWithAReason(String args, String message) {
        CommandRun run = CommandRun.of(args.equals("(none)") ? new String[0] : args.split(" ", -1));
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("localmass: "), run.err());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void unknownParameter_suggestsNearNames() {
        CommandRun run = eightSchools("--region", "teau < 0.5");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("tau"), run.err());
        CommandRun ball = eightSchools("--ball", "tua=0");
        assertEquals(2, ball.code());
        assertTrue(ball.err().contains("tau"), ball.err());
    }

    @Test
    void out_holdsTheFourFiles_andNothingElse(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("a/b");
        CommandRun run = eightSchools("--out", out.toString(), "--quiet", "--region", "tau < 0.5");
        assertEquals(1, run.code());
        assertEquals("", run.out());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    List.of("regions.csv", "report.html", "report.json", "report.md"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(
                eightSchools("--format", "json", "--region", "tau < 0.5").out(),
                Files.readString(out.resolve("report.json")));
        assertEquals(
                eightSchools("--format", "markdown", "--region", "tau < 0.5").out(),
                Files.readString(out.resolve("report.md")));
    }

    @Test
    void out_afterBadInput_isLeftAlone(@TempDir Path folder) throws IOException {
        Path broken = folder.resolve("broken.csv");
        Files.writeString(broken, "tau,mu\n1,2\n1\n", StandardCharsets.UTF_8);
        Path out = folder.resolve("out");
        CommandRun run =
                CommandRun.of("check", "--approx", broken.toString(), "--reference", NUTS[0], "--out", out.toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("broken.csv:3: "), run.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void out_thatIsAFile_isRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("taken");
        Files.writeString(file, "mine", StandardCharsets.UTF_8);
        CommandRun run = eightSchools("--out", file.toString());
        assertEquals(2, run.code());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void regionFile_reExaminesAFinding(@TempDir Path folder) throws IOException {
        eightSchools("--out", folder.toString(), "--quiet");
        Path report = folder.resolve("report.json");
        JsonNode first = json(Files.readString(report)).at("/findings/0");
        String id = first.get("id").asText();
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                CommandRun.example("eight_schools/advi_fullrank.csv"),
                "--reference",
                NUTS[0],
                NUTS[1],
                "--region",
                "@" + report + "#" + id,
                "--format",
                "json");
        JsonNode requested = json(run.out()).get("requested");
        assertEquals(1, requested.size());
        assertEquals(
                first.at("/definition/expression").asText(first.get("region").asText()),
                requested.get(0).get("region").asText());
        assertEquals(first.get("definition"), requested.get(0).get("definition"));
        CommandRun all = CommandRun.of(
                "check", "--approx", MEAN_FIELD, "--reference", NUTS[0], "--region", "@" + report, "--format", "json");
        assertEquals(
                json(Files.readString(report)).get("findings").size(),
                json(all.out()).get("requested").size());
        CommandRun none = CommandRun.of(
                "check", "--approx", MEAN_FIELD, "--reference", NUTS[0], "--region", "@" + report + "#F99");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("the report has no region F99; it has F1"), none.err());
    }

    @Test
    void nonfiniteDraws_areRefusedOrCounted(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("tau\n");
        for (int i = 0; i < 50; i++) {
            text.append(i == 7 ? "Inf" : "0." + (i + 10)).append('\n');
        }
        Path file = folder.resolve("q.csv");
        Files.writeString(file, text.toString(), StandardCharsets.UTF_8);
        CommandRun refused = CommandRun.of("check", "--approx", file.toString(), "--reference", NUTS[0]);
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("q.csv:9: tau is Inf"), refused.err());
        CommandRun dropped = CommandRun.of(
                "check", "--approx", file.toString(), "--reference", NUTS[0], "--drop-nonfinite", "--format", "json");
        assertTrue(dropped.code() <= 1, dropped.err());
        JsonNode report = json(dropped.out());
        assertEquals(49, report.at("/inputs/approximation/draws").asInt());
        assertTrue(report.at("/inputs/approximation/files/0/notes").toString().contains("1 draw"), dropped.out());
        assertTrue(report.get("onlyInReference").size() >= 17);
    }

    @Test
    void noSharedParameter_isAnError(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("q.csv");
        Files.writeString(file, "a,b\n" + "1,2\n".repeat(30), StandardCharsets.UTF_8);
        CommandRun run = CommandRun.of("check", "--approx", file.toString(), "--reference", NUTS[0]);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("must share a parameter"), run.err());
    }

    @Test
    void oneDraw_isAnError(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("q.csv");
        Files.writeString(file, "tau\n1\n", StandardCharsets.UTF_8);
        CommandRun run = CommandRun.of("check", "--approx", file.toString(), "--reference", NUTS[0]);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("approximation must have at least 20 draws, was 1"), run.err());
    }

    @Test
    void swappedSides_areSaidFirst() {
        CommandRun run = CommandRun.of("check", "--approx", NUTS[0], NUTS[1], "--reference", MEAN_FIELD);
        assertTrue(run.out().contains("swapped"), run.out());
    }

    @Test
    void folder_comparesItsApproximations(@TempDir Path out) throws IOException {
        String folder = CommandRun.example("bimodal_location");
        CommandRun run = CommandRun.of("check", folder, "--out", out.toString(), "--region", "mu < 0");
        assertEquals(1, run.code(), run.err());
        for (String name : List.of("advi_fullrank", "advi_meanfield", "laplace")) {
            assertTrue(run.out().contains(name), run.out());
            json(Files.readString(out.resolve(name).resolve("report.json")));
            assertTrue(Files.exists(out.resolve(name).resolve("report.html")));
        }
        JsonNode comparison = new ObjectMapper().readTree(Files.readString(out.resolve("comparison.json")));
        assertEquals(3, comparison.get("approximations").size());
        assertEquals("finding", comparison.at("/approximations/0/verdict").asText());
    }

    @Test
    void folder_withAnotherReference_usesIt() {
        String folder = CommandRun.example("neal_funnel");
        CommandRun run = CommandRun.of(
                "check",
                folder,
                "--reference",
                folder + "/exact_draws.csv.gz",
                "--region",
                "v < -3",
                "--format",
                "text");
        assertEquals(1, run.code(), run.err());
        assertTrue(run.out().contains("nuts_1.csv"), run.out());
    }

    @Test
    void folder_withoutReference_isAnError(@TempDir Path folder) throws IOException {
        Files.copy(Path.of(MEAN_FIELD), folder.resolve("advi.csv"));
        CommandRun run = CommandRun.of("check", folder.toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("no reference found"), run.err());
        Files.copy(Path.of(NUTS[0]), folder.resolve("nuts.csv"));
        Files.delete(folder.resolve("advi.csv"));
        CommandRun none = CommandRun.of("check", folder.toString());
        assertEquals(2, none.code());
        assertTrue(none.err().contains("no approximation found"), none.err());
    }

    @Test
    void folder_withADamagedApproximation_reportsTheOthers(@TempDir Path folder) throws IOException {
        for (int c = 0; c < 4; c++) {
            Files.copy(Path.of(NUTS[c]), folder.resolve("nuts_" + c + ".csv"));
        }
        Files.copy(Path.of(MEAN_FIELD), folder.resolve("good.csv"));
        String text = Files.readString(Path.of(MEAN_FIELD));
        Files.writeString(folder.resolve("cut.csv"), text.substring(0, text.length() / 2), StandardCharsets.UTF_8);
        CommandRun run = CommandRun.of("check", folder.toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("cut.csv:"), run.err());
        assertTrue(run.out().contains("good"), run.out());
    }

    @Test
    void helpAndVersion_exitZero() {
        assertEquals(0, CommandRun.of("--help").code());
        assertEquals(0, CommandRun.of("check", "--help").code());
        CommandRun version = CommandRun.of("--version");
        assertEquals(0, version.code());
        assertTrue(version.out().startsWith("localmass "), version.out());
        String help = CommandRun.of("check", "--help").out();
        for (String option : List.of(
                "--approx",
                "--reference",
                "--region",
                "--ball",
                "--out",
                "--format",
                "--seed",
                "--threads",
                "--level",
                "--alpha",
                "--norm",
                "--quiet",
                "--fail-under",
                "--fail-over",
                "--fail-inconclusive",
                "--drop-nonfinite",
                "--material-ratio",
                "--material-mass")) {
            assertTrue(help.contains(option), option + " is missing in the help");
        }
    }

    @Test
    void atSign_isNoArgumentFile(@TempDir Path folder) throws IOException {
        Path args = folder.resolve("args");
        Files.writeString(args, "--help", StandardCharsets.UTF_8);
        assertEquals(2, CommandRun.of("@" + args).code());
    }

    @Test
    void completion_isAScript() {
        CommandRun run = CommandRun.of("generate-completion");
        assertEquals(0, run.code());
        assertTrue(run.out().contains("localmass"), run.out());
    }

    @Test
    void demo_showsTheFinding_andExitsZero(@TempDir Path out) {
        System.setProperty("localmass.home", CommandRun.root().toString());
        try {
            CommandRun run = CommandRun.of("demo", "--out", out.toString());
            assertEquals(0, run.code(), run.err());
            assertTrue(run.out().contains("about a fifth of the probability"), run.out());
            assertTrue(Files.exists(out.resolve("report.html")));
        } finally {
            System.clearProperty("localmass.home");
        }
    }
}
