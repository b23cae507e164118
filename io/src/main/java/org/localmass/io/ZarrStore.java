package org.localmass.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises Zarr stores. */
final class ZarrStore {
    /** Names of the files of which a store, or an array or group in it, has one. */
    static final Set<String> MARKS = Set.of(".zgroup", ".zarray", ".zmetadata", ".zattrs", "zarr.json");

    private ZarrStore() {}

    /** Whether a folder is a store. */
    static boolean isStore(Path folder) {
        return Files.exists(folder.resolve(".zgroup")) || Files.exists(folder.resolve("zarr.json"));
    }

    /** Hash of the names and contents of all files, in the order of their names. */
    static String hash(Path folder) throws IOException {
        MessageDigest digest = Source.sha256();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
