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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.report.JsonReport;

/** {@code check} with the log densities of the approximation's draws, alone and beside a reference; the mode table. */
class WeightsEvidenceTest {
    private static final String[] NUTS = {
        CommandRun.example("bimodal_location/nuts_1.csv"),
        CommandRun.example("bimodal_location/nuts_2.csv"),
        CommandRun.example("bimodal_location/nuts_3.csv"),
        CommandRun.example("bimodal_location/nuts_4.csv")
    };

    private static JsonNode bimodal(String approximation, boolean reference, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "check", "--approx", CommandRun.example("bimodal_location/" + approximation), "--format", "json"));
        if (reference) {
            args.add("--reference");
            args.addAll(List.of(NUTS));
        }
        args.addAll(List.of(more));
        return json(CommandRun.of(args.toArray(String[]::new)).out());
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

    /** k-hat calls both fits fine; the mode table and the regions beside it do not. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"laplace.csv, 0.387, unseen, unseen", "advi_meanfield.csv, -0.244, agrees, agrees"})
    void check_bimodal_putsKhatBesideTheRegions(String file, double khat, String left, String gap) throws IOException {
        JsonNode report = bimodal(file, true, "--region", "mu < 0", "--region", "abs(mu) < 1");
        assertEquals("finding", report.get("verdict").asText());
        assertEquals(khat, report.at("/weights/khat").asDouble(), 2e-3);
        assertTrue(report.at("/weights/khat").asDouble()
                <= report.at("/weights/khatThreshold").asDouble());
        assertEquals(left, agreement(report, "R1"));
        assertEquals(gap, agreement(report, "R2"));
        assertTrue(report.at("/weights/statements").toString().contains("looks fine"), report.get("weights")::toString);
        assertEquals(2, report.get("modes").size());
        for (JsonNode mode : report.get("modes")) {
            // NUTS has them at 0.2565 and 0.7435, see regions.csv
            double nuts = mode.at("/centre/mu").asDouble() < 0 ? 0.2565 : 0.7435;
            assertEquals(nuts, mode.at("/referenceMass/estimate").asDouble(), 0.005, mode::toString);
            assertTrue(mode.at("/definition/expression").asText().startsWith("mu "), mode::toString);
        }
        if (file.startsWith("laplace")) {
            assertTrue(report.get("modes").toString().contains("q misses the mode at mu = 2.4"));
        }
    }

    /** The basin of a mode, read back from a report, has the same masses on the same draws. */
    @Test
    void check_modeOfAReport_isMeasuredAgain(@TempDir Path folder) throws IOException {
        String laplace = CommandRun.example("bimodal_location/laplace.csv");
        List<String> args = new ArrayList<>(List.of("check", "--approx", laplace, "--reference"));
        args.addAll(List.of(NUTS));
        args.addAll(List.of("--format", "json"));
        CommandRun first = CommandRun.of(args.toArray(String[]::new));
        Path file = Files.writeString(folder.resolve("report.json"), first.out());
        JsonNode mode = json(first.out()).at("/modes/1");
        args.addAll(List.of("--region", "@" + file + "#M2"));
        JsonNode again = json(CommandRun.of(args.toArray(String[]::new)).out()).at("/requested/0");
        for (String mass : List.of("referenceMass", "approximationMass")) {
            assertEquals(
                    mode.at("/" + mass + "/estimate").asDouble(),
                    again.at("/" + mass + "/estimate").asDouble());
        }
    }

    private static String agreement(JsonNode report, String id) {
        for (JsonNode region : report.at("/weights/regions")) {
            if (region.get("id").asText().equals(id)) {
                return region.get("agreement").asText();
            }
        }
        return "none";
    }

    /** Without NUTS: the masses of the named regions by weights hold the exact ones. */
    @Test
    void check_byWeightsAlone_hasTheExactMasses() throws IOException {
        JsonNode report = bimodal(
                "advi_meanfield.csv", false, "--region", "mu < 0", "--region", "mu > 0", "--region", "abs(mu) < 1");
        assertEquals("weights", report.get("evidence").asText());
        assertTrue(report.at("/inputs/reference").isNull());
        assertEquals("finding", report.get("verdict").asText());
        double[] exact = {0.2830, 0.7169, 0.0186};
        for (int i = 0; i < exact.length; i++) {
            JsonNode mass = report.at("/requested/" + i + "/referenceMass");
            assertTrue(
                    mass.get("lower").asDouble() < exact[i] && mass.get("upper").asDouble() > exact[i], mass::toString);
        }
        assertEquals("finding", report.at("/requested/2/outcome").asText());
        assertTrue(report.get("warnings").get(0).asText().contains("cannot be seen"));
        assertTrue(report.at("/global/kl").asDouble() > 1);
        assertTrue(report.at("/global/logZ").isNull());
    }

    @Test
    void check_lostModeByWeightsAlone_isUnseen() {
        String laplace = CommandRun.example("bimodal_location/laplace.csv");
        CommandRun run = CommandRun.of("check", "--approx", laplace, "--region", "mu > 0");
        assertTrue(run.out().contains("inconclusive: q's draws are on one side only"), run.out());
        assertTrue(run.out().contains("unseen: no draw of q lies in mu > 0"), run.out());
        assertTrue(run.out().contains("k-hat is blind to it"), run.out());
        assertEquals(
                1,
                CommandRun.of("check", "--approx", laplace, "--fail-inconclusive")
                        .code());
    }

    /** Draws of a standard normal with log p of N(0.4, 1) times e^2, under names of the user's own. */
    private static Path own(Path folder) throws IOException {
        Random random = new Random(9);
        StringBuilder csv = new StringBuilder("a,model_lp,guide_lp\n");
        for (int i = 0; i < 4000; i++) {
            double a = random.nextGaussian();
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s%n",
                    a,
                    2 - 0.5 * (a - 0.4) * (a - 0.4) - 0.5 * Math.log(2 * Math.PI),
                    -0.5 * a * a - 0.5 * Math.log(2 * Math.PI)));
        }
        return Files.writeString(folder.resolve("own.csv"), csv.toString());
    }

    @Test
    void check_namedColumns_knowLogZ(@TempDir Path folder) throws IOException {
        String file = own(folder).toString();
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                file,
                "--log-target",
                "model_lp",
                "--log-approx",
                "guide_lp",
                "--region",
                "a > 1",
                "--format",
                "json");
        assertEquals(1, run.code(), run.err());
        JsonNode report = json(run.out());
        assertEquals(1, report.at("/inputs/approximation/parameters").asInt());
        JsonNode logZ = report.at("/weights/logZ");
        assertEquals(
                2,
                logZ.get("estimate").asDouble(),
                4 * logZ.get("standardError").asDouble());
        // KL of N(0,1) to N(0.4,1): 0.08
        JsonNode kl = report.at("/weights/kl");
        assertEquals(
                0.08, kl.get("estimate").asDouble(), 4 * kl.get("standardError").asDouble());
        // 1 - Phi(0.6)
        JsonNode mass = report.at("/requested/0/referenceMass");
        assertTrue(mass.get("lower").asDouble() < 0.27425 && mass.get("upper").asDouble() > 0.27425, mass::toString);
        assertFalse(report.at("/weights/complete").isNull());
    }

    @Test
    void check_badColumns_areOneLine(@TempDir Path folder) throws IOException {
        String file = own(folder).toString();
        refused(
                "--reference is missing: draws of the target, such as MCMC chains. Without them the file of --approx must"
                        + " hold log p and log q of each draw (Stan's columns, or --log-target and --log-approx);",
                "check",
                "--approx",
                file);
        refused(
                "--log-target and --log-approx go together: --log-approx is missing",
                "check",
                "--approx",
                file,
                "--log-target",
                "model_lp");
        refused(
                "log target must be a column of the approximation, 'nothing' is none",
                "check",
                "--approx",
                file,
                "--log-target",
                "nothing",
                "--log-approx",
                "guide_lp");
        refused(
                "--log-target and --log-approx go with --approx, not with a folder",
                "check",
                folder.toString(),
                "--log-target",
                "model_lp",
                "--log-approx",
                "guide_lp");
        Path only = Files.writeString(folder.resolve("only.csv"), "p,q\n1,2\n3,4\n");
        refused(
                "the approximation must have a parameter beside its log densities",
                "check",
                "--approx",
                only.toString(),
                "--log-target",
                "p",
                "--log-approx",
                "q");
        StringBuilder zero = new StringBuilder("a,p,q\n");
        for (int i = 0; i < 30; i++) {
            zero.append(i).append(",-inf,").append(i).append('\n');
        }
        Path none =
                Files.writeString(folder.resolve("none.csv"), zero.toString().replace("p,q", "log_target,log_approx"));
        CommandRun run = CommandRun.of("check", "--approx", none.toString());
        assertEquals(2, run.code(), run.out());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    private static void refused(String message, String... args) {
        CommandRun run = CommandRun.of(args);
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    /** The unconstrained draws of the bundled models have no modes of their own: none is invented. */
    @ParameterizedTest
    @CsvSource({
        "eight_schools, advi_meanfield.csv, nuts_1.csv",
        "eight_schools, laplace.csv, nuts_1.csv",
        "logistic_breast_cancer, advi_meanfield.csv, nuts_1.csv",
        "neal_funnel, advi_fullrank.csv, exact_draws.csv.gz",
        "screening, meanfield.csv, mcmc_1.csv"
    })
    void check_unimodalExamples_haveNoModes(String folder, String approximation, String reference) throws IOException {
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                CommandRun.example(folder + "/" + approximation),
                "--reference",
                CommandRun.example(folder + "/" + reference),
                "--format",
                "json");
        assertEquals(0, json(run.out()).get("modes").size(), run.out());
    }
}
