package org.localmass.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Patterns and folders that stand for files of draws. */
public final class DrawsPaths {
    private DrawsPaths() {}

    /**
     * The files that paths stand for, in their order; those of one path by name.
     *
     * <p>A folder stands for the files of draws in it, unless it is a Zarr store. A name with {@code *}, {@code ?} or
     * {@code [...]} that is no file stands for the files of its folder that match; {@code ::KEY} behind it goes to each.
     *
     * @throws DrawsFormatException if a folder or pattern stands for no file
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> expand(List<Path> paths, DrawsReader reader) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            Location location = Location.of(path);
            if (Files.isDirectory(location.file())) {
                if (ZarrStore.isStore(location.file())) {
                    files.add(path);
                } else {
                    files.addAll(inside(path, reader));
                }
            } else if (!Files.exists(location.file()) && isPattern(location.file())) {
                files.addAll(matching(location));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static List<Path> inside(Path folder, DrawsReader reader) throws IOException {
        List<Path> all;
        try (Stream<Path> entries = Files.list(folder)) {
            all = entries.filter(Files::isRegularFile).sorted().toList();
        }
        List<Path> found = new ArrayList<>();
        for (Path file : all) {
            if (reader.sniff(file).isPresent()) {
                found.add(file);
            }
        }
        if (found.isEmpty()) {
            throw DrawsFormatException.of(folder.toString(), "no file of draws in this folder");
        }
        return found;
    }

    private static boolean isPattern(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
    }

    private static List<Path> matching(Location location) throws IOException {
        Path folder = location.file().getParent();
        List<Path> found = new ArrayList<>();
        Path where = folder == null ? Path.of("") : folder;
        if (Files.isDirectory(folder == null ? Path.of(".") : folder)) {
            String pattern = String.valueOf(location.file().getFileName());
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(where, pattern)) {
                for (Path entry : entries) {
                    if (Files.isRegularFile(entry)) {
                        found.add(location.key() == null ? entry : Path.of(entry + "::" + location.key()));
                    }
                }
            } catch (PatternSyntaxException e) {
                throw DrawsFormatException.of(location.name(), "no pattern of file names: " + e.getDescription());
            }
        }
        if (found.isEmpty()) {
            throw DrawsFormatException.of(location.name(), "no file matches");
        }
        found.sort(null);
        return found;
    }
}
