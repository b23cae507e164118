package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;
import org.localmass.estimate.explore.EvaluationCounts;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.estimate.explore.PlantedModes;
import org.localmass.vi.Remedy;
import org.localmass.vi.TracePoint;
import org.localmass.vi.Unrepresented;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.fidelity.Check;
import org.localmass.vi.fidelity.FittedRegion;
import org.localmass.vi.fidelity.LocalFidelityResult;
import org.localmass.vi.fidelity.RegionOrigin;
import org.localmass.vi.fidelity.Verdict;
import org.localmass.vi.objective.ElboEstimate;

class FitReportTest {
    private static final List<String> NAMES = List.of("mu", "log(tau)");
    private static final Region ANY = Interval.halfOpen(NAMES, 0, 0, 1);
    private static final LocalFidelityResult.Searched SEARCHED = new LocalFidelityResult.Searched(
            32, 33, List.of(2.0, 4.0, 8.0), 2, 2, 500, 5, 16, 1, 2, 1, new double[] {0, 0}, new double[] {1, 1}, false);

    private static FittedRegion region(String name, RegionOrigin origin, double p, double q, double price) {
        MassEstimate mass = new MassEstimate(p, 0.9 * p, 1.1 * p, 400, 20_000, 500, 500, List.of());
        return new FittedRegion(
                name,
                origin,
                ANY,
                mass,
                q,
                new RatioEstimate(q / p, q / (1.1 * p), q / (0.9 * p)),
                price,
                !Double.isNaN(price));
    }

    private static TracePoint step(int step, double elbo, double violation, Double... logs) {
        return new TracePoint(step, "constrain", step, 100L * step, 64, elbo, List.of(logs), violation);
    }

    private static FitReport.Content content(
            Verdict verdict,
            List<Check> checks,
            List<FittedRegion> regions,
            Optional<Unrepresented> unrepresented,
            double kHat) {
        Mixture fit = Mixture.of(
                Family.full().withComponents(2).withNus(Double.POSITIVE_INFINITY, 4),
                new double[] {0.75, 0.25},
                new double[][] {{0, 1}, {4, -1}},
                new double[][][] {{{1, 0.5}, {0.5, 2}}, {{0.25, 0}, {0, 1}}});
        LocalFidelityResult result = new LocalFidelityResult(
                verdict,
                checks,
                fit,
                "elbo+al",
                new ElboEstimate(-1.25, 0.0012),
                new NormalisingConstant(-1.2, 0.003, -1.206, -1.194, 10_000, List.of()),
                kHat,
                0.31,
                0.82,
                0.93,
                regions,
                unrepresented,
                List.of(
                        step(1, -3, Double.NaN),
                        step(2, -2, Double.NaN),
                        step(1, -1.4, 0.3, -4.7, -3.1),
                        step(2, -1.25, 0.01, -4.5, -3.2)),
                List.of("tau < 0.5", "mode 1"),
                2,
                123_456,
                7,
                SEARCHED,
                Optional.empty(),
                11);
        PlantedModes.Result planted = new PlantedModes.Result(
                List.of(
                        new PlantedModes.Power(1, 2, 2, 1, List.of(2, 2)),
                        new PlantedModes.Power(0.1, 2, 0, 0, List.of(0, 0))),
                counts());
        return new FitReport.Content("a(d=2)", NAMES, result, Optional.of(planted), 4000);
    }

    private static EvaluationCounts counts() {
        return new EvaluationCounts(9000, 0, 0, 0, 0, Map.of());
    }

    private static FitReport.Content good() {
        return content(
                Verdict.OK,
                List.of(),
                List.of(
                        region("mu > 2.1", RegionOrigin.TAIL, 0.0098, 0.0101, 0),
                        region("tau < 0.5", RegionOrigin.REQUESTED, 0.0096, 0.0098, 0.041),
                        region("mode 1", RegionOrigin.MODE, 0.031, 0.0311, 1.75),
                        region("lost ball 1", RegionOrigin.LOST, 0.012, 0.0118, 0)),
                Optional.empty(),
                0.42);
    }

    private static FitReport.Content lost() {
        return content(
                Verdict.UNREPRESENTED,
                List.of(
                        new Check(Check.Kind.REGION_OFF, 27, Math.log(1.5)),
                        new Check(Check.Kind.BALL_LOST, 2.7e-13, 0.3)),
                List.of(
                        region(
                                "tau < 0.5 & abs(mu) < 1 | mu > 100000 <script>",
                                RegionOrigin.REQUESTED,
                                0.05,
                                6e-14,
                                Double.NaN),
                        region("mode 1", RegionOrigin.MODE, 0.03, 0.03, Double.NaN)),
                Optional.of(new Unrepresented(
                        "mode 1", Math.log(1.2e-12), 20, 0, 1.7, -0.1, List.of(Remedy.MIXTURE, Remedy.STUDENT))),
                Double.NEGATIVE_INFINITY);
    }

