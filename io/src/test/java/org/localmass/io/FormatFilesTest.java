package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;

/** Files that NumPy, pyarrow, h5py and netCDF4 wrote (tools/reference/draws_formats.py), value by value. */
class FormatFilesTest {
    private static final int CHAINS = 4;
    private static final int DRAWS = 25;

    @TempDir
    Path directory;

    /** The formula of the script. */
    private static double value(int variable, int chain, int draw, int element) {
        return (variable * 1000 + chain * 200 + draw * 7 + element * 3) / 16.0;
    }

    private Path resource(String name) throws IOException {
        Path path = directory.resolve(name);
        try (InputStream in = FormatFilesTest.class.getResourceAsStream("formats/" + name)) {
            Files.copy(in, path);
        }
        return path;
    }

    private DrawsFile read(String name) throws IOException {
        return DrawsReader.withDefaults().read(resource(name));
    }

    private static void assertColumn(DrawsFile file, String name, int variable, int element) {
        int column = file.parameters().indexOf(name);
        assertTrue(column >= 0, name + " of " + file.parameters());
        int chains = file.chains().size();
        for (int n = 0; n < CHAINS * DRAWS; n++) {
            Chain chain = file.chains().get(chains == 1 ? 0 : n / DRAWS);
            assertEquals(
                    value(variable, n / DRAWS, n % DRAWS, element),
                    chain.value(chains == 1 ? n : n % DRAWS, column),
                    name + ", draw " + n);
        }
    }

    private static void assertTheta(DrawsFile file) {
        for (int k = 0; k < 3; k++) {
            assertColumn(file, "theta[" + (k + 1) + "]", 1, k);
        }
    }

