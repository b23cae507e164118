package org.localmass.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.localmass.core.draws.Chain;
import org.localmass.io.DrawsFile;
import org.localmass.io.DrawsFormatException;
import org.localmass.io.DrawsReader;
import org.localmass.io.DrawsWriter;

/**
 * Damaged files: each is read as finite draws or refused by one line that names it; no other exception, no hang, and no
 * more memory than a small heap.
 *
 * <p>Usage: {@code java -Xmx96m -cp quality.jar org.localmass.quality.ReaderFuzz MUTATIONS SEED FILE...}; a folder
 * stands for the files below it. {@code --samples CSV FOLDER} writes draws in every format that is written. Prints a table; exit code 0, or 1 with the first failure of each file, or 2 where a
 * file took more than 30 seconds.
 */
public final class ReaderFuzz {
    private static final long LARGEST = 2_000_000;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        0x7f,
        0xff,
        0x7fff,
        0xffff,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffffffffL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 32,
        1L << 40,
        1L << 31
    };
    private static final byte[] TOKENS =
            ",,\n\n\r#\"[]{}:.-+eENaInf0123456789 \t;|'()\u0000".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private static volatile long started = Long.MAX_VALUE;
    private static volatile String present = "";

    private ReaderFuzz() {}

    /** Runs the study. */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("--samples")) {
            writeSamples(Path.of(args[1]), Path.of(args[2]));
            return;
        }
        int mutations = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        watch(Thread.currentThread());
        Path folder = Files.createTempDirectory("localmass-fuzz-");
        boolean failed = false;
        System.out.println("| file | bytes | mutations | read | refused | slowest, ms |");
        System.out.println("|---|---|---|---|---|---|");
        try {
            for (Path file : files(Arrays.asList(args).subList(2, args.length))) {
                failed |= !fuzz(file, folder.resolve("damaged"), mutations, seed);
            }
        } finally {
            Files.deleteIfExists(folder.resolve("damaged"));
            Files.deleteIfExists(folder);
        }
        System.exit(failed ? 1 : 0);
    }

    private static List<Path> files(List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            try (Stream<Path> walk = Files.walk(Path.of(name))) {
                walk.filter(Files::isRegularFile)
                        .filter(f -> f.toFile().length() <= LARGEST)
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** Writes the same draws in each format that is written, and some more arrays, for runs without other files. */
    static void writeSamples(Path csv, Path folder) throws IOException {
        DrawsFile file = DrawsReader.withDefaults().read(csv);
        DrawsWriter.write(file.draws(), DrawsWriter.Target.PARQUET, folder.resolve("draws.parquet"));
        DrawsWriter.write(file.draws(), DrawsWriter.Target.NPZ, folder.resolve("draws.npz"));
        DrawsWriter.write(file.draws(), DrawsWriter.Target.CSV_GZ, folder.resolve("draws.csv.gz"));
        Files.writeString(
                folder.resolve("arrays.json"),
                "{\"mu\": [[1.5, 2, 3], [4, 5, 6]],\n\"t\": [[[1,2],[3,4],[5,6]],[[1,2],[3,4],[5,6]]]}");
        Files.writeString(
                folder.resolve("posteriordb.json"),
                "[{\"mu\": [1.5, 2], \"t[1]\": [3, -4e0]},\n{\"mu\": [5, 6], \"t[1]\": [7, null]}]");
        Files.writeString(
                folder.resolve("beast.log"), "# BEAST\nstate\tposterior\tkappa\n0\t-3\t1.5\n10\t-2.5\t1.25\n");
        Files.writeString(folder.resolve("weights.csv"), "x;log_weight;log_p\n1;-2;-3\n2;-1;-4\n");
        ByteBuffer npy = ByteBuffer.allocate(128 + 240).order(ByteOrder.LITTLE_ENDIAN);
        String head = "{'descr': '<f8', 'fortran_order': True, 'shape': (10, 3), }";
        npy.put((byte) 0x93).put("NUMPY\u0001\u0000v\u0000".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        npy.put(String.format("%-117s\n", head).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        for (int i = 0; i < 30; i++) {
            npy.putDouble(i / 7.0);
        }
        Files.write(folder.resolve("fortran.npy"), npy.array());
    }

    /** Ends the program where one file takes too long. */
    private static void watch(Thread worker) {
        Thread watchdog = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(500);
                    if (System.nanoTime() - started > PATIENCE_NANOS && started != Long.MAX_VALUE) {
                        System.out.println("HANGS: " + present);
                        for (StackTraceElement frame : worker.getStackTrace()) {
                            System.out.println("    " + frame);
                        }
                        System.out.flush();
                        Runtime.getRuntime().halt(2);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static boolean fuzz(Path file, Path damaged, int mutations, long seed) throws IOException {
        byte[] sound = Files.readAllBytes(file);
        if (sound.length == 0) {
            return true;
        }
        SplittableRandom random =
                new SplittableRandom(seed ^ file.getFileName().toString().hashCode());
        int read = 0;
        int refused = 0;
        long slowest = 0;
        for (int i = 0; i < mutations; i++) {
            byte[] bytes = i == 0 ? sound : damaged(sound, random);
            Files.write(damaged, bytes);
            present = file + ", mutation " + i;
            started = System.nanoTime();
            String problem = null;
            try {
                DrawsReader reader =
                        DrawsReader.withDefaults().withDropNonfinite(i % 2 == 0).withIgnoreNanColumns(i % 3 == 0);
                reader.sniff(damaged);
                problem = notFinite(reader.read(damaged));
                read++;
            } catch (DrawsFormatException e) {
                String message = String.valueOf(e.getMessage());
                if (!message.startsWith(damaged + ":") || message.lines().count() != 1) {
                    problem = "not one line that names the file: " + message;
                }
                refused++;
            } catch (IOException | RuntimeException | Error e) {
                problem = trace(e);
            }
            slowest = Math.max(slowest, System.nanoTime() - started);
            started = Long.MAX_VALUE;
            if (problem != null) {
                System.out.println("FAILS: " + present + ": " + problem);
                return false;
            }
        }
        System.out.println("| " + file.getFileName() + " | " + sound.length + " | " + mutations + " | " + read + " | "
                + refused + " | " + slowest / 1_000_000 + " |");
        return true;
    }

    private static String trace(Throwable problem) {
        StringBuilder text = new StringBuilder(problem.toString());
        StackTraceElement[] frames = problem.getStackTrace();
        for (int i = 0; i < Math.min(12, frames.length); i++) {
            text.append("\n    ").append(frames[i]);
        }
        return text.toString();
    }

    private static @org.jspecify.annotations.Nullable String notFinite(DrawsFile file) {
        try {
            for (Chain chain : file.draws().chains()) {
                for (int j = 0; j < chain.dimension(); j++) {
                    for (int i = 0; i < chain.size(); i++) {
                        if (!Double.isFinite(chain.value(i, j))) {
                            return "draw " + i + " of " + file.parameters().get(j) + " is " + chain.value(i, j);
                        }
                    }
                }
            }
            return null;
        } catch (UncheckedIOException e) {
            return e.toString();
        }
    }

    private static byte[] damaged(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        for (int k = 0; k < changes; k++) {
            int at = place(bytes.length, random);
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] = TOKENS[random.nextInt(TOKENS.length)];
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) random.nextInt(256);
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, random.nextInt(bytes.length)));
                case 4 -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
                default -> {
                    int size = 1 << random.nextInt(4);
                    long number = NUMBERS[random.nextInt(NUMBERS.length)];
                    boolean big = random.nextBoolean();
                    for (int b = 0; b < size && at + b < bytes.length; b++) {
                        bytes[at + b] = (byte) (number >>> (8 * (big ? size - 1 - b : b)));
                    }
                }
            }
        }
        return bytes;
    }

    /** Mostly where formats describe themselves: the beginning and the end. */
    private static int place(int length, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(Math.min(length, 256));
            case 1 -> random.nextInt(Math.min(length, 8192));
            case 2 -> length - 1 - random.nextInt(Math.min(length, 4096));
            default -> random.nextInt(length);
        };
    }
}
