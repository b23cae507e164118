package org.localmass.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;

/** Files for the tests. */
final class TestFiles {
    private TestFiles() {}

    static Path write(Path directory, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    static Path gzip(Path directory, String name, String text) throws IOException {
        Path path = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return path;
    }

    /** A zip archive; texts alternate between names and contents. */
    static Path zip(Path directory, String name, String... texts) throws IOException {
        Path path = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
            for (int i = 0; i < texts.length; i += 2) {
                out.putNextEntry(new ZipEntry(texts[i]));
                out.write(texts[i + 1].getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return path;
    }

    /** A folder of the test data outside the project; the test is skipped where there is none. */
    static Path outside(String folder) {
        String root = System.getProperty("localmass.testdata", "");
        Assumptions.assumeFalse(root.isEmpty(), "needs test data outside the project: -Dlocalmass.testdata=DIR");
        return Path.of(root).resolve(folder);
    }

    /** The name of the constant of a format. */
    static String constant(Format format) {
        for (var field : Format.class.getFields()) {
            try {
                if (format.equals(field.get(null))) {
                    return field.getName();
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no constant is " + format);
    }

    /** Lines of a resource beside this class, without comments. */
    static java.util.List<String> table(String resource) {
        try (var in = TestFiles.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
