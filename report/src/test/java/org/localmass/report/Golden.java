package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected outputs as files. With {@code -Dlocalmass.golden=write} they are written instead; review the difference. */
final class Golden {
    private Golden() {}

    static void check(String name, String actual) throws IOException {
        Path file = Path.of(
                System.getProperty("localmass.root"), "report/src/test/resources/org/localmass/report/golden", name);
        if ("write".equals(System.getProperty("localmass.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file).replace("\r\n", "\n"), actual.replace("\r\n", "\n"), name);
    }
}
