package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real files: CmdStan 2.0 to 2.37, rstan, posteriordb. */
class StanFilesTest {
    @Test
    void read_everyFileAsTheTableSays() throws IOException {
        Path root = TestFiles.outside("data");
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        for (String row : TestFiles.table("real-files.txt")) {
            String name = row.substring(0, row.indexOf('|'));
            expected.append(row).append('\n');
            actual.append(name).append('|').append(outcome(root.resolve(name))).append('\n');
        }
        assertEquals(expected.toString(), actual.toString());
    }

    @Test
    void table_namesEveryFile() throws IOException {
        Path root = TestFiles.outside("data");
        TreeSet<String> named = TestFiles.table("real-files.txt").stream()
                .map(row -> row.substring(0, row.indexOf('|')))
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> found = new TreeSet<>();
        for (String folder : List.of("cmdstan_csv", "stan/out", "posteriordb/reference_posteriors/draws/draws")) {
            try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
                paths.filter(Files::isRegularFile)
                        .map(path -> root.relativize(path).toString().replace('\\', '/'))
                        .filter(path -> path.matches(".*\\.(csv|csv\\.gz|json\\.zip)"))
                        .forEach(found::add);
            }
        }
        assertEquals(found, named);
    }

    /** 964 draws have a non-finite log density; tau overflows in 914 of them. */
    @Test
    void read_dropsAndCountsTheNonfiniteDraws() throws IOException {
        Path path = TestFiles.outside("data").resolve("stan/out/eight_schools_noncentered/optimizing_laplace.csv");
        DrawsFile file = DrawsReader.withDefaults().withDropNonfinite(true).read(path);
        assertEquals(2000 - 914, file.draws().size());
        assertEquals(List.of("914 draws with a non-finite parameter dropped"), file.notes());
    }

    private static String outcome(Path path) throws IOException {
        DrawsReader reader = DrawsReader.withDefaults();
        String sniffed = reader.sniff(path)
                .map(found -> TestFiles.constant(found.format()))
                .orElse("-");
        try {
            DrawsFile file = reader.read(path);
            String sizes = file.chains().stream()
                    .map(chain -> Integer.toString(chain.size()))
                    .distinct()
                    .collect(Collectors.joining("+"));
            int statistics = 0;
            for (Iterator<String> names = file.chains().get(0).statisticNames().iterator();
                    names.hasNext();
                    names.next()) {
                statistics++;
            }
            assertEquals(sniffed, TestFiles.constant(file.format()));
            return String.join(
                    "|",
                    sniffed,
                    file.chains().size() + "x" + sizes,
                    Integer.toString(file.parameters().size()),
                    Integer.toString(statistics),
                    String.join("; ", file.notes()));
        } catch (DrawsFormatException e) {
            String message = String.valueOf(e.getMessage());
            assertEquals(path.toString(), e.file());
            assertEquals(1, message.lines().count());
            return sniffed + "|" + message.replace(path.toString(), "FILE");
        }
    }
}
