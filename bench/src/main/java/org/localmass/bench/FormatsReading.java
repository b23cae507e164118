package org.localmass.bench;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.io.DrawsFile;
import org.localmass.io.DrawsReader;
import org.localmass.io.DrawsWriter;
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
 * Reading 80 MB of draws: 4 chains of 25,000 draws of a vector of 100 parameters, beside a plain read of the same
 * bytes and their hash. With {@code -p keep=DIR} the files are written there and stay, for other readers.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FormatsReading {
    private static final int CHAINS = 4;
    private static final int DRAWS = 25_000;
    private static final int PARAMETERS = 100;

    /** The file: npz and HDF5 uncompressed, Parquet by Snappy. */
    @Param({"draws.npz", "draws.h5", "draws.parquet"})
    String name = "";

    /** A folder that keeps the files; empty for a temporary one. */
    @Param("")
    String keep = "";

    private Path folder = Path.of("");
    private Path file = Path.of("");

    /** Writes the file. */
    @Setup
    public void write() throws IOException {
        folder = keep.isEmpty() ? Files.createTempDirectory("draws") : Path.of(keep);
        file = folder.resolve(name);
        if (Files.exists(file)) {
            return;
        }
        SplittableRandom random = new SplittableRandom(1);
        double[][][] theta = new double[CHAINS][DRAWS][PARAMETERS];
        List<Chain> chains = new ArrayList<>();
        for (double[][] draws : theta) {
            double[][] columns = new double[PARAMETERS][DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                for (int j = 0; j < PARAMETERS; j++) {
                    draws[i][j] = random.nextDouble(-10, 10);
                    columns[j][i] = draws[i][j];
                }
            }
            chains.add(Chain.adopt(columns));
        }
        if (name.endsWith(".h5")) {
            try (WritableHdfFile out = HdfFile.write(file)) {
                out.putDataset("theta", theta);
            }
            return;
        }
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= PARAMETERS; j++) {
            names.add("theta[" + j + "]");
        }
        Draws draws = Draws.of(names, chains, Sampling.MARKOV_CHAIN);
        DrawsWriter.write(draws, DrawsWriter.target(file).orElseThrow(), file);
    }

    Path file() {
        return file;
    }

    /** Deletes the file. */
    @TearDown
    public void delete() throws IOException {
        if (keep.isEmpty()) {
            Files.delete(file);
            Files.delete(folder);
        }
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

    /** Reads the bytes. */
    @Benchmark
    public long plainRead() throws IOException {
        byte[] buffer = new byte[1 << 16];
        long sum = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum += count + buffer[0];
            }
        }
        return sum;
    }

    /** Reads the bytes and hashes them. */
    @Benchmark
    public byte[] plainReadAndHash() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return digest.digest();
    }
}
