package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.report.MassReport;

/** The commands on distributions: mass, index and divergence. */
class DistributionCommandsTest {
    private static CommandRun run(String line) {
        return CommandRun.of(line.split(" \\| "));
    }

    private static JsonNode json(String line) throws IOException {
        CommandRun run = run(line + " | --format | json");
        assertEquals("", run.err());
        assertEquals(0, run.code());
        return new ObjectMapper().readTree(run.out());
    }

    private static JsonSchema schema(String command) throws IOException {
        try (InputStream in = MassReport.class.getResourceAsStream(command + ".schema.json")) {
            assertNotNull(in);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    private static final String LINES =
            """
            mass | --dist | horseshoe(1) | --at | 0 | --radii | 1e-12:1:13
            mass | --dist | mvnormal([0,0,0],[1,4,9]) | --at | [1,0,0] | --radii | 1e-6:3:8
            mass | --dist | cauchy(0,1) | --at | inf
            mass | --dist | mvnormal([0,0],[[1,0.5],[0.5,2]]) | --at | x1=0 | --radii | 0.1:0.1:1
            mass | --dist | uniform(1,2) | --at | 0 | --radii | 0.5:0.5:1
            index | --dist | spike_slab(0.3, normal(0,1)) | --at | 0
            index | --dist | mixture(0.9*normal(0,1)+0.1*symmetric_power(0.5)) | --at | 0
            index | --dist | cauchy(0,1) | --at | inf
            index | --dist | uniform(1,2) | --at | 0
            index | --dist | horseshoe(1) | --at | 0 | --update | power(2) log(1)
            index | --dist | gamma(2,1) | --at | 0 | --update | power(-3)
            index | --dist | gamma(0.5,1) | --at | 0 | --update | power(2)
            mass | --dist | gamma(3,1) | --at | 0 | --radii | 1e-300:1:4
            mass | --dist | normal(0,1) | --at | inf | --radii | 1e-300:1:4
            mass | --dist | mvnormal([0,0],[[1,1],[1,1]]) | --at | [1,1] | --radii | 1e-3:3:3
            mass | --dist | mvnormal([0,0,0],[1,4,9]) | --at | [1,0,0] | --norm | mahalanobis
            mass | --dist | neal_funnel(9) | --at | x1=-6 | --radii | 1e-3:3:4
            mass | --dist | mixture(0.5*point(1)+0.5*normal(0,1)) | --at | 0 | --radii | 0.5:2:3
            divergence | --from | normal(0,1) | --to | student_t(3,0,1) | --at | 0 | --radii | 0.01:10:7
            divergence | --from | normal(0,1) | --to | spike_slab(0.3, normal(0,1)) | --at | 0 | --alpha | 1
            divergence | --from | uniform(0,1) | --to | uniform(2,3) | --at | 0 | --radii | 1:3:3
            divergence | --from | normal(0,1) | --to | cauchy(0,1) | --at | inf | --radii | 1e-3:1:4
            divergence | --from | normal(0,1) | --to | student_t(3,0,1) | --at | inf | --radii | 0.01:10:7 | --alpha | 1
            divergence | --from | normal(0,1) | --to | point(0) | --at | 0 | --alpha | 1 | --radii | 1e-300:1:4
            divergence | --from | horseshoe(1) | --to | normal(0,1) | --at | 0 | --radii | 1e-300:1:4
            divergence | --from | mvnormal([0,0],[1,2]) | --to | mvnormal([0,0],1) | --at | [0,0] | --norm | linf
            """;

    @ParameterizedTest
    @ValueSource(strings = {"text", "markdown", "json"})
    void everyFormat_isWritten_andTheSameTwice(String format) {
        for (String line : LINES.lines().toList()) {
            CommandRun run = run(line + " | --format | " + format);
            assertEquals("", run.err(), line);
            assertEquals(0, run.code(), line);
            assertEquals(
                    run.out(),
                    run(line + " | --format | " + format + " | --threads | 3").out(),
                    line);
            assertFalse(run.out().contains("NaN"), line);
            if (format.equals("text")) {
                for (String text : run.out().split("\n", -1)) {
                    assertTrue(text.length() <= 80, "at most 80 columns: " + text);
                }
            }
        }
    }

    @Test
    void json_followsTheSchemas() throws IOException {
        for (String line : LINES.lines().toList()) {
            JsonNode tree = json(line);
            assertEquals(Set.of(), schema(line.substring(0, line.indexOf(' '))).validate(tree), line);
        }
    }

    /** Every member that the schema requires is missed, and a wrong type is seen. */
    @ParameterizedTest
    @CsvSource({"mass, 0", "index, 9", "divergence, 18"})
    void schemas_refuseDamage(String command, int example) throws IOException {
        ObjectNode tree = (ObjectNode) json(LINES.lines().toList().get(example));
        List<String> names = new ArrayList<>();
        for (Iterator<String> i = tree.fieldNames(); i.hasNext(); ) {
            names.add(i.next());
        }
        JsonSchema schema = schema(command);
        for (String name : names) {
            ObjectNode damaged = tree.deepCopy();
            damaged.remove(name);
            assertFalse(schema.validate(damaged).isEmpty(), "without " + name);
            ObjectNode wrong = tree.deepCopy();
            wrong.put(name, true);
            assertFalse(schema.validate(wrong).isEmpty(), name + " is true");
        }
    }

    @Test
    void mass_hasTheValuesOfTheTheory() throws IOException {
        JsonNode tree = json("mass | --dist | horseshoe(1) | --at | 0 | --radii | 1e-12:1:13");
        assertEquals(13, tree.get("radii").size());
        assertEquals(1e-12, tree.get("radii").get(0).doubleValue());
        assertEquals(1e-6, tree.get("radii").get(6).doubleValue());
        // 4 K r (L + 1 + (log 2 - gamma)/2), K = (2 pi^3)^(-1/2)
        double k = 1 / Math.sqrt(2 * Math.pow(Math.PI, 3));
        double r = 1e-12;
        double mass = 4 * k * r * (-Math.log(r) + 1 + 0.5 * (Math.log(2) - 0.5772156649015329));
        assertEquals(Math.log(mass), tree.get("logMass").get(0).doubleValue(), 1e-13);
        assertEquals(1, tree.get("law").get("beta").doubleValue());
    }

    @Test
    void index_marksAtomsAndInfinities() throws IOException {
        JsonNode atom = json("index | --dist | spike_slab(0.3, normal(0,1)) | --at | 0");
        assertEquals("Infinity", atom.get("power").asText());
        assertTrue(atom.get("log").isNull());
        assertEquals(0.7, atom.get("atomMass").get("estimate").doubleValue(), 1e-15);
        JsonNode cauchy = json("index | --dist | cauchy(0,1) | --at | inf");
        assertEquals("Infinity", cauchy.get("at").get(0).asText());
        assertEquals(1, cauchy.get("power").doubleValue());
        JsonNode outside = json("index | --dist | uniform(1,2) | --at | 0");
        assertEquals("Infinity", outside.get("kappa").get("estimate").asText());
        assertEquals(0, outside.get("power").doubleValue());
    }

    @Test
    void divergence_hasTheContractsArrays() throws IOException {
        JsonNode tree = json(
                "divergence | --from | normal(0,1) | --to | student_t(3,0,1) | --at | 0 | --radii | 0.01:10:7 | --alpha"
                        + " | 0.5");
        for (int i = 0; i < 7; i++) {
            double massFrom = Math.exp(tree.get("logMassFrom").get(i).doubleValue());
            double massTo = Math.exp(tree.get("logMassTo").get(i).doubleValue());
            double forward = tree.get("forward").get(i).doubleValue();
            double backward = tree.get("backward").get(i).doubleValue();
            assertEquals(forward, backward, 1e-11 * forward); // order 1/2
            assertEquals(forward / massTo, tree.get("forwardNormalised").get(i).doubleValue(), 1e-12);
            assertEquals(
                    backward / massFrom, tree.get("backwardNormalised").get(i).doubleValue(), 1e-12);
            double ratio = massFrom / massTo;
            assertTrue(tree.get("ratioLower").get(i).doubleValue() <= ratio);
            assertTrue(tree.get("ratioUpper").get(i).doubleValue() >= ratio);
            double c = tree.get("certificate").get(i).doubleValue();
            assertTrue(massFrom >= massTo / c, "certificate " + c);
            assertEquals(1 / tree.get("ratioLower").get(i).doubleValue(), c, 1e-12 * c);
        }
    }

    @Test
    void divergence_saysTheCertificateInWords() {
        String text =
                run("divergence | --from | normal(0,1) | --to | spike_slab(0.3, normal(0,1)) | --at | 0 | --radii |"
                                + " 1e-3:1:3")
                        .out()
                        .replaceAll("\\s+", " ");
        assertTrue(
                text.contains("Certificate: \"from\" does not under-cover the ball by more than a factor 940 at any"
                        + " radius shown (the worst is r = 0.0010)"),
                text);
        assertTrue(text.contains("under \"to\" 0.70: the ratio tends to 0."), text);
        assertTrue(text.contains("the Mass Index of \"from\" is at most that of \"to\" (T6.5(i'))"), text);
        String none = run("divergence | --from | normal(0,1) | --to | point(0) | --at | 0 | --alpha | 1")
                .out()
                .replaceAll("\\s+", " ");
        assertTrue(
                none.contains("Certificate: none at r = 1.0e-6 and 6 more. The backward divergence is infinite"), none);
        String some = run("divergence | --from | uniform(0,1) | --to | uniform(2,3) | --at | 0 | --radii | 1:3:2 |"
                        + " --alpha | 1")
                .out()
                .replaceAll("\\s+", " ");
        assertTrue(some.contains("Certificate: none at r = 3.0. The backward divergence is infinite"), some);
        assertTrue(some.contains("by more than a factor 2.8 at the other radii (the worst is r = 1.0)"), some);
        assertTrue(
                some.contains("The smallest factor over the orders 0.1, 0.25, 0.5, 0.75, 1, 2: 5.9 at the worst radius,"
                        + " r = 3.0, by order 0.5"),
                some);
        String nothing = run("divergence | --from | uniform(2,3) | --to | uniform(0,1) | --at | 0 | --radii | 1:1:1")
                .out();
        assertTrue(nothing.contains("Certificate: none at r = 1.0. \"from\" has no mass there."), nothing);
    }

    /** A tail of 1e-217151: ratio, divergence and certificate are printed and their logs are in the JSON. */
    @Test
    void divergence_beyondTheDoubles_isPrintedByItsLog() throws IOException {
        String line = "divergence | --from | normal(0,1) | --to | student_t(3,0,1) | --at | inf | --radii | 0.001:1:2";
        String text = run(line).out();
        assertTrue(text.contains("4.6e-217151"), text);
        assertTrue(text.contains(" 4.8e217141 "), text);
        assertFalse(text.contains("infinite"), text);
        JsonNode tree = json(line);
        assertEquals("Infinity", tree.get("certificate").get(0).asText());
        double log = tree.get("logCertificate").get(0).doubleValue();
        double ratio = tree.get("logMassTo").get(0).doubleValue()
                - tree.get("logMassFrom").get(0).doubleValue();
        assertTrue(log >= ratio && log < ratio + 0.1, log + " " + ratio);
        assertEquals(
                Math.log(tree.get("certificate").get(1).doubleValue()),
                tree.get("logCertificate").get(1).doubleValue(),
                1e-14);
        assertEquals(ratio, tree.get("logBackwardNormalised").get(0).doubleValue(), 0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mass | --dist | normal(0,-1) | --at | 0; --dist: distribution: normal: sigma must be positive",
                "mass | --dist | norml(0,1) | --at | 0; there is no distribution norml",
                "mass | --dist | normal(0,1) | --at | [0,0]; --at: ",
                "mass | --dist | normal(0,1) | --at | 0 | --radii | 1:0.1:3; --radii must be A:B:N",
                "mass | --dist | normal(0,1) | --at | 0 | --radii | 1:2; --radii must be A:B:N",
                "mass | --dist | normal(0,1) | --at | 0 | --radii | a:2:3; --radii must be A:B:N",
                "mass | --dist | normal(0,1) | --at | 0 | --norm | mahalanobis; --norm mahalanobis needs a distribution",
                "mass | --dist | dirichlet([1,2,3,4]) | --at | [0.2,0.3,0.1]; estimate it from draws, by mass --draws",
                "mass | --dist | mvnormal([0,0],[[1,1],[1,1]]) | --at | [1,1] | --norm | mahalanobis; --norm l2 takes a singular one",
                "mass | --dist | neal_funnel(2) | --at | [0,0,0] | --norm | mahalanobis; --norm mahalanobis needs a distribution",
                "mass | --dist | product(gamma(2,1), cauchy(0,1), normal(0,1)) | --at | [0,0,0]; use --norm linf",
                "mass | --dist | mvnormal([0,0,0],[[1,0.5,0],[0.5,1,0],[0,0,1]]) | --at | [0,0,0] | --norm | linf; use --norm l2 or mahalanobis",
                "mass | --dist | normal(0,1); --at",
                "index | --dist | normal(0,1) | --at | nan; --at: ",
                "index | --dist | normal(0,1) | --at | 0 | --update | power(; --update: ",
                "index | --dist | normal(0,1) | --at | inf | --update | power(1); --update needs a finite point",
                "divergence | --from | normal(0,1) | --to | mvnormal([0,0],1) | --at | 0; --from has dimension 1, --to has 2",
                "divergence | --from | normal(0,1) | --to | normal(0,1) | --at | 0 | --alpha | 0; --alpha must be positive",
                "divergence | --from | normal(0,1) | --to | cauchy( | --at | 0; --to: distribution: "
            })
    void badInput_isOneClearLine(String line, String message) {
        CommandRun run = run(line);
        assertEquals(2, run.code(), line);
        assertEquals("", run.out(), line);
        assertTrue(run.err().startsWith("localmass: "), run.err());
        assertTrue(run.err().contains(message), run.err());
        // the line, and for texts the text with a caret under the place
        assertTrue(run.err().lines().count() == 1 || run.err().lines().count() == 3, run.err());
    }

    @Test
    void quiet_printsNothing() {
        for (String line : LINES.lines().toList()) {
            CommandRun run = run(line + " | --quiet");
            assertEquals("", run.out() + run.err());
            assertEquals(0, run.code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mass", "index", "divergence"})
    void help_hasAnExample(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertEquals(0, run.code());
        assertTrue(run.out().contains("Example: localmass " + command + " "), run.out());
        assertEquals(run.out(), CommandRun.of("help", command).out());
    }
}
