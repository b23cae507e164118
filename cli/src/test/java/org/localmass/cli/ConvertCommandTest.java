package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.io.DrawsFile;
import org.localmass.io.DrawsReader;

class ConvertCommandTest {
    private static final String NUTS = CommandRun.example("eight_schools/nuts_1.csv");
    private static final String OTHER = CommandRun.example("eight_schools/nuts_2.csv");
    private static final String LAPLACE = CommandRun.example("eight_schools/laplace.csv");

    @TempDir
    Path folder;

    private static CommandRun run(String... args) {
        return CommandRun.of(args);
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"draws.parquet", "draws.npz", "draws.csv", "draws.csv.gz"})
    void convert_isReadBackBitForBit(String name) throws IOException {
        CommandRun run = run("convert", NUTS, OTHER, "--to", out(name));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith(out(name) + ": 2000 draws of 18 parameters in 2 chains\n"), run.out());
        Draws expected = DrawsReader.withDefaults()
                .read(List.of(Path.of(NUTS), Path.of(OTHER)))
                .draws();
        assertSame(expected, DrawsReader.withDefaults().read(Path.of(out(name))).draws());
    }

    @ParameterizedTest
    @CsvSource({"csv,npz", "npz,parquet", "parquet,csv"})
    void convert_weightsAndDensities(String first, String second) throws IOException {
        Path table = Files.writeString(
                folder.resolve("in.txt"),
                "x;y[1];y[2];weight;log_target;log_approx\n1;2;3;0;-1;-2\n4;5;6;0.5;-3;-4\n7;8;9;1;-5;NaN\n");
        assertEquals(
                0, run("convert", table.toString(), "--to", out("a." + first)).code());
        assertEquals(
                0, run("convert", out("a." + first), "--to", out("b." + second)).code());
        DrawsFile file = DrawsReader.withDefaults().read(Path.of(out("b." + second)));
        assertSame(DrawsReader.withDefaults().read(table).draws(), file.draws());
        assertEquals(Math.log(0.5), file.chains().get(0).logWeight(1));
        assertArrayEquals(
                new double[] {-1, -3, -5},
                file.chains().get(0).statistic("log_target").orElseThrow());
    }

    private static void assertSame(Draws expected, Draws actual) {
        assertEquals(expected.chains().size(), actual.chains().size());
        assertEquals(expected.weighted(), actual.weighted());
        List<String> sorted = new ArrayList<>(actual.names());
        sorted.retainAll(expected.names());
        assertEquals(expected.dimension(), sorted.size());
        for (int c = 0; c < expected.chains().size(); c++) {
            Chain before = expected.chains().get(c);
            Chain after = actual.chains().get(c);
            for (int j = 0; j < expected.dimension(); j++) {
                int column = actual.index(expected.names().get(j)).orElseThrow();
                assertArrayEquals(before.column(j), after.column(column));
            }
            for (String name : before.statisticNames()) {
                assertArrayEquals(
                        before.statistic(name).orElseThrow(),
                        after.statistic(name).orElseThrow(),
                        name);
            }
            for (int i = 0; i < before.size(); i++) {
                assertEquals(before.logWeight(i), after.logWeight(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"draws.parquet", "draws.npz", "draws.csv", "draws.csv.gz"})
    void convert_sameBytesEachTime(String name) throws IOException {
        run("convert", NUTS, OTHER, "--to", out(name), "--threads", "1", "--quiet");
        byte[] first = Files.readAllBytes(Path.of(out(name)));
        CommandRun again = run("convert", NUTS, OTHER, "--to", out(name), "--threads", "4", "--quiet", "--force");
        assertEquals("", again.out());
        assertArrayEquals(first, Files.readAllBytes(Path.of(out(name))));
    }

    @Test
    void convert_unequalChains() throws IOException {
        Path table = Files.writeString(folder.resolve("in.csv"), "chain,t.1,t.2\n1,2,3\n1,4,5\n2,6,7\n");
        run("convert", table.toString(), "--to", out("a.npz"));
        Draws draws = DrawsReader.withDefaults().read(Path.of(out("a.npz"))).draws();
        assertSame(DrawsReader.withDefaults().read(table).draws(), draws);
        assertEquals(1, draws.chains().get(1).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "out.txt|--to must end with .parquet, .npz, .csv or .csv.gz, was",
                "none/out.csv|its folder is missing or not writable",
                "folder.csv|is there already; --force replaces it"
            })
    void convert_refuses(String name, String reason) throws IOException {
        Files.createDirectory(folder.resolve("folder.csv"));
        CommandRun run = run("convert", LAPLACE, "--to", out(name));
        assertEquals(2, run.code());
        assertTrue(run.err().contains(reason), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void convert_leavesTheOldFileWhereItFails() throws IOException {
        Path old = Files.writeString(folder.resolve("old.csv"), "kept");
        CommandRun exists = run("convert", LAPLACE, "--to", old.toString());
        assertEquals(2, exists.code());
        Path bad = Files.writeString(folder.resolve("bad.csv"), "x\n1\nNaN\n");
        CommandRun fails = run("convert", bad.toString(), "--to", old.toString(), "--force");
        assertEquals(2, fails.code());
        assertEquals("kept", Files.readString(old));
        try (Stream<Path> entries = Files.list(folder)) {
            assertEquals(2, entries.count());
        }
    }

    // options of reading

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--burn-in 2|x,y;1,2;3,4;5,6|5 6",
                "--burn-in 40%|x,y;1,2;3,4;5,6|5 6",
                "--column y=ignore|x,y;1,2;3,4|1 , 3 ",
                "--column x=ignore|x,y;a,2;b,4|2 , 4 ",
                "--ignore-nan-columns|x,y;1,NaN;3,NaN|1 , 3 ",
                "--ignore-nan-columns --drop-nonfinite|x,y,z;1,NaN,2;3,NaN,NaN;5,NaN,6|1 2, 5 6",
            })
    void summary_takesTheOptionsOfReading(String options, String text, String expected) throws IOException {
        Path table = Files.writeString(folder.resolve("in.csv"), text.replace(';', '\n') + "\n");
        List<String> args = new ArrayList<>(List.of("convert", table.toString(), "--to", out("o.csv")));
        args.addAll(List.of(options.split(" ")));
        CommandRun run = run(args.toArray(new String[0]));
        assertEquals(0, run.code(), run.err());
        List<String> lines = Files.readAllLines(Path.of(out("o.csv")));
        String values = String.join(
                ",",
                lines.subList(1, lines.size()).stream()
                        .map(l -> l.replace(".0", "").replace(',', ' '))
                        .toList());
        assertEquals(expected.replace(" , ", ",").replace(", ", ",").strip(), values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--burn-in 100%|--burn-in: burn-in must be a number of draws or a percentage below 100 such as 10%, was '100%'",
                "--burn-in 2000|the burn-in takes 2000 draws, chain 1 has only 2000",
                "--layout rows|--layout must be auto, draw or chain-draw, was 'rows'",
                "--column x|--column must be NAME=ROLE, was 'x'",
                "--column x=y|--column: a column is one of parameter, statistic, chain, iteration, weight, log_weight,"
                        + " log_target, log_approx, ignore, was 'y'"
            })
    void summary_refusesBadOptions(String options, String reason) {
        List<String> args = new ArrayList<>(List.of("summary", LAPLACE));
        args.addAll(List.of(options.split(" ")));
        CommandRun run = run(args.toArray(new String[0]));
        assertEquals(2, run.code());
        assertTrue(run.err().contains(reason), run.err());
    }

    @Test
    void summary_patternsAndFolders() throws IOException {
        Files.writeString(folder.resolve("a_1.csv"), "x\n1\n2\n");
        Files.writeString(folder.resolve("a_2.csv"), "x\n3\n4\n");
        Files.writeString(folder.resolve("notes.txt"), "no draws at all, but words\nand more\n");
        String pattern = run("summary", out("a_*.csv"), "--format", "csv").out();
        assertFalse(pattern.isEmpty());
        assertEquals(
                pattern, run("summary", folder.toString(), "--format", "csv").out());
        CommandRun none = run("summary", out("b_*.csv"));
        assertEquals(2, none.code());
        assertEquals("localmass: " + out("b_*.csv") + ": no file matches\n", none.err());
    }

    @Test
    void check_regionsByLabel() throws IOException {
        Path resource = CommandRun.root().resolve("io/src/test/resources/org/localmass/io/formats/ordered.nc");
        String file = resource.toString();
        CommandRun run = run(
                "check",
                "--approx",
                file + "::posterior",
                "--reference",
                file,
                "--region",
                "theta[Choate] > 90",
                "--region",
                "`theta[Phillips Andover]` > 90",
                "--format",
                "json");
        assertTrue(run.code() <= 1, run.err());
        assertTrue(run.out().contains("theta[Choate] > 90"), run.out());
        CommandRun unknown =
                run("check", "--approx", file + "::posterior", "--reference", file, "--region", "theta[Nowhere] > 1");
        assertEquals(2, unknown.code());
    }

    /** Who reads CSV does not wait for the classes of other formats. */
    @Test
    void csv_loadsNoClassOfOtherFormats() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.localmass.cli.Main",
                        "summary",
                        LAPLACE)
                .redirectErrorStream(true)
                .start();
        String log = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertTrue(log.contains("org.localmass.io.CsvScan"));
        for (String unwanted : List.of("io.jhdf", "org.apache.parquet", "org.apache.hadoop", "org.slf4j")) {
            assertFalse(log.contains(unwanted), unwanted);
        }
    }
}
