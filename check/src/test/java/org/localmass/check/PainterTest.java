package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.region.RegionExpression;

class PainterTest {
    private static final List<String> NAMES = List.of("x", "y", "n");

    /** Independent x and y, standard normal under {@code map}; n counts 0 to 2. */
    private static Draws draws(int size, long seed, DoubleUnaryOperator map) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] columns = new double[3][size];
        for (int i = 0; i < size; i++) {
            columns[0][i] = map.applyAsDouble(random.nextGaussian());
            columns[1][i] = random.nextGaussian();
            columns[2][i] = random.nextInt(3);
        }
        return Draws.of(NAMES, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    private static CheckReport report(Draws p, Draws q, int threads, String... regions) {
        List<NamedRegion> named = Arrays.stream(regions)
                .map(r -> new NamedRegion(r, RegionExpression.parse(r).bind(NAMES)))
                .toList();
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withThreads(threads))
                .run(SharedParameters.of(p, q), named, List.of());
    }

    @Test
    void massMap_narrowApproximation_losesBothTails() {
        MassMap map = report(draws(20_000, 1, z -> z), draws(20_000, 2, z -> 0.5 * z), 1)
                .portrait()
                .massMap();
        assertEquals(List.of(0.0, 0.005, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.995, 1.0), map.levels());
        MassMap.Row x = map.rows().get(0);
        assertEquals("x", x.parameter());
        // Phi(2 z) between the quantiles z of 0.025 and 0.1, of 0.25 and 0.5, by NormalDist of Python 3.11; the
        // standard
        // errors, 6.2e-4 and 8.5e-3, hold those of the edges, which are estimated too
        double outer = 0.005142773684509272;
        double inner = 0.411328224673824;
        MassMap.Cell tail = x.cells().get(2);
        MassMap.Cell body = x.cells().get(4);
        assertEquals(0.075, tail.referenceMass(), 1e-3);
        assertEquals(outer, tail.approximationMass(), 4 * 6.2e-4);
        assertEquals(inner, body.approximationMass(), 4 * 8.5e-3);
        assertEquals(MassMap.Evidence.DIFFERS, tail.evidence());
        assertEquals(MassMap.Evidence.DIFFERS, body.evidence());
        assertTrue(tail.ratio().upper() < 1 && body.ratio().lower() > 1);
    }

    @Test
    void massMap_sameLaw_rarelyDiffers() {
        int differ = 0;
        int cells = 0;
        for (int seed = 0; seed < 40; seed++) {
            MassMap map = report(draws(2000, 2L * seed, z -> z), draws(2000, 2L * seed + 1, z -> z), 1)
                    .portrait()
                    .massMap();
            for (MassMap.Row row : map.rows().subList(0, 2)) {
                for (MassMap.Cell cell : row.cells()) {
                    cells++;
                    differ += cell.evidence() == MassMap.Evidence.DIFFERS ? 1 : 0;
                }
            }
        }
        // conservative intervals: well below 5 %; four standard errors above it at most
        assertTrue(differ < cells * 0.05 + 4 * Math.sqrt(cells * 0.05), differ + " of " + cells);
    }

    @Test
    void massMap_countsAreExactAndTiesHaveNoCell() {
        Draws p = draws(3000, 1, z -> z);
        Draws q = draws(1000, 2, z -> z + 1);
        for (MassMap.Row row : report(p, q, 1).portrait().massMap().rows()) {
            int j = NAMES.indexOf(row.parameter());
            double sumP = 0;
            double sumQ = 0;
            for (MassMap.Cell cell : row.cells()) {
                long hits = Arrays.stream(q.column(j))
                        .filter(v -> v > cell.from() && v <= cell.to())
                        .count();
                assertEquals(hits / 1000.0, cell.approximationMass(), 1e-12);
                sumP += cell.referenceMass();
                sumQ += cell.approximationMass();
            }
            assertEquals(1, sumP, 1e-9);
            assertEquals(1, sumQ, 1e-9);
        }
        MassMap.Row counts = report(p, q, 1).portrait().massMap().rows().get(2);
        assertTrue(counts.cells().stream().anyMatch(c -> c.evidence() == MassMap.Evidence.EMPTY));
    }

    @Test
    void massMap_fewDraws_isWeak() {
        MassMap map =
                report(draws(60, 1, z -> z), draws(60, 2, z -> z), 1).portrait().massMap();
        assertEquals(MassMap.Evidence.WEAK, map.rows().get(0).cells().get(0).evidence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x < -1", "x > 1.5", "0.2 < x < 0.3", "x > 1.9", "abs(x) < 0.5"})
    void picture_ofOneParameter_integratesToOneAndShadesTheRegion(String text) {
        Draws p = draws(4000, 1, z -> z);
        Draws q = draws(4000, 2, z -> 0.5 * z);
        CheckReport report = report(p, q, 1, text);
        var picture = (RegionPicture.Marginal) report.portrait().picture("R1").orElseThrow();
        double width = picture.edges().get(1) - picture.edges().get(0);
        double massP = picture.reference().stream().mapToDouble(d -> d * width).sum();
        double massQ =
                picture.approximation().stream().mapToDouble(d -> d * width).sum();
        assertEquals(1, massP + picture.referenceOutside(), 1e-9);
        assertEquals(1, massQ + picture.approximationOutside(), 1e-9);
        double shaded = 0;
        for (RegionPicture.Range range : picture.region()) {
            for (int k = 0; k < picture.reference().size(); k++) {
                double middle = 0.5 * (picture.edges().get(k) + picture.edges().get(k + 1));
                shaded += middle > range.from() && middle < range.to()
                        ? picture.reference().get(k) * width
                        : 0;
            }
        }
        double mass = report.requested().get(0).finding().referenceMass().estimate();
        assertEquals(mass, shaded, 0.06 + 0.5 * mass);
    }

    @Test
    void picture_ofFinding_hasAnEdgeAtItsEnd() {
        CheckReport report = report(draws(8000, 1, z -> z), draws(8000, 2, z -> 0.4 * z), 1);
        Finding finding = report.findings().get(0);
        var picture =
                (RegionPicture.Marginal) report.portrait().picture(finding.id()).orElseThrow();
        RegionPicture.Range range = picture.region().get(0);
        assertTrue(picture.edges().contains(range.from()) || picture.edges().contains(range.to()));
    }

    @Test
    void picture_ofTwoParameters_putsTheRegionFirst() {
        Draws p = draws(4000, 1, z -> z);
        CheckReport report = report(p, draws(4000, 2, z -> z), 1, "x > 1 & y > 1", "x + y + n > 3");
        var pair = (RegionPicture.Pair) report.portrait().picture("R1").orElseThrow();
        assertEquals(List.of("x", "y"), List.of(pair.x(), pair.y()));
        for (RegionPicture.Cloud cloud : List.of(pair.reference(), pair.approximation())) {
            assertTrue(cloud.inside() > 50 && cloud.inside() <= 150);
            assertEquals(cloud.inside() + 250, cloud.x().size());
            for (int i = 0; i < cloud.x().size(); i++) {
                assertEquals(
                        i < cloud.inside(), cloud.x().get(i) > 1 && cloud.y().get(i) > 1);
            }
        }
        assertEquals(1, ((RegionPicture.Pair) report.portrait().picture("R2").orElseThrow()).others());
    }

    @Test
    void thinning_ofWeightedDraws_followsTheWeights() {
        Draws p = draws(4000, 1, z -> z);
        double[] logWeights = IntStream.range(0, 4000)
                .mapToDouble(i -> p.chains().get(0).value(i, 1) > 0 ? 0 : -50)
                .toArray();
        double[][] columns = {p.column(0), p.column(1), p.column(2)};
        Draws weighted =
                Draws.of(NAMES, List.of(Chain.adopt(columns, logWeights, java.util.Map.of())), Sampling.INDEPENDENT);
        var pair = (RegionPicture.Pair)
                report(weighted, p, 1, "x > 1 & y > 1").portrait().picture("R1").orElseThrow();
        assertTrue(pair.reference().y().stream().allMatch(y -> y > 0));
        assertTrue(pair.approximation().y().stream().anyMatch(y -> y < 0));
    }

    @Test
    void portrait_doesNotDependOnThreads() {
        Draws p = draws(2000, 1, z -> z);
        Draws q = draws(2000, 2, z -> 0.5 * z);
        assertEquals(
                report(p, q, 1, "x > 1", "x > 1 & y > 1").portrait(),
                report(p, q, 2, "x > 1", "x > 1 & y > 1").portrait());
    }
}
