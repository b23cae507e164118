package org.localmass.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;

/**
 * Writes draws into files: parameters, the statistics that all chains have, log weights, and the number of the chain
 * where there are several.
 *
 * <p>Accuracy: values are read back bit for bit. The same draws make the same bytes.
 */
public final class DrawsWriter {
    /** A kind of file that is written. */
    public enum Target {
        /** A Parquet file: one column for each parameter. */
        PARQUET,
        /** Arrays of NumPy of shape (chain, draw, ...), or (draw, ...) beside {@code chain} where chains differ. */
        NPZ,
        /** A table with a header line. */
        CSV,
        /** The same in gzip. */
        CSV_GZ
    }

    private DrawsWriter() {}

    /** The kind that a file's name asks for: {@code .parquet}, {@code .npz}, {@code .csv} or {@code .csv.gz}. */
    public static Optional<Target> target(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return Optional.of(Target.PARQUET);
        }
        if (name.endsWith(".npz")) {
            return Optional.of(Target.NPZ);
        }
        if (name.endsWith(".csv")) {
            return Optional.of(Target.CSV);
        }
        return name.endsWith(".csv.gz") ? Optional.of(Target.CSV_GZ) : Optional.empty();
    }

    /**
     * Writes a file, which must not be there or is replaced.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Draws draws, Target target, Path path) throws IOException {
        Table table = Table.of(draws);
        switch (target) {
            case PARQUET -> ParquetTable.write(table, path);
            case NPZ -> NpzTable.write(table, path);
            case CSV -> {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                    CsvTable.write(table, out);
                }
            }
            case CSV_GZ -> {
                try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
                    CsvTable.write(table, out);
                }
            }
        }
    }

    /**
     * Draws as a table.
     *
     * @param draws      the draws
     * @param statistics names of the statistics that all chains have
     * @param numbered   whether a first column numbers the chains, from 1
     */
    record Table(Draws draws, List<String> statistics, boolean numbered) {
        static final String CHAIN = "chain";
        static final String WEIGHT = "log_weight";

        static Table of(Draws draws) {
            List<String> shared = new ArrayList<>();
            for (String name : draws.chains().get(0).statisticNames()) {
                boolean everywhere =
                        draws.chains().stream().allMatch(c -> c.statistic(name).isPresent());
                if (everywhere && draws.index(name).isEmpty() && !name.equals(CHAIN) && !name.equals(WEIGHT)) {
                    shared.add(name);
                }
            }
            return new Table(draws, shared, draws.chains().size() > 1);
        }

        /** Names of the columns after that of the chain. */
        List<String> columns() {
            List<String> columns = new ArrayList<>(draws.names());
            // a name without the mark of a statistic would be read as a parameter
            statistics.forEach(name -> columns.add(ColumnRole.of(name).isStatistic() ? name : name + "__"));
            if (draws.weighted()) {
                columns.add(WEIGHT);
            }
            return columns;
        }

        /** The values of a chain by column. */
        double[][] values(Chain chain) {
            double[][] values = new double[columns().size()][];
            int next = 0;
            for (int j = 0; j < draws.dimension(); j++) {
                values[next++] = chain.column(j);
            }
            for (String name : statistics) {
                values[next++] = chain.statistic(name).orElseThrow();
            }
            if (draws.weighted()) {
                double[] weights = new double[chain.size()];
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = chain.logWeight(i);
                }
                values[next] = weights;
            }
            return values;
        }
    }
}
