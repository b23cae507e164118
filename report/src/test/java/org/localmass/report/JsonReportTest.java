package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;

class JsonReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<String> names() {
        return Reports.all().keySet().stream();
    }

    static JsonSchema schema(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(JsonReport.class.getResourceAsStream(resource))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    private static String json(CheckReport report) {
        return Reports.print(out -> JsonReport.write(report, Reports.provenance(), out));
    }

    private static ObjectNode tree(CheckReport report) throws IOException {
        return (ObjectNode) MAPPER.readTree(json(report));
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_anyReport_isValid(String name) throws IOException {
        JsonNode tree = tree(Objects.requireNonNull(Reports.all().get(name)));
        assertEquals(Set.of(), schema("report.schema.json").validate(tree));
    }

    @Test
    void write_finding_matchesGolden() throws IOException {
        Golden.check("finding.json", json(Reports.finding()));
    }

    @Test
    void write_modesAndWeights_matchGolden() throws IOException {
        Golden.check("modes.json", json(Reports.modes()));
    }

    @ParameterizedTest
    @CsvSource({
        "/evidence, weights",
        "/inputs/reference, null",
        "/minimumDetectableMass, null",
        "/requested/0/referenceMass/upper, 1.0",
        "/requested/0/sufficientDraws, null",
        "/requested/0/cautionCodes/0, unseen",
        "/weights/source, log_target - log_approx",
        "/weights/khat, 0.387",
        "/weights/logZ/standardError, 0.018",
        "/weights/regions/0/agreement, unseen",
        "/weights/regions/0/khat, null",
        "/weights/regions/0/khatWhy, fewer than 5 draws in the tail: k-hat is not defined",
        "/views/0/view, intervals",
        "/global/kl, 0.104"
    })
    void write_byWeights_members(String pointer, String expected) throws IOException {
        assertEquals(expected, tree(Reports.weights()).at(pointer).asText());
    }

    @ParameterizedTest
    @CsvSource({
        "/evidence, density",
        "/inputs/reference, null",
        "/density/target, eight_schools",
        "/density/converged, false",
        "/density/logZ/standardError, 0.0049",
        "/density/regions/0/mass/upper, 0.143",
        "/density/regions/0/explorers, 5",
        "/density/regions/0/drifting, true",
        "/density/regions/0/ratioAgainstBulk/upper, 0.013",
        "/density/regions/0/agreement, alone",
        "/density/evaluations/search, 1724885",
        "/density/evaluations/planted, 1332231",
        "/density/evaluations/nan, 2",
        "/density/evaluations/exceptions/IllegalStateException, 4",
        "/density/planted/1/width, 0.1",
        "/density/planted/1/found, 0",
        "/density/planted/0/explorers/1, 5",
        "/global/logZ, -31.33",
        "/global/why, no log q"
    })
    void write_byDensity_members(String pointer, String expected) throws IOException {
        assertEquals(expected, tree(Reports.density()).at(pointer).asText());
    }

    @ParameterizedTest
    @CsvSource({
        "/evidence, draws",
        "/inputs/reference/chains, 2",
        "/density/converged, true",
        "/density/regions/0/ratioAgainstBulk, null",
        "/density/regions/0/agreement, disagrees"
    })
    void write_densityBesideDraws_members(String pointer, String expected) throws IOException {
        assertEquals(expected, tree(Reports.densityBesideDraws()).at(pointer).asText());
    }

    /** A report without a density does not have the member. */
    @Test
    void write_withoutDensity_hasNoMember() throws IOException {
        assertTrue(tree(Reports.finding()).path("density").isMissingNode());
    }

    @ParameterizedTest
    @CsvSource({
        "/findings/0/referenceMass/estimate, 0.0965",
        "/findings/0/referenceMass/effectiveDraws, 140.2",
        "/findings/0/ratio/upper, 0.2961",
        "/findings/0/definition/type, expression",
        "/findings/0/definition/expression, tau <= 0.5234567890123456",
        "/findings/0/region, tau <= 0.52",
        "/findings/0/side, lower",
        "/findings/1/side, null",
        "/findings/2/ratio/estimate, Infinity",
        "/findings/2/definition/expression, theta[2] == 0",
        "/findings/2/cautionCodes/0, no-hits",
        "/requested/2/outcome, inconclusive",
        "/requested/2/sufficientDraws, 400.0",
        "/requested/2/minimumDetectableMass, 0.025",
        "/balls/0/centre/mu, 4.5",
        "/balls/0/referenceLogMass/0, -Infinity",
        "/balls/0/ratio/estimate/0, null",
        "/balls/0/rekl/forward, null",
        "/global/khat, null",
        "/global/why, draws alone do not give log densities",
        "/inputs/approximation/rhatMax, null",
        "/inputs/approximation/rhatMaxParameter, null",
        "/inputs/approximation/constants/0, theta[2]",
        "/baseline, null",
        "/provenance/seed, 1"
    })
    void write_finding_hasValue(String pointer, String expected) throws IOException {
        JsonNode node = tree(Reports.finding()).at(pointer);
        assertFalse(node.isMissingNode(), pointer);
        assertEquals(expected, node.asText());
    }

    @Test
    void write_ball_logsTheMass() throws IOException {
        JsonNode ball = tree(Reports.finding()).at("/balls/0");
        assertEquals(Math.log(0.081), ball.at("/referenceLogMass/2").asDouble());
        assertEquals(Math.log(0.0196), ball.at("/approximationLogMassUpper/2").asDouble());
    }

    /** The hash of two files was computed by {@code printf a...ab...b | sha256sum}. */
    @Test
    void write_severalFiles_hashTheirHashes() throws IOException {
        JsonNode inputs = tree(Reports.finding()).get("inputs");
        assertEquals("c".repeat(64), inputs.at("/approximation/sha256").asText());
        assertEquals(
                "fa0dafbf43f1f551e536353e9d1a942a8e86e41a0b58dfeaf264ef217f6b862a",
                inputs.at("/reference/sha256").asText());
    }

    @Test
    void write_twice_givesSameText() {
        assertEquals(json(Reports.finding()), json(Reports.finding()));
    }

    @Test
    void write_threads_leaveNoTrace() {
        CheckReport one = Reports.empty();
        CheckReport four = new CheckReport(
                one.verdict(),
                one.headline(),
                one.warnings(),
                one.reference(),
                one.approximation(),
                one.global(),
                one.findings(),
                one.requested(),
                one.balls(),
                one.minimumDetectableMass(),
                one.candidates(),
                one.notExamined(),
                one.onlyInReference(),
                one.onlyInApproximation(),
                one.nextSteps(),
                CheckOptions.withDefaults().withThreads(4));
        assertEquals(json(one), json(four));
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("no verdict", root -> root.remove("verdict")),
                damage("unknown verdict", root -> root.put("verdict", "fine")),
                damage("other schema", root -> root.put("schema", "localmass.report/2")),
                damage("no baseline", root -> root.remove("baseline")),
                damage("text for a mass", root -> mass(root).put("estimate", "0.1")),
                damage("mass above 1", root -> mass(root).put("estimate", 1.5)),
                damage("infinite mass", root -> mass(root).put("upper", "Infinity")),
                damage("no effective draws", root -> mass(root).remove("effectiveDraws")),
                damage("negative ratio", root -> object(root, "/findings/0/ratio")
                        .put("lower", -1)),
                damage("NaN as text", root -> object(root, "/findings/0/ratio").put("lower", "NaN")),
                damage("unknown kind", root -> object(root, "/findings/0").put("kind", "hole")),
                damage("unknown direction", root -> object(root, "/findings/0").putNull("direction")),
                damage("definition without type", root -> object(root, "/findings/0/definition")
                        .remove("type")),
                damage("no outcome", root -> object(root, "/requested/0").remove("outcome")),
                damage("hash too short", root -> object(root, "/inputs/reference")
                        .put("sha256", "abc")),
                damage("null list", root -> root.putNull("findings")),
                damage("number in notExamined", root -> ((ArrayNode) root.get("notExamined")).add(1)),
                damage("text for the seed", root -> object(root, "/provenance").put("seed", "1")),
                damage("radius zero", root -> ((ArrayNode) root.at("/balls/0/radii")).add(0)));
    }

    private static Arguments damage(String name, Consumer<ObjectNode> change) {
        return Arguments.of(name, change);
    }

    private static ObjectNode object(ObjectNode root, String pointer) {
        return (ObjectNode) root.at(pointer);
    }

    private static ObjectNode mass(ObjectNode root) {
        return object(root, "/findings/0/referenceMass");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void schema_damagedDocument_fails(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = tree(Reports.finding());
        change.accept(root);
        Set<ValidationMessage> messages = schema("report.schema.json").validate(root);
        assertFalse(messages.isEmpty(), name);
    }

    @Test
    void schema_additions_pass() throws IOException {
        ObjectNode root = tree(Reports.finding());
        root.put("later", 1);
        object(root, "/findings/0").put("later", "x");
        assertEquals(Set.of(), schema("report.schema.json").validate(root));
    }

    @Test
    void write_mahalanobisBall_givesTheTriangle() throws IOException {
        double[][] covariance = {{4, 2}, {2, 10}};
        var ball = org.localmass.core.region.Ball.of(
                Reports.NAMES,
                new int[] {1, 2},
                new double[] {0, 2.5},
                0.25,
                org.localmass.core.region.Norm.mahalanobis(covariance));
        ObjectNode root = tree(Reports.withRegion(ball));
        assertEquals(
                "[[2.0],[1.0,3.0]]", root.at("/findings/0/definition/factor").toString());
        assertEquals(Set.of(), schema("report.schema.json").validate(root));
        object(root, "/findings/0/definition").remove("factor");
        assertFalse(schema("report.schema.json").validate(root).isEmpty());
    }

    @Test
    void write_ballRegion_givesItsDefinition() throws IOException {
        var ball = org.localmass.core.region.Ball.of(
                Reports.NAMES, new int[] {1, 2}, new double[] {0, 2.5}, 0.25, org.localmass.core.region.Norm.linf());
        CheckReport report = Reports.withRegion(ball);
        ObjectNode root = tree(report);
        assertEquals(
                "{\"type\":\"ball\",\"coordinates\":[\"tau\",\"theta[1]\"],\"centre\":[0.0,2.5],\"radius\":0.25,\"norm\":\"linf\"}",
                root.at("/findings/0/definition").toString());
        assertEquals(Set.of(), schema("report.schema.json").validate(root));
    }
}
