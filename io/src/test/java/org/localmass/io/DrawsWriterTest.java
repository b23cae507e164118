package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

class DrawsWriterTest {
    @TempDir
    Path folder;

    private static Draws draws(boolean weighted, int... sizes) {
        SplittableRandom random = new SplittableRandom(sizes.length);
        List<Chain> chains = new ArrayList<>();
        for (int size : sizes) {
            double[][] columns = new double[4][size];
            double[] weights = new double[size];
            double[] density = new double[size];
            for (int i = 0; i < size; i++) {
                for (double[] column : columns) {
                    // all magnitudes, and a number that no short decimal gives
                    column[i] = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-300, 300)) + 0.1 * i;
                }
                weights[i] = i == 0 ? Double.NEGATIVE_INFINITY : -random.nextDouble();
                density[i] = -10 * random.nextDouble();
            }
            chains.add(
                    weighted
                            ? Chain.adopt(columns, weights, Map.of("log_target", density))
                            : Chain.adopt(columns, null, Map.of("log_target", density)));
        }
        return Draws.of(List.of("mu", "theta[1]", "theta[2]", "a b"), chains, Sampling.UNKNOWN);
    }

    private static void assertSame(Draws expected, Draws actual) {
        assertEquals(expected.chains().size(), actual.chains().size());
        assertEquals(expected.weighted(), actual.weighted());
        for (int c = 0; c < expected.chains().size(); c++) {
            Chain before = expected.chains().get(c);
            Chain after = actual.chains().get(c);
            for (String name : expected.names()) {
                assertArrayEquals(
                        before.column(expected.index(name).orElseThrow()),
                        after.column(actual.index(name).orElseThrow()),
                        name);
            }
            assertArrayEquals(
                    before.statistic("log_target").orElseThrow(),
                    after.statistic("log_target").orElseThrow());
            if (expected.weighted()) {
                for (int i = 0; i < before.size(); i++) {
                    assertEquals(before.logWeight(i), after.logWeight(i));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"d.parquet", "d.npz", "d.csv", "d.csv.gz"})
    void write_isReadBackBitForBit(String name) throws IOException {
        Path file = folder.resolve(name);
        DrawsWriter.Target target = DrawsWriter.target(file).orElseThrow();
        for (Draws draws : List.of(
                draws(false, 50), draws(true, 50), draws(false, 20, 20, 20), draws(true, 20, 30), draws(false, 7, 5))) {
            DrawsWriter.write(draws, target, file);
            byte[] bytes = Files.readAllBytes(file);
            assertSame(draws, DrawsReader.withDefaults().read(file).draws());
            DrawsWriter.write(draws, target, file);
            assertArrayEquals(bytes, Files.readAllBytes(file), "the same draws make the same bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({"x.parquet, PARQUET", "X.NPZ, NPZ", "a.b.csv, CSV", "a.csv.gz, CSV_GZ"})
    void target_isTheEnding(String name, DrawsWriter.Target target) {
        assertEquals(Optional.of(target), DrawsWriter.target(Path.of(name)));
    }

    @Test
    void target_ofOtherEndings_isEmpty() {
        assertEquals(Optional.empty(), DrawsWriter.target(Path.of("draws.nc")));
    }

    @Test
    void expand_givesFoldersAndPatternsByName() throws IOException {
        for (String name : List.of("b.csv", "a.csv", "c.npz")) {
            Path file = folder.resolve(name);
            DrawsWriter.write(draws(false, 10), DrawsWriter.target(file).orElseThrow(), file);
        }
        Files.writeString(folder.resolve("notes.txt"), "no draws here\n");
        DrawsReader reader = DrawsReader.withDefaults();
        List<Path> all = List.of(folder.resolve("a.csv"), folder.resolve("b.csv"), folder.resolve("c.npz"));
        assertEquals(all, DrawsPaths.expand(List.of(folder), reader));
        assertEquals(all.subList(0, 2), DrawsPaths.expand(List.of(folder.resolve("*.csv")), reader));
        assertEquals(all.subList(2, 3), DrawsPaths.expand(List.of(folder.resolve("c.npz")), reader));
        assertEquals(all.subList(0, 1), DrawsPaths.expand(List.of(folder.resolve("[a].csv")), reader));
        assertThrows(DrawsFormatException.class, () -> DrawsPaths.expand(List.of(folder.resolve("*.parquet")), reader));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        var e = assertThrows(DrawsFormatException.class, () -> DrawsPaths.expand(List.of(empty), reader));
        assertEquals(empty + ": no file of draws in this folder", e.getMessage());
    }
}
