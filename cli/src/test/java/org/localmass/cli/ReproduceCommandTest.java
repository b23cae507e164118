package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceCommandTest {
    @TempDir
    Path folder;

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void twoRuns_writeTheSameFiles() throws IOException {
        for (String run : List.of("a", "b")) {
            CommandRun result = CommandRun.of(
                    "reproduce",
                    "small-ball",
                    "directionality",
                    "--out",
                    folder.resolve(run).toString());
            assertEquals(0, result.code(), result.err());
            assertTrue(result.out().contains("differs: limit of the backward curve"), result.out());
        }
        List<Path> files = files(folder.resolve("a"));
        assertEquals(files, files(folder.resolve("b")));
        assertEquals(14, files.size(), files.toString());
        for (Path file : files) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("a").resolve(file)),
                    Files.readAllBytes(folder.resolve("b").resolve(file)),
                    file.toString());
        }
        JsonNode settings = new ObjectMapper()
                .readTree(folder.resolve("a/directionality/settings.json").toFile());
        assertEquals("localmass.experiment/1", settings.get("schema").asText());
        assertEquals(
                "differs", settings.get("comparisons").get(0).get("verdict").asText());
        String html = Files.readString(folder.resolve("a/report.html"));
        assertTrue(html.contains("Content-Security-Policy"));
        assertFalse(html.contains("http://") && html.contains("src=\"http"), "a page loads nothing");
        String markdown = Files.readString(folder.resolve("a/report.md"));
        assertTrue(markdown.contains("small-ball/small-ball.svg"));
    }

    @Test
    void quiet_printsNothing() {
        CommandRun result = CommandRun.of("reproduce", "catalogue", "--quiet", "--out", folder.toString());
        assertEquals(0, result.code());
        assertEquals("", result.out());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "reproduce nothing | no experiment 'nothing': choose from small-ball, bayes-update",
                "reproduce bnn-mnist | bnn-mnist is kept for Experiment 4",
                "reproduce channel-gates | channel-gates is kept for Experiment 5",
                "reproduce | Missing required parameter: 'NAME'",
                "reproduce catalogue --published missing | --published missing: no such folder",
                "reproduce catalogue --format json | --format must be text or markdown"
            })
    void badUsage_exitsTwo(String args, String message) throws IOException {
        CommandRun result = CommandRun.of(args.split(" ", -1));
        assertEquals(2, result.code());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("localmass: " + message), result.err());
        assertEquals(List.of(), files(folder));
    }

    @Test
    void publishedFolderWithoutTheTables_isNamed_andNothingIsWritten() throws IOException {
        Path out = folder.resolve("out");
        CommandRun result =
                CommandRun.of("reproduce", "bayes-update", "--published", folder.toString(), "--out", out.toString());
        assertEquals(2, result.code());
        assertTrue(result.err().contains("figure2_runs_long.csv: no such file"), result.err());
        assertEquals(List.of(), files(out));
    }
}
