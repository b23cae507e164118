package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/** Files that ArviZ ships, against what h5py reads from them. */
class ArvizFilesTest {
    private static Path arviz() {
        return TestFiles.outside("data/arviz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "centered_eight.nc",
                "non_centered_eight.nc",
                "historical/centered_eight_2018_319064.nc",
                "historical/centered_eight_2022_654694.nc",
                "historical/centered_eight_421033.nc",
                "historical/user_guide_example_2026.nc"
            })
    void read_valuesOfH5py(String name) throws IOException {
        JsonNode expected = new ObjectMapper(new JsonFactoryBuilder()
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .build())
                .readTree(arviz().resolve("expected_values.json").toFile())
                .get(name)
                .get("datasets");
        int checked = 0;
        for (String group : List.of("posterior", "prior", "posterior_predictive")) {
            if (!expected.has(group + "/draw")) {
                continue;
            }
            DrawsFile file = DrawsReader.withDefaults().withGroup(group).read(arviz().resolve(name));
            for (Map.Entry<String, JsonNode> e : expected.properties()) {
                String[] path = e.getKey().split("/", -1);
                if (path[0].equals(group) && e.getValue().get("shape").size() >= 2) {
                    assertArray(e.getValue(), flat(file, path[1]), e.getKey());
                    checked++;
                }
            }
        }
        assertTrue(checked >= 3, checked + " arrays");
    }

    private static void assertArray(JsonNode expected, double[] actual, String name) {
        int size = 1;
        for (JsonNode axis : expected.get("shape")) {
            size *= axis.asInt();
        }
        assertEquals(size, actual.length, name);
        for (int i = 0; i < expected.get("first").size(); i++) {
            assertEquals(expected.get("first").get(i).asDouble(), actual[i], name);
        }
        assertEquals(expected.get("last").asDouble(), actual[size - 1], name);
        double sum = 0;
        double absolute = 0;
        for (double value : actual) {
            sum += value;
            absolute += Math.abs(value);
        }
        assertEquals(expected.get("sum").asDouble(), sum, size * Math.ulp(absolute), name);
    }

    /** The values of a variable in the order of chain, draw, elements. */
    private static double[] flat(DrawsFile file, String name) {
        if (file.chains().get(0).statistic(name).isPresent()) {
            return file.chains().stream()
                    .flatMapToDouble(c -> Arrays.stream(c.statistic(name).orElseThrow()))
                    .toArray();
        }
        List<Integer> columns = new ArrayList<>();
        for (int j = 0; j < file.parameters().size(); j++) {
            if (file.parameters().get(j).equals(name)
                    || file.parameters().get(j).startsWith(name + "[")) {
                columns.add(j);
            }
        }
        Draws draws = file.draws();
        double[] flat = new double[draws.size() * columns.size()];
        int at = 0;
        for (Chain chain : draws.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                for (int column : columns) {
                    flat[at++] = chain.value(i, column);
                }
            }
        }
        return flat;
    }

    @Test
    void read_namesLabelsStatisticsAndRole() throws IOException {
        DrawsFile file = DrawsReader.withDefaults().read(arviz().resolve("centered_eight.nc"));
        assertEquals(
                List.of(
                        "mu",
                        "theta[1]",
                        "theta[2]",
                        "theta[3]",
                        "theta[4]",
                        "theta[5]",
                        "theta[6]",
                        "theta[7]",
                        "theta[8]",
                        "tau"),
                file.parameters());
        assertEquals("theta[1]", file.labels().get("theta[Choate]"));
        assertEquals("theta[3]", file.labels().get("theta[Phillips Andover]"));
        assertEquals(4, file.chains().size());
        assertEquals(Format.NETCDF_SAMPLE, file.format());
        Chain chain = file.chains().get(0);
        assertTrue(chain.statistic("divergent__").isPresent());
        assertTrue(chain.statistic("lp__").isPresent());
        assertEquals(
                Role.REFERENCE,
                DrawsReader.withDefaults()
                        .sniff(arviz().resolve("centered_eight.nc"))
                        .orElseThrow()
                        .role());
    }

    @Test
    void read_sameAsTheFirstDrawsInJson() throws IOException {
        Draws netcdf = DrawsReader.withDefaults()
                .read(arviz().resolve("centered_eight.nc"))
                .draws();
        DrawsFile json = DrawsReader.withDefaults().read(arviz().resolve("centered_eight_first50.json"));
        for (int c = 0; c < 4; c++) {
            for (int j = 0; j < json.parameters().size(); j++) {
                int column = netcdf.index(json.parameters().get(j)).orElseThrow();
                assertArrayEquals(
                        netcdf.chains().get(c).slice(0, 50).column(column),
                        json.chains().get(c).column(j),
                        json.parameters().get(j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "::prior|500|1",
                "::posterior|2000|4",
            })
    void read_selectsAGroup(String key, int draws, int chains) throws IOException {
        Path path = Path.of(arviz().resolve("centered_eight.nc") + key);
        DrawsFile file = DrawsReader.withDefaults().read(path);
        assertEquals(draws, file.draws().size());
        assertEquals(chains, file.chains().size());
        assertEquals(path.toString(), file.name());
    }

    @Test
    void read_namesTheGroupsThatAreThere() {
        Path path = Path.of(arviz().resolve("centered_eight.nc") + "::posteror");
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(
                path + ": no group posteror; the groups are constant_data, log_likelihood, observed_data, posterior,"
                        + " posterior_predictive, prior, prior_predictive, sample_stats; select one with --group or"
                        + " FILE::GROUP",
                e.getMessage());
    }
}
