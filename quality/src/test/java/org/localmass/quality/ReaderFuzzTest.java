package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of every format, read in a Java of its own with a small heap. */
class ReaderFuzzTest {
    private static final int MUTATIONS = 300;

    @TempDir
    Path directory;

    @Test
    void writtenFiles_areReadOrRefused() throws Exception {
        Path example = Path.of(System.getProperty("localmass.root", ".."), "examples/eight_schools/laplace.csv");
        ReaderFuzz.writeSamples(example, directory);
        String table = fuzz(directory.toString());
        assertEquals(9, table.lines().filter(line -> line.startsWith("| ")).count(), table);
    }

    @Test
    void filesOfOtherTools_areReadOrRefused() throws Exception {
        String root = System.getProperty("localmass.testdata", "");
        Assumptions.assumeFalse(root.isEmpty(), "needs test data outside the project: -Dlocalmass.testdata=DIR");
        fuzz(
                root + "/data/arviz/centered_eight.nc",
                root + "/data/arviz/historical/centered_eight_2022_654694.nc",
                root + "/data/arviz/historical/centered_eight_2018_319064.nc",
                root + "/data/arviz/centered_eight_first50.json");
    }

    private static String fuzz(String... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ReaderFuzz.class.getName(),
                String.valueOf(MUTATIONS),
                "4711"));
        command.addAll(Arrays.asList(files));
        Path output = Files.createTempFile("localmass-fuzz-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the child hangs");
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
