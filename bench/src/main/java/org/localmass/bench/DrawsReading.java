package org.localmass.bench;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.localmass.io.DrawsFile;
import org.localmass.io.DrawsReader;
import org.localmass.io.Scanned;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a Stan sample CSV of 7 sample statistics and 93 parameters: the reader, its pass without keeping the draws, and
 * a general CSV reader with {@link Double#parseDouble}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DrawsReading {
    private static final String SAMPLER = "lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__";
    private static final int STATISTICS = 7;
    private static final int PARAMETERS = 93;

    /** Size of the file. */
    @Param({"10", "100"})
    int megabytes;

    /** Significant digits of each value; CmdStan writes 6 unless told otherwise. */
    @Param({"6", "17"})
    int digits;

    private Path file = Path.of("");

    /** Writes the file. */
    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("draws", ".csv");
        SplittableRandom random = new SplittableRandom(1);
        long left = megabytes * 1_000_000L;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("# method = sample (Default)\n# num_samples = 1000 (Default)\n" + SAMPLER);
            for (int j = 1; j <= PARAMETERS; j++) {
                out.write(",theta." + j);
            }
            out.write("\n# Adaptation terminated\n");
            while (left > 0) {
                StringBuilder row = new StringBuilder();
                for (int j = 0; j < STATISTICS + PARAMETERS; j++) {
                    String value = String.format(Locale.ROOT, "%." + digits + "g", random.nextDouble(-10, 10));
                    row.append(j > 0 ? "," : "").append(value);
                }
                out.append(row).append('\n');
                left -= row.length() + 1;
            }
        }
    }

    /** Deletes the file. */
    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    /** Reads the draws, hash included. */
    @Benchmark
    public DrawsFile read() throws IOException {
        return DrawsReader.withDefaults().read(file);
    }

    /** Passes over the draws, hash included. */
    @Benchmark
    public Scanned scan() throws IOException {
        return DrawsReader.withDefaults().scan(file, (chain, columns, rows) -> {});
    }

    /** Reads the draws into columns with fastcsv and the JDK; neither hash nor checks. */
    @Benchmark
    public double[][] fastcsvAndParseDouble() throws IOException {
        double[][] columns = new double[STATISTICS + PARAMETERS][1024];
        int size = 0;
        try (CsvReader<CsvRecord> rows =
                CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofCsvRecord(file)) {
            Iterator<CsvRecord> records = rows.iterator();
            records.next();
            while (records.hasNext()) {
                CsvRecord row = records.next();
                for (int j = 0; j < columns.length; j++) {
                    if (size == columns[j].length) {
                        columns[j] = Arrays.copyOf(columns[j], 2 * size);
                    }
                    columns[j][size] = Double.parseDouble(row.getField(j));
                }
                size++;
            }
        }
        for (int j = 0; j < columns.length; j++) {
            columns[j] = Arrays.copyOf(columns[j], size);
        }
        return columns;
    }
}
