package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

class FitBaselinesStudyTest {
    private static FitTarget target(String name) {
        return FitTarget.all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The models and the known masses are those of the same targets. */
    @Test
    void targets_haveTheKnownMasses() {
        List<FitTarget> all = FitTarget.all();
        assertEquals(11, all.size());
        for (FitTarget target : all) {
            if (target.model().sampler().isEmpty()) {
                continue;
            }
            int n = 4000;
            double[][] draws = FitQuality.draws(target, n, 5);
            for (FitTarget.KnownRegion known : target.regions()) {
                int inside = 0;
                for (double[] draw : draws) {
                    inside += known.region().contains(draw) ? 1 : 0;
                }
                double error = Math.sqrt(known.mass() / n);
                assertEquals(known.mass(), inside / (double) n, 4.5 * error, target.name() + " " + known.label());
            }
        }
    }

    @Test
    void quality_ofTheTargetItself() {
        Mixture q = Mixture.of(
                Family.full().withComponents(2),
                new double[] {0.97, 0.03},
                new double[][] {{0, 0}, {7.071067811865475, 7.071067811865475}},
                new double[][][] {{{1, 0}, {0, 1}}, {{1, 0}, {0, 1}}});
        FitQuality quality = FitQuality.of(q, target("far3_d2"), 7, false);
        assertEquals(0, quality.exclusive(), 1e-12);
        assertEquals(0, quality.inclusive(), 1e-12);
        assertEquals(Double.NEGATIVE_INFINITY, quality.kHat());
        assertTrue(quality.leastRatio() > 0.94 && quality.mostRatio() < 1.06);
        assertEquals(quality, FitQuality.parse(quality.line()));
    }

    @Test
    void run_losesTheFarMode() {
        FitQuality fit = FitBaselinesStudy.run(target("far3_d2"), FitBaselinesStudy.Method.FR_SAA, 0);
        assertEquals(0.0305, fit.exclusive(), 1e-4);
        assertEquals("mode1", fit.leastLabel());
        assertTrue(fit.leastRatio() < 1e-15);
        FitQuality inclusive = FitBaselinesStudy.run(target("far3_d2"), FitBaselinesStudy.Method.INCLUSIVE, 0);
        assertTrue(inclusive.leastRatio() > 0.5);
        FitQuality defensive = FitBaselinesStudy.run(target("far3_d2"), FitBaselinesStudy.Method.DEFENSIVE, 0);
        assertTrue(defensive.leastRatio() > 1e-3 && defensive.leastRatio() < 1e-2);
    }

    @Test
    void row_countsLostSeeds() {
        FitQuality good = new FitQuality(0.5, Double.NaN, 0.001, "tail_x0-", 2, 0.3, 640, false);
        FitQuality lost = new FitQuality(Double.NaN, 1e9, 0, "mode1", 50, Double.NaN, 10, true);
        assertEquals(
                " | 0.500 (1 of 3 above 1000, 1 flagged) | – | 1.0e-03 (tail_x0-) | 2.00 | 0.300 | 640 |",
                FitBaselinesStudy.row(List.of(lost, good, good)));
        assertTrue(lost.diverged());
        assertFalse(good.diverged());
    }

    @Test
    void main_continuesFromTheWorkFile(@TempDir Path directory) throws IOException {
        Path work = directory.resolve("cells");
        StringBuilder known = new StringBuilder();
        for (FitBaselinesStudy.Method method : FitBaselinesStudy.Method.values()) {
            known.append("banana_d2; ")
                    .append(method.label())
                    .append("; seed 0=0.5,0.25,0.125,tail_x0-,2,0.75,640,false\n");
        }
        Files.writeString(work, known);
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            FitBaselinesStudy.main(new String[] {work.toString(), "1", "banana_d2"});
        } finally {
            System.setOut(out);
        }
        String table = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(
                table.contains("| banana_d2 | MF-SAA | 0.500 | 0.250 | 0.13 (tail_x0-) | 2.00 | 0.750 | 640 |"), table);
        assertEquals(known.toString(), Files.readString(work));
    }
}
