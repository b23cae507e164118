package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.report.JsonReport;

/** {@code check --model}: a search of the target's density, alone and beside a reference. */
class DensityEvidenceTest {
    private static final String LOG_TWO_PI = Double.toString(Math.log(2 * Math.PI));

    @TempDir
    private Path folder = Path.of("");

    private static CommandRun check(Object... more) {
        List<String> args = new ArrayList<>(List.of("check", "--no-trees"));
        for (Object m : more) {
            args.add(m.toString());
        }
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) throws IOException {
        assertEquals("", run.err());
        JsonNode tree = new ObjectMapper().readTree(run.out());
        try (InputStream schema = JsonReport.class.getResourceAsStream("report.schema.json")) {
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(tree));
        }
        return tree;
    }

    /** Standard normal draws in the plane, a share of them moved to the second mode of far3; with log q where it is none. */
    private Path plane(String name, double moved) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder text = new StringBuilder(moved > 0 ? "x1,x2,more\n" : "x1,x2,log_approx\n");
        for (int i = 0; i < 3000; i++) {
            double shift = random.nextDouble() < moved ? 10 / Math.sqrt(2) : 0;
            double x = random.nextGaussian() + shift;
            double y = random.nextGaussian() + shift;
            text.append(x).append(',').append(y).append(',');
            text.append(-0.5 * (x * x + y * y) - Double.parseDouble(LOG_TWO_PI)).append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void check_missedModeOfFar3_isFound() throws IOException {
        Path q = plane("q.csv", 0);
        String[] texts = new String[2];
        for (int threads = 1; threads <= 2; threads++) {
            CommandRun run = check(
                    "--approx",
                    q,
                    "--model",
                    "far3(d=2)",
                    "--region",
                    "x1 > 4",
                    "--budget",
                    "300000",
                    "--threads",
                    threads,
                    "--format",
                    "json");
            assertEquals(Main.FOUND, run.code());
            texts[threads - 1] = run.out();
        }
        assertEquals(texts[0], texts[1]);
        JsonNode report = json(new CommandRun(0, texts[0], ""));
        assertEquals("density", report.get("evidence").asText());
        assertTrue(report.at("/inputs/reference").isNull());
        assertEquals("far3(d=2)", report.at("/density/target").asText());
        JsonNode named = report.at("/requested/0");
        assertEquals(0.03, named.at("/referenceMass/estimate").asDouble(), 0.012, named::toString);
        assertTrue(named.at("/referenceMass/lower").asDouble() <= 0.03
                && 0.03 <= named.at("/referenceMass/upper").asDouble());
        assertEquals(0, named.at("/approximationMass/estimate").asDouble());
        assertEquals("finding", named.get("outcome").asText());
        // log q is that of the file, log p that of the model: q has its shape on its side
        assertEquals(Math.log(0.97), report.at("/global/elbo").asDouble(), 1e-9);
        assertEquals(0, report.at("/global/logZ").asDouble(), 0.1);
        assertEquals("unseen", report.at("/weights/regions/0/agreement").asText());
        assertTrue(report.get("notExamined").toString().contains("the budget left no evaluations"));
    }

    @Test
    void check_withReference_putsTheSearchBeside() throws IOException {
        Path q = plane("q.csv", 0);
        Path p = plane("p.csv", 0.03);
        JsonNode report = json(check(
                "--approx",
                q,
                "--reference",
                p,
                "--model",
                "far3(d=2)",
                "--region",
                "x1 > 4",
                "--budget",
                "150000",
                "--no-sensitivity",
                "--format",
                "json"));
        assertEquals("draws", report.get("evidence").asText());
        assertEquals(1, report.at("/inputs/reference/chains").asInt());
        for (JsonNode region : report.at("/density/regions")) {
            assertEquals("agrees", region.get("agreement").asText(), region::toString);
        }
        assertTrue(report.at("/density/statements").toString().contains("agree about every region"));
        assertTrue(report.get("notExamined").toString().contains("--no-sensitivity"));
        CommandRun text =
                check("--approx", q, "--reference", p, "--model", "far3(d=2)", "--budget", 100_000, "--no-sensitivity");
        assertTrue(text.out().contains("Search of the density of far3(d=2)"), text::out);
    }

    /** The parameters that are not the model's are named; the verdict of a right approximation has no finding. */
    @Test
    void check_rightApproximation_hasNoFinding() throws IOException {
        JsonNode report = json(check(
                "--approx",
                plane("p.csv", 0.03),
                "--model",
                "far3(d=2)",
                "--budget",
                "300000",
                "--no-sensitivity",
                "--format",
                "json"));
        assertEquals(0, report.get("findings").size(), report.get("findings")::toString);
        assertEquals("[\"more\"]", report.get("onlyInApproximation").toString());
        assertTrue(report.at("/global/elbo").isNull());
        assertTrue(report.at("/global/why").asText().contains("log_approx"));
    }

    /** The spike of 5 %, a tenth as wide, in ten dimensions is found from the anchor; one normal gives it 0.3 %. */
    @Test
    void check_spikeOfAFit_isFoundFromItsAnchor() throws IOException {
        String model = "spike(d=10, eps=0.05, tau=0.1)";
        CommandRun fit = CommandRun.of(
                "fit",
                "--model",
                model,
                "--family",
                "full",
                "--objective",
                "elbo",
                "--no-sensitivity",
                "--no-examination",
                "--budget",
                "400000",
                "--quiet",
                "--out",
                folder.resolve("fit").toString());
        assertEquals("", fit.err());
        JsonNode report = json(check(
                "--approx",
                folder.resolve("fit/draws.csv"),
                "--model",
                model,
                "--anchor",
                "0",
                "--region",
                "norm(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10) < 0.6",
                "--no-sensitivity",
                "--budget",
                "700000",
                "--format",
                "json"));
        assertEquals("finding", report.get("verdict").asText());
        JsonNode named = report.at("/requested/0");
        assertEquals("finding", named.get("outcome").asText());
        assertTrue(
                named.at("/referenceMass/lower").asDouble() < 0.05
                        && named.at("/referenceMass/upper").asDouble() > 0.045,
                named::toString);
        assertTrue(report.get("notExamined").toString().contains("met by no explorer"));
        assertEquals(-0.05, report.at("/global/elbo").asDouble(), 0.02);
    }

    /** The exact mass below 0.5 is 0.0968, that of mean-field 0.0205 (examples/regions.csv). */
    @Test
    void check_eightSchools_findsTheNeck() throws IOException {
        JsonNode report = json(check(
                "--approx",
                CommandRun.example("eight_schools/advi_meanfield.csv"),
                "--model",
                "eight_schools",
                "--region",
                "tau < 0.5",
                "--no-sensitivity",
                "--budget",
                "900000",
                "--format",
                "json"));
        JsonNode named = report.at("/requested/0");
        assertTrue(
                named.at("/referenceMass/lower").asDouble() < 0.0968
                        && named.at("/referenceMass/upper").asDouble() > 0.0968,
                named::toString);
        assertEquals(0.0205, named.at("/approximationMass/estimate").asDouble(), 1e-9);
        assertEquals("under", named.get("direction").asText());
        assertTrue(report.get("findings").toString().contains("tau <"), report.get("findings")::toString);
        assertTrue(report.get("onlyInApproximation").toString().contains("theta_trans[1]"));
    }

    /** A density of one's own that fails in places, or always. */
    public static class Failing implements LogDensity.Differentiable {
        double end() {
            return 4;
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public double value(double[] x) {
            return value(x, new double[2]);
        }

        @Override
        public double value(double[] x, double[] gradient) {
            if (x[0] > end()) {
                throw new IllegalStateException("not there");
            }
            gradient[0] = -x[0];
            gradient[1] = -x[1];
            return x[1] > 4 ? Double.NaN : -0.5 * (x[0] * x[0] + x[1] * x[1]);
        }
    }

    /** Fails always. */
    public static final class Useless extends Failing {
        @Override
        double end() {
            return Double.NEGATIVE_INFINITY;
        }
    }

    @Test
    void check_classThatFails_isCountedNotFatal() throws IOException {
        Path q = plane("q.csv", 0);
        JsonNode report = json(check(
                "--approx", q, "--model", "class:" + Failing.class.getName(), "--budget", 100_000, "--format", "json"));
        assertTrue(report.at("/density/evaluations/nan").asLong() > 0);
        assertTrue(
                report.at("/density/evaluations/exceptions/java.lang.IllegalStateException")
                                        .asLong()
                                + report.at("/density/evaluations/exceptions/IllegalStateException")
                                        .asLong()
                        > 0,
                report.at("/density/evaluations")::toString);
        assertTrue(report.get("warnings").toString().contains("The density failed"));
        CommandRun useless =
                check("--approx", q, "--model", "class:" + Useless.class.getName(), "--out", folder.resolve("out"));
        assertEquals(0, useless.code(), useless::err);
        assertTrue(useless.out().startsWith("INCONCLUSIVE"), useless::out);
        assertTrue(useless.out().replaceAll("\\s+", " ").contains("which found none"), useless::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model far3(d=3)      | --approx: the draws lack parameter x3 of far3(d=3); they have x1, x2",
                "--model funnel(d=3)    | --approx: the draws lack 3 parameters v, x[1], x[2] of funnel(d=3); they have",
                "--model nosuch         | --model: model must be one of",
                "--model class:no.Such  | --model: class no.Such must be on the class path",
                "--model far3 --budget 0 | --budget must be at least 1, was 0",
                "--model far3 --anchor z=1 | --anchor: ",
                "--model far3 --log-approx lq | must be a column of the approximation, 'lq' is none",
                "--model far3 --log-target lp | --log-approx is missing",
                "--model far3 --region z<1 | --region: ",
                "--model logistic       | --model: "
            })
    void check_badInput_oneLine(String options, String message) throws IOException {
        List<Object> args = new ArrayList<>(List.of("--approx", plane("q.csv", 0)));
        args.addAll(List.of(options.strip().split(" ")));
        CommandRun run = check(args.toArray());
        assertEquals(Main.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message.strip()), run::err);
        assertEquals("", run.out());
    }

    /** File, draw, parameter and value of a draw that the model cannot hold. */
    @ParameterizedTest
    @ValueSource(strings = {"-0.25", "-1.0E-300"})
    void check_drawOutsideTheSupport_isNamed(String tau) throws IOException {
        String rest = ",1,1,1,1,1,1,1,1\n";
        String header = "mu,tau,theta[1],theta[2],theta[3],theta[4],theta[5],theta[6],theta[7],theta[8]\n";
        Path one = Files.writeString(folder.resolve("one.csv"), header + "1,2" + rest + "1,3" + rest);
        Path two = Files.writeString(folder.resolve("two.csv"), header + "1,2" + rest + "1," + tau + rest);
        CommandRun run = check("--approx", one, two, "--model", "eight_schools");
        assertEquals(Main.BAD_INPUT, run.code());
        assertTrue(
                run.err().contains("two.csv, draw 2: tau = " + tau + " lies outside the support of eight_schools"),
                run::err);
    }

    /** A scale of zero is the border of the support: possible, and doubtful. */
    @Test
    void check_drawsOnTheBorder_areDoubted() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder text =
                new StringBuilder("mu,tau,theta[1],theta[2],theta[3],theta[4],theta[5],theta[6],theta[7],theta[8]\n");
        for (int i = 0; i < 100; i++) {
            text.append(random.nextGaussian()).append(',').append(i < 2 ? 0 : 1 + random.nextDouble());
            for (int k = 0; k < 8; k++) {
                text.append(',').append(random.nextGaussian());
            }
            text.append('\n');
        }
        CommandRun run = check(
                "--approx",
                Files.writeString(folder.resolve("q.csv"), text),
                "--model",
                "eight_schools",
                "--budget",
                20_000);
        assertTrue(
                run.out().replaceAll("\\s+", " ").contains("2 draws of the approximation lie on the border"), run::out);
    }

    @Test
    void check_folderWithModel_isRefused() {
        CommandRun run = check(folder, "--model", "far3");
        assertEquals(Main.BAD_INPUT, run.code());
        assertTrue(run.err().contains("--model goes with --approx, not with a folder"), run::err);
    }

    /** The file's own log p is compared with the model's. */
    @Test
    void check_logTargetOfAnotherModel_isDoubted() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("x1,x2,log_target,log_approx\n");
        for (int i = 0; i < 200; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double log = -0.5 * (x * x + y * y);
            text.append(x + "," + y + "," + 2 * log + "," + log + "\n");
        }
        Path q = Files.writeString(folder.resolve("q.csv"), text);
        CommandRun run = check("--approx", q, "--model", "far3", "--budget", 50_000);
        assertTrue(
                run.out().replaceAll("\\s+", " ").contains("log_target is not the log density of the model"), run::out);
    }
}