    private static FitReport.Content unknown() {
        return content(
                Verdict.UNVERIFIED,
                List.of(new Check(Check.Kind.HEAVY_WEIGHTS, Double.POSITIVE_INFINITY, 0.7)),
                List.of(new FittedRegion(
                        "tau < 0.5",
                        RegionOrigin.REQUESTED,
                        ANY,
                        new MassEstimate(Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, 0, List.of()),
                        0.2,
                        new RatioEstimate(Double.NaN, Double.NaN, Double.NaN),
                        Double.NaN,
                        false)),
                Optional.empty(),
                Double.NaN);
    }

    static Stream<FitReport.Content> contents() {
        return Stream.of(good(), lost(), unknown());
    }

    private static String text(FitReport.Content content) {
        return Reports.print(out -> FitReport.writeText(content, TextStyle.plain(), out));
    }

    private static String markdown(FitReport.Content content) {
        return Reports.print(out -> FitReport.writeMarkdown(content, out));
    }

    private static String html(FitReport.Content content) {
        return Reports.print(out -> FitReport.writeHtml(content, "1", out));
    }

    private static JsonNode json(FitReport.Content content) throws IOException {
        return new ObjectMapper().readTree(Reports.print(out -> FitReport.writeJson(content, "1", out)));
    }

    @Test
    void texts_matchGolden() throws IOException {
        Golden.check("fit-ok.txt", text(good()));
        Golden.check("fit-unrepresented.txt", text(lost()));
        Golden.check("fit-unverified.txt", text(unknown()));
        Golden.check("fit-ok.md", markdown(good()));
        Golden.check("fit-unrepresented.md", markdown(lost()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void text_fits80Columns(FitReport.Content content) {
        text(content).lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void json_fitsTheSchema(FitReport.Content content) throws IOException {
        assertEquals(Set.of(), JsonReportTest.schema("fit.schema.json").validate(json(content)));
    }

    @Test
    void json_hasTheNumbers() throws IOException {
        JsonNode tree = json(lost());
        assertEquals("UNREPRESENTED", tree.get("verdict").asText());
        assertEquals("-Infinity", tree.get("khat").asText());
        assertEquals(6e-14, tree.at("/regions/0/mass").asDouble());
        assertTrue(tree.at("/regions/0/price").isNull());
        assertEquals(20, tree.at("/unrepresented/cost").asDouble());
        assertEquals(0.5, tree.at("/family/components/0/scale/0/1").asDouble(), 1e-15);
        assertEquals("Infinity", tree.at("/family/components/0/nu").asText());
        assertEquals(4, tree.at("/family/components/1/nu").asDouble());
        assertEquals(2, tree.at("/sensitivity/planted/0/found").asInt());
        assertTrue(tree.at("/trace/violation/0").isNull());
        assertEquals(2, tree.at("/trace/logMass/0/values").size());
        assertEquals(11, tree.get("seed").asLong());
        JsonNode unknown = json(unknown());
        assertTrue(unknown.get("khat").isNull());
        assertTrue(unknown.at("/regions/0/rho/estimate").isNull());
        assertEquals("Infinity", unknown.at("/checks/0/value").asText());
    }

    /** Every member that a fit has is required, at every level. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/family",
                "/family/components/0",
                "/elbo",
                "/logZ",
                "/regions/0",
                "/regions/0/referenceMass",
                "/regions/0/rho",
                "/unrepresented",
                "/checks/0",
                "/sensitivity",
                "/sensitivity/planted/0",
                "/trace",
                "/trace/logMass/0",
                "/provenance"
            })
    void schema_missingMember_isRefused(String pointer) throws IOException {
        JsonNode whole = json(lost());
        JsonSchema schema = JsonReportTest.schema("fit.schema.json");
        JsonNode part = whole.at(pointer);
        List<String> names = new ArrayList<>();
        part.fieldNames().forEachRemaining(names::add);
        assertFalse(names.isEmpty(), pointer);
        for (String name : names) {
            JsonNode copy = whole.deepCopy();
            ((ObjectNode) copy.at(pointer)).remove(name);
            assertFalse(schema.validate(copy).isEmpty(), pointer + " " + name);
        }
    }

    @Test
    void schema_additions_passAndOthersDoNot() throws IOException {
        JsonSchema schema = JsonReportTest.schema("fit.schema.json");
        ObjectNode tree = (ObjectNode) json(good());
        tree.put("later", 1);
        assertEquals(Set.of(), schema.validate(tree));
        tree.put("verdict", "GOOD");
        assertFalse(schema.validate(tree).isEmpty());
        ObjectNode other = (ObjectNode) json(good());
        ((ArrayNode) other.get("searched")).removeAll();
        assertFalse(schema.validate(other).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("contents")
    void html_isCompleteAndEscaped(FitReport.Content content) {
        String page = html(content);
        assertTrue(page.contains(content.result().verdict().name()), page);
        assertTrue(page.contains("What was searched"));
        assertTrue(page.contains("ELBO over the steps"));
        assertFalse(page.contains("<script>&"), page);
        assertFalse(page.contains("100000 <script>"));
        assertEquals(page, html(content));
    }

    @Test
    void markdown_ofHostileNames_isEscaped() {
        String written = markdown(lost());
        assertFalse(written.contains("1 | mu"), written);
    }
}