    private static void assertAll(DrawsFile file) {
        assertColumn(file, "mu", 0, 0);
        assertTheta(file);
        for (int k = 0; k < 4; k++) {
            assertColumn(file, "sigma[" + (k / 2 + 1) + "," + (k % 2 + 1) + "]", 2, k);
        }
        assertEquals(8, file.parameters().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x_c.npy", "x_fortran.npy", "x_big_f4.npy"})
    void read_oneArray(String name) throws IOException {
        DrawsFile file = read(name);
        assertEquals(List.of("x[1]", "x[2]", "x[3]"), file.parameters());
        for (int k = 0; k < 3; k++) {
            assertColumn(file, "x[" + (k + 1) + "]", 1, k);
        }
        assertEquals(1, file.chains().size());
    }

    @ParameterizedTest
    @CsvSource({
        "i1,5",
        "i2,5",
        "i4,5",
        "i8,5",
        "u1,5",
        "u2,5",
        "u4,5",
        "u8,5",
        "f2,0.125",
        "bool,1",
    })
    void read_typesOfNumbers(String type, double step) throws IOException {
        Chain chain = read("x_" + type + ".npy").chains().get(0);
        for (int n = 0; n < 24; n++) {
            double expected =
                    switch (type) {
                        case "f2" -> n * step - 1;
                        case "bool" -> n % 2;
                        default -> n * step;
                    };
            assertEquals(expected, chain.value(n / 3, n % 3), type);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "chains.npz,4",
        "fortran.npz,4",
        "draws.npz,1",
        "plain_earliest.h5,4",
        "plain_v108.h5,4",
        "plain_v110.h5,4",
        "plain_v114.h5,4",
        "ordered.nc,4",
        "permuted.nc,4",
        "single.nc,4"
    })
    void read_allArrays(String name, int chains) throws IOException {
        DrawsFile file = read(name);
        assertEquals(chains, file.chains().size());
        assertAll(file);
    }

    @Test
    void read_namesWhatIsNotRead() throws IOException {
        Path path = resource("plain_latest.h5");
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(
                path + ": HDF5 of a kind that is not read: Unsupported data layout message version detected. Detected"
                        + " version = 5",
                e.getMessage());
    }

    @Test
    void read_netcdfNamesStatisticsAndLabels() throws IOException {
        DrawsFile file = read("permuted.nc");
        assertEquals(Format.NETCDF_SAMPLE, file.format());
        assertEquals(
                Map.of(
                        "theta[Choate]",
                        "theta[1]",
                        "theta[Phillips Andover]",
                        "theta[2]",
                        "theta[St. Paul's]",
                        "theta[3]"),
                file.labels());
        for (int c = 0; c < CHAINS; c++) {
            double[] divergent = file.chains().get(c).statistic("divergent__").orElseThrow();
            double[] density = file.chains().get(c).statistic("lp__").orElseThrow();
            for (int i = 0; i < DRAWS; i++) {
                assertEquals((c * DRAWS + i) % 2, divergent[i]);
                assertEquals(-value(0, c, i, 0), density[i]);
            }
        }
    }

    /** ArviZ 1.3 (tools/interop/arviz_one.py). */
    @Test
    void read_layoutOfArvizOne() throws IOException {
        DrawsFile file = read("arviz_one.nc");
        assertEquals(Format.NETCDF_SAMPLE, file.format());
        assertEquals(CHAINS, file.chains().size());
        assertColumn(file, "mu", 0, 0);
        assertTheta(file);
        assertEquals("theta[2]", file.labels().get("theta[Phillips Andover]"));
    }

    /** BEAST 1.10.4 (tools/interop/beast.sh), its first states. */
    @Test
    void read_logOfBeast() throws IOException {
        DrawsFile file = read("beast.log");
        assertEquals(Format.TRACER_LOG, file.format());
        assertEquals(List.of("kappa", "clock.rate"), file.parameters());
        assertEquals(100, file.draws().size());
        Chain chain = file.chains().get(0);
        assertEquals(1.0, chain.value(0, 0));
        assertEquals(-1.4999999999800497, chain.statistic("prior").orElseThrow()[0]);
        assertEquals(9900, chain.statistic("state").orElseThrow()[99]);
        assertEquals(List.of("burn-in is not dropped; --burn-in 10% does as Tracer does"), file.notes());
        DrawsFile later =
                DrawsReader.withDefaults().withBurnIn(BurnIn.parse("10%")).read(directory.resolve("beast.log"));
        assertEquals(90, later.draws().size());
        assertEquals(List.of("10 draws of burn-in dropped"), later.notes());
    }

    @Test
    void read_arraysWithChainWeightsAndDensities() throws IOException {
        DrawsFile file = read("columns.npz");
        assertEquals(CHAINS, file.chains().size());
        assertAll(file);
        for (int c = 0; c < CHAINS; c++) {
            Chain chain = file.chains().get(c);
            assertTrue(chain.weighted());
            for (int i = 0; i < DRAWS; i++) {
                double mu = value(0, c, i, 0);
                assertEquals(Math.log(1 + mu), chain.logWeight(i));
                assertEquals(-mu, chain.statistic("log_target").orElseThrow()[i]);
                assertEquals(mu / 2, chain.statistic("log_approx").orElseThrow()[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pandas.parquet",
                "none.parquet",
                "gzip.parquet",
                "zstd.parquet",
                "lz4.parquet",
                "snappy.parquet",
                "v2_groups.parquet",
                "split.parquet"
            })
    void read_parquet(String name) throws IOException {
        DrawsFile file = read(name);
        assertEquals(List.of("mu", "theta[1]", "theta[2]", "theta[3]"), file.parameters());
        assertEquals(CHAINS, file.chains().size());
        assertColumn(file, "mu", 0, 0);
        assertTheta(file);
        for (int c = 0; c < CHAINS; c++) {
            Chain chain = file.chains().get(c);
            double[] accepted = chain.statistic("accepted__").orElseThrow();
            for (int i = 0; i < DRAWS; i++) {
                assertEquals(-value(0, c, i, 0), chain.logWeight(i));
                assertEquals((c * DRAWS + i + 1) % 2, accepted[i]);
            }
        }
    }

    @Test
    void read_parquetLists() throws IOException {
        DrawsFile file = read("lists.parquet");
        assertEquals(List.of("mu", "theta[1]", "theta[2]", "theta[3]"), file.parameters());
        assertEquals(CHAINS, file.chains().size());
        assertTheta(file);
    }

    @Test
    void read_parquetNulls() throws IOException {
        Path path = resource("nulls.parquet");
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(
                path + ": mu is NaN in chain 1, draw 100; use --drop-nonfinite to drop such draws and count them",
                e.getMessage());
        DrawsFile file = DrawsReader.withDefaults().withDropNonfinite(true).read(path);
        assertEquals(99, file.draws().size());
        assertEquals(
                List.of(
                        "note holds neither numbers nor lists of numbers: left out",
                        "1 draw with a non-finite parameter dropped"),
                file.notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x_c.npy", "ordered.nc", "zstd.parquet", "plain_v114.h5"})
    void read_sameInGzip(String name) throws IOException {
        Path plain = resource(name);
        Path packed = directory.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, out);
        }
        DrawsFile expected = DrawsReader.withDefaults().read(plain);
        DrawsFile actual = DrawsReader.withDefaults().read(packed);
        assertEquals(expected.parameters(), actual.parameters());
        assertEquals(expected.draws().size(), actual.draws().size());
        assertEquals(expected.format(), actual.format());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chains.npz::theta|theta[1] theta[2] theta[3]|4",
                "draws.npz::mu|mu|1",
                "ordered.nc::posterior|mu theta[1] theta[2] theta[3] sigma[1,1] sigma[1,2] sigma[2,1] sigma[2,2]|4"
            })
    void read_selectsInsideAFile(String text, String names, int chains) throws IOException {
        String[] parts = text.split("::", -1);
        Path path = Path.of(resource(parts[0]) + "::" + parts[1]);
        DrawsFile file = DrawsReader.withDefaults().read(path);
        assertEquals(names, String.join(" ", file.parameters()));
        assertEquals(chains, file.chains().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chains.npz::nu|no array nu; the archive holds mu, theta, sigma",
                "x_c.npy::x|a NumPy array has no parts to select with '::x'",
                "none.parquet::mu|a Parquet file has no parts to select with '::mu'",
                "plain_v114.h5::g|no group g; the file has no groups",
                "ordered.nc::sample|no group sample; the groups are posterior, sample_stats; select one with --group or"
                        + " FILE::GROUP"
            })
    void read_refusesSelections(String text, String reason) throws IOException {
        String[] parts = text.split("::", -1);
        Path path = Path.of(resource(parts[0]) + "::" + parts[1]);
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ": " + reason, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTO|4|25",
                "CHAIN_DRAW|4|25",
                "DRAW|1|4",
            })
    void read_arrangement(Arrangement arrangement, int chains, int draws) throws IOException {
        Path path = resource("chains.npz");
        DrawsFile file = DrawsReader.withDefaults().withArrangement(arrangement).read(Path.of(path + "::mu"));
        assertEquals(chains, file.chains().size());
        assertEquals(draws, file.chains().get(0).size());
        assertEquals(
                arrangement == Arrangement.AUTO
                        ? List.of(
                                "arrays of shape (4, 25, ...) read as 4 chains of 25 draws; if not, use --layout draw")
                        : List.of(),
                file.notes());
    }

    // what lies about its size

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(9223372036854775807, 9)|the file has a damaged head",
                "(900000000000000000, 90)|the file claims the shape (900000000000000000, 90): not believed",
                "(300, 2000000000)|x of (2000000000,) elements makes more than 1000000 parameters",
                "(2000000000, 3)|the array is cut short: the file may still be being written",
                "(0, 3)|no draws: x has 1 chain of 0 draws",
                "()|the array holds a single number"
            })
    void read_refusesAbsurdShapes(String shape, String reason) throws IOException {
        byte[] head = ("\u0093NUMPY\u0001\u0000v\u0000"
                        + String.format(
                                "%-117s\n", "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }"))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Path path = Files.write(directory.resolve("absurd.npy"), head);
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ": " + reason, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/x", "/etc/x", "a\\..\\x"})
    void read_refusesPathsInArchives(String name) throws IOException {
        Path path = directory.resolve("paths.npz");
        byte[] array = Files.readAllBytes(resource("x_c.npy"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry(name + ".npy"));
            zip.write(array);
        }
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ": the archive holds the path " + name + ".npy: refused", e.getMessage());
    }

    @Test
    void read_refusesAWrongChecksum() throws IOException {
        byte[] array = Files.readAllBytes(resource("x_c.npy"));
        Path path = directory.resolve("damaged.npz");
        CRC32 sum = new CRC32();
        sum.update(array);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            ZipEntry entry = new ZipEntry("x.npy");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(array.length);
            entry.setCrc(sum.getValue());
            zip.putNextEntry(entry);
            zip.write(array);
        }
        byte[] bytes = Files.readAllBytes(path);
        bytes[1000] ^= 1;
        Files.write(path, bytes);
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ": x is damaged: its checksum does not agree", e.getMessage());
    }

    @Test
    void read_refusesAZipBomb() throws IOException {
        long bytes = Math.min(2L << 30, Runtime.getRuntime().maxMemory());
        Path path = directory.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(("\u0093NUMPY\u0001\u0000v\u0000"
                            + String.format(
                                    "%-117s\n",
                                    "{'descr': '<f8', 'fortran_order': True, 'shape': (1000, 100000000), }"))
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            byte[] zeros = new byte[1 << 20];
            for (long written = 0; written < Math.min(bytes, 64L << 20); written += zeros.length) {
                zip.write(zeros);
            }
        }
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ": x of (100000000,) elements makes more than 1000000 parameters", e.getMessage());
    }
}
