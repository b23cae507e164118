package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterSummary;
import org.localmass.core.draws.Sampling;

class SummaryReportTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final ParameterSummary GOOD =
            new ParameterSummary("mu", 4.4294, 4.3676, 3.2643, 3.2199, -0.89972, 9.8683, 1.0011, 4468, 2704.8);
    private static final ParameterSummary MIXED =
            new ParameterSummary("tau", 3.58, 2.79, 3.1, 2.53, 0.24, 9.57, 1.0534, 61.7, 398);
    private static final ParameterSummary STUCK =
            new ParameterSummary("theta[1]", -1234567, 1.5e9, 2.5e-7, 1e-12, -1e100, 1e100, INFINITE, 4, 4);
    private static final ParameterSummary CONSTANT =
            new ParameterSummary("theta[2]", 3, 3, 1e-16, 0, 3, 3, NAN, NAN, NAN);
    private static final ParameterSummary HOSTILE = new ParameterSummary(
            "a,\"b\"|\u001b[31m*x*\n" + "long ".repeat(20), -0.0, 0, INFINITE, NAN, -INFINITE, INFINITE, NAN, NAN, NAN);

    private static InputFile file(String name, String... notes) {
        return new InputFile(name, "Stan sample CSV", "a".repeat(64), 1, 1000, List.of(notes));
    }

    private static PosteriorSummary good() {
        return new PosteriorSummary(
                List.of(file("nuts_1.csv"), file("nuts_2.csv")),
                List.of(1000, 1000),
                Sampling.MARKOV_CHAIN,
                false,
                2000,
                0,
                1,
                List.of(GOOD));
    }

    private static PosteriorSummary doubtful() {
        return new PosteriorSummary(
                List.of(
                        file("nuts_1.csv", "1000 warmup draws dropped"),
                        file("nuts_2.csv", "1000 warmup draws dropped", "the file ends early: 800 of 1000 draws"),
                        file("nuts_3.csv", "1000 warmup draws dropped"),
                        new InputFile("", "array", "", 1, 1000, List.of("1000 warmup draws dropped"))),
                List.of(1000, 800, 1000, 1000),
                Sampling.MARKOV_CHAIN,
                true,
                3800,
                3,
                7,
                List.of(GOOD, MIXED, STUCK, CONSTANT));
    }

    private static PosteriorSummary independent() {
        return new PosteriorSummary(
                List.of(file("advi.csv", "first row (the mean) dropped")),
                List.of(1000),
                Sampling.INDEPENDENT,
                false,
                0,
                0,
                2,
                List.of(GOOD, MIXED));
    }

    private static PosteriorSummary hostile() {
        return new PosteriorSummary(
                List.of(file("\u001b[2J<b>.csv", "`note`\u202e")),
                List.of(3),
                Sampling.UNKNOWN,
                false,
                0,
                0,
                2,
                List.of(GOOD, HOSTILE));
    }

    private static Map<String, PosteriorSummary> all() {
        return Map.of("good", good(), "doubtful", doubtful(), "independent", independent(), "hostile", hostile());
    }

    static Stream<String> names() {
        return all().keySet().stream().sorted();
    }

    private static PosteriorSummary named(String name) {
        return Objects.requireNonNull(all().get(name));
    }

    private static String text(PosteriorSummary summary, TextStyle style) {
        return Reports.print(out -> SummaryReport.writeText(summary, style, out));
    }

    private static String json(PosteriorSummary summary) {
        return Reports.print(out -> SummaryReport.writeJson(summary, "1.2.3", out));
    }

    private static ObjectNode tree(PosteriorSummary summary) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(json(summary));
    }

    private static List<String> everything(PosteriorSummary summary) {
        return List.of(
                text(summary, TextStyle.plain()),
                text(summary, TextStyle.ansi()),
                json(summary),
                Reports.print(out -> SummaryReport.writeCsv(summary, out)),
                Reports.print(out -> SummaryReport.writeMarkdown(summary, out)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void writeText_matchesGolden(String name) throws IOException {
        Golden.check("summary-" + name + ".txt", text(named(name), TextStyle.plain()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void writeMarkdown_matchesGolden(String name) throws IOException {
        PosteriorSummary summary = named(name);
        Golden.check("summary-" + name + ".md", Reports.print(out -> SummaryReport.writeMarkdown(summary, out)));
    }

    @Test
    void writeJson_matchesGolden() throws IOException {
        Golden.check("summary-doubtful.json", json(doubtful()));
    }

    @Test
    void writeCsv_quotesAndKeepsPrecision() {
        assertEquals(
                "variable,mean,median,sd,mad,q5,q95,rhat,ess_bulk,ess_tail\r\n"
                        + "mu,4.4294,4.3676,3.2643,3.2199,-0.89972,9.8683,1.0011,4468.0,2704.8\r\n"
                        + "\"a,\"\"b\"\"|\u001b[31m*x*\n" + "long ".repeat(20)
                        + "\",-0.0,0.0,Infinity,,-Infinity,Infinity,,,\r\n",
                Reports.print(out -> SummaryReport.writeCsv(hostile(), out)));
    }

    @Test
    void writeText_colour_marksWhatIsWarnedOf() {
        String text = text(doubtful(), TextStyle.ansi());
        assertTrue(text.contains("\u001b[1;33m1.05\u001b[0m"), text);
        assertTrue(text.contains("\u001b[1;33m    61.7\u001b[0m"), text);
        assertTrue(text.contains("\u001b[1;33m     398\u001b[0m"), text);
        assertEquals(text(doubtful(), TextStyle.plain()), text.replaceAll("\u001b\\[[0-9;]*m", ""));
        assertFalse(text(independent(), TextStyle.ansi()).contains("1;33m1.05"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "doubtful", "independent"})
    void writeText_shortNames_fitTheTerminal(String name) {
        PosteriorSummary summary = named(name);
        List<ParameterSummary> plain =
                summary.parameters().stream().filter(p -> !p.equals(STUCK)).toList();
        PosteriorSummary moderate = new PosteriorSummary(
                summary.files(),
                summary.chainLengths(),
                summary.sampling(),
                summary.weighted(),
                summary.transitions(),
                summary.divergences(),
                summary.allParameters(),
                plain);
        text(moderate, TextStyle.plain()).lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @ParameterizedTest
    @MethodSource("names")
    void writeJson_isValid(String name) throws IOException {
        assertEquals(Set.of(), JsonReportTest.schema("summary.schema.json").validate(tree(named(name))));
    }

    @ParameterizedTest
    @CsvSource({
        "/schema, localmass.summary/1",
        "/chains, 4",
        "/draws, 3800",
        "/sampling, markov-chain",
        "/divergences, 3",
        "/files/3/sha256, null",
        "/parameters/0/name, mu",
        "/parameters/0/q5, -0.89972",
        "/parameters/2/rhat, Infinity",
        "/parameters/3/essTail, null",
        "/provenance/version, 1.2.3"
    })
    void writeJson_hasValue(String pointer, String expected) throws IOException {
        JsonNode node = tree(doubtful()).at(pointer);
        assertFalse(node.isMissingNode(), pointer);
        assertEquals(expected, node.asText());
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("other schema", root -> root.put("schema", "localmass.summary/2")),
                damage("no files", root -> root.remove("files")),
                damage("no chain", root -> root.put("chains", 0)),
                damage("unknown sampling", root -> root.put("sampling", "thinned")),
                damage("negative divergences", root -> root.put("divergences", -1)),
                damage("no warnings", root -> root.remove("warnings")),
                damage("number among the warnings", root -> ((ArrayNode) root.get("warnings")).add(1)),
                damage("parameter without a name", root -> parameter(root).remove("name")),
                damage("parameter without mad", root -> parameter(root).remove("mad")),
                damage("NaN as text", root -> parameter(root).put("mean", "NaN")),
                damage("negative spread", root -> parameter(root).put("sd", -1)),
                damage("text for R-hat", root -> parameter(root).put("rhat", "1.0")),
                damage("short hash", root -> ((ObjectNode) root.at("/files/0")).put("sha256", "abc")));
    }

    private static Arguments damage(String name, Consumer<ObjectNode> change) {
        return Arguments.of(name, change);
    }

    private static ObjectNode parameter(ObjectNode root) {
        return (ObjectNode) root.at("/parameters/0");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void schema_damagedDocument_fails(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = tree(good());
        change.accept(root);
        assertFalse(JsonReportTest.schema("summary.schema.json").validate(root).isEmpty(), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "tr-TR"})
    void write_anyLocale_givesSameText(String tag) {
        List<String> expected = new ArrayList<>();
        names().forEach(n -> expected.addAll(everything(named(n))));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            List<String> actual = new ArrayList<>();
            names().forEach(n -> actual.addAll(everything(named(n))));
            assertEquals(expected, actual);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.01, 0", "1.0100000000000002, 1", "NaN, 0", "Infinity, 1"})
    void warnings_rhatOverTheLimitOnly(double rhat, int expected) {
        ParameterSummary p = new ParameterSummary("mu", 0, 0, 1, 1, -1, 1, rhat, 1e4, 1e4);
        assertEquals(expected, warnings(p).size());
    }

    @ParameterizedTest
    @CsvSource({"200, 200, 0", "199.9, 200, 1", "200, 199.9, 1", "NaN, NaN, 0"})
    void warnings_effectiveDrawsUnderTheLimitOnly(double bulk, double tail, int expected) {
        ParameterSummary p = new ParameterSummary("mu", 0, 0, 1, 1, -1, 1, 1, bulk, tail);
        assertEquals(expected, warnings(p).size());
    }

    private static List<String> warnings(ParameterSummary p) {
        PosteriorSummary two = good();
        return new PosteriorSummary(two.files(), two.chainLengths(), two.sampling(), false, 2000, 0, 1, List.of(p))
                .warnings();
    }

    @Test
    void of_countsDivergencesOfChainsThatTellThem() {
        double[] column = {1, 2, 3};
        Chain tells = Chain.adopt(new double[][] {column}, null, Map.of("divergent__", new double[] {0, 1, 1}));
        Chain silent = Chain.adopt(Arrays.copyOf(column, 2));
        Draws draws = Draws.of(List.of("mu"), List.of(tells, silent), Sampling.MARKOV_CHAIN);
        PosteriorSummary summary =
                PosteriorSummary.of(draws, List.of(file("a.csv")), List.of(ParameterSummary.of(draws, 0)));
        assertEquals(3, summary.transitions());
        assertEquals(2, summary.divergences());
        assertEquals(5, summary.draws());
        assertEquals(List.of(3, 2), summary.chainLengths());
    }

    @Test
    void new_rejectsNoChain() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> new PosteriorSummary(List.of(), List.of(), Sampling.UNKNOWN, false, 0, 0, 0, List.of()));
        assertEquals("chainLengths must number at least 1, was 0", e.getMessage());
    }
}
