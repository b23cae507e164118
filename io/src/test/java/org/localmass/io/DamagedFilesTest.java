package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Chain;

/** Files with bytes changed, cut out or repeated: read as finite draws, or refused with one line. */
class DamagedFilesTest {
    private static final byte[] TOKENS =
            ",,\n\n\r#\"[]{}:.-+eENaInf0123456789 \t\u0000\u0080\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eight-schools-nuts_1.csv",
                "eight-schools-advi_meanfield.csv",
                "funnel-exact.csv.gz",
                "[{\"a\":[1,2.5],\"b.1\":[3,4e0]},\n{\"b.1\":[7,8],\"a\":[5,6]}]",
                "chain,draw,x,y.1\n1,1,2,3\n1,2,-Inf,5\n2,1,NaN,7\n"
            })
    void read_drawsOrOneLine(String nameOrText) throws IOException {
        byte[] sound = sound(nameOrText);
        Random random = new Random(4711);
        Path path = directory.resolve("f");
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 800; i++) {
            Files.write(path, damaged(sound, random));
            DrawsReader reader = DrawsReader.withDefaults().withDropNonfinite(i % 2 == 0);
            reader.sniff(path);
            try {
                assertFinite(reader.read(path));
                read++;
            } catch (DrawsFormatException e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.startsWith(path + ":"), message);
                assertEquals(1, message.lines().count(), message);
                refused++;
            }
        }
        assertTrue(read > 0 && refused > 0, read + " read, " + refused + " refused");
    }

    private static byte[] sound(String nameOrText) throws IOException {
        if (nameOrText.indexOf('\n') >= 0) {
            return nameOrText.getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = DamagedFilesTest.class.getResourceAsStream(nameOrText)) {
            return in.readAllBytes();
        }
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int changes = random.nextInt(4);
        for (int k = 0; k < changes; k++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = TOKENS[random.nextInt(TOKENS.length)];
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private static void assertFinite(DrawsFile file) {
        assertTrue(file.draws().size() > 0);
        for (Chain chain : file.chains()) {
            for (int j = 0; j < chain.dimension(); j++) {
                for (int i = 0; i < chain.size(); i++) {
                    assertTrue(Double.isFinite(chain.value(i, j)));
                }
            }
        }
    }
}
