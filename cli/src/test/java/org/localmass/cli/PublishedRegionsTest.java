package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterName;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.RegionExpression;
import org.localmass.estimate.Membership;
import org.localmass.io.DrawsReader;

/** Every row of examples/regions.csv: the masses that were computed when the runs were made, from the same files. */
class PublishedRegionsTest {
    /** Rows that each approximation's file holds, non-finite ones included. */
    private static final int APPROXIMATION_ROWS = 2000;

    private static final Map<String, String> BUNDLED = Map.of(
            "eight_schools_noncentered", "eight_schools",
            "bimodal_location", "bimodal_location",
            "neal_funnel", "neal_funnel",
            "logistic_breast_cancer", "logistic_breast_cancer");
    private static final Map<List<Path>, Draws> CACHE = new HashMap<>();

    static Stream<Arguments> rows() throws IOException {
        List<String> lines = Files.readAllLines(CommandRun.root().resolve("examples/regions.csv"));
        List<String> header = cells(lines.get(0));
        List<Arguments> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            for (String measure : List.of("nuts", "advi_meanfield", "advi_fullrank", "laplace", "optimizing_laplace")) {
                String value = cells.get(header.indexOf(measure));
                if (!value.isEmpty()) {
                    rows.add(Arguments.of(
                            cells.get(0), measure, cells.get(header.indexOf("expression")), Double.parseDouble(value)));
                }
            }
        }
        assertTrue(rows.size() > 90, "values: " + rows.size());
        return rows.stream();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("rows")
    void mass_isWhatWasPublished(String model, String measure, String expression, double mass) throws IOException {
        Draws draws = draws(files(model, measure));
        int hits = Membership.of(draws, RegionExpression.parse(expression).bind(draws.names()))
                .hits();
        int rows = measure.equals("nuts") ? draws.size() : APPROXIMATION_ROWS;
        assertEquals(mass, (double) hits / rows, 1e-12);
    }

    private static List<Path> files(String model, String measure) {
        List<String> names = measure.equals("nuts")
                ? List.of("nuts_1.csv", "nuts_2.csv", "nuts_3.csv", "nuts_4.csv")
                : List.of(measure + ".csv");
        String bundled = BUNDLED.get(model);
        if (bundled != null) {
            Path folder = CommandRun.root().resolve("examples").resolve(bundled);
            if (Files.exists(folder.resolve(names.get(0)))) {
                return names.stream().map(folder::resolve).toList();
            }
        }
        String outside = System.getProperty("localmass.testdata", "");
        assumeTrue(!outside.isEmpty(), measure + " of " + model + " is not bundled: needs -Dlocalmass.testdata=DIR");
        Path folder = Path.of(outside, "data/stan/out", model);
        return names.stream().map(folder::resolve).toList();
    }

    private static synchronized Draws draws(List<Path> files) throws IOException {
        Draws known = CACHE.get(files);
        if (known == null) {
            known = files.get(0).endsWith("optimizing_laplace.csv")
                    ? withOverflows(files.get(0))
                    : DrawsReader.withDefaults().read(files).draws();
            CACHE.put(files, known);
        }
        return known;
    }

    /** The draws of a file whose overflows (Inf, NA) the published masses count: the reader would drop them. */
    private static Draws withOverflows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .filter(l -> !l.startsWith("#") && !l.isEmpty())
                .toList();
        List<String> names = new ArrayList<>();
        for (String name : cells(lines.get(0))) {
            names.add(ParameterName.normalise(name));
        }
        double[][] columns = new double[names.size()][lines.size() - 1];
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = cells(lines.get(i));
            for (int j = 0; j < columns.length; j++) {
                columns[j][i - 1] = Double.parseDouble(
                        cells.get(j).replace("Inf", "Infinity").replaceFirst("^NA$", "NaN"));
            }
        }
        return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    /** Cells of a CSV line with optional quotes. */
    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
