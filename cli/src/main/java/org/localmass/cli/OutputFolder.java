package org.localmass.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes files into a folder: all of them under temporary names first, then each moved into place. */
final class OutputFolder implements AutoCloseable {
    /** Writes the content of one file. */
    interface Content {
        void write(Writer out) throws IOException;
    }

    /** Writes the bytes of one file. */
    interface Bytes {
        void write(OutputStream out) throws IOException;
    }

    private final Path folder;
    private final Map<Path, Path> pending = new LinkedHashMap<>();

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens a folder, creating it if needed. */
    static OutputFolder open(Path folder) throws BadInput {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput("--out " + folder + ": cannot be made a folder (" + reason(e) + ")", e);
        }
        if (!Files.isWritable(folder)) {
            throw new BadInput("--out " + folder + ": is not writable");
        }
        return new OutputFolder(folder);
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.FileAlreadyExistsException ? "a file of that name exists" : e.toString();
    }

    /** Adds a file; it appears under its name with {@link #commit()}. */
    void add(String name, Content content) throws IOException {
        try (Writer out = Files.newBufferedWriter(temporary(name), StandardCharsets.UTF_8)) {
            content.write(out);
        }
    }

    /** Adds a file that is not text. */
    void addBytes(String name, Bytes content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary(name)))) {
            content.write(out);
        }
    }

    /** Writes one file at a path. */
    interface File {
        void write(Path path) throws IOException;
    }

    /** Adds a file whose writer opens it itself. */
    void addFile(String name, File content) throws IOException {
        content.write(temporary(name));
    }

    private Path temporary(String name) throws IOException {
        Path target = folder.resolve(name);
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path temporary = Files.createTempFile(parent, ".localmass-", ".part");
        pending.put(temporary, target);
        return temporary;
    }

    /** Moves all files into place. */
    void commit() throws IOException {
        for (Map.Entry<Path, Path> e : pending.entrySet()) {
            Files.move(e.getKey(), e.getValue(), StandardCopyOption.REPLACE_EXISTING);
            readable(e.getValue());
        }
        pending.clear();
    }

    /** Temporary files are private; reports are not. */
    static void readable(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, java.nio.file.attribute.PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() throws IOException {
        for (Path temporary : pending.keySet()) {
            Files.deleteIfExists(temporary);
        }
    }
}
