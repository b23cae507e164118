package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.ParameterName;

/** Values of files that Stan wrote, against another reader. */
class DrawsFileValuesTest {
    @TempDir
    Path directory;

    static Stream<String[]> columns() {
        return TestFiles.table("draws-files.csv").stream().skip(1).map(line -> line.split(",", -1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("columns")
    void read_valuesOfAnotherReader(String name, String column, int draws, double first, double last, double sum)
            throws IOException {
        DrawsFile file = DrawsReader.withDefaults().read(resource(name));
        assertEquals(draws, file.draws().size());
        Chain chain = file.chains().get(0);
        if (column.equals("chain")) {
            assertEquals(1, file.chains().size());
            return;
        }
        int index = file.parameters().indexOf(ParameterName.normalise(column));
        double[] values =
                index >= 0 ? chain.column(index) : chain.statistic(column).orElseThrow();
        assertEquals(first, values[0]);
        assertEquals(last, values[draws - 1]);
        double total = 0;
        double size = 0;
        for (double value : values) {
            total += value;
            size += Math.abs(value);
        }
        assertEquals(sum, total, draws * Math.ulp(size));
    }

    @ParameterizedTest
    @CsvSource({
        "eight-schools-nuts_1.csv,STAN_SAMPLE,18,'20 draws, the comments announce 1000'",
        "eight-schools-advi_meanfield.csv,STAN_VARIATIONAL,18,"
                + "'19 draws, the comments announce 2000; first row (the mean) dropped'",
        "eight-schools-laplace.csv,STAN_LAPLACE,18,''",
        "funnel-exact.csv.gz,CSV,10,''"
    })
    void read_formatAndNotes(String name, String format, int parameters, String notes) throws IOException {
        DrawsFile file = DrawsReader.withDefaults().read(resource(name));
        assertEquals(format, TestFiles.constant(file.format()));
        assertEquals(file.format().role(), file.role());
        assertEquals(file.format().sampling(), file.draws().sampling());
        assertEquals(parameters, file.parameters().size());
        assertEquals(notes, String.join("; ", file.notes()));
    }

    @Test
    void read_namesTheNonfiniteParameter() throws IOException {
        Path path = resource("eight-schools-optimizing_laplace.csv");
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ":4: tau is Inf; use --drop-nonfinite to drop such draws and count them", e.getMessage());
    }

    @Test
    void read_oneReaderInSeveralThreads() throws Exception {
        DrawsReader reader = DrawsReader.withDefaults();
        List<Path> paths = List.of(
                resource("eight-schools-nuts_1.csv"),
                resource("eight-schools-laplace.csv"),
                resource("eight-schools-advi_meanfield.csv"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<double[]>> tasks = Stream.iterate(0, i -> i + 1)
                    .limit(300)
                    .<Callable<double[]>>map(
                            i -> () -> reader.read(paths.get(i % 3)).draws().column(i % 18))
                    .toList();
            List<Future<double[]>> results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertArrayEquals(
                        reader.read(paths.get(i % 3)).draws().column(i % 18),
                        results.get(i).get());
            }
        } finally {
            threads.shutdown();
        }
    }

    private Path resource(String name) throws IOException {
        Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            try (InputStream in = DrawsFileValuesTest.class.getResourceAsStream(name)) {
                Files.copy(in, path);
            }
        }
        return path;
    }
}
